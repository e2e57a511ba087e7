"""One report as one outlet publishes it, fully normalised; its dateline, places and names; notices about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from wirecopy.model.articles import Published, Subject
from wirecopy.model.words import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer, with how sure the choice is and who else was in the running."""

    geoname_id: int
    name: str
    admin1: str | None
    country: str
    """ISO 3166-1 alpha-2."""
    latitude: float
    longitude: float
    timezone: str | None
    confidence: float = 1.0
    rivals: tuple[int, ...] = ()
    """GeoNames ids, likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatelinePlace:
    """One place of a dateline: as written, its qualifier, and what both resolve to."""

    raw: str
    qualifier: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where, when and by whom a report says it was filed; `text[start:end]` is `raw`."""

    raw: str
    start: int
    end: int
    lead: str
    places: tuple[DatelinePlace, ...] = ()
    on: date | None = None
    on_raw: str | None = None
    agency: str | None = None
    agency_raw: str | None = None
    byline: str | None = None
    rule: str = ""
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name under which an item was seen."""

    kind: Literal["url", "canonical_url", "requested_url", "guid", "item_uri", "dump_id", "record"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report as one outlet or agency publishes it: one revision, fully normalised.

    `item_key` is a pure function of identifiers; `text_hash` ignores what readers cannot see.
    """

    item_key: str
    key_rule: str
    outlet: str
    headline: str
    body: str
    lead: str
    text_hash: str
    rules_version: str
    agency: str | None = None
    provider: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    credit: str | None = None
    sign_off: str | None = None
    dateline: Dateline | None = None
    published: Published | None = None
    modified: Published | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    truncated: bool = False
    url: str | None = None
    canonical_url: str | None = None
    item_uri: str | None = None
    version: str | None = None
    slugline: str | None = None
    genre: str | None = None
    urgency: int | None = None
    priority: str | None = None
    pub_status: str = "usable"
    embargo_until: datetime | None = None
    first_created: datetime | None = None
    version_created: datetime | None = None
    ednote: str | None = None
    usage_terms: str | None = None
    word_count: int | None = None
    related: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    cues: tuple[str, ...] = ()
    """Signs of a revision's kind found in text or status: `update`, `correction`, `kill`, `embargo`, ..."""
    extra: tuple[tuple[str, str], ...] = ()
    extractor: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A kill, withdrawal or embargo lift: never an item, applied to its target by join."""

    kind: Literal["kill", "withdrawal", "withheld", "embargo lift"]
    at: datetime | None
    target: str | None = None
    """Item key or identifier of the document that it names."""
    alias: str | None = None
    """A second identifier of the same document, where the notice bears two (the guid beside the link)."""
    agency: str | None = None
    slugline: str | None = None
    on: date | None = None
    text: str = ""
