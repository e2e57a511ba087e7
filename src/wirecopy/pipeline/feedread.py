"""What a worker does with a feed: one payload -> what the feed says of itself, and its entries that are new. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wirecopy.errors import ContentError, WirecopyError
from wirecopy.model import Capture, FeedContent, FeedEntry, Needs, Page, SeenEntry, SetAside, hour_of
from wirecopy.normalise.date_text import read_date
from wirecopy.normalise.entry import full_text, notice_of_entry
from wirecopy.normalise.recognise import recognise
from wirecopy.parse import read_feed


@dataclass(frozen=True, slots=True)
class FeedJob:
    """A feed as fetched, and the entries of it that are known: their marks by their ids."""

    page: Page
    known: Mapping[str, str]
    read_at: datetime | None = None
    """When the feed was read before."""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as read: `content` is without its entries."""

    content: FeedContent
    ids: tuple[str, ...]
    """Of all entries, in the feed's order."""
    fresh: tuple[SeenEntry, ...]
    """The entries that are not known, or not in these words."""
    received: Mapping[datetime, int]
    """How many of them were never seen before, by the hour in which they came."""


def read_feed_job(job: FeedJob) -> ReadFeed:
    """Read a feed; raises `FeedUnreadable`."""
    return compared(read_feed(job.page), job)


def compared(content: FeedContent, job: FeedJob) -> ReadFeed:
    """Tell the entries of a feed that are new, or changed, from those that are known by their marks."""
    found = recognise(content.entries, job.known)
    fresh = tuple(
        SeenEntry(id=name, hash=mark, body=found.entries[name].to_json(), needs=needs_of(found.entries[name]))
        for name, mark in found.fresh.items()
    )
    new = [found.entries[name] for name in found.fresh if name not in job.known]
    return ReadFeed(replace(content, entries=()), tuple(found.entries), fresh, _received(new, job))


def _received(new: Sequence[FeedEntry], job: FeedJob) -> Mapping[datetime, int]:
    """Count new entries by the hour in which they came: when they were published, if that was since the last reading."""
    at, since = job.page.fetched_at, job.read_at
    if at is None or not new:
        return {}
    if since is None or hour_of(since) == hour_of(at):
        return {hour_of(at): len(new)}
    return Counter(hour_of(_published(entry, job.zone, since, at) or at) for entry in new)


def _published(entry: FeedEntry, zone: str | None, since: datetime, at: datetime) -> datetime | None:
    read = read_date(entry.published_raw or entry.updated_raw or "", zone=zone)
    return read.at if read and since < read.at <= at else None


def needs_of(entry: FeedEntry) -> Needs:
    """Return what an entry needs to land: nothing where the feed holds all of it, or names no page."""
    if notice_of_entry(entry, agency=None, at=None):
        return "notice"
    return "page" if entry.link and not full_text(entry) else "nothing"


def unreadable(err: WirecopyError, subject: str, capture: Capture, *, at: datetime | None = None) -> SetAside:
    """Return the row of a payload that holds no feed."""
    reason = err.reason if isinstance(err, ContentError) else "feed unreadable"
    return SetAside(stage="parse", reason=reason, detail=err.message, subject=subject, at=at, capture=capture)
