"""Where the running text of a page is: how much of it every element holds, and the smallest that holds nearly all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from lxml import etree

from wirecopy.extract.blocks import Block

Weights: TypeAlias = "dict[etree._Element, int]"  # noqa: SLF001 -- the name that lxml gives its element type

_LEAST = 60
_DESCENT = 0.6
_GOOD_PART = 0.5
_TEASERS = 3
_ALL_LINK = 0.9
_TITLE = 15
PARTS = frozenset(("blockquote", "ul", "ol", "dl", "li", "dd"))
"""Elements that hold a part of a text, and never a text alone."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text of a page by element: all of it, and what is set as most of it is."""

    body: etree._Element
    weights: Weights
    solid: Weights

    def share(self, elements: Iterable[etree._Element]) -> float:
        """Return how much of the page's running text these elements hold, from 0 to 1."""
        return sum(self.weights.get(element, 0) for element in elements) / max(1, self.weights.get(self.body, 0))

    def is_solid(self, element: etree._Element) -> bool:
        """Tell whether most of an element's running text is set as most of the page's is."""
        return self.solid.get(element, 0) > 0.5 * self.weights.get(element, 0)


def measure(blocks: list[Block], body: etree._Element) -> Prose:
    """Return where the running text of a page is, given all its blocks."""
    return Prose(body, weigh(blocks, body), weigh(of_one_cut(blocks), body))


def is_prose(block: Block) -> bool:
    """Tell running text from headings, labels and lists of links."""
    return block.kind != "head" and block.link_share <= 0.5 and size_of(block) >= _LEAST


def size_of(block: Block) -> int:
    """Return the size of a block's text in bytes of UTF-8, so that CJK counts for more than Latin."""
    return len(block.text.encode("utf-8", "replace"))


def weigh(blocks: Iterable[Block], body: etree._Element) -> Weights:
    """Return how much running text each element holds, in bytes of UTF-8, so that CJK counts for more than Latin."""
    weights: Weights = defaultdict(int)
    for block in blocks:
        if not is_prose(block):
            continue
        size = size_of(block)
        element: etree._Element | None = block.owner
        while element is not None and element is not body:
            weights[element] += size
            element = element.getparent()
        weights[body] += size
    return weights


def of_one_cut(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks whose markup is that of a good part of the page's running text: a site sets a text in one way.

    The way is the class of the paragraph, else of what it is in; paragraphs without either say nothing.
    """
    cut_blocks = [(_cut(block), block) for block in blocks]
    sizes: dict[_Cut, int] = defaultdict(int)
    for cut, block in cut_blocks:
        sizes[cut] += len(block.text) if is_prose(block) else 0
    whole = sum(sizes.values())
    solid = {cut for cut, size in sizes.items() if (cut[1] or cut[3]) and size > _GOOD_PART * whole}
    return [block for cut, block in cut_blocks if cut in solid]


def without_teasers(blocks: list[Block]) -> list[Block]:
    """Return the blocks without the teasers of other stories: text right under a linked title, several in one cut."""
    groups: dict[_Cut, set[int]] = defaultdict(set)
    for at in range(1, len(blocks)):
        if is_prose(blocks[at]) and _is_linked_title(blocks[at - 1]) and _in_one_box(blocks[at - 1], blocks[at]):
            groups[_cut(blocks[at])].add(at)
    teasers = {at for group in groups.values() if len(group) >= _TEASERS for at in group}
    gone = teasers | {at - 1 for at in teasers}
    return [block for at, block in enumerate(blocks) if at not in gone] if gone else blocks


def _is_linked_title(block: Block) -> bool:
    return block.link_share >= _ALL_LINK and len(block.text) >= _TITLE


def _in_one_box(title: Block, text: Block) -> bool:
    """Tell whether a small element holds a title and the text under it, and nothing else of length."""
    around = set(islice(title.owner.iterancestors(), 3))
    box = next((up for up in islice(text.owner.iterancestors(), 3) if up in around), None)
    return box is not None and sum(map(len, box.itertext())) < 2 * (len(title.text) + len(text.text))


_Cut: TypeAlias = tuple[str, str, str, str]


def _cut(block: Block) -> _Cut:
    parent, own = block.owner.getparent(), block.owner.get("class") or ""
    around = ("", "") if parent is None or own else (str(parent.tag), parent.get("class") or "")
    return (str(block.owner.tag), own, *around)


def main_element(body: etree._Element, weights: Weights) -> etree._Element:
    """Return the element that holds the article's running text; `body` itself where nothing stands out."""
    current = body
    while True:
        children = [child for child in current if child in weights]
        heaviest = max(children, key=lambda child: weights[child], default=None)
        if heaviest is None or heaviest.tag == "p" or weights[heaviest] < _DESCENT * weights[current]:
            return _with_neighbours(_outside_parts(current, body), body, weights)
        current = heaviest


def _outside_parts(main: etree._Element, body: etree._Element) -> etree._Element:
    """Return what holds a quotation or a list instead of it: a text may be little else, but is never that alone."""
    parent = main.getparent()
    while main is not body and parent is not None and main.tag in PARTS:
        main, parent = parent, parent.getparent()
    return main


def _with_neighbours(main: etree._Element, body: etree._Element, weights: Weights) -> etree._Element:
    """Return the parent instead where it holds paragraphs of its own, or more elements just like `main`."""
    parent = main.getparent()
    while (
        main is not body and parent is not None and any(_is_like(main, child) for child in parent if child in weights)
    ):
        main, parent = parent, parent.getparent()
    return main


def _is_like(main: etree._Element, other: etree._Element) -> bool:
    if other is main:
        return False
    own = main.get("class")
    # An element without a class is like another one, unless it has a name of its own.
    return other.tag == "p" or (
        other.tag == main.tag and other.get("class") == own and bool(own or not other.get("id"))
    )
