"""Feed -> Page -> FeedEntry: what is polled, bytes and how they were got, what a feed says."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from wirecopy.model.words import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that is polled, and what is known of whoever stands behind it."""

    url: str
    title: str = ""
    agency: str | None = None
    outlet: str | None = None
    country: str | None = None
    language: str | None = None
    zone: str | None = None
    verified: bool = False
    auth: str | None = None
    """Name of an environment variable that holds the credentials; never the credentials."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: the live network, or an archive's address and offset."""

    kind: Literal["live", "archive"] = "live"
    address: str = ""
    offset: int | None = None
    digest: str = ""


LIVE = Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes and how they were got; everything downstream is blind to the origin."""

    requested_url: str
    final_url: str
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime | None = None
    origin: Origin = LIVE

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a feed entry carries along."""

    url: str
    media_type: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed, as received; every text is as the feed gave it."""

    feed_url: str
    position: int
    guid: str | None = None
    link: str | None = None
    headline: str | None = None
    summary_html: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    published_raw: str | None = None
    updated_raw: str | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image_url: str | None = None
    language: str | None = None
    rights: str | None = None

    def to_json(self) -> str:
        """Return the entry as one JSON object, without what the feed did not say."""
        values: dict[str, Any] = {name: value for name in _ENTRY_FIELDS if (value := getattr(self, name))}
        if self.enclosures:
            values["enclosures"] = [(one.url, one.media_type, one.length) for one in self.enclosures]
        return _ENCODER.encode(values)

    @classmethod
    def from_json(cls, text: str) -> FeedEntry:
        """Return the entry that `to_json` wrote."""
        values: dict[str, Any] = {"position": 0, **json.loads(text)}
        for name, value in values.items():
            values[name] = tuple(value) if isinstance(value, list) else value
        if "enclosures" in values:
            values["enclosures"] = tuple(Enclosure(*one) for one in values["enclosures"])
        return cls(**values)


_ENTRY_FIELDS = tuple(entry.name for entry in fields(FeedEntry))
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """A feed as read: its own statements about itself, and its entries in order."""

    url: str
    kind: Literal["rss", "atom", "rdf", "json", "sitemap", "sitemap index"]
    title: str = ""
    link: str | None = None
    language: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    children: tuple[str, ...] = ()
    """Further documents to read: the sitemaps of an index."""
    older_url: str | None = None
    """Earlier entries (RFC 5005 `prev-archive` or `next`)."""
    self_url: str | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    """Days on which the feed asks not to be polled, Monday = 0."""
    doubts: tuple[Doubt, ...] = ()
