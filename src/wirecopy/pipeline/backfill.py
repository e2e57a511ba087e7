"""Backfill: units of archives -> pages and wire files -> the warehouse, resumable at any instant.

Workers read, extract, normalise and fingerprint; one writer lands. A unit is `done` only when its last record has landed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from wirecopy.archive import Found, Unit, WireFile, find_units, read_unit
from wirecopy.errors import ContentError
from wirecopy.model import Arrival, Notice, Outcome, Page, SetAside
from wirecopy.pipeline.landing import Lander, utc_now
from wirecopy.pipeline.pool import Pool
from wirecopy.pipeline.report import Progress, RunReport, SourceLine, joined
from wirecopy.pipeline.work import Made, PageJob, WireJob, make
from wirecopy.settings import Settings
from wirecopy.store.ledger import Ledger
from wirecopy.store.state import State

GROUP_BYTES = 256_000_000
PAGES_A_JOB = 8
LAND_ITEMS = 2_000

Watch = Callable[[Progress], None]
Job = PageJob | WireJob | SetAside


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker is handed: a job and the unit that it is part of."""

    unit: Unit
    job: Job


def make_part(part: _Part) -> tuple[Made, ...]:
    """Return what a part of a unit gives; what cannot be used is a `SetAside`."""
    try:
        return make(part.job)
    except ContentError as err:
        return (_unusable(part, err),)


def _unusable(part: _Part, err: ContentError) -> SetAside:
    if not isinstance(part.job, PageJob):
        return SetAside(
            stage="formats", reason=err.reason, detail=err.message, subject=part.unit.address, origin=part.job.origin
        )
    page = part.job.page
    subject = page.final_url or part.unit.address
    return SetAside(
        stage="extract", reason=err.reason, detail=err.message, subject=subject, at=page.fetched_at, origin=page.origin
    )


@dataclass(slots=True, kw_only=True)
class Backfilling:
    """A backfill under way: its units, what it has done so far."""

    settings: Settings
    units: tuple[Unit, ...]
    skipped: tuple[Unit, ...]
    pool: Pool
    ledger: Ledger
    lander: Lander
    format: str | None = None
    watch: Watch | None = None
    started: float = field(default_factory=time.monotonic)
    done_units: int = 0
    done_bytes: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self.started

    def groups(self) -> tuple[tuple[Unit, ...], ...]:
        """Return the units still to do, in slices that can each be run again whole."""
        reached = 0
        marks = []
        for unit in self.units:
            marks.append(reached // GROUP_BYTES)
            reached += unit.size
        return tuple(
            tuple(unit for unit, _ in group)
            for _, group in groupby(zip(self.units, marks, strict=True), lambda pair: pair[1])
        )

    def before(self) -> RunReport:
        """Land what waits in the spool first; say what is skipped because it is done."""
        report = self.lander.land_waiting()
        if not self.skipped:
            return report
        note = f"{len(self.skipped):,} units were done before and are skipped (--again reads them again)"
        return joined("backfill", [report, RunReport(kind="backfill", notes=(note,))], seconds=report.seconds)

    def after(self) -> RunReport:
        """Settle the stories over all that is held now, also where all was done before: that run may have been cut short."""
        self.lander.settle()
        return RunReport(kind="backfill")

    def account(self, reports: Iterable[RunReport]) -> RunReport:
        """Return one report of all slices, kept in the state and shown in core.run."""
        report = joined("backfill", reports, seconds=self.seconds())
        with State(self.settings.state_path) as state:
            self.lander.keep_account(state, report)
        return report

    def run(self, units: Sequence[Unit]) -> RunReport:
        """Read and land some units; each is marked done when its last record has landed."""
        tally = _Tally(units)
        for part, made in self._made(units):
            tally.add(part.unit, made if isinstance(made, tuple) else (_unusable(part, made),))
            if tally.pending >= LAND_ITEMS:
                self._land(tally, last=part.unit)
        self._land(tally, last=None)
        return RunReport(kind="backfill", lines=tuple(tally.lines()))

    def _made(self, units: Sequence[Unit]) -> Iterator[tuple[_Part, tuple[Made, ...] | ContentError]]:
        return self.pool.stream(make_part, _batches(self._parts(units)))

    def _parts(self, units: Sequence[Unit]) -> Iterator[_Part]:
        for unit in units:
            self.ledger.start(unit.address, unit.mark, unit.size, at=self.lander.clock())
            for found in read_unit(unit):
                yield _Part(unit, self._job(found))

    def _job(self, found: Found) -> Job:
        if isinstance(found, Page):
            return PageJob(page=found, boilerplate=self.lander.boilerplate)
        if isinstance(found, WireFile):
            return WireJob(
                data=found.data,
                name=found.name,
                origin=found.origin,
                format=self.format,
                boilerplate=self.lander.boilerplate,
            )
        return found

    def _land(self, tally: _Tally, *, last: Unit | None) -> None:
        """Land what has gathered; the units before `last` are then complete."""
        held = tally.take()
        outcomes = self.lander.land(
            [made for _, made in held if isinstance(made, Arrival)],
            notices=[made for _, made in held if isinstance(made, Notice)],
            set_aside=[made for _, made in held if isinstance(made, SetAside)],
        )
        arrived = iter(outcomes)
        for unit, made in held:
            tally.count(unit, made, next(arrived) if isinstance(made, Arrival) else _outcome(made))
        for unit in tally.complete(last):
            self.ledger.finish(unit.address, unit.mark, tally.counts[unit.address], at=self.lander.clock())
            self.done_units += 1
            self.done_bytes += unit.size
        self.outcomes = tally.total(self.outcomes)
        self._tell()

    def _tell(self) -> None:
        if self.watch:
            self.watch(
                Progress(
                    done=self.done_units,
                    total=len(self.units),
                    done_bytes=self.done_bytes,
                    total_bytes=sum(unit.size for unit in self.units),
                    stories=sum(self.outcomes.values()),
                    seconds=self.seconds(),
                    outcomes=dict(self.outcomes),
                )
            )


def _outcome(made: Made) -> Outcome:
    return Outcome.NOTICE if isinstance(made, Notice) else Outcome.SET_ASIDE


class _Tally:
    """What a run has gathered and not landed yet, and what each unit has come to."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._open = list(units)
        self._held: list[tuple[Unit, Made]] = []
        self._reasons: dict[str, str] = {}
        self._fresh: Counter[Outcome] = Counter()
        self.counts: dict[str, Counter[Outcome]] = {unit.address: Counter() for unit in units}

    @property
    def pending(self) -> int:
        return len(self._held)

    def add(self, unit: Unit, made: tuple[Made, ...]) -> None:
        self._held += [(unit, one) for one in made]

    def take(self) -> list[tuple[Unit, Made]]:
        held, self._held = self._held, []
        return held

    def count(self, unit: Unit, made: Made, outcome: Outcome) -> None:
        if isinstance(made, SetAside):
            self._reasons.setdefault(unit.address, f"{made.reason}: {made.detail}" if made.detail else made.reason)
        self.counts[unit.address][outcome] += 1
        self._fresh[outcome] += 1

    def total(self, before: Counter[Outcome]) -> Counter[Outcome]:
        total, self._fresh = before + self._fresh, Counter()
        return total

    def complete(self, last: Unit | None) -> Iterator[Unit]:
        """Yield, once, the units whose every record has landed."""
        while self._open and self._open[0] is not last:
            yield self._open.pop(0)

    def lines(self) -> Iterator[SourceLine]:
        for address, counts in self.counts.items():
            yield SourceLine(subject=address, outcomes=counts, reason=self._reason(address))

    def _reason(self, address: str) -> str:
        """Return why something in a unit was set aside: the first reason, and how many there are."""
        aside = self.counts[address][Outcome.SET_ASIDE]
        more = f" (and {aside - 1:,} more set aside)" if aside > 1 else ""
        return f"{self._reasons[address]}{more}" if aside else ""


def _is_own(unit: Unit, settings: Settings) -> bool:
    """Return whether a file is part of this very warehouse, which may lie in the folder that is read."""
    path, warehouse = Path(unit.address), settings.warehouse.resolve()
    return path in {warehouse, warehouse.with_name(warehouse.name + ".wal")} or path.is_relative_to(
        settings.data_dir.resolve()
    )


def _batches(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Yield parts in batches: pages by the dozen, a wire file by itself."""
    batch: list[_Part] = []
    for part in parts:
        batch.append(part)
        if len(batch) >= PAGES_A_JOB or isinstance(part.job, WireJob):
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def backfilling(
    settings: Settings,
    sources: Sequence[str],
    *,
    again: bool = False,
    format: str | None = None,  # noqa: A002 - the command's word
    clock: Callable[[], datetime] = utc_now,
    watch: Watch | None = None,
) -> Iterator[Backfilling]:
    """Open a backfill of what `sources` name; units done before are skipped unless `again` or changed."""
    with Ledger(settings.state_path) as ledger, Pool(settings.worker_count, seconds=settings.page_seconds) as pool:
        done = frozenset() if again else ledger.done()
        units = [unit for unit in find_units(sources) if not _is_own(unit, settings)]
        todo = [unit for unit in units if unit.mark not in done]
        skipped = tuple(unit for unit in units if unit.mark in done)
        yield Backfilling(
            settings=settings,
            units=tuple(todo),
            skipped=skipped,
            pool=pool,
            ledger=ledger,
            lander=Lander(settings, clock=clock, patient=True),
            format=format,
            watch=watch,
        )


def backfill(
    settings: Settings,
    sources: Sequence[str],
    *,
    again: bool = False,
    format: str | None = None,  # noqa: A002 - the command's word
    progress: Watch | None = None,
) -> RunReport:
    """Land what `sources` (files, folders, globs) hold and return the account of it."""
    with backfilling(settings, sources, again=again, format=format, watch=progress) as filling:
        reports = [filling.before(), *(filling.run(units) for units in filling.groups()), filling.after()]
        return filling.account(reports)
