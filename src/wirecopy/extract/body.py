"""The article's text from a page's tree: its blocks in order, without furniture. The only importer of trafilatura.

The running text is found by where it is densest, and read in one walk. Where that gives little, trafilatura is asked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from wirecopy.extract.blocks import Block, read_blocks
from wirecopy.extract.lines import is_line
from wirecopy.extract.prose import main_element, of_one_cut, weigh
from wirecopy.extract.stated_text import confirmed, fuller, letters
from wirecopy.extract.survey import Survey
from wirecopy.markup.fragment import plain_paragraphs

_STOPS = tuple(".!?。！？؟।")
_ENDINGS = tuple(".!?…:;\"'”“»«’)]。！？」』）؟।")


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs in order, and how they were found."""

    paragraphs: tuple[str, ...]
    method: str


def read_body(body: etree._Element, marked: Survey, description: str, stated: str) -> Body:
    """Return the article's paragraphs from the surveyed and pruned body of a page, none if it has no running text.

    `description` is what the page says its text is about, `stated` the text that its JSON-LD gives.
    """
    blocks = read_blocks(body)
    inside = set(main_element(body, weigh(blocks, body)).iter())
    inside.update(block.owner for block in of_one_cut(blocks))
    first = next((at for at, block in enumerate(blocks) if block.owner in inside), 0)
    text = _kept([block for block in blocks if block.owner in inside])
    standfirst = _standfirst(blocks[:first], set(marked.of("standfirst")), description)
    paragraphs = tuple(block.text for block in [*standfirst, *confirmed(text, stated)])
    if whole := fuller(paragraphs, stated):
        return Body(whole, "json-ld")
    return Body(paragraphs, "density")


def read_again(html: str) -> Body:
    """Return what trafilatura makes of an untouched page, for pages whose text does not stand out."""
    # Imported late: hardly a page needs it, and it takes a third of a second to load.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(html, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None)
    return Body(tuple(plain_paragraphs(text)) if text else (), "trafilatura")


def _standfirst(before: list[Block], marked: set[etree._Element], description: str) -> list[Block]:
    """Return the summary printed between headline and text."""
    start = max((at for at, block in enumerate(before) if block.owner.tag == "h1"), default=-1)
    key = letters(description)
    found: list[Block] = []
    for at, block in enumerate(before):
        own = letters(block.text)
        told = len(own) > 30 and (own in key or key[:80] in own if key else False)
        named = at > start >= 0 and (block.owner in marked or any(up in marked for up in _ancestors(block.owner, 2)))
        placed = at > start >= 0 and len(block.text) >= 60 and block.text.endswith(_ENDINGS)
        if (told or named or placed) and block.link_share < 0.5 and block.owner.tag != "h1" and len(own) > 15:
            found.append(block)
    return found


def _ancestors(element: etree._Element, most: int) -> list[etree._Element]:
    return [up for up, _ in zip(element.iterancestors(), range(most), strict=False)]


def _kept(blocks: list[Block]) -> list[Block]:
    times = Counter(block.text for block in blocks)
    kept = [
        block
        for block in blocks
        if _is_text(block) and block.owner.tag != "h1" and not (times[block.text] > 2 and len(block.text) >= 25)
    ]
    while kept and _is_head(kept[-1]) and not kept[-1].text.endswith(_STOPS):
        kept.pop()
    return kept


def _is_text(block: Block) -> bool:
    if block.link_share > (0.95 if block.text.endswith(_STOPS) else 0.7) or is_line(block):
        return False
    return len(block.text) >= 40 or _is_head(block) or block.kind == "item" or block.text.endswith(_ENDINGS)


def _is_head(block: Block) -> bool:
    return block.kind == "head" or (block.is_bold and len(block.text) < 120)
