"""Which of the feed formats a page holds, and what it is if it holds none."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from wirecopy.errors import FeedUnreadable, MarkupUnreadable
from wirecopy.markup.decode import decode
from wirecopy.model import FeedContent, Page
from wirecopy.parse import jsonfeed, rss, sitemap

MAX_INFLATED = 50_000_000
"""Largest sitemap after unpacking: the limit of sitemaps.org, "50MB (52,428,800 bytes)"."""

_HEAD = 4096
_ROOT = re.compile(
    rb"<\s*(?:[A-Za-z_][\w.-]*:)?(?P<name>urlset|sitemapindex|rss|feed|rdf|channel|opml|html|head|body)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(rb"<\s*(?P<name>[A-Za-z_][\w.:-]*)")
_PAGE = frozenset({b"html", b"head", b"body"})
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)


def read_feed(page: Page) -> FeedContent:
    """Return the feed that a page holds, read as far as it can be.

    Addresses come out absolute (against xml:base, else the page's final URL), everything else as received.
    Raises `FeedUnreadable` with a reason code: `empty`, `too large`, `html page`, `login page`, `entities`, `no feed`,
    `feed unreadable`.
    """
    body = _decoded(_unpacked(page), page.header("content-type"))
    head = _head(body)
    if not head:
        raise FeedUnreadable("the feed is empty", reason="empty", subject=page.requested_url)
    root = _root(head)
    try:
        content = _reader(head, root)(body, page)
    except MarkupUnreadable as err:
        raise FeedUnreadable(err.message, reason=err.reason, subject=page.requested_url) from err
    if content is None:
        raise _no_feed(body, page.requested_url)
    return content


def _reader(head: bytes, root: str) -> Callable[[bytes, Page], FeedContent | None]:
    if head.startswith((b"{", b"[")):
        return jsonfeed.read_json
    return sitemap.read_sitemap if root in {"urlset", "sitemapindex"} else rss.read_xml


def _decoded(body: bytes, content_type: str | None) -> bytes:
    """Return a body in which UTF-8 stands for what only the HTTP header says how to read."""
    if not content_type or "charset" not in content_type.lower():
        return body
    decoded = decode(body, declared=content_type)
    return body if decoded.encoding == "utf-8" else decoded.text.encode("utf-8", "replace")


def _unpacked(page: Page) -> bytes:
    """Return the body; a `.xml.gz` that came as a file, not as a content coding, is unpacked."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page.body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(page.body, MAX_INFLATED)
    except zlib.error as err:
        raise FeedUnreadable(f"a gzip file that cannot be unpacked: {err}", subject=page.requested_url) from err
    if unpacker.unconsumed_tail:
        raise FeedUnreadable("unpacks to more than 50 MB", reason="too large", subject=page.requested_url)
    return data


def _head(body: bytes) -> bytes:
    head = body[: _HEAD * 4]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:4]:
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _root(head: bytes) -> str:
    found = _ROOT.search(_COMMENT.sub(b"", head))
    return found["name"].decode("ascii").lower() if found else ""


def _no_feed(body: bytes, subject: str) -> FeedUnreadable:
    first = _FIRST.search(_COMMENT.sub(b"", _head(body)))
    if (first and first["name"].lower() in _PAGE) or b"<html" in body[: _HEAD * 4].lower():
        if _PASSWORD.search(body):
            return FeedUnreadable("a login page stands where the feed was", reason="login page", subject=subject)
        remedy = f"ask for its feeds: wirecopy feeds discover {subject}" if subject else ""
        return FeedUnreadable(
            "a web page stands where the feed was", reason="html page", subject=subject, remedy=remedy
        )
    return FeedUnreadable("neither RSS, Atom, RDF, JSON Feed nor sitemap", reason="no feed", subject=subject)
