"""Pictures for SQL of what is kept elsewhere: feeds and units from state.sqlite, agencies and outlets from the registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from wirecopy.agencies import Agency, registry
from wirecopy.model import Feed, FeedState
from wirecopy.store.coverage import CoveredHour, enter
from wirecopy.store.ledger import UnitRow
from wirecopy.store.rows import Column, content_key, rows_table, table
from wirecopy.store.state import RunRow
from wirecopy.store.write import staged

_TIME = pa.timestamp("us", tz="UTC")
_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_AGENCY = [
    ("agency_key", _TEXT),
    ("agency", _TEXT),
    ("name", _TEXT),
    ("country", _TEXT),
    ("kind", _TEXT),
    ("domains", _TEXTS),
    ("languages", _TEXTS),
    ("zone", _TEXT),
    ("aliases", _TEXTS),
]
_OUTLET = [("outlet", _TEXT), ("agency", _TEXT), ("country", _TEXT)]
_UNIT = [
    ("unit_key", _TEXT),
    ("source", _TEXT),
    ("content_hash", _TEXT),
    ("status", _TEXT),
    ("bytes", pa.int64()),
    ("records", pa.int64()),
    ("counts", pa.list_(pa.struct([("outcome", _TEXT), ("records", pa.int64())]))),
    ("started_at", _TIME),
    ("finished_at", _TIME),
    ("detail", _TEXT),
]

_RUN = [
    ("run_key", _TEXT),
    ("kind", _TEXT),
    ("started_at", _TIME),
    ("seconds", pa.float64()),
    ("seen", pa.int64()),
    ("outcomes", pa.list_(pa.struct([("outcome", _TEXT), ("inputs", pa.int64())]))),
]


def _of_feed(name: str) -> Column:
    return name, _TEXT, lambda held: getattr(held[0], name)


def _of_state(name: str, kind: pa.DataType, attribute: str = "") -> Column:
    attribute = attribute or name
    return name, kind, lambda held: getattr(held[1], attribute)


_FEED: tuple[Column, ...] = (
    ("feed_url", _TEXT, lambda held: held[0].url),
    ("current_url", _TEXT, lambda held: held[1].url),
    *(_of_feed(name) for name in ("title", "agency", "outlet", "country", "language", "zone")),
    ("verified", pa.bool_(), lambda held: held[0].verified),
    ("state", _TEXT, lambda held: "retired" if held[1].retired_at else "failing" if held[1].failures else "active"),
    *(_of_state(name, _TIME) for name in ("due_at", "last_polled_at", "last_success_at", "last_new_at")),
    _of_state("failures", pa.int32()),
    _of_state("reason", _TEXT),
    ("items_per_day", pa.float64(), lambda held: held[1].usual_a_day or held[1].items_a_day),
    _of_state("interval_seconds", pa.int32()),
    _of_state("gaps", pa.int32()),
    _of_state("gap_at", _TIME),
)


def picture_feeds(
    connection: duckdb.DuckDBPyConnection,
    feeds: Sequence[tuple[Feed, FeedState]],
    hours: Sequence[CoveredHour] = (),
    *,
    at: datetime,
) -> None:
    """Put the feeds and their state, as `State.feeds` returns them, in the place of core.feed; enter the hours since."""
    connection.execute("delete from core.feed")
    with staged(connection, staged_feed=table(_FEED, feeds)):
        connection.execute("insert into core.feed by name select *, ? as pictured_at from staged_feed", [at])
    enter(connection, feeds, hours, at=at)


def picture_runs(connection: duckdb.DuckDBPyConnection, runs: Iterable[RunRow]) -> None:
    """Put the accounts of runs, as `State.runs` returns them, in the place of core.run."""
    connection.execute("delete from core.run")
    with staged(connection, staged_run=rows_table(_RUN, [_run(run) for run in runs])):
        connection.execute("insert into core.run by name from staged_run")


def _run(run: RunRow) -> tuple[Any, ...]:
    outcomes = [{"outcome": outcome, "inputs": inputs} for outcome, inputs in run.outcomes.items()]
    key = f"{run.kind} {run.started_at.isoformat()}"
    return (key, run.kind, run.started_at, run.seconds, sum(run.outcomes.values()), outcomes)


def picture_units(connection: duckdb.DuckDBPyConnection, units: Iterable[UnitRow]) -> None:
    """Put the units of backfills, as `Ledger.units` yields them, in the place of core.unit."""
    rows = [_unit(unit) for unit in units]
    connection.execute("delete from core.unit")
    with staged(connection, staged_unit=rows_table(_UNIT, rows)):
        connection.execute("insert into core.unit by name from staged_unit")


def _unit(unit: UnitRow) -> tuple[Any, ...]:
    counts = [{"outcome": outcome, "records": records} for outcome, records in sorted(unit.counts.items())]
    times = (unit.started_at, unit.finished_at)
    key = content_key(unit.address, unit.mark)
    return (key, unit.address, unit.mark, unit.status, unit.bytes, unit.records, counts, *times, unit.detail)


def picture_registry(connection: duckdb.DuckDBPyConnection) -> None:
    """Put today's registry in the place of core.agency, and the outlets that occur in the place of core.outlet."""
    known = registry()
    outlets = [
        name for (name,) in connection.execute("select distinct outlet from core.item order by outlet").fetchall()
    ]
    owners = [(name, known.of_domain(name) or known.find(name)) for name in outlets]
    rows = [(name, owner.name if owner else None, owner.country if owner else None) for name, owner in owners]
    for target, shape, values in (
        ("agency", _AGENCY, [_agency(agency) for agency in known.agencies]),
        ("outlet", _OUTLET, rows),
    ):
        connection.execute(f"delete from core.{target}")  # noqa: S608 - closed list
        with staged(connection, staged_row=rows_table(shape, values)):
            connection.execute(f"insert into core.{target} by name from staged_row")


def _agency(agency: Agency) -> tuple[Any, ...]:
    return (
        agency.key,
        agency.name,
        agency.long_name,
        agency.country,
        agency.kind,
        list(agency.domains),
        list(agency.languages),
        agency.zone,
        list(agency.aliases),
    )
