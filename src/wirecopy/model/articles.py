"""What was found in a page or wire file, as found, beside what is decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wirecopy.model.words import DateRole, Doubt, Precision

COUNTRY_STATED = "dateline_country_stated"
"""Name in `Article.extra` of a country that a wire names in words of its own language."""


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
