"""What a worker does with a feed: one payload -> what the feed says of itself, and its entries that are new. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wirecopy.model import FeedContent, FeedEntry, Page
from wirecopy.normalise.entry import content_mark, full_text, identified, notice_of_entry
from wirecopy.parse import read_feed
from wirecopy.store.state import Needs, SeenEntry


@dataclass(frozen=True, slots=True)
class FeedJob:
    """A feed as fetched, and the entries of it that are known: their marks by their ids."""

    page: Page
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as read: `content` is without its entries."""

    content: FeedContent
    ids: tuple[str, ...]
    """Of all entries, in the feed's order."""
    fresh: tuple[SeenEntry, ...]
    """The entries that are not known, or not in these words."""


def read_feed_job(job: FeedJob) -> ReadFeed:
    """Read a feed; raises `FeedUnreadable`."""
    return compared(read_feed(job.page), job.known)


def compared(content: FeedContent, known: Mapping[str, str]) -> ReadFeed:
    """Tell the entries of a feed that are new, or changed, from those that are known by their marks."""
    entries = identified(content.entries)
    marks = {name: content_mark(entry) for name, entry in entries.items()}
    fresh = tuple(
        SeenEntry(id=name, hash=marks[name], body=entry.to_json(), needs=needs_of(entry))
        for name, entry in entries.items()
        if known.get(name) != marks[name]
    )
    return ReadFeed(replace(content, entries=()), tuple(entries), fresh)


def needs_of(entry: FeedEntry) -> Needs:
    """Return what an entry needs to land: nothing where the feed holds all of it, or names no page."""
    if notice_of_entry(entry, agency=None, at=None):
        return "notice"
    return "page" if entry.link and not full_text(entry) else "nothing"
