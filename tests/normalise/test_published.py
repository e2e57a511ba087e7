"""One arbiter says when a text was published, and why it did not believe the others."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import DateCandidate
from wirecopy.normalise.published import resolve_published

NOON = datetime(2025, 6, 26, 12, tzinfo=UTC)


def found(*candidates: tuple[str, ...]):
    return [DateCandidate(raw, source, *role) for source, raw, *role in candidates]


def codes(value) -> set[str]:
    return {doubt.code for doubt in value.doubts}


def test_an_instant_with_zone_beats_a_date_of_the_same_day():
    """The day comes from the trusted source, its time from whoever states one."""
    dates = resolve_published(
        found(("json-ld", "2025-06-25"), ("time", "2025-06-25T18:30:00+02:00"), ("url", "2025-06-25"))
    )
    assert dates.published
    assert dates.published.at == datetime(2025, 6, 25, 16, 30, tzinfo=UTC)
    assert (dates.published.source, dates.published.precision) == ("time", "second")


def test_a_zoned_instant_of_another_day_does_not_beat_the_trusted_day():
    """Times of other stories on the page are left alone, with a doubt."""
    dates = resolve_published(found(("json-ld", "2025-06-25"), ("time", "2025-06-20T18:30:00+02:00")))
    assert dates.published
    assert (dates.published.on, dates.published.precision) == (date(2025, 6, 25), "day")
    assert "dates_differ" in codes(dates.published)


@pytest.mark.parametrize(
    ("candidates", "code"),
    [
        (found(("meta", "2025-06-27T12:00:00Z"), ("url", "2025-06-20")), "date_after_capture"),
        (found(("meta", "1970-01-01T00:00:00Z"), ("url", "2025-06-20")), "date_epoch"),
        (found(("meta", "2025-06-26T12:00:30Z"), ("url", "2025-06-20")), "date_of_capture"),
        (
            found(("meta", "2009-01-01T10:00:00Z"), ("time", "2025-06-20T10:00:00Z"), ("url", "2025-06-20")),
            "date_outlier",
        ),
    ],
)
def test_what_cannot_be_is_rejected(candidates, code):
    """The future, the epoch, the moment of the capture and a lone year are no publication."""
    dates = resolve_published(candidates, captured_at=NOON)
    assert dates.published
    assert dates.published.on == date(2025, 6, 20)
    assert code in codes(dates)


def test_the_time_of_collection_is_never_a_publication():
    """Without any date there is none; an HTTP header is none."""
    assert resolve_published([], captured_at=NOON).published is None
    assert resolve_published(found(("http", "Thu, 26 Jun 2025 11:00:00 GMT")), captured_at=NOON).published is None


def test_a_local_time_takes_the_outlets_zone_with_a_doubt():
    """The outlet's clock, and the doubt that it is only assumed."""
    dates = resolve_published(found(("meta", "2025-06-26 13:30:00")), zone="Europe/Berlin", captured_at=NOON)
    assert dates.published
    assert dates.published.at == datetime(2025, 6, 26, 11, 30, tzinfo=UTC)
    assert (codes(dates.published), dates.published.zone) == ({"zone_assumed"}, "Europe/Berlin")


def test_a_local_time_takes_the_offset_that_another_date_of_the_page_states():
    """One offset among the dates of a page is the page's."""
    dates = resolve_published(found(("meta", "2025-06-26 13:30:00"), ("meta", "2025-06-26T13:45:00+02:00", "modified")))
    assert dates.published
    assert dates.modified
    assert dates.published.at == datetime(2025, 6, 26, 11, 30, tzinfo=UTC)
    assert codes(dates.published) == {"zone_assumed"}


def test_a_day_starts_in_its_zone():
    """For day precision the instant is the start of that day at the source."""
    dates = resolve_published(found(("json-ld", "2025-06-26")), zone="Asia/Shanghai")
    assert dates.published
    assert (dates.published.on, dates.published.precision) == (date(2025, 6, 26), "day")
    assert dates.published.at == datetime(2025, 6, 25, 16, tzinfo=UTC)
    assert dates.published.at.date() == date(2025, 6, 26)


def test_modified_stands_apart_and_in_for_nothing_better():
    """An update has its own date; alone it counts, with a doubt; before the publication it is none."""
    both = resolve_published(
        found(("json-ld", "2025-06-25T10:00:00Z"), ("json-ld", "2025-06-26T08:00:00Z", "modified"))
    )
    alone = resolve_published(found(("feed", "2025-06-26T08:00:00Z", "modified")))
    before = resolve_published(
        found(("json-ld", "2025-06-25T10:00:00Z"), ("json-ld", "2025-06-20T08:00:00Z", "modified"))
    )
    assert both.published
    assert both.modified
    assert (both.published.on.day, both.modified.on.day) == (25, 26)
    assert alone.published
    assert codes(alone.published) == {"modified_only"}
    assert before.modified is None
    assert "modified_before_published" in codes(before)


def test_an_embargo_is_no_publication():
    """Only dates that speak of publication are asked."""
    assert resolve_published(found(("wire", "2025-06-26T08:00:00Z", "embargo"))).published is None


@pytest.mark.parametrize("raw", ["June 1st", "1st of June", "6月1日", "6월 1일", "1 de junio"])
def test_a_day_beside_its_month_is_one_without_year(raw):
    """Whatever the language; a number elsewhere in the line is no day."""
    published = resolve_published([DateCandidate(raw, "visible")], captured_at=NOON).published
    assert published is not None
    assert published.on == date(2025, 6, 1)
    assert resolve_published([DateCandidate("May contain 3 nuts", "visible")], captured_at=NOON).published is None


def test_a_day_without_year_is_the_last_one_before_the_capture():
    """Pages print no year for this year's news; nothing else may know better."""
    january = datetime(2026, 1, 8, 18, tzinfo=UTC)
    for raw, on in (
        ("8 January, 17:46", date(2026, 1, 8)),
        ("31 December, 17:46", date(2025, 12, 31)),
        ("9 января", date(2026, 1, 9)),
    ):
        dates = resolve_published(found(("visible", raw)), captured_at=january)
        assert dates.published
        assert dates.published.on == on
        assert "year_assumed" in codes(dates.published)
    assert resolve_published(found(("visible", "8 January, 17:46"))).published is None


@pytest.mark.parametrize("raw", ["2 hours ago", "1 hr. ago", "3 days ago", "hace 2 horas", "vor 3 Tagen", "2시간 전"])
def test_a_span_of_time_is_no_date_by_itself(raw):
    """What an outlet counts back from now says nothing where nobody knows when that was, nor beside a date."""
    assert resolve_published([DateCandidate(raw, "visible")]).published is None
    beside = resolve_published(found(("visible", raw), ("url", "2025-06-20")), captured_at=NOON).published
    assert beside
    assert beside.on == date(2025, 6, 20)


COUNTED_BACK = [
    ("2 hours ago", "2025-06-26T10:00", "hour"),
    ("Updated 1 hr. 20 min ago", "2025-06-26T10:40", "minute"),
    ("an hour ago", "2025-06-26T11:00", "hour"),
    ("vor 45 Minuten", "2025-06-26T11:15", "minute"),
    ("il y a 3 heures", "2025-06-26T09:00", "hour"),
    ("hace 2 días", "2025-06-24T00:00", "day"),
    ("há 1 hora", "2025-06-26T11:00", "hour"),
    ("5 timer siden", "2025-06-26T07:00", "hour"),
    ("3 dni temu", "2025-06-23T00:00", "day"),
    ("40 минут назад", "2025-06-26T11:20", "minute"),
    ("час назад", "2025-06-26T11:00", "hour"),
    ("منذ ساعتين", "2025-06-26T10:00", "hour"),
    ("לפני 3 שעות", "2025-06-26T09:00", "hour"),
    ("۵ ساعت پیش", "2025-06-26T07:00", "hour"),
    ("5 घंटे पहले", "2025-06-26T07:00", "hour"),
    ("3 jam yang lalu", "2025-06-26T09:00", "hour"),
    ("2시간 전", "2025-06-26T10:00", "hour"),
    ("30分钟前", "2025-06-26T11:30", "minute"),
    ("3時間前", "2025-06-26T09:00", "hour"),
    ("Yesterday at 6:30 pm", "2025-06-25T18:30", "minute"),
    ("gestern, 18.30 Uhr", "2025-06-25T18:30", "minute"),
    ("Hoje, 08h15", "2025-06-26T08:15", "minute"),
    ("Вчера в 18:30", "2025-06-25T18:30", "minute"),
    ("昨天 18:30", "2025-06-25T18:30", "minute"),
    ("Vorgestern", "2025-06-24T00:00", "day"),
]


@pytest.mark.parametrize(("raw", "local", "precision"), COUNTED_BACK)
def test_a_page_that_states_no_date_may_count_back_from_its_capture(raw, local, precision):
    """Hours give an instant, days a day, and a doubt tells how they were known."""
    published = resolve_published([DateCandidate(raw, "visible")], captured_at=NOON).published
    assert published
    assert (published.at.strftime("%Y-%m-%dT%H:%M"), published.precision) == (local, precision)
    assert codes(published) == {"date_relative"}


def test_yesterday_is_that_of_the_outlet():
    """At noon of Greenwich it is the next day in Auckland."""
    published = resolve_published(
        [DateCandidate("Yesterday 18:30", "visible")], captured_at=NOON, zone="Pacific/Auckland"
    ).published
    assert published
    assert published.at == datetime(2025, 6, 26, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    ["2 weeks ago", "vor 3 Monaten", "il y a un an", "1 week 2 days ago", "5 min read", "Yesterday once more was sung by us", "900 hours ago",
     "vor dem Sturm", "hier klicken und mehr als das lesen"],
)  # fmt: skip
def test_what_names_no_day_counts_nothing_back(raw):
    """Weeks and years are too coarse, and sentences are no dates."""
    assert resolve_published([DateCandidate(raw, "visible")], captured_at=NOON).published is None


def test_unreadable_candidates_are_kept_as_doubts():
    """Nothing vanishes: the raw text stands in the doubt."""
    dates = resolve_published(found(("meta", "vor drei Stunden"), ("visible", "3 min read"), ("url", "2025-06-20")))
    assert dates.published
    assert [doubt.detail for doubt in dates.doubts if doubt.code == "date_unreadable"] == ["meta: vor drei Stunden"]


def test_a_dateline_days_away_is_doubted():
    """What the text says of its day is compared with its publication."""
    dates = resolve_published(found(("meta", "2025-06-26T08:00:00Z")), dateline_on=date(2025, 6, 1))
    assert dates.published
    assert "dateline_differs" in codes(dates.published)


CANDIDATES = st.builds(
    DateCandidate,
    st.one_of(st.text(max_size=30), st.datetimes().map(str), st.dates().map(str)),
    st.sampled_from(["json-ld", "meta", "time", "url", "feed", "http", "odd"]),
    st.sampled_from(["published", "modified", "created", "embargo", "expires"]),
)


@given(st.lists(CANDIDATES, max_size=6), st.permutations(range(6)))
def test_no_candidates_raise_and_their_order_decides_nothing_but_ties(candidates, order):
    """The arbiter is a pure function of what was found."""
    dates = resolve_published(candidates, captured_at=NOON, zone="Europe/Paris")
    assert dates == resolve_published(candidates, captured_at=NOON, zone="Europe/Paris")
    shuffled = [candidates[at] for at in order if at < len(candidates)]
    again = resolve_published(shuffled, captured_at=NOON, zone="Europe/Paris")
    assert (dates.published is None) == (again.published is None)


def test_a_bare_time_is_read_by_the_likely_clock_unless_another_date_tells_one():
    """Better than UTC, and said to be an assumption."""
    bare = resolve_published(found(("meta", "2025-06-26 09:30:00")), likely_zone="Asia/Seoul").published
    assert bare
    assert bare.at == datetime(2025, 6, 26, 0, 30, tzinfo=UTC)
    assert "zone_assumed" in codes(bare)
    told = found(("visible", "2025-06-26 09:30"), ("meta", "2025-06-26T10:00:00+02:00", "modified"))
    beside = resolve_published(told, likely_zone="Asia/Seoul").published
    assert beside
    assert beside.at == datetime(2025, 6, 26, 7, 30, tzinfo=UTC)
