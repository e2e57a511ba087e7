"""What a dateline's fields hold: offsets, rules, doubts, bylines, evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wirecopy.model import Dateline
from wirecopy.normalise.dateline import parse_dateline

SENT = date(2025, 6, 27)


def _read(text: str, **known: object) -> Dateline:
    found = parse_dateline(text, **{"sent_at": SENT, **known})  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_founding_example_is_read_whole() -> None:
    """A place, a day, an agency and the story's own words."""
    found = _read("Qingdao, June 26 (IANS) Ministers of ten countries met.")
    assert (found.raw, found.agency, found.on) == ("Qingdao, June 26 (IANS)", "IANS", date(2025, 6, 26))
    assert [(p.raw, p.place and p.place.country) for p in found.places] == [("Qingdao", "CN")]
    assert found.lead == "Ministers of ten countries met."
    assert found.rule == "place, date, (agency), nothing"


def test_the_raw_text_is_without_separator_and_byline() -> None:
    """Offsets frame the dateline alone."""
    text = "By Ann Lee\nLONDON, June 26 (Reuters) - The river froze."
    found = _read(text)
    assert text[found.start : found.end] == "LONDON, June 26 (Reuters)"
    assert found.byline == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("By Ann Lee TOKYO (Reuters) - Rice grew dearer.", "Ann Lee"),
        ("Ayşe YILMAZ/ANTALYA, (DHA)- İki çocuk bulundu.", "Ayşe YILMAZ"),
        ("(서울=연합뉴스) 홍길동 기자 = 정부는 발표했다.", "홍길동"),
        ("新华社北京6月26日电（记者张三）国务院召开会议。", "张三"),
        ("（中央社記者張三台北26日電）行政院通過。", "張三"),
        ("МОСКВА, 26 июн - РИА Новости, Иван Петров. Дума приняла закон.", "Иван Петров"),
    ],
)
def test_a_byline_beside_the_dateline_is_kept_apart(text: str, byline: str) -> None:
    """Names before, inside or after the dateline are neither place nor lead."""
    assert _read(text).byline == byline


@pytest.mark.parametrize(
    ("text", "sent_at", "code"),
    [
        ("LONDON, June 31 (AP) - Rain fell.", SENT, "date_impossible"),
        ("LONDON, Feb 29 (AP) - Rain fell.", date(2025, 3, 1), "date_impossible"),
        ("LONDON, June 26 (AP) - Rain fell.", None, "year_unknown"),
        ("LONDON, Thursday (AP) - Rain fell.", None, "date_unknown"),
        ("LONDON, 03/04/2025 - Rain fell.", None, "date_ambiguous"),
        ("SMALLVILLETON, June 26 (AP) - Rain fell.", SENT, "place_unknown"),
        ("LONDON, Friday, June 26 (AP) - Rain fell.", SENT, "weekday_mismatch"),
        ("LONDON, June 26, 1994 (AP) - Rain fell.", SENT, "date_far_from_sent"),
    ],
)
def test_what_cannot_be_told_is_a_doubt(text: str, sent_at: date | None, code: str) -> None:
    """Impossible, missing and ambiguous parts are named, never guessed."""
    found = _read(text, sent_at=sent_at)
    assert code in [doubt.code for doubt in found.doubts]


@pytest.mark.parametrize(
    ("sent_at", "on"),
    [
        (date(2025, 1, 1), date(2024, 12, 31)),
        (date(2024, 12, 30), date(2024, 12, 31)),
        (datetime(2025, 1, 2, 0, 5, tzinfo=UTC), date(2024, 12, 31)),
    ],
)
def test_a_missing_year_is_the_nearest_to_sending(sent_at: date, on: date) -> None:
    """Year ends do not move a dateline by a year."""
    assert _read("LONDON, Dec 31 (AP) - Rain fell.", sent_at=sent_at).on == on


def test_a_month_that_two_languages_share_is_settled_by_language() -> None:
    """`listopada` is October in Croatian and November in Polish."""
    croatian = _read("ZAGREB, 26. listopada 2024. (Hina) - Kiša.", language="hr")
    polish = _read("Warszawa, 26 listopada 2024 (PAP) - Deszcz.", language="pl")
    assert (croatian.on, polish.on) == (date(2024, 10, 26), date(2024, 11, 26))


def test_the_printed_date_is_kept_where_it_means_no_day() -> None:
    """`on_raw` holds what `on` cannot."""
    found = _read("LONDON, June 26 (AP) - Rain fell.", sent_at=None)
    assert (found.on, found.on_raw) == (None, "June 26")


@pytest.mark.parametrize(
    ("text", "agency", "raw"),
    [
        ("LONDON (The Associated Press) - Rain fell.", "AP", "The Associated Press"),
        ("Berlin (dpa/bb) - Es regnete.", "dpa", "dpa/bb"),
        ("PARIS (AFP/AP) - Rain fell.", "AFP/AP", "AFP/AP"),
        ("NAIROBI (Savanna Press) - Rain fell.", "Savanna Press", "Savanna Press"),
    ],
)
def test_an_agency_is_canonical_and_its_print_is_kept(text: str, agency: str, raw: str) -> None:
    """Joint and unknown names stand as printed."""
    found = _read(text)
    assert (found.agency, found.agency_raw) == (agency, raw)


def test_the_country_of_the_agency_is_evidence() -> None:
    """A home wire's bare town lies at home; a qualifier outweighs it."""
    assert _read("SPRINGFIELD, Ill. (AP) - Rain fell.").places[0].place.country == "US"  # type: ignore[union-attr]
    assert _read("LONDON, Ontario (CP) - Rain fell.").places[0].place.country == "CA"  # type: ignore[union-attr]


def test_a_teaser_before_the_dateline_is_no_lead() -> None:
    """A dateline beyond doubt counts in the second paragraph too; the first is not part of the lead."""
    found = _read("Ein Sturm hat Schäden angerichtet.\n\nKiel (dpa) - Die Feuerwehr rückte aus.")
    assert found.lead == "Die Feuerwehr rückte aus."


@pytest.mark.parametrize("text", ["", " ", "\n\n", "-", "(AP)", "—", "(", ")", "LONDON -- ", "\ufeff"])
def test_next_to_nothing_is_read_in_peace(text: str) -> None:
    """Empty and broken heads neither raise nor invent places."""
    found = parse_dateline(text)
    assert found is None or found.lead == ""


@pytest.mark.parametrize(
    ("text", "on_raw"),
    [
        ("TORONTO, ONTARIO--(Marketwired - June 26, 2014) - Rain fell.", "June 26, 2014"),
        ("LONDON (26 June) - Rain fell.", "26 June"),
        ("Jakarta, Kamis (26/6/2025) - Hujan turun.", "Kamis (26/6/2025)"),
        ("新华社北京6月26日电 中国成功发射卫星。", "6月26日"),
    ],
)
def test_the_date_is_kept_as_printed(text: str, on_raw: str) -> None:
    """Only the date itself, whatever stands around it."""
    assert _read(text).on_raw == on_raw


QUOTED = [
    ("ДУШАНБЕ, 01.07.2024. /НИАТ «Ховар»/. Министр открыл школу.", "/НИАТ «Ховар»/", "Khovar", "НИАТ «Ховар»"),
    ("ТАШКЕНТ, 1 июля. /ИА «Дунё»/. Министр принял гостей.", "/ИА «Дунё»/", "Dunyo", "ИА «Дунё»"),
    ("Санкт-Петербург, 1 июля. ИА «Росбалт» - Мост разведут.", "ИА «Росбалт»", "Rosbalt", "ИА «Росбалт»"),
    ("TOSHKENT, 1-iyul. /“Dunyo” AA/. Vazir keldi.", "/“Dunyo” AA/", "Dunyo", "“Dunyo” AA"),
]


@pytest.mark.parametrize(("text", "ending", "agency", "raw"), QUOTED)
def test_an_agency_may_stand_in_quotation_marks(text, ending, agency, raw):
    """Its name is found without them and told with them; what a person says in quotation marks is no signature."""
    found = parse_dateline(text, sent_at=date(2024, 7, 1))
    assert found
    assert found.raw.endswith(ending)
    assert (found.agency, found.agency_raw) == (agency, raw)
    assert found.lead == text[text.index(ending) + len(ending) :].lstrip(" .-")


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Neustadt a. d. Weinstraße (dpa) - Es regnet.", "Neustadt an der Weinstraße"),
        ("Landsberg a. Lech (dpa) - Es regnet.", "Landsberg am Lech"),
        ("Frankfurt a. M. (dpa) - Es regnet.", "Frankfurt am Main"),
        ("Pfaffenhofen a. d. Ilm (dpa) - Es regnet.", "Pfaffenhofen an der Ilm"),
    ],
)
def test_german_rivers_may_be_shortened_with_blanks(text, town):
    """The town is the one on that river, not the largest of its name."""
    found = parse_dateline(text, language="de")
    assert found
    assert found.places[0].place
    assert found.places[0].place.name == town
    assert found.lead == "Es regnet."
