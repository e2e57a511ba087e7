"""Entries that wait: fetch each one's page, read it, land it; or put it off, or give it up with a reason."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from wirecopy.errors import ContentError, SourceError, SourceUnavailable, WirecopyError
from wirecopy.fetch.http import Client, Fetched, FetchRequest
from wirecopy.fetch.retry import next_try
from wirecopy.model import Arrival, Capture, Feed, Notice, Outcome, PageRecord, RequestRecord, SetAside
from wirecopy.normalise.entry import notice_of_entry
from wirecopy.normalise.recognise import name_in_document
from wirecopy.pipeline.about import About
from wirecopy.pipeline.feedpoll import MISSING
from wirecopy.pipeline.stream import in_batches, mixed
from wirecopy.pipeline.tools import Tools
from wirecopy.pipeline.work import EntryJob, Made, PageJob, make_of_entry, make_of_page
from wirecopy.store.state import WaitingEntry

PAGES_AT_ONCE = 8
"""Entries settled at once, for each connection: most wait for their host's turn, or for a worker."""
AHEAD = 2
"""Entries of one host that are under way at once, for each request that it may see at once."""
PAGES_SECONDS = 300.0
"""Seconds after which a poll asks for no more pages: what a slow host has left waits for the next, not the feeds for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of the entries: (feed address, entry id, outcome) each, exactly one an entry."""

    outcomes: tuple[tuple[str, str, Outcome], ...] = ()

    def total(self) -> Counter[Outcome]:
        """Return the counts by outcome."""
        return Counter(outcome for _, _, outcome in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What came of one address: something to land, or an outcome without it; for all entries that name the address."""

    entries: tuple[WaitingEntry, ...]
    made: Made | None = None
    outcome: Outcome | None = None
    postponed: bool = False
    """Whether nothing was tried: the entries wait as before."""
    again_at: datetime | None = None
    reason: str = ""
    request: RequestRecord | None = None
    page: PageRecord | None = None


async def settle_entries(
    tools: Tools, client: Client, feeds: Mapping[str, Feed], tell: Callable[[int], None] = lambda _: None
) -> Settled:
    """Settle the waiting entries of some feeds, by address, that are due; batch by batch, each in one outcome.

    `tell` is called with the number of entries that each batch has settled.
    """
    now = tools.clock()
    behind = tools.state.feeds_waiting(now, tools.needs) & feeds.keys()
    groups = _by_address(tools.state.waiting(now, behind, tools.needs))
    settings = tools.settings
    outcomes: list[tuple[str, str, Outcome]] = []

    hosts = _Hosts(settings.connections_per_host * AHEAD, time.monotonic() + PAGES_SECONDS)

    async def settle(entries: tuple[WaitingEntry, ...]) -> _Result:
        async with hosts.place(entries[0].entry.link) as in_time:
            if in_time:
                return await _settle(tools, client, feeds, entries)
        return _Result(entries=entries, outcome=Outcome.DEFERRED, postponed=True)

    at_once = min(len(groups), PAGES_AT_ONCE * settings.connections)
    async for results in in_batches(groups, settle, at_once=at_once, size=settings.batch_items):
        tools.captures.sync()
        # Beside the loop: a landing may take longer than a request that is under way has time.
        landed = await asyncio.to_thread(_land, tools, results)
        tell(len(landed))
        outcomes += landed
    return Settled(outcomes=tuple(outcomes))


class _Hosts:
    """How many entries of one host are under way, and until when more may be begun."""

    def __init__(self, each: int, until: float) -> None:
        self._until = until
        self._places: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(each))

    @asynccontextmanager
    async def place(self, link: str | None) -> AsyncIterator[bool]:
        """Hold a place at the host of an address; False where it came too late."""
        async with self._places[urlsplit(link).netloc] if link else nullcontext():
            yield not link or time.monotonic() < self._until


def _by_address(waiting: Iterable[WaitingEntry]) -> list[tuple[WaitingEntry, ...]]:
    """Group entries of several feeds that name one page, so that it is fetched once; hosts take turns."""
    groups: dict[str, list[WaitingEntry]] = {}
    for entry in waiting:
        groups.setdefault(entry.entry.link or f"{entry.feed_url} {entry.id}", []).append(entry)
    return [tuple(groups[address]) for address in mixed(groups)]


async def _settle(
    tools: Tools, client: Client, feeds: Mapping[str, Feed], entries: tuple[WaitingEntry, ...]
) -> _Result:
    first = entries[0]
    feed = feeds.get(first.feed_url)
    if first.needs == "notice":
        return _Result(entries=entries, made=_notice(first, feed))
    if not tools.pages or not first.entry.link:
        return await _from_feed(tools, feed, _Result(entries=entries))
    try:
        fetched = await client.fetch(_request(first.entry.link, feed))
    except SourceError as err:
        return await _not_had(tools, feed, entries, err)
    return await _from_page(tools, feed, _Result(entries=entries, request=fetched.record), fetched)


def _notice(waiting: WaitingEntry, feed: Feed | None) -> Notice | None:
    return notice_of_entry(waiting.entry, agency=feed.agency if feed else None, at=waiting.seen_at)


def _request(url: str, feed: Feed | None) -> FetchRequest:
    """Ask for a page; a feed's credentials go along to its own host only."""
    return FetchRequest(url=url, auth=feed.auth if feed else None, auth_url=feed.url if feed else "")


async def _from_page(tools: Tools, feed: Feed | None, result: _Result, fetched: Fetched) -> _Result:
    page, entry = fetched.page, result.entries[0]
    assert page is not None, "an unconditional request brings a page"
    about = _about(feed, entry)
    capture = tools.captures.write(page, "page", about.to_fields(), hashed=fetched.content_hash)
    job = PageJob(page=page, feed=feed, entry=entry.entry, capture=capture, boilerplate=tools.lander.boilerplate)
    made = await tools.workers.call(make_of_page, job)
    result = replace(result, page=PageRecord.of("page", page, capture))
    if not isinstance(made, WirecopyError):
        return replace(result, made=made)
    if entry.needs == "nothing":
        return await _from_feed(tools, feed, result)
    return replace(result, made=_aside(made, page.final_url, page.fetched_at, capture), reason=made.message)


async def _from_feed(tools: Tools, feed: Feed | None, result: _Result) -> _Result:
    """Take the feed's own text of an entry whose page is not to be had."""
    entry = result.entries[0]
    if entry.capture and (tools.pages or not tools.captures.wrote(entry.capture)):
        said = _about(feed, entry).to_fields()
        tools.captures.write_resource(
            entry.entry.link or entry.feed_url, entry.id.encode(), at=entry.seen_at, about=said
        )
    job = EntryJob(
        entry=entry.entry, seen_at=entry.seen_at, feed=feed, capture=entry.capture, boilerplate=tools.lander.boilerplate
    )
    made = await tools.workers.call(make_of_entry, job)
    if not isinstance(made, WirecopyError):
        return replace(result, made=made)
    subject = entry.entry.link or entry.feed_url
    return replace(result, made=_aside(made, subject, entry.seen_at, entry.capture), reason=made.message)


def _about(feed: Feed | None, waiting: WaitingEntry) -> About:
    return About(feed=feed, entry=name_in_document(waiting.entry, waiting.id), feed_capture=waiting.capture)


async def _not_had(tools: Tools, feed: Feed | None, entries: tuple[WaitingEntry, ...], err: SourceError) -> _Result:
    """Put an entry off, take the feed's full text, or give it up, as the type of the error says."""
    result = _Result(entries=entries, request=err.record, reason=err.message)
    if isinstance(err, SourceUnavailable):
        retry_after = err.record.retry_after if err.record else None
        again_at = next_try(entries[0].attempts, now=tools.clock(), retry_after=retry_after)
        if again_at:
            return replace(result, outcome=Outcome.DEFERRED, again_at=again_at)
    if entries[0].needs == "nothing":
        return await _from_feed(tools, feed, result)
    return replace(result, outcome=Outcome.SOURCE_MISSING if err.outcome in MISSING else Outcome.GIVEN_UP)


def _aside(err: WirecopyError, subject: str, at: datetime | None, capture: Capture | None) -> SetAside:
    reason = err.reason if isinstance(err, ContentError) else "unreadable"
    return SetAside(stage="extract", reason=reason, detail=err.message, subject=subject, at=at, capture=capture)


def _land(tools: Tools, results: Sequence[_Result]) -> list[tuple[str, str, Outcome]]:
    """Land what was made, then settle or put off the entries; return each entry's outcome."""
    made = [result.made for result in results]
    landed = tools.lander.land(
        [one for one in made if isinstance(one, Arrival)],
        notices=[one for one in made if isinstance(one, Notice)],
        set_aside=[one for one in made if isinstance(one, SetAside)],
        requests=[result.request for result in results if result.request],
        pages=[result.page for result in results if result.page],
    )
    verdicts = iter(landed)
    outcomes = [_outcome(result, verdicts) for result in results]
    _remember(tools, results, outcomes)
    return [
        (waiting.feed_url, waiting.id, outcome)
        for result, outcome in zip(results, outcomes, strict=True)
        for waiting in result.entries
    ]


def _outcome(result: _Result, verdicts: Iterator[Outcome]) -> Outcome:
    if isinstance(result.made, Arrival):
        return next(verdicts)
    if result.outcome:
        return result.outcome
    return Outcome.NOTICE if isinstance(result.made, Notice) else Outcome.SET_ASIDE


def _remember(tools: Tools, results: Sequence[_Result], outcomes: Sequence[Outcome]) -> None:
    pairs = list(zip(results, outcomes, strict=True))
    given_up = {Outcome.GIVEN_UP, Outcome.SOURCE_MISSING}
    tools.state.defer(
        (waiting.feed_url, waiting.id, result.again_at, result.reason)
        for result, _ in pairs
        if result.again_at
        for waiting in result.entries
    )
    tools.state.finish(
        (waiting.feed_url, waiting.id, "given up" if outcome in given_up else "done", result.reason)
        for result, outcome in pairs
        if not result.again_at and not result.postponed
        for waiting in result.entries
    )
