"""The ledger of a backfill's units, in state.sqlite beside the polling state: pending, running, done or failed.

It travels with the data folder, so another machine can go on; `core.unit` is its picture for SQL. A unit is marked done
after its last record has landed, so a crash in between repeats at most that unit, which lands nothing twice. Of several
runs that share the folder one has a unit at a time; one whose run has died is pending again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wirecopy.model import Outcome
from wirecopy.store import claims
from wirecopy.store.claims import Claims, Holder
from wirecopy.store.statefile import StateFile

_SCHEMA = f"""
{claims.SCHEMA}
create table if not exists unit (
    mark text not null, address text not null, bytes integer not null, status text not null, records integer not null default 0,
    counts text not null default '{{}}', started_at real, finished_at real, detail text not null default '', primary key (address, mark)
) without rowid;
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


EVER = datetime.fromtimestamp(0, UTC)
DONE = "done before"
"""The answer to a claim on a unit that is done already."""


class Ledger(StateFile):
    """An open ledger; use it as a context manager, and its `claims` in another where units are to be worked on."""

    schema = _SCHEMA

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.claims = Claims(self._db, path)

    def done(self) -> frozenset[str]:
        """Return the marks of all finished units: a unit is its content, wherever it lies."""
        return frozenset(row[0] for row in self._db.execute("select mark from unit where status = 'done'"))

    def plan(self, units: Iterable[tuple[str, str, int]]) -> None:
        """Note units to be done: (address, mark, size); what a file held before it changed waits no more."""
        held = list(units)
        with self._transaction() as db:
            db.executemany(_OUTDATED, [(address, mark) for address, mark, _ in held])
            db.executemany(
                "insert or ignore into unit (address, mark, bytes, status) values (?, ?, ?, 'pending')", held
            )

    def start(self, address: str, mark: str, size: int, *, at: datetime, since: datetime = EVER) -> str | Holder:
        """Claim a unit and note that work on it has begun: return an empty string.

        Else return `DONE` where it was finished since an instant, or the living run that has it.
        """
        with self._transaction() as db:
            done = "select 1 from unit where mark = ? and status = 'done' and finished_at >= ?"
            if db.execute(done, (mark, since.timestamp())).fetchone():
                return DONE
            if holder := self.claims.take(mark):
                return holder
            db.execute("delete from unit where mark = ? and status <> 'done'", (mark,))
            db.execute(
                "insert or replace into unit (mark, address, bytes, status, started_at) values (?, ?, ?, 'running', ?)",
                (mark, address, size, at.timestamp()),
            )
        return ""

    def finish(self, address: str, mark: str, counts: Mapping[Outcome, int], *, at: datetime) -> None:
        """Note that the last record of a unit has landed, with its counts by outcome."""
        words = json.dumps({str(word): count for word, count in counts.items()})
        self._close(address, mark, ("done", sum(counts.values()), words, at.timestamp(), ""))

    def fail(self, address: str, mark: str, detail: str, *, at: datetime) -> None:
        """Note that a unit could not be had, and why: it is tried again at the next run."""
        self._close(address, mark, ("failed", 0, "{}", at.timestamp(), detail))

    def _close(self, address: str, mark: str, end: tuple[str, int, str, float, str]) -> None:
        with self._transaction() as db:
            if self.claims.give_back(mark):
                db.execute(_CLOSE, (*end, address, mark))

    def units(self) -> Iterator[UnitRow]:
        """Yield all units, by address; one whose run has died is pending."""
        living = self.claims.living()
        query = "select address, mark, bytes, status, records, counts, started_at, finished_at, detail from unit order by address, mark"
        for row in self._db.execute(query):
            dead = row[3] == "running" and row[1] not in living
            yield UnitRow(
                address=row[0],
                mark=row[1],
                bytes=row[2],
                status="pending" if dead else row[3],
                records=row[4],
                counts=json.loads(row[5]),
                started_at=None if dead else _moment(row[6]),
                finished_at=_moment(row[7]),
                detail=row[8],
            )


_CLOSE = """
update unit set status = ?, records = ?, counts = ?, finished_at = ?, detail = ? where address = ? and mark = ?
"""
# A mark is the hash of a content, 32 letters, and behind it how the content is read.
_OUTDATED = """
delete from unit where address = ?1 and mark <> ?2 and substr(mark, 33) = substr(?2, 33) and status = 'pending'
"""


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
