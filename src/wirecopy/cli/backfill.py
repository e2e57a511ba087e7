"""`wirecopy backfill`: archives, dumps and drop folders into the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import Json, Quiet, Warehouse, settings_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wirecopy.pipeline.choice import Reading
    from wirecopy.pipeline.sources import Wanted
    from wirecopy.settings import Settings


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(backfill)


_Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, globs, http(s) and s3 addresses: captured pages, WARC, wire files, dumps, zip, tar."
    ),
]
_CcNews = Annotated[
    str | None, typer.Option("--cc-news", help="Common Crawl's news of these days: 2024-05-01..2024-05-03.")
]
_Wayback = Annotated[
    str | None, typer.Option("--wayback", help="A web archive's captures of these addresses: example.org/news/*.")
]
_From = Annotated[str | None, typer.Option("--from", help="First day of the captures of --wayback.")]
_To = Annotated[str | None, typer.Option("--to", help="Last day of the captures of --wayback.")]
_Capture = Annotated[
    bool,
    typer.Option(
        "--capture",
        help="Keep what leads to news among the captures, so that a replay needs no archive; --watch always does.",
    ),
]
_Again = Annotated[bool, typer.Option("--again", help="Read finished units again.")]
_Format = Annotated[str | None, typer.Option(help="Read wire files as this format instead of sniffing it.")]
_Maps = Annotated[
    list[str] | None,
    typer.Option("--map", help="column=field: which field a dump's column fills. Repeatable."),
]
_Outlets = Annotated[
    list[str] | None,
    typer.Option("--outlet", help="Only this host, or this domain with all its hosts, or this agency. Repeatable."),
]
_Languages = Annotated[
    list[str] | None, typer.Option("--language", help="Only this language, two letters. Repeatable.")
]
_Urls = Annotated[
    list[str] | None,
    typer.Option("--url", help="Only addresses like this whole pattern, * for any text. Repeatable."),
]
_Since = Annotated[str | None, typer.Option("--since", help="Published on this day or later, YYYY-MM-DD.")]
_Until = Annotated[str | None, typer.Option("--until", help="Published on this day or earlier.")]
_CrawledSince = Annotated[str | None, typer.Option("--crawled-since", help="Captured on this day (UTC) or later.")]
_CrawledUntil = Annotated[str | None, typer.Option("--crawled-until", help="Captured on this day or earlier.")]
_Watch = Annotated[
    bool, typer.Option("--watch", help="Watch the folders for files that are dropped into them, until Ctrl-C.")
]
_Every = Annotated[float, typer.Option(help="Seconds between two looks into a watched folder.", min=0.1)]


def backfill(
    sources: _Sources = None,
    warehouse: Warehouse = None,
    *,
    cc_news: _CcNews = None,
    wayback: _Wayback = None,
    first: _From = None,
    last: _To = None,
    again: _Again = False,
    capture: _Capture = False,
    format: _Format = None,  # noqa: A002 - the option's name
    maps: _Maps = None,
    outlets: _Outlets = None,
    languages: _Languages = None,
    urls: _Urls = None,
    since: _Since = None,
    until: _Until = None,
    crawled_since: _CrawledSince = None,
    crawled_until: _CrawledUntil = None,
    watch: _Watch = False,
    every: _Every = 5.0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Land what archives hold; interrupt it when you like, the same command goes on where it stopped."""
    from wirecopy.pipeline.asked import Asked

    asked = Asked(
        cc_news=cc_news,
        wayback=wayback,
        first=first,
        last=last,
        format=format,
        maps=maps or (),
        outlets=outlets or (),
        languages=languages or (),
        urls=urls or (),
        since=since,
        until=until,
        crawled_since=crawled_since,
        crawled_until=crawled_until,
    )
    settings = settings_for(warehouse)
    reading = asked.reading()
    if watch:
        _watch(settings, asked.folders(sources), every, reading, json=json, quiet=quiet)
    else:
        _fill(settings, asked.wanted(sources), reading, again=again, capture=capture, json=json, quiet=quiet)


def _fill(
    settings: Settings, wanted: Wanted, reading: Reading, *, again: bool, capture: bool, json: bool, quiet: bool
) -> None:
    from wirecopy.pipeline import backfill as filling

    with show.progress("backfill", quiet=quiet, as_json=json) as progress:
        report = filling.backfill(settings, wanted, again=again, reading=reading, progress=progress, capture=capture)
    show.run_report(report, as_json=json, quiet=quiet)


def _watch(
    settings: Settings, folders: Sequence[str], every: float, reading: Reading, *, json: bool, quiet: bool
) -> None:
    import signal
    import threading

    from wirecopy.pipeline.watch import watch

    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    tell = None if quiet else show.turn_lines if json else show.turn
    report = watch(settings, folders, seconds=every, stop=stop, reading=reading, tell=tell)
    show.run_report(report, as_json=json, quiet=quiet)
