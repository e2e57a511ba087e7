"""Backfill: units of archives -> pages and wire files -> the warehouse, resumable at any instant.

Workers read, extract, normalise and fingerprint; one writer lands. A unit is `done` only when its last record has landed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, groupby

from wirecopy.archive import Found, Unit, WireFile, read_unit
from wirecopy.errors import SourceError
from wirecopy.fetch.capture import CaptureWriter
from wirecopy.model import Arrival, Notice, Origin, Outcome, Page, SetAside
from wirecopy.pipeline.choice import AS_IT_IS, Reading
from wirecopy.pipeline.garbage import collecting_seldom
from wirecopy.pipeline.keeping import Keeping
from wirecopy.pipeline.landing import Lander, utc_now
from wirecopy.pipeline.pace import Pace, by_share
from wirecopy.pipeline.parts import Given, Job, Part, batches, make_part, offset, unusable, weight
from wirecopy.pipeline.pool import WIRES, Pool
from wirecopy.pipeline.report import Progress, RunReport, joined
from wirecopy.pipeline.sources import Sources, Wanted, is_own
from wirecopy.pipeline.tally import Tally, own_outcome
from wirecopy.pipeline.turns import Turns
from wirecopy.pipeline.work import Made, PageJob, WireJob
from wirecopy.settings import Settings
from wirecopy.store.ledger import EVER, Ledger
from wirecopy.store.state import State

GROUP_BYTES = 256_000_000
LAND_ITEMS = 8_000
FIRST_ITEMS = 2_000
"""The first batch is small: what it teaches, boilerplate and the pace, serves all others."""
TELL_SECONDS = 1.0
Watch = Callable[[Progress], None]


@dataclass(slots=True, kw_only=True)
class Backfilling:
    """A backfill under way: its units, what it has done so far."""

    settings: Settings
    units: tuple[Unit, ...]
    skipped: tuple[Unit, ...]
    pool: Pool
    turns: Turns
    lander: Lander
    sources: Sources
    reading: Reading = AS_IT_IS
    watch: Watch | None = None
    keeping: Keeping | None = None
    """Keeps the payloads among our own captures, where that is asked for."""
    started: float = field(default_factory=time.monotonic)
    done_units: int = 0
    done_bytes: int = 0
    starts: Mapping[str, int] = field(default_factory=dict)
    """The bytes of all units before each, by its address."""
    left_out: int = 0
    """Pages and items that the choice does not take."""
    told: float = 0.0
    pace: Pace = field(default_factory=Pace)
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
        note = f"units done before and skipped: {len(self.skipped):,} (--again reads them again)"
        return joined("backfill", [report, RunReport(kind="backfill", notes=(note,))], seconds=report.seconds)

    def after(self) -> RunReport:
        """See the units of other runs done, settle the stories over all that is held now.

        That is due also where all was done before: that run may have been cut short.
        """
        freed = [self.run(units) for units in self.turns.freed()]
        self.lander.settle()
        note = f"{self.left_out:,} pages and items were not wanted and left out"
        report = RunReport(kind="backfill", notes=(note,) if self.left_out else ())
        return joined("backfill", [*freed, report], seconds=0)

    def account(self, reports: Iterable[RunReport]) -> RunReport:
        """Return one report of all slices, kept in the state and shown in core.run."""
        with State(self.settings.state_path) as state:
            self.lander.keep_account(state, report := joined("backfill", reports, seconds=self.seconds()))
        return report

    def run(self, units: Sequence[Unit]) -> RunReport:
        """Read and land some units; each is marked done when its last record has landed."""
        tally = Tally(units)
        for part, given in self._given(units):
            self.pace.begin(self.seconds())
            tally.add(part.unit, self._kept(part, given))
            self.left_out += given.left_out
            if tally.pending >= (LAND_ITEMS if self.outcomes else FIRST_ITEMS):
                self._land(tally, last=part.unit)
                self.pace.landed(self.seconds(), self._reached(part))
            self._tell(tally.pending, part)
        self._land(tally, last=None)
        self._show(self.done_bytes)
        lines = tuple(line for line in tally.lines() if line.subject not in self.turns.passed)
        return RunReport(kind="backfill", lines=lines)

    def _given(self, units: Sequence[Unit]) -> Iterator[tuple[Part, Given]]:
        for part, given in self.pool.stream(make_part, batches(self._parts(units)), weigh=weight):
            yield part, given if isinstance(given, Given) else Given((unusable(part, given),))

    def _kept(self, part: Part, given: Given) -> tuple[Made, ...]:
        if self.keeping is None or isinstance(part.job, SetAside):
            return given.made
        return self.keeping.kept(part.job, given.made)

    def _parts(self, units: Sequence[Unit]) -> Iterator[Part]:
        choice = self.reading.choice
        for unit in units:
            if not self.turns.begin(unit):
                continue
            for found in self._found(unit):
                if not self._is_wanted(unit, found):
                    self.left_out += 1
                else:
                    yield Part(unit, self._job(found), choice)

    def _is_wanted(self, unit: Unit, found: Found) -> bool:
        choice = self.reading.choice
        if isinstance(found, Page):
            return choice.takes_page(found)
        return not isinstance(found, SetAside) or found.subject == unit.address or choice.takes_aside(found)

    def _found(self, unit: Unit) -> Iterator[Found]:
        """Yield what a unit holds; one that cannot be had is told, and tried again at the next run."""
        try:
            yield from read_unit(
                unit, self.sources.open, tell_format=self.reading.format_of, mapped=bool(self.reading.mapping)
            )
        except SourceError as err:
            self.turns.fail(unit, err.message)
            origin = Origin("archive", unit.address, digest=unit.mark)
            yield SetAside(
                stage="fetch", reason="source unavailable", detail=err.message, subject=unit.address, origin=origin
            )

    def _job(self, found: Found) -> Job:
        if isinstance(found, Page):
            return PageJob(page=found, boilerplate=self.lander.boilerplate)
        if isinstance(found, WireFile):
            return WireJob(
                data=found.data,
                name=found.name,
                origin=found.origin,
                before=found.before,
                format=self.reading.format,
                mapping=self.reading.mapping,
                boilerplate=self.lander.boilerplate,
            )
        return found

    def _land(self, tally: Tally, *, last: Unit | None) -> None:
        """Land what has gathered; the units before `last` are then complete."""
        held = tally.take()
        outcomes = self.lander.land(
            [made for _, made in held if isinstance(made, Arrival)],
            notices=[made for _, made in held if isinstance(made, Notice)],
            set_aside=[made for _, made in held if isinstance(made, SetAside)],
            pages=self.keeping.take() if self.keeping else (),
        )
        arrived = iter(outcomes)
        for unit, made in held:
            tally.count(unit, made, next(arrived) if isinstance(made, Arrival) else own_outcome(made))
        for unit in tally.complete(last):
            self.turns.close(unit, tally.counts[unit.address])
            self.done_units += 1
            self.done_bytes += unit.size
        self.outcomes = tally.total(self.outcomes)

    def _tell(self, pending: int, part: Part) -> None:
        """Tell, once a second at most, how far this is; within a unit the place of its last part says it."""
        if self.seconds() - self.told >= TELL_SECONDS:
            self._show(self._reached(part), pending)

    def _reached(self, part: Part) -> int:
        """Return the bytes of all units up to a part."""
        return self.starts.get(part.unit.address, 0) + min(offset(part.job), part.unit.size)

    def _show(self, done_bytes: int, pending: int = 0) -> None:
        self.told = self.seconds()
        total_bytes = sum(unit.size for unit in self.units)
        if self.watch:
            self.watch(
                Progress(
                    done=self.done_units,
                    total=len(self.units),
                    done_bytes=done_bytes,
                    total_bytes=total_bytes,
                    stories=sum(self.outcomes.values()) + pending,
                    seconds=self.told,
                    seconds_left=self.pace.seconds_left(self.told, done_bytes, total_bytes)
                    if total_bytes
                    else by_share(self.told, self.done_units, len(self.units)),
                    outcomes=dict(self.outcomes),
                )
            )


def _starts(units: Sequence[Unit]) -> dict[str, int]:
    before = accumulate((unit.size for unit in units), initial=0)
    return {unit.address: start for unit, start in zip(units, before, strict=False)}


@contextmanager
def backfilling(
    settings: Settings,
    sources: Sequence[str] | Wanted,
    *,
    again: bool = False,
    reading: Reading = AS_IT_IS,
    clock: Callable[[], datetime] = utc_now,
    watch: Watch | None = None,
    capture: bool = False,
) -> Iterator[Backfilling]:
    """Open a backfill of what `sources` name, for units not done (or `again`); `capture` keeps what leads to items."""
    wanted = sources if isinstance(sources, Wanted) else Wanted(sources=sources)
    with (
        collecting_seldom(),
        Ledger(settings.state_path) as ledger,
        Pool(settings.worker_count, seconds=settings.page_seconds, preload=WIRES) as pool,
        Sources(settings) as opened,
        ledger.claims,
        CaptureWriter(settings.captures_dir) as captures,
    ):
        done = frozenset() if again else ledger.done()
        units = [unit for unit in opened.units(wanted) if not is_own(unit, settings)]
        todo = [unit for unit in units if reading.mark_of(unit) not in done]
        skipped = tuple(unit for unit in units if reading.mark_of(unit) in done)
        if todo:
            pool.prepare()
        ledger.plan((unit.address, reading.mark_of(unit), unit.size) for unit in todo)
        lander = Lander(settings, clock=clock, patient=True)
        turns = Turns(
            ledger=ledger, reading=reading, clock=clock, tell=lander.tell, done_since=clock() if again else EVER
        )
        yield Backfilling(
            settings=settings,
            units=tuple(todo),
            skipped=skipped,
            pool=pool,
            turns=turns,
            lander=lander,
            sources=opened,
            reading=reading,
            starts=_starts(todo),
            watch=watch,
            keeping=Keeping(captures) if capture else None,
        )
        lander.show_units(ledger.units())


def backfill(
    settings: Settings,
    sources: Sequence[str] | Wanted,
    *,
    again: bool = False,
    reading: Reading = AS_IT_IS,
    progress: Watch | None = None,
    capture: bool = False,
) -> RunReport:
    """Land what `sources` (files, folders, globs, addresses) hold and return the account of it."""
    with backfilling(settings, sources, again=again, reading=reading, watch=progress, capture=capture) as filling:
        reports = [filling.before(), *(filling.run(units) for units in filling.groups()), filling.after()]
        return filling.account(reports)
