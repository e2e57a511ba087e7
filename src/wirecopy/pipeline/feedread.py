"""What a worker does with a feed: one payload -> what the feed says of itself, and its entries that are new. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from wirecopy.errors import ContentError, WirecopyError
from wirecopy.model import Capture, FeedContent, FeedEntry, Page, SetAside
from wirecopy.normalise.entry import full_text, notice_of_entry
from wirecopy.normalise.recognise import recognise
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
    new: int = 0
    """How many of them were never seen before."""


def read_feed_job(job: FeedJob) -> ReadFeed:
    """Read a feed; raises `FeedUnreadable`."""
    return compared(read_feed(job.page), job.known)


def compared(content: FeedContent, known: Mapping[str, str]) -> ReadFeed:
    """Tell the entries of a feed that are new, or changed, from those that are known by their marks."""
    found = recognise(content.entries, known)
    fresh = tuple(
        SeenEntry(id=name, hash=mark, body=found.entries[name].to_json(), needs=needs_of(found.entries[name]))
        for name, mark in found.fresh.items()
    )
    new = sum(name not in known for name in found.fresh)
    return ReadFeed(replace(content, entries=()), tuple(found.entries), fresh, new)


def needs_of(entry: FeedEntry) -> Needs:
    """Return what an entry needs to land: nothing where the feed holds all of it, or names no page."""
    if notice_of_entry(entry, agency=None, at=None):
        return "notice"
    return "page" if entry.link and not full_text(entry) else "nothing"


def unreadable(err: WirecopyError, subject: str, capture: Capture, *, at: datetime | None = None) -> SetAside:
    """Return the row of a payload that holds no feed."""
    reason = err.reason if isinstance(err, ContentError) else "feed unreadable"
    return SetAside(stage="parse", reason=reason, detail=err.message, subject=subject, at=at, capture=capture)
