"""What a run says of itself: outcome counts that sum to what was seen, a line a feed or unit, progress on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from wirecopy.errors import SourceUnavailable, WarehouseBusy
from wirecopy.model import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """What one feed or unit came to: how many inputs ended in which outcome, how long it took, what went wrong."""

    subject: str
    agency: str = ""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    milliseconds: int = 0
    reason: str = ""

    @property
    def seen(self) -> int:
        """Return how many inputs it brought."""
        return sum(self.outcomes.values())

    @property
    def failed(self) -> bool:
        """Return whether the feed or unit itself could not be read."""
        return bool(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The account of one run: every input that was seen, by the one outcome in which it ended."""

    kind: str
    lines: tuple[SourceLine, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    changed: tuple[tuple[str, ...], ...] = ()
    """Where only the changes are asked for, each of them: item, field, what it was, what it would be."""
    change_columns: ClassVar = ("item", "field", "before", "after")
    common_cause: bool = False
    """Whether all failed for one reason, which a note tells: a list of them would say no more."""

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """Return the counts over all lines, in the order of the closed list."""
        total: Counter[Outcome] = Counter()
        for line in self.lines:
            total.update(line.outcomes)
        return {outcome: total[outcome] for outcome in Outcome if total[outcome]}

    @property
    def seen(self) -> int:
        """Return how many inputs were seen."""
        return sum(line.seen for line in self.lines)

    def counts(self) -> dict[str, int]:
        """Return the outcome counts by their words."""
        return {str(outcome): count for outcome, count in self.outcomes.items()}

    def summary(self) -> str:
        """Return the counts in one line."""
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in self.outcomes.items()) or "nothing to do"
        return f"{self.kind}: {counts} in {self.seconds:.1f} s"

    def to_json(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "run": self.kind,
            "seen": self.seen,
            "outcomes": self.counts(),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "changed": [dict(zip(self.change_columns, row, strict=True)) for row in self.changed],
            "sources": [
                {
                    "subject": line.subject,
                    "outcomes": {str(outcome): count for outcome, count in line.outcomes.items()},
                    "milliseconds": line.milliseconds,
                    "reason": line.reason,
                }
                for line in self.lines
            ],
        }

    def to_markdown(self, *, most: int = 10) -> str:
        """Return the report for a person: outcome counts, then the slowest and the failing feeds or units."""
        counts = "\n".join(f"| {outcome} | {count:,} |" for outcome, count in self.outcomes.items())
        parts = [f"**{self.seen:,} inputs in {self.seconds:.1f} s**", f"| outcome | count |\n| --- | ---: |\n{counts}"]
        parts += self.notes
        slowest = sorted(self.lines, key=lambda line: -line.milliseconds)[:most]
        parts.append(
            _listing("Slowest", [(line.subject, f"{line.milliseconds:,} ms") for line in slowest if line.milliseconds])
        )
        parts.append(_listing("Failing", [(line.subject, line.reason) for line in self.lines if line.failed][:most]))
        return "\n\n".join(part for part in parts if part)


def is_transient(_task: object, _run: object, state: Any) -> bool:
    """Return whether a failed slice is worth another try: the type of its error says so."""
    return isinstance(state.result(raise_on_failure=False), SourceUnavailable | WarehouseBusy)


def _listing(title: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    return f"### {title}\n" + "\n".join(f"- {subject}: {word}" for subject, word in rows)


def joined(kind: str, reports: Iterable[RunReport], *, seconds: float) -> RunReport:
    """Return one report of many slices."""
    held = list(reports)
    return RunReport(
        kind=kind,
        lines=tuple(line for report in held for line in report.lines),
        seconds=seconds,
        notes=tuple(dict.fromkeys(note for report in held for note in report.notes)),
        common_cause=any(report.common_cause for report in held)
        and all(report.common_cause for report in held if report.lines),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long run is; `seconds_left` is None until there is something to go by."""

    done: int
    total: int
    done_bytes: int = 0
    total_bytes: int = 0
    stories: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Return stories a second since the start."""
        return self.stories / self.seconds if self.seconds > 0 else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return how far it is for machines."""
        left = self.seconds_left
        return {
            "units": self.done,
            "units_total": self.total,
            "bytes": self.done_bytes,
            "bytes_total": self.total_bytes,
            "stories": self.stories,
            "stories_a_second": round(self.rate, 1),
            "seconds": round(self.seconds, 3),
            "seconds_left": None if left is None else round(left, 1),
            "outcomes": {str(outcome): count for outcome, count in self.outcomes.items()},
        }
