"""Commands about feeds: list, add, history, import, export, check, discover."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import App, Json, Quiet, Warehouse, settings_for

Url = Annotated[str, typer.Argument(help="The feed's address: https://host/path.")]
Site = Annotated[str, typer.Argument(help="A page of the site: https://host/.")]
Auth = Annotated[str | None, typer.Option(help="Name of the environment variable that holds its credentials.")]
group = App("feeds", help="The feeds that are polled.")


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(group)


@group.command("list")
def list_feeds(warehouse: Warehouse = None, *, json: Json = False) -> None:
    """List the feeds with their health: last success, last new item, items a day, next poll."""
    from wirecopy.pipeline.feeds import listed

    columns, rows = listed(settings_for(warehouse))
    if json:
        show.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        show.table(columns, rows)


@group.command()
def add(
    url: Url,
    warehouse: Warehouse = None,
    *,
    agency: Annotated[str | None, typer.Option(help="The agency behind it, if one is.")] = None,
    title: Annotated[str, typer.Option(help="What you call it.")] = "",
    country: Annotated[str | None, typer.Option(help="Its home country, two letters.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language, two letters.")] = None,
    zone: Annotated[str | None, typer.Option(help="Its time zone, as Europe/Paris.")] = None,
    auth: Auth = None,
) -> None:
    """Add a feed to those that are polled."""
    from wirecopy.model import Feed
    from wirecopy.pipeline.feeds import add_feed

    feed = Feed(url=url, agency=agency, title=title, country=country, language=language, zone=zone, auth=auth)
    show.say(add_feed(settings_for(warehouse), feed))


@group.command()
def history(
    url: Url,
    warehouse: Warehouse = None,
    *,
    pages: Annotated[bool, typer.Option(help="Fetch the article pages of what it names.")] = True,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Walk the earlier pages of a feed (RFC 5005), or all sitemaps of an index, and land what they name; polls go on."""
    from wirecopy.pipeline.history import read_history

    with show.progress("history", quiet=quiet or json) as progress:
        report = read_history(settings_for(warehouse), url, pages=pages, progress=progress)
    show.run_report(report, as_json=json, quiet=quiet)


@group.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)],
    warehouse: Warehouse = None,
) -> None:
    """Add the feeds of an OPML list."""
    from wirecopy.pipeline import feeds

    show.say(feeds.import_feeds(settings_for(warehouse), file.read_bytes(), name=str(file)))


@group.command("export")
def export_feeds(warehouse: Warehouse = None) -> None:
    """Print the feeds that are polled as an OPML list."""
    from wirecopy.pipeline import feeds

    sys.stdout.buffer.write(feeds.export_feeds(settings_for(warehouse)))


@group.command()
def discover(url: Site, warehouse: Warehouse = None, *, json: Json = False) -> None:
    """Find the feeds of a site."""
    from wirecopy.pipeline.feeds import discovered

    columns, rows = ("feed", "title", "named by"), discovered(settings_for(warehouse), url)
    if json:
        show.say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif rows:
        show.table(columns, rows)
    else:
        show.say("no feed found there")


@group.command()
def check(url: Url, warehouse: Warehouse = None, *, auth: Auth = None, json: Json = False) -> None:
    """Fetch a feed and tell what it would add, landing nothing."""
    from wirecopy.pipeline.feeds import checked

    found = checked(settings_for(warehouse), url, auth=auth)
    if json:
        show.say_json(found.to_json())
        return
    show.say(found.summary())
    show.table(("headline", "date as given", "link", "held"), found.rows)
