"""What stands in place of what between two passages that run along each other: words, slips, figures and names.

Pure mechanics, as in `align`: what follows from a difference is decided in `match`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.rewritten import (
    Kinded,
    may_hold_one_name,
    take_initials,
    take_rewritten,
    take_unscaled,
    under_one_name,
)
from wirecopy.dedupe.slips import (
    ANY_DIGIT,
    LONG_WORD,
    SLIPPED,
    TYPED,
    as_scanned,
    could_be_read_as,
    digits_of,
    is_clean,
    is_mistyped,
    is_slip,
    stands_in,
)
from wirecopy.dedupe.words import FIGURE, NAME, PLAIN

GAP: Final = 12
"""A gap of at most so many words on both sides is read as one wording put in place of another."""
WIDE_GAP: Final = 36
"""Inside wider gaps only figures and names are compared."""

_LeftOver = Sequence[tuple[str, int]]


Gap = tuple[int, int, int, int]
"""What stands between two passages: from where to where in one text, from where to where in the other."""


class Change(NamedTuple):
    """Words that stand for others; `weight` is how many, two at most, 0 where a side has none."""

    sides: frozenset[frozenset[str]]
    weight: int

    def mistyped(self) -> bool:
        """Say whether one figure stands for one, of at least three digits, with a digit lost, added or swapped."""
        figures = [*chain.from_iterable(self.sides)]
        return len(self.sides) == len(figures) == 2 and is_mistyped(*figures)


_HIRAGANA: Final = frozenset(map(chr, range(0x3041, 0x3097)))
_UNCHANGED: Final = Change(frozenset((frozenset(),)), 0)


class Compared(NamedTuple):
    """What agrees inside a gap, and the words left over on each side with their kinds."""

    equal: int
    slips: int
    misread: int
    """Slips inside a word: another ending is grammar."""
    figures: int
    names: int
    left: _LeftOver
    right: _LeftOver
    changed: Change
    """Figures that stand for others."""
    renamed: Change
    """Names that stand for others."""
    reworded: Change
    """Other words that stand for others; none where Japanese grammar is among them."""


def _left_over(counted: tuple[int, int, int, int, int], left: _LeftOver, right: _LeftOver) -> Compared:
    changed = renamed = reworded = _UNCHANGED
    if left and right:
        kinds, other_kinds = {kind for _, kind in left}, {kind for _, kind in right}
        if FIGURE in kinds or FIGURE in other_kinds:
            changed = _change(left, right, FIGURE)
        if NAME in kinds and NAME in other_kinds:
            renamed = _change(left, right, NAME)
        if PLAIN in kinds and PLAIN in other_kinds:
            reworded = _change(left, right, PLAIN)
    return Compared(*counted, tuple(left), tuple(right), changed, renamed, reworded)


def _change(left: _LeftOver, right: _LeftOver, kind: int) -> Change:
    """Return what of a kind stands for what, the same whichever side is first; `one` is a figure where it stands for one."""
    words, others = [word for word, of in left if of == kind], [word for word, of in right if of == kind]
    if kind == FIGURE and bool(words) != bool(others):
        words, others = words or _ones(left), others or _ones(right)
    if not (words and others):
        return _UNCHANGED
    one, other = frozenset(words), frozenset(others)
    if one == other or (kind == PLAIN and not (_HIRAGANA.isdisjoint(one) and _HIRAGANA.isdisjoint(other))):
        return _UNCHANGED
    return Change(frozenset((one, other)), min(len(one), len(other), 2))


def _ones(side: _LeftOver) -> list[str]:
    return ["1" for word, _ in side if word == "one"]


def compare_gaps(gaps: Iterable[Gap], a: Words, b: Words) -> list[Compared]:
    """Return what agrees and what differs inside each gap, its words taken without their order."""
    words, kinds, others, other_kinds = a.words, a.kinds, b.words, b.kinds
    return [_compared(words[i:end], kinds[i:end], others[j:other], other_kinds[j:other]) for i, end, j, other in gaps]


def read_as_noise(gaps: Iterable[Compared]) -> list[Compared]:
    """Return gaps without what a scanner could have made of the other side."""
    return [_noise(gap) if gap.left and gap.right else gap for gap in gaps]


@lru_cache(maxsize=1 << 11)
def _noise(gap: Compared) -> Compared:
    left, right = gap.left, gap.right
    if any(map(_is_figure, (*left, *right))):
        left, right = _without_spoilt(*_without_smudged(_as_words(left), _as_words(right)))
    one, other = _as_scanned(left), _as_scanned(right)
    kept = (
        [entry for entry in left if entry[1] == FIGURE or not stands_in(entry[0], other)],
        [entry for entry in right if entry[1] == FIGURE or not stands_in(entry[0], one)],
    )
    if left is gap.left and len(kept[0]) == len(left) and len(kept[1]) == len(right):
        return gap
    explained = min(len(gap.left) - len(kept[0]), len(gap.right) - len(kept[1]))
    return _left_over((gap.equal, gap.slips + explained, *gap[2:5]), *kept)


@lru_cache(maxsize=1 << 13)
def _compared(words: Sequence[str], kinds: bytes, others: Sequence[str], other_kinds: bytes) -> Compared:
    """Compare two wordings of one place: what a house writes for another's comes again and again."""
    one_name = may_hold_one_name(words) and may_hold_one_name(others)
    if len(words) == len(others) == 1 and FIGURE not in kinds + other_kinds and words != others and not one_name:
        (word,), (other,) = words, others
        if is_slip(word, other):
            return _MISREAD if _is_misread_inside(word, other) else _ENDED_OTHERWISE
        if (word + other).isalpha():
            return _left_over((0, 0, 0, 0, 0), ((word, kinds[0]),), ((other, other_kinds[0]),))
    left, right = list(zip(words, kinds, strict=True)), list(zip(others, other_kinds, strict=True))
    if len(left) > GAP or len(right) > GAP:
        left, right = ([entry for entry in side if entry[1] != PLAIN] for side in (left, right))
    if one_name:
        left, right = under_one_name(left), under_one_name(right)
    equal = _take_equal(left, right)
    figures, names = (equal.count(FIGURE), equal.count(NAME)) if equal else (0, 0)
    if not (left and right):
        return _left_over((len(equal), 0, 0, figures, names), left, right)
    slips = _take_slips(left, right)
    holds_figures = FIGURE in kinds, FIGURE in other_kinds
    joined = take_unscaled(left, right) + take_unscaled(right, left) if all(holds_figures) else 0
    if len(left) > 1 or len(right) > 1:
        joined += take_rewritten(left, right, holds_figures)
        names += take_initials(left, right) + take_initials(right, left) if NAME in kinds and NAME in other_kinds else 0
    misread = joined
    if slips:
        misread += sum([_is_misread_inside(one, other) for one, other in slips])
    rest: tuple[_LeftOver, _LeftOver] = left, right
    may_be_misread = any(holds_figures) or not "".join((*words, *others)).isalpha()
    if may_be_misread and left and right and _is_misread(left, right):
        rest = _without_smudged(left, right)
    smudged = int(rest != (left, right))
    return _left_over((len(equal), len(slips) + joined + smudged, misread + smudged, figures, names), *rest)


def _is_misread_inside(one: str, other: str) -> bool:
    """Say whether two words that are a slip apart differ in more than how they end: another ending is grammar."""
    return not one.startswith(other[:-1]) and not other.startswith(one[:-1])


_MISREAD: Final = _left_over((0, 1, 1, 0, 0), (), ())
_ENDED_OTHERWISE: Final = _left_over((0, 1, 0, 0, 0), (), ())


def _take_equal(left: Kinded, right: Kinded) -> list[int]:
    """Take the words that both hold out of both, and return their kinds."""
    # The hash of a word is known, that of a word with its kind is not.
    both = {word for word, _ in left}.intersection([word for word, _ in right])
    kinds: list[int] = []
    for entry in [entry for entry in right if entry[0] in both] if both else ():
        if entry in left:
            left.remove(entry)
            right.remove(entry)
            kinds.append(entry[1])
    return kinds


def _take_slips(left: Kinded, right: Kinded) -> list[tuple[str, str]]:
    """Take pairs of words that are one slip apart out of both, and return them."""
    found: list[tuple[str, str]] = []
    others = [(entry[0], entry[0][0], entry[0][-1], len(entry[0]), entry) for entry in right if entry[1] != FIGURE]
    for entry in list(left) if others else ():
        word, kind = entry
        if kind == FIGURE:
            continue
        first, last, most = word[0], word[-1], len(word) + SLIPPED
        for at, (other, start, end, length, held) in enumerate(others):
            near = (start == first or end == last) and most - 2 * SLIPPED <= length <= most
            if near and is_slip(word, other):
                left.remove(entry)
                right.remove(held)
                del others[at]
                found.append((word, other))
                break
    return found


def _is_misread(left: Kinded, right: Kinded) -> bool:
    return _is_smudged(left) or _is_smudged(right) or _has_same_digits(left, right)


def _is_smudged(side: Kinded) -> bool:
    """Say whether letters and digits stand in one word, as scanners leave it, or a word has become part of a figure."""
    mixed = [word for word, _ in side if not word.isalpha()]
    return bool(mixed) and any(ANY_DIGIT.search(word) and not is_clean(word) for word in mixed)


def _without_smudged(left: _LeftOver, right: _LeftOver) -> tuple[_LeftOver, _LeftOver]:
    """Leave out the figures of both sides if one is what a scanner makes of the other."""
    if not _reads_as(left, right):
        return left, right
    return [entry for entry in left if not _is_figure(entry)], [entry for entry in right if not _is_figure(entry)]


def _as_words(side: _LeftOver) -> _LeftOver:
    """Take words in which a scanner put a digit for words, `5aid`, `9raded`."""
    return [(word, PLAIN) if kind == FIGURE and _is_word(word) else (word, kind) for word, kind in side]


def _is_word(figure: str) -> bool:
    return sum(map(str.isalpha, figure)) > sum(map(str.isdigit, figure))


def _without_spoilt(left: _LeftOver, right: _LeftOver) -> tuple[_LeftOver, _LeftOver]:
    """Leave out figures that are one of the other side with a digit or a point spoilt."""
    others = list(right)
    kept = []
    for entry in left:
        spoilt = next((held for held in others if entry[1] == held[1] == FIGURE and _reads_as([entry], [held])), None)
        if spoilt:
            others.remove(spoilt)
        else:
            kept.append(entry)
    return kept, others


def _reads_as(left: _LeftOver, right: _LeftOver) -> bool:
    """Say whether the digits of one side are what a scanner makes of the other's."""
    return any(could_be_read_as(_digits(left, zeros), _digits(right, zeros)) for zeros in (False, True))


def _is_figure(entry: tuple[str, int]) -> bool:
    return entry[1] == FIGURE or ANY_DIGIT.search(entry[0]) is not None


def _has_same_digits(left: Kinded, right: Kinded) -> bool:
    """Say whether figures differ in nothing but a point or a space between their digits: `12.1`, `12 1`."""
    if len(left) == len(right) == 1:
        return False
    digits = ["".join([word for word, kind in side if kind == FIGURE]).replace(".", "") for side in (left, right)]
    return digits[0] == digits[1] and len(digits[0]) >= TYPED


def _digits(side: _LeftOver, zeros: bool) -> str:  # noqa: FBT001 - one of two readings
    """Return the digits of the words that hold any, `?` for letters among them."""
    return "".join([digits_of(entry[0], zeros) for entry in side if _is_figure(entry)])


def _as_scanned(side: _LeftOver) -> str:
    return as_scanned("".join(word[:LONG_WORD] for word, kind in side if kind != FIGURE))
