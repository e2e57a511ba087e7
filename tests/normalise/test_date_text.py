"""A date as somebody printed it is read to the instant it states, or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.normalise.date_text import read_date

# what is printed -> instant in UTC, precision
INSTANTS = [
    ("2025-06-26T14:05:01.790+02:00", "2025-06-26T12:05:01", "second"),
    ("2025-06-26T14:05:01-0300", "2025-06-26T17:05:01", "second"),
    ("2025-06-26T14:05Z", "2025-06-26T14:05:00", "minute"),
    ("2025-06-26T14:05:01.790+02:00[Europe/Berlin]", "2025-06-26T12:05:01", "second"),
    ("20250626T140501Z", "2025-06-26T14:05:01", "second"),
    ("20250626T140501+0200", "2025-06-26T12:05:01", "second"),
    ("1750946701", "2025-06-26T14:05:01", "second"),
    ("1750946701123", "2025-06-26T14:05:01", "second"),
    ("Thu, 26 Jun 2025 14:05:01 GMT", "2025-06-26T14:05:01", "second"),
    ("Thu, 26 Jun 2025 14:05:01 +0530", "2025-06-26T08:35:01", "second"),
    ("Thu, 26 Jun 25 14:05 EDT", "2025-06-26T18:05:00", "minute"),
    ("26 Jun 2025 14:05:01 Z", "2025-06-26T14:05:01", "second"),
    ("Thu, 26 Jun 2025 14:05:01 GMT+2", "2025-06-26T12:05:01", "second"),
    ("Thu, 26 Jun 2025 14:05:01 UTC +05:30", "2025-06-26T08:35:01", "second"),
    ("Thu, 26 Jun 2025 24:00:00 GMT", "2025-06-27T00:00:00", "second"),
    ("Thu Jun 26 14:05:01 UTC 2025", "2025-06-26T14:05:01", "second"),
    ("Thu Jun 26 14:05:01 +0000 2025", "2025-06-26T14:05:01", "second"),
    ("Thu Jun 26 2025 14:05:01 GMT+0200 (CEST)", "2025-06-26T12:05:01", "second"),
    ("261505Z JUN 25", "2025-06-26T15:05:00", "minute"),
    ("June 26, 2025 2:05 p.m. EDT", "2025-06-26T18:05:00", "minute"),
    ("Jun 26, 2025, 2:05 PM ET", "2025-06-26T18:05:00", "minute"),
    ("Jan 26, 2025, 2:05 PM ET", "2025-01-26T19:05:00", "minute"),
    ("Updated 14:05 GMT, June 26, 2025", "2025-06-26T14:05:00", "minute"),
    ("26 июня 2025, 14:05 МСК", "2025-06-26T11:05:00", "minute"),
    ("Kamis, 26 Jun 2025 14:05 WIB", "2025-06-26T07:05:00", "minute"),
    ("Thứ năm, 26/6/2025, 14:05 (GMT+7)", "2025-06-26T07:05:00", "minute"),
    ("26.06.2025, 14:05 Uhr MESZ", "2025-06-26T12:05:00", "minute"),
    ("2025-06-26T14:05:01 Europe/Berlin", "2025-06-26T12:05:01", "second"),
    ("2025-06-26T14:05:01&#43;02:00", "2025-06-26T12:05:01", "second"),
    ("/Date(1750946701123)/", "2025-06-26T14:05:01", "second"),
    ("Updated 1405 GMT (2205 HKT) June 26, 2025", "2025-06-26T14:05:00", "minute"),
    ("Thu 26 Jun 2025 14.05 BST", "2025-06-26T13:05:00", "minute"),
    ("26 июня 2008 г. 14:05 МСК", "2008-06-26T10:05:00", "minute"),
    ("mar, 03 jun 2008 11:05:30 +0200", "2008-06-03T09:05:30", "second"),
]
# what is printed, in UTC for want of a zone -> local time, precision
LOCAL = [
    ("2025-06-26 14:05", "2025-06-26T14:05", "minute"),
    ("20250626140501", "2025-06-26T14:05:01", "second"),
    ("2025/06/26 14:05:01", "2025-06-26T14:05:01", "second"),
    ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01.790", "second"),
    ("261505 Jun 25", "2025-06-26T15:05", "minute"),
    ("2025-06-26 02:05 PM", "2025-06-26T14:05", "minute"),
    ("26 يونيو 2025 2:05 م", "2025-06-26T14:05", "minute"),
    ("26 Ιουνίου 2025, 2:05 μ.μ.", "2025-06-26T14:05", "minute"),
    ("۵ تیر ۱۴۰۴ - ۱۴:۰۵", "2025-06-26T14:05", "minute"),
    ("1404/04/05", "2025-06-26T00:00", "day"),
    ("ሰኔ 19፣ 2017", "2025-06-26T00:00", "day"),
    ("መስከረም 1 ቀን 2016 ዓ.ም", "2023-09-12T00:00", "day"),
    ("Publicerad 2025-06-26 14.05", "2025-06-26T14:05", "minute"),
    ("26.6.2025 14.05", "2025-06-26T14:05", "minute"),
    ("ngày 26 tháng 6 năm 2025", "2025-06-26T00:00", "day"),
    ("2025 оны 6-р сарын 26", "2025-06-26T00:00", "day"),
    ("二〇二五年六月二十六日", "2025-06-26T00:00", "day"),
    ("二〇二五年十月十日", "2025-10-10T00:00", "day"),
    ("民國114年6月26日", "2025-06-26T00:00", "day"),
    ("2 d'abril de 2025", "2025-04-02T00:00", "day"),
    ("6 d’agost de 2025", "2025-08-06T00:00", "day"),
    ("26 Mehefin 2025", "2025-06-26T00:00", "day"),
    ("၂၆ ဇွန် ၂၀၂၅", "2025-06-26T00:00", "day"),
    ("26 មិថុនា 2025", "2025-06-26T00:00", "day"),
    ("26 ജൂൺ 2025", "2025-06-26T00:00", "day"),
    ("30 اسفند 1399", "2021-03-20T00:00", "day"),
    ("2025年6月26日 14时05分", "2025-06-26T14:05", "minute"),
    ("2025年6月26日14:05", "2025-06-26T14:05", "minute"),
    ("２０２５年６月２６日　１４時０５分", "2025-06-26T14:05", "minute"),
    ("令和7年6月26日 午後2時5分", "2025-06-26T14:05", "minute"),
    ("2025년 6월 26일 오후 2시 5분", "2025-06-26T14:05", "minute"),
    ("2025.06.26. 14:05", "2025-06-26T14:05", "minute"),
    ("٢٦ يونيو ٢٠٢٥ 14:05", "2025-06-26T14:05", "minute"),
    ("26 जून 2025 14:05", "2025-06-26T14:05", "minute"),
    ("26 มิถุนายน 2568 14:05", "2025-06-26T14:05", "minute"),
    ("26 de junio de 2025 14:05", "2025-06-26T14:05", "minute"),
    ("mar. 26 junio 2025, 14:05", "2025-06-26T14:05", "minute"),
    ("26 juin 2025 à 14h05", "2025-06-26T14:05", "minute"),
    ("26. Juni 2025, 14:05 Uhr", "2025-06-26T14:05", "minute"),
    ("26.06.25, 14.05 Uhr", "2025-06-26T14:05", "minute"),
    ("26 giugno 2025 ore 14.05", "2025-06-26T14:05", "minute"),
    ("26 de março de 2025, 14h05", "2025-03-26T14:05", "minute"),
    ("26 Haziran 2025 14:05", "2025-06-26T14:05", "minute"),
    ("26 czerwca 2025, 14:05", "2025-06-26T14:05", "minute"),
    ("2025. június 26. 14:05", "2025-06-26T14:05", "minute"),
    ("26-06-2025 14:05", "2025-06-26T14:05", "minute"),
    ("14:05 - 26-06-2025", "2025-06-26T14:05", "minute"),
    ("06/26/2025 2:05 PM", "2025-06-26T14:05", "minute"),
    ("2 p.m., June 26, 2025", "2025-06-26T14:00", "hour"),
    ("26 Ιουνίου 2025", "2025-06-26T00:00", "day"),
    ("2025-06-26", "2025-06-26T00:00", "day"),
    ("20250626", "2025-06-26T00:00", "day"),
    ("26/06/2025", "2025-06-26T00:00", "day"),
    ("26Jun2025", "2025-06-26T00:00", "day"),
    ("2025-06-26T00:00:00", "2025-06-26T00:00", "day"),
    ("June 2025", "2025-06-01T00:00", "month"),
    ("2025-06", "2025-06-01T00:00", "month"),
]
NONE = [
    "", "   ", "yesterday", "2 hours ago", "0000-00-00", "30 Feb 2025", "31.04.2025", "June 26", "14:05", "none",
    "2025-13-01", "99999999999999", "26 June 20255", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize(("raw", "at", "precision"), INSTANTS)
def test_an_instant_with_its_zone(raw, at, precision):
    """Zones by offset, letter, abbreviation, city and summer time lead to one instant."""
    read = read_date(raw)
    assert read
    assert read.at.astimezone(UTC).replace(microsecond=0) == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (read.precision, read.zoned) == (precision, True)


@pytest.mark.parametrize(("raw", "local", "precision"), LOCAL)
def test_a_local_time_without_zone_is_utc_with_a_doubt(raw, local, precision):
    """Nobody knows the zone: the doubt says so."""
    read = read_date(raw)
    assert read
    assert read.local == datetime.fromisoformat(local)
    assert (read.precision, read.zoned, read.doubts[-1].code) == (precision, False, "zone_unknown")


@pytest.mark.parametrize("raw", NONE)
def test_what_is_no_date_is_not_read(raw):
    """Relative words, impossible days and other calendars are no guesses."""
    assert read_date(raw) is None


def test_the_outlets_zone_is_taken_with_a_doubt():
    """A clock on a wall in Berlin, in winter and in summer; a day needs no doubt."""
    summer, winter, day = (
        read_date(raw, zone="Europe/Berlin") for raw in ("2025-06-26 14:05", "2025-01-26 14:05", "2025-06-26")
    )
    assert summer
    assert winter
    assert day
    assert summer.at.astimezone(UTC).hour == 12
    assert winter.at.astimezone(UTC).hour == 13
    assert [doubt.code for doubt in summer.doubts] == ["zone_assumed"]
    assert (day.at.astimezone(UTC).hour, day.on.day, day.doubts) == (22, 26, ())


def test_an_ambiguous_zone_is_settled_by_the_outlets_or_doubted():
    """IST is India's, Israel's and Ireland's."""
    alone, israel = read_date("26 Jan 2025 14:05 IST"), read_date("26 Jan 2025 14:05 IST", zone="Asia/Jerusalem")
    assert alone
    assert israel
    assert [doubt.code for doubt in alone.doubts] == ["zone_ambiguous"]
    assert israel.at.astimezone(UTC).hour == 12
    assert not israel.doubts


def test_the_order_of_numbers_is_settled_or_doubted():
    """Who is told nothing of the outlet doubts 3/4."""
    unknown = read_date("3/4/2025")
    assert unknown
    assert "day_month_order" in {doubt.code for doubt in unknown.doubts}
    for options, month in (
        ({"day_first": True}, 4),
        ({"day_first": False}, 3),
        ({"language": "fr"}, 4),
        ({"language": "en-US"}, 3),
    ):
        read = read_date("3/4/2025", **options)
        assert read
        assert read.on.month == month
        assert "day_month_order" not in {doubt.code for doubt in read.doubts}


@given(st.one_of(st.text(max_size=80), st.text("0123456789-/:.TZ+ JanFebGMT年月日", max_size=40)))
def test_no_text_raises(raw):
    """Feeds print anything in a date's place."""
    read = read_date(raw, zone="America/New_York", language="en")
    assert read is None or read.at.tzinfo is not None


@given(st.datetimes(datetime.fromisoformat("1800-01-01"), datetime.fromisoformat("2199-12-31")), st.timezones())
def test_what_python_prints_is_read_back(moment, zone):
    """ISO 8601 and RFC 822 come back as the same instant, whatever the zone."""
    aware = moment.replace(microsecond=0, second=max(1, moment.second), tzinfo=zone)
    offset = aware.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return  # local mean times of the nineteenth century have seconds that no format prints
    for raw in (aware.isoformat(), aware.strftime("%a, %d %b %Y %H:%M:%S %z")):
        read = read_date(raw)
        assert read
        assert read.at.astimezone(UTC) == aware.astimezone(UTC)  # times that a zone has twice equal none of another


@pytest.mark.parametrize(
    "raw",
    [
        "26-FEB-1987 15:01:01.79",
        " 9-MAR-1987 04:58",
        "26 Jun 2025 14:05:01 +0200",
        "Thu, 26 Jun 2025 14:05:01 GMT",
        "Sun, 1 Mar 2026 24:00 EST",
        "26 Ago 2025 9:05",
        "31 Jun 2025 14:05",
        "45 Jun 2025 14:05",
        "26 Jun 2568 14:05 Z",
    ],
)
def test_a_stamp_says_the_same_alone_and_among_words(raw: str) -> None:
    """The stamps of mail and older wires are read at a glance, and as they are read with words before them."""
    for zone in (None, "Asia/Tokyo"):
        assert read_date(raw, zone=zone) == read_date(f"Sent {raw}", zone=zone)


def test_a_zones_name_is_no_month_of_another_language():
    """`Awst` is August in Welsh, and Western Australia's time in capitals."""
    told = read_date("Tue, 18 Mar 2025 9:42AM AWST")
    assert told is not None
    assert told.at.isoformat() == "2025-03-18T09:42:00+08:00"
    welsh = read_date("18 Awst 2025")
    assert welsh is not None
    assert welsh.on.month == 8
