"""An article becomes an item: what was found becomes what is said, each part with its source."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import Article, DateCandidate, Feed, NameCandidate
from wirecopy.normalise import RULES_VERSION
from wirecopy.normalise.home import home_of, likely_zone
from wirecopy.normalise.item import decide, make_item

CAPTURED = datetime(2025, 6, 28, 9, tzinfo=UTC)
PAGE = Article(
    headline="Flood warning for the valley",
    body="NAIROBI, June 26 (Reuters) - Heavy rain is expected in the valley, the weather service said on Thursday.\n\nRoads are closed.",
    url="https://www.morninggazette.example/2025/06/26/flood",
    dates=(DateCandidate("2025-06-26T10:15:00+03:00", "json-ld"), DateCandidate("2025-06-26", "url")),
    names=(NameCandidate("By Ada Marsh and Ben Cole", "json-ld"),),
    language_raw="en-GB",
)
WIRE = Article(
    headline="Regen im Tal",
    body="Nairobi (dpa) - Im Tal wird starker Regen erwartet, teilte der Wetterdienst am Donnerstag mit.",
    provider="dpa",
    item_uri="urn:newsml:dpa.com:20250626:doc-5:2",
    version="2",
    language="de",
    format="newsml-g2",
    dates=(DateCandidate("2025-06-26T12:30:00", "wire"),),
    names=(NameCandidate("Von Mia Kern", "byline"),),
)


def item_of(article, source=None):
    return make_item(decide(article, captured_at=CAPTURED, source=source), source=source, captured_at=CAPTURED)


def codes(value):
    return {doubt.code for doubt in value.doubts}


def test_a_page_becomes_an_item():
    """Dateline, lead, agency, authors, instant, language, outlet, key and hash."""
    item = item_of(PAGE)
    assert item.dateline
    assert item.published
    assert [where.place.country for where in item.dateline.places if where.place] == ["KE"]
    assert item.dateline.on == date(2025, 6, 26)
    assert item.lead.startswith("Heavy rain")
    assert item.body.startswith("NAIROBI")
    assert (item.agency, item.authors, item.language, item.outlet) == (
        "Reuters",
        ("Ada Marsh", "Ben Cole"),
        "en",
        "morninggazette.example",
    )
    assert item.published.at == datetime(2025, 6, 26, 7, 15, tzinfo=UTC)
    assert (item.key_rule, item.rules_version, item.pub_status) == ("page", RULES_VERSION, "usable")


def test_a_wire_item_takes_its_agencys_clock_and_name():
    """The agency's zone stands in for the missing one, with a doubt; its id is the key."""
    item = item_of(WIRE)
    assert item.published
    assert item.published.at == datetime(2025, 6, 26, 10, 30, tzinfo=UTC)
    assert "zone_assumed" in codes(item.published)
    assert (item.agency, item.authors, item.key_rule, item.language) == ("dpa", ("Mia Kern",), "wire", "de")


def test_the_printed_dateline_wins_over_the_field():
    """A wire's structured place that differs leaves a doubt."""
    same, other = item_of(replace(WIRE, dateline_place="Nairobi")), item_of(replace(WIRE, dateline_place="Kisumu"))
    assert same.dateline
    assert other.dateline
    assert other.dateline.places[0].raw == "Nairobi"
    assert "dateline_field_differs" in codes(other)
    assert "dateline_field_differs" not in codes(same)


def test_a_dateline_field_stands_in_for_a_missing_one():
    """The body is the lead then, and the rule says where the dateline stood."""
    bare = replace(WIRE, body="Im Tal wird starker Regen erwartet.")
    item = item_of(replace(bare, dateline_place="Nairobi", dateline_country="KE"))
    assert item.dateline
    assert item.dateline.places[0].place
    assert (item.dateline.places[0].place.country, item.dateline.rule, item.lead) == ("KE", "field", bare.body)


def test_a_dateline_with_its_year_dates_a_text_that_nothing_else_does():
    """The day at the place's agency; one without year never does."""
    dated = replace(PAGE, dates=(), body=PAGE.body.replace("June 26", "June 26, 2025"))
    item, undated = item_of(dated), item_of(replace(PAGE, dates=()))
    assert item.published
    assert (item.published.on, item.published.source, item.published.precision) == (
        date(2025, 6, 26),
        "dateline",
        "day",
    )
    assert undated.published is None


def test_the_time_of_capture_is_never_taken():
    """Without any date there is no publication."""
    assert item_of(Article(body="No date here.", url="https://x.example/a")).published is None


def test_agency_by_credit_byline_provider_feed_and_source():
    """Where the text signs with nobody, those who sent it do."""
    bare = replace(PAGE, body="Rain is expected.", names=())
    assert item_of(replace(bare, credit="AFP")).agency == "AFP"
    assert item_of(replace(bare, names=(NameCandidate("Associated Press", "json-ld"),))).agency == "AP"
    assert item_of(bare, Feed(url="https://f.example/rss", agency="Xinhua")).agency == "Xinhua"
    assert item_of(replace(bare, outlet="Reuters")).agency == "Reuters"
    assert item_of(replace(bare, outlet="Morning Gazette")).agency is None
    assert item_of(bare).agency is None


def test_status_is_normalised():
    """The words of IPTC's list, however they are written."""
    for raw, status in (
        ("stat:canceled", "canceled"),
        ("Killed", "canceled"),
        ("stat:withheld", "withheld"),
        ("usable", "usable"),
        (None, "usable"),
    ):
        assert item_of(replace(WIRE, pub_status=raw)).pub_status == status


def test_home_by_feed_agency_and_domain():
    """Whose clock: the feed's, the agency's, the country's if it has one."""
    assert home_of(PAGE).zone is None
    assert home_of(replace(PAGE, url="https://x.co.jp/a")).zone == "Asia/Tokyo"
    assert home_of(replace(PAGE, url="https://x.co.uk/a")).country == "GB"
    assert home_of(replace(PAGE, url="https://x.com.br/a")).zone is None
    assert home_of(replace(PAGE, url="https://x.tv/a")).country is None
    assert home_of(WIRE).zone == "Europe/Berlin"
    assert home_of(PAGE, Feed(url="https://f.example/rss", zone="Africa/Nairobi")).zone == "Africa/Nairobi"


@pytest.mark.parametrize(
    ("url", "locale", "language", "zone"),
    [
        ("https://x.com.br/a", None, "en", "America/Sao_Paulo"),
        ("https://x.ru/a", None, "en", "Europe/Moscow"),
        ("https://x.com/a", "en-IN", "en", "Asia/Kolkata"),
        ("https://x.com/a", "es_AR", "es", "America/Argentina/Buenos_Aires"),
        ("https://x.com/a", "ko", "ko", "Asia/Seoul"),
        ("https://x.com/a", "en-US", "en", None),
        ("https://x.com/a", None, None, None),
    ],
)
def test_the_likely_clock_is_told_by_domain_locale_or_language(url, locale, language, zone):
    """For outlets of whose home nothing certain is known."""
    assert likely_zone(replace(PAGE, url=url, language_raw=locale), language) == zone


def test_the_same_article_gives_the_same_item():
    """Pure: nothing but the arguments counts."""
    assert item_of(PAGE) == item_of(PAGE)


TEXT = st.one_of(st.none(), st.text(max_size=60))


@given(TEXT, st.text(max_size=200), TEXT, TEXT, TEXT, TEXT, st.lists(st.text(max_size=40), max_size=3))
def test_no_article_raises(headline, body, url, provider, place, credit, dates):
    """Any text may stand in any field."""
    article = Article(
        headline=headline,
        body=body,
        url=url,
        canonical_url=url,
        provider=provider,
        dateline_place=place,
        dateline_raw=place,
        dateline_country=place,
        credit=credit,
        pub_status=place,
        dates=tuple(DateCandidate(raw, "meta") for raw in dates),
        names=tuple(NameCandidate(raw, "visible") for raw in dates),
    )
    item = item_of(article)
    assert item.body == body
