"""The zone that a date prints: offsets, IANA names, letters and abbreviations, of which many mean several zones."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from wirecopy.model import Doubt


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as printed: by offset, or by a name alone."""

    offsets: tuple[int, ...]
    """Minutes from UTC; more than one for an ambiguous name, none where only the name is known."""
    name: str
    """Offset, IANA name or abbreviation."""


# +02:00, -0300, GMT+2, UTC +05:30; not the signs of a date: 14:05 - 26-06-2025
_OFFSET = re.compile(
    r"(?:^\s?|(?:GMT|UTC|UT|Z)\s?)\(?(?P<sign>[+\-−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?![\d/.-])"
)
_IANA = re.compile(r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_/]+")


_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 4
"""A zone's name stands among the first words behind the time."""


@cache
def _zone_names() -> dict[str, Zone]:
    table = tomllib.loads((Path(__file__).parent / "data" / "zones.toml").read_text(encoding="utf-8"))
    named = {name: Zone((), zone) for name, zone in table["places"].items()}
    return named | {name: Zone(tuple(offsets), name) for name, offsets in table["offsets"].items()}


def find_zone(behind: str) -> Zone | None:
    """Return the zone in a text that stands behind a time of day, or None."""
    if not behind:
        return None
    if match := _OFFSET.search(behind):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes <= 14 * 60:
            offset = minutes if match["sign"] == "+" else -minutes
            return Zone((offset,), _offset_name(offset))
    if match := _IANA.search(behind):
        return Zone((), match[0])
    return _named_zone(behind)


def is_zone_name(word: str) -> bool:
    """Tell whether a word is, letter by letter, the printed name of a zone: AWST, WIB."""
    return word in _zone_names()


def _named_zone(behind: str) -> Zone | None:
    words = _WORD.findall(behind)[:_NEAR]
    if words and len(words[0]) == 1 and words[0].isupper() and words[0] != "Z":
        return Zone((), words[0])  # RFC 2822: these letters were defined with the wrong sign, so that they say nothing
    return next((_zone_names()[word] for word in words if word in _zone_names()), None)


def _offset_name(minutes: int) -> str:
    if not minutes:
        return "UTC"
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


@lru_cache(maxsize=512)
def zone_of(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, or None for an unknown one."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None  # zoneinfo's three ways of not knowing a name


@dataclass(frozen=True, slots=True)
class Chosen:
    """The zone in which a local time is read."""

    zone: tzinfo
    name: str = ""
    printed: bool = False
    doubt: Doubt | None = None


def choose_zone(moment: datetime, printed: Zone | None, assumed: str, *, timed: bool) -> Chosen:
    """Return the zone of a local time: as printed, else `assumed` (IANA), else UTC; with a doubt where that is a guess.

    `timed` is False for a day without time of day: its zone decides an instant that nobody relies on.
    """
    home = zone_of(assumed)
    if printed and printed.offsets:
        return _of_offsets(moment, printed, home)
    if printed and (named := zone_of(printed.name)):
        return Chosen(named, printed.name, printed=True)
    if home:
        return Chosen(home, assumed, doubt=Doubt("zone_assumed", assumed) if timed else None)
    return Chosen(UTC, doubt=Doubt("zone_unknown"))


def _of_offsets(moment: datetime, printed: Zone, home: tzinfo | None) -> Chosen:
    if len(printed.offsets) == 1:
        return Chosen(_fixed(printed.offsets[0]), printed.name, printed=True)
    offset = moment.replace(tzinfo=home).utcoffset() if home else None
    minutes = int(offset.total_seconds() // 60) if offset is not None else None
    if minutes in printed.offsets:
        return Chosen(_fixed(minutes or 0), printed.name, printed=True)
    return Chosen(_fixed(printed.offsets[0]), printed.name, printed=True, doubt=Doubt("zone_ambiguous", printed.name))


def _fixed(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes))
