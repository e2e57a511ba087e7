"""From one document to those that it points to: a site's feeds, a feed's earlier pages, an index's sitemaps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wirecopy.errors import FeedUnreadable, SourceError
from wirecopy.fetch.http import Client, Fetched, FetchRequest
from wirecopy.model import FeedContent
from wirecopy.parse import read_feed
from wirecopy.parse.discover import FoundFeed, common_paths, links_to_feeds, sitemaps_of_robots

CANDIDATES = 40
"""Addresses that are tried in search of a site's feeds."""
HISTORY = 500
"""Earlier pages of a feed that are read at most."""


@dataclass(frozen=True, slots=True)
class Document:
    """A feed document as fetched and read."""

    fetched: Fetched
    content: FeedContent


async def read_document(client: Client, url: str, *, auth: str | None = None, auth_url: str = "") -> Document:
    """Return the feed at an address, read in a thread of its own; `auth_url` says whom the credentials are for, if others.

    Raises `SourceUnavailable` or `SourceRefused` if it cannot be had, `FeedUnreadable` if it is none.
    """
    fetched = await client.fetch(FetchRequest(url=url, kind="feed", auth=auth, auth_url=auth_url))
    assert fetched.page is not None, "nothing was said that could be unchanged"
    return Document(fetched, await asyncio.to_thread(read_feed, fetched.page))


async def find_feeds(client: Client, url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of a site, those that its page names first; each was fetched and is one.

    An address that is a feed itself is its own and only answer. Where neither page nor robots.txt names a feed that
    works, the usual places are tried. Empty if there is none. Raises `SourceUnavailable` or `SourceRefused` if the
    page itself cannot be had.
    """
    fetched = await client.fetch(FetchRequest(url=url, kind="feed"))
    assert fetched.page is not None, "nothing was said that could be unchanged"
    try:
        content = await asyncio.to_thread(read_feed, fetched.page)
    except FeedUnreadable:
        named = (*links_to_feeds(fetched.page), *await _named_by_robots(client, fetched.page.final_url))
        return await _working(client, named) or await _working(client, common_paths(fetched.page.final_url))
    return (FoundFeed(fetched.page.final_url, "itself", content.title),)


async def _named_by_robots(client: Client, url: str) -> tuple[FoundFeed, ...]:
    parts = urlsplit(url)
    address = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        fetched = await client.fetch(FetchRequest(url=address, kind="robots"))
    except SourceError:
        return ()
    return sitemaps_of_robots(fetched.page.body.decode("utf-8", "replace"), address) if fetched.page else ()


async def _working(client: Client, candidates: Iterable[FoundFeed]) -> tuple[FoundFeed, ...]:
    chosen = list(dict.fromkeys(candidates))[:CANDIDATES]
    tried = await asyncio.gather(*(_try(client, candidate) for candidate in chosen))
    return tuple(feed for feed in tried if feed is not None)


async def _try(client: Client, candidate: FoundFeed) -> FoundFeed | None:
    try:
        document = await read_document(client, candidate.url)
    except (SourceError, FeedUnreadable):
        return None
    return replace(candidate, title=candidate.title or document.content.title)


async def earlier_pages(
    client: Client, content: FeedContent, *, auth: str | None = None, most: int = HISTORY
) -> AsyncIterator[Document]:
    """Yield the earlier pages of a paged or archived feed (RFC 5005), newest first, until they end or repeat.

    Of a sitemap index these are its sitemaps.

    Raises as `read_document` where a page on the way cannot be had or read.
    """
    seen = {content.url, content.self_url}
    waiting = [*reversed(content.children), content.older_url]
    while waiting and most > 0:
        url = waiting.pop()
        if not url or url in seen:
            continue
        seen.add(url)
        document = await read_document(client, url, auth=auth, auth_url=content.url)
        yield document
        waiting += [*reversed(document.content.children), document.content.older_url]
        most -= 1
