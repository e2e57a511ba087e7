"""Commands that bring news in and keep the warehouse: demo, poll, replay, land, keep, serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import Json, Quiet, Warehouse, settings_for


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (demo, poll, replay, land, keep, serve):
        app.command()(command)


def demo() -> None:
    """Run the whole job on sample wires: two polls by the real Prefect flow, an archive file, then what SQL sees of it."""
    from wirecopy.demo.run import run_demo

    run_demo(show.say, show.table, show.pieces)


def poll(
    warehouse: Warehouse = None,
    *,
    pages: Annotated[
        bool,
        typer.Option(help="Fetch the article pages; without them what feeds hold in full lands, and the rest waits."),
    ] = True,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Poll the feeds that are due, capture and read their articles, land them."""
    from wirecopy.pipeline import ingest

    with show.progress("poll", quiet=quiet or json) as progress:
        report = ingest.poll(settings_for(warehouse), pages=pages, progress=progress)
    show.run_report(report, as_json=json, quiet=quiet)


def replay(
    warehouse: Warehouse = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change, row by row.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read all captures again under today's rules and rewrite the rows derived from them."""
    from wirecopy.pipeline import replay as replaying

    with show.progress("replay", quiet=quiet or json) as progress:
        report = replaying.replay(settings_for(warehouse), dry_run=dry_run, progress=progress)
    show.run_report(report, as_json=json, quiet=quiet)


def land(warehouse: Warehouse = None, *, json: Json = False) -> None:
    """Land the batches that wait in the spool because the warehouse was locked."""
    from wirecopy.pipeline import settle

    show.run_report(settle.land_waiting(settings_for(warehouse)), as_json=json)


def keep(warehouse: Warehouse = None, *, json: Json = False) -> None:
    """Do the nightly upkeep: land what waits, settle stories, rebuild the search, run the checks."""
    from wirecopy.pipeline import settle

    show.run_report(settle.keep(settings_for(warehouse)), as_json=json)


def serve(
    warehouse: Warehouse = None,
    every: Annotated[float, typer.Option(help="Minutes between two polls.", min=0.1)] = 5.0,
    keep_cron: Annotated[str, typer.Option("--keep", help="Cron line of the nightly upkeep, in UTC.")] = "30 3 * * *",
) -> None:
    """Run the Prefect flows on their schedules until interrupted."""
    from wirecopy.pipeline.flows import become_flow

    settings = settings_for(warehouse)
    absolute = settings_for(Path(settings.warehouse).absolute())
    become_flow("serve", ["--every", str(every), "--keep", keep_cron], absolute)
