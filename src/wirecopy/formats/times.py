"""The times that wire files print -> aware instants. A time without a zone takes the zone of whoever sent it.

Rules that live here: the notations of ISO 8601, RFC 5322 and the older wires. Which date of an article counts as its
publication is decided in normalise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

# First letters of month names, in the languages in which wires stamp their messages.
_MONTHS = (
    "jan ene gen", "feb fév fev", "mar mär mrz mrt maa", "apr avr abr", "may mai maj mei mag", "jun juin giu", "jul juil lug",
    "aug aoû ago", "sep set", "oct okt ott out", "nov", "dec dez dic déc des",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

# 2019-05-10T16:02:28+02:00   20131020T192751+1100   2013-11-13 15:09   2021.05.16 09:00:04   20140416
_ISO = re.compile(
    r"""^(?P<year>\d{4}) (?P<dash>[-./]?) (?P<month>\d\d) (?P=dash) (?P<day>\d\d)
        (?: [T\s_]* (?P<hour>\d\d) :? (?P<minute>\d\d) (?: :? (?P<second>\d\d) (?: [.,](?P<part>\d{1,9}) )? )?
            \s* (?P<zone> Z | UTC | GMT | [+-]\d\d:?(?:\d\d)? )? )? $""",
    re.VERBOSE | re.IGNORECASE,
)
# 9-MAR-1987 04:58:41.12   26-FEB-1987 15:01
_DAY_FIRST = re.compile(
    r"""^(?P<day>\d{1,2}) [-\s] (?P<month>[A-Za-zäéû]{3})[a-zäéû]*\.? [-\s] (?P<year>\d{4})
        (?: \s+ (?P<hour>\d\d):(?P<minute>\d\d) (?: :(?P<second>\d\d)(?:\.(?P<part>\d+))? )? )? $""",
    re.VERBOSE | re.IGNORECASE,
)


# 1709633700   1709633700000: seconds or milliseconds since 1970
_EPOCH = re.compile(r"^1[0-8]\d{8}(?:\d{3})?$")


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant as read from a file; `zone_known` says whether the file itself gave the zone."""

    at: datetime
    zone_known: bool


def read_instant(raw: str | None, zone: tzinfo = UTC) -> Instant | None:
    """Return the instant that a wire's notation names, `zone` filling in where it names none; None if unreadable."""
    text = (raw or "").strip()
    if not text:
        return None
    if _EPOCH.match(text):
        return Instant(datetime.fromtimestamp(int(text[:10]), UTC), zone_known=True)
    found = _ISO.match(text) or _DAY_FIRST.match(text)
    if found:
        return _assembled(found.groupdict(), zone)
    return _of_mail(text, zone) if any(character.isalpha() for character in text) else None


def month_number(name: str) -> int | None:
    """Return the number of a month by its first letters in the languages that wires stamp in, or None."""
    return MONTHS.get(name.lower()[:4]) or MONTHS.get(name.lower()[:3])


def localised(moment: datetime, zone: tzinfo) -> Instant:
    """Return a moment as an instant, in `zone` if it has none of its own."""
    if moment.tzinfo is not None:
        return Instant(moment, zone_known=True)
    return Instant(moment.replace(tzinfo=zone), zone_known=False)


def _assembled(parts: dict[str, str | None], zone: tzinfo) -> Instant | None:
    month = parts["month"] or ""
    number = int(month) if month.isdigit() else month_number(month)
    offset = _offset(parts.get("zone"))
    hour = int(parts["hour"] or 0)
    try:
        moment = datetime(
            int(parts["year"] or 0),
            number or 0,
            int(parts["day"] or 0),
            0 if hour == 24 else hour,
            int(parts["minute"] or 0),
            min(int(parts["second"] or 0), 59),
            int((parts["part"] or "0")[:6].ljust(6, "0")),
            tzinfo=offset,
        )
        return localised(moment + timedelta(days=hour == 24), zone)
    except (ValueError, OverflowError):
        return None


def _offset(raw: str | None) -> tzinfo | None:
    if not raw:
        return None
    if raw.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = re.sub(r"\D", "", raw).ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-away if raw[0] == "-" else away) if away < timedelta(hours=24) else None


def _of_mail(text: str, zone: tzinfo) -> Instant | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    known = moment.tzinfo is not None or text.rstrip().endswith("-0000")
    return (
        localised(moment, UTC if known else zone)
        if not known or moment.tzinfo
        else Instant(moment.replace(tzinfo=UTC), zone_known=True)
    )
