"""Lists of feeds as OPML 2.0, in and out: what feed readers exchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from wirecopy.errors import FeedUnreadable, MarkupUnreadable
from wirecopy.markup.xml import local_name, parse_xml
from wirecopy.model import Feed
from wirecopy.parse.address import absolute

_OWN = "https://github.com/wirecopy/wirecopy/opml"
"""Namespace of what OPML has no word for: agency, country, zone."""
_KEPT = ("agency", "outlet", "country", "language", "zone")


def read_opml(data: bytes, *, subject: str = "") -> tuple[Feed, ...]:
    """Return the feeds of an OPML list, each address once, in its order; folders are looked into.

    Raises `FeedUnreadable` (`no feed list`) where it is none.
    """
    try:
        root = parse_xml(data)
    except MarkupUnreadable as err:
        raise FeedUnreadable(f"no OPML list: {err.message}", reason="no feed list", subject=subject) from err
    if local_name(root) != "opml":
        raise FeedUnreadable("no OPML list", reason="no feed list", subject=subject)
    found: dict[str, Feed] = {}
    for feed in _feeds(root):
        found.setdefault(feed.url, feed)
    return tuple(found.values())


def _feeds(root: etree._Element) -> Iterator[Feed]:
    for outline in root.iter():
        if local_name(outline) != "outline":
            continue
        values = {str(name).rpartition("}")[2].lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = absolute(values.get("xmlurl"), "")
        if url:
            title = values.get("title") or values.get("text") or ""
            known: dict[str, Any] = {name: values.get(name) or None for name in _KEPT}
            yield Feed(url=url, title=title, **known)


def write_opml(feeds: Iterable[Feed], *, title: str = "Wirecopy") -> bytes:
    """Return feeds as an OPML list, a folder an agency; credentials and their names stay out."""
    root = etree.Element("opml", nsmap={"wirecopy": _OWN}, version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    ordered = sorted(feeds, key=lambda feed: (feed.agency or "", feed.url))
    for agency, group in groupby(ordered, key=lambda feed: feed.agency or ""):
        folder = etree.SubElement(body, "outline", text=agency) if agency else body
        for feed in group:
            _outline(folder, feed)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _outline(folder: etree._Element, feed: Feed) -> None:
    label = feed.title or feed.url
    outline = etree.SubElement(folder, "outline", type="rss", text=label, title=label, xmlUrl=feed.url)
    for name in _KEPT:
        value = getattr(feed, name)
        if value:
            outline.set(f"{{{_OWN}}}{name}", value)
