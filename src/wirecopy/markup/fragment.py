"""HTML fragment to paragraphs: what feeds and wire items carry as their text.

Which elements begin a paragraph and which are not text at all is decided here; what an article is, in `extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from wirecopy.markup.invisible import visible

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hl1",
        "hl2",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "block",
        "nitf",
        "media-caption",
    ]
)
UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "svg",
        "math",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "input",
        "button",
        "meta",
        "link",
        "base",
        "param",
        "source",
        "track",
        "rp",
    ]
)
_CELLS = frozenset(("td", "th"))
_LINES = frozenset(("br", "lb"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"<[a-zA-Z!/?]|&(?:#\d|#x|[a-zA-Z])")
_MAX_CHARS = 20_000_000


def paragraphs(html_fragment: str) -> str:
    """Return the text of an HTML fragment, one paragraph a block element, joined by one blank line.

    Two line breaks in a row part paragraphs too, one stays a space; items of a list and rows of a table are paragraphs,
    cells are parted by a space. Scripts, forms' fields and hidden elements are left out, entities are read, invisible
    characters gone. Plain text keeps its own paragraphs (blank lines, else lines). Empty for an empty or unreadable
    fragment; never raises.
    """
    text = html_fragment[:_MAX_CHARS]
    if not _MARKUP.search(text):
        return "\n\n".join(plain_paragraphs(text))
    root = _parse(text)
    return "\n\n".join(element_paragraphs(root)) if root is not None else ""


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of plain text: parted by blank lines where there are any, else by lines."""
    text = visible(text)
    parts = re.split(r"\n[^\S\n]*\n\s*", text) if re.search(r"\S[^\S\n]*\n[^\S\n]*\n\s*\S", text) else text.split("\n")
    return [joined for part in parts if (joined := _SPACES.sub(" ", part).strip())]


def element_paragraphs(root: etree._Element) -> list[str]:
    """Return the paragraphs of an element, in order, without those that hold no visible character."""
    parts = "".join(_pieces(root)).split("\n\n")
    return [joined for part in parts if (joined := _SPACES.sub(" ", visible(part)).strip())]


def _parse(text: str) -> etree._Element | None:
    # lxml refuses NUL and reads an encoding declaration as a claim about a str.
    text = text.replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.fromstring(f"<div>{text}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but comments, or nested beyond libxml2's limit
        return None


def _pieces(root: etree._Element) -> Iterator[str]:
    """Yield text with a blank line at both ends of every block; walks without recursion, whatever the depth."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                yield _squeezed(element.tail)
            continue
        tag = element.tag
        if event == "start" and _is_hidden(element, tag):
            skipped = element
            continue
        if tag in _LINES:
            # The second of two line breaks parts paragraphs; one is a space.
            if event == "end":
                yield "\n\n" if _is_break_before(element) else " "
                yield _squeezed(element.tail)
            continue
        if tag in _CELLS:
            yield " "
        elif tag in BLOCKS:
            yield "\n\n"
        yield _squeezed(element.text if event == "start" else element.tail if element is not root else None)


def _squeezed(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""


def _is_break_before(element: etree._Element) -> bool:
    previous = element.getprevious()
    return previous is not None and previous.tag in _LINES and not (previous.tail or "").strip()


def _is_hidden(element: etree._Element, tag: object) -> bool:
    if not isinstance(tag, str) or tag in UNSEEN:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and _HIDDEN_STYLE.search(style))
