"""What is compared of two items, the evidence, and the stories made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from wirecopy.model.items import Identifier
from wirecopy.model.words import Relation


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
    words: str = field(default="", compare=False, repr=False)
    """The words of `text` as `dedupe.carried` packs them, empty where nobody has read them yet."""
    pieces: tuple[int, ...] = ()
    """Hashes of the sentences after the dateline that repetition may show to be boilerplate."""
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
    sketch: str = ""
    """256 bits in hex that tell a text from others of its kind; empty where none was made."""
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
    shared_facts: int = 0
    """Figures and names that agree."""
    other_facts: int = 0
    """Figures and names that stand in place of others."""
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
