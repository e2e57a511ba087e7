"""Sitemaps and sitemap indexes (sitemaps.org 0.9) with the news and image extensions.

An address without news tags is an entry too: its page says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wirecopy.errors import FeedUnreadable
from wirecopy.model import Doubt, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute

MAX_ENTRIES = 50_000
"""Most addresses a sitemap may hold (sitemaps.org)."""


def read_sitemap(body: bytes, page: Page) -> FeedContent:
    """Return a sitemap's addresses as entries, or an index's sitemaps as children.

    Raises `FeedUnreadable` where not even the root can be read.
    """
    url = page.final_url
    root, doubts = _parse(body, url)
    if _name(root) == "sitemapindex":
        children = tuple(found for element in root for found in _locations(element, url))
        return FeedContent(url=page.requested_url, kind="sitemap index", children=children[:MAX_ENTRIES], doubts=doubts)
    usable = (element for element in root if _name(element) == "url")
    entries = (_entry(element, number, page) for number, element in enumerate(usable) if number < MAX_ENTRIES)
    return FeedContent(url=page.requested_url, kind="sitemap", entries=tuple(entries), doubts=doubts)


def _parse(body: bytes, url: str) -> tuple[etree._Element, tuple[Doubt, ...]]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as err:
        raise FeedUnreadable(f"broken sitemap: {err}", reason="broken sitemap", subject=url) from err
    if root is None:
        raise FeedUnreadable("broken sitemap", reason="broken sitemap", subject=url)
    errors = parser.error_log
    return root, (Doubt("malformed feed", errors[0].message[:200]),) if len(errors) else ()


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _fields(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element.iter():
        text = (child.text or "").strip() if isinstance(child.tag, str) else ""
        if text:
            yield _name(child), text


def _locations(element: etree._Element, base: str) -> Iterator[str]:
    for child in element:
        if _name(child) == "loc" and (child.text or "").strip():
            address = absolute(child.text or "", base)
            if address:
                yield address


def _entry(element: etree._Element, number: int, page: Page) -> FeedEntry:
    url = page.final_url
    link = next(_locations(element, url), None)
    values: dict[str, str] = {}
    pictures = []
    for name, text in _fields(element):
        if name == "loc":
            pictures.append(text)
        values.setdefault(name, text)
    keywords = (word.strip() for word in values.get("keywords", "").split(","))
    return FeedEntry(
        feed_url=page.requested_url,
        position=number,
        link=link,
        headline=values.get("title"),
        published_raw=values.get("publication_date"),
        updated_raw=values.get("lastmod"),
        categories=tuple(dict.fromkeys(word for word in keywords if word)),
        credit=values.get("name"),
        language=values.get("language"),
        image_url=absolute(pictures[1], url) if len(pictures) > 1 else None,
    )
