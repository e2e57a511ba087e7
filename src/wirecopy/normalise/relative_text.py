"""A date counted from the moment of reading (`3 hours ago`, `gestern, 18.30 Uhr`) -> the instant or day that it means.

Words are data (`relative.toml`). Spans of weeks and more name no day and are not read. Which dates count is decided in
`published.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final

from wirecopy.model import Doubt, Precision
from wirecopy.normalise.clock_text import find_clock
from wirecopy.normalise.date_text import ReadDate
from wirecopy.normalise.dateline_words import read_data

_LONGEST: Final = 60
_WORDS_AROUND: Final = 4
"""Words that may stand beside a day's name: `Updated yesterday`, but no sentence."""
_SPANS: Final = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_MOST: Final = {"minute": 600, "hour": 96, "day": 31}


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of all languages."""

    past: re.Pattern[str]
    span: re.Pattern[str]
    coarse: re.Pattern[str]
    days: re.Pattern[str]
    unit_of: dict[str, str]
    pairs: dict[str, str]
    away: dict[str, int]


def read_relative(raw: str, captured_at: datetime) -> ReadDate | None:
    """Return the date that a text counts from `captured_at`, or None for a text that counts none.

    `captured_at` (aware) is in the zone whose days are meant. Minutes and hours give an instant, days a day; both have
    the doubt `date_relative`.
    """
    text = " ".join(_digits(unicodedata.normalize("NFKC", raw)).casefold().split())
    if not text or len(text) > _LONGEST:
        return None
    return _span_ago(text, raw, captured_at) or _named_day(text, raw, captured_at)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _span_ago(text: str, raw: str, now: datetime) -> ReadDate | None:
    forms = _forms()
    spans = list(forms.span.finditer(text))
    if not spans or forms.coarse.search(text) or not forms.past.search(text):
        return None
    total, precision = timedelta(), "minute"
    for found in spans:
        unit = forms.pairs.get(found["unit"]) or forms.unit_of[found["unit"]]
        count = 2 if found["unit"] in forms.pairs else int(found["count"] or 1)
        if count > _MOST[unit]:
            return None
        total += count * _SPANS[unit]
        precision = unit
    return _read(now - total, precision, raw)


def _named_day(text: str, raw: str, now: datetime) -> ReadDate | None:
    found = _forms().days.search(text)
    if found is None or len(text.split()) > _WORDS_AROUND + len(found[0].split()):
        return None
    clock, _, _ = find_clock(text[: found.start()] + text[found.end() :])
    day = now.date() - timedelta(days=_forms().away[found[0]])
    if clock is None or clock.hour > 23:
        return _read(datetime.combine(day, time(), now.tzinfo), "day", raw)
    return _read(datetime.combine(day, time(clock.hour, clock.minute, clock.second), now.tzinfo), "minute", raw)


def _read(at: datetime, precision: str, raw: str) -> ReadDate:
    kind: Precision = "day" if precision == "day" else "hour" if precision == "hour" else "minute"
    start = (
        at.replace(hour=0, minute=0, second=0, microsecond=0) if kind == "day" else at.replace(second=0, microsecond=0)
    )
    return ReadDate(
        at=start,
        on=start.date(),
        local=start.replace(tzinfo=None),
        precision=kind,
        zone=str(start.tzinfo or ""),
        doubts=(Doubt("date_relative", raw.strip()[:_LONGEST]),),
    )


@cache
def _forms() -> _Forms:
    data = read_data("relative.toml")
    units = {form: unit for unit in _SPANS for form in data["units"][unit]}
    pairs = {form: unit for unit, held in data["two"].items() for form in held}
    away = {form: int(days) for days, held in data["days"].items() for form in held}
    behind, before = _either(data["behind"]), _either(data["before"])
    one = "|".join(map(re.escape, data["one"]))
    return _Forms(
        past=re.compile(rf"{_alone(before)}|{_alone(behind, glued=True)}"),
        span=re.compile(
            rf"(?:(?P<count>\d{{1,3}})\s?|{_alone(one)}\s)?"
            rf"(?<![^\W\d])(?P<unit>{_either([*units, *pairs])})(?:(?![^\W\d_])|(?={behind}))\.?"
        ),
        coarse=re.compile(
            rf"(?:\d\s?|{_alone(one)}\s)(?:{_either(data['units']['coarse'])})(?:(?![^\W\d_])|(?={behind}))"
        ),
        days=re.compile(_alone(_either(away))),
        unit_of=units,
        pairs=pairs,
        away=away,
    )


def _either(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(forms), key=len, reverse=True)))


def _alone(pattern: str, *, glued: bool = False) -> str:
    """Return a pattern that stands as a word; `glued` lets it stand right behind letters, as scripts without blanks write."""
    ahead = "" if glued else r"(?<![^\W_])"
    return rf"{ahead}(?:{pattern})(?![^\W_])"
