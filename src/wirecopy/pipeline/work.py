"""What the worker processes do: one page, feed or wire file -> what can land of it. Pure; no disk, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from itertools import count

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
    return tuple(_of_wire(job))


def make_of_page(job: PageJob) -> Made:
    """Return the arrival that a page gives; raises `ArticleMissing` where it holds no article."""
    article = extract(job.page)
    if job.entry:
        article = with_entry(article, job.entry)
    return _arrival(article, job, seen_at=job.page.fetched_at, origin=job.page.origin)


def make_of_entry(job: EntryJob) -> Made:
    """Return the arrival that a feed entry gives by itself; raises `ArticleMissing` where it has no text."""
    article = article_of_entry(job.entry)
    if not article.body:
        raise ArticleMissing("the feed carries no text of it", subject=job.entry.link or job.entry.feed_url)
    return _arrival(article, job, seen_at=job.seen_at, origin=Origin())


def _of_wire(job: WireJob) -> Iterator[Made]:
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


def _wire_item(article: Article, job: WireJob) -> Made:
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
    return _arrival(article, job, seen_at=article.version_created, origin=job.origin)


def _arrival(
    article: Article, job: PageJob | EntryJob | WireJob, *, seen_at: datetime | None, origin: Origin
) -> Arrival:
    feed = None if isinstance(job, WireJob) else job.feed
    entry = None if isinstance(job, WireJob) else job.entry
    item = make_item(decide(article, captured_at=seen_at, source=feed), source=feed, captured_at=seen_at)
    if entry:
        item = named_by(item, entry)
    return arrival_of(
        item,
        job.boilerplate,
        Sighting(seen_at=seen_at, feed_url=feed.url if feed else None, capture=job.capture, origin=origin),
    )


def arrival_of(item: Item, boilerplate: Boilerplate, sighting: Sighting) -> Arrival:
    """Return an item ready to land, with what near-duplicate search needs of it."""
    ((text, print_),) = with_words([comparable(item, boilerplate)])
    return Arrival(item=item, fingerprint=print_, comparable=text, sighting=sighting)
