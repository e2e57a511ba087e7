"""Page -> Document: one decode, one parse, within bounds; everything else in `extract` reads this."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from wirecopy.errors import ArticleMissing
from wirecopy.markup.decode import decode
from wirecopy.model import Doubt, Page

MAX_BYTES = 20_000_000
# Beyond this many elements no page is an article, and rules that look at each of them take too long.
MAX_ELEMENTS = 60_000

_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|center|ins|tt|nobr|a)\b[^<>]*>", re.IGNORECASE)
# libxml2 compares each attribute of an element with all before it: a hundred thousand take minutes.
_LONG_TAG = 5000
_CROWDED_TAG = re.compile(
    r"""<(?P<name>[a-zA-Z][\w:-]*+)
        (?:[\s/]++ (?:[^\s<>"'=/]++ (?:\s*+=\s*+ (?:"[^"]*+"|'[^']*+'|[^\s<>]++))?+)?+){1000,}+""",
    re.VERBOSE,
)
_MANY_SIGNS = 50_000
_OTHER_MEDIA = re.compile(
    r"^\s*(?:image|audio|video|font)/|^\s*application/(?:pdf|zip|octet-stream|msword)", re.IGNORECASE
)
_BINARY = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")


@dataclass(frozen=True, slots=True)
class Document:
    """A page as decoded and parsed: root element, address, text, number of elements, what was doubtful on the way."""

    root: etree._Element
    url: str
    text: str
    elements: int
    doubts: tuple[Doubt, ...] = ()

    @property
    def body(self) -> etree._Element:
        """Return the element that holds what is printed."""
        found = self.root.find("body")
        return self.root if found is None else found


def open_document(page: Page) -> Document:
    """Return a page's document.

    Raises `ArticleMissing` with reason `page empty`, `page too large`, `not html` or `markup unreadable`. Nesting
    deeper than libxml2 allows is cut off where it gets too deep.
    """
    if not page.body.strip():
        raise ArticleMissing("the page is empty", reason="page empty", subject=page.final_url)
    if len(page.body) > MAX_BYTES:
        raise ArticleMissing(f"the page has {len(page.body)} bytes", reason="page too large", subject=page.final_url)
    declared = page.header("content-type")
    if (declared and _OTHER_MEDIA.match(declared)) or page.body.startswith(_BINARY):
        raise ArticleMissing("the page is no HTML", reason="not html", subject=page.final_url)
    decoded = decode(page.body, declared=declared, html=True)
    text = _bounded(decoded.text)
    root = _parse(text)
    if root is None:
        raise ArticleMissing("the page holds no element", reason="markup unreadable", subject=page.final_url)
    elements = _count(root)
    if elements > MAX_ELEMENTS:
        raise ArticleMissing(f"the page has {elements} elements", reason="page too large", subject=page.final_url)
    return Document(root, page.final_url or page.requested_url, text, elements, decoded.doubts)


def _bounded(text: str) -> str:
    """Return a page's text without what a parser ends at or takes minutes for."""
    text = text.replace("\x00", "")  # libxml2 ends a document at a NUL
    long_tags = (part for part in text.split("<") if len(part) > _LONG_TAG and part.find(">", 0, _LONG_TAG) < 0)
    if text.count("=") > _MANY_SIGNS or any(_CROWDED_TAG.match(f"<{part}") for part in long_tags):
        return _CROWDED_TAG.sub(r"<\g<name>", text)
    return text


def _parse(text: str) -> etree._Element | None:
    root, too_deep = _parse_once(text)
    if too_deep:
        # Old pages leave hundreds of inline elements open; what they hold is lost unless those go first.
        root, _ = _parse_once(_INLINE.sub("", text))
    return root


def _parse_once(text: str) -> tuple[etree._Element | None, bool]:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _count(root: etree._Element) -> int:
    return int(str(root.xpath("count(//*)")).partition(".")[0])
