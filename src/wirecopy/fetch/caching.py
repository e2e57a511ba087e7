"""What headers say about time: Retry-After, Cache-Control, Expires (RFC 9110, 10.2.3; RFC 9111, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = timedelta(days=1)
"""Longest pause that a server may impose."""
MAX_FRESH = timedelta(days=1)

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_STORE = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)


def read_retry_after(value: str | None, now: datetime, *, date: str | None = None) -> datetime | None:
    """Return until when a server asks to be left alone, in seconds or as a date; capped at a day, never past.

    `date` is what the server's own clock says, by which its dates are meant.
    """
    if not value:
        return None
    value = value.strip()
    if value.isdecimal():
        wanted = timedelta(seconds=min(int(value[:9]), 10**8))
    else:
        moment = _date(value)
        if moment is None:
            return None
        wanted = moment - (_date(date or "") or now)
    return now + max(timedelta(), min(wanted, MAX_RETRY_AFTER))


def read_fresh_until(header: Callable[[str], str | None], now: datetime) -> datetime | None:
    """Return until when an answer calls itself fresh, None where it does not; capped at a day.

    Cache-Control wins over Expires, which is meant by the server's own clock; `no-cache` and `no-store` mean no
    freshness at all. What a cache on the way has kept it for is gone from it.
    """
    lifetime = _lifetime(header("cache-control"), header("expires"), _date(header("date") or "") or now)
    age = (header("age") or "").strip()
    left = (lifetime or timedelta()) - timedelta(seconds=int(age[:9]) if age.isdecimal() else 0)
    return now + min(left, MAX_FRESH) if left > timedelta() else None


def _lifetime(cache_control: str | None, expires: str | None, date: datetime) -> timedelta | None:
    if cache_control:
        if _NO_STORE.search(cache_control):
            return None
        found = _MAX_AGE.search(cache_control)
        if found:
            return timedelta(seconds=int(found[1]))
    moment = _date(expires) if expires else None
    return moment - date if moment else None


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):  # what hostile dates make of email.utils
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
