"""How a batch gets into the warehouse: landed at once, or spooled while a reader holds the file."""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import TypeVar

from wirecopy.errors import ContentError, LeaseHeld, WarehouseBusy
from wirecopy.fetch.capture import read_capture
from wirecopy.model import (
    Arrival,
    Batch,
    LandReport,
    Notice,
    Outcome,
    PageRecord,
    RequestRecord,
    SetAside,
    Verdict,
)
from wirecopy.pipeline.report import RunReport, SourceLine
from wirecopy.pipeline.work import PageJob, make_of_page
from wirecopy.settings import Settings
from wirecopy.store import spool
from wirecopy.store.boilerplate import read_boilerplate
from wirecopy.store.connection import LEAN, Warehouse
from wirecopy.store.known import Held
from wirecopy.store.land import land
from wirecopy.store.lease import lease
from wirecopy.store.ledger import UnitRow
from wirecopy.store.pictures import picture_feeds, picture_registry, picture_runs, picture_units
from wirecopy.store.query import run
from wirecopy.store.settle import settle
from wirecopy.store.state import RunRow, State

LIVE_PATIENCE = 3.0
"""Seconds that a live batch waits for the warehouse before it is spooled."""
FIRST_SETTLE = 2_000
"""Items after which a backfill settles first; then whenever they have grown fourfold."""
HELD_PATIENCE = 0.3
"""Seconds that it waits where the batch before found the warehouse held: one reader costs a poll one wait."""
BACKFILL_PATIENCE = 10.0
"""Seconds after which a waiting backfill says who holds the warehouse, and goes on waiting."""
_TURN_SECONDS = 0.05
T = TypeVar("T")
_CHANGES = """
select field, count(*), first(item_key || ': ' || coalesce(left(before, 60), 'nothing') || ' -> ' || coalesce(left(after, 60), 'nothing'))
from core.replay_change where replayed_at >= $since group by field order by field
"""
_CHANGED_ROWS = """
select c.item_key, c.field, coalesce(c.before, ''), coalesce(c.after, '')
from core.replay_change as c where c.replayed_at >= $since order by all
"""
OUTCOME_OF = {Verdict.NEW: Outcome.NEW, Verdict.REVISED: Outcome.REVISED, Verdict.UNCHANGED: Outcome.UNCHANGED}


def utc_now() -> datetime:
    """Return the present instant: the clock of every run that is not given another."""
    return datetime.now(UTC)


def batch_of(
    arrivals: Iterable[Arrival] = (),
    *,
    notices: Iterable[Notice] = (),
    requests: Iterable[RequestRecord] = (),
    pages: Iterable[PageRecord] = (),
    set_aside: Iterable[SetAside] = (),
) -> Batch:
    """Return a batch whose key is a hash of its inputs, so that it lands once a rules version, however often it is tried."""
    parts = (tuple(arrivals), tuple(notices), tuple(requests), tuple(pages), tuple(set_aside))
    digest = hashlib.sha256()
    for arrival in parts[0]:
        seen = arrival.sighting
        line = (
            arrival.item.item_key,
            arrival.item.text_hash,
            arrival.item.version,
            arrival.item.rules_version,
            seen.seen_at,
            seen.feed_url,
            seen.origin,
        )
        digest.update(repr(line).encode())
    for part in parts[1:]:
        digest.update(repr(part).encode())
    return Batch(
        key=digest.hexdigest()[:32],
        arrivals=parts[0],
        notices=parts[1],
        requests=parts[2],
        pages=parts[3],
        set_aside=parts[4],
    )


def is_empty(batch: Batch) -> bool:
    """Return whether a batch holds nothing at all."""
    return not (batch.arrivals or batch.notices or batch.requests or batch.pages or batch.set_aside)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - a run that waits says so


class Lander:
    """Takes what a run makes to the warehouse, batch by batch.

    A live run spools a batch while a reader holds the file; a patient one (a backfill) waits, saying who holds it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = utc_now,
        patient: bool = False,
        tell: Callable[[str], None] = _tell,
    ) -> None:
        self.clock = clock
        self.warehouse = Warehouse(
            settings.warehouse, patience=BACKFILL_PATIENCE if patient else LIVE_PATIENCE, memory=LEAN
        )
        self.boilerplate = read_boilerplate(self.warehouse)
        self._read_under = [self.boilerplate]
        self._settings = settings
        self._patient = patient
        self.tell = tell
        self.spooled = ""
        self._arrived = 0
        self._settle_at = FIRST_SETTLE
        self._requests: list[RequestRecord] = []
        self._pages: list[PageRecord] = []
        self._set_aside: list[SetAside] = []

    @property
    def noted(self) -> int:
        """Return how many rows of raw wait for the next batch."""
        return len(self._requests) + len(self._pages) + len(self._set_aside)

    def note(
        self,
        requests: Iterable[RequestRecord] = (),
        *,
        pages: Iterable[PageRecord] = (),
        set_aside: Iterable[SetAside] = (),
    ) -> None:
        """Keep rows of raw for the next batch."""
        self._requests += requests
        self._pages += pages
        self._set_aside += set_aside

    def land(
        self,
        arrivals: Sequence[Arrival] = (),
        *,
        notices: Iterable[Notice] = (),
        requests: Iterable[RequestRecord] = (),
        pages: Iterable[PageRecord] = (),
        set_aside: Iterable[SetAside] = (),
    ) -> list[Outcome]:
        """Land one batch with the rows noted so far; return an outcome an arrival, in order."""
        self.note(requests, pages=pages, set_aside=set_aside)
        batch = batch_of(
            arrivals, notices=notices, requests=self._requests, pages=self._pages, set_aside=self._set_aside
        )
        self._requests, self._pages, self._set_aside = [], [], []
        if is_empty(batch):
            return []
        report = self._land(batch)
        if report is None:
            return [Outcome.SPOOLED] * len(arrivals)
        if self._patient:
            self._settle_in_time(len(arrivals))
        return [OUTCOME_OF[verdict] for verdict in report.verdicts] or [Outcome.UNCHANGED] * len(arrivals)

    def _settle_in_time(self, arrived: int) -> None:
        """Settle whenever what has landed has grown fourfold: footers not yet learnt make candidates, and those make time."""
        self._arrived += arrived
        if self._arrived >= self._settle_at:
            self._settle_at = 4 * self._arrived
            self.settle()

    def flush(self) -> None:
        """Land the rows of raw that are still noted."""
        self.land()

    def _land(self, batch: Batch) -> LandReport | None:
        """Land a batch, or spool it and return None."""
        window = self._settings.match_window_days
        try:
            report = self._in_turn(
                lambda: land(self.warehouse, batch, at=self.clock(), reread=self.reread, window_days=window)
            )
        except WarehouseBusy as busy:
            spool.write(self._settings.spool_dir, batch)
            self.spooled = (
                f"what came waits in the spool for the next poll or `wirecopy land`: {busy.subject} {busy.message}"
            )
            self.warehouse.patience = HELD_PATIENCE
            return None
        self.warehouse.patience = BACKFILL_PATIENCE if self._patient else LIVE_PATIENCE
        return report

    def _in_turn(self, job: Callable[[], T]) -> T:
        """Do a job that only one process may do at a time: a patient run waits for its turn, a live one only so long.

        Raises `WarehouseBusy` for a live run whose turn does not come.
        """
        while True:
            try:
                with self._turn():
                    return job()
            except WarehouseBusy as busy:
                if not self._patient:
                    raise
                self.tell(f"waiting: {busy}")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the lease of the one who lands; raises `WarehouseBusy` where it is not to be had in time."""
        deadline = time.monotonic() + self.warehouse.patience
        with ExitStack() as held:
            while True:
                try:
                    held.enter_context(lease(self._settings.data_dir, "land"))
                    break
                except LeaseHeld:
                    if time.monotonic() >= deadline:
                        raise
                time.sleep(_TURN_SECONDS)
            yield

    def reread(self, held: Held) -> Arrival | None:
        """Read the capture of a held revision again under today's rules; None where it is gone or holds no article any more."""
        if held.capture is None:
            return None
        try:
            page = read_capture(self._settings.captures_dir, held.capture)
            made = make_of_page(PageJob(page=page, capture=held.capture, boilerplate=self.boilerplate))
        except ContentError:
            return None
        return made if isinstance(made, Arrival) else None

    def land_waiting(self) -> RunReport:
        """Land what waits in the spool; raises `WarehouseBusy` where the file is still held, and it goes on waiting."""
        began = time.monotonic()
        folder, window = self._settings.spool_dir, self._settings.match_window_days
        if not spool.waiting(folder):
            return RunReport(kind="land")
        reports = self._in_turn(
            lambda: spool.land_waiting(folder, self.warehouse, at=self.clock(), reread=self.reread, window_days=window)
        )
        lines = [
            SourceLine(
                subject=f"spool {report.batch_key}",
                outcomes=Counter(OUTCOME_OF[verdict] for verdict in report.verdicts),
            )
            for report in reports
        ]
        return RunReport(kind="land", lines=tuple(lines), seconds=time.monotonic() - began)

    def settle(self) -> None:
        """Learn boilerplate from all that is held and match again what it touches."""
        if self.warehouse.exists():
            window = self._settings.match_window_days
            self._in_turn(
                lambda: settle(self.warehouse, at=self.clock(), window_days=window, read_under=self._read_under)
            )
            self.boilerplate = read_boilerplate(self.warehouse)
            self._read_under.append(self.boilerplate)

    def keep_account(self, state: State, report: RunReport) -> None:
        """Keep the account of a run, and show runs, feeds and outlets as they are now in core.run, core.feed and core.outlet."""
        at = self.clock()
        state.save_run(RunRow(report.kind, at, report.seconds, report.counts()))
        try:
            with self.warehouse.writer(report.kind) as connection:
                hours = state.hours_to_enter(at)
                picture_feeds(connection, state.feeds(), hours, at=at)
                picture_runs(connection, state.runs())
                picture_registry(connection)
        except WarehouseBusy:
            # They are pictures of what state.sqlite holds: nothing is lost by drawing them after the next run.
            return
        state.mark_entered(hours, at)

    def show_units(self, units: Iterable[UnitRow]) -> None:
        """Show the units of backfills as they are now in core.unit, unless the file is held: `keep` shows them, too."""
        with suppress(WarehouseBusy), self.warehouse.writer("backfill") as connection:
            picture_units(connection, units)

    def replayed_rows(self, since: datetime) -> tuple[tuple[str, ...], ...]:
        """Return each field that a replay changed: item, field, what it was, what it is."""
        return tuple(run(self.warehouse, _CHANGED_ROWS, {"since": since}).rows)

    def replay_changes(self, since: datetime) -> tuple[str, ...]:
        """Return, in words, what a replay changed: by field how many, and the first rows of each."""
        rows = run(self.warehouse, _CHANGES, {"since": since}).rows
        return tuple(f"{field}: {count:,} changed, for example {example}" for field, count, example in rows)
