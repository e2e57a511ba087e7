"""Which blocks of an article's part of the page are its paragraphs: no labels, captions, repeats or stray dates."""

from __future__ import annotations

from dataclasses import replace

from wirecopy.extract.blocks import Block
from wirecopy.extract.lines import is_line
from wirecopy.extract.prose import is_prose
from wirecopy.extract.sign_off import without_credit
from wirecopy.extract.survey import roles_of
from wirecopy.extract.visible_credits import is_date_line

_TELLING_CHARS = 30
_SENTENCE_CHARS = 60
_LABEL_CHARS = 20
_LINE_CHARS = 40
_HEAD_CHARS = 120
_FEW_LINKS = 0.5
_FEW_CENTRED = 0.3
_OFTEN = 2
_STOPS = tuple(".!?。！？؟।")
_ENDINGS = tuple(".!?…:;\"'”“»«’)]。！？」』）؟।")
_LABEL_ENDS = tuple(":：")


def paragraphs_of(blocks: list[Block]) -> list[Block]:
    """Return the blocks that are paragraphs, subheads, items or quotations of the text; no subhead ends it."""
    prose = [at for at, block in enumerate(blocks) if is_prose(block)]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), len(blocks))
    stray = _centred(blocks) | _repeats(blocks)
    kept = [
        block
        for at, block in enumerate(blocks)
        if at not in stray
        and block.owner.tag != "h1"
        and (_is_text(block, amid=first <= at < last) or (at >= last and _is_signed(block)))
        and not (at > last and is_date_line(block.text))
    ]
    while kept and _is_head(kept[-1]) and not kept[-1].text.endswith(_STOPS):
        kept.pop()
    return kept


def _centred(blocks: list[Block]) -> set[int]:
    """Return the positions of plain lines set in the middle of a page whose text is not: captions under pictures."""
    centred = [
        at
        for at, block in enumerate(blocks)
        if "center" in (block.owner.get("style") or "") or block.owner.get("align") == "center"
    ]
    if len(centred) > _FEW_CENTRED * len(blocks):
        return set()
    return {at for at in centred if blocks[at].kind == "text" and not blocks[at].is_bold}


def _repeats(blocks: list[Block]) -> set[int]:
    """Return the positions of paragraphs that stand there already, and of every line that a page prints again and again."""
    places: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        places.setdefault(block.text, []).append(at)
    found: set[int] = set()
    for text, positions in places.items():
        if len(text) >= _SENTENCE_CHARS:
            found.update(positions[1:])
        elif len(text) >= _TELLING_CHARS and len(positions) > _OFTEN:
            found.update(positions)
    return found


def _is_signed(block: Block) -> bool:
    """Tell a credit line, or text that ends in one, from a picture's credit or a label."""
    bare = without_credit(block.text)
    if bare == block.text or block.link_share > _FEW_LINKS:
        return False
    return not bare or not is_line(replace(block, text=bare))


def _is_text(block: Block, *, amid: bool) -> bool:
    """Tell a block of the text from a label; between its first and last running text, a plain paragraph is none."""
    if block.link_share > (0.95 if block.text.endswith(_STOPS) else 0.7) or is_line(block):
        return False
    if len(block.text) < _LABEL_CHARS and block.text.endswith(_LABEL_ENDS) and block.owner.tag != "p":
        return False
    if len(block.text) >= _LINE_CHARS or block.kind == "item" or block.text.endswith(_ENDINGS):
        return True
    if amid and not block.links and (block.owner.tag == "p" or (block.kind == "quote" and block.text.count(" ") > 2)):
        return True
    return _is_head(block) or (amid and "crosshead" in roles_of(block.owner.get("class") or ""))


def _is_head(block: Block) -> bool:
    return block.kind == "head" or (block.is_bold and len(block.text) < _HEAD_CHARS)
