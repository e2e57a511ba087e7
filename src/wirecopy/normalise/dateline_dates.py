"""Reads the date that a dateline prints: any part may be missing or have two meanings.

`dateline_settle` turns it into a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wirecopy.agencies import fold
from wirecopy.normalise.dateline_tokens import DASH, END, LINE, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import date_words, months, spelled_days, weekdays

_THAI_ERA = 543
_HIJRI = (1300, 1600)
_DELIMITERS = frozenset({",", "(", ")", "[", "]", "/", ":", "=", "|", "_", ";", DASH, LINE, END, "."})
_CJK_UNITS = {"年": "y", "년": "y", "月": "m", "월": "m", "日": "d", "일": "d", "号": "d"}
_SHORT_WEEKDAY = 5

Months = tuple[tuple[int, frozenset[str]], ...]


class Option(NamedTuple):
    """One meaning of a printed date."""

    year: int | None
    month: int | None
    day: int
    languages: frozenset[str] = frozenset()
    """The languages, or the order of day and month, in which it means this."""


class Printed(NamedTuple):
    """A date as printed: its meanings, its weekday (Monday 1), and the token after it."""

    after: int
    options: tuple[Option, ...]
    weekday: int | None = None
    uncounted: bool = False
    """Whether it is a day of a calendar that is not reckoned over."""
    bare: bool = False
    """Whether nothing but a day's number or a weekday is printed."""


@lru_cache(maxsize=8192)
def month_of(word: str) -> Months:
    """Return the months that a word may mean, with the languages in which it does; empty for other words."""
    return tuple(months().get(fold(word), {}).items())


@lru_cache(maxsize=8192)
def weekday_of(word: str) -> int | None:
    """Return the weekday (Monday 1) that a word means in any language, or None."""
    return next(iter(weekdays().get(fold(word), {})), None)


@lru_cache(maxsize=8192)
def _is(word: str, place: str) -> bool:
    return fold(word) in date_words()[place]


def opens_date(word: str) -> bool:
    """Return whether a word may stand before a day (`le`, `am`, `في`)."""
    return _is(word, "before")


def read_date(ts: Sequence[Token], i: int) -> Printed | None:
    """Return the date printed at token `i`, or None; a bare day or weekday says so."""
    behind = _behind_hijri(ts, i)
    if behind != i and (printed := _read_counted(ts, behind)):
        return printed
    return _read_counted(ts, i)


def _read_counted(ts: Sequence[Token], i: int) -> Printed | None:
    while ts[i].kind == WORD and _is(ts[i].text, "before") and ts[i + 1].kind in {NUMBER, WORD}:
        i += 1
    weekday = weekday_of(ts[i].text) if ts[i].kind == WORD else None
    if weekday is None:
        return _weekday_after(ts, _read_day(ts, i))
    j = _skip(ts, _skip(ts, i + 1, "."), ",")
    day = _read_day(ts, j) or (_bracketed(ts, j) if ts[j].kind == "(" else None)
    if day is not None and not day.bare:
        return day._replace(weekday=weekday)
    if month_of(ts[i].text) and (ambiguous := _read_day(ts, i)) is not None:
        return ambiguous
    if len(ts[i].text) < _SHORT_WEEKDAY and ts[i].text.isascii():
        return None
    return Printed(i + 1, (), weekday, bare=True)


def _behind_hijri(ts: Sequence[Token], i: int) -> int:
    """Skip the day of the Islamic calendar that Gulf wires print first: `Muharram 1, 1447, June 26, 2025, SPA`."""
    month = i + (ts[i].kind == NUMBER)
    if ts[month].kind != WORD or not _is(ts[month].text, "hijri"):
        return i
    for j in range(month + 1, min(month + 7, len(ts) - 1)):
        if ts[j].kind == NUMBER and len(ts[j].text) == 4 and _HIJRI[0] <= int(ts[j].text) <= _HIJRI[1]:
            after = j + 1 + (ts[j + 1].kind == WORD and _is(ts[j + 1].text, "hijri_tails"))
            return _skip(ts, after, ",")
    return i


def _weekday_after(ts: Sequence[Token], printed: Printed | None) -> Printed | None:
    """Read the weekday that Hungarian and Slavic wires print after the date: `2025. június 26., csütörtök`."""
    if printed is None or printed.bare:
        return printed
    j = _skip(ts, printed.after, ",")
    if ts[j].kind != WORD or len(ts[j].text) < _SHORT_WEEKDAY - 1 or (weekday := weekday_of(ts[j].text)) is None:
        return printed
    return printed._replace(after=j + 1, weekday=weekday)


def _bracketed(ts: Sequence[Token], i: int) -> Printed | None:
    found = _read_day(ts, i + 1)
    return found._replace(after=found.after + 1) if found and ts[found.after].kind == ")" else None


def _read_day(ts: Sequence[Token], i: int) -> Printed | None:
    token = ts[i]
    if token.kind == WORD:
        return _spelled_day(ts, i) or _month_first(ts, i)
    if token.kind != NUMBER or len(token.text) > 4:
        return None
    return _with_clock(ts, _cjk(ts, i) or _year_first(ts, i) or _numeric(ts, i) or _day_first(ts, i))


def _skip(ts: Sequence[Token], i: int, signs: str) -> int:
    return i + 1 if ts[i].kind in signs and ts[i].kind else i


def _month_at(ts: Sequence[Token], i: int) -> tuple[int, Months] | None:
    """Return the token after a month's name at `i`, its second name or full stop included, and its months."""
    if ts[i].kind != WORD:
        return None
    found = month_of(ts[i].text)
    after = i + 1
    if not found and ts[after].kind == WORD and ts[i].text[0] > "\u0600":
        found, after = month_of(f"{ts[i].text} {ts[after].text}"), after + 1
    if not found:
        return None
    if ts[after].kind == "." and ts[after].glued:
        after += 1
    return _second_name(ts, after, found), found


def _second_name(ts: Sequence[Token], i: int, found: Months) -> int:
    """Skip the other name of the same month: `حزيران/يونيو`, `حزيران (يونيو)`."""
    if ts[i].kind == WORD and _same_month(ts[i].text, found):
        return i + 1
    if ts[i].kind in {"/", "("} and ts[i + 1].kind == WORD:
        for words in (1, 2):
            stop = i + 1 + words
            if stop < len(ts) and _same_month(" ".join(t.text for t in ts[i + 1 : stop]), found):
                return _skip(ts, stop, ")") if ts[i].kind == "(" else stop
    return i


def _same_month(name: str, found: Months) -> bool:
    return bool({month for month, _ in month_of(name)} & {month for month, _ in found})


def _month_first(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `June 26`, `Jun. 26th, 2025`, `tháng 6`."""
    if not (month := _month_at(ts, i)):
        return _uncounted(ts, i + 1) if _is(ts[i].text, "uncounted") and ts[i + 1].kind == NUMBER else None
    after, found = month
    if ts[after].kind != NUMBER or len(ts[after].text) > 2:
        return None
    day = int(ts[after].text)
    after, year = _year(ts, _ordinal(ts, after + 1))
    return Printed(after, _options(year, found, day))


def _spelled_day(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `दो जून`, `primero de mayo`."""
    if (day := spelled_days().get(ts[i].text.casefold())) is None:
        return None
    after = i + 1
    while ts[after].kind == WORD and _is(ts[after].text, "between"):
        after += 1
    if not (month := _month_at(ts, after)):
        return None
    after, year = _year(ts, month[0])
    return Printed(after, _options(year, month[1], day))


def _day_first(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `26 June 2025`, `26. Juni`, `1er juin`, `26 de junio de 2025`, `26-Jun-25`, `26 tháng 6`."""
    if len(ts[i].text) > 2:
        return None
    day, after = int(ts[i].text), _ordinal(ts, i + 1)
    if ts[after].kind == DASH and ts[after].glued and ts[after + 1].glued:
        after += 1
    while ts[after].kind == WORD and _is(ts[after].text, "between"):
        after += 1
    if ts[after].kind == WORD and _is(ts[after].text, "month_before_number") and ts[after + 1].kind == NUMBER:
        month = int(ts[after + 1].text)
        after, year = _year(ts, after + 2)
        return Printed(after, (Option(year, month, day, frozenset({"vi"})),))
    if month_found := _month_at(ts, after):
        after, year = _year(ts, month_found[0])
        return Printed(after, _options(year, month_found[1], day))
    if ts[after].kind == WORD and _is(ts[after].text, "uncounted"):
        return _uncounted(ts, after + 1)
    after = _ordinal(ts, i + 1)
    return Printed(after, (Option(None, None, day),), bare=True) if ts[after].kind in _DELIMITERS else None


def _uncounted(ts: Sequence[Token], i: int) -> Printed:
    """Read past what is left of a date whose month no calendar here counts: `Jestha 9`, `۳ خرداد ۱۴۰۲`."""
    day_last = i if ts[i].kind == NUMBER and len(ts[i].text) <= 2 else i - 1
    year = _skip(ts, day_last + 1, ",")
    after = year + 1 if ts[year].kind == NUMBER and len(ts[year].text) == 4 else day_last + 1
    if ts[after].kind == WORD and _is(ts[after].text, "hijri_tails"):
        after += 1
    return Printed(after, (), uncounted=True)


def _ordinal(ts: Sequence[Token], i: int) -> int:
    if ts[i].kind == WORD and ts[i + 1].kind == "." and _is(ts[i].text, "day_tails"):
        return _skip(ts, i + 1, ".")
    if ts[i].kind == WORD and ts[i].glued and _is(ts[i].text, "ordinals"):
        return i + 1
    return i + 1 if ts[i].kind == "." and ts[i].glued and ts[i + 1].kind in {WORD, NUMBER, ",", "("} else i


def _options(year: int | None, found: Months, day: int) -> tuple[Option, ...]:
    return tuple(Option(year, month, day, languages) for month, languages in found)


def _year(ts: Sequence[Token], i: int) -> tuple[int, int | None]:
    """Return the token after a year at `i` (or after a comma, slash, hyphen or `de`), and the year."""
    j = i
    if ts[j].kind in {",", "/"} or (ts[j].kind in {DASH, "."} and ts[j].glued and ts[j + 1].glued):
        j += 1
    while ts[j].kind == WORD and (_is(ts[j].text, "between") or ts[j].text.casefold() == "năm"):
        j += 1
    if ts[j].kind != NUMBER:
        return i, None
    full = _full_year(ts[j].text)
    short = len(ts[j].text) == 2 and ts[j + 1].kind in _DELIMITERS and ts[j + 1].kind != ":"
    if full is None and not short:
        return i, None
    after = j + 1
    if ts[after].kind == WORD and _is(ts[after].text, "year_tails"):
        after = _skip(ts, after + 1, ".")
    return after, full if full is not None else int(ts[j].text)


def _full_year(digits: str) -> int | None:
    if len(digits) != 4:
        return None
    year = int(digits)
    if 2400 < year < 2700:
        year -= _THAI_ERA
    return year if 1700 <= year <= 2200 else None


def _year_first(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `2025-06-26`, `2025/6/26`, `2025. június 26.`, `2025 June 26`."""
    if (year := _full_year(ts[i].text)) is None:
        return None
    j = i + 1
    if ts[j].kind in {DASH, "/", "."} and ts[j + 1].kind == NUMBER and ts[j + 2].kind == ts[j].kind:
        if ts[j + 3].kind == NUMBER:
            return Printed(j + 4, (Option(year, int(ts[j + 1].text), int(ts[j + 3].text)),))
        return None
    j = _skip(ts, j, ".,")
    month = _month_first(ts, j)
    if month is None:
        return None
    after = _skip(ts, month.after, ".") if ts[i + 1].kind == "." else month.after
    return Printed(after, tuple(option._replace(year=year) for option in month.options))


def _numeric(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `26/06/2025`, `26.6.25`, `6/26/2025`, `26/6`, `26.06.`: day-month unless only month-day is possible."""
    sign = ts[i + 1].kind
    if sign not in {"/", ".", DASH} or ts[i + 2].kind != NUMBER or len(ts[i].text) > 2 or len(ts[i + 2].text) > 2:
        return None
    if sign != DASH and not (ts[i + 1].glued and ts[i + 2].glued):
        return None
    first, second, after = int(ts[i].text), int(ts[i + 2].text), i + 3
    year: int | None = None
    if ts[after].kind == sign and ts[after + 1].kind == NUMBER and len(ts[after + 1].text) in {2, 4}:
        text = ts[after + 1].text
        year, after = (int(text) if len(text) == 2 else _full_year(text)), after + 2
        if year is None:
            return None
        after += ts[after].kind == WORD and _is(ts[after].text, "year_tails")
    elif not _is_day_and_month(ts, i, after, sign):
        return None
    else:
        after = _skip(ts, after, ".") if sign == "." else after
    return Printed(after, _either_way(year, first, second))


def _is_day_and_month(ts: Sequence[Token], i: int, after: int, sign: str) -> bool:
    """Return whether two numbers without a year can be a day: `26/6`, `26.06.`, but no price such as `3.16`."""
    first, second = int(ts[i].text), int(ts[i + 2].text)
    if ts[after].kind not in _DELIMITERS or (sign == DASH and (ts[after].kind != "(" or ts[i + 1].glued)):
        return False
    if not (0 < min(first, second) <= 12 and max(first, second) <= 31):
        return False
    return sign != "." or (ts[after].kind == "." and ts[after].glued) or ts[after].kind in {")", "]"}


def _either_way(year: int | None, first: int, second: int) -> tuple[Option, ...]:
    day_month = Option(year, second, first, frozenset({"day-month"}))
    month_day = Option(year, first, second, frozenset({"month-day"}))
    if second > 12 >= first:
        return (month_day,)
    return (day_month,) if first > 12 or first == second else (day_month, month_day)


def _cjk(ts: Sequence[Token], i: int) -> Printed | None:
    """Read `2025年6月26日`, `6月26日`, `26日`, and the Korean forms."""
    parts: dict[str, int] = {}
    while ts[i].kind == NUMBER and ts[i + 1].kind == WORD and (unit := _CJK_UNITS.get(ts[i + 1].text)):
        parts[unit] = int(ts[i].text)
        i += 2
        if unit == "d":
            break
    if "d" not in parts:
        return None
    option = Option(parts.get("y"), parts.get("m"), parts["d"])
    return Printed(i, (option,), bare="m" not in parts)


def _with_clock(ts: Sequence[Token], printed: Printed | None) -> Printed | None:
    """Skip a time of day after a full date: `15.7.2019 12:09:11 CEST`, `2 jun. 2019 / 10:00 am`."""
    if printed is None or printed.bare:
        return printed
    i = _skip(ts, printed.after, ",/")
    if not (ts[i].kind == NUMBER and ts[i + 1].kind in {":", "."} and ts[i + 2].kind == NUMBER and ts[i + 1].glued):
        return printed
    i += 3
    if ts[i].kind == ":" and ts[i + 1].kind == NUMBER:
        i += 2
    if ts[i].kind == WORD and _is(ts[i].text, "clock"):
        i += 1
    return printed._replace(after=i)
