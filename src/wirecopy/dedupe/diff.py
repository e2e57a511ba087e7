"""Two texts -> what stayed, went and came, word by word; and the passages that two copies share.

Values for whoever shows them: nothing here is coloured or cut to a width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from wirecopy.dedupe.words import fold

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
    for kind, i, i_end, j, j_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            spans.append(Span("same", "".join(one[i:i_end])))
        else:
            spans += [Span("removed", "".join(one[i:i_end])), Span("added", "".join(other[j:j_end]))]
    return tuple(span for span in spans if span.text)


def shared_spans(a: str, b: str, *, least: int = 4) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both texts as spans, `same` where they share a passage of at least `least` words, in the same order.

    What only `a` has is `removed`, what only `b` has is `added`; letters' case and spacing do not count.
    """
    one, other = _WORDS.findall(a), _WORDS.findall(b)
    blocks = _long_blocks([_bare(w) for w in one], [_bare(w) for w in other], least)
    return (
        _marked(one, [(i, i + n) for i, _, n in blocks], "removed"),
        _marked(other, [(j, j + n) for _, j, n in blocks], "added"),
    )


# A word, a run of spaces, one other sign.
_PIECES: Final = re.compile(r"\w+(?:['’.,]\w+)*|\s+|[^\w\s]")
# A word with what hangs on it and the space after it.
_WORDS: Final = re.compile(r"\S+\s*")


def _bare(word: str) -> str:
    return fold(re.sub(r"\W", "", word))


def _long_blocks(one: Sequence[str], other: Sequence[str], least: int) -> list[tuple[int, int, int]]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size >= least]


def _marked(words: Sequence[str], ranges: Sequence[tuple[int, int]], other: Kind) -> tuple[Span, ...]:
    spans = []
    at = 0
    for start, end in (*ranges, (len(words), len(words))):
        spans += [Span(other, "".join(words[at:start])), Span("same", "".join(words[start:end]))]
        at = end
    return tuple(span for span in spans if span.text)
