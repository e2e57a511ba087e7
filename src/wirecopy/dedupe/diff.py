"""Two texts -> what stayed, went and came, word by word; and the passages that two copies share.

Values for whoever shows them: nothing here is coloured or cut to a width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from wirecopy.dedupe.words import UNSPACED, fold

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what became of it; the spans of one side, joined, are that side's text."""

    kind: Kind
    text: str


def diff_words(before: str, after: str) -> tuple[Span, ...]:
    """Return how one text became another, word by word.

    The spans that are not `added` make up `before`, those that are not `removed` make up `after`, spaces included.
    """
    one, other = _PIECES.findall(before), _PIECES.findall(after)
    spans = []
    i_end = j_end = 0
    for i, j, size in _blocks(one, other):
        spans += [Span("removed", "".join(one[i_end:i])), Span("added", "".join(other[j_end:j]))]
        spans.append(Span("same", "".join(one[i : i + size])))
        i_end, j_end = i + size, j + size
    return tuple(span for span in spans if span.text)


_Block = tuple[int, int, int]
"""Where a run of equal pieces begins in either text, and how many there are."""


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[_Block]:
    """Return what both have in common, in order; what only one of them has between begins where a reader would cut."""
    blocks = [(0, 0, 0), *_matching(one, other)]
    for at in range(len(blocks) - 1):
        (i, j, size), (next_i, next_j, next_size) = blocks[at : at + 2]
        gone, come = next_i - i - size, next_j - j - size
        if bool(gone) != bool(come):
            pieces, start, end = (one, i + size, next_i) if gone else (other, j + size, next_j)
            by = _shift(pieces, start, end, size, next_size)
            blocks[at] = (i, j, size + by)
            blocks[at + 1] = (next_i + by, next_j + by, next_size - by)
    return blocks


def _matching(one: Sequence[str], other: Sequence[str]) -> list[_Block]:
    return [(m.a, m.b, m.size) for m in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()]


def _shift(pieces: Sequence[str], start: int, end: int, back: int, forth: int) -> int:
    """Return by how much to move a range that only one text has: equal pieces before and after it let it say the same."""
    places = [start]
    while start - places[-1] < back and pieces[places[-1] - 1] == pieces[places[-1] + end - start - 1]:
        places.append(places[-1] - 1)
    at = start
    while at - start < forth and pieces[at] == pieces[at + end - start]:
        at += 1
        places.append(at)
    return max(places, key=lambda place: (_cut(pieces, place), place)) - start


def _cut(pieces: Sequence[str], at: int) -> int:
    """Return how well a text is cut before a piece: best before the blank line of a paragraph, then behind it, then at a word."""
    if at < len(pieces) and "\n" in pieces[at]:
        return 3
    before = pieces[at - 1] if at else "\n"
    return 2 if "\n" in before else 1 if before.isspace() else 0


def shared_spans(a: str, b: str, *, least: int = 4) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both texts as spans, `same` where they share a passage of at least `least` words, in the same order.

    A character of a script without spaces is half a word. What only `a` has is `removed`, what only `b` has is `added`;
    letters' case and spacing do not count.
    """
    one, other = _WORDS.findall(a), _WORDS.findall(b)
    blocks = _long_blocks([_bare(w) for w in one], [_bare(w) for w in other], least)
    return (
        _marked(one, [(i, i + n) for i, _, n in blocks], "removed"),
        _marked(other, [(j, j + n) for _, j, n in blocks], "added"),
    )


# What is set above, below or beside the character before it: a span that began with one would show it alone.
_MARKS: Final = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
_GLYPH: Final = rf"[{UNSPACED}][{_MARKS}]*"
# A word, a character of a script without spaces, a run of spaces, one other sign.
_PIECES: Final = re.compile(rf"{_GLYPH}|(?:(?![{UNSPACED}])\w)+(?:['’.,](?:(?![{UNSPACED}])\w)+)*|\s+|[^\w\s]")
# A word, or such a character, with what hangs on it and the space after it.
_WORDS: Final = re.compile(rf"{_GLYPH}[^\w\s]*\s*|(?:(?![{UNSPACED}])\S)+\s*")
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")


def _bare(word: str) -> str:
    return fold(re.sub(r"\W", "", word))


def _long_blocks(one: Sequence[str], other: Sequence[str], least: int) -> list[_Block]:
    return [(i, j, size) for i, j, size in _matching(one, other) if _words_in(one[i : i + size]) >= least]


def _words_in(words: Sequence[str]) -> float:
    return sum(0.5 if _UNSPACED.match(word) else 1 for word in words)


def _marked(words: Sequence[str], ranges: Sequence[tuple[int, int]], other: Kind) -> tuple[Span, ...]:
    spans = []
    at = 0
    for start, end in (*ranges, (len(words), len(words))):
        spans += [Span(other, "".join(words[at:start])), Span("same", "".join(words[start:end]))]
        at = end
    return tuple(span for span in spans if span.text)
