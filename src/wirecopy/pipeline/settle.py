"""Upkeep: what waits lands, stories settle, the search is rebuilt, the checks are run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from wirecopy.pipeline.landing import OUTCOME_OF, Lander, utc_now
from wirecopy.pipeline.report import RunReport, SourceLine
from wirecopy.settings import Settings
from wirecopy.store.keep import KeepReport, Surroundings
from wirecopy.store.keep import keep as keep_warehouse
from wirecopy.store.lease import lease
from wirecopy.store.ledger import Ledger
from wirecopy.store.state import State


def land_waiting(settings: Settings) -> RunReport:
    """Land the batches that wait in the spool and return the account of it.

    Raises `WarehouseBusy` where the file is held: what has not landed goes on waiting.
    """
    return Lander(settings, clock=utc_now).land_waiting()


def keep(settings: Settings) -> RunReport:
    """Do all upkeep and return the account of it; its notes tell what was settled, built and found.

    Raises `WarehouseBusy` where another process keeps or holds the file.
    """
    began = time.monotonic()
    with lease(settings.data_dir, "keep"), lease(settings.data_dir, "land"):
        lander = Lander(settings, clock=utc_now, patient=True)
        kept = keep_warehouse(
            lander.warehouse,
            _surroundings(settings),
            at=utc_now(),
            reread=lander.reread,
            window_days=settings.match_window_days,
        )
    lines = [
        SourceLine(
            subject=f"spool {report.batch_key}", outcomes=Counter(OUTCOME_OF[verdict] for verdict in report.verdicts)
        )
        for report in kept.landed
    ]
    return RunReport(kind="keep", lines=tuple(lines), seconds=time.monotonic() - began, notes=tuple(_notes(kept)))


def _surroundings(settings: Settings) -> Surroundings:
    with State(settings.state_path) as state, Ledger(settings.state_path) as ledger:
        return Surroundings(
            spool_dir=settings.spool_dir,
            feeds=state.feeds(),
            hours=state.hours_to_enter(utc_now()),
            units=tuple(ledger.units()),
            runs=state.runs(),
        )


def _notes(kept: KeepReport) -> Iterator[str]:
    settled = kept.settled
    yield f"{settled.paragraphs:,} paragraphs are boilerplate; {settled.texts:,} texts matched anew, {settled.stories:,} stories made again"
    yield "search index is up to date" if kept.indexed is None else f"search index built over {kept.indexed:,} texts"
    wrong = [check for check in kept.checks if check.offending]
    yield f"{len(kept.checks) - len(wrong)} of {len(kept.checks)} checks are fine"
    yield from (
        f"check {check.name} ({check.severity}): {check.offending:,} rows against: {check.promise}" for check in wrong
    )
