"""The coverage ledger: per feed and hour the entries received, kept with the state of feeds, shown in core.coverage.

An entry counts once, when it is first seen in its feed; in the hour in which the feed says that it was published where
that lies between two readings, else in the hour of the reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa

from wirecopy.model import Feed, FeedState, hour_of
from wirecopy.store.files import statement
from wirecopy.store.rows import rows_table
from wirecopy.store.write import staged

SCHEMA = """
create table if not exists coverage (
    feed_url text not null, hour_at integer not null, received integer not null default 0, lost integer not null default 0,
    entered integer not null default 0, primary key (feed_url, hour_at)
) without rowid;
create index if not exists coverage_open on coverage (hour_at) where not entered;
"""
KEPT = timedelta(days=8)
"""How long hours are kept beside the warehouse after they were entered there."""
MOST_LOST = timedelta(days=7)
"""Hours before a reading that may be marked as lost."""
_HOUR = 3600
_TIME = pa.timestamp("us", tz="UTC")
_COVERAGE = [("feed_url", pa.string()), ("hour_at", _TIME), ("received", pa.int32()), ("lost_possible", pa.bool_())]
_SINCE = [("feed_url", pa.string()), ("first_read_at", _TIME)]


@dataclass(frozen=True, slots=True)
class CoveredHour:
    """What came of a feed in an hour."""

    feed_url: str
    hour_at: datetime
    received: int
    lost_possible: bool


def note_received(db: sqlite3.Connection, feed_url: str, received: Mapping[datetime, int]) -> None:
    """Add entries to the hours of a feed."""
    db.executemany(
        "insert into coverage (feed_url, hour_at, received) values (?1, ?2, ?3) on conflict do update"
        " set received = received + excluded.received, entered = 0",
        [(feed_url, int(hour.timestamp()), count) for hour, count in received.items()],
    )


def note_lost(db: sqlite3.Connection, feed_url: str, since: datetime, until: datetime) -> None:
    """Mark the hours of a feed between two readings, in which items may have scrolled by unseen."""
    first, last = (int(hour_of(moment).timestamp()) for moment in (max(since, until - MOST_LOST), until))
    db.executemany(
        "insert into coverage (feed_url, hour_at, lost) values (?1, ?2, 1) on conflict do update set lost = 1, entered = 0",
        [(feed_url, hour) for hour in range(first, last + 1, _HOUR)],
    )


def to_enter(db: sqlite3.Connection, at: datetime) -> list[CoveredHour]:
    """Return the hours that have ended at `at` and are not in the warehouse as they are now."""
    query = "select feed_url, hour_at, received, lost from coverage where not entered and hour_at < ? order by 1, 2"
    return [
        CoveredHour(url, datetime.fromtimestamp(hour, UTC), received, bool(lost))
        for url, hour, received, lost in db.execute(query, (int(hour_of(at).timestamp()),))
    ]


def mark_entered(db: sqlite3.Connection, hours: Iterable[CoveredHour], at: datetime) -> None:
    """Note that these hours are in the warehouse; forget those of long ago."""
    rows = [(hour.feed_url, int(hour.hour_at.timestamp()), hour.received) for hour in hours]
    db.executemany("update coverage set entered = 1 where feed_url = ? and hour_at = ? and received = ?", rows)
    db.execute("delete from coverage where entered and hour_at < ?", (int((at - KEPT).timestamp()),))


def enter(
    connection: duckdb.DuckDBPyConnection,
    feeds: Iterable[tuple[Feed, FeedState]],
    hours: Sequence[CoveredHour],
    *,
    at: datetime,
) -> None:
    """Enter in core.coverage the hours that have ended: what was expected of the feeds in core.feed, and what came.

    What came late to an hour that is there corrects it; what was expected of it stays as it was.
    """
    rows = [(hour.feed_url, hour.hour_at, hour.received, hour.lost_possible) for hour in hours]
    since = [(feed.url, state.first_read_at) for feed, state in feeds if state.first_read_at]
    tables = {"staged_coverage": rows_table(_COVERAGE, rows), "staged_since": rows_table(_SINCE, since)}
    with staged(connection, **tables):
        if rows:
            connection.execute(statement("coverage_update"))
        connection.execute(statement("coverage_insert"), {"at": at})
