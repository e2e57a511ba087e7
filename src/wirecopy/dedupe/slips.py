"""Two words or runs of digits -> whether one is the other misspelt, mistyped or misread by a scanner.

Asked only of what stands in place of something else; pure mechanics.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

# What scanners take for one another, as digits; a letter that is none of these could be any digit.
_CONFUSED: Final = str.maketrans("lioszbgqtae", "11052899703")
LONG_WORD: Final = 40
"""No more of a word is compared letter by letter."""
ANY_DIGIT: Final = re.compile(r"\d")


SLIPPED: Final = 2
"""Letters that a slip loses or adds at most."""


def is_slip(one: str, other: str) -> bool:
    """Say whether two words of at least three letters differ in one place, by a third of their letters or two swapped ones."""
    longer, shorter = len(one), len(other)
    if longer < shorter:
        longer, shorter = shorter, longer
    if longer < 3 or longer - shorter > SLIPPED or (one[0] != other[0] and one[-1] != other[-1]):
        return False
    if not (one.isalpha() and other.isalpha()) and _is_code(one) and _is_code(other):
        return could_be_read_as(digits_of(one, zeros=True), digits_of(other, zeros=True))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    if (head + tail) * 3 >= longer * 2:
        return True
    if len(one) == len(other) == head + tail + 2 and one[head] == other[head + 1] and one[head + 1] == other[head]:
        return True
    if shorter >= _LONG and longer <= LONG_WORD and (head + tail) * 3 >= longer:
        return Levenshtein.distance(one, other) * _LETTERS_AN_EDIT <= longer
    return _scanned(one) == _scanned(other)


def _is_code(word: str) -> bool:
    """Say whether digits tell a word from others: `A320`, `H5N1`, `FY87`; a scanner puts one into a word."""
    return _CODE.fullmatch(word) is not None


_CODE: Final = re.compile(r"(?=.*\d)[^\W\d_]{0,3}[\d.,]++[^\W\d_]?[\d.,]*+[^\W\d_]?")
_LONG: Final = 9
_LETTERS_AN_EDIT: Final = 6


@lru_cache(maxsize=1 << 13)
def _scanned(word: str) -> str:
    """Return a word with what scanners take for one another made the same."""
    for letters, letter in _CONFUSED_PAIRS:
        word = word.replace(letters, letter)
    return word.translate(_CONFUSED)


_CONFUSED_PAIRS: Final = (("rn", "m"), ("nn", "m"), ("li", "h"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("ri", "n"))


def is_clean(word: str) -> bool:
    """Say whether a word is digits alone, a point among them at most."""
    return word.replace(".", "", 1).isdecimal()


def digits_of(word: str, zeros: bool) -> str:  # noqa: FBT001
    """Return a figure's digits, its last zeros only if asked: a magnitude may stand for them; words run into it are left out."""
    if not is_clean(word):
        word = _NO_DIGIT.sub("?", _RUN_IN.sub("", word.replace(",", "")))
    digits = word.replace(".", "")
    return digits if zeros else digits.rstrip("0") or "0"


# 9,744,775vs; shares4,400,000: a word that lost its space, as far as it can be told from a digit misread.
_RUN_IN: Final = re.compile(r"(?<=\d)[^\W\d_]{2,}.*$|^[^\W\d_]{2,}(?=\d)")
_NO_DIGIT: Final = re.compile(r"[^\d.]+")


def could_be_read_as(one: str, other: str) -> bool:
    """Say whether two runs of digits are one but for letters among them and at most one digit lost or added in four."""
    one, other = one[:LONG_WORD], other[:LONG_WORD]
    if not one or not other:
        return False
    most = max(1, max(len(one), len(other)) // 4)
    if abs(len(one) - len(other)) > most:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    row = list(range(len(other) + 1))
    for at, digit in enumerate(one, 1):
        before, row = row, [at]
        for (below, above), sign in zip(pairwise(before), other, strict=True):
            same = digit == sign or "?" in (digit, sign)
            row.append(min(below if same else below + _OTHER_DIGIT, above + 1, row[-1] + 1))
    return row[-1] <= most


_OTHER_DIGIT: Final = 2
"""One clear digit for another is no slip of a scanner: as much as one lost and one added."""


def is_mistyped(one: str, other: str) -> bool:
    """Say whether a figure is another of at least three digits with one lost, added, or swapped with its neighbour.

    A digit more at the end of decimals is none, but where one is doubled: `6.1`, which was `6.10`, and `6.14`.
    """
    if "." in one + other and (one.startswith(other) or other.startswith(one)) and one[-1] != other[-1]:
        return False
    one, other = sorted((one.replace(".", ""), other.replace(".", "")), key=len)
    if len(other) < TYPED or (len(other) > TYPED and len(one.rstrip("0")) < TYPED):
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other):
        return one[at:][:2] == other[at:][:2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at:] == other[at + 1 :]


TYPED: Final = 3


def as_scanned(words: str) -> str:
    """Return words run together with what scanners take for one another made the same."""
    return words.translate(_CONFUSED).replace("rn", "m")


def stands_in(word: str, scanned: str) -> bool:
    """Say whether half of a word stands in what was scanned without its spaces."""
    sought = as_scanned(word[:LONG_WORD])
    half = (len(sought) + 1) // 2
    return any(sought[at : at + half] in scanned for at in range(len(sought) - half + 1))
