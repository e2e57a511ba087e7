"""Lines of a delimited table -> its rows, each with the number of its first line.

Rules that live here: which mark parts cells, how they are quoted, and how to go on behind a row that is broken: where a
quote never closes, or a row of several lines has not the header's number of cells, its first line alone is given up.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from wirecopy.errors import MarkupUnreadable

MAX_CELL = 5_000_000
_MAX_ROW = 5_000_000
_SAMPLE = 50
# sep=;   "sep=,"
_SEPARATOR = re.compile(r'^"?sep=(?P<mark>.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a table parts and quotes its cells."""

    delimiter: str
    quote: str = '"'
    escaped: bool = False
    """A quote within a cell has a backslash before it, and is not doubled."""

    def cells(self, lines: list[str]) -> list[str]:
        """Return the cells of a row; raises `csv.Error`."""
        options: dict[str, Any] = {"escapechar": "\\", "doublequote": False} if self.escaped else {}
        options |= {"delimiter": self.delimiter, "quotechar": self.quote}
        try:
            return next(csv.reader((line + "\n" for line in lines), **options), [])
        except csv.Error:
            if not any("\r" in line for line in lines):
                raise
            return next(csv.reader((line.replace("\r", " ") + "\n" for line in lines), **options), [])

    def is_open(self, line: str) -> bool:
        """Return whether a line opens or closes a quotation that runs over its end."""
        return (re.sub(r"\\.", "", line) if self.escaped else line).count(self.quote) % 2 == 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table's header and its rows: the number of the first line, and the cells or what was wrong."""

    header: tuple[str, ...]
    first: int
    """The number of the line behind the header."""
    rows: Iterator[tuple[int, list[str] | MarkupUnreadable]]


def delimiter_of(header: str) -> str:
    """Return the mark that parts the columns of a header line: the one that occurs most."""
    return max(",;\t|", key=header.count)


def read_table(lines: Iterable[str]) -> Table:
    """Return the table of a file's lines; comments and a spreadsheet's `sep=` line before the header are passed over.

    Raises `MarkupUnreadable` for a header that cannot be read.
    """
    csv.field_size_limit(MAX_CELL)
    source = iter(lines)
    number, stated, first = 0, "", ""
    while not first.strip() or first.startswith("#"):
        line = next(source, None)
        if line is None:
            break
        number += 1
        first = line.lstrip("\ufeff")
        if named := _SEPARATOR.match(first):
            stated, first = named["mark"], ""
    sample, source = _sampled(source)
    habit = _habit(stated or delimiter_of(first), first, sample)
    try:
        header = tuple(_unique(habit.cells([first])))
    except csv.Error as err:
        raise MarkupUnreadable(f"the line of the table's columns is broken: {err}") from err
    return Table(header, number + 1, _rows(chain(sample, source), number + 1, habit, len(header)))


def _sampled(lines: Iterator[str]) -> tuple[list[str], Iterator[str]]:
    """Return the first lines and an iterator of the rest, which raises in its turn where no more could be read."""
    sample: list[str] = []
    try:
        sample.extend(islice(lines, _SAMPLE))
    except MarkupUnreadable as err:
        return sample, map(_raised, (err,))
    return sample, lines


def _raised(error: MarkupUnreadable) -> str:
    raise error


def _habit(delimiter: str, header: str, sample: list[str]) -> Habit:
    """Return the way of quoting under which most rows have the header's number of cells, and fewest have not."""
    ways = [Habit(delimiter), Habit(delimiter, escaped=True), Habit(delimiter, quote="'")]
    return max(ways, key=lambda way: _fitting(way, header, sample))


def _fitting(way: Habit, header: str, sample: list[str]) -> int:
    try:
        width = len(way.cells([header]))
        rows = _rows(iter(sample), 1, way, width, part=len(sample) == _SAMPLE)
        return sum(1 if isinstance(row, list) and not _spoilt(row, way) else -1 for _, row in rows)
    except csv.Error:
        return -_SAMPLE


def _spoilt(row: list[str], way: Habit) -> bool:
    """Return whether cells show signs that another way of quoting would have taken away."""
    marks = "'" if way.quote == '"' else '"'
    quoted = (len(cell) > 1 and cell[0] in marks and cell[-1] in marks for cell in map(str.strip, row))
    return any(quoted) or (not way.escaped and any('\\"' in cell or cell.endswith("\\") for cell in row))


def _unique(header: list[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for n, raw in enumerate(header, start=1):
        name = raw.strip() or f"column {n}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}"


def _rows(
    lines: Iterator[str], number: int, habit: Habit, width: int, *, part: bool = False
) -> Iterator[tuple[int, list[str] | MarkupUnreadable]]:
    """Yield each row; behind a broken one, reading goes on at the line after its first.

    Where the lines are a `part` of the file, one that goes on behind them is left out.
    """
    waiting: deque[str] = deque()
    while True:
        held = _row_lines(waiting, lines, habit)
        if not held:
            return
        if part and not waiting and sum(map(habit.is_open, held)) % 2:
            return
        row = _row(held, habit, width)
        if isinstance(row, MarkupUnreadable) and len(held) > 1:
            waiting.extendleft(reversed(held[1:]))
            held = held[:1]
        if isinstance(row, MarkupUnreadable) or any(cell.strip() for cell in row):
            yield number, row
        number += len(held)


def _row_lines(waiting: deque[str], lines: Iterator[str], habit: Habit) -> list[str]:
    """Return the lines of the next row: to the one where every quotation is closed, as far as a row may reach."""
    held: list[str] = []
    size, inside = 0, False
    while size <= _MAX_ROW:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            break
        held.append(line)
        size += len(line)
        inside ^= habit.is_open(line)
        if not inside:
            break
    return held


def _row(lines: list[str], habit: Habit, width: int) -> list[str] | MarkupUnreadable:
    try:
        cells = habit.cells(lines)
    except csv.Error as err:
        return MarkupUnreadable(str(err))
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width and any(cell.strip() for cell in cells):
        many = f"{len(cells)} cell{'s' * (len(cells) != 1)}"
        return MarkupUnreadable(f"it has {many} where the header has {width}", reason="cut off")
    return cells
