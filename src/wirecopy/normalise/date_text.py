"""A date as somebody printed it -> the instant, the day at its source, and how well either is known.

Reads ISO 8601, RFC 822 with its zone letters and names, epoch seconds and milliseconds, military date-time groups,
month names of every language in `dateline_months.toml`, Chinese, Japanese and Korean dates, digits of any script,
two-digit years and 24:00. Which of several dates counts is decided in `published.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from wirecopy.agencies import fold
from wirecopy.model import Doubt, Precision
from wirecopy.normalise.dateline_words import months
from wirecopy.normalise.zone_text import Zone, choose_zone, find_zone

_LONGEST: Final = 200
"""A longer text is no date."""
_BUDDHIST: Final = 543
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}


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


@dataclass(frozen=True, slots=True)
class _Clock:
    hour: int
    minute: int = 0
    second: int = 0
    micro: int = 0
    precision: Precision = "minute"


def read_date(
    raw: str, *, zone: str | None = None, language: str | None = None, day_first: bool | None = None
) -> ReadDate | None:
    """Return the date that a text states, or None for a text that states none or an impossible one.

    `zone` (IANA) is the outlet's: it is taken for local times, with the doubt `zone_assumed`; without it UTC is, with
    `zone_unknown`. `day_first` settles `3/4/2025`; unset, the language and zone do, with the doubt `day_month_order`.
    """
    spoken = (language or "").lower()
    order = _order_of(zone or "", spoken) if day_first is None else "day" if day_first else "month"
    return _read(raw, zone or "", order)


@lru_cache(maxsize=4096)
def _read(raw: str, zone: str, order: str) -> ReadDate | None:
    text = _plain(raw)
    if not text:
        return None
    try:
        return _read_plain(text, zone, order)
    except (ValueError, OverflowError):
        return None  # a day that no calendar has, or an instant outside of what datetime can hold


def _read_plain(text: str, zone: str, order: str) -> ReadDate | None:
    if match := _ISO.match(text):
        return _of_iso(match, text[match.end() :], zone)
    if match := _ISO_MONTH.fullmatch(text):
        return _settle(_western(_Day(int(match["year"]), int(match["month"]), 1, "month")), None, None, zone)
    if match := _EPOCH.fullmatch(text):
        return _of_epoch(match)
    if match := _GROUP.fullmatch(text):
        return _of_group(match, zone)
    return _of_words(text, zone, order)


def _plain(raw: str) -> str:
    """Return a text with ASCII digits and plain spaces, or an empty one where it cannot be a date."""
    text = raw.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(_ascii_digit(char) for char in text if unicodedata.category(char) != "Cf")
    return " ".join(text.split())


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
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<millis>\d{3})?(?:\.\d+)?")
# 261505Z JUN 25 (military), 261505 Jun 2025 (wire)
_GROUP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s?(?P<zone>[A-Za-z])?\s(?P<month>[A-Za-z]{3})\.?\s?(?P<year>\d{2}|\d{4})"
)


def _of_iso(match: re.Match[str], rest: str, zone: str) -> ReadDate | None:
    day = _Day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        loose, _, behind = _find_clock(rest)
        return _settle(_western(day), loose, find_zone(behind), zone)
    clock = _clock(match["hour"], match["minute"], match["second"], match["fraction"])
    return _settle(_western(day), clock, find_zone(rest), zone)


def _of_epoch(match: re.Match[str]) -> ReadDate:
    at = datetime.fromtimestamp(int(match["seconds"]), UTC)
    at = at.replace(microsecond=int(match["millis"] or 0) * 1000)
    return ReadDate(at=at, on=at.date(), local=at.replace(tzinfo=None), precision="second", zone="UTC", zoned=True)


def _of_group(match: re.Match[str], zone: str) -> ReadDate | None:
    month = _month(match["month"])
    if month is None:
        return None
    day = _Day(_full_year(match["year"]), month, int(match["day"]))
    return _settle(day, _clock(match["hour"], match["minute"]), find_zone(match["zone"] or ""), zone)


# --- forms of people ---

_CJK_DATE = re.compile(
    r"(?P<era>令和|平成|昭和)?\s?(?P<year>\d{1,4}|元)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日号일])?"
)
_CJK_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후)?\s?"
    r"(?P<hour>\d{1,2})\s?[时時点시](?:\s?(?P<minute>\d{1,2})\s?[分분])?(?:\s?(?P<second>\d{1,2})\s?[秒초])?"
)
_LATER_HALF: Final = frozenset({"下午", "晚上", "午後", "오후"})
_CLOCK = re.compile(
    r"""
    (?<![\d.:/-])
    (?: (?P<half_before>오전|오후|上午|下午|午前|午後|SA|CH)\s )?
    (?P<hour>\d{1,2}) \s?[:hH]\s? (?P<minute>\d{2}) (?: :(?P<second>\d{2}) (?:[.,](?P<fraction>\d{1,9}))? )?
    (?: \s?(?P<half>[ap])\.?\s?m\b\.? )?
    (?![\d/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
# 2.05 p.m., 14.05 Uhr, kl. 14.05
_DOTTED_CLOCK = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?:Uhr|uur|WIB|WITA|WIT|hrs|h)\b)"
    r"|\b(?:kl|klo|ore|ora|alle|pukul)\.?\s(?P<hour_after>\d{1,2})[.:](?P<minute_after>\d{2})\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?:Uhr|h|heures)\b)", re.IGNORECASE)


def _of_words(text: str, zone: str, order: str) -> ReadDate | None:
    if match := _CJK_DATE.search(text):
        day: _Day | None = _of_cjk(match)
        clock, _, behind = _find_clock(text[match.end() :])
    else:
        clock, before, behind = _find_clock(text)
        day = _find_day(f"{before} {behind}", order)
    return _settle(_western(day), clock, find_zone(behind), zone) if day else None


def _of_cjk(match: re.Match[str]) -> _Day:
    year = 1 if match["year"] == "元" else int(match["year"])
    year = year + _ERAS[match["era"]] if match["era"] else _full_year(match["year"])
    if match["day"] is None:
        return _Day(year, int(match["month"]), 1, "month")
    return _Day(year, int(match["month"]), int(match["day"]))


def _find_clock(text: str) -> tuple[_Clock | None, str, str]:
    """Return the time of day in a text, and what stands before and behind it."""
    for form in (_CLOCK, _DOTTED_CLOCK, _CJK_CLOCK, _HOUR):
        match = form.search(text)
        if match:
            found = {name: value for name, value in match.groupdict().items() if value}
            hour = found.get("hour") or found["hour_after"]
            minute = found.get("minute") or found.get("minute_after")
            clock = _clock(hour, minute, found.get("second"), found.get("fraction"))
            half = (found.get("half") or found.get("half_before") or "").lower()
            return _in_half(clock, half), text[: match.start()], text[match.end() :]
    return None, text, ""


def _clock(hour: str, minute: str | None, second: str | None = None, fraction: str | None = None) -> _Clock:
    precision: Precision = "second" if second else "minute" if minute else "hour"
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    return _Clock(int(hour), int(minute or 0), min(int(second or 0), 59), micro, precision)


def _in_half(clock: _Clock, half: str) -> _Clock:
    if half in {"p", "ch"} or half in _LATER_HALF:
        return replace(clock, hour=clock.hour + 12 if clock.hour < 12 else clock.hour)
    if half in {"a", "sa", "上午", "午前", "오전", "凌晨"} and clock.hour == 12:
        return replace(clock, hour=0)
    return clock


# --- days ---

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?(?P<sign>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s?(?P<sign>[-/.])\s?(?P<second>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4}|\d{2})(?!\d)"
)
_TOKENS = re.compile(r"\d+|[^\W\d_][^\s\d,;:()\[\]/|–—-]*")


def _find_day(text: str, order: str) -> _Day | None:
    if match := _YEAR_FIRST.search(text):
        return _Day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.search(text):
        return _of_numbers(match, order)
    return _of_month_name(text)


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


def _of_month_name(text: str) -> _Day | None:
    tokens = _TOKENS.findall(text)
    named = [(at, month) for at, token in enumerate(tokens) if not token[0].isdigit() and (month := _month(token))]
    # Short names of days are names of months elsewhere (`mar. 26 junio`): the longer word is the month.
    named.sort(key=lambda found: -len(tokens[found[0]]))
    return next((day for at, month in named if (day := _around(tokens, at, month))), None)


def _around(tokens: list[str], at: int, month: int) -> _Day | None:
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
        return None
    full = _full_year(str(year) if year > 99 else f"{year:02d}")
    return _Day(full, month, day) if day else _Day(full, month, 1, "month")


@lru_cache(maxsize=4096)
def _month(word: str) -> int | None:
    """Return the month that a word names in most languages that know it, or None."""
    folded = fold(word.rstrip("."))
    meanings = months().get(folded) or months().get(_bare_ending(folded))
    if not meanings:
        return None
    return max(meanings, key=lambda month: len(meanings[month]))


_ENDINGS = ("'da", "'de", "da", "ta", "ский")


def _bare_ending(word: str) -> str:
    return next((word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), "")


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


def _settle(day: _Day, clock: _Clock | None, printed: Zone | None, assumed: str) -> ReadDate:
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
