"""Where on a page the article is: the smallest element that still holds most of the running text."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from wirecopy.extract.blocks import Block

_SHARE = 0.7
_LEAST_TEXT = 60


def main_element(body: etree._Element, blocks: list[Block]) -> etree._Element:
    """Return the element that holds the article's running text; `body` itself where nothing stands out."""
    weights: dict[etree._Element, float] = defaultdict(float)
    for block in blocks:
        if block.kind == "head" or len(block.text) < _LEAST_TEXT or block.link_share > 0.5:
            continue
        element: etree._Element | None = block.owner
        while element is not None and element is not body:
            weights[element] += len(block.text)
            element = element.getparent()
        weights[body] += len(block.text)
    current = body
    while True:
        heaviest = max((child for child in current if child in weights), key=lambda child: weights[child], default=None)
        if heaviest is None or heaviest.tag == "p" or weights[heaviest] < _SHARE * weights[current]:
            return current
        current = heaviest
