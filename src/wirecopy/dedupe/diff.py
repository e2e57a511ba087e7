"""What changed between two texts, and what they share: by word, white space kept, for people to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECES = re.compile(r"\s+|[^\W_]+(?:['’.,-][^\W_]+)*|[^\w\s]|_+")
_PASSAGE_WORDS = 8
"""Shared runs of fewer words are no passage: any two texts share those."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both have, or one alone."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that make `after` of `before`: those kept and removed join to one, kept and added to the other."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    return tuple(_pieces(old, new, SequenceMatcher(None, old, new, autojunk=False)))


def _pieces(old: list[str], new: list[str], matcher: SequenceMatcher[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))


def shared_passages(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces: `same` where a passage of at least eight words stands in the other, `removed` elsewhere."""
    a, b = _PIECES.findall(one), _PIECES.findall(other)
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    passages = [
        block
        for block in blocks
        if sum(piece[0].isalnum() for piece in a[block.a : block.a + block.size]) >= _PASSAGE_WORDS
    ]
    return (
        tuple(_marked(a, [(block.a, block.a + block.size) for block in passages])),
        tuple(_marked(b, [(block.b, block.b + block.size) for block in passages])),
    )


def _marked(pieces: list[str], spans: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if start > at:
            yield Piece("removed", "".join(pieces[at:start]))
        yield Piece("same", "".join(pieces[start:end]))
        at = end
    if at < len(pieces):
        yield Piece("removed", "".join(pieces[at:]))
