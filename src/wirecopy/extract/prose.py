"""Where the running text of a page is: how much of it every element holds, and the smallest that holds nearly all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

from wirecopy.extract.blocks import Block

Weights: TypeAlias = "dict[etree._Element, int]"  # noqa: SLF001 -- the name that lxml gives its element type

_LEAST = 60
_DESCENT = 0.6


def weigh(blocks: Iterable[Block], body: etree._Element) -> Weights:
    """Return how much running text each element holds, in bytes of UTF-8, so that CJK counts for more than Latin."""
    weights: Weights = defaultdict(int)
    for block in blocks:
        size = len(block.text.encode("utf-8", "replace"))
        if block.kind == "head" or size < _LEAST or block.link_share > 0.5:
            continue
        element: etree._Element | None = block.owner
        while element is not None and element is not body:
            weights[element] += size
            element = element.getparent()
        weights[body] += size
    return weights


def main_element(body: etree._Element, weights: Weights) -> etree._Element:
    """Return the element that holds the article's running text; `body` itself where nothing stands out."""
    current = body
    while True:
        children = [child for child in current if child in weights]
        heaviest = max(children, key=lambda child: weights[child], default=None)
        if heaviest is None or heaviest.tag == "p" or weights[heaviest] < _DESCENT * weights[current]:
            return _with_neighbours(current, body, weights)
        current = heaviest


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
    return other.tag == "p" or (other.tag == main.tag and other.get("class") == main.get("class"))
