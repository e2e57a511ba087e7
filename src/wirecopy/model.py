"""Every value that flows through Wirecopy, in the order in which it flows.

Feed -> Page -> FeedEntry -> Page -> Article -> Item -> Arrival -> Batch.
Nothing here has behaviour beyond reading itself; the rules live in the stages.
Every ``datetime`` is aware; every stored one is UTC.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

# --- closed lists ---------------------------------------------------------------------------


class Outcome(StrEnum):
    """The one word in which every entry and record ends."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not modified"
    NOTICE = "notice"
    SET_ASIDE = "set aside"
    DEFERRED = "deferred"
    GIVEN_UP = "given up"
    SPOOLED = "spooled"
    SOURCE_MISSING = "source missing"


class Verdict(StrEnum):
    """What an arriving item is to the item held under its key."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


class Relation(StrEnum):
    """What one copy is to another (`same_as`: one item under two keys; `reuse`: a match without membership)."""

    LEADER = "leader"
    EXACT = "exact"
    NEAR = "near"
    EXCERPT = "excerpt"
    VERSION = "version"
    TAKE = "take"
    REUSE = "reuse"
    SAME_AS = "same_as"


Precision = Literal["second", "minute", "hour", "day", "month"]
DateRole = Literal["published", "modified", "created", "embargo", "expires"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that could not be settled: a stable code for machines, a detail for people."""

    code: str
    detail: str = ""


# --- Feed -> Page -----------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes and how they were got; everything downstream is blind to the origin."""

    requested_url: str
    final_url: str
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime | None = None
    origin: Origin = Origin()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


# --- Page -> FeedEntry ------------------------------------------------------------------------


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


# --- Page | wire file -> Article ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date as found: where it stood and what it claims to be."""

    raw: str
    source: str
    """For example `json-ld`, `meta`, `time`, `visible`, `url`, `feed`, `wire`, `http`, `dateline`."""
    role: DateRole = "published"


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A byline or author as found, and where."""

    raw: str
    source: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject code with the scheme that defines it (`medtop`, `subj`, `reuters-topic`, ...)."""

    scheme: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a text was published: the instant, the day at its source, and how well either is known.

    For `day` and `month` precision `at` is the start of that day in the source's zone.
    """

    at: datetime
    on: date
    precision: Precision
    source: str
    raw: str = ""
    zone: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was found in a page or wire file, as found, beside what api and pipeline decide of it.

    `extract` and `formats` fill candidates (`dates`, `names`); `published`, `modified`, `authors` and
    `language` are decided by `normalise` before anyone outside sees the article.
    """

    headline: str | None = None
    body: str = ""
    """Paragraphs joined by one blank line; the dateline stays in it."""
    sign_off: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    credit: str | None = None
    published: Published | None = None
    modified: Published | None = None
    language: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    truncated: bool = False
    url: str | None = None
    canonical_url: str | None = None
    # wire fields
    item_uri: str | None = None
    version: str | None = None
    slugline: str | None = None
    provider: str | None = None
    genre: str | None = None
    urgency: int | None = None
    priority: str | None = None
    pub_status: str | None = None
    embargo_until: datetime | None = None
    first_created: datetime | None = None
    version_created: datetime | None = None
    dateline_raw: str | None = None
    dateline_place: str | None = None
    dateline_country: str | None = None
    ednote: str | None = None
    usage_terms: str | None = None
    word_count: int | None = None
    related: tuple[str, ...] = ()
    # candidates and provenance
    dates: tuple[DateCandidate, ...] = ()
    names: tuple[NameCandidate, ...] = ()
    language_raw: str | None = None
    outlet: str | None = None
    dump_id: str | None = None
    record_hash: str | None = None
    """Hash of the record as received, for records that carry no identifier at all."""
    extra: tuple[tuple[str, str], ...] = ()
    format: str = "page"
    extractor: str = ""
    doubts: tuple[Doubt, ...] = ()


# --- Article -> Item ---------------------------------------------------------------------------


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


# --- Item -> Match -> Story --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """What `match` may look at: the news of an item, free of dateline, credits and boilerplate."""

    item_key: str
    text: str
    headline: str = ""
    language: str | None = None
    agency: str | None = None
    outlet: str = ""
    slugline: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    item_uri: str | None = None
    related: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    text_hash: str = ""
    """Hash of the revision that this was made of."""
    boilerplate_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Where near-duplicate search looks for an item: LSH bands, by month of publication."""

    item_key: str
    text_hash: str
    exact: int
    """64-bit hash of the comparable text: equal for copies that differ only in what readers cannot see."""
    bands: tuple[int, ...] = ()
    """Signed 64-bit band hashes, each already holding its band's number."""
    month: int | None = None
    """Year * 100 + month of publication, None without one."""
    words: int = 0
    boilerplate_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Evidence that two items share text; symmetric, with `a < b`."""

    a: str
    b: str
    relation: Relation
    jaccard: float = 0.0
    containment_a: float = 0.0
    """Share of a's words found in b."""
    containment_b: float = 0.0
    shared_words: int = 0
    longest_passage: int = 0
    boilerplate_version: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An item in its story: rank 0 leads, the others say through whom they joined."""

    item_key: str
    rank: int
    relation: Relation
    similarity: float = 1.0
    via_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The report of the world: an item and its copies; `key` is its first item in canonical order."""

    key: str
    members: tuple[Member, ...]


# --- what polling remembers --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What polling knows of one feed between two polls: rhythm, validators, failures; a row of state.sqlite.

    `fetch.schedule.plan` makes the next one. `to_json` and `from_json` carry it through any store; `due_at` is
    the column to sort by (None = due at once), `retired_at` excludes a feed from polling.
    """

    url: str
    due_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str = ""
    """Hash of the last payload: what tells "changed" when the feed's own validators lie."""
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    """When a poll last brought an entry that the window before did not hold."""
    verified_at: datetime | None = None
    """When the feed was last asked without conditions."""
    unmodified: int = 0
    """Polls in a row that the server answered with "not modified"."""
    suspicion: int = 0
    """How often its "not modified" has turned out a lie: each time it is verified twice as often."""
    interval_seconds: int = 0
    items_a_day: float | None = None
    """New items a day, lately; None before the second reading."""
    observed_items: float = 0.0
    observed_seconds: float = 0.0
    """What `items_a_day` is the ratio of: both fade with time."""
    new_items: int = 0
    """Entries that the last reading brought and the window before did not hold."""
    read_at: datetime | None = None
    """When the window was last read: a "not modified" is no reading."""
    window_ids: tuple[str, ...] = ()
    """Short hashes of the entries of the last window, in its order."""
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    fresh_until: datetime | None = None
    """Until when Cache-Control or Expires calls the last answer fresh."""
    failures: int = 0
    """Failed polls in a row."""
    failure_weight: float = 0.0
    """Those failures, weighed by their class: what the backing off goes by."""
    outcome: str = ""
    """Word of the last poll's request (`fetch.outcomes`)."""
    reason: str = ""
    """The last failure, or why the feed is retired, in words."""
    gaps: int = 0
    gap_at: datetime | None = None
    """When items last may have scrolled off unseen."""
    moved_url: str | None = None
    """Where permanent redirects point, while they are not yet believed."""
    moved_seen: int = 0
    former_urls: tuple[str, ...] = ()
    retired_at: datetime | None = None

    def to_json(self) -> str:
        """Return the state as one JSON object; moments as ISO 8601."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return json.dumps(values, default=datetime.isoformat, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> FeedState:
        """Return the state that `to_json` wrote; keys of another version are ignored."""
        stored = json.loads(text)
        values = {name: stored[name] for name in _STATE_FIELDS & stored.keys()}
        for name in _STATE_MOMENTS & values.keys():
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        for name in _STATE_TUPLES & values.keys():
            values[name] = tuple(values[name])
        return cls(**values)


_STATE_FIELDS = frozenset(entry.name for entry in fields(FeedState))
_STATE_MOMENTS = frozenset(entry.name for entry in fields(FeedState) if "datetime" in str(entry.type))
_STATE_TUPLES = frozenset(entry.name for entry in fields(FeedState) if "tuple" in str(entry.type))


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A site's robots.txt as last read; kept in state.sqlite, so that a poll a minute does not ask for it each time."""

    origin: str
    """Scheme, host and port: `https://wire.example`."""
    text: str = ""
    """Empty where the site has none: everything is allowed."""
    reachable: bool = True
    """False where it could not be had for now: nothing is allowed."""
    outcome: str = ""
    """Word of the request that failed."""
    fetched_at: datetime


# --- what lands --------------------------------------------------------------------------------


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
    origin: Origin = Origin()


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
    origin: Origin = Origin()


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
