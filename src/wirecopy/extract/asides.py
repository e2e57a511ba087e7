"""What stands among the paragraphs and is none of them, told by what it says: posts, offers, repeated quotes, comments."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path

from lxml import etree

from wirecopy.extract.blocks import Block
from wirecopy.extract.lines import opens_box
from wirecopy.extract.meta import letters
from wirecopy.extract.prose import is_prose
from wirecopy.extract.setting import carried, size_of_prose

_SMALL = 0.25
_LABEL_CHARS = 60
_TELLING_CHARS = 20
_PULLED_CHARS = 40
_REPEATED_CHARS = 300
_STOPS = tuple(".!?…:”“»」。！？؟।")
_LONGEST_TITLE = 240

_RULES = tomllib.loads((Path(__file__).parent / "discussion.toml").read_text("utf-8"))
# 3 Comments   Kommentare (12)   Leave a reply
_DISCUSSION = re.compile(
    rf"(?:\d[\d.,]*\s*)?(?:(?:{'|'.join(_RULES['verbs'])})\s+)?(?:(?:{'|'.join(_RULES['articles'])})\s+)?"
    rf"(?:{'|'.join(_RULES['words'])})(?:\s*[(:]?\s*\d[\d.,]*\s*\)?)?|{'|'.join(_RULES['whole'])}",
    re.IGNORECASE,
)
# — Jane Doe (@janedoe) March 18, 2025
_POSTED = re.compile(r"[—–-]\s?.{1,80}\(@\w{1,30}\)\W+[^()]{4,30}$")


def without_asides(blocks: list[Block]) -> list[Block]:
    """Return the blocks without what is no part of the text by its own words."""
    return _without_repeats(_without_boxes(_without_posts(_without_discussion(blocks))))


def _without_boxes(blocks: list[Block]) -> list[Block]:
    """Return the blocks without offers and titles of other stories, and without the boxes these stand in."""
    most = _SMALL * size_of_prose(blocks, range(len(blocks)))
    gone: set[int] = set()
    for at, block in enumerate(blocks):
        if at not in gone and opens_box(block):
            box = _box_around(blocks, at)
            gone.update(box if size_of_prose(blocks, box) < most else [at])
    return [block for at, block in enumerate(blocks) if at not in gone] if gone else blocks


def _box_around(blocks: list[Block], at: int) -> range:
    """Return the positions of the blocks that share a box with the one at a position: its title before, the rest behind."""
    first = at - 1 if at and _is_label(blocks[at - 1]) and _box(blocks, at - 1) in _around(blocks[at].owner) else at
    box = _box(blocks, first)
    end = next((n for n in range(at, len(blocks)) if box not in _around(blocks[n].owner)), len(blocks))
    return range(first, end)


def _box(blocks: list[Block], at: int) -> etree._Element:
    """Return the outermost element that holds a block and nothing printed before it."""
    before = _around(blocks[at - 1].owner) if at else set()
    box = blocks[at].owner
    for up in box.iterancestors():
        if up in before or up.tag in {"body", "html"}:
            break
        box = up
    return box


def _around(element: etree._Element) -> set[etree._Element]:
    return {element, *element.iterancestors()}


def _is_label(block: Block) -> bool:
    return block.kind == "head" or (len(block.text) < _LABEL_CHARS and not block.text.endswith(_STOPS))


def _without_repeats(blocks: list[Block]) -> list[Block]:
    """Return the blocks without lines behind the first paragraph that merely repeat a part of one, as pull quotes do.

    Subheads may: many a site makes them of the words that follow.
    """
    keys = [letters(block.text) for block in blocks]
    prose = [at for at, block in enumerate(blocks) if block.kind != "quote" and is_prose(block)]
    told, whole = "\n".join(keys[at] for at in prose), Counter(keys[at] for at in prose)
    behind = range(prose[0] if prose else 0, len(blocks))
    repeats = {
        at
        for at in behind
        if _is_pulled(blocks[at], keys[at])
        and (keys[at] in told if blocks[at].kind == "quote" else told.count(keys[at]) > whole[keys[at]])
    }
    return [block for at, block in enumerate(blocks) if at not in repeats]


def _is_pulled(block: Block, key: str) -> bool:
    if block.kind == "quote":
        return len(key) >= _TELLING_CHARS
    return block.kind == "text" and not block.is_bold and _PULLED_CHARS <= len(key) < _REPEATED_CHARS


def _without_posts(blocks: list[Block]) -> list[Block]:
    """Return the blocks without quotations that are posts of a social network, told by the line that signs them."""
    signed = {
        _quotation(block.owner) for block in blocks if block.kind == "quote" and _POSTED.search(block.text[-150:])
    }
    return [block for block in blocks if _quotation(block.owner) not in signed] if signed else blocks


def _quotation(element: etree._Element) -> etree._Element | None:
    return next((up for up in chain([element], element.iterancestors()) if up.tag == "blockquote"), None)


def _without_discussion(blocks: list[Block]) -> list[Block]:
    """Return the blocks before the title of readers' comments, if the element that carries most text ends before it."""
    titles = [at for at, block in enumerate(blocks) if _is_discussion(block)]
    if not titles:
        return blocks
    last = max(carried(blocks).values(), key=lambda places: size_of_prose(blocks, places), default=[len(blocks)])[-1]
    return blocks[: next((at for at in titles if at > last), len(blocks))]


def _is_discussion(block: Block) -> bool:
    return len(block.text) < _LONGEST_TITLE and bool(_DISCUSSION.fullmatch(block.text.strip(' \t:.!?»«“”"#-–—')))
