"""Words, figures and names that are written as one here and as several there, or with another magnitude, taken out of both.

Pure mechanics, asked only of what stands in one place of two texts, as in `gaps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile, zip_longest
from typing import Final

from wirecopy.dedupe.slips import SLIPPED, is_clean, is_slip
from wirecopy.dedupe.words import FIGURE, NAME, ONE_NAME, PLAIN, SPELLED, format_decimal

Kinded = list[tuple[str, int]]
"""Words with their kinds."""


def under_one_name(side: Kinded) -> Kinded:
    """Return words with every name that houses write in several ways as one: `u s`, `american` are both `us`."""
    done: Kinded = []
    at = 0
    while at < len(side):
        word, kind = side[at]
        name, length = _one_name(side, at) if kind == NAME and word in _FIRST_OF_NAMES else (None, 1)
        done.append((name, NAME) if name else side[at])
        at += length
    return done


def _one_name(side: Kinded, at: int) -> tuple[str | None, int]:
    """Return what the longest name that stands at a place is called, and of how many words it is."""
    words = [word for word, _ in side[at : at + _LONGEST_NAME]]
    for length in range(len(words), 0, -1):
        if (name := ONE_NAME.get(tuple(words[:length]))) is not None:
            return name, length
    return None, 1


def may_hold_one_name(words: Sequence[str]) -> bool:
    """Say whether words may hold a name that houses write in several ways, by its first word."""
    return not _FIRST_OF_NAMES.isdisjoint(words)


_LONGEST_NAME: Final = max(map(len, ONE_NAME))
_FIRST_OF_NAMES: Final = frozenset(words[0] for words in ONE_NAME)


def take_rewritten(left: Kinded, right: Kinded, holds_figures: tuple[bool, bool]) -> int:
    """Take words and figures that are written as one here and as several there out of both, and return how many."""
    joined = _take_joined(left, right) + _take_joined(right, left)
    if all(holds_figures):
        joined += _take_grouped(left, right) + _take_grouped(right, left)
    if holds_figures[1]:
        joined += _take_spelled(left, right)
    if holds_figures[0]:
        joined += _take_spelled(right, left)
    return joined


def _take_joined(one: Kinded, other: Kinded) -> int:
    """Take words that stand in two pieces on the other side out of both, and return how many."""
    found = 0
    pairs = _pairs(other)
    for entry in list(one) if pairs else ():
        word, length = entry[0], len(entry[0])
        if length < _JOINED:
            continue
        start, end = word[0], word[-1]
        for first, second, joined in pairs:
            if (
                -SLIPPED <= joined - length <= SLIPPED
                and (first[0][0] == start or second[0][-1] == end)
                and _is_joined(entry, first, second)
            ):
                one.remove(entry)
                other.remove(first)
                other.remove(second)
                pairs = _pairs(other)
                found += 1
                break
    return found


def _pairs(side: Kinded) -> list[tuple[tuple[str, int], tuple[str, int], int]]:
    """Return what stands next to each other, with the letters of both."""
    return [(first, second, len(first[0]) + len(second[0])) for first, second in pairwise(side)]


def _is_joined(entry: tuple[str, int], first: tuple[str, int], second: tuple[str, int]) -> bool:
    """Say whether a word is two others in one, a slip apart at most where none is a figure."""
    pieces = first[0] + second[0]
    return pieces == entry[0] or (FIGURE not in {entry[1], first[1], second[1]} and is_slip(pieces, entry[0]))


_JOINED: Final = 4


def take_unscaled(one: Kinded, other: Kinded) -> int:
    """Take figures that are another one's thousands, millions or billions out of both: the word was not understood, or is cut off."""
    found = 0
    telling = {_telling(held) for held, kind in other if kind == FIGURE}
    for entry, word in zip_longest(list(one), one[1:]):
        if entry[1] != FIGURE or not is_clean(entry[0]):
            continue
        told = word is not None and word[1] == PLAIN
        if not told and len(entry[0]) < _TELLING:
            continue
        if entry[0].isascii() and _telling(entry[0]) not in telling:
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


def _take_grouped(one: Kinded, other: Kinded) -> int:
    """Take figures whose thousands stand apart, `269 000`, and the figures that they are out of both."""
    for start in range(len(one) - 1):
        if not (one[start][1] == one[start + 1][1] == FIGURE):
            continue
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


def _take_spelled(one: Kinded, other: Kinded) -> int:
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


def take_initials(one: Kinded, other: Kinded) -> int:
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
