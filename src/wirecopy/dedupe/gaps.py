"""What stands in place of what between two passages that run along each other: words, slips, figures and names.

Pure mechanics, as in `align`: what follows from a difference is decided in `match`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from wirecopy.dedupe.reading import Words
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


class Change(NamedTuple):
    """Words that stand for others; `weight` is how many, two at most, 0 where a side has none."""

    sides: frozenset[frozenset[str]]
    weight: int


_NOTHING: Final[frozenset[str]] = frozenset()
_UNCHANGED: Final = Change(frozenset((_NOTHING,)), 0)


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

    def mistyped(self) -> bool:
        """Say whether the only figures that differ are one of at least three digits with a digit lost, added or swapped."""
        left, right = self._of(FIGURE)
        return len(left) == len(right) == 1 and _is_mistyped(*left, *right)

    def change(self, kind: int) -> Change:
        """Return what of a kind stands for what, the same whichever side is first."""
        left, right = self._of(kind)
        return Change(frozenset((left, right)), min(len(left), len(right), 2)) if left and right else _UNCHANGED

    def _of(self, kind: int) -> tuple[frozenset[str], frozenset[str]]:
        left = [word for word, of in self.left if of == kind]
        right = [word for word, of in self.right if of == kind] if left else ()
        return (frozenset(left), frozenset(right)) if right else (_NOTHING, _NOTHING)

    def read_as_noise(self) -> Compared:
        """Return the gap without what a scanner could have made of the other side."""
        if not (self.left and self.right):
            return self
        left, right = _without_smudged(self.left, self.right)
        one, other = _as_scanned(left), _as_scanned(right)
        kept = (
            [entry for entry in left if entry[1] == FIGURE or not _stands_in(entry[0], other)],
            [entry for entry in right if entry[1] == FIGURE or not _stands_in(entry[0], one)],
        )
        explained = min(len(self.left) - len(kept[0]), len(self.right) - len(kept[1]))
        return self._replace(slips=self.slips + explained, left=kept[0], right=kept[1])


def compare_gap(gap: Gap, a: Words, b: Words) -> Compared:
    """Return what agrees and what differs inside a gap, its words taken without their order."""
    a_from, a_to, b_from, b_to = gap
    left = list(zip(a.words[a_from:a_to], a.kinds[a_from:a_to]))  # noqa: B905 - every word has a kind
    right = list(zip(b.words[b_from:b_to], b.kinds[b_from:b_to]))  # noqa: B905
    if len(left) > GAP or len(right) > GAP:
        left, right = ([entry for entry in side if entry[1] != PLAIN] for side in (left, right))
    equal = _take_equal(left, right)
    figures, names = (equal.count(FIGURE), equal.count(NAME)) if equal else (0, 0)
    if not (left and right):
        return Compared(len(equal), 0, 0, figures, names, left, right)
    slips = _take_slips(left, right)
    joined = 0
    if len(left) > 1 or len(right) > 1:
        joined = _take_joined(left, right) + _take_joined(right, left)
        joined += _take_unscaled(left, right) + _take_unscaled(right, left)
        joined += _take_spelled(left, right) + _take_spelled(right, left)
        names += _take_initials(left, right) + _take_initials(right, left)
    misread = joined
    if slips:
        misread += sum([not one.startswith(other[:-1]) and not other.startswith(one[:-1]) for one, other in slips])
    smudged = 0
    if left and right and (_is_smudged(left) or _is_smudged(right)):
        kept = _without_smudged(left, right)
        smudged, left, right = int(kept != (left, right)), *kept
    return Compared(len(equal), len(slips) + joined + smudged, misread + smudged, figures, names, left, right)


def _take_equal(left: _Kinded, right: _Kinded) -> list[int]:
    """Take the words that both hold out of both, and return their kinds."""
    taken = []
    for entry in [entry for entry in right if entry in left]:
        if entry in left:
            left.remove(entry)
            right.remove(entry)
            taken.append(entry[1])
    return taken


def _take_slips(left: _Kinded, right: _Kinded) -> list[tuple[str, str]]:
    """Take pairs of words that are one slip apart out of both, and return them."""
    found = []
    for entry in [entry for entry in left if entry[1] != FIGURE]:
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
    for entry in [entry for entry in one if len(entry[0]) >= _JOINED]:
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
    """Take figures that are another one's thousands, millions or billions by a word that was not understood out of both."""
    found = 0
    for entry, word in zip(list(one), one[1:], strict=False):
        if entry[1] != FIGURE or word[1] != PLAIN or not _is_clean(entry[0]):
            continue
        scaled = {(format_decimal(Decimal(entry[0]).scaleb(power)), FIGURE) for power in (3, 6, 9)}
        if match := next((held for held in other if held in scaled), None):
            one.remove(entry)
            one.remove(word)
            other.remove(match)
            found += 1
    return found


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
    return _is_clean(entry[0]) if entry[1] == FIGURE else entry[0] in SPELLED


def is_slip(one: str, other: str) -> bool:
    """Say whether two words of at least three letters differ in one place, by a third of their letters or two swapped ones."""
    longer, shorter = len(one), len(other)
    if longer < shorter:
        longer, shorter = shorter, longer
    if longer < 3 or longer - shorter > 2 or (one[0] != other[0] and one[-1] != other[-1]):
        return False
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    if (head + tail) * 3 >= longer * 2:
        return True
    return len(one) == len(other) == head + tail + 2 and one[head] == other[head + 1] and one[head + 1] == other[head]


# What scanners take for one another, as digits; a letter that is none of these could be any digit.
_CONFUSED: Final = str.maketrans("lioszbgqtae", "11052899703")
_LONG_WORD: Final = 40
"""No more of a word is compared letter by letter."""
_ANY_DIGIT: Final = re.compile(r"\d")


def _is_smudged(side: _Kinded) -> bool:
    """Say whether letters and digits stand in one word, as scanners leave it, or a word has become part of a figure."""
    mixed = [word for word, _ in side if not word.isalpha()]
    return bool(mixed) and any(_ANY_DIGIT.search(word) and not _is_clean(word) for word in mixed)


def _is_clean(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _without_smudged(left: _Kinded, right: _Kinded) -> tuple[_Kinded, _Kinded]:
    """Leave out the figures of both sides if one is what a scanner makes of the other."""
    if not _could_be_read_as(_digits(left), _digits(right)):
        return left, right
    return [entry for entry in left if not _is_figure(entry)], [entry for entry in right if not _is_figure(entry)]


def _is_figure(entry: tuple[str, int]) -> bool:
    return entry[1] == FIGURE or _ANY_DIGIT.search(entry[0]) is not None


def _digits(side: _Kinded) -> str:
    """Return the digits of the words that hold any, `?` for letters among them."""
    return "".join(_digits_of(word) for word, kind in side if kind == FIGURE or _ANY_DIGIT.search(word))[:_LONG_WORD]


def _digits_of(word: str) -> str:
    """Return a figure's digits without its last zeros, which a magnitude may stand for."""
    if not _is_clean(word):
        word = re.sub(r"[^\d.]+", "?", re.sub(r"[a-z]{3,}", "", word))
    return word.replace(".", "").rstrip("0") or "0"


def _could_be_read_as(one: str, other: str) -> bool:
    """Say whether two runs of digits are one but for letters among them and at most one digit lost or added in four."""
    if not one or not other:
        return False
    longer = max(len(one), len(other))
    row = list(range(len(other) + 1))
    for at, digit in enumerate(one, 1):
        before, row = row, [at]
        for (below, above), sign in zip(pairwise(before), other, strict=True):
            same = digit == sign or "?" in (digit, sign)
            row.append(min(below if same else below + _OTHER_DIGIT, above + 1, row[-1] + 1))
    return row[-1] <= max(1, longer // 4)


_OTHER_DIGIT: Final = 2
"""One clear digit for another is no slip of a scanner: as much as one lost and one added."""


def _is_mistyped(one: str, other: str) -> bool:
    one, other = sorted((one.replace(".", ""), other.replace(".", "")), key=len)
    if len(other) < _TYPED:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other):
        return one[at:][:2] == other[at:][:2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at:] == other[at + 1 :]


_TYPED: Final = 3


def _as_scanned(side: _Kinded) -> str:
    return "".join(word[:_LONG_WORD] for word, kind in side if kind != FIGURE).translate(_CONFUSED).replace("rn", "m")


def _stands_in(word: str, scanned: str) -> bool:
    """Say whether half of a word stands in what was scanned without its spaces."""
    sought = word[:_LONG_WORD].translate(_CONFUSED).replace("rn", "m")
    half = (len(sought) + 1) // 2
    return any(sought[at : at + half] in scanned for at in range(len(sought) - half + 1))
