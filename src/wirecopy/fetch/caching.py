"""What headers say about time: Retry-After, Cache-Control, Expires (RFC 9110, 10.2.3; RFC 9111, 4.2)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = timedelta(days=1)
"""Longest pause that a server may impose."""
MAX_FRESH = timedelta(days=1)

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_STORE = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)


def read_retry_after(value: str | None, now: datetime) -> datetime | None:
    """Return until when a server asks to be left alone, in seconds or as a date; capped at a day, never past."""
    if not value:
        return None
    value = value.strip()
    if value.isdecimal():
        wanted = timedelta(seconds=min(int(value[:9]), 10**8))
    else:
        moment = _date(value)
        if moment is None:
            return None
        wanted = moment - now
    return now + max(timedelta(), min(wanted, MAX_RETRY_AFTER))


def read_fresh_until(cache_control: str | None, expires: str | None, now: datetime) -> datetime | None:
    """Return until when an answer calls itself fresh, None where it does not; capped at a day.

    Cache-Control wins over Expires; `no-cache` and `no-store` mean no freshness at all.
    """
    if cache_control:
        if _NO_STORE.search(cache_control):
            return None
        found = _MAX_AGE.search(cache_control)
        if found:
            return now + min(timedelta(seconds=int(found[1])), MAX_FRESH)
    moment = _date(expires) if expires else None
    return min(moment, now + MAX_FRESH) if moment and moment > now else None


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):  # what hostile dates make of email.utils
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
