"""Where a text is set in one place, what is set apart in it and behind it is none of it, whatever its class names say.

A site prints nearly all paragraphs of a text as children of one element. A box among them that holds a heading or links
beside its text is a teaser, an offer or an explanation; what stands behind the last is about the author, or comments.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from wirecopy.extract.blocks import Block
from wirecopy.extract.prose import PARTS
from wirecopy.extract.setting import carried, size_of_prose
from wirecopy.extract.sign_off import without_credit

_CARRIES = 0.7
_SMALL = 0.25
_LEAST = 3
_LABEL_CHARS = 60
_STOPS = tuple(".!?…:”“»」。！？؟।")
# How texts set a part of themselves: none of these is a box.
_SET = frozenset((
    "p", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "li", "span", "b", "strong", "i", "em",
    "font", "center", "a", "table", "tbody", "tr", "td",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Setting:
    """The element that carries a text, and the positions of its running text among all blocks."""

    carrier: etree._Element
    paragraphs: list[int]
    size: int


def without_insets(blocks: list[Block]) -> list[Block]:
    """Return the blocks without what is set apart amid or behind a text of one setting; all blocks of any other."""
    setting = _setting(blocks)
    if setting is None:
        return blocks
    first, last = setting.paragraphs[0], setting.paragraphs[-1]
    gone: set[int] = set()
    for boxes in _boxes(blocks, setting):
        apart = [
            box for box in boxes if box[-1] > first and _is_apart([blocks[at] for at in box], behind=box[0] > last)
        ]
        gone |= _if_small(blocks, setting, apart)
    return [block for at, block in enumerate(blocks) if at not in gone] if gone else blocks


def _setting(blocks: list[Block]) -> _Setting | None:
    placed = carried(blocks)
    sizes = {carrier: size_of_prose(blocks, places) for carrier, places in placed.items()}
    carrier = max(sizes, key=lambda one: sizes[one], default=None)
    if (
        carrier is None
        or carrier.tag in PARTS
        or sizes[carrier] < _CARRIES * sum(sizes.values())
        or len(placed[carrier]) < _LEAST
    ):
        return None
    return _Setting(carrier, placed[carrier], sizes[carrier])


def _boxes(blocks: list[Block], setting: _Setting) -> list[list[list[int]]]:
    """Return the positions of the blocks in each box of the carrier, boxes of one class together, and those behind it."""
    inside: dict[etree._Element, list[int]] = defaultdict(list)
    behind: list[int] = []
    for at, block in enumerate(blocks):
        child = _child_of(setting.carrier, block.owner)
        if child is None:
            behind += [at] if at > setting.paragraphs[-1] else []
        elif child is not setting.carrier and child.tag not in _SET:
            inside[child].append(at)
    alike: dict[object, list[list[int]]] = defaultdict(list)
    for child, places in inside.items():
        if any(blocks[at].owner is not child for at in places):
            # Elements without a class have nothing in common but that.
            alike[(child.tag, child.get("class")) if child.get("class") else child].append(places)
    return [*alike.values(), *([[behind]] if behind else [])]


def _child_of(carrier: etree._Element, element: etree._Element) -> etree._Element | None:
    """Return the child of the carrier that is or holds an element; the carrier for itself, None for what is outside."""
    if element is carrier:
        return carrier
    for up in chain([element], element.iterancestors()):
        if up.getparent() is carrier:
            return up
    return None


def _is_apart(box: list[Block], *, behind: bool) -> bool:
    """Tell a box of its own from a subhead, a quotation, a list or a credit that is merely wrapped."""
    head = box[0]
    if head.kind == "quote" or (len(box) == 1 and head.kind == "head"):
        return False
    if all(block.kind == "item" and block.link_share < 0.5 for block in box):
        return False
    if behind:
        return all(without_credit(block.text) == block.text for block in box)
    is_label = head.kind == "head" or (len(head.text) < _LABEL_CHARS and not head.text.endswith(_STOPS))
    return len(box) > 1 and (is_label or any(block.links for block in box))


def _if_small(blocks: list[Block], setting: _Setting, boxes: list[list[int]]) -> set[int]:
    places = {at for box in boxes for at in box}
    return places if size_of_prose(blocks, places) < _SMALL * setting.size else set()
