"""Where a site keeps its feeds: what its pages say, what its robots.txt says, and where feeds usually are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html
from lxml.etree import ParserError

from wirecopy.markup.decode import decode
from wirecopy.model import Page
from wirecopy.parse.address import absolute

FEED_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/x-rss+xml": "rss",
    "text/xml": "rss",
}
COMMON_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed/", "/feeds", "/rss/all", "/rss/news.xml",
    "/feeds/posts/default", "/feed.json", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml",
    "/google-news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml",
)  # fmt: skip
"""Where feeds and news sitemaps are found when nobody says where, likeliest first."""

_FEED_LIKE = re.compile(r"(?:^|[/._=-])(?:rss|atom|feeds?|rdf)(?:$|[/._?=&-])|\.(?:rss|rdf|atom)$", re.IGNORECASE)
# Sitemap: https://wire.example/news-sitemap.xml
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(?P<url>\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """An address that may be a feed, and who says so: `link`, `anchor`, `robots` or `common path`."""

    url: str
    source: str
    title: str = ""


def links_to_feeds(page: Page) -> tuple[FoundFeed, ...]:
    """Return the feeds that a web page names, those of its head before those it merely links to; none for no HTML."""
    text = decode(page.body, declared=page.header("content-type"), html=True).text
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (ParserError, ValueError):  # nothing but comments, or nothing at all
        return ()
    base = absolute(str(root.xpath("string((//base/@href)[1])")), page.final_url) or page.final_url
    found: dict[str, FoundFeed] = {}
    for feed in (*_in_head(root, base), *_in_text(root, base)):
        found.setdefault(feed.url, feed)
    return tuple(found.values())


def _in_head(root: html.HtmlElement, base: str) -> list[FoundFeed]:
    found = []
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        url = absolute(link.get("href"), base)
        if url and ("feed" in relations or ("alternate" in relations and media_type in FEED_TYPES)):
            found.append(FoundFeed(url, "link", (link.get("title") or "").strip()))
    return found


def _in_text(root: html.HtmlElement, base: str) -> list[FoundFeed]:
    found = []
    for anchor in root.iter("a"):
        url = absolute(anchor.get("href"), base)
        if url and _is_feed_like(url):
            found.append(FoundFeed(url, "anchor", " ".join(anchor.text_content().split())[:200]))
    return found


def _is_feed_like(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FEED_LIKE.search(parts.path) or _FEED_LIKE.search(parts.query))


def sitemaps_of_robots(text: str, url: str) -> tuple[FoundFeed, ...]:
    """Return the sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location")."""
    found = (absolute(match["url"], url) for match in _SITEMAP.finditer(text))
    return tuple(FoundFeed(address, "robots") for address in dict.fromkeys(found) if address)


def common_paths(url: str) -> tuple[FoundFeed, ...]:
    """Return where feeds of this site would be if it kept them where most sites do."""
    found = (absolute(path, url) for path in COMMON_PATHS)
    return tuple(FoundFeed(address, "common path") for address in found if address)
