"""What lands in one transaction, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wirecopy.model.items import Item, Notice
from wirecopy.model.matches import Comparable, Fingerprint
from wirecopy.model.pages import LIVE, Origin, Page
from wirecopy.model.words import Verdict


@dataclass(frozen=True, slots=True)
class Capture:
    """Where captured bytes can be read again."""

    file: str
    offset: int
    content_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """That an item was seen: when its source was captured, where it stood, who named it."""

    seen_at: datetime | None = None
    feed_url: str | None = None
    capture: Capture | None = None
    origin: Origin = LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An item on its way into the warehouse, undecided."""

    item: Item
    fingerprint: Fingerprint
    comparable: Comparable
    sighting: Sighting = Sighting()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One HTTP request and how it ended (a row of raw.request)."""

    url: str
    kind: Literal["feed", "page", "robots", "sitemap", "archive"]
    outcome: str
    requested_at: datetime
    status: int | None = None
    bytes: int = 0
    milliseconds: int = 0
    retry_after: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """One captured payload (a row of raw.page)."""

    url: str
    kind: str
    seen_at: datetime | None
    content_hash: str
    capture: Capture | None = None
    bytes: int = 0

    @classmethod
    def of(cls, kind: str, page: Page, capture: Capture) -> PageRecord:
        """Return the row of a page and its capture."""
        return cls(
            url=page.final_url,
            kind=kind,
            seen_at=page.fetched_at,
            content_hash=capture.content_hash,
            capture=capture,
            bytes=len(page.body),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One input that could not be used: why, and where its bytes are, so that it can be replayed."""

    stage: str
    reason: str
    detail: str
    subject: str
    """The feed, address, file or record that is meant."""
    at: datetime | None = None
    capture: Capture | None = None
    origin: Origin = LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What lands in one transaction; `key` is a hash of its inputs, so that it lands once."""

    key: str
    arrivals: tuple[Arrival, ...] = ()
    notices: tuple[Notice, ...] = ()
    requests: tuple[RequestRecord, ...] = ()
    pages: tuple[PageRecord, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LandReport:
    """What became of a batch: one verdict an arrival, in the batch's order."""

    batch_key: str
    verdicts: tuple[Verdict, ...] = ()
    skipped: bool = False
    """True where the same batch had landed before."""
    stories_touched: int = 0
    counts: dict[str, int] = field(default_factory=dict)
