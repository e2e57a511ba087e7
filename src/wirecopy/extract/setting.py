"""How a page sets its running text: which element carries it, as paragraphs side by side or under linked titles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from lxml import etree

from wirecopy.extract.blocks import Block
from wirecopy.extract.prose import is_prose, size_of

_LEAST = 3
_ALL_LINK = 0.9
_TITLE_CHARS = 15
_FEW_TITLES = 0.5
_MANY = 6
_MOST = 0.6
_LONG = 400


def carried(blocks: list[Block]) -> dict[etree._Element | None, list[int]]:
    """Return the positions of the running text by the element that carries it."""
    owners = Counter(block.owner for block in blocks)
    placed: dict[etree._Element | None, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if is_prose(block):
            # An element with several blocks parts them by line breaks: it carries them itself.
            placed[block.owner if owners[block.owner] > 1 else block.owner.getparent()].append(at)
    return placed


def is_one_text(blocks: list[Block]) -> bool:
    """Tell whether a page sets several paragraphs in one place, not under linked titles, or any as long as no teaser is."""
    if sum(is_prose(block) and size_of(block) >= _LONG for block in blocks) >= _LEAST:
        return True
    placed = carried(blocks)
    carrier = max(placed, key=lambda one: size_of_prose(blocks, placed[one]), default=None)
    if carrier is None or len(placed[carrier]) < _LEAST:
        return False
    titles = sum(map(_is_linked_title, blocks[placed[carrier][0] : placed[carrier][-1]]))
    return titles < _FEW_TITLES * len(placed[carrier])


def is_teasers(blocks: list[Block]) -> bool:
    """Tell whether most of a page's running text stands right under linked titles."""
    prose = [at for at, block in enumerate(blocks) if is_prose(block)]
    under = [at for at in prose if at and _is_linked_title(blocks[at - 1])]
    return len(under) >= _MANY and size_of_prose(blocks, under) > _MOST * size_of_prose(blocks, prose)


def _is_linked_title(block: Block) -> bool:
    return block.link_share >= _ALL_LINK and len(block.text) >= _TITLE_CHARS


def size_of_prose(blocks: list[Block], places: Iterable[int]) -> int:
    """Return the size of the running text among the blocks at these positions, in bytes of UTF-8."""
    return sum(size_of(blocks[at]) for at in places if is_prose(blocks[at]))
