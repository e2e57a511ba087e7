"""The time of day in a text: 14:05, 2.05 p.m., 14h05, 14.05 Uhr, 午後2時5分, 오후 2시 5분."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from wirecopy.model import Precision


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed, 24:00 included, and how finely."""

    hour: int
    minute: int = 0
    second: int = 0
    micro: int = 0
    precision: Precision = "minute"


_CJK = re.compile(
    r"(?P<half>上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후)?\s?"
    r"(?P<hour>\d{1,2})\s?[时時点시](?:\s?(?P<minute>\d{1,2})\s?[分분])?(?:\s?(?P<second>\d{1,2})\s?[秒초])?"
)
_LATER_HALF: Final = frozenset({"下午", "晚上", "午後", "오후", "م", "مساء", "مساءً", "μμ", "μ.μ"})
_COLON = re.compile(
    r"""
    (?<![\d.:/-])
    (?: (?P<half_before>오전|오후|上午|下午|午前|午後|SA|CH)\s )?
    (?P<hour>\d{1,2}) \s?[:hH]\s? (?P<minute>\d{2}) (?: :(?P<second>\d{2}) (?:[.,](?P<fraction>\d{1,9}))? )?
    (?: \s?(?P<half>[ap])\.?\s?m\b\.? | \s?(?P<half_behind>ص|صباحا|صباحًا|صباحاً|م|مساء|مساءً|π\.?μ|μ\.?μ)\b\.? )?
    (?![\d/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ZONES = "GMT|UTC|BST|CET|CEST|[ECMP][SD]?T|AE[SD]T|HKT|IST|JST|hrs"
# 2.05 p.m., 14.05 Uhr, 14.05 BST, kl. 14.05, 26.6.2025 14.05
_DOTTED = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?:Uhr|uur|WIB|WITA|WIT|hrs|h)\b"
    rf"|(?=\s(?:{_ZONES})\b))"
    r"|\b(?:kl|klo|ore|ora|alle|pukul)\.?\s(?P<hour_after>\d{1,2})[.:](?P<minute_after>\d{2})\b"
    r"|(?:(?<=-\d\d\s)|(?<=20\d\d\s)|(?<=20\d\d,\s))(?P<hour_behind>[01]\d|2[0-3])\.(?P<minute_behind>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
# 1105 GMT, beside a date that has a year of its own
_FIGURES = re.compile(rf"(?<![\d:.-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s(?:{_ZONES})\b)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HALF = re.compile(r"\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?:Uhr|h|heures)\b)", re.IGNORECASE)


def find_clock(text: str) -> tuple[Clock | None, str, str]:
    """Return the time of day in a text, and what stands before and behind it."""
    for form in (_COLON, _DOTTED, _CJK, _FIGURES, _HOUR):
        match = form.search(text)
        if match and (form is not _FIGURES or _YEAR.search(text[: match.start()] + text[match.end() :])):
            found = {name: value for name, value in match.groupdict().items() if value}
            hour = found.get("hour") or found.get("hour_after") or found["hour_behind"]
            minute = found.get("minute") or found.get("minute_after") or found.get("minute_behind")
            clock = clock_of(hour, minute, found.get("second"), found.get("fraction"))
            half = (found.get("half") or found.get("half_before") or found.get("half_behind") or "").lower()
            return in_half(clock, half), text[: match.start()], text[match.end() :]
    return None, text, ""


def clock_of(hour: str, minute: str | None, second: str | None = None, fraction: str | None = None) -> Clock:
    """Return the time of day of its printed numbers; a leap second is the one before it."""
    precision: Precision = "second" if second else "minute" if minute else "hour"
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    return Clock(int(hour), int(minute or 0), min(int(second or 0), 59), micro, precision)


def half_at(text: str) -> str:
    """Return `a` or `p` where a text begins with `AM` or `p.m.`, else an empty text."""
    match = _HALF.match(text)
    return match["half"].lower() if match else ""


def in_half(clock: Clock, half: str) -> Clock:
    """Return a time of day in the half of the day that is printed beside it."""
    if half in {"p", "ch"} or half in _LATER_HALF:
        return replace(clock, hour=clock.hour + 12 if clock.hour < 12 else clock.hour)
    if (
        half in {"a", "sa", "上午", "午前", "오전", "凌晨", "ص", "صباحا", "صباحًا", "صباحاً", "πμ", "π.μ"}
        and clock.hour == 12
    ):
        return replace(clock, hour=0)
    return clock
