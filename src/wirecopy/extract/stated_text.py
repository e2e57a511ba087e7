"""What JSON-LD gives as the article's text, weighed against what the page prints."""

from __future__ import annotations

from wirecopy.extract.blocks import Block
from wirecopy.extract.meta import letters
from wirecopy.markup.fragment import paragraphs

_LEAST_CHARS = 500
_AGREED = 0.8
_STRAY = 0.35
_FAR_FULLER = 2.0
_TELLING_CHARS = 25


def confirmed(blocks: list[Block], stated: str) -> list[Block]:
    """Return the blocks without paragraphs that the stated text lacks, where it is plainly the whole text.

    It is if the blocks hold nearly all of it and little else. Subheads, lists, quotes and what stands before it (the
    summary) stay: many sites leave them out of what they state.
    """
    key = letters(stated)
    if len(key) < _LEAST_CHARS:
        return blocks
    known = [letters(block.text) in key for block in blocks]
    held = sum(len(letters(block.text)) for block, is_known in zip(blocks, known, strict=True) if is_known)
    stray = sum(len(letters(block.text)) for block, is_known in zip(blocks, known, strict=True) if not is_known)
    if held < _AGREED * len(key) or stray > _STRAY * held:
        return blocks
    return [
        block
        for at, (block, is_known) in enumerate(zip(blocks, known, strict=True))
        if is_known or block.kind != "text" or block.is_bold or at < known.index(True)
    ]


def opening(paragraphs: tuple[str, ...], updates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paragraphs before the first that belongs to an entry of a live blog; all, if it states no entries."""
    entries = [letters(text) for text in updates]
    for at, paragraph in enumerate(paragraphs):
        key = letters(paragraph)
        if len(key) > _TELLING_CHARS and any(key in entry or entry in key for entry in entries):
            return paragraphs[:at]
    return paragraphs


def fuller(printed: tuple[str, ...], stated: str) -> tuple[str, ...]:
    """Return the stated text's paragraphs if it is far longer than what is printed, else nothing."""
    if len(stated) < max(_LEAST_CHARS, _FAR_FULLER * sum(map(len, printed))):
        return ()
    return tuple(part for part in paragraphs(stated).split("\n\n") if part)
