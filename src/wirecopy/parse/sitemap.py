"""Sitemaps and sitemap indexes (sitemaps.org 0.9) with the news and image extensions.

An address without news tags is an entry too: its page says the rest.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.xml import XmlText, complete_elements, local_name, parse_prepared, prepare_xml
from wirecopy.model import Doubt, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute
from wirecopy.parse.plain import one_line, without_markup
from wirecopy.parse.repair import with_ampersands

MAX_ENTRIES = 50_000
"""Most addresses a sitemap may hold (sitemaps.org)."""


def read_sitemap(body: bytes, page: Page) -> FeedContent:
    """Return a sitemap's addresses as entries, or an index's sitemaps as children: of news first, then those changed last.

    One that breaks off is read up to there and carries the doubt `malformed feed`.
    Raises `MarkupUnreadable` for hostile entities and exceeded limits.
    """
    xml = prepare_xml(body)
    xml = replace(xml, text=with_ampersands(_declared(xml.text)))
    elements, doubts = _elements(xml)
    usable = [element for element in elements if local_name(element) == "url"][:MAX_ENTRIES]
    listed = [element for element in elements if local_name(element) == "sitemap"]
    dated = {url: _changed(element) for element in listed if (url := _location(element, page.final_url))}
    found = tuple(sorted(dated, key=lambda url: _latest(url, dated[url]), reverse=True))[:MAX_ENTRIES]
    return FeedContent(
        url=page.requested_url,
        kind="sitemap index" if found and not usable else "sitemap",
        entries=tuple(_entry(element, number, page) for number, element in enumerate(usable)),
        children=found,
        doubts=(*xml.doubts, *doubts),
    )


_NEWS = re.compile(r"(?<![a-z])news(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
# <news:news> in a sitemap that never says what `news` stands for
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]*):")
_BEFORE_ATTRIBUTES = re.compile(r"<(?:[\w.-]+:)?(?:urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)


def _declared(text: str) -> str:
    """Return a sitemap whose root declares every prefix that is used in it."""
    missing = {prefix for prefix in _PREFIX.findall(text) if f"xmlns:{prefix}" not in text}
    if not missing:
        return text
    names = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in sorted(missing))
    return _BEFORE_ATTRIBUTES.sub(lambda found: found.group() + names, text, count=1)


def _elements(xml: XmlText) -> tuple[list[etree._Element], tuple[Doubt, ...]]:
    try:
        return list(parse_prepared(xml)), ()
    except MarkupUnreadable as err:
        return list(complete_elements(xml, frozenset({"url", "sitemap"}))), (
            Doubt("malformed feed", err.message[:200]),
        )


def _texts(element: etree._Element | None) -> dict[str, str]:
    """Return the texts within an element by their local names, the first of each."""
    values: dict[str, str] = {}
    for child in element.iter() if element is not None else ():
        if text := (child.text or "").strip():
            values.setdefault(local_name(child), text)
    return values


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _changed(element: etree._Element) -> str:
    """Return when a document says that it was changed, as written: the forms allowed sort by time."""
    found = _child(element, "lastmod")
    return (found.text or "").strip() if found is not None else ""


def _latest(url: str, changed: str) -> tuple[bool, str, tuple[int, ...]]:
    """Return what to sort sitemaps by; where nothing says when they changed, the highest number or date is the latest."""
    path = url.partition("://")[2].partition("/")[2]
    return bool(_NEWS.search(path)), changed, tuple(int(number[:18]) for number in _NUMBER.findall(path))


def _location(element: etree._Element, base: str) -> str | None:
    found = (absolute(child.text, base) for child in element if local_name(child) == "loc")
    return next(found, None)


def _entry(element: etree._Element, number: int, page: Page) -> FeedEntry:
    """Return an address with its news tags; pictures and films have titles and dates of their own."""
    news, picture = _texts(_child(element, "news")), _texts(_child(element, "image"))
    keywords = (word.strip() for word in news.get("keywords", "").split(","))
    return FeedEntry(
        feed_url=page.requested_url,
        position=number,
        link=_location(element, page.final_url),
        headline=one_line(without_markup(news.get("title", ""))),
        published_raw=news.get("publication_date"),
        updated_raw=_changed(element) or None,
        categories=tuple(dict.fromkeys(word for word in keywords if word)),
        credit=news.get("name"),
        language=news.get("language"),
        image_url=absolute(picture.get("loc"), page.final_url),
    )
