"""A feed's history: the earlier pages of a paged or archived feed (RFC 5005), read as if they had been polled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from wirecopy.errors import FeedUnreadable, SourceError
from wirecopy.fetch.walk import Document, earlier_pages, read_document
from wirecopy.model import Feed, FeedState, Outcome, PageRecord
from wirecopy.pipeline.about import About
from wirecopy.pipeline.entries import settle_entries
from wirecopy.pipeline.feedpoll import waits_of
from wirecopy.pipeline.feedread import FeedJob, compared
from wirecopy.pipeline.ingest import Polling, Watch, polling
from wirecopy.pipeline.landing import utc_now
from wirecopy.pipeline.report import RunReport, SourceLine, joined
from wirecopy.pipeline.tools import Tools
from wirecopy.settings import Settings
from wirecopy.store.state import PolledFeed


def read_history(
    settings: Settings,
    url: str,
    *,
    pages: bool = True,
    clock: Callable[[], datetime] = utc_now,
    progress: Watch | None = None,
) -> RunReport:
    """Land what a feed and its earlier pages name, and return the account of it; the feed is polled from then on.

    Raises `SourceError` or `FeedUnreadable` where the feed itself cannot be had or read; an earlier page that cannot
    ends the walk with a note.
    """
    with polling(settings, pages=pages, clock=clock, watch=progress) as under_way:
        if under_way.idle:
            return under_way.account([under_way.before()])
        before = under_way.before()
        return under_way.account([before, under_way.runner.run(_history(under_way, url))])


async def _history(under_way: Polling, url: str) -> RunReport:
    tools, client = under_way.tools, under_way.client
    feed, held = _feed(tools, url)
    document = await read_document(client, held.url, auth=feed.auth)
    tools.state.add_feeds([feed])
    counts, read, notes = _keep(tools, feed, held, document), 1, []
    try:
        async for earlier in earlier_pages(client, document.content, auth=feed.auth):
            counts += _keep(tools, feed, held, earlier)
            read += 1
    except (SourceError, FeedUnreadable) as err:
        notes.append(f"the walk ends early: {err}")
    settled = await settle_entries(tools, client, {held.url: feed}, under_way.tell_stories)
    line = SourceLine(subject=feed.url, agency=feed.agency or "", outcomes=counts + settled.total())
    notes.append(f"{read} {'page' if read == 1 else 'pages'} of the feed read")
    return joined("poll", [RunReport(kind="poll", lines=(line,), notes=tuple(notes))], seconds=under_way.seconds())


def _feed(tools: Tools, url: str) -> tuple[Feed, FeedState]:
    return next((held for held in tools.state.feeds() if held[0].url == url), (Feed(url=url), FeedState(url=url)))


def _keep(tools: Tools, feed: Feed, held: FeedState, document: Document) -> Counter[Outcome]:
    """Capture a page of a feed and remember its entries; return the outcomes of those that stay as they are."""
    fetched = document.fetched
    page = fetched.page
    assert page is not None, "an unconditional request brings a page"
    about = About(feed=feed, whole=not tools.pages)
    capture = tools.captures.write(page, "feed", about.to_fields(), hashed=fetched.content_hash)
    known = tools.state.known(held.url)
    read = compared(document.content, FeedJob(page, {name: entry.hash for name, entry in known.items()}))
    tools.captures.sync()
    polled: dict[str, Any] = {"url": held.url, "state": held, "capture": capture, "fetched_at": page.fetched_at}
    tools.state.save_polls([PolledFeed(**polled, entries=read.fresh)])
    tools.lander.note([fetched.record], pages=[PageRecord.of("feed", page, capture)])
    return Counter(outcome for _, outcome in waits_of(tools, read, known) if outcome)
