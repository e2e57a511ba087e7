"""JSON Feed 1.0 and 1.1 (jsonfeed.org), forgiving about types: ids may be numbers, authors a string."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from wirecopy.errors import FeedUnreadable
from wirecopy.model import Doubt, Enclosure, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute
from wirecopy.parse.plain import as_html

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_json(body: bytes, page: Page) -> FeedContent:
    """Return the JSON Feed in these bytes, entries that are no objects left out with a doubt.

    Raises `FeedUnreadable` where there is no JSON, or none that is a feed.
    """
    url = page.final_url
    feed = _load(body, url)
    items = feed.get("items")
    if not isinstance(items, list):
        raise FeedUnreadable("JSON, but no JSON Feed", reason="no feed", subject=url)
    usable = [item for item in items if isinstance(item, Mapping)]
    return FeedContent(
        url=page.requested_url,
        kind="json",
        title=_text(feed, "title") or "",
        link=absolute(_text(feed, "home_page_url"), url),
        language=_text(feed, "language"),
        entries=tuple(_entry(item, number, feed, page) for number, item in enumerate(usable)),
        older_url=absolute(_text(feed, "next_url"), url),
        self_url=absolute(_text(feed, "feed_url"), url),
        doubts=() if len(usable) == len(items) else (Doubt("malformed feed", "items that are no objects"),),
    )


def _load(body: bytes, url: str) -> Mapping[str, Any]:
    try:
        text = body.decode(json.detect_encoding(body), "replace").removeprefix("\ufeff")
        feed = json.loads(_CONTROL.sub(" ", text), strict=False)
    except (ValueError, RecursionError) as err:
        raise FeedUnreadable(f"broken JSON: {err}", reason="broken json", subject=url) from err
    if not isinstance(feed, Mapping):
        raise FeedUnreadable("JSON, but no JSON Feed", reason="no feed", subject=url)
    return feed


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else None


def _entry(item: Mapping[str, Any], number: int, feed: Mapping[str, Any], page: Page) -> FeedEntry:
    url = page.final_url
    return FeedEntry(
        feed_url=page.requested_url,
        position=number,
        guid=_text(item, "id"),
        link=_link(item, url),
        headline=_text(item, "title"),
        summary_html=as_html(_text(item, "summary") or ""),
        content_html=_text(item, "content_html") or as_html(_text(item, "content_text") or ""),
        authors=_authors(item) or _authors(feed),
        published_raw=_text(item, "date_published"),
        updated_raw=_text(item, "date_modified"),
        categories=tuple(tag.strip() for tag in _list(item, "tags") if isinstance(tag, str) and tag.strip()),
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
    return tuple(dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip()))


def _enclosures(item: Mapping[str, Any], url: str) -> Iterable[Enclosure]:
    for attachment in _list(item, "attachments"):
        address = absolute(_text(attachment, "url"), url) if isinstance(attachment, Mapping) else None
        if address:
            size = attachment.get("size_in_bytes")
            yield Enclosure(address, _text(attachment, "mime_type") or "", size if isinstance(size, int) else None)
