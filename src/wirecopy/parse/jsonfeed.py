"""JSON Feed 1.0 and 1.1 (jsonfeed.org), forgiving about types: ids may be numbers, authors a string."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.json import complete_members, json_text, parse_json_text
from wirecopy.model import Doubt, Enclosure, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute
from wirecopy.parse.plain import as_html, one_line

_ITEMS = re.compile(r'"items"\s*:\s*\[')


def read_json(body: bytes, page: Page) -> FeedContent | None:
    """Return the JSON Feed in these bytes, None if the JSON is none; members that are no entries are left out.

    One that breaks off is read up to there. Both carry the doubt `malformed feed`.
    Raises `MarkupUnreadable` where there is no JSON.
    """
    feed, doubts = _load(json_text(body))
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(items, list):
        return None
    url = page.final_url
    usable = [item for item in items if isinstance(item, Mapping)]
    if len(usable) < len(items):
        doubts = (*doubts, Doubt("malformed feed", "items that are no objects"))
    return FeedContent(
        url=page.requested_url,
        kind="json",
        title=_text(feed, "title") or "",
        link=absolute(_text(feed, "home_page_url"), url),
        language=_text(feed, "language"),
        entries=tuple(_entry(item, number, feed, page) for number, item in enumerate(usable)),
        older_url=absolute(_text(feed, "next_url"), url),
        self_url=absolute(_text(feed, "feed_url"), url),
        doubts=doubts,
    )


def _load(text: str) -> tuple[Any, tuple[Doubt, ...]]:
    """Return the JSON value, or of a feed that breaks off, the items before the break."""
    try:
        return parse_json_text(text), ()
    except MarkupUnreadable as err:
        found = _ITEMS.search(text)
        items = list(complete_members(text[found.end() - 1 :])) if found else []
        if not items:
            raise
        return {"items": items}, (Doubt("malformed feed", err.message[:200]),)


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return (_whole(value).strip() or None) if isinstance(value, str) else None


def _whole(text: str) -> str:
    """Return a text without halves of characters, which JSON can spell out and nothing can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _entry(item: Mapping[str, Any], number: int, feed: Mapping[str, Any], page: Page) -> FeedEntry:
    url = page.final_url
    return FeedEntry(
        feed_url=page.requested_url,
        position=number,
        guid=_text(item, "id"),
        link=_link(item, url),
        headline=one_line(html.unescape(_text(item, "title") or "")),  # plain text by the book, escaped in practice
        summary_html=as_html(_text(item, "summary") or ""),
        content_html=_text(item, "content_html") or as_html(_text(item, "content_text") or ""),
        authors=_authors(item) or _authors(feed),
        published_raw=_text(item, "date_published"),
        updated_raw=_text(item, "date_modified"),
        categories=tuple(_whole(tag).strip() for tag in _list(item, "tags") if isinstance(tag, str) and tag.strip()),
        enclosures=tuple(_enclosures(item, url)),
        image_url=absolute(_text(item, "image"), url) or absolute(_text(item, "banner_image"), url),
        language=_text(item, "language"),
    )


def _link(item: Mapping[str, Any], url: str) -> str | None:
    """Return the item's page; an id that is an address stands in, as JSON Feed 1.1 advises."""
    found = absolute(_text(item, "url"), url) or absolute(_text(item, "external_url"), url)
    guid = _text(item, "id") or ""
    return found or (guid if guid.startswith(("http://", "https://")) else None)


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else []


def _authors(values: Mapping[str, Any]) -> tuple[str, ...]:
    found = [*_list(values, "authors"), values.get("author")]
    names = (_text(author, "name") if isinstance(author, Mapping) else author for author in found)
    return tuple(dict.fromkeys(_whole(name).strip() for name in names if isinstance(name, str) and name.strip()))


def _enclosures(item: Mapping[str, Any], url: str) -> Iterable[Enclosure]:
    for attachment in _list(item, "attachments"):
        address = absolute(_text(attachment, "url"), url) if isinstance(attachment, Mapping) else None
        if address:
            size = attachment.get("size_in_bytes")
            yield Enclosure(address, _text(attachment, "mime_type") or "", size if isinstance(size, int) else None)
