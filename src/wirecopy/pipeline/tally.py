"""What a backfill has gathered and not landed yet, and what each of its units has come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from wirecopy.archive import Unit
from wirecopy.model import Notice, Outcome, SetAside
from wirecopy.pipeline.report import SourceLine
from wirecopy.pipeline.work import Made


class Tally:
    """The account of some units while they are read."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._open = list(units)
        self._held: list[tuple[Unit, Made]] = []
        self._reasons: dict[str, str] = {}
        self._fresh: Counter[Outcome] = Counter()
        self.counts: dict[str, Counter[Outcome]] = {unit.address: Counter() for unit in units}

    @property
    def pending(self) -> int:
        """Return how much has gathered."""
        return len(self._held)

    def add(self, unit: Unit, made: tuple[Made, ...]) -> None:
        """Gather what a part of a unit gave."""
        self._held += [(unit, one) for one in made]

    def take(self) -> list[tuple[Unit, Made]]:
        """Return what has gathered, to land it."""
        held, self._held = self._held, []
        return held

    def count(self, unit: Unit, made: Made, outcome: Outcome) -> None:
        """Count one input by the outcome in which it ended."""
        if isinstance(made, SetAside):
            self._reasons.setdefault(unit.address, f"{made.reason}: {made.detail}" if made.detail else made.reason)
        self.counts[unit.address][outcome] += 1
        self._fresh[outcome] += 1

    def total(self, before: Counter[Outcome]) -> Counter[Outcome]:
        """Return the counts of `before` and of what was counted since the last call."""
        total, self._fresh = before + self._fresh, Counter()
        return total

    def complete(self, last: Unit | None) -> Iterator[Unit]:
        """Yield, once, the units whose every record has landed."""
        while self._open and self._open[0] is not last:
            yield self._open.pop(0)

    def lines(self) -> Iterator[SourceLine]:
        """Yield a line a unit."""
        for address, counts in self.counts.items():
            yield SourceLine(subject=address, outcomes=counts, reason=self._reason(address))

    def _reason(self, address: str) -> str:
        """Return why something in a unit was set aside: the first reason, and how many there are."""
        aside = self.counts[address][Outcome.SET_ASIDE]
        more = f" (and {aside - 1:,} more set aside)" if aside > 1 else ""
        return f"{self._reasons[address]}{more}" if aside else ""


def own_outcome(made: Made) -> Outcome:
    """Return the outcome of what ends in one without landing as an item."""
    return Outcome.NOTICE if isinstance(made, Notice) else Outcome.SET_ASIDE
