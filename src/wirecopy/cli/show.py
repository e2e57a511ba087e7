"""Values as a person reads them in a terminal, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wirecopy.errors import WirecopyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.text import Text

    from wirecopy.dedupe.diff import Span
    from wirecopy.pipeline.report import Progress, RunReport


def cell_len(text: str) -> int:
    """Return how many columns a text takes: East Asian letters take two."""
    from rich.cells import cell_len as measured

    return max((measured(line) for line in text.split("\n")), default=0)


FEW_FAILING = 10
"""Failing sources up to which all are listed, though one note says why."""
MOST_FAILING = 500
"""Sources whose failure is told one by one: more than anybody's feeds, fewer than the pages of an archive."""
MOST_CHANGED = 500
"""Changes that are shown one by one,"""
CHANGE_TEXT = 60
"""and the characters of each value."""


def console(*, stderr: bool = False) -> Console:
    """Return a console; wide enough for full values where its output is piped."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 200, highlight=False, soft_wrap=False)


def fail(error: WirecopyError, code: int) -> int:
    """Print an error as one line (as JSON where --json was asked for) and return its exit code."""
    if "--json" in sys.argv:
        line = json.dumps({"error": error.message, "subject": error.subject, "remedy": error.remedy, "exit": code})
    else:
        line = f"wirecopy: {' '.join(str(error).split())}"
    print(line, file=sys.stderr)  # noqa: T201
    return code


def say(text: str = "") -> None:
    """Print a line."""
    print(text)  # noqa: T201


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    say(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def cell(value: Any) -> str:
    """Return a value as one table cell: times in UTC to the second, lists in brackets, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" + ("Z" if value.tzinfo else "")
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(cell(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {cell(one)}" for key, one in value.items()) + "}"
    return str(value)


NARROWEST, WIDEST, FOLDS = 20, 60, 4
"""Columns that a long cell is given at least and at most for a table to be drawn; into how many lines it may fold."""
GAP = 2
RECORD_TEXT = 400


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Print rows as a table, or, where they are too wide for the terminal, one column a line."""
    held = [[cell(value) for value in row] for row in rows]
    right = [bool(held) and all(map(_is_number, column)) for column in zip(*held, strict=True)] if held else []
    output = console()
    widths = [max((cell_len(text) for text in column), default=0) for column in zip(columns, *held, strict=True)]
    if sum(_least(width) + GAP for width in widths) <= output.width or len(columns) < 3:
        _draw(output, columns, held, right, title)
    else:
        _list(output, columns, held, title)


def _least(width: int) -> int:
    return min(width, max(NARROWEST, min(width // FOLDS, WIDEST)))


def _is_number(text: str) -> bool:
    return not text or text.replace(".", "", 1).replace("-", "", 1).replace("e", "", 1).isdigit()


def _draw(output: Console, columns: Sequence[str], rows: list[list[str]], right: list[bool], title: str | None) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        show_edge=False,
    )
    for index, name in enumerate(columns):
        drawn.add_column(name, justify="right" if right and right[index] else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(value) for value in row))
    with output.capture() as lines:
        output.print(drawn)
    for line in lines.get().splitlines():
        say(line.rstrip())


def _list(output: Console, columns: Sequence[str], rows: list[list[str]], title: str | None) -> None:
    """Print each row as lines of `column  value`; long texts are shortened here, --json and --csv give them whole."""
    from rich.text import Text

    if title:
        output.print(Text(title, style="italic"))
    margin = max(map(len, columns), default=0)
    for number, row in enumerate(rows, 1):
        output.print(Text(f"─ {number} " + "─" * 40, style="dim"))
        for name, value in zip(columns, row, strict=True):
            if value:
                output.print(Text(f"{name:<{margin}}  {_shortened(value)}"))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= RECORD_TEXT else f"{line[:RECORD_TEXT]} … ({len(text):,} characters, --json shows all)"


def run_report(report: RunReport, *, as_json: bool, quiet: bool = False) -> None:
    """Print what a run came to: every source that failed with its reason, or where to look for them, then the counts."""
    if as_json:
        say_json(report.to_json())
        return
    if quiet:
        _where_failures_stand(report)
    else:
        _failing(report)
    if report.changed and not quiet:
        table(report.change_columns, [[text[:CHANGE_TEXT] for text in row] for row in report.changed[:MOST_CHANGED]])
    if len(report.changed) > MOST_CHANGED and not quiet:
        say(f"and {len(report.changed) - MOST_CHANGED:,} more changes; --json names all")
    for note in report.notes:
        say(note)
    say(report.summary())


def _failing(report: RunReport) -> None:
    failing = [(line.agency, line.subject, line.reason) for line in report.lines if line.failed]
    shown = failing if len(failing) <= FEW_FAILING or not report.common_cause else []
    if shown:
        named = any(agency for agency, _, _ in shown)  # archives are of no wire
        columns = ("wire", "source", "reason") if named else ("source", "reason")
        table(columns, [row[-len(columns) :] for row in shown[:MOST_FAILING]])
    if len(shown) > MOST_FAILING:
        say(f"and {len(shown) - MOST_FAILING:,} more sources; --json names all")


def _where_failures_stand(report: RunReport) -> None:
    """Print how many sources brought what could not be used, and the query that tells what and why."""
    failed = sum(line.failed for line in report.lines)
    if failed:
        elsewhere = "report.feed_health" if report.kind == "poll" else "core.unit where status = 'failed'"
        held = "report.set_aside" if "set aside" in report.counts() else elsewhere
        sources = "1 source" if failed == 1 else f"{failed:,} sources"
        say(f'{sources} with something that could not be used; wirecopy sql "from {held}" tells what and why')


def turn(report: RunReport) -> None:
    """Print what one look into a drop folder brought, what failed first."""
    run_report(report, as_json=False)


def turn_lines(report: RunReport) -> None:
    """Print what one look into a drop folder brought, as a line of JSON."""
    print(json.dumps(report.to_json()), file=sys.stderr, flush=True)  # noqa: T201


@contextmanager
def progress(title: str, *, quiet: bool, as_json: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """Give a callback that draws a bar with rate and time left, or prints lines of JSON; None where nobody watches."""
    if as_json and not quiet:
        yield lambda state: print(json.dumps(state.to_json()), file=sys.stderr, flush=True)  # noqa: T201
        return
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(TextColumn(title), BarColumn(), TextColumn("{task.description}"), console=console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda state: bar.update(
            task,
            total=state.total_bytes or state.total,
            completed=state.done_bytes if state.total_bytes else state.done,
            description=progress_line(state),
        )


def progress_line(state: Progress) -> str:
    """Return how far a run is, in words: units, stories, rate, time left."""
    left = state.seconds_left
    eta = f", {left // 60:.0f} min {left % 60:.0f} s left" if left is not None else ""
    return f"{state.done:,} of {state.total:,}, {state.stories:,} stories, {state.rate:,.0f}/s{eta}"


_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def pieces(found: Iterable[Span]) -> None:
    """Print a text diff: coloured in a terminal, marked as `[-removed-]{+added+}` elsewhere."""
    console().print(_painted(found, plain=not sys.stdout.isatty()))


def _painted(found: Iterable[Span], *, plain: bool) -> Text:
    from rich.text import Text

    painted = Text()
    for piece in found:
        before, after = _MARKS[piece.kind] if plain else ("", "")
        painted.append(f"{before}{piece.text}{after}", style=_STYLES[piece.kind])
    return painted


def side_by_side(names: tuple[str, str], texts: tuple[Iterable[Span], Iterable[Span]]) -> None:
    """Print two texts beside each other, what they share in bold in a terminal and as `{=shared=}` elsewhere."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    cells = []
    for name, found in zip(names, texts, strict=True):
        drawn.add_column(name, ratio=1, overflow="fold")
        cells.append(Text.assemble(*(_shared(piece, plain=not sys.stdout.isatty()) for piece in found)))
    drawn.add_row(*cells)
    console().print(drawn)


def _shared(piece: Span, *, plain: bool) -> tuple[str, str]:
    if piece.kind != "same":
        return piece.text, "dim"
    bare = piece.text.rstrip()
    return (f"{{={bare}=}}{piece.text[len(bare) :]}" if plain else piece.text), "bold"
