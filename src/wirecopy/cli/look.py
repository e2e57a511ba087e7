"""Commands that only look: sql, status, diff, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import Json, Warehouse, settings_for


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (sql, status, diff, doctor):
        app.command()(command)


def sql(
    query: Annotated[
        str | None, typer.Argument(help="The statement; without it, statements are read from standard input.")
    ] = None,
    warehouse: Warehouse = None,
    *,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a header row, full values.")] = False,
) -> None:
    """Ask the warehouse, read-only: `wirecopy sql "from stories limit 5"`."""
    settings = settings_for(warehouse)
    if query is not None:
        _answer(settings.warehouse, query, json=json, csv=csv)
    elif not sys.stdin.isatty():
        _answer(settings.warehouse, sys.stdin.read(), json=json, csv=csv)
    else:
        _converse(settings.warehouse)


def _answer(path: Path, query: str, *, json: bool, csv: bool) -> None:
    from wirecopy.store.connection import Warehouse as Opened
    from wirecopy.store.query import as_csv, as_json, run

    result = run(Opened(path), query)
    if json or csv:
        sys.stdout.writelines(as_json(result) if json else as_csv(result))
    else:
        show.table(result.columns, result.rows)


def _converse(path: Path) -> None:
    """Read statements one a line until the end of input; a wrong one is told and the next read."""
    from wirecopy.errors import WirecopyError

    show.say(f"{path}, read-only; one statement a line, Ctrl-D to leave")
    while True:
        try:
            line = input("sql> ").strip()
        except EOFError:
            return
        if line:
            try:
                _answer(path, line, json=False, csv=False)
            except WirecopyError as err:
                show.fail(err, 1)


def status(warehouse: Warehouse = None, *, json: Json = False) -> None:
    """Show what the warehouse holds, how the feeds are, what waits to land."""
    from wirecopy.pipeline.status import FEED_COLUMNS, read_status

    found = read_status(settings_for(warehouse))
    if json:
        show.say_json(found.to_json())
        return
    for line in found.lines():
        show.say(line)
    if found.failing:
        show.table(FEED_COLUMNS, found.failing)


def diff(
    key: Annotated[str, typer.Argument(help="An item's key, its address or another of its identifiers.")],
    warehouse: Warehouse = None,
    *,
    first: Annotated[int | None, typer.Option("--from", help="Number of the revision to start from.")] = None,
    last: Annotated[int | None, typer.Option("--to", help="Number of the revision to end with.")] = None,
    json: Json = False,
) -> None:
    """Show how an item's text changed, revision by revision or between two of them, word by word."""
    from wirecopy.pipeline.explain import changes

    found = changes(settings_for(warehouse), key, first=first, last=last)
    if json:
        from dataclasses import asdict

        show.say_json([asdict(changed) for changed in found])
        return
    if not found:
        show.say("It has one text only: nothing has changed.")
    for changed in found:
        show.say(changed.heading)
        show.pieces(changed.pieces)


def doctor(warehouse: Warehouse = None, *, json: Json = False) -> None:
    """Check the installation and the warehouse; every finding comes with its remedy."""
    from wirecopy.pipeline.doctor import examine

    findings = examine(settings_for(warehouse))
    if json:
        show.say_json(
            [{"check": one.check, "state": one.state, "detail": one.detail, "remedy": one.remedy} for one in findings]
        )
    else:
        show.table(
            ("check", "state", "detail", "remedy"), [(one.check, one.state, one.detail, one.remedy) for one in findings]
        )
    if any(one.state == "wrong" for one in findings):
        raise typer.Exit(1)
