"""Sitemaps and sitemap indexes (sitemaps.org 0.9) with the news and image extensions.

An address without news tags is an entry too: its page says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.xml import XmlText, complete_elements, local_name, parse_prepared, prepare_xml
from wirecopy.model import Doubt, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute

MAX_ENTRIES = 50_000
"""Most addresses a sitemap may hold (sitemaps.org)."""


def read_sitemap(body: bytes, page: Page) -> FeedContent:
    """Return a sitemap's addresses as entries, or an index's sitemaps as children.

    One that breaks off is read up to there and carries the doubt `malformed feed`.
    Raises `MarkupUnreadable` for hostile entities and exceeded limits.
    """
    xml = prepare_xml(body)
    elements, doubts = _elements(xml)
    usable = [element for element in elements if local_name(element) == "url"][:MAX_ENTRIES]
    children = (_location(element, page.final_url) for element in elements if local_name(element) == "sitemap")
    found = tuple(child for child in children if child)[:MAX_ENTRIES]
    return FeedContent(
        url=page.requested_url,
        kind="sitemap index" if found and not usable else "sitemap",
        entries=tuple(_entry(element, number, page) for number, element in enumerate(usable)),
        children=found,
        doubts=(*xml.doubts, *doubts),
    )


def _elements(xml: XmlText) -> tuple[list[etree._Element], tuple[Doubt, ...]]:
    try:
        return list(parse_prepared(xml)), ()
    except MarkupUnreadable as err:
        return list(complete_elements(xml, frozenset({"url", "sitemap"}))), (
            Doubt("malformed feed", err.message[:200]),
        )


def _fields(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element.iter():
        text = (child.text or "").strip()
        if text:
            yield local_name(child), text


def _location(element: etree._Element, base: str) -> str | None:
    found = (absolute(child.text, base) for child in element if local_name(child) == "loc")
    return next(found, None)


def _entry(element: etree._Element, number: int, page: Page) -> FeedEntry:
    url = page.final_url
    link = _location(element, url)
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
