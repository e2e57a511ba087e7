"""The article's text from a page's tree: its blocks in order, without furniture. The only importer of trafilatura.

The running text is found by where it is densest, and read in one walk. Where that gives little, trafilatura is asked.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from lxml import etree

from wirecopy.extract.asides import without_asides
from wirecopy.extract.blocks import Block, read_blocks
from wirecopy.extract.insets import without_insets
from wirecopy.extract.lines import is_line
from wirecopy.extract.meta import letters
from wirecopy.extract.metadata import Metadata
from wirecopy.extract.paragraphs import paragraphs_of
from wirecopy.extract.printed_names import is_byline, source_in
from wirecopy.extract.prose import is_prose, main_element, of_one_cut, weigh, without_teasers
from wirecopy.extract.state_text import read_state
from wirecopy.extract.stated_text import confirmed, fuller, opening
from wirecopy.extract.survey import Survey
from wirecopy.extract.visible_credits import is_credit_line, is_signature
from wirecopy.markup.fragment import plain_paragraphs
from wirecopy.model import DateCandidate, NameCandidate

# What it discards is an answer, not a warning for whoever runs us.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_TELLING_CHARS = 30
_BEHIND = 3
_SENTENCE_CHARS = 60
_LABEL_CHARS = 20
_LABEL_ENDS = tuple(":：")
_ENDINGS = tuple(".!?…:;\"'”“»«’)]。！？」』）؟।")


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs in order, and how they were found."""

    paragraphs: tuple[str, ...]
    method: str
    signatures: tuple[str, ...] = ()
    """The lines before and after the text that are nothing but names."""
    names: tuple[NameCandidate, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    """What the page says beside a text: the source behind it, or what stands around it in the data of its scripts."""

    @property
    def size(self) -> int:
        """Return the size of the text in bytes of UTF-8, so that CJK counts for more than Latin."""
        return sum(len(text.encode("utf-8", "replace")) for text in self.paragraphs)


def read_body(body: etree._Element, marked: Survey, meta: Metadata, headline: str) -> Body:
    """Return the article's paragraphs from the surveyed and pruned body of a page, none if it has no running text."""
    blocks = without_asides(without_teasers(read_blocks(body)))
    inside = set(main_element(body, weigh(blocks, body)).iter())
    inside.update(block.owner for block in of_one_cut(blocks))
    first = next((at for at, block in enumerate(blocks) if block.owner in inside), 0)
    found, signatures = _without_signatures(without_insets([block for block in blocks if block.owner in inside]))
    text = paragraphs_of(_without_head(found, headline))
    standfirst = _standfirst(blocks[:first], set(marked.of("standfirst")), meta.description, headline)
    printed = tuple(block.text for block in [*standfirst, *confirmed(text, meta.article_body)])
    paragraphs = opening(printed, meta.updates)
    sources = _sources_behind(blocks, inside)
    if whole := fuller(paragraphs, meta.article_body):
        return Body(whole, "json-ld", signatures, sources)
    return Body(paragraphs, "density", signatures, sources)


def _sources_behind(blocks: list[Block], inside: set[etree._Element]) -> tuple[NameCandidate, ...]:
    """Return the agency that a page names as its source right behind the text, in an element of its own."""
    last = max((at for at, block in enumerate(blocks) if block.owner in inside), default=len(blocks))
    found = (source_in(block.text) for block in blocks[last + 1 : last + 1 + _BEHIND])
    return tuple(NameCandidate(name, "sign_off") for name in found if name)


def read_again(html: str, headline: str) -> Body:
    """Return what trafilatura makes of an untouched page, for pages whose text does not stand out."""
    # Imported late: hardly a page needs it, and it takes a third of a second to load.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(html, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None)
    blocks = (Block(line, "text", etree.Element("p")) for line in plain_paragraphs(text or ""))
    kept = (block.text for block in blocks if not is_line(block) and letters(block.text) != letters(headline))
    return Body(tuple(kept), "trafilatura")


def read_data(html: str, headline: str, *, is_article: bool) -> Body:
    """Return the text that the data in a page's scripts holds, for pages that print little of it."""
    found = read_state(html, headline, is_article=is_article)
    kept = tuple(text for text in found.paragraphs if letters(text) != letters(headline))
    return Body(kept, "state", names=found.names, dates=found.dates)


def _without_signatures(blocks: list[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Return the blocks without lines that sign the text, bold or set right beside its first or last running text."""
    prose = [at for at, block in enumerate(blocks) if is_prose(block)]
    if not prose:
        return blocks, ()
    beside = {at for at in (prose[0] - 1, prose[-1] + 1) if 0 <= at < len(blocks) and _is_signature(blocks[at])}
    signatures = tuple(blocks[at].text for at in sorted(beside))
    return [block for at, block in enumerate(blocks) if at not in beside], signatures


def _is_signature(block: Block) -> bool:
    set_apart = block.is_bold or "right" in (block.owner.get("style") or block.owner.get("align") or "")
    return set_apart and block.kind == "text" and not block.links and is_signature(block.text)


def _without_head(blocks: list[Block], headline: str) -> list[Block]:
    """Return the blocks without the headline, bylines and dates that stand before the first running text."""
    key = letters(headline)
    blocks = _from_title(blocks, key)
    first = next(
        (at for at, one in enumerate(blocks) if is_prose(one) and letters(one.text) != key and not is_byline(one.text)),
        len(blocks),
    )
    head = [block for block in blocks[:first] if letters(block.text) != key and _is_told_first(block)]
    return [*head, *blocks[first:]]


def _from_title(blocks: list[Block], key: str) -> list[Block]:
    """Return the blocks without lines printed above the headline; paragraphs above it stay."""
    title = next((at for at, block in enumerate(blocks) if letters(block.text) == key), 0) if key else 0
    return [
        block for at, block in enumerate(blocks) if at >= title or (is_prose(block) and block.text.endswith(_ENDINGS))
    ]


def _is_told_first(block: Block) -> bool:
    """Tell a short first paragraph from a label, a byline or a date."""
    is_label = block.text.endswith(_LABEL_ENDS) and (block.owner.tag != "p" or len(block.text) < _LABEL_CHARS)
    return not is_label and not is_credit_line(block.text) and not is_byline(block.text)


def _standfirst(before: list[Block], marked: set[etree._Element], description: str, headline: str) -> list[Block]:
    """Return the summary printed between headline and text."""
    title, about = letters(headline), letters(description)
    start = max((at for at, block in enumerate(before) if _is_title(block, title)), default=-1)
    found = (
        block
        for at, block in enumerate(before)
        if at != start and (_is_told(block, about) or (at > start >= 0 and _is_summary(block, marked)))
    )
    return [
        block for block in found if block.link_share < 0.5 and not is_line(block) and not is_credit_line(block.text)
    ]


def _is_title(block: Block, title: str) -> bool:
    return block.owner.tag == "h1" or (bool(title) and letters(block.text) == title)


def _is_told(block: Block, about: str) -> bool:
    own = letters(block.text)
    return len(own) > _TELLING_CHARS and bool(about) and (own in about or about[:80] in own)


def _is_summary(block: Block, marked: set[etree._Element]) -> bool:
    named = block.owner in marked or any(up in marked for up in _ancestors(block.owner, 2))
    placed = len(block.text) >= _SENTENCE_CHARS and block.text.endswith(_ENDINGS)
    return (named and len(block.text) >= _LABEL_CHARS) or placed


def _ancestors(element: etree._Element, most: int) -> list[etree._Element]:
    return [up for up, _ in zip(element.iterancestors(), range(most), strict=False)]
