"""Keeping: what a warehouse needs now and then, each step short enough for readers to get in between.

Order: what waits lands, boilerplate settles, bands are sorted, pictures are taken, search is built, checks are run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wirecopy.model import Feed, FeedState, LandReport
from wirecopy.store import spool
from wirecopy.store.checks import CheckResult, run_checks
from wirecopy.store.connection import UPKEEP, Warehouse
from wirecopy.store.coverage import CoveredHour
from wirecopy.store.files import statement
from wirecopy.store.known import Reread
from wirecopy.store.land import transaction
from wirecopy.store.ledger import UnitRow
from wirecopy.store.pictures import picture_feeds, picture_registry, picture_runs, picture_units
from wirecopy.store.search import build_search
from wirecopy.store.settle import SettleReport, settle
from wirecopy.store.state import RunRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies beside the warehouse: the spool's folder, the feeds, their hours and the units of state.sqlite."""

    spool_dir: Path
    feeds: Sequence[tuple[Feed, FeedState]] = ()
    hours: Sequence[CoveredHour] = ()
    units: Sequence[UnitRow] = ()
    runs: Sequence[RunRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReport:
    """What keeping came to."""

    landed: tuple[LandReport, ...]
    settled: SettleReport
    indexed: int | None
    """Texts in the search index, where it was built again."""
    checks: tuple[CheckResult, ...]


def keep(
    warehouse: Warehouse,
    beside: Surroundings,
    *,
    at: datetime,
    reread: Reread | None = None,
    window_days: int = 30,
) -> KeepReport:
    """Do all that keeping means; hold the `land` lease. Raises `WarehouseBusy` where the file stays locked."""
    warehouse = replace(warehouse, memory=UPKEEP)
    landed = spool.land_waiting(beside.spool_dir, warehouse, at=at, reread=reread, window_days=window_days)
    with warehouse.writer("keep") as connection, transaction(connection):
        picture_feeds(connection, beside.feeds, beside.hours, at=at)
        picture_units(connection, beside.units)
        picture_runs(connection, beside.runs)
        picture_registry(connection)
    settled = settle(warehouse, at=at, window_days=window_days)
    sort_bands(warehouse)
    indexed = build_search(warehouse)
    with warehouse.reader() as connection:
        checks = run_checks(connection)
    return KeepReport(landed=landed, settled=settled, indexed=indexed, checks=checks)


def sort_bands(warehouse: Warehouse) -> int:
    """Store those months' bands together that batches have scattered, a month at a time; return how many months that were."""
    with warehouse.reader() as connection:
        months = [month for (month,) in connection.execute(statement("bands_scattered")).fetchall()]
    for month in months:
        of_month = "month is null" if month is None else f"month = {month}"
        with warehouse.writer("keep") as connection, transaction(connection):
            connection.execute(statement("bands_sort").replace("{month}", of_month))
    return len(months)
