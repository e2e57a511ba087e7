"""The ledger of a backfill's units, in state.sqlite beside the polling state: pending, running, done or failed.

It travels with the data folder, so another machine can go on; `core.unit` is its picture for SQL. A unit is marked done
after its last record has landed, so a crash in between repeats at most that unit, which lands nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wirecopy.model import Outcome
from wirecopy.store.statefile import StateFile

_SCHEMA = """
create table if not exists unit (
    mark text not null, address text not null, bytes integer not null, status text not null, records integer not null default 0,
    counts text not null default '{}', started_at real, finished_at real, detail text not null default '', primary key (address, mark)
) without rowid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """What the ledger knows of one unit."""

    address: str
    mark: str
    bytes: int
    status: str
    records: int
    counts: Mapping[str, int]
    started_at: datetime | None
    finished_at: datetime | None
    detail: str


class Ledger(StateFile):
    """An open ledger; use it as a context manager."""

    schema = _SCHEMA

    def done(self) -> frozenset[str]:
        """Return the marks of all finished units: a unit is its content, wherever it lies."""
        return frozenset(row[0] for row in self._db.execute("select mark from unit where status = 'done'"))

    def start(self, address: str, mark: str, size: int, *, at: datetime) -> None:
        """Note that work on a unit has begun."""
        self._db.execute(
            "insert or replace into unit (mark, address, bytes, status, started_at) values (?, ?, ?, 'running', ?)",
            (mark, address, size, at.timestamp()),
        )

    def finish(self, address: str, mark: str, counts: Mapping[Outcome, int], *, at: datetime) -> None:
        """Note that the last record of a unit has landed, with its counts by outcome."""
        self._db.execute(
            "update unit set status = 'done', records = ?, counts = ?, finished_at = ? where address = ? and mark = ?",
            (
                sum(counts.values()),
                json.dumps({str(word): count for word, count in counts.items()}),
                at.timestamp(),
                address,
                mark,
            ),
        )

    def fail(self, address: str, mark: str, detail: str, *, at: datetime) -> None:
        """Note that a unit could not be had, and why: it is tried again at the next run."""
        self._db.execute(
            "update unit set status = 'failed', detail = ?, finished_at = ? where address = ? and mark = ?",
            (detail, at.timestamp(), address, mark),
        )

    def units(self) -> Iterator[UnitRow]:
        """Yield all units, by address."""
        query = "select address, mark, bytes, status, records, counts, started_at, finished_at, detail from unit order by address, mark"
        for row in self._db.execute(query):
            yield UnitRow(
                address=row[0],
                mark=row[1],
                bytes=row[2],
                status=row[3],
                records=row[4],
                counts=json.loads(row[5]),
                started_at=_moment(row[6]),
                finished_at=_moment(row[7]),
                detail=row[8],
            )


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
