"""The article's text from a page's tree: its blocks in order, without furniture. The only importer of trafilatura.

The running text is found by where it is densest, and read in one walk. Where that gives little, trafilatura is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from wirecopy.extract.blocks import Block, read_blocks
from wirecopy.extract.container import main_element
from wirecopy.markup.fragment import plain_paragraphs

_SOUND = 250
_ENDINGS = tuple(".!?…:;\"'”“»«’)]。！？」』）؟।")


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs in order, and how they were found."""

    paragraphs: tuple[str, ...]
    method: str


def read_body(body: etree._Element) -> Body:
    """Return the article's paragraphs from the pruned body of a page, none if it has no running text."""
    main = main_element(body, read_blocks(body))
    paragraphs = tuple(block.text for block in _kept(read_blocks(main)))
    if sum(map(len, paragraphs)) >= _SOUND:
        return Body(paragraphs, "density")
    second = _trafilatura(body)
    return (
        Body(second, "trafilatura")
        if sum(map(len, second)) > sum(map(len, paragraphs))
        else Body(paragraphs, "density")
    )


def _kept(blocks: list[Block]) -> list[Block]:
    kept = [block for block in blocks if _is_text(block) and block.owner.tag != "h1"]
    while kept and kept[-1].kind == "head":
        kept.pop()
    return kept


def _is_text(block: Block) -> bool:
    if block.link_share > 0.7:
        return False
    return len(block.text) >= 40 or block.kind in {"head", "item"} or block.text.endswith(_ENDINGS)


def _trafilatura(root: etree._Element) -> tuple[str, ...]:
    # Imported late: pages whose text stands out never need it, and it takes a third of a second to load.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(root, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None)
    return tuple(plain_paragraphs(text)) if text else ()
