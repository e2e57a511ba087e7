"""What a poll that was cut short had captured: its pages land, and the entries of its feeds wait as if it had gone on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wirecopy.errors import ContentError
from wirecopy.fetch.capture import Captured, iter_captures
from wirecopy.model import Feed, FeedState
from wirecopy.pipeline.about import read_about
from wirecopy.pipeline.feedread import FeedJob, read_feed_job
from wirecopy.pipeline.tools import Tools
from wirecopy.store.state import PolledFeed


def remember_feeds(tools: Tools, files: Sequence[Path]) -> None:
    """Let the entries of captured feeds wait in the state, where the poll was cut short before it had noted them.

    The feeds stay due, and are asked again.
    """
    held = dict(_by_address(tools.state.feeds()))
    for captured in iter_captures(tools.settings.captures_dir, files):
        feed = read_about(captured.about).feed
        if captured.kind == "feed" and feed:
            _remember(tools, captured, held.get(feed.url) or FeedState(url=feed.url))


def _by_address(feeds: Iterable[tuple[Feed, FeedState]]) -> Iterator[tuple[str, FeedState]]:
    for feed, state in feeds:
        yield from ((url, state) for url in (*state.former_urls, feed.url))


def _remember(tools: Tools, captured: Captured, state: FeedState) -> None:
    fetched_at = captured.page.fetched_at
    if fetched_at and state.last_polled_at and fetched_at <= state.last_polled_at:
        return  # it had been noted
    known = {name: entry.hash for name, entry in tools.state.known(state.url).items()}
    try:
        read = read_feed_job(FeedJob(captured.page, known, read_at=state.read_at))
    except ContentError:
        return  # it is asked again, and then says so
    polled = PolledFeed(
        url=state.url,
        state=state,
        entries=read.fresh,
        capture=captured.capture,
        fetched_at=fetched_at,
        received=read.received,
    )
    tools.state.save_polls([polled])
