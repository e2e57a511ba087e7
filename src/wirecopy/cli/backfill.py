"""`wirecopy backfill`: archives, dumps and drop folders into the warehouse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import Json, Quiet, Warehouse, settings_for
from wirecopy.errors import SettingsError

if TYPE_CHECKING:
    from wirecopy.pipeline.choice import Reading
    from wirecopy.settings import Settings


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(backfill)


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
_Maps = Annotated[
    list[str] | None,
    typer.Option("--map", help="column=field: which field a dump's column fills. Repeatable."),
]


def backfill(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, http(s) and s3 addresses: captured pages, WARC, wire files, dumps, zip, tar."
        ),
    ] = None,
    warehouse: Warehouse = None,
    *,
    cc_news: Annotated[
        str | None, typer.Option("--cc-news", help="Common Crawl's news of these days: 2024-05-01..2024-05-03.")
    ] = None,
    wayback: Annotated[
        str | None, typer.Option("--wayback", help="A web archive's captures of these addresses: example.org/news/*.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day of the captures of --wayback.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day of the captures of --wayback.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Read finished units again.")] = False,
    format: Annotated[str | None, typer.Option(help="Read wire files as this format instead of sniffing it.")] = None,  # noqa: A002
    maps: _Maps = None,
    outlets: _Outlets = None,
    languages: _Languages = None,
    urls: _Urls = None,
    since: _Since = None,
    until: _Until = None,
    crawled_since: _CrawledSince = None,
    crawled_until: _CrawledUntil = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Watch the folders for files that are dropped into them, until Ctrl-C.")
    ] = False,
    every: Annotated[float, typer.Option(help="Seconds between two looks into a watched folder.", min=0.1)] = 5.0,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Land what archives hold; interrupt it when you like, the same command goes on where it stopped."""
    from wirecopy.pipeline import backfill as filling
    from wirecopy.pipeline.choice import Choice, Reading
    from wirecopy.pipeline.sources import Wanted

    choice = Choice(
        outlets=tuple(outlets or ()),
        languages=tuple(languages or ()),
        urls=tuple(urls or ()),
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        crawled_since=_day(crawled_since, "--crawled-since"),
        crawled_until=_day(crawled_until, "--crawled-until"),
    )
    reading = Reading(format=format, mapping=tuple(map(_pair, maps or ())), choice=choice)
    settings = settings_for(warehouse)
    if not (sources or cc_news or wayback):
        raise SettingsError("nothing to read is named", remedy="name files, or use --cc-news or --wayback")
    if watch:
        _watch(settings, sources or [], every, reading, json=json, quiet=quiet)
        return
    wanted = Wanted(
        sources=sources or (),
        cc_news=_days(cc_news) if cc_news else None,
        wayback=wayback,
        captured=(_day(first, "--from") or date(1996, 1, 1), _day(last, "--to") or date(9999, 12, 31)),
    )
    with show.progress("backfill", quiet=quiet, as_json=json) as progress:
        report = filling.backfill(settings, wanted, again=again, reading=reading, progress=progress)
    show.run_report(report, as_json=json)


def _watch(settings: Settings, folders: list[str], every: float, reading: Reading, *, json: bool, quiet: bool) -> None:
    import signal
    import threading

    from wirecopy.pipeline.watch import watch

    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    tell = None if quiet else show.turn_lines if json else show.turn
    report = watch(settings, folders, seconds=every, stop=stop, reading=reading, tell=tell)
    show.run_report(report, as_json=json)


def _day(text: str | None, option: str) -> date | None:
    return None if text is None else _date(text, option)


def _date(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise SettingsError(f"{text!r} is no date", subject=option, remedy="write it as 2025-06-26") from err


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    begin = _date(first, "--cc-news")
    return begin, _date(last, "--cc-news") if last else begin


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not (column and equals and field):
        raise SettingsError(f"{text!r} is no mapping", subject="--map", remedy="write it as column=field")
    return column.strip(), field.strip()
