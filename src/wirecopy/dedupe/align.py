"""Two word sequences -> how they run along each other: passages in common, and what stands in the gaps.

Pure mechanics: what follows from an alignment is decided in `match`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import Any, Final, NamedTuple

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
    size = 6 if a.unspaced and b.unspaced else 2 if min(len(a.words), len(b.words)) < _BRIEF else 3
    index_a, index_b = index(a, size), index(b, size)
    places = list(map(index_b.get, index_a))
    common = len(places) - places.count(None)
    passages = _framed(a.words, b.words, size)
    if passages is None:
        passages = _grown(_runs(index_a, places, size), a.words, b.words) if common else ()
    return InCommon(
        passages=passages,
        jaccard=common / (len(index_a) + len(index_b) - common or 1),
        longest=max([length for _, _, length in passages], default=0),
        ending=_plain_ending(passages, a, b),
        gaps=gaps_between(passages, a, b),
    )


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


def _framed(a: Sequence[str], b: Sequence[str], size: int) -> tuple[Passage, ...] | None:
    """Return how two texts run along each other where one is the other but for one place; None where they differ in more."""
    shorter = min(len(a), len(b))
    head = _equal(a, b, shorter)
    least = shorter - head - size + 1
    if least > 0 and (a[-1] != b[-1] or a[-least] != b[-least]):
        return None  # as most texts say at once
    tail = _equal(reversed(a), reversed(b), shorter - head)
    if shorter - head - tail >= size:
        return None
    runs = (Passage(0, 0, head), Passage(len(a) - tail, len(b) - tail, tail))
    return tuple([run for run in runs if run.length])


def _equal(a: Iterable[str], b: Iterable[str], most: int) -> int:
    """Return how many words are equal one after the other, at most so many."""
    return min(next(compress(count(), map(ne, a, b)), most), most)


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
_BRIEF: Final = 80
_SLIPS: Final = 2
_NOISY: Final = 0.025
"""Share of words with slips from which on a text is read as noisy."""


_Run = tuple[int, int, int]
"""Where words that run along each other start in one text and in the other, and how many."""
_Index = dict[int, int]
"""Where each word shingle of a text stands, by its hash, counted from 1; 0 for one that occurs again."""


@lru_cache(maxsize=2048)
def index(words: Words, size: int) -> _Index:
    """Return where the shingles of a text stand, `size` words each.

    The hashes are of this process alone; nothing but equality is taken from them.
    """
    shingles = list(map(hash, zip(*(words.words[at:] for at in range(size)), strict=False)))
    places: _Index = dict(zip(shingles, count(1), strict=False))
    if len(places) < len(shingles):
        for earlier in set(range(1, len(shingles))).difference(places.values()):
            places[shingles[earlier - 1]] = 0
    return places


def _runs(index: _Index, places: Sequence[int | None], size: int) -> Sequence[_Run]:
    """Return the passages of shingles that occur once in each text, as far as they keep their order in both.

    `places` says of each shingle of the one index where it stands in the other text.
    """
    runs = _joined(zip(index.values(), places, strict=True), size)
    if runs is not None:
        return runs
    return _joined(_rising([(i, j) for i, j in zip(index.values(), places, strict=True) if j and i]), size) or ()


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs that rises on both sides (patience sorting)."""
    ends: list[int] = []
    heads: list[int] = []
    previous: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j) if ends and j <= ends[-1] else len(ends)
        previous.append(heads[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(j)
            heads.append(at)
        else:
            ends[pile] = j
            heads[pile] = at
    chain = []
    at = heads[-1] if heads else -1
    while at >= 0:
        chain.append(pairs[at])
        at = previous[at]
    return chain[::-1]


def _joined(anchors: Iterable[tuple[int, int | None]], size: int) -> list[_Run] | None:
    """Turn anchors, counted from 1, into passages that do not overlap on either side; None where they do not rise on both.

    What stands nowhere on a side, or several times (0), is no anchor.
    """
    runs: list[_Run] = []
    a = end = ahead = 0
    for i, j in anchors:
        if not j or not i:
            continue
        if j - i == ahead and i <= end:
            end = i + size
            continue
        skip = 0
        if end:
            if j <= end - size + ahead:
                return None
            runs.append((a - 1, a - 1 + ahead, end - a))
            skip = max(0, end - i, end + ahead - j)
        a, end, ahead = i + skip, i + size, j - i
    if end:
        runs.append((a - 1, a - 1 + ahead, end - a))
    return runs


def _grown(runs: Sequence[_Run], a: Sequence[str], b: Sequence[str]) -> tuple[Passage, ...]:
    """Let every passage grow over equal words up to its neighbours: what occurs twice anchors nothing, but continues."""
    grown: list[Passage] = []
    low_a = low_b = 0
    for (i, j, length), (high_a, high_b, _) in zip(runs, (*runs[1:], (len(a), len(b), 0)), strict=False):
        end_a, end_b = i + length, j + length
        back = 0
        while i - back > low_a and j - back > low_b and a[i - back - 1] == b[j - back - 1]:
            back += 1
        while end_a < high_a and end_b < high_b and a[end_a] == b[end_b]:
            end_a, end_b = end_a + 1, end_b + 1
        grown.append(_passage(Passage, (i - back, j - back, end_a - i + back)))
        low_a, low_b = end_a, end_b
    return tuple(grown)


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
