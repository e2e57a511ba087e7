"""What stands in place of what between two passages that run along each other: words, slips, figures and names.

Pure mechanics, as in `align`: what follows from a difference is decided in `match`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, pairwise, takewhile, zip_longest
from typing import Final, NamedTuple

from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.slips import (
    ANY_DIGIT,
    LONG_WORD,
    TYPED,
    as_scanned,
    could_be_read_as,
    digits_of,
    is_clean,
    is_mistyped,
    is_slip,
    stands_in,
)
from wirecopy.dedupe.words import FIGURE, NAME, PLAIN, SPELLED, format_decimal

GAP: Final = 12
"""A gap of at most so many words on both sides is read as one wording put in place of another."""
WIDE_GAP: Final = 36
"""Inside wider gaps only figures and names are compared."""

_Kinded = list[tuple[str, int]]


class Gap(NamedTuple):
    """What stands between two passages: `a[a_from:a_to]` here, `b[b_from:b_to]` there."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int

    def narrower(self) -> int:
        """Return how many words stand on the side with fewer."""
        return min(self.a_to - self.a_from, self.b_to - self.b_from)


class Change(NamedTuple):
    """Words that stand for others; `weight` is how many, two at most, 0 where a side has none."""

    sides: frozenset[frozenset[str]]
    weight: int


_FIGURES: Final = frozenset({FIGURE})
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
    left: _Kinded
    right: _Kinded
    changed: Change
    """Figures that stand for others."""
    renamed: Change
    """Names that stand for others."""
    reworded: Change
    """Other words that stand for others; none where Japanese grammar is among them."""

    def mistyped(self) -> bool:
        """Say whether the only figures that differ are one of at least three digits with a digit lost, added or swapped."""
        figures = [*chain.from_iterable(self.changed.sides)]
        return len(self.changed.sides) == len(figures) == 2 and is_mistyped(*figures)

    def read_as_noise(self) -> Compared:
        """Return the gap without what a scanner could have made of the other side."""
        if not (self.left and self.right):
            return self
        left, right = _without_spoilt(*_without_smudged(_as_words(self.left), _as_words(self.right)))
        one, other = _as_scanned(left), _as_scanned(right)
        kept = (
            [entry for entry in left if entry[1] == FIGURE or not stands_in(entry[0], other)],
            [entry for entry in right if entry[1] == FIGURE or not stands_in(entry[0], one)],
        )
        explained = min(len(self.left) - len(kept[0]), len(self.right) - len(kept[1]))
        return _left_over((self.equal, self.slips + explained, *self[2:5]), *kept)


def _left_over(counted: tuple[int, int, int, int, int], left: _Kinded, right: _Kinded) -> Compared:
    return Compared(*counted, left, right, *[_change(left, right, kind) for kind in (FIGURE, NAME, PLAIN)])


def _change(left: _Kinded, right: _Kinded, kind: int) -> Change:
    """Return what of a kind stands for what, the same whichever side is first; `one` is a figure where it stands for one."""
    words, others = ([word for word, of in side if of == kind] for side in (left, right))
    if kind == FIGURE and bool(words) != bool(others):
        words, others = words or _ones(left), others or _ones(right)
    one, other = frozenset(words), frozenset(others)
    if not (words and others) or one == other or (kind == PLAIN and not _HIRAGANA.isdisjoint(one | other)):
        return _UNCHANGED
    return Change(frozenset((one, other)), min(len(one), len(other), 2))


def _ones(side: _Kinded) -> list[str]:
    return ["1" for word, _ in side if word == "one"]


def compare_gap(gap: Gap, a: Words, b: Words) -> Compared:
    """Return what agrees and what differs inside a gap, its words taken without their order."""
    a_from, a_to, b_from, b_to = gap
    return _compared(a.words[a_from:a_to], a.kinds[a_from:a_to], b.words[b_from:b_to], b.kinds[b_from:b_to])


def compare_noise(gap: Gap, a: Words, b: Words) -> Compared:
    """Return the same without what a scanner could have made of the other side."""
    a_from, a_to, b_from, b_to = gap
    return _noise(a.words[a_from:a_to], a.kinds[a_from:a_to], b.words[b_from:b_to], b.kinds[b_from:b_to])


@lru_cache(maxsize=1 << 11)
def _noise(words: Sequence[str], kinds: bytes, others: Sequence[str], other_kinds: bytes) -> Compared:
    return _compared(words, kinds, others, other_kinds).read_as_noise()


@lru_cache(maxsize=1 << 13)
def _compared(words: Sequence[str], kinds: bytes, others: Sequence[str], other_kinds: bytes) -> Compared:
    """Compare two wordings of one place: what a house writes for another's comes again and again."""
    left, right = list(zip(words, kinds, strict=True)), list(zip(others, other_kinds, strict=True))
    if len(left) > GAP or len(right) > GAP:
        left, right = ([entry for entry in side if entry[1] != PLAIN] for side in (left, right))
    equal = _take_equal(left, right)
    figures, names = (equal.count(FIGURE), equal.count(NAME)) if equal else (0, 0)
    if not (left and right):
        return _left_over((len(equal), 0, 0, figures, names), left, right)
    of_left, of_right = {kind for _, kind in left}, {kind for _, kind in right}
    both = of_left & of_right
    slips = () if _FIGURES in (of_left, of_right) else _take_slips(left, right)
    joined = _take_unscaled(left, right) + _take_unscaled(right, left) if FIGURE in both else 0
    if len(left) > 1 or len(right) > 1:
        joined += _take_joined(left, right) + _take_joined(right, left)
        joined += _take_grouped(left, right) + _take_grouped(right, left) if FIGURE in both else 0
        joined += _take_spelled(left, right) if FIGURE in of_right else 0
        joined += _take_spelled(right, left) if FIGURE in of_left else 0
        names += _take_initials(left, right) + _take_initials(right, left) if NAME in both else 0
    misread = joined
    if slips:
        misread += sum([not one.startswith(other[:-1]) and not other.startswith(one[:-1]) for one, other in slips])
    smudged = 0
    if left and right and _is_misread(left, right):
        kept = _without_smudged(left, right)
        smudged, left, right = int(kept != (left, right)), *kept
    return _left_over((len(equal), len(slips) + joined + smudged, misread + smudged, figures, names), left, right)


def _take_equal(left: _Kinded, right: _Kinded) -> list[int]:
    """Take the words that both hold out of both, and return their kinds."""
    taken: list[int] = []
    both = set(left).intersection(right)
    for entry in [entry for entry in right if entry in both] if both else ():
        if entry in left:
            left.remove(entry)
            right.remove(entry)
            taken.append(entry[1])
    return taken


def _take_slips(left: _Kinded, right: _Kinded) -> list[tuple[str, str]]:
    """Take pairs of words that are one slip apart out of both, and return them."""
    found: list[tuple[str, str]] = []
    firsts, lasts = {word[0] for word, _ in right}, {word[-1] for word, _ in right}
    for entry in [e for e in left if e[1] != FIGURE and (e[0][0] in firsts or e[0][-1] in lasts)]:
        word, first, last = entry[0], entry[0][0], entry[0][-1]
        for other in right:
            like = other[0][0] == first or other[0][-1] == last
            if like and other[1] != FIGURE and is_slip(word, other[0]):
                left.remove(entry)
                right.remove(other)
                found.append((entry[0], other[0]))
                break
    return found


def _take_joined(one: _Kinded, other: _Kinded) -> int:
    """Take words that stand in two pieces on the other side out of both, and return how many."""
    found = 0
    if len(other) < 2:
        return found
    starts, ends = {word[0] for word, _ in other[:-1]}, {word[-1] for word, _ in other[1:]}
    for entry in [e for e in one if len(e[0]) >= _JOINED and (e[0][0] in starts or e[0][-1] in ends)]:
        start, end = entry[0][0], entry[0][-1]
        for first, second in pairwise(list(other)):
            if (first[0][0] == start or second[0][-1] == end) and _is_joined(entry, first, second):
                one.remove(entry)
                other.remove(first)
                other.remove(second)
                found += 1
                break
    return found


def _is_joined(entry: tuple[str, int], first: tuple[str, int], second: tuple[str, int]) -> bool:
    """Say whether a word is two others in one, a slip apart at most where none is a figure."""
    pieces = first[0] + second[0]
    return pieces == entry[0] or (FIGURE not in {entry[1], first[1], second[1]} and is_slip(pieces, entry[0]))


_JOINED: Final = 4


def _take_unscaled(one: _Kinded, other: _Kinded) -> int:
    """Take figures that are another one's thousands, millions or billions out of both: the word was not understood, or is cut off."""
    found = 0
    for entry, word in zip_longest(list(one), one[1:]):
        if entry[1] != FIGURE or not is_clean(entry[0]):
            continue
        told = word is not None and word[1] == PLAIN
        if not told and len(entry[0]) < _TELLING:
            continue
        if entry[0].isascii() and _telling(entry[0]) not in [_telling(held) for held, _ in other]:
            continue
        scaled = {(format_decimal(Decimal(entry[0]).scaleb(power)), FIGURE) for power in (3, 6, 9)}
        if match := next((held for held in other if held in scaled), None):
            one.remove(entry)
            if told and word in one:
                one.remove(word)
            other.remove(match)
            found += 1
    return found


def _telling(figure: str) -> str:
    """Return the digits of a figure that are the same in thousands or millions of it."""
    return figure.replace(".", "").strip("0")


_TELLING: Final = 2
"""Digits of a figure that is hardly another one's thousands by chance."""


def _take_grouped(one: _Kinded, other: _Kinded) -> int:
    """Take figures whose thousands stand apart, `269 000`, and the figures that they are out of both."""
    for start in range(len(one) - 1):
        run = list(takewhile(_is_group, one[start : start + _GROUPS]))
        for length in range(len(run), 1, -1):
            total = 0
            for word, _ in run[:length]:
                total = total * 1000 + int(word)
            written = (str(total), FIGURE)
            if len(run[0][0]) <= _DIGITS and written in other:
                other.remove(written)
                del one[start : start + length]
                return 1 + _take_grouped(one, other)
    return 0


_GROUPS: Final = 4
_DIGITS: Final = 3


def _is_group(entry: tuple[str, int]) -> bool:
    return entry[1] == FIGURE and len(entry[0]) <= _DIGITS and entry[0].isascii() and entry[0].isdigit()


def _take_spelled(one: _Kinded, other: _Kinded) -> int:
    """Take numbers that are spelled out in several words, and the figures that they are on the other side, out of both."""
    found = 0
    for start in range(len(one) - 1 if any(word in SPELLED for word, _ in one) else 0):
        run = list(takewhile(_is_numeral, one[start:]))
        for length in range(len(run), 1, -1):
            total = sum((Decimal(word if kind == FIGURE else SPELLED[word]) for word, kind in run[:length]), Decimal())
            written = (format_decimal(total), FIGURE)
            if written in other:
                other.remove(written)
                del one[start : start + length]
                return found + 1 + _take_spelled(one, other)
    return found


def _take_initials(one: _Kinded, other: _Kinded) -> int:
    """Take names of several words, and their initials on the other side, out of both: `Prime Minister`, `PM`."""
    for entry in [entry for entry in other if entry[1] == NAME and 1 < len(entry[0]) <= _INITIALS]:
        length = len(entry[0])
        for start in range(len(one) - length + 1):
            run = one[start : start + length]
            if "".join(word[0] for word, _ in run) == entry[0] and all(kind == NAME for _, kind in run):
                other.remove(entry)
                del one[start : start + length]
                return length
    return 0


_INITIALS: Final = 5


def _is_numeral(entry: tuple[str, int]) -> bool:
    return is_clean(entry[0]) if entry[1] == FIGURE else entry[0] in SPELLED


def _is_misread(left: _Kinded, right: _Kinded) -> bool:
    return _is_smudged(left) or _is_smudged(right) or _has_same_digits(left, right)


def _is_smudged(side: _Kinded) -> bool:
    """Say whether letters and digits stand in one word, as scanners leave it, or a word has become part of a figure."""
    mixed = [word for word, _ in side if not word.isalpha()]
    return bool(mixed) and any(ANY_DIGIT.search(word) and not is_clean(word) for word in mixed)


def _without_smudged(left: _Kinded, right: _Kinded) -> tuple[_Kinded, _Kinded]:
    """Leave out the figures of both sides if one is what a scanner makes of the other."""
    if not any(could_be_read_as(_digits(left, zeros), _digits(right, zeros)) for zeros in (False, True)):
        return left, right
    return [entry for entry in left if not _is_figure(entry)], [entry for entry in right if not _is_figure(entry)]


def _as_words(side: _Kinded) -> _Kinded:
    """Take words in which a scanner put a digit for words, `5aid`, `9raded`."""
    return [(word, PLAIN) if kind == FIGURE and _is_word(word) else (word, kind) for word, kind in side]


def _is_word(figure: str) -> bool:
    return sum(map(str.isalpha, figure)) > sum(map(str.isdigit, figure))


def _without_spoilt(left: _Kinded, right: _Kinded) -> tuple[_Kinded, _Kinded]:
    """Leave out figures that are one of the other side with a digit or a point spoilt."""
    others = list(right)
    kept = []
    for entry in left:
        spoilt = next(
            (held for held in others if entry[1] == held[1] == FIGURE and _is_spoilt(entry[0], held[0])), None
        )
        if spoilt:
            others.remove(spoilt)
        else:
            kept.append(entry)
    return kept, others


def _is_spoilt(one: str, other: str) -> bool:
    return any(could_be_read_as(digits_of(one, zeros), digits_of(other, zeros)) for zeros in (False, True))


def _is_figure(entry: tuple[str, int]) -> bool:
    return entry[1] == FIGURE or ANY_DIGIT.search(entry[0]) is not None


def _has_same_digits(left: _Kinded, right: _Kinded) -> bool:
    """Say whether figures differ in nothing but a point or a space between their digits: `12.1`, `12 1`."""
    if len(left) == len(right) == 1:
        return False
    digits = ["".join([word for word, kind in side if kind == FIGURE]).replace(".", "") for side in (left, right)]
    return digits[0] == digits[1] and len(digits[0]) >= TYPED


def _digits(side: _Kinded, zeros: bool) -> str:  # noqa: FBT001 - one of two readings
    """Return the digits of the words that hold any, `?` for letters among them."""
    return "".join(digits_of(word, zeros) for word, kind in side if kind == FIGURE or ANY_DIGIT.search(word))[
        :LONG_WORD
    ]


def _as_scanned(side: _Kinded) -> str:
    return as_scanned("".join(word[:LONG_WORD] for word, kind in side if kind != FIGURE))
