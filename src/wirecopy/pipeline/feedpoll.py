"""One feed: ask, capture, read, and tell which of its entries are to be settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from wirecopy.errors import SourceError, WirecopyError
from wirecopy.fetch.http import Client, Fetched
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.schedule import PollResult, plan, request_for
from wirecopy.model import Capture, Feed, FeedContent, FeedState, Outcome, Page, PageRecord, RequestRecord, SetAside
from wirecopy.normalise.entry import content_mark, identified
from wirecopy.pipeline.about import About
from wirecopy.pipeline.tools import Tools
from wirecopy.pipeline.work import read_feed_page
from wirecopy.store.state import KnownEntry, PolledFeed, SeenEntry

MISSING = frozenset({RequestOutcome.GONE, RequestOutcome.NOT_FOUND})
"""Words for a source that is not there, rather than one that fails."""


CHILDREN = 50
"""Sitemaps of an index that are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What polling one feed came to."""

    feed: Feed
    state: FeedState
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    """Of the feed itself where it brought nothing to read, else of the entries that need no work."""
    entries: tuple[SeenEntry, ...] = ()
    capture: Capture | None = None
    request: RequestRecord | None = None
    page: PageRecord | None = None
    set_aside: SetAside | None = None
    reason: str = ""
    children: tuple[Feed, ...] = ()
    """Documents that this one lists, for a sitemap index: each is a feed of its own, with its own rhythm."""

    @property
    def milliseconds(self) -> int:
        """Return how long the request took."""
        return self.request.milliseconds if self.request else 0

    def to_remember(self) -> PolledFeed:
        """Return what the polling state keeps of it."""
        return PolledFeed(
            url=self.feed.url,
            state=self.state,
            entries=self.entries,
            capture=self.capture,
            fetched_at=self.page.seen_at if self.page else None,
        )


async def poll_feed(tools: Tools, client: Client, feed: Feed, held: FeedState) -> FeedPoll:
    """Ask one feed for what is new; whatever happens is in the result, with the feed's next state."""
    try:
        fetched = await client.fetch(request_for(feed, held, now=tools.clock()))
    except SourceError as err:
        return _failed(tools, feed, held, err)
    if fetched.page is None or fetched.record.outcome == RequestOutcome.SAME_BYTES:
        if fetched.page is not None:
            tools.captures.write_unchanged(fetched.page, "feed")
        state = plan(held, PollResult.of_fetched(fetched), now=tools.clock(), settings=tools.settings)
        return FeedPoll(feed=feed, state=state, outcomes={Outcome.NOT_MODIFIED: 1}, request=fetched.record)
    return await _read(tools, feed, held, fetched, fetched.page)


def _failed(tools: Tools, feed: Feed, held: FeedState, err: SourceError) -> FeedPoll:
    state = plan(held, PollResult.of_error(err), now=tools.clock(), settings=tools.settings)
    outcome = Outcome.SOURCE_MISSING if err.outcome in MISSING else Outcome.DEFERRED
    return FeedPoll(feed=feed, state=state, outcomes={outcome: 1}, request=err.record, reason=err.message)


async def _read(tools: Tools, feed: Feed, held: FeedState, fetched: Fetched, page: Page) -> FeedPoll:
    capture = tools.captures.write(page, "feed", About(feed=feed, whole=not tools.pages).to_fields())
    content = await tools.workers.call(read_feed_page, page)
    record = PageRecord(
        url=page.final_url,
        kind="feed",
        seen_at=page.fetched_at,
        content_hash=fetched.content_hash,
        capture=capture,
        bytes=len(page.body),
    )
    if isinstance(content, WirecopyError):
        return _unreadable(tools, feed, held, fetched, content, capture, record)
    seen = _seen(content)
    known = tools.state.known(feed.url)
    state = plan(held, PollResult.of_fetched(fetched, content, tuple(seen)), now=tools.clock(), settings=tools.settings)
    return FeedPoll(
        feed=feed,
        state=state,
        outcomes=_settled_before(seen, known, tools.clock()),
        entries=tuple(seen.values()),
        capture=capture,
        request=fetched.record,
        page=record,
        children=tuple(replace(feed, url=url, title="") for url in content.children[:CHILDREN]),
    )


def _unreadable(
    tools: Tools,
    feed: Feed,
    held: FeedState,
    fetched: Fetched,
    err: WirecopyError,
    capture: Capture,
    record: PageRecord,
) -> FeedPoll:
    state = plan(held, PollResult.of_unreadable(fetched, err.message), now=tools.clock(), settings=tools.settings)
    aside = SetAside(
        stage="parse",
        reason=getattr(err, "reason", "feed unreadable"),
        detail=err.message,
        subject=feed.url,
        at=record.seen_at,
        capture=capture,
    )
    return FeedPoll(
        feed=feed,
        state=state,
        outcomes={Outcome.SET_ASIDE: 1},
        capture=capture,
        request=fetched.record,
        page=record,
        set_aside=aside,
        reason=err.message,
    )


def _seen(content: FeedContent) -> dict[str, SeenEntry]:
    entries = identified(content.entries)
    return {name: SeenEntry(id=name, hash=content_mark(entry), entry=entry) for name, entry in entries.items()}


def _settled_before(seen: Mapping[str, SeenEntry], known: Mapping[str, KnownEntry], now: datetime) -> Counter[Outcome]:
    """Count the entries that this poll leaves as they are: landed before, given up, or not yet due again."""
    counts: Counter[Outcome] = Counter()
    for name, entry in seen.items():
        before = known.get(name)
        if before is None or before.hash != entry.hash:
            continue
        if before.status == "done":
            counts[Outcome.UNCHANGED] += 1
        elif before.status == "given up":
            counts[Outcome.GIVEN_UP] += 1
        elif before.due_at > now:
            counts[Outcome.DEFERRED] += 1
    return counts
