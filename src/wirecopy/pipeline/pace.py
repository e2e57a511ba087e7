"""How fast a long run is, told from what has landed.

Batches land in jerks, while workers read ahead: what has been read says little of the time left, and the seconds since
the last landing say less. So the pace is taken from landing to landing, of late, and without the start of the run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_LATE = 3
"""The last two thirds of what has landed tell the pace: costs may grow with what is held."""

_SOON = 1.0


class _Mark(NamedTuple):
    seconds: float
    done: int


@dataclass(slots=True)
class Pace:
    """When how much had landed, in the order in which it did."""

    marks: list[_Mark] = field(default_factory=list)

    def begin(self, seconds: float) -> None:
        """Note that the first input has been read."""
        if not self.marks:
            self.marks.append(_Mark(seconds, 0))

    def landed(self, seconds: float, done: int) -> None:
        """Note that so much of all (bytes) has landed `seconds` after the start."""
        if self.marks and done > self.marks[-1].done:
            self.marks.append(_Mark(seconds, done))

    def seconds_left(self, seconds: float, done: int, total: int) -> float | None:
        """Return the seconds left of `total`, of which `done` has been read; None until there is something to go by."""
        if not done or not self.marks or seconds < _SOON:
            return None
        if len(self.marks) == 1:
            return by_share(seconds - self.marks[0].seconds, done, total)
        last = self.marks[-1]
        first = next(mark for mark in self.marks if mark.done * _LATE >= last.done or mark is self.marks[-2])
        pace = (last.seconds - first.seconds) / (last.done - first.done)
        due = pace * (total - last.done) - (seconds - last.seconds)
        return max(due, pace * (total - done))


def by_share(seconds: float, done: int, total: int) -> float | None:
    """Return the seconds left where `done` of `total` took so many; None where nothing is done."""
    return seconds * (total - done) / done if done else None
