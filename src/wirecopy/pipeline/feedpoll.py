"""One feed: ask, capture, read, and tell which of its entries are to be settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from wirecopy.errors import SourceError, WirecopyError
from wirecopy.fetch.addresses import origin_of, wire_url
from wirecopy.fetch.http import Client, Fetched
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.schedule import PollResult, plan, request_for
from wirecopy.model import (
    Capture,
    Feed,
    FeedState,
    Needs,
    Outcome,
    Page,
    PageRecord,
    RequestRecord,
    SeenEntry,
    SetAside,
)
from wirecopy.pipeline.about import About
from wirecopy.pipeline.feedread import FeedJob, ReadFeed, read_feed_job, unreadable
from wirecopy.pipeline.tools import Tools
from wirecopy.store.state import KnownEntry, PolledFeed

MISSING = frozenset({RequestOutcome.GONE, RequestOutcome.NOT_FOUND})
"""Words for a source that is not there, rather than one that fails."""
CHILDREN = 50
"""Sitemaps of an index that a poll follows, those of news and those changed last; `feeds history` reads the others."""
REMEMBERED = 1_000
"""Entries that have left a feed and are remembered all the same: feeds shrink, and grow again."""
LEFT_FOR = timedelta(days=30)
"""How long at least."""
_SETTLED = {"done": Outcome.UNCHANGED, "given up": Outcome.GIVEN_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What polling one feed came to."""

    feed: Feed
    state: FeedState
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    """Of the feed itself where it brought nothing to read, else of the entries that this run leaves as they are."""
    seen: int = 0
    """Entries that stand in the feed."""
    awaited: tuple[str, ...] = ()
    """Ids of those that this run settles."""
    entries: tuple[SeenEntry, ...] = ()
    """Those that are new, or changed: to be remembered."""
    received: Mapping[datetime, int] = field(default_factory=dict)
    """How many were never seen before, by hour."""
    forgotten: tuple[str, ...] = ()
    """Ids of entries that left the feed long ago, of a feed that has had many."""
    lost_since: datetime | None = None
    """The reading since which items may have scrolled by unseen, where they may."""
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

    def without_entries(self) -> FeedPoll:
        """Return it without what is remembered elsewhere: what the account of the run needs."""
        return replace(self, entries=(), page=None, capture=None) if self.page else self

    def to_remember(self) -> PolledFeed:
        """Return what the polling state keeps of it."""
        return PolledFeed(
            url=self.feed.url,
            state=self.state,
            entries=self.entries,
            capture=self.capture,
            fetched_at=self.page.seen_at if self.page else None,
            received=self.received,
            lost_since=self.lost_since,
            forgotten=self.forgotten,
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
    about = About(feed=feed, whole=not tools.pages)
    capture = tools.captures.write(page, "feed", about.to_fields(), hashed=fetched.content_hash)
    known = tools.state.known(feed.url)
    marks = {name: entry.hash for name, entry in known.items()}
    read = await tools.workers.call(read_feed_job, FeedJob(page, marks, held.read_at, feed.zone))
    record = PageRecord.of("feed", page, capture)
    if isinstance(read, WirecopyError):
        return _unreadable(tools, feed, held, fetched, read, capture, record)
    result = PollResult.of_fetched(fetched, read.content, read.ids, new=sum(read.received.values()))
    state = plan(held, result, now=tools.clock(), settings=tools.settings)
    waits = dict(waits_of(tools, read, known))
    return FeedPoll(
        feed=feed,
        state=state,
        outcomes=Counter(outcome for outcome in waits.values() if outcome),
        seen=len(waits),
        awaited=tuple(name for name, outcome in waits.items() if not outcome),
        entries=read.fresh,
        received=read.received,
        forgotten=tuple(long_gone(known, read.ids, now=tools.clock())),
        lost_since=held.read_at if state.gaps > held.gaps else None,
        capture=capture,
        request=fetched.record,
        page=record,
        children=tuple(_child(feed, url) for url in read.content.children[:CHILDREN]),
    )


def _child(feed: Feed, url: str) -> Feed:
    """Return a document that a feed lists as a feed of its own; credentials are for the feed's own site."""
    return replace(feed, url=url, title="", auth=feed.auth if _same_site(feed.url, url) else None)


def _same_site(one: str, other: str) -> bool:
    try:
        return origin_of(wire_url(one)) == origin_of(wire_url(other))
    except SourceError:
        return False


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
    aside = unreadable(err, feed.url, capture, at=record.seen_at)
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


def long_gone(known: Mapping[str, KnownEntry], ids: Sequence[str], *, now: datetime) -> Iterator[str]:
    """Yield which entries to forget: settled ones that left the feed long ago, once there are many; else none.

    One that comes back after that is fetched again, and lands as what it is.
    """
    if len(known) < len(ids) + 2 * REMEMBERED:
        return
    gone = sorted(known.keys() - set(ids), key=lambda name: (known[name].seen_at, name))
    before = (now - LEFT_FOR).timestamp()
    for name in gone[: len(gone) - REMEMBERED]:
        if known[name].status != "pending" and known[name].seen_at < before:
            yield name


def waits_of(tools: Tools, read: ReadFeed, known: Mapping[str, KnownEntry]) -> Iterator[tuple[str, Outcome | None]]:
    """Yield what this poll leaves each entry as: landed before, given up, put off; None for those to be settled now."""
    now = tools.clock().timestamp()
    fresh = {entry.id: entry.needs for entry in read.fresh}
    for name in read.ids:
        needs, due_at = fresh.get(name), 0.0
        if needs is None:
            held = known[name]
            if held.status != "pending":
                yield name, _SETTLED[held.status]
                continue
            needs, due_at = held.needs, held.due_at
        yield name, None if due_at <= now and _possible(tools, needs) else Outcome.DEFERRED


def _possible(tools: Tools, needs: Needs) -> bool:
    return tools.pages or needs != "page"
