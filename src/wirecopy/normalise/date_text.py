"""A date as somebody printed it -> the instant, the day at its source, and how well either is known.

Reads ISO 8601, RFC 822 with its zone letters and names, epoch seconds and milliseconds, military date-time groups,
month names of every language in `dateline_months.toml`, Chinese, Japanese and Korean dates, digits of any script,
two-digit years and 24:00. Which of several dates counts is decided in `published.py`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from wirecopy.agencies import fold
from wirecopy.model import Doubt, Precision
from wirecopy.normalise.clock_text import Clock, clock_of, find_clock, half_at, in_half
from wirecopy.normalise.date_figures import in_figures
from wirecopy.normalise.dateline_words import date_words, weekdays
from wirecopy.normalise.month_text import month_named
from wirecopy.normalise.solar_calendar import find_solar
from wirecopy.normalise.zone_text import Zone, choose_zone, find_zone, is_zone_name

_LONGEST: Final = 200
"""A longer text is no date."""
_BUDDHIST: Final = 543
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date as read; for precision `day` and `month`, `at` is the start of that day in the source's zone."""

    at: datetime
    """In the zone of the source, so that its day is the source's."""
    on: date
    """The day at the source."""
    local: datetime
    """The wall clock at the source, without zone."""
    precision: Precision
    zone: str = ""
    """Offset as printed or IANA name as assumed; empty where nothing was known and UTC was taken."""
    zoned: bool = False
    """Whether the text itself gave the zone."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int
    precision: Precision = "day"
    doubts: tuple[Doubt, ...] = ()


def read_date(
    raw: str,
    *,
    zone: str | None = None,
    language: str | None = None,
    day_first: bool | None = None,
    before: date | None = None,
) -> ReadDate | None:
    """Return the date that a text states, or None for a text that states none or an impossible one.

    `zone` (IANA) is the outlet's: it is taken for local times, with the doubt `zone_assumed`; without it UTC is, with
    `zone_unknown`. `day_first` settles `3/4/2025`; unset, the language and zone do, with the doubt `day_month_order`.
    A day and month without year are those last seen `before` (with `year_assumed`), and no date without it.
    """
    spoken = (language or "").lower()
    order = _order_of(zone or "", spoken) if day_first is None else "day" if day_first else "month"
    return _read(raw, zone or "", order, before)


@lru_cache(maxsize=4096)
def _read(raw: str, zone: str, order: str, before: date | None) -> ReadDate | None:
    text = _plain(raw)
    if not text:
        return None
    try:
        return _read_plain(text, zone, order, before)
    except (ValueError, OverflowError):
        return None  # a day that no calendar has, or an instant outside of what datetime can hold


def _read_plain(text: str, zone: str, order: str, before: date | None) -> ReadDate | None:
    if match := _ISO.match(text):
        return _of_iso(match, text[match.end() :], zone)
    if match := _ISO_MONTH.fullmatch(text):
        return _settle(_western(_Day(int(match["year"]), int(match["month"]), 1, "month")), None, None, zone)
    if (match := _STAMP.fullmatch(text)) and (found := _of_stamp(match, zone)):
        return found
    if match := _EPOCH.fullmatch(text):
        return _of_epoch(match)
    if match := _GROUP.fullmatch(text):
        return _of_group(match, zone)
    return _of_words(text, zone, order, before)


def _plain(raw: str) -> str:
    """Return a text with ASCII digits and plain spaces, or an empty one where it cannot be a date."""
    text = raw.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(_ascii_digit(char) for char in text if unicodedata.category(char) != "Cf")
    return in_figures(" ".join(text.split()))


def _ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


# --- forms of machines ---

# 2025-06-26T14:05:01.790+02:00, 2025-06-26 14:05, 20250626T140501Z, 2025-06-26
_ISO = re.compile(
    r"""
    (?P<year>\d{4}) (?P<dash>-?) (?P<month>\d{2}) (?P=dash) (?P<day>\d{2}) (?!-) (?!\d(?!\d{3}(?:\d\d)?(?!\d)))
    (?: (?:[Tt]|\ ?T?\ |(?=\d)) (?P<hour>\d{2}) :? (?P<minute>\d{2}) (?: :? (?P<second>\d{2}) (?:[.,](?P<fraction>\d{1,9}))? )? )?
    """,
    re.VERBOSE,
)
# 26-FEB-1987 15:01:01.79, 26 Jun 2025 14:05:01 +0200, Thu, 26 Jun 2025 14:05:01 GMT
_STAMP = re.compile(
    r"""
    (?: (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\  )? (?P<day>\d{1,2}) [\ -] (?P<month>[A-Za-z]{3}) [\ -] (?P<year>[12]\d{3}) [ ]
    (?P<hour>\d{1,2}) : (?P<minute>\d{2}) (?: :(?P<second>\d{2}) (?:\.(?P<fraction>\d{1,9}))? )?
    (?P<behind> (?:\ (?:GMT|UTC|Z|[ECMP][SD]T|BST|CES?T|[+-]\d{4}))? )
    """,
    re.VERBOSE,
)
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
# 1750946701, 1750946701123, and /Date(1750946701123)/ as JSON of Microsoft's writes it
_EPOCH = re.compile(r"(?:/?Date\()?(?P<seconds>\d{9,10})(?P<millis>\d{3})?(?:\.\d+)?(?:\)/?)?")
# 261505Z JUN 25 (military), 261505 Jun 2025 (wire)
_GROUP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s?(?P<zone>[A-Za-z])?\s(?P<month>[A-Za-z]{3})\.?\s?(?P<year>\d{2}|\d{4})"
)


def _of_iso(match: re.Match[str], rest: str, zone: str) -> ReadDate | None:
    day = _Day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        loose, _, behind = find_clock(rest)
        return _settle(_western(day), loose, find_zone(behind), zone)
    clock = in_half(clock_of(match["hour"], match["minute"], match["second"], match["fraction"]), half_at(rest))
    return _settle(_western(day), clock, find_zone(rest), zone)


def _of_stamp(match: re.Match[str], zone: str) -> ReadDate | None:
    """Return the instant that mail, feeds and older wires stamp, which `_of_words` would find with more trouble."""
    month, day = month_named(match["month"]), int(match["day"])
    if month is None or not 1 <= day <= 31:
        return None
    clock = clock_of(match["hour"], match["minute"], match["second"], match["fraction"])
    return _settle(_western(_Day(int(match["year"]), month, day)), clock, find_zone(match["behind"]), zone)


def _of_epoch(match: re.Match[str]) -> ReadDate:
    at = datetime.fromtimestamp(int(match["seconds"]), UTC)
    at = at.replace(microsecond=int(match["millis"] or 0) * 1000)
    return ReadDate(at=at, on=at.date(), local=at.replace(tzinfo=None), precision="second", zone="UTC", zoned=True)


def _of_group(match: re.Match[str], zone: str) -> ReadDate | None:
    month = month_named(match["month"])
    if month is None:
        return None
    day = _Day(_full_year(match["year"]), month, int(match["day"]))
    return _settle(day, clock_of(match["hour"], match["minute"]), find_zone(match["zone"] or ""), zone)


# --- forms of people ---

_CJK_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|民[國国])?\s?(?P<year>\d{1,4}|元)\s?[年년]\s?)?"
    r"(?<!\d)(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日号일])?"
)


def _of_words(text: str, zone: str, order: str, before: date | None) -> ReadDate | None:
    if not text.isascii() and (match := _CJK_DATE.search(text)):
        day = _of_cjk(match, before)
        clock, _, behind = find_clock(text[match.end() :])
    else:
        clock, ahead, behind = find_clock(text)
        day = _find_day(f"{ahead} {behind}", order, before)
    return _settle(_western(day), clock, find_zone(behind), zone) if day else None


def _of_cjk(match: re.Match[str], before: date | None) -> _Day | None:
    if match["year"] is None:
        return _last_seen(int(match["month"]), int(match["day"]), before) if match["day"] and before else None
    year = 1 if match["year"] == "元" else int(match["year"])
    year = year + _ERAS[match["era"]] if match["era"] else _full_year(match["year"])
    if match["day"] is None:
        return _Day(year, int(match["month"]), 1, "month")
    return _Day(year, int(match["month"]), int(match["day"]))


# --- days ---

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?(?P<sign>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s?(?P<sign>[-/.])\s?(?P<second>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4}|\d{2})(?!\d)"
)
_TOKENS = re.compile(r"\d+|[^\W\d_][^\s\d,;:()\[\]/|–—-]*")


# `ago` is August to Spaniards and Italians, but not behind a span of time.
_AGO = re.compile(
    r"\b(?:s(?:ec(?:ond)?)?|m(?:in(?:ute)?|o|onth)?|h(?:r|our)?|d(?:ay)?|w(?:k|eek)?|y(?:r|ear)?)s?\.?\sago\b",
    re.IGNORECASE,
)


def _find_day(text: str, order: str, before: date | None) -> _Day | None:
    if solar := find_solar(text):
        return _Day(solar.year, solar.month, solar.day)
    if match := _YEAR_FIRST.search(text):
        return _Day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.search(text):
        return _of_numbers(match, order)
    return _of_month_name(text, before)


def _of_numbers(match: re.Match[str], order: str) -> _Day:
    first, second, year = int(match["first"]), int(match["second"]), _full_year(match["year"])
    if second > 12:
        return _Day(year, first, second)
    if first > 12 or first == second or match["sign"] == ".":
        return _Day(year, second, first)
    doubts = () if order else (Doubt("day_month_order", match[0]),)
    return _Day(year, first, second, "day", doubts) if order == "month" else _Day(year, second, first, "day", doubts)


def _order_of(zone: str, language: str) -> str:
    """Return whether `day` or `month` comes first in numbers; empty where nothing says so."""
    if language in {"en-us", "en_us"} or (language[:2] == "en" and zone.startswith("America/")):
        return "month"
    return "" if language[:2] in {"en", ""} else "day"


def _of_month_name(text: str, before: date | None) -> _Day | None:
    if _AGO.search(text):
        return None
    tokens = _TOKENS.findall(text)
    named = [(at, month) for at, token in enumerate(tokens) if not token[0].isdigit() and (month := month_named(token))]
    # Short names of days are names of months elsewhere (`mar. 26 junio`): what is no day, or the longer, is the month.
    named.sort(key=lambda found: (_otherwise(tokens[found[0]]), -len(tokens[found[0]])))
    return next((day for at, month in named if (day := _around(tokens, at, month, before))), None)


def _otherwise(token: str) -> int:
    """Return how likely a month's name is none: that of a day is one elsewhere, that of a zone (AWST, Welsh for August) rarely."""
    return 2 if is_zone_name(token) else int(fold(token.rstrip(".")) in weekdays())


def _around(tokens: list[str], at: int, month: int, latest: date | None) -> _Day | None:
    """Return the day around a month's name: `26 June 2025`, `June 26, 2025`, `2025 June 26`, `26 de junio de 2025`."""
    before = [int(token) for token in tokens[max(0, at - 3) : at] if token.isdigit() and len(token) <= 4]
    after = [int(token) for token in tokens[at + 1 : at + 5] if token.isdigit() and len(token) <= 4]
    numbers = [*reversed(before), *after]
    year = next((number for number in (*after, *before) if number > 31), None)
    if year is None and len(numbers) >= 2 and before and after:
        year = after[-1] if len(after) == 1 else after[1]  # 26 Feb 87 has its year behind
    day = next((number for number in numbers if 1 <= number <= 31 and number != year), None)
    if year is None and len(after) >= 2:
        day, year = after[0], after[1]
    if year is None:
        beside = _beside(tokens, at)
        return _last_seen(month, beside, latest) if beside and latest else None
    full = _full_year(str(year) if year > 99 else f"{year:02d}")
    return _Day(full, month, day) if day else _Day(full, month, 1, "month")


def _beside(tokens: list[str], at: int) -> int:
    """Return the day right beside a month's name, at most small words between them; 0 where there is none."""
    small = date_words()["between"] | date_words()["ordinals"]
    back = at - 1
    while back > 0 and fold(tokens[back]) in small:
        back -= 1
    near = tokens[at + 1 : at + 2] + tokens[max(0, back) : at]
    return next((int(token) for token in near if token.isdigit() and len(token) <= 2 and 1 <= int(token) <= 31), 0)


def _last_seen(month: int, day: int, latest: date) -> _Day:
    """Return a day without year as the last one of its name, the day after `latest` included."""
    this_year = date(latest.year, month, day)
    year = latest.year if this_year <= latest + timedelta(days=1) else latest.year - 1
    return _Day(year, month, day, "day", (Doubt("year_assumed", str(year)),))


def _full_year(digits: str) -> int:
    """Return a year of two or four digits; RFC 2822 reads 50 to 99 as the last century's."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= 50 else 2000)


def _western(day: _Day) -> _Day:
    """Return a day in the Gregorian calendar: Thai years count from the Buddha's death; other calendars are not read."""
    if 2440 <= day.year <= 2640:
        return replace(day, year=day.year - _BUDDHIST)
    if not 1700 <= day.year <= 2200:
        raise ValueError(day.year)
    return day


# --- all together ---


def _settle(day: _Day, clock: Clock | None, printed: Zone | None, assumed: str) -> ReadDate:
    on = date(day.year, day.month, day.day)
    if clock is None or day.precision == "month" or (clock.hour == clock.minute == clock.second == clock.micro == 0):
        moment, precision = datetime.combine(on, time()), day.precision
    else:
        on += timedelta(days=clock.hour // 24 if clock.minute == clock.second == 0 else 0)
        hour = 0 if clock.hour == 24 and not clock.minute else clock.hour
        moment, precision = datetime.combine(on, time(hour, clock.minute, clock.second, clock.micro)), clock.precision
    chosen = choose_zone(moment, printed if clock else None, assumed, timed=precision not in _DAYS)
    doubts = (*day.doubts, chosen.doubt) if chosen.doubt else day.doubts
    return ReadDate(
        at=moment.replace(tzinfo=chosen.zone),
        on=on,
        local=moment,
        precision=precision,
        zone=chosen.name,
        zoned=chosen.printed,
        doubts=doubts,
    )


_DAYS: Final = frozenset({"day", "month"})
