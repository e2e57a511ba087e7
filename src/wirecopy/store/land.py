"""Landing: one batch, one transaction, in which everything is decided by what is held at that moment.

The same batch lands once. The rows are the same for any order and size of batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb

from wirecopy.model import Arrival, Batch, Doubt, LandReport, Verdict
from wirecopy.store import receipts, stories, write
from wirecopy.store.connection import Warehouse
from wirecopy.store.files import statement
from wirecopy.store.known import Held, Known, Reread, decide, of_same_bytes, older, read_known, stale
from wirecopy.store.matches import Evidence, Suspects, suspects, verified
from wirecopy.store.rows import Draft, draft, merged, revision_key

_UNCOMPARED = Doubt(
    "rules changed", "the text held before could not be read again, so that the two were never compared"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a batch comes to: the verdicts, the rows to be written, and the held rows that they replace."""

    verdicts: tuple[Verdict, ...]
    drafts: tuple[Draft, ...]
    replaced: Mapping[int, int]
    """Held revisions that other rules read -> the revision that each is under these."""


def land(
    warehouse: Warehouse, batch: Batch, *, at: datetime, reread: Reread | None = None, window_days: int = 30
) -> LandReport:
    """Land a batch at the moment `at` (aware) and return a verdict an arrival.

    A batch that landed before is skipped. Where a text arrives beside one that older rules read, the file is let go
    and `reread` makes the held one again, so that new rules never look like an edit. Raises `WarehouseBusy` where the
    file stays locked.
    """
    again: dict[int, Arrival | None] = {}
    warehouse.prepare("land")
    while True:
        with warehouse.reader() as connection:
            looked = _look(connection, batch, again, window_days)
        if looked is None:
            return LandReport(batch_key=batch.key, skipped=True)
        if reread is not None and looked.missing and not again:
            again = {held.key: reread(held) for held in looked.missing}
            continue
        found = verified(looked.suspects, window_days=window_days)
        with warehouse.writer("land") as connection:
            if _landed(connection) == looked.landed:
                return _land(connection, looked, found, batch, at=at, window_days=window_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a batch found in the warehouse, and what it comes to if nothing lands meanwhile."""

    landed: int
    """Batches that had landed then."""
    known: Known
    plan: Plan
    missing: tuple[Held, ...]
    """Held texts of other rules that were not read again."""
    suspects: Suspects


def _look(
    connection: duckdb.DuckDBPyConnection, batch: Batch, again: Mapping[int, Arrival | None], window_days: int
) -> Look | None:
    """Read all that decides on a batch; None where it has landed before."""
    if connection.execute("select 1 from core.batch where batch_key = ?", [batch.key]).fetchone():
        return None
    known = read_known(connection, (arrival.item.item_key for arrival in batch.arrivals))
    plan = make_plan(known, batch.arrivals, again)
    return Look(
        landed=_landed(connection),
        known=known,
        plan=plan,
        missing=stale(known, batch.arrivals),
        suspects=suspects(connection, write.fresh_drafts(known, plan), window_days=window_days),
    )


def _landed(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from core.batch").fetchone()
    return int(row[0]) if row else 0


def _land(
    connection: duckdb.DuckDBPyConnection,
    looked: Look,
    found: Sequence[Evidence],
    batch: Batch,
    *,
    at: datetime,
    window_days: int,
) -> LandReport:
    counts = Counter(verdict.value for verdict in looked.plan.verdicts)
    with transaction(connection):
        receipts.write(connection, batch, at=at)
        changed = write.write(connection, looked.known, looked.plan, batch, at=at)
        touched = stories.connect(connection, changed, found, at=at, window_days=window_days)
        connection.execute(statement("batch_insert"), _row(batch, counts, at, touched))
    return LandReport(batch_key=batch.key, verdicts=looked.plan.verdicts, stories_touched=touched, counts=dict(counts))


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what happens within, or nothing of it."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _row(batch: Batch, counts: Mapping[str, int], at: datetime, touched: int) -> dict[str, Any]:
    return {
        "batch_key": batch.key,
        "landed_at": at,
        "arrivals": len(batch.arrivals),
        **{verdict.value: counts.get(verdict.value, 0) for verdict in Verdict},
        "notices": len(batch.notices),
        "pages": len(batch.pages),
        "requests": len(batch.requests),
        "set_aside": len(batch.set_aside),
        "stories_touched": touched,
    }


def make_plan(known: Known, arrivals: Sequence[Arrival], again: Mapping[int, Arrival | None]) -> Plan:
    """Decide a batch: pure, from what is held and what was read again."""
    replaced = {key: arrival for key, arrival in again.items() if arrival and _is_of(known.revisions.get(key), arrival)}
    settled: list[Arrival] = []
    for arrival in arrivals:
        if arrival.item.item_key not in known.by_item:
            settled.append(arrival)
            continue
        replaced |= {held.key: arrival for held in of_same_bytes(known, arrival)}
        settled.append(_doubted(known, arrival, replaced))
    drafts: dict[int, Draft] = {}
    for one in (*(_as_held(known.revisions[key], arrival) for key, arrival in replaced.items()), *map(draft, settled)):
        drafts[one.key] = merged(drafts[one.key], one) if one.key in drafts else one
    return Plan(
        verdicts=decide(known, replaced, settled),
        drafts=tuple(drafts.values()),
        replaced={key: revision_key(arrival.item) for key, arrival in replaced.items()},
    )


def _is_of(held: Held | None, arrival: Arrival) -> bool:
    return held is not None and held.item_key == arrival.item.item_key


def _as_held(held: Held, arrival: Arrival) -> Draft:
    return replace(draft(arrival), first_seen_at=held.first_seen_at, last_seen_at=held.last_seen_at)


def _doubted(known: Known, arrival: Arrival, replaced: Mapping[int, Arrival]) -> Arrival:
    """Mark a text that could not be compared with what is held, since that was read by other rules."""
    if revision_key(arrival.item) in known.revisions or all(held.key in replaced for held in older(known, arrival)):
        return arrival
    return replace(arrival, item=replace(arrival.item, doubts=(*arrival.item.doubts, _UNCOMPARED)))
