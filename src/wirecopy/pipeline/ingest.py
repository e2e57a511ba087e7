"""Poll: the feeds that are due -> their entries -> the pages -> the warehouse. The order of calls, no rules.

Durability goes capture -> state (what was seen waits there) -> spool or landing -> state (it waits no more), so that a
crash at any instant loses no entry of a feed that was fetched, and a rerun gives the same rows. The rows of raw land in
few large batches; where a poll is cut short before, the next one makes them from the captures.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from wirecopy.agencies import registry
from wirecopy.errors import LeaseHeld, WarehouseBusy
from wirecopy.fetch.capture import CaptureWriter, finish, recover
from wirecopy.fetch.http import Client
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.session import open_runner
from wirecopy.model import Feed, FeedState, Outcome
from wirecopy.pipeline.entries import Settled, settle_entries
from wirecopy.pipeline.feedpoll import FeedPoll, poll_feed
from wirecopy.pipeline.garbage import collecting_seldom
from wirecopy.pipeline.landing import Lander, utc_now
from wirecopy.pipeline.orphans import remember_feeds
from wirecopy.pipeline.pace import by_share
from wirecopy.pipeline.pool import Calls, Pool
from wirecopy.pipeline.replay import land_captures
from wirecopy.pipeline.report import Progress, RunReport, SourceLine, joined
from wirecopy.pipeline.stream import in_batches, mixed
from wirecopy.pipeline.tools import Tools
from wirecopy.settings import Settings
from wirecopy.store.lease import lease
from wirecopy.store.state import State

GROUP_FEEDS = 2_500
POLLS_AT_ONCE = 4
"""Feeds polled at once, for each connection: most wait for their host's turn, or for a worker."""
SAVED_FEEDS = 200
"""Feeds whose polls are made durable together."""
NOTED_ROWS = 20_000
"""Rows of raw that wait for the next landing at most."""
UNREACHABLE = frozenset(
    {
        RequestOutcome.NAME_UNKNOWN,
        RequestOutcome.NAME_FAILED,
        RequestOutcome.CONNECTION_FAILED,
        RequestOutcome.HELD_BACK,
    }
)
NO_NETWORK = "No host could be reached: is there a network? Every feed is tried again at its next turn."
Watch = Callable[[Progress], None]


@dataclass(slots=True, kw_only=True)
class Polling:
    """A poll under way."""

    tools: Tools
    runner: asyncio.Runner
    client: Client
    """One client and one event loop a poll: it remembers each host's turn over all slices."""
    pool: Pool
    watch: Watch | None = None
    idle: str = ""
    """Why there is nothing to do here: who polls already, since when."""
    orphans: Sequence[Path] = ()
    """Captures of a poll that was cut short: what they hold may not have landed."""
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0
    stories: int = 0
    due: dict[str, tuple[Feed, FeedState]] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self.started

    def before(self) -> RunReport:
        """Land what earlier runs left: batches in the spool, and what a poll that was cut short had captured."""
        if self.idle:
            return RunReport(kind="poll", notes=(self.idle,))
        return joined("poll", [self._land_waiting(), self._land_orphans()], seconds=self.seconds())

    def _land_waiting(self) -> RunReport:
        try:
            return self.tools.lander.land_waiting()
        except WarehouseBusy as busy:
            return RunReport(kind="poll", notes=(f"what waits in the spool goes on waiting: {busy}",))

    def _land_orphans(self) -> RunReport:
        if not self.orphans:
            return RunReport(kind="poll")
        tools = self.tools
        remember_feeds(tools, self.orphans)
        landed = land_captures(tools.settings, tools.lander, self.pool, self.orphans)
        counts = Counter(outcome for batch in landed for outcome in batch)
        finish(self.orphans)
        return RunReport(
            kind="poll", lines=(SourceLine(subject="captures of a poll that was cut short", outcomes=counts),)
        )

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the feeds that are due, or have entries due, in slices; no two of a host in a row, if that can be."""
        if self.idle:
            return ()
        state, now = self.tools.state, self.tools.clock()
        self.due = {feed.url: (feed, held) for feed, held in state.due(now)}
        behind = state.feeds_waiting(now, self.tools.needs) - self.due.keys()
        self.feeds = {url: feed for url, (feed, _) in self.due.items()}
        self.feeds |= {feed.url: feed for feed, _ in state.feeds() if feed.url in behind} if behind else {}
        ordered = mixed(self.due.keys() | behind)
        self.total = len(ordered)
        return tuple(tuple(ordered[at : at + GROUP_FEEDS]) for at in range(0, len(ordered), GROUP_FEEDS))

    def run(self, urls: Sequence[str]) -> RunReport:
        """Poll some feeds and land what they bring; it can be run again whole."""
        return self.runner.run(self._run(urls))

    def account(self, reports: Iterable[RunReport]) -> RunReport:
        """Return one report of all slices, kept in the state and shown in core.run with the feeds as they are now."""
        self.tools.lander.flush()
        report = joined("poll", reports, seconds=self.seconds())
        if self.tools.lander.spooled:
            report = replace(report, notes=(*report.notes, self.tools.lander.spooled))
        if not self.idle:
            self.tools.lander.keep_account(self.tools.state, report)
        return report

    async def _run(self, urls: Sequence[str]) -> RunReport:
        tools = self.tools
        polls: list[FeedPoll] = []
        due = [self.due[url] for url in urls if url in self.due]
        at_once = min(len(due), POLLS_AT_ONCE * tools.settings.connections)
        async for batch in in_batches(due, self._poll, at_once=at_once, size=SAVED_FEEDS):
            self._save(batch)
            polls += [poll.without_entries() for poll in batch]
        feeds = {url: self.feeds[url] for url in urls if url in self.feeds}
        feeds |= {poll.state.url: poll.feed for poll in polls}
        settled = await settle_entries(tools, self.client, feeds, self.tell_stories)
        self._save_robots()
        _check(polls, settled)
        unreachable = _all_unreachable(polls)
        notes = (NO_NETWORK,) if unreachable else _gaps(polls)
        lines = tuple(_lines(polls, settled))
        return RunReport(kind="poll", lines=lines, notes=notes, common_cause=unreachable)

    async def _poll(self, due: tuple[Feed, FeedState]) -> FeedPoll:
        poll = await poll_feed(self.tools, self.client, *due)
        self.done += 1
        self._tell()
        return poll

    def _save(self, polls: Sequence[FeedPoll]) -> None:
        """Make durable what the feeds said: first the captures, then the state; the rows of raw land with the next batch."""
        tools = self.tools
        tools.captures.sync()
        tools.state.save_polls(poll.to_remember() for poll in polls)
        if children := [child for poll in polls for child in poll.children]:
            tools.state.add_feeds(children)
        for poll in polls:
            self.due.pop(poll.feed.url)
        tools.lander.note(
            [poll.request for poll in polls if poll.request],
            pages=[poll.page for poll in polls if poll.page],
            set_aside=[poll.set_aside for poll in polls if poll.set_aside],
        )
        if tools.lander.noted >= NOTED_ROWS:
            tools.lander.flush()

    def _save_robots(self) -> None:
        files, records = self.client.take_robots()
        if files:
            self.tools.state.save_robots(files)
        self.tools.lander.note(records)

    def tell_stories(self, more: int) -> None:
        """Count entries that were settled and say how far the poll is."""
        self.stories += more
        self._tell()

    def _tell(self) -> None:
        if self.watch:
            seconds = self.seconds()
            left = by_share(seconds, self.done, self.total)
            self.watch(
                Progress(done=self.done, total=self.total, stories=self.stories, seconds=seconds, seconds_left=left)
            )


def _lines(polls: Sequence[FeedPoll], settled: Settled) -> Iterator[SourceLine]:
    """Yield one line a feed: its own outcome where it brought no entries, else the outcomes of its entries."""
    counts: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    for feed_url, _, outcome in settled.outcomes:
        counts[feed_url][outcome] += 1
    polled = {poll.state.url: poll for poll in polls}
    for url in sorted(polled.keys() | counts.keys()):
        poll = polled.get(url)
        held = counts[url]
        if poll:
            held.update(poll.outcomes)
        yield SourceLine(
            subject=poll.feed.url if poll else url,
            agency=(poll.feed.agency or poll.feed.outlet or "") if poll else "",
            outcomes=held,
            milliseconds=poll.milliseconds if poll else 0,
            reason=poll.reason if poll else "",
        )


def _check(polls: Sequence[FeedPoll], settled: Settled) -> None:
    """Hold the run to its accounts: every entry of every feed ended in exactly one outcome."""
    ended = {(feed_url, entry_id) for feed_url, entry_id, _ in settled.outcomes}
    assert len(ended) == len(settled.outcomes), "an entry ended twice"
    for poll in polls:
        missing = [entry_id for entry_id in poll.awaited if (poll.state.url, entry_id) not in ended]
        left = poll.seen - len(poll.awaited) - (sum(poll.outcomes.values()) if poll.seen else 0)
        assert not missing, f"{poll.feed.url}: these entries have no outcome: {missing}"
        assert not left, f"{poll.feed.url}: of {poll.seen} entries {left} have no outcome"


def _gaps(polls: Sequence[FeedPoll]) -> tuple[str, ...]:
    """Warn of feeds whose window held nothing known: items may have scrolled by since the poll before."""
    gaps = [poll.feed.url for poll in polls if poll.state.gap_at and poll.state.gap_at == poll.state.last_polled_at]
    if not gaps:
        return ()
    named = ", ".join(gaps[:3]) + (f" and {len(gaps) - 3:,} more" if len(gaps) > 3 else "")
    return (f"Items may have scrolled by unseen, so the next poll comes sooner: {named}",)


def _all_unreachable(polls: Sequence[FeedPoll]) -> bool:
    """Tell whether no host at all could be reached: then it is not the feeds."""
    return len(polls) > 1 and all(poll.state.outcome in UNREACHABLE for poll in polls)


@contextmanager
def polling(
    settings: Settings, *, pages: bool = True, clock: Callable[[], datetime] = utc_now, watch: Watch | None = None
) -> Iterator[Polling]:
    """Open a poll; feeds are the bundled list until one is added. Where another poll runs, this one has nothing to do."""
    with ExitStack() as opened:
        idle, orphans = _taken(opened, settings)
        opened.enter_context(collecting_seldom())
        state = opened.enter_context(State(settings.state_path))
        if not state.count_feeds():
            state.add_feeds(registry().feeds())
        pool = opened.enter_context(Pool(settings.worker_count, seconds=settings.page_seconds))
        runner = opened.enter_context(open_runner())
        client = opened.enter_context(_open_client(runner, Client(settings, clock=clock, robots=state.robots())))
        tools = Tools(
            settings=settings,
            clock=clock,
            state=state,
            workers=Calls(pool),
            captures=opened.enter_context(CaptureWriter(settings.captures_dir, clock)),
            lander=Lander(settings, clock=clock),
            pages=pages,
        )
        yield Polling(tools=tools, runner=runner, client=client, pool=pool, watch=watch, idle=idle, orphans=orphans)


@contextmanager
def _open_client(runner: asyncio.Runner, client: Client) -> Iterator[Client]:
    """Open a client on a runner's loop and close it there."""
    opened = runner.run(client.__aenter__())
    try:
        yield opened
    finally:
        runner.run(client.__aexit__(None, None, None))


def _taken(opened: ExitStack, settings: Settings) -> tuple[str, list[Path]]:
    """Take the lease for the time of the poll; return who holds it where another poll does, and orphaned captures."""
    try:
        opened.enter_context(lease(settings.data_dir, "poll"))
    except LeaseHeld as held:
        return str(held), []
    return "", recover(settings.captures_dir)


def poll(
    settings: Settings, *, pages: bool = True, clock: Callable[[], datetime] = utc_now, progress: Watch | None = None
) -> RunReport:
    """Poll what is due and return the account of it."""
    with polling(settings, pages=pages, clock=clock, watch=progress) as under_way:
        return under_way.account([under_way.before(), *(under_way.run(urls) for urls in under_way.groups())])
