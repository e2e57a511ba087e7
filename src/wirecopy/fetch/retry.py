"""When to ask again for a page that could not be had: soon at first, then ever more rarely, at last no more."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
"""The pause after the first failure, after the second, and so on: four days and a half in all."""


def next_try(attempts: int, *, now: datetime, retry_after: datetime | None = None) -> datetime | None:
    """Return when to try a page again that failed once more after `attempts` earlier failures.

    Not before `retry_after`, where the server named a time. None when it is time to give up.
    """
    if attempts >= len(PAUSES):
        return None
    due = now + PAUSES[attempts]
    return max(due, retry_after) if retry_after else due
