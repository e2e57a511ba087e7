"""Two word sequences -> how they run along each other: passages in common, and what stands in the gaps.

Pure mechanics: what follows from an alignment is decided in `match`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import LCSseq

from wirecopy.dedupe.gaps import GAP, WIDE_GAP, Change, Compared, Gap, compare_gaps, read_as_noise
from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.words import BESIDE_NOUNS, FIGURE, NAME, PLAIN


class Passage(NamedTuple):
    """Words that run along each other: `length` of them, from `a` in one text and from `b` in the other."""

    a: int
    b: int
    length: int


class Alignment(NamedTuple):
    """How two texts run along each other, counted in words."""

    passages: tuple[Passage, ...]
    shared: int
    """Words in common, those alike but for noise included."""
    is_noisy: bool
    """True where so many words are alike but for a slip that a scanner or a bad keyboard was at work."""
    jaccard: float
    longest: int
    ending: int
    """Words of the passage with which both texts end, if it holds few figures and names."""
    figures: int
    """Figures that agree."""
    names: int
    """Names that agree."""
    other_figures: int
    """Figures that stand in place of others, the same change counted once."""
    other_names: int
    """Names that stand in place of others."""
    mistyped: int
    """Figures among the others that one slip of a finger explains."""
    other_words: int = 0
    """Places where words that are neither stand in place of others, the same change counted once."""
    stretch: int = 1
    """How many of these words are as much as one: two in a script in which a word is but a character."""
    changed: frozenset[frozenset[frozenset[str]]] = frozenset()
    """The figures of either side, place by place, where some stand in place of others."""
    renamed: frozenset[frozenset[frozenset[str]]] = frozenset()
    """The names likewise."""


class InCommon(NamedTuple):
    """What two texts have in common word for word: all that can be said without a look at what differs."""

    passages: tuple[Passage, ...]
    jaccard: float
    longest: int
    ending: int
    gaps: tuple[Gap, ...]

    def most(self) -> int:
        """Return how many words can be shared at most, whatever stands in the gaps."""
        narrower = [min(end - start, other_end - other) for start, end, other, other_end in self.gaps]
        return sum([length for _, _, length in self.passages]) + sum(narrower)


def in_common(a: Words, b: Words) -> InCommon:
    """Return the passages of two texts; symmetric but for the passages' sides."""
    size = _CHARACTERS if a.unspaced and b.unspaced else _WORDS
    one, other = shingles(a, size), shingles(b, size)
    passages = _passages(_runs(one, other), size - 1)
    lengths = [length for _, _, length in passages]
    common = sum(lengths) - len(lengths) * (size - 1)
    return InCommon(
        passages=passages,
        jaccard=common / (len(one) + len(other) - common or 1),
        longest=max(lengths, default=0),
        ending=_plain_ending(passages, a, b),
        gaps=gaps_between(passages, a, b),
    )


_WORDS: Final = 2
_CHARACTERS: Final = 6
"""Words, or characters of a script without spaces, that must follow each other in both texts: one alone stands in any."""


def align(a: Words, b: Words, common: InCommon | None = None) -> Alignment:
    """Return how two texts run along each other; symmetric but for the passages' sides. `common` is what is known already."""
    passages, jaccard, longest, ending, apart = common or in_common(a, b)
    gaps = compare_gaps(apart, a, b)
    counted = _columns(gaps)
    equal, _, misread, *_ = counted
    solid = sum([length for _, _, length in passages]) + sum(equal)
    spoilt = sum(misread)
    is_noisy = spoilt >= _SLIPS and spoilt >= (_NOISY if spoilt > _SLIPS else 2 * _NOISY) * solid
    if is_noisy:
        gaps = read_as_noise(gaps)
        counted = _columns(gaps)
    _, slips, _, figures, names, _, _, changed, renamed, reworded = counted
    stretch = 2 if a.unspaced and b.unspaced else 1
    changes = [change for change in changed if change.weight]
    renames = [change for change in renamed if change.weight]
    distinct = set(changes) if changes else _NO_CHANGES
    same_figures, same_names = _facts_in(passages, a.kinds, b.kinds)
    return Alignment(
        passages=passages,
        shared=solid + sum(slips),
        is_noisy=is_noisy,
        jaccard=jaccard,
        longest=longest,
        ending=ending,
        figures=same_figures + sum(figures),
        names=same_names + sum(names),
        other_figures=sum([change.weight for change in distinct]),
        other_names=sum([change.weight for change in renames]),
        mistyped=sum([change.mistyped() for change in changes]),
        other_words=len({change for change in reworded if change.weight >= stretch}),
        stretch=stretch,
        changed=frozenset([change.sides for change in distinct]) if changes else _NO_SIDES,
        renamed=frozenset([change.sides for change in renames]) if renames else _NO_SIDES,
    )


def _facts_in(passages: Sequence[Passage], a: bytes, b: bytes) -> tuple[int, int]:
    """Return how many figures and how many names passages hold, by the kinds of two texts' words; a capital may be lost."""
    kinds = b"".join([a[at : at + length] for at, _, length in passages])
    others = b"".join([b[at : at + length] for _, at, length in passages])
    if kinds == others:
        return kinds.count(FIGURE), kinds.count(NAME)
    return max(kinds.count(FIGURE), others.count(FIGURE)), max(kinds.count(NAME), others.count(NAME))


def _columns(gaps: Sequence[Compared]) -> Sequence[tuple[Any, ...]]:
    """Return what was counted in gaps, each in a row of its own."""
    return tuple(zip(*gaps, strict=True)) or _NO_GAPS


_NO_CHANGES: Final[frozenset[Change]] = frozenset()
_NO_SIDES: Final[frozenset[frozenset[frozenset[str]]]] = frozenset()
_NO_GAPS: Final[Sequence[tuple[Any, ...]]] = ((),) * len(Compared._fields)


def _plain_ending(passages: Sequence[Passage], a: Words, b: Words) -> int:
    """Return the length of the passages that end both texts together and hold little news, as outlets' footers do."""
    top_a, top_b = len(a.words), len(b.words)
    for run in reversed(passages):
        if max(top_a - run.a, top_b - run.b) - run.length > _TRAILING:
            break
        top_a, top_b = run.a, run.b
    length = min(len(a.words) - top_a, len(b.words) - top_b)
    if not length:
        return 0
    kinds = a.kinds[top_a:]
    facts = len(kinds) - kinds.count(PLAIN)
    if facts < _PLAIN_SHARE * length:
        return length
    # Where every noun has a capital, names tell little.
    nouns = sum(map(BESIDE_NOUNS.__contains__, a.words[top_a:])) >= _ARTICLES * length
    return length if nouns and kinds.count(FIGURE) < _PLAIN_SHARE / 2 * length else 0


_TRAILING: Final = 3
_PLAIN_SHARE: Final = 0.15
_ARTICLES: Final = 0.1
_SLIPS: Final = 2
_NOISY: Final = 0.025
"""Share of words with slips from which on a text is read as noisy."""


_Run = tuple[int, int, int]
"""Where what runs along each other starts in one text and in the other, and how long it is."""


@lru_cache(maxsize=2048)
def shingles(words: Words, size: int) -> list[int]:
    """Return a number for each run of so many words of a text; of this process alone, to be compared for equality."""
    return list(map(hash, zip(*(words.words[at:] for at in range(size)), strict=False)))


def _runs(a: Sequence[int], b: Sequence[int]) -> list[_Run]:
    """Return the longest common subsequence of two texts' shingles, run by run."""
    if len(a) * len(b) > _AT_ONCE:
        return _runs_of_long(a, b)
    return [(block.a, block.b, block.size) for block in LCSseq.opcodes(a, b).as_matching_blocks()[:-1]]


def _runs_of_long(a: Sequence[int], b: Sequence[int]) -> list[_Run]:
    """Return the runs of texts that are too long for one look: window by window, each from where the last one's runs end."""
    runs: list[_Run] = []
    at = other = 0
    while at < len(a) and other < len(b):
        width = min(_WINDOW, len(a) - at)
        height = max(_WINDOW, _AT_ONCE // width)
        found = _runs(a[at : at + width], b[other : other + height])
        runs += [(i + at, j + other, length) for i, j, length in found]
        i, j, length = found[-1] if found else (width, height, 0)
        at, other = at + i + length, other + j + length
    return runs


_WINDOW: Final = 2048
_AT_ONCE: Final = _WINDOW**2
"""Shingles times shingles that are looked at together: some milliseconds, and half a megabyte."""


def _passages(runs: Iterable[_Run], more: int) -> tuple[Passage, ...]:
    """Turn runs of shingles, each so many words more than it counts, into passages that do not overlap on either side."""
    found: list[Passage] = []
    end_a = end_b = 0
    for i, j, length in runs:
        # What is told twice here and once there overlaps with itself.
        skip = max(end_a - i, end_b - j, 0)
        start_a, start_b = i + skip, j + skip
        if found and start_a == end_a and start_b == end_b:
            start_a, start_b, _ = found.pop()
        end_a, end_b = i + length + more, j + length + more
        if end_a - start_a > more:
            found.append(_passage(Passage, (start_a, start_b, end_a - start_a)))
    return tuple(found)


_passage: Final = tuple.__new__
"""Makes a passage of its three numbers: what its own constructor does, in a third of the time."""


def gaps_between(passages: Sequence[Passage], a: Words, b: Words) -> tuple[Gap, ...]:
    """Return what stands between passages on both sides, if little enough to stand for each other.

    Before the first and after the last passage each text may simply have more to say, so that less is compared.
    """
    gaps: list[Gap] = []
    at_a = at_b = 0
    limit = GAP
    for i, j, length in passages:
        if 0 < i - at_a <= limit and 0 < j - at_b <= limit:
            gaps.append((at_a, i, at_b, j))
        at_a, at_b, limit = i + length, j + length, WIDE_GAP
    if 0 < len(a.words) - at_a <= GAP and 0 < len(b.words) - at_b <= GAP:
        gaps.append((at_a, len(a.words), at_b, len(b.words)))
    return tuple(gaps)
