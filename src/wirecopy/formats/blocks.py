"""XML element or string of a wire file -> body text: paragraphs joined by one blank line."""

from __future__ import annotations

import copy
import html
import re

from lxml import etree

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.fragment import element_paragraphs, paragraphs
from wirecopy.markup.invisible import visible
from wirecopy.markup.xml import local_name

MAX_HTML = 8_000_000
"""Characters of HTML that are read: its tree takes some thirty times as many bytes."""
_SILENT = frozenset({"media", "media-caption", "media-metadata", "note", "nitf-table-metadata", "aside", "figure"})
# </b>   <br/>   <sup >   <a href="…">   but neither <desk@example.com> nor <https://…>
_MARKED = re.compile(r"</[a-z][a-z0-9]*\s*>|<[a-z][a-z0-9]*(?:\s+[\w:-]+\s*=[^<>]*|\s*)/?>", re.IGNORECASE)
# … the city said.   … it said.”
_WIDEST = 140
_ENDED = re.compile(r"""[.!?:][\s"'”’»)\]]*$""")
# <figure><img …/><figcaption>A ship.</figcaption></figure>
_FIGURE = re.compile(r"<figure\b[^>]*>(?:(?!<figure\b).)*?</figure\s*>", re.DOTALL | re.IGNORECASE)
# Milwaukee     22  16  .579
_COLUMNS = re.compile(r"(?<=\S)   +\S|\|.*\||\.\.\.\.")


def body_text(element: etree._Element | None, *, silent: frozenset[str] = frozenset()) -> str:
    """Return the text under an element as paragraphs joined by one blank line; empty for None.

    Media, notes and the elements named in `silent` say nothing; elements count by their local names.
    """
    if element is None:
        return ""
    bare = copy.deepcopy(element)
    bare.tail = None
    for node in list(bare.iter(etree.Element)):
        node.tag = local_name(node)
        if node.tag in _SILENT | silent and node is not bare:
            _take_out(node)
        elif node.tag == "pre" and len(node) == 0:
            _part_lines(node)
    return "\n\n".join(element_paragraphs(bare))


def inline_text(element: etree._Element | None, *, between: str = "") -> str:
    """Return all text under an element on one line, without markup, `between` its pieces; empty for None."""
    if element is None:
        return ""
    line = " ".join(visible(between.join(str(piece) for piece in element.itertext())).split())
    return re.sub(r" (?=[,;.](?:\s|$))", "", line) if between else line


def content_text(element: etree._Element | None) -> str:
    """Return an element's body text, whether it holds elements, escaped HTML or plain text."""
    if element is None or len(element):
        return body_text(element)
    return marked_text(element.text or "")


def marked_text(text: str) -> str:
    """Return a string's body text as paragraphs, whether it is HTML or plain.

    Raises `MarkupUnreadable` for HTML that is larger than any article.
    """
    if len(text) > MAX_HTML and _MARKED.search(text):
        raise MarkupUnreadable(f"HTML of more than {MAX_HTML // 1_000_000} MB is no article", reason="too large")
    return paragraphs(_FIGURE.sub("", text)) if _MARKED.search(text) else plain_text(html.unescape(text))


def line_text(text: str) -> str:
    """Return a line as it reads, whether a sender wrote HTML into it or not."""
    return " ".join(paragraphs(text).split()) if _MARKED.search(text) else html.unescape(text)


def plain_text(text: str) -> str:
    """Return unmarked text as paragraphs joined by one blank line: blank lines, tabs and indents part paragraphs.

    The lines of wrapped prose are joined; lines of tables and lists stay apart.
    """
    found: list[list[str]] = [[]]
    lines = visible(text).split("\n")
    hanging = _is_hanging(lines)
    for raw in lines:
        line = (raw.expandtabs(4) if "\t" in raw else raw).rstrip()
        if not line or (raw[0].isspace() and (raw[0] == "\t" or _opens_paragraph(line, found[-1], hanging=hanging))):
            found.append([])
        if line:
            found[-1].append(line)
    return "\n\n".join([_joined(lines) for lines in found if lines])


def _is_hanging(lines: list[str]) -> bool:
    """Tell a text whose indents open paragraphs from one that stands indented as a whole."""
    if any(line and not line[0].isspace() for line in lines):
        return True
    return all(_ENDED.search(line) for line in lines if line.strip())


def _opens_paragraph(line: str, held: list[str], *, hanging: bool) -> bool:
    if not held or not 2 <= len(line) - len(line.lstrip()) <= 8:
        return False
    after_text = len(held[-1]) - len(held[-1].lstrip()) < 2
    return after_text or (hanging and bool(_ENDED.search(held[-1])))


def _joined(lines: list[str]) -> str:
    bare = [line.strip() for line in lines]
    if len(bare) == 1:
        return bare[0]
    joined = "\n".join(bare)
    if ("   " in joined or "|" in joined or "...." in joined) and _COLUMNS.search(joined):
        return joined
    if _are_paragraphs(bare):
        return joined.replace("\n", "\n\n")
    return joined.replace("\n", " ") if _is_prose(bare) else joined


def _are_paragraphs(lines: list[str]) -> bool:
    """Tell paragraphs of a line each from prose wrapped at a width: longer than any width, or all ending a sentence."""
    if max(map(len, lines)) > _WIDEST:
        return True
    if lines[0][-1].isalnum() or not (len(lines) > 2 or len(lines[0]) < 40):
        return False
    return all(_ENDED.search(line) for line in lines)


def _is_prose(lines: list[str]) -> bool:
    """Tell wrapped prose from a list: full lines, but for the last, and a first one whose dateline stands in a field."""
    runs_on = len(lines[0]) >= 40 or (len(lines) > 1 and lines[1][0].islower())
    return runs_on and min(map(len, lines[1:-1]), default=40) >= 40


def _take_out(node: etree._Element) -> None:
    parent, tail = node.getparent(), node.tail
    if parent is None:
        return
    previous = node.getprevious()
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _part_lines(node: etree._Element) -> None:
    parts = plain_text(node.text or "").split("\n\n")
    node.text, node.tag = None, "div"
    for line in (line for part in parts for line in part.split("\n")):
        etree.SubElement(node, "p").text = line
