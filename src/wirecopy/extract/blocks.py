"""Element -> blocks of text in reading order: paragraphs, subheads, items, quotes, each with its share of links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from wirecopy.extract.meta import squeeze
from wirecopy.markup.fragment import BLOCKS, UNSEEN

Kind = Literal["text", "head", "item", "quote", "cell"]

# A paragraph inside a list item, quote or cell is still an item, a quote, a cell.
_KINDS: dict[str, Kind] = {
    "h1": "head", "h2": "head", "h3": "head", "h4": "head", "h5": "head", "h6": "head",
    "li": "item", "dd": "item", "dt": "item", "blockquote": "quote", "td": "cell", "th": "cell",
}  # fmt: skip
_BREAKS = frozenset(("br", "hr"))
_BOLD = frozenset(("b", "strong"))
# No document holds this noncharacter: it stands for a line break until the block is whole.
_LINE_END = "\ufdd0"
_SHORT = 90
_SENTENCE_ENDS = tuple('.!?:…"”“»’)]。！？」』）؟।')
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Block:
    """One paragraph as printed, the element that holds it, and how many of its characters are links."""

    text: str
    kind: Kind
    owner: etree._Element
    linked: int = 0
    links: int = 0
    bold: int = 0

    @property
    def link_share(self) -> float:
        """Return how much of the text is links, from 0 to 1."""
        return min(1.0, self.linked / len(self.text)) if self.text else 0.0

    @property
    def is_bold(self) -> bool:
        """Tell whether the whole block is printed bold."""
        return self.bold >= 0.9 * len(self.text)


def read_blocks(root: etree._Element) -> list[Block]:
    """Return the blocks of an element that hold a letter or digit, in document order.

    A block ends where a block element begins or ends, at a rule and at two line breaks in a row.
    """
    reader = _Reader(root)
    reader.walk(root)
    reader.end_block()
    return reader.blocks


def _lines(text: str) -> list[str]:
    """Return the lines of a block that say something: one, unless line breaks part whole sentences or short lines."""
    if _LINE_END not in text:
        line = squeeze(text)
        return [line] if any(map(str.isalnum, line)) else []
    lines = [line for part in text.split(_LINE_END) if any(map(str.isalnum, line := squeeze(part)))]
    whole = all(line.endswith(_SENTENCE_ENDS) for line in lines[:-1]) or all(len(line) < _SHORT for line in lines)
    return lines if whole or len(lines) < 2 else [squeeze(text.replace(_LINE_END, " "))]


@dataclass(slots=True)
class _Reader:
    """Walks a tree (libxml2 bounds its depth) and gathers the text of the block it is in."""

    owner: etree._Element
    kind: Kind = "text"
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    anchors: int = 0
    heavy: int = 0
    linked: int = 0
    links: int = 0
    bold: int = 0
    breaks: int = 0

    def walk(self, element: etree._Element) -> None:
        """Read an element's text and children."""
        if element.text:
            self.add(element.text)
        for child in element:
            tag = child.tag
            if tag in BLOCKS and tag not in _BREAKS:
                self.block(child, str(tag))
            elif tag in _BREAKS:
                self.line_break(str(tag))
            elif isinstance(tag, str) and tag not in UNSEEN:
                self.inline(child, tag)
            if child.tail:
                self.add(child.tail)

    def block(self, element: etree._Element, tag: str) -> None:
        """Read a block element: what came before it is a block, and so is what it holds."""
        self.end_block()
        owner, kind = self.owner, self.kind
        self.owner, self.kind = element, _KINDS.get(tag, kind)
        self.walk(element)
        self.end_block()
        self.owner, self.kind = owner, kind

    def inline(self, element: etree._Element, tag: str) -> None:
        """Read an element that stands in running text."""
        anchor, heavy = tag == "a", tag in _BOLD
        self.anchors += anchor
        self.links += anchor
        self.heavy += heavy
        self.walk(element)
        self.anchors -= anchor
        self.heavy -= heavy

    def line_break(self, tag: str) -> None:
        """One line break ends a line, two end the block."""
        self.breaks += 1
        if tag == "hr" or self.breaks > 1:
            self.end_block()
        else:
            self.parts.append(_LINE_END)

    def add(self, chars: str) -> None:
        """Take in a piece of text."""
        if chars.isspace():
            self.parts.append(" ")
            return
        self.breaks = 0
        self.parts.append(chars)
        if self.anchors or self.heavy:
            size = len(_SPACES.sub(" ", chars))
            self.linked += size if self.anchors else 0
            self.bold += size if self.heavy else 0

    def end_block(self) -> None:
        """Close the block that is being read, if it says anything."""
        if self.parts:
            for text in _lines("".join(self.parts)):
                linked = min(self.linked, len(text))
                self.blocks.append(Block(text, self.kind, self.owner, linked, self.links, self.bold))
            self.parts = []
        self.linked = self.links = self.bold = self.breaks = 0
