"""How often a feed asks to be polled: RSS `ttl`, `skipHours`, `skipDays`, and the syndication module of RSS 1.0.

Read from the bytes: feedparser keeps only the last of several hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = 16_384
_PERIODS = {b"hourly": 60, b"daily": 1440, b"weekly": 10_080, b"monthly": 43_200, b"yearly": 525_600}
_DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")

# <ttl>30</ttl>
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
# <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
_PERIOD = re.compile(rb"<\w+:updatePeriod>\s*(\w+)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<\w+:updateFrequency>\s*(\d{1,4})\s*<", re.IGNORECASE)
# <skipHours><hour>0</hour><hour>1</hour></skipHours>
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w+)\s*</day>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a feed says about when to come again; hours are GMT, Monday = 0."""

    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def read_rhythm(body: bytes) -> Rhythm:
    """Return the rhythm that the head of a feed states; empty where it states none or nonsense."""
    channel = _channel(body)
    return Rhythm(_ttl(channel) or _period(channel), _hours(channel), _days(channel))


def _channel(body: bytes) -> bytes:
    """Return what stands before the first and after the last entry: where a channel speaks of itself."""
    return body[:_HEAD] + b"\n" + body[max(_HEAD, len(body) - _HEAD) :]


def _ttl(channel: bytes) -> int | None:
    found = _TTL.search(channel)
    return int(found[1]) or None if found else None


def _period(channel: bytes) -> int | None:
    found = _PERIOD.search(channel)
    minutes = _PERIODS.get(found[1].lower()) if found else None
    if minutes is None:
        return None
    frequency = _FREQUENCY.search(channel)
    return max(1, minutes // max(1, int(frequency[1]) if frequency else 1))


def _hours(channel: bytes) -> tuple[int, ...]:
    """Return the hours; RSS 0.91 counted them from 1 to 24."""
    hours = {int(found) % 24 for found in _HOUR.findall(_inside(_SKIP_HOURS, channel)) if int(found) <= 24}
    return tuple(sorted(hours)) if len(hours) < 24 else ()


def _days(channel: bytes) -> tuple[int, ...]:
    names = (found.lower() for found in _DAY.findall(_inside(_SKIP_DAYS, channel)))
    days = {_DAYS.index(name) for name in names if name in _DAYS}
    return tuple(sorted(days)) if len(days) < 7 else ()


def _inside(element: re.Pattern[bytes], channel: bytes) -> bytes:
    found = element.search(channel)
    return found[1] if found else b""
