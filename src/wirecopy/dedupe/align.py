"""Two word sequences -> how they run along each other: passages in common, and what stands in the gaps.

Pure mechanics: what follows from an alignment is decided in `match`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

from wirecopy.dedupe.words import FIGURE, NAME, PLAIN, Words

GAP: Final = 12
"""A gap of at most so many words on both sides is read as one wording put in place of another."""
WIDE_GAP: Final = 36
"""Inside wider gaps only figures and names are compared."""


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


def align(a: Words, b: Words) -> Alignment:
    """Return how two texts run along each other; symmetric but for the passages' sides."""
    size = 6 if a.unspaced and b.unspaced else 2 if min(len(a.words), len(b.words)) < _BRIEF else 3
    index_a, index_b = index(a, size), index(b, size)
    common = index_a.keys() & index_b.keys()
    passages = tuple(_grown(_runs(_anchors(index_a, index_b, common), size), a.words, b.words))
    gaps = [compare_gap(gap, a, b) for gap in _gaps(passages, a, b)]
    solid = sum(run.length for run in passages) + sum(gap.equal for gap in gaps)
    misread = sum(gap.misread for gap in gaps)
    is_noisy = misread >= _SLIPS and misread >= (_NOISY if misread > _SLIPS else 2 * _NOISY) * solid
    if is_noisy:
        gaps = [gap.read_as_noise() for gap in gaps]
    agreed: Counter[int] = Counter()
    for run in passages:
        agreed.update(a.kinds[run.a : run.a + run.length])
    noisy = sum(gap.slips for gap in gaps)
    return Alignment(
        passages=passages,
        shared=solid + noisy,
        is_noisy=is_noisy,
        jaccard=len(common) / (len(index_a) + len(index_b) - len(common) or 1),
        longest=max((run.length for run in passages), default=0),
        ending=_plain_ending(passages, a, b),
        figures=agreed[FIGURE] + sum(gap.figures for gap in gaps),
        names=agreed[NAME] + sum(gap.names for gap in gaps),
        other_figures=sum(change.weight for change in {gap.change(FIGURE) for gap in gaps}),
        other_names=sum(gap.change(NAME).weight for gap in gaps),
    )


def _plain_ending(passages: Sequence[Passage], a: Words, b: Words) -> int:
    """Return the length of the passages that end both texts together and hold little news, as outlets' footers do."""
    top_a, top_b = len(a.words), len(b.words)
    for run in reversed(passages):
        if max(top_a - run.a, top_b - run.b) - run.length > _TRAILING:
            break
        top_a, top_b = run.a, run.b
    length = min(len(a.words) - top_a, len(b.words) - top_b)
    facts = sum(kind != PLAIN for kind in a.kinds[top_a:])
    return length if facts < _PLAIN_SHARE * length else 0


_TRAILING: Final = 3
_PLAIN_SHARE: Final = 0.15
_BRIEF: Final = 80
_SLIPS: Final = 2
_NOISY: Final = 0.025
"""Share of words with slips from which on a text is read as noisy."""


_Index = dict[int, int]
"""Where each word shingle of a text stands, by its hash; -1 for one that occurs again."""


@lru_cache(maxsize=2048)
def index(words: Words, size: int) -> _Index:
    """Return where the shingles of a text stand, `size` words each.

    The hashes are of this process alone; nothing but equality is taken from them.
    """
    places: _Index = {}
    for at, shingle in enumerate(map(hash, zip(*(words.words[at:] for at in range(size)), strict=False))):
        places[shingle] = -1 if shingle in places else at
    return places


def _anchors(a: _Index, b: _Index, common: AbstractSet[int]) -> list[tuple[int, int]]:
    """Return where shingles that occur once in each text stand, as far as they keep their order in both."""
    places = [(a[shingle], b[shingle]) for shingle in common]
    pairs = sorted([pair for pair in places if pair[0] >= 0 <= pair[1]])
    others = [j for _, j in pairs]
    return pairs if others == sorted(others) else _rising(pairs)


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


def _runs(chain: list[tuple[int, int]], size: int) -> list[Passage]:
    """Turn anchors into passages that do not overlap on either side."""
    runs: list[Passage] = []
    a = b = end = 0
    for i, j in chain:
        if i - j == a - b and i <= end and end:
            end = i + size
            continue
        if end:
            runs.append(Passage(a, b, end - a))
        skip = max(0, end - i, end - a + b - j) if end else 0
        a, b, end = i + skip, j + skip, i + size
    if end:
        runs.append(Passage(a, b, end - a))
    return runs


def _grown(runs: Sequence[Passage], a: Sequence[str], b: Sequence[str]) -> list[Passage]:
    """Let every passage grow over equal words up to its neighbours: what occurs twice anchors nothing, but continues."""
    grown: list[Passage] = []
    low_a = low_b = 0
    for at, (i, j, length) in enumerate(runs):
        high_a, high_b = runs[at + 1][:2] if at + 1 < len(runs) else (len(a), len(b))
        back = 0
        while i - back > low_a and j - back > low_b and a[i - back - 1] == b[j - back - 1]:
            back += 1
        end_a, end_b = i + length, j + length
        while end_a < high_a and end_b < high_b and a[end_a] == b[end_b]:
            end_a, end_b = end_a + 1, end_b + 1
        grown.append(Passage(i - back, j - back, end_a - i + back))
        low_a, low_b = end_a, end_b
    return grown


def _gaps(passages: Sequence[Passage], a: Words, b: Words) -> Iterator[Gap]:
    """Yield what stands between passages on both sides, if little enough to stand for each other.

    Before the first and after the last passage each text may simply have more to say, so that less is compared.
    """
    at_a = at_b = 0
    for run in (*passages, Passage(len(a.words), len(b.words), 0)):
        edge = at_a == at_b == 0 or run.length == 0
        if 0 < run.a - at_a <= (limit := GAP if edge else WIDE_GAP) and 0 < run.b - at_b <= limit:
            yield Gap(at_a, run.a, at_b, run.b)
        at_a, at_b = run.a + run.length, run.b + run.length


class Change(NamedTuple):
    """Words that stand for others; `weight` is how many, two at most, 0 where a side has none."""

    sides: frozenset[frozenset[str]]
    weight: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What agrees inside a gap, and the words left over on each side with their kinds."""

    equal: int
    slips: int
    misread: int
    """Slips inside a word: another ending is grammar."""
    figures: int
    names: int
    left: _Kinded
    right: _Kinded

    def change(self, kind: int) -> Change:
        """Return what of a kind stands for what, the same whichever side is first."""
        left = frozenset([word for word, of in self.left if of == kind])
        right = frozenset([word for word, of in self.right if of == kind])
        return Change(frozenset((left, right)), min(len(left), len(right), 2))

    def read_as_noise(self) -> Compared:
        """Return the gap with its leftovers taken for one another where a scanner could have confused them."""
        if not (self.left and self.right and _is_alike(self.left, self.right)):
            return self
        return replace(self, slips=self.slips + min(len(self.left), len(self.right)), left=[], right=[])


_LONG_WORD: Final = 40
"""No more of a word is compared letter by letter."""
_ALIKE: Final = 0.6
_CONFUSED: Final = str.maketrans("lioszbgq", "11052899")


def _as_scanned(side: _Kinded) -> str:
    return "".join(word[:_LONG_WORD] for word, _ in side).translate(_CONFUSED).replace("rn", "m")


def compare_gap(gap: Gap, a: Words, b: Words) -> Compared:
    """Return what agrees and what differs inside a gap, its words taken without their order."""
    left = list(zip(a.words[gap.a_from : gap.a_to], a.kinds[gap.a_from : gap.a_to], strict=True))
    right = list(zip(b.words[gap.b_from : gap.b_to], b.kinds[gap.b_from : gap.b_to], strict=True))
    if max(len(left), len(right)) > GAP:
        left, right = ([entry for entry in side if entry[1] != PLAIN] for side in (left, right))
    equal = _take_equal(left, right)
    slips = _take_slips(left, right)
    misread = sum(not one.startswith(other[:-1]) and not other.startswith(one[:-1]) for one, other in slips)
    kinds = Counter(kind for _, kind in equal)
    found = Compared(len(equal), len(slips), misread, kinds[FIGURE], kinds[NAME], left, right)
    if left and right and _mixes(left) != _mixes(right) and _is_alike(left, right):
        return replace(found.read_as_noise(), misread=misread + 1)
    return found


def _mixes(side: _Kinded) -> bool:
    """Say whether letters and digits stand in one word, or a figure is broken up, as scanners leave it."""
    return any(not word.isalpha() and not word.replace(".", "").isdigit() and word.isalnum() for word, _ in side)


def _is_alike(left: _Kinded, right: _Kinded) -> bool:
    one, other = sorted((_as_scanned(left), _as_scanned(right)))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _take_equal(left: _Kinded, right: _Kinded) -> _Kinded:
    """Take the words that both hold out of both."""
    common = Counter(left) & Counter(right)
    for side in (left, right) if common else ():
        rest = common.copy()
        kept = []
        for entry in side:
            if rest[entry] > 0:
                rest[entry] -= 1
            else:
                kept.append(entry)
        side[:] = kept
    return list(common.elements())


def _take_slips(left: _Kinded, right: _Kinded) -> list[tuple[str, str]]:
    """Take pairs of words that are one slip apart out of both, and return them."""
    found = []
    for entry in list(left):
        for other in right:
            if entry[1] != FIGURE and other[1] != FIGURE and is_slip(entry[0], other[0]):
                left.remove(entry)
                right.remove(other)
                found.append((entry[0], other[0]))
                break
    return found


def is_slip(one: str, other: str) -> bool:
    """Say whether two words of at least three letters differ in one place, by at most a third of their letters."""
    longer = max(len(one), len(other))
    if longer < 3 or abs(len(one) - len(other)) > 2:
        return False
    head = 0
    shorter = min(len(one), len(other))
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return (head + tail) * 3 >= longer * 2
