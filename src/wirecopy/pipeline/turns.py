"""Whose turn a unit is: several runs, on this machine or on others, may read one archive into one data folder.

Each unit is claimed in the ledger before it is read. What another living run has is looked at again at the end: when a
backfill returns, all that it was asked for is done, here or there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wirecopy.archive import Unit
from wirecopy.model import Outcome
from wirecopy.pipeline.choice import Reading
from wirecopy.store.ledger import DONE, EVER, Ledger

LOOK_SECONDS = 1.0
"""Between two looks whether units that another run has are free."""


@dataclass(slots=True, kw_only=True)
class Turns:
    """The units of a run as the ledger knows them: begun, done, failed, or another's."""

    ledger: Ledger
    reading: Reading
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    done_since: datetime = EVER
    """Units finished since then are not done again."""
    passed: set[str] = field(default_factory=set)
    """The addresses of units that are not, or not now, this run's to do."""
    _failed: dict[str, str] = field(default_factory=dict)
    _elsewhere: dict[str, Unit] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def begin(self, unit: Unit) -> bool:
        """Claim a unit; False where it was done meanwhile, or another run has it."""
        mark = self.reading.mark_of(unit)
        held = self.ledger.start(unit.address, mark, unit.size, at=self.clock(), since=self.done_since)
        if not held:
            self.passed.discard(unit.address)
            return True
        self.passed.add(unit.address)
        if held != DONE:
            self._elsewhere[mark] = unit
            self._name(str(held))
        return False

    def _name(self, who: str) -> None:
        """Say, once, who has a part of the work."""
        if who not in self._named:
            self._named.add(who)
            self.tell(f"another run has a part of these units, and is waited for at the end: {who}")

    def fail(self, unit: Unit, why: str) -> None:
        """Remember that a unit could not be had."""
        self._failed[unit.mark] = why

    def close(self, unit: Unit, counts: Mapping[Outcome, int]) -> None:
        """Note in the ledger that a unit is done, or could not be had; one that was not begun stays as it is."""
        if unit.address in self.passed:
            return
        mark, at = self.reading.mark_of(unit), self.clock()
        if why := self._failed.pop(unit.mark, ""):
            self.ledger.fail(unit.address, mark, why, at=at)
        else:
            self.ledger.finish(unit.address, mark, counts, at=at)

    def freed(self) -> Iterator[list[Unit]]:
        """Yield the units that other runs have, until each is done there, or begun here since that run died."""
        while self._elsewhere:
            units = list(self._elsewhere.values())
            self._elsewhere = {}
            yield units
            if self._elsewhere:
                time.sleep(LOOK_SECONDS)
