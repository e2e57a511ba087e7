"""One edition of every sample host: what stands under which address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wirecopy.demo.edition import Edition, Printed, print_edition
from wirecopy.demo.feeds import HTML, render_feed
from wirecopy.demo.pages import render_index, render_page
from wirecopy.demo.stories import Outlet, sample

ROBOTS = b"User-agent: *\nDisallow: /account/\nDisallow: /search\n"
RELATED = 4

Address = tuple[str, str]
"""Host without port, and path with query."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a host answers under one path."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None
    """When it last changed; None sends no Last-Modified."""


def _stable(articles: tuple[Printed, ...]) -> tuple[Printed, ...]:
    """Return the articles that no edition changes: only they are linked, so that an update changes its own page only."""
    changing = {story.slug for story in sample().second if story.kind}
    return tuple(article for article in articles if article.story.slug not in changing and article.story.status == 200)


def _article(article: Printed, stable: tuple[Printed, ...]) -> Document:
    if article.story.status != 200:
        return Document(article.story.status, HTML, b"<!DOCTYPE html><title>410</title><h1>410 Gone</h1>\n")
    related = tuple(other for other in stable if other.ident != article.ident)[:RELATED]
    content_type, body = render_page(article, related)
    return Document(200, content_type, body, article.updated or article.published)


def _feed(outlet: Outlet, articles: tuple[Printed, ...]) -> Document:
    content_type, body = render_feed(outlet, articles)
    changes = [moment for article in articles if (moment := article.updated or article.published)]
    return Document(200, content_type, body, max(changes, default=None))


def _host(outlet: Outlet, articles: tuple[Printed, ...]) -> Iterator[tuple[str, Document]]:
    stable = _stable(articles)
    yield "/robots.txt", Document(200, "text/plain; charset=utf-8", ROBOTS)
    yield outlet.feed_path, _feed(outlet, articles)
    yield "/", Document(200, HTML, render_index(outlet, outlet.title, stable))
    for at, section in enumerate(outlet.nav, 1):
        yield f"/s/{at}", Document(200, HTML, render_index(outlet, section, stable))
    for article in articles:
        yield article.path, _article(article, stable)


def build_site(start: datetime, edition: Edition = 1) -> Mapping[Address, Document]:
    """Return every document of every sample host in an edition, dates relative to `start` (aware)."""
    printed = print_edition(start, edition)
    return {
        (outlet.host, path): document
        for outlet in sample().outlets
        for path, document in _host(outlet, tuple(a for a in printed if a.outlet.host == outlet.host))
    }
