"""What the worker processes do: one page, feed or wire file -> what can land of it. Pure; no disk, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from itertools import count
from typing import NamedTuple

from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate
from wirecopy.dedupe.fingerprint import comparable, with_words
from wirecopy.errors import ArticleMissing, ContentError
from wirecopy.extract import extract
from wirecopy.formats import read_articles, sniff
from wirecopy.model import (
    Arrival,
    Article,
    Capture,
    Feed,
    FeedEntry,
    Item,
    Notice,
    Origin,
    Page,
    SetAside,
    Sighting,
)
from wirecopy.normalise.cues import read_notice
from wirecopy.normalise.entry import article_of_entry, named_by, with_entry
from wirecopy.normalise.item import decide, make_item
from wirecopy.parse import read_feed

Made = Arrival | Notice | SetAside


class _Ready(NamedTuple):
    """An item that is an arrival but for what near-duplicate search needs of it."""

    item: Item
    sighting: Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """A page, and what is known of it before it is read."""

    page: Page
    feed: Feed | None = None
    entry: FeedEntry | None = None
    capture: Capture | None = None
    boilerplate: Boilerplate = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryJob:
    """A feed entry whose page is not to be had: the feed's own text is all there is."""

    entry: FeedEntry
    seen_at: datetime
    """When the feed was fetched."""
    feed: Feed | None = None
    capture: Capture | None = None
    boilerplate: Boilerplate = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class WireJob:
    """The bytes of a wire file or of a slice of one."""

    data: bytes
    name: str
    origin: Origin
    format: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    """Columns of a dump and the fields that they fill, where their names do not say it."""
    before: int = 0
    """Lines of the file that stand before this slice of it."""
    capture: Capture | None = None
    boilerplate: Boilerplate = EMPTY


@singledispatch
def make(job: object) -> tuple[Made, ...]:
    """Return what a job gives; raises `ContentError` where it gives nothing."""
    raise TypeError(type(job).__name__)


@make.register
def _(job: Notice | SetAside) -> tuple[Made, ...]:
    return (job,)


@make.register
def _(job: PageJob) -> tuple[Made, ...]:
    return (make_of_page(job),)


@make.register
def _(job: EntryJob) -> tuple[Made, ...]:
    return (make_of_entry(job),)


@make.register
def _(job: WireJob) -> tuple[Made, ...]:
    """Items of a file are read for what they share together: that costs half of what it does one by one."""
    made = list(_of_wire(job))
    arrivals = iter(_arrivals([one for one in made if isinstance(one, _Ready)], job.boilerplate))
    return tuple([next(arrivals) if isinstance(one, _Ready) else one for one in made])


def make_of_page(job: PageJob) -> Made:
    """Return the arrival that a page gives; raises `ArticleMissing` where it holds no article."""
    article = extract(job.page)
    if job.entry:
        article = with_entry(article, job.entry)
    ready = _ready(article, job, seen_at=job.page.fetched_at, origin=job.page.origin)
    return arrival_of(ready.item, job.boilerplate, ready.sighting)


def make_of_entry(job: EntryJob) -> Made:
    """Return the arrival that a feed entry gives by itself; raises `ArticleMissing` where it has no text."""
    article = article_of_entry(job.entry)
    if not article.body:
        raise ArticleMissing("the feed carries no text of it", subject=job.entry.link or job.entry.feed_url)
    ready = _ready(article, job, seen_at=job.seen_at, origin=Origin())
    return arrival_of(ready.item, job.boilerplate, ready.sighting)


def _of_wire(job: WireJob) -> Iterator[_Ready | Notice | SetAside]:
    """Yield what each record gives; one that cannot be read is set aside, and the next is read."""
    articles = _articles(job)
    for number in count(1):
        try:
            article = next(articles, None)
            if article is None:
                if number == 1:
                    yield _record_aside(job, 0, ContentError("it holds no items", reason="nothing in it"))
                return
            yield _wire_item(article, job)
        except ContentError as err:
            yield _record_aside(job, number, err)


def _record_aside(job: WireJob, number: int, err: ContentError) -> SetAside:
    return SetAside(
        stage="formats",
        reason=err.reason,
        detail=err.message,
        subject=f"{job.origin.address or job.name}#{job.before + number}",
        capture=job.capture,
        origin=job.origin,
    )


def _articles(job: WireJob) -> Iterator[Article]:
    found = job.format
    if not found and not job.mapping:
        found = sniff(job.data, job.name)
    if found == "feed" and not job.format:
        page = Page(requested_url="", final_url="", body=job.data, origin=job.origin)
        return (article_of_entry(entry) for entry in read_feed(page).entries)
    return read_articles(job.data, name=job.name, format=found, mapping=dict(job.mapping) or None, before=job.before)


NO_STORY = frozenset({"package", "no_text"})
"""Doubts of items that hold links, pictures or sound, and no report of their own."""


def _wire_item(article: Article, job: WireJob) -> _Ready | Notice:
    # NITF may cancel another document than itself (management-doc-idref with a status of its own).
    other = dict(article.extra).get("management_idref_status")
    notice = read_notice(
        headline=article.headline or "",
        body=article.body,
        status=other or article.pub_status,
        identifier=article.related[0] if other else article.item_uri or article.url,
        related=() if other else article.related,
        agency=article.provider,
        slugline=article.slugline,
        ednote=article.ednote,
        at=article.version_created,
    )
    if notice and not (notice.kind == "withheld" and article.body):
        return notice  # a text that is held back is an item, to be shown when its wire lets it go
    reason = next((doubt.code for doubt in article.doubts if doubt.code in NO_STORY), "")
    if not article.body and (reason or not article.headline):
        raise ArticleMissing("the item holds no text of its own", reason=reason.replace("_", " ") or "no text")
    return _ready(article, job, seen_at=article.version_created, origin=job.origin)


def _ready(article: Article, job: PageJob | EntryJob | WireJob, *, seen_at: datetime | None, origin: Origin) -> _Ready:
    feed = None if isinstance(job, WireJob) else job.feed
    entry = None if isinstance(job, WireJob) else job.entry
    item = make_item(decide(article, captured_at=seen_at, source=feed), source=feed, captured_at=seen_at)
    if entry:
        item = named_by(item, entry)
    feed_url = feed.url if feed else None
    return _Ready(item, Sighting(seen_at=seen_at, feed_url=feed_url, capture=job.capture, origin=origin))


def _arrivals(ready: Sequence[_Ready], boilerplate: Boilerplate) -> list[Arrival]:
    """Return items ready to land, with what near-duplicate search needs of them."""
    compared = with_words([comparable(item, boilerplate) for item, _ in ready])
    return [
        Arrival(item=item, fingerprint=print_, comparable=text, sighting=sighting)
        for (item, sighting), (text, print_) in zip(ready, compared, strict=True)
    ]


def arrival_of(item: Item, boilerplate: Boilerplate, sighting: Sighting) -> Arrival:
    """Return an item ready to land, with what near-duplicate search needs of it."""
    return _arrivals([_Ready(item, sighting)], boilerplate)[0]
