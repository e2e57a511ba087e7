"""Settles a printed date against when the report was sent: a day, or a doubt, never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from wirecopy.model import Doubt
from wirecopy.normalise.dateline_dates import Option, Printed

NEAREST = 183
"""Days: without a year, a printed day lies within half a year of its sending."""
NEAREST_MONTH = 16
"""Days: without a month, a printed day lies within half a month of its sending."""
NEAR = 3
"""Days around sending within which a meaning needs no further evidence."""
FAR = 31
"""Days between dateline and sending from which on a reader should look twice."""


def settle(
    printed: Printed, sent_at: date | datetime | None, *, language: str | None = None, order: str | None = None
) -> tuple[date | None, tuple[Doubt, ...]]:
    """Return the day that a printed date means, or None with the doubt that says why not.

    A missing year, month or day is taken from the nearest day to `sent_at`; without it the year stays unknown.
    `language` and the sender's `order` (`day-month`, `month-day`) tell what a form means that has two meanings.
    """
    sent = sent_at.date() if isinstance(sent_at, datetime) else sent_at
    if printed.uncounted:
        return None, (Doubt("date_unknown", "the day is printed in another calendar"),)
    if not printed.options:
        return _of_weekday(printed.weekday, sent)
    days = [(option, _day_of(option, sent)) for option in printed.options]
    possible = [(option, day) for option, day in days if day is not None]
    if not possible:
        return None, (_why_none(printed.options, sent),)
    day = possible[0][1] if len(possible) == 1 else _choose(possible, sent, _hints(language, order))
    if day is None:
        return None, (Doubt("date_ambiguous", "day and month may be swapped"),)
    return day, tuple(_second_looks(day, printed.weekday, sent))


def _of_weekday(weekday: int | None, sent: date | None) -> tuple[date | None, tuple[Doubt, ...]]:
    if sent is None or weekday is None:
        return None, (Doubt("date_unknown", "only a weekday is printed"),)
    ahead = (weekday - sent.isoweekday()) % 7
    shift = ahead if ahead <= 1 else ahead - 7
    return date.fromordinal(sent.toordinal() + shift), ()


def _why_none(options: tuple[Option, ...], sent: date | None) -> Doubt:
    possible = any(_exists(2000 if o.year is None else _century(o.year, sent), o.month or 1, o.day) for o in options)
    if not possible or sent is not None:
        return Doubt("date_impossible", "no such day")
    return Doubt("year_unknown", "no year is printed, and the time of sending is unknown")


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(year: int, sent: date | None) -> int:
    if year >= 100:
        return year
    near = sent.year if sent else 2000
    return min((year + century for century in (1900, 2000)), key=lambda full: abs(full - near))


def _day_of(option: Option, sent: date | None) -> date | None:
    year, month, day, _ = option
    if year is not None and month is not None:
        return _exists(_century(year, sent), month, day)
    if sent is None:
        return None
    if month is not None:
        found = [_exists(sent.year + shift, month, day) for shift in (0, -1, 1)]
        return _nearest(found, sent, NEAREST)
    first = sent.year * 12 + sent.month - 1
    return _nearest([_exists((first + s) // 12, (first + s) % 12 + 1, day) for s in (0, -1, 1)], sent, NEAREST_MONTH)


def _nearest(days: Sequence[date | None], sent: date, most: int) -> date | None:
    near = [day for day in days if day is not None and abs((day - sent).days) <= most]
    return min(near, key=lambda day: abs((day - sent).days), default=None)


def _hints(language: str | None, order: str | None) -> frozenset[str]:
    """Return what tells meanings apart; of the languages read here, only English prints the month first."""
    spoken = (language or "").partition("-")[0].lower()
    usual = "day-month" if spoken not in {"", "en"} else ""
    return frozenset({spoken, order or usual} - {""})


def _choose(possible: list[tuple[Option, date]], sent: date | None, hints: frozenset[str]) -> date | None:
    if sent is not None:
        near = min(possible, key=lambda found: abs((found[1] - sent).days))[1]
        if abs((near - sent).days) <= NEAR:
            return near
    fitting = [day for option, day in possible if hints & option.languages]
    if fitting:
        return fitting[0]
    return None if sent is None else min((day for _, day in possible), key=lambda day: abs((day - sent).days))


def _second_looks(day: date, weekday: int | None, sent: date | None) -> list[Doubt]:
    found = []
    if weekday is not None and day.isoweekday() != weekday:
        found.append(Doubt("weekday_mismatch", f"{day} is no such weekday"))
    if sent is not None and abs((day - sent).days) > FAR:
        found.append(Doubt("date_far_from_sent", f"{day} lies far from {sent}"))
    return found
