"""Two word sequences -> how they run along each other: passages in common, and what stands in the gaps.

Pure mechanics: what follows from an alignment is decided in `match`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from wirecopy.dedupe.words import FIGURE, NAME, PLAIN, Words

GAP: Final = 12
"""A gap of at most so many words on both sides is read as one wording put in place of another."""


_Kinded = list[tuple[str, int]]


class Passage(NamedTuple):
    """Words that run along each other: `length` of them, from `a` in one text and from `b` in the other."""

    a: int
    b: int
    length: int


class Gap(NamedTuple):
    """What stands between two passages: `a[a_from:a_to]` here, `b[b_from:b_to]` there."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two texts run along each other, counted in words."""

    passages: tuple[Passage, ...]
    shared: int
    """Words in common, those alike but for noise included."""
    noisy: int
    """Words alike but for one slip of the keyboard or the scanner."""
    jaccard: float
    longest: int
    figures: int
    """Figures that agree."""
    names: int
    """Names that agree."""
    other_figures: int
    """Places where both have a figure, and not the same."""
    other_names: int
    other_words: int
    """Places where the wording differs otherwise."""


def align(a: Words, b: Words) -> Alignment:
    """Return how two texts run along each other; symmetric but for the passages' sides."""
    size = 6 if a.unspaced and b.unspaced else 3
    shingles_a, shingles_b = _shingles(a.words, size), _shingles(b.words, size)
    passages = tuple(_passages(_chain(shingles_a, shingles_b), size))
    gaps = [_weigh(gap, a, b) for gap in _gaps(passages, len(a.words), len(b.words))]
    agreed = Counter(kind for run in passages for kind in a.kinds[run.a : run.a + run.length])
    distinct_a, distinct_b = set(shingles_a), set(shingles_b)
    common = len(distinct_a & distinct_b)
    return Alignment(
        passages=passages,
        shared=sum(run.length for run in passages) + sum(gap.equal + gap.noisy for gap in gaps),
        noisy=sum(gap.noisy for gap in gaps),
        jaccard=common / (len(distinct_a) + len(distinct_b) - common or 1),
        longest=max((run.length for run in passages), default=0),
        figures=agreed[FIGURE] + sum(gap.figures for gap in gaps),
        names=agreed[NAME] + sum(gap.names for gap in gaps),
        other_figures=sum(gap.other_figures for gap in gaps),
        other_names=sum(gap.other_names for gap in gaps),
        other_words=sum(gap.other_words for gap in gaps),
    )


def _shingles(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(size)), strict=False))


def _chain(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Return the longest run of common shingles that keeps its order in both texts.

    A shingle that occurs more than once anchors nothing by itself, but continues a passage.
    """
    where_b = _once(b)
    pairs = [(i, where_b[shingle]) for shingle, i in _once(a).items() if shingle in where_b]
    pairs.sort()
    return _continued(_rising(pairs), a, b)


def _once(shingles: list[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    first = {}
    twice = set()
    for at, shingle in enumerate(shingles):
        if shingle in first:
            twice.add(shingle)
        else:
            first[shingle] = at
    for shingle in twice:
        del first[shingle]
    return first


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs that rises on both sides (patience sorting)."""
    ends: list[int] = []
    heads: list[int] = []
    previous: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j)
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


def _continued(
    chain: list[tuple[int, int]], a: list[tuple[str, ...]], b: list[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Extend every anchor forwards and backwards over equal shingles, up to its neighbours."""
    full: list[tuple[int, int]] = []
    for at, (i, j) in enumerate(chain):
        low = full[-1] if full else (-1, -1)
        high = chain[at + 1] if at + 1 < len(chain) else (len(a), len(b))
        room_back = min(i - low[0], j - low[1]) - 1
        room_on = min(high[0] - i, high[1] - j) - 1
        back = next((step for step in range(room_back) if a[i - step - 1] != b[j - step - 1]), max(0, room_back))
        on = next((step for step in range(room_on) if a[i + step + 1] != b[j + step + 1]), max(0, room_on))
        full.extend((i + step, j + step) for step in range(-back, on + 1))
    return full


def _passages(chain: list[tuple[int, int]], size: int) -> Iterator[Passage]:
    """Turn anchors into passages that do not overlap on either side."""
    start: tuple[int, int] | None = None
    last = (-1, -1)
    end_a = end_b = 0
    for i, j in chain:
        if start is not None and (i - last[0], j - last[1]) == (1, 1):
            last = (i, j)
            continue
        if start is not None:
            yield Passage(*start, last[0] + size - start[0])
            end_a, end_b = last[0] + size, last[1] + size
        skip = max(0, end_a - i, end_b - j)
        start = (i + skip, j + skip)
        last = (i, j)
    if start is not None:
        yield Passage(*start, last[0] + size - start[0])


def _gaps(passages: Sequence[Passage], length_a: int, length_b: int) -> Iterator[Gap]:
    at_a = at_b = 0
    for run in (*passages, Passage(length_a, length_b, 0)):
        if run.a > at_a or run.b > at_b:
            yield Gap(at_a, run.a, at_b, run.b)
        at_a, at_b = run.a + run.length, run.b + run.length


class _Weight(NamedTuple):
    equal: int = 0
    noisy: int = 0
    figures: int = 0
    names: int = 0
    other_figures: int = 0
    other_names: int = 0
    other_words: int = 0


_NOTHING: Final = _Weight()


def _weigh(gap: Gap, a: Words, b: Words) -> _Weight:
    """Count what agrees and what differs inside a gap that is small on both sides."""
    long_a, long_b = gap.a_to - gap.a_from, gap.b_to - gap.b_from
    if not (0 < long_a <= GAP and 0 < long_b <= GAP):
        return _NOTHING
    left = list(zip(a.words[gap.a_from : gap.a_to], a.kinds[gap.a_from : gap.a_to], strict=True))
    right = list(zip(b.words[gap.b_from : gap.b_to], b.kinds[gap.b_from : gap.b_to], strict=True))
    equal = _take_equal(left, right)
    noisy = _take_noisy(left, right)
    kinds = Counter(kind for _, kind in equal)
    return _Weight(
        equal=len(equal),
        noisy=noisy,
        figures=kinds[FIGURE],
        names=kinds[NAME],
        other_figures=_both(left, right, FIGURE),
        other_names=_both(left, right, NAME),
        other_words=_both(left, right, PLAIN),
    )


def _take_equal(left: _Kinded, right: _Kinded) -> _Kinded:
    """Take the words that both hold out of both."""
    common = Counter(left) & Counter(right)
    for side in (left, right):
        rest = common.copy()
        kept = []
        for entry in side:
            if rest[entry] > 0:
                rest[entry] -= 1
            else:
                kept.append(entry)
        side[:] = kept
    return list(common.elements())


def _take_noisy(left: _Kinded, right: _Kinded) -> int:
    """Take pairs of words that are one slip apart out of both; return how many."""
    found = 0
    for entry in list(left):
        for other in right:
            if entry[1] != FIGURE and other[1] != FIGURE and is_slip(entry[0], other[0]):
                left.remove(entry)
                right.remove(other)
                found += 1
                break
    return found


def is_slip(one: str, other: str) -> bool:
    """Say whether two words of at least four letters differ in one place, by at most a third of their letters."""
    longer = max(len(one), len(other))
    if longer < 4 or abs(len(one) - len(other)) > 2:
        return False
    head = 0
    shorter = min(len(one), len(other))
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return (head + tail) * 3 >= longer * 2


def _both(left: _Kinded, right: _Kinded, kind: int) -> int:
    return min(sum(entry[1] == kind for entry in left), sum(entry[1] == kind for entry in right))
