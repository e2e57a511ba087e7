"""state.sqlite: what polling must remember while the warehouse is locked: feeds, their rhythm, entries that wait.

Many processes may hold it (WAL). A feed's new state and the entries it brought are written in one transaction, after
its capture is on disk; an entry stays `pending` until it has landed, or was given up with a reason.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from wirecopy.model import Capture, Feed, FeedEntry, FeedState, Needs, RobotsFile, SeenEntry
from wirecopy.store import coverage
from wirecopy.store.statefile import StateFile

_SCHEMA = """
create table if not exists feed (
    url text primary key, feed text not null, state text not null, due_at real not null default 0, retired integer not null default 0
);
create table if not exists entry (
    feed_url text not null, entry_id text not null, entry_hash text not null, status text not null, needs text not null,
    attempts integer not null default 0, due_at real not null default 0, reason text not null default '', body text,
    captured_at real not null, capture_file text, capture_offset integer, capture_hash text,
    primary key (feed_url, entry_id)
) without rowid;
create index if not exists entry_waiting on entry (needs, due_at) where status = 'pending';
create table if not exists robots (
    origin text primary key, text text not null, reachable integer not null, outcome text not null, fetched_at real not null
);
create table if not exists run (
    kind text not null, started_at real not null, seconds real not null, outcomes text not null, primary key (kind, started_at)
);
"""
RUNS = 5_000
"""Accounts of runs that are kept."""

ANY: tuple[Needs, ...] = ("page", "nothing", "notice")
FROM_FEED: tuple[Needs, ...] = ("nothing", "notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledFeed:
    """What a poll of one feed leaves to be remembered."""

    url: str
    """The address polled; `state.url` differs where the feed has moved."""
    state: FeedState
    entries: tuple[SeenEntry, ...] = ()
    capture: Capture | None = None
    fetched_at: datetime | None = None
    """When the capture was fetched (UTC)."""
    received: Mapping[datetime, int] = field(default_factory=dict)
    """Entries never seen before, by hour."""
    lost_since: datetime | None = None
    """The reading since which items may have scrolled by unseen, where they may."""
    forgotten: tuple[str, ...] = ()
    """Ids of entries that left the feed long ago."""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What became of an entry: `pending` until it has landed, then `done`, or `given up`; due at a Unix time."""

    hash: str
    status: str
    needs: Needs
    due_at: float
    seen_at: float
    """Unix time of the capture in which it was seen, or seen to have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """An entry that was seen in a feed and has not landed yet."""

    feed_url: str
    """Where the feed is polled now; the entry itself may have been read elsewhere."""
    id: str
    entry: FeedEntry
    needs: Needs
    attempts: int
    seen_at: datetime
    """When the capture in which it stood was fetched (UTC)."""
    capture: Capture | None = None
    """The feed as captured, in which the entry stood."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """The account of one run: its inputs by outcome."""

    kind: str
    started_at: datetime
    seconds: float
    outcomes: Mapping[str, int]


class State(StateFile):
    """An open state file; use it as a context manager."""

    schema = _SCHEMA + coverage.SCHEMA

    # --- feeds ---------------------------------------------------------------------------------

    def add_feeds(self, feeds: Iterable[Feed]) -> int:
        """Add feeds, or renew what is known of those already there; return how many are new."""
        before = self._count("select count(*) from feed")
        with self._transaction() as db:
            db.executemany(
                "insert into feed (url, feed, state) values (?, ?, ?)"
                " on conflict (url) do update set feed = json_patch(feed, excluded.feed)",
                [(feed.url, _feed_json(feed), FeedState(url=feed.url).to_json()) for feed in feeds],
            )
        return self._count("select count(*) from feed") - before

    def revive(self, urls: Iterable[str]) -> int:
        """Let feeds that were retired be polled again, at once; return how many were."""
        query = (
            "update feed set retired = 0, due_at = 0, state = json_remove(state, '$.retired_at', '$.reason', '$.due_at')"
            " where url = ? and retired"
        )
        with self._transaction() as db:
            return sum(db.execute(query, (url,)).rowcount for url in urls)

    def count_feeds(self) -> int:
        """Return how many feeds there are."""
        return self._count("select count(*) from feed")

    def feeds(self) -> list[tuple[Feed, FeedState]]:
        """Return all feeds with their state, by address."""
        return [_feed_row(row) for row in self._db.execute("select feed, state from feed order by url")]

    def due(self, now: datetime) -> list[tuple[Feed, FeedState]]:
        """Return the feeds to poll at `now`, longest due first."""
        rows = self._db.execute(
            "select feed, state from feed where due_at <= ? and not retired order by due_at, url", (now.timestamp(),)
        )
        return [_feed_row(row) for row in rows]

    def known(self, feed_url: str) -> dict[str, KnownEntry]:
        """Return, by id, what became of the entries that were ever seen in a feed."""
        query = "select entry_id, entry_hash, status, needs, due_at, captured_at from entry where feed_url = ?"
        return {row[0]: KnownEntry(*row[1:]) for row in self._db.execute(query, (feed_url,))}

    def save_polls(self, polls: Iterable[PolledFeed]) -> None:
        """Write, in one transaction, what polls of feeds came to; changed entries wait again."""
        with self._transaction() as db:
            for poll in polls:
                if poll.state.url != poll.url:
                    _move_feed(db, poll.url, poll.state.url)
                db.execute(_SAVE, _feed_values(poll.state))
                if poll.entries:
                    db.executemany(_SEE, _seen_rows(poll))
                if poll.forgotten:
                    db.executemany(_FORGET, [(poll.state.url, name) for name in poll.forgotten])
                coverage.note_received(db, poll.state.url, poll.received)
                if poll.lost_since and poll.state.gap_at:
                    coverage.note_lost(db, poll.state.url, poll.lost_since, poll.state.gap_at)

    # --- entries -------------------------------------------------------------------------------

    def waiting(
        self, now: datetime, feed_urls: Iterable[str], needs: tuple[Needs, ...] = ANY
    ) -> Iterator[WaitingEntry]:
        """Yield the entries of some feeds that are to be settled at `now` and need no more than `needs`, in a stable order."""
        query = _WAITING.format(needs=", ".join("?" * len(needs)))
        for url in sorted(set(feed_urls)):
            yield from map(_waiting, self._db.execute(query, (url, now.timestamp(), *needs)).fetchall())

    def feeds_waiting(self, now: datetime, needs: tuple[Needs, ...] = ANY) -> set[str]:
        """Return the feeds that have entries which are to be settled at `now` and need no more than `needs`."""
        query = "select distinct feed_url from entry where status = 'pending' and needs = ? and due_at <= ?"
        return {row[0] for need in needs for row in self._db.execute(query, (need, now.timestamp()))}

    def count_waiting(self) -> int:
        """Return how many entries have been seen and not landed yet, due or not."""
        return self._count("select count(*) from entry where status = 'pending'")

    def finish(self, entries: Iterable[tuple[str, str, str, str]]) -> None:
        """Settle entries: (feed address, entry id, `done` or `given up`, reason)."""
        with self._transaction() as db:
            db.executemany(
                "update entry set status = ?3, reason = ?4, body = null where feed_url = ?1 and entry_id = ?2",
                list(entries),
            )

    def defer(self, entries: Iterable[tuple[str, str, datetime, str]]) -> None:
        """Put entries off: (feed address, entry id, next try, reason)."""
        with self._transaction() as db:
            db.executemany(
                "update entry set attempts = attempts + 1, due_at = ?3, reason = ?4 where feed_url = ?1 and entry_id = ?2",
                [(feed_url, entry_id, due.timestamp(), reason) for feed_url, entry_id, due, reason in entries],
            )

    # --- hours ---------------------------------------------------------------------------------

    def hours_to_enter(self, at: datetime) -> list[coverage.CoveredHour]:
        """Return the hours that have ended at `at` and are not in the warehouse as they are now."""
        return coverage.to_enter(self._db, at)

    def mark_entered(self, hours: Iterable[coverage.CoveredHour], at: datetime) -> None:
        """Note that these hours are in the warehouse."""
        with self._transaction() as db:
            coverage.mark_entered(db, hours, at)

    # --- robots and runs ----------------------------------------------------------------------

    def robots(self) -> list[RobotsFile]:
        """Return every robots.txt read so far."""
        rows = self._db.execute("select origin, text, reachable, outcome, fetched_at from robots order by origin")
        return [
            RobotsFile(
                origin=row[0],
                text=row[1],
                reachable=bool(row[2]),
                outcome=row[3],
                fetched_at=datetime.fromtimestamp(row[4], UTC),
            )
            for row in rows
        ]

    def save_robots(self, files: Iterable[RobotsFile]) -> None:
        """Remember robots.txt files for the next run."""
        rows = [(file.origin, file.text, file.reachable, file.outcome, file.fetched_at.timestamp()) for file in files]
        with self._transaction() as db:
            db.executemany("insert or replace into robots values (?, ?, ?, ?, ?)", rows)

    def save_run(self, run: RunRow) -> None:
        """Keep the account of a run; the oldest of many thousand are forgotten."""
        with self._transaction() as db:
            row = (run.kind, run.started_at.timestamp(), run.seconds, _json(dict(run.outcomes)))
            db.execute("insert or replace into run values (?, ?, ?, ?)", row)
            db.execute(
                "delete from run where started_at < (select min(started_at) from (select started_at from run order by 1 desc limit ?))",
                (RUNS,),
            )

    def runs(self) -> list[RunRow]:
        """Return the accounts of runs, latest first."""
        rows = self._db.execute("select kind, started_at, seconds, outcomes from run order by started_at desc, kind")
        return [RunRow(row[0], datetime.fromtimestamp(row[1], UTC), row[2], json.loads(row[3])) for row in rows]

    def _count(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])


_WAITING = """
select feed_url, entry_id, body, needs, attempts, captured_at, capture_file, capture_offset, capture_hash from entry
where feed_url = ? and status = 'pending' and due_at <= ? and needs in ({needs}) order by entry_id
"""
_SEE = """
insert into entry (
    feed_url, entry_id, entry_hash, status, needs, body, captured_at, capture_file, capture_offset, capture_hash
)
values (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)
on conflict (feed_url, entry_id) do update set
    status = excluded.status, needs = excluded.needs, attempts = 0, due_at = 0, reason = '', body = excluded.body,
    captured_at = excluded.captured_at, capture_file = excluded.capture_file, capture_offset = excluded.capture_offset,
    capture_hash = excluded.capture_hash, entry_hash = excluded.entry_hash
where entry_hash <> excluded.entry_hash
"""


_FORGET = "delete from entry where feed_url = ? and entry_id = ? and status <> 'pending'"
_SAVE = "update feed set state = ?, due_at = ?, retired = ? where url = ?"


def _move_feed(db: sqlite3.Connection, url: str, target: str) -> None:
    db.execute("delete from feed where url = ? and exists (select 1 from feed where url = ?)", (url, target))
    db.execute("update feed set url = ?2, feed = json_set(feed, '$.url', ?2) where url = ?1", (url, target))
    db.execute("update or ignore coverage set feed_url = ?2 where feed_url = ?1", (url, target))
    db.execute("update or replace entry set feed_url = ?2 where feed_url = ?1", (url, target))


def _feed_values(state: FeedState) -> tuple[Any, ...]:
    due = state.due_at.timestamp() if state.due_at else 0.0
    return (state.to_json(), due, state.retired_at is not None, state.url)


def _seen_rows(poll: PolledFeed) -> Iterator[tuple[Any, ...]]:
    at = poll.fetched_at.timestamp() if poll.fetched_at else 0.0
    capture = poll.capture
    place = (capture.file, capture.offset, capture.content_hash) if capture else (None, None, None)
    for seen in poll.entries:
        yield (poll.state.url, seen.id, seen.hash, seen.needs, seen.body, at, *place)


def _waiting(row: tuple[Any, ...]) -> WaitingEntry:
    return WaitingEntry(
        feed_url=row[0],
        id=row[1],
        entry=FeedEntry.from_json(row[2]),
        needs=row[3],
        attempts=row[4],
        seen_at=datetime.fromtimestamp(row[5], UTC),
        capture=Capture(row[6], row[7], row[8] or "") if row[6] else None,
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _feed_json(feed: Feed) -> str:
    """Return what is known of a feed; what is not said now does not undo what was said before."""
    return _json({name: value for name, value in asdict(feed).items() if value})


_FEED_FIELDS = frozenset(entry.name for entry in fields(Feed))


def _feed_row(row: tuple[str, str]) -> tuple[Feed, FeedState]:
    known = {name: value for name, value in json.loads(row[0]).items() if name in _FEED_FIELDS}
    return Feed(**known), FeedState.from_json(row[1])
