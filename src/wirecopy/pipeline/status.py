"""`wirecopy status`: what is held, how the feeds are, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wirecopy.model import FeedState
from wirecopy.settings import Settings
from wirecopy.store import spool
from wirecopy.store.connection import Warehouse
from wirecopy.store.ledger import Ledger
from wirecopy.store.query import run
from wirecopy.store.state import State

_HELD = """
select (select count(*) from core.story) as stories, (select count(*) from core.item) as items,
    (select count(*) from core.revision) as revisions,
    (select count(*) from raw.page) as pages, (select count(*) from raw.set_aside) as "set aside",
    (select min(published_at) from core.item) as oldest, (select max(published_at) from core.item) as newest,
    (select max(landed_at) from core.batch) as "last landed"
"""
FEED_COLUMNS = ("feed", "last success", "failures", "reason", "next poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of a warehouse and of what feeds it."""

    warehouse: str
    held: tuple[tuple[str, Any], ...]
    feeds: tuple[tuple[str, int], ...]
    failing: tuple[tuple[Any, ...], ...]
    units: tuple[tuple[str, int], ...]
    spooled: int
    waiting: int

    def lines(self) -> Iterator[str]:
        """Yield it in words."""
        yield f"warehouse   {self.warehouse}" + ("" if self.held else " (not there yet)")
        if self.held:
            yield "held        " + ", ".join(f"{value:,} {name}" for name, value in self.held if isinstance(value, int))
            yield from (f"{name:<11} {value:%Y-%m-%d %H:%M:%S}Z" for name, value in self.held if hasattr(value, "year"))
        yield "feeds       " + (", ".join(f"{count} {word}" for word, count in self.feeds) or "none polled yet")
        yield f"entries     {self.waiting:,} wait for their page"
        yield f"spool       {self.spooled:,} batches wait to land"
        if self.units:
            yield "units       " + ", ".join(f"{count:,} {word}" for word, count in self.units)

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "warehouse": self.warehouse,
            "held": dict(self.held),
            "feeds": dict(self.feeds),
            "failing": [dict(zip(FEED_COLUMNS, row, strict=True)) for row in self.failing],
            "units": dict(self.units),
            "entries_waiting": self.waiting,
            "batches_spooled": self.spooled,
        }


def read_status(settings: Settings) -> Status:
    """Return the state of the warehouse of these settings; where there is none yet, that."""
    warehouse = Warehouse(settings.warehouse)
    result = run(warehouse, _HELD) if warehouse.exists() else None
    states: list[FeedState] = []
    waiting, units = 0, Counter[str]()
    if settings.state_path.exists():
        with State(settings.state_path) as state, Ledger(settings.state_path) as ledger:
            states = [held for _, held in state.feeds()]
            waiting = state.count_waiting()
            units.update(unit.status for unit in ledger.units())
    return Status(
        warehouse=str(settings.warehouse),
        held=tuple(zip(result.columns, result.rows[0], strict=True)) if result else (),
        feeds=tuple(sorted(Counter(map(_word, states)).items())),
        failing=tuple(_row(state) for state in states if state.failures or state.retired_at),
        units=tuple(sorted(units.items())),
        spooled=len(spool.waiting(settings.spool_dir)),
        waiting=waiting,
    )


def _word(state: FeedState) -> str:
    if state.retired_at:
        return "retired"
    return "failing" if state.failures else "fine" if state.last_success_at else "new"


def _row(state: FeedState) -> tuple[Any, ...]:
    return (state.url, state.last_success_at, state.failures, state.reason, state.due_at)
