"""Text -> its words as they are compared, with their kinds.

Texts are read together: what is done to a word is looked up, what is done to all words is done to their numbers at once.
A text reads the same whatever is read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.numerals import in_digits
from wirecopy.dedupe.vocabulary import (
    BYTES,
    END,
    GONE,
    KIND,
    OPENER,
    PLACE_MASK,
    PLACE_SHIFT,
    RARE,
    RARE_IF_PLAIN,
    Vocabulary,
    code_of,
)
from wirecopy.dedupe.words import BREAK, FIGURE, MISSPELT, NAME, PLAIN, SCALE, SMALL_OPENERS, beyond_ascii, scaled


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The comparable words of a text, in order, each with its kind (`PLAIN`, `FIGURE`, `NAME`).

    Compared by identity, so that what is derived of a text is found again without reading all its words.
    """

    words: tuple[str, ...]
    kinds: bytes
    rare: bytes
    """1 for each word that tells a story from others of its kind, 0 for the others."""
    unspaced: bool = False
    """True where most words are single characters of a script without spaces."""


_Numbers = NDArray[np.uint64]
Read = tuple[Sequence[str], bytes, bytes, bool]
"""What `Words` holds."""


class Texts(NamedTuple):
    """The words of several texts, those of one after those of another, with a number that is no word behind each text."""

    numbers: _Numbers
    """What `Vocabulary` says of each word, but for its kind, which its text decides."""
    starts: Sequence[int]
    """Where among the numbers each text begins."""
    codes: Sequence[bytes]
    """What each word of a text is."""
    places: Sequence[Sequence[int]]
    """Where in the vocabulary each word of a text stands."""
    unspaced: Sequence[bool]
    vocabulary: Sequence[str]

    def read(self) -> list[Read]:
        """Return what `Words` holds of each text."""
        return [
            (_spelled(places, self.vocabulary), codes.translate(_KIND_OF), codes.translate(IS_RARE), unspaced)
            for places, codes, unspaced in zip(self.places, self.codes, self.unspaced, strict=True)
        ]


HELD_TEXTS: Final = 8192
"""More than arrive in one batch, each of which is compared with several that are held."""
_VOCABULARY: Final = Vocabulary()


@lru_cache(maxsize=HELD_TEXTS)
def read_words(text: str) -> Words:
    """Return the words of a text as they are compared; empty for a text without letters and digits."""
    words, *rest = take_apart(text)
    return held(tuple(words), *rest)


@lru_cache(maxsize=HELD_TEXTS)
def held(*read: Any) -> Words:
    """Return the same value for the same words, so that what is derived of them is found again."""
    return Words(*read)


def take_apart(text: str) -> Read:
    """Return what `Words` holds of a text; for what is read once."""
    return read_texts([text]).read()[0]


def read_texts(texts: Sequence[str]) -> Texts:
    """Return the words of texts as they are compared, one text after the other."""
    _VOCABULARY.make_room()
    plain = list(map(_plain, texts))
    read = b"".join(map(_numbers, plain))
    numbers, codes = _without(BREAK, np.frombuffer(read, "<u8"), _opened(read[::BYTES]))
    if _MAGNITUDE.search(codes):
        numbers, codes = _with_magnitudes(numbers, codes)
    parts = codes.split(_END)[:-1]
    starts = [0, *accumulate([len(part) + 1 for part in parts[:-1]])]
    found = (numbers.astype(np.uint32) >> _PLACE_SHIFT).tolist()
    places = [found[start : start + len(part)] for start, part in zip(starts, parts, strict=True)]
    return Texts(
        numbers=numbers,
        starts=starts,
        codes=list(map(_settled, places, parts)),
        places=places,
        unspaced=[
            not text.isascii() and _is_unspaced(_spelled(words, _VOCABULARY.words))
            for text, words in zip(plain, places, strict=True)
        ],
        vocabulary=_VOCABULARY.words,
    )


def _spelled(places: Iterable[int], vocabulary: Sequence[str]) -> list[str]:
    return list(map(vocabulary.__getitem__, places))


def _plain(text: str) -> str:
    """Return a text in digits and signs of ASCII, as far as it has no others: such a text is taken apart in half the time."""
    if text.isascii():
        return text
    text = in_digits(text)
    for sign in beyond_ascii(text) & _TYPED.keys():
        text = text.replace(sign, _TYPED[sign])
    return text


_TYPED: Final = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": " ", "—": " ", "…": "...", "\u00a0": " ", "\u202f": " "}
"""Signs that tell the same as one that every keyboard has; a dash parts words."""


def _numbers(text: str) -> bytes:
    """Return the words of a text as they stand in it, and its end."""
    if "/" in text:
        text = _FRACTION.sub("-", text)
    pieces = f"\n{text}".replace("\n\n", "\n").replace("\n", " \n ").split(" ")
    return b"".join(map(_LOOK_UP, pieces)) + _END_NUMBER


_LOOK_UP: Final = _VOCABULARY.__getitem__
_PLACE_SHIFT: Final = np.uint32(PLACE_SHIFT)
_END_NUMBER: Final = END.to_bytes(BYTES, "little")
# A fraction's space would part it from its figure.
_FRACTION: Final = re.compile(r"(?<=\d) (?=\d/\d)")


def _table(of: Callable[[int], int]) -> bytes:
    return bytes(map(of, range(256)))


_KIND_OF: Final = _table(lambda code: code & KIND)
IS_RARE: Final = _table(lambda code: bool(code & RARE))
IS_FIGURE: Final = _table(lambda code: code & KIND == FIGURE)
_IS_NAME: Final = _table(lambda code: code & KIND == NAME and not code & OPENER)
_IS_OPENER: Final = _table(lambda code: bool(code & OPENER))
_NAME_IS_PLAIN: Final = _table(
    lambda code: code if code & KIND != NAME else RARE_IF_PLAIN | RARE if code & RARE_IF_PLAIN else PLAIN
)
_OPENER_IS_PLAIN: Final = _table(lambda code: _NAME_IS_PLAIN[code] if code & OPENER else code)
_AFTER_BREAK: Final = tuple(
    (bytes([BREAK, name]), bytes([BREAK, name | OPENER]))
    for name in (NAME, NAME | RARE, NAME | RARE_IF_PLAIN, NAME | RARE | RARE_IF_PLAIN)
)
_END: Final = bytes([END])
_CODE: Final = tuple(bytes([code]) for code in range(END))
_OTHERS: Final = tuple(_table(code.__ne__) for code in range(END))
_MAGNITUDE: Final = re.compile(bytes([ord("["), SCALE, MISSPELT, ord("]")]))


def _opened(codes: bytes) -> bytes:
    """Mark the names that open a sentence."""
    for name, opener in _AFTER_BREAK:
        codes = codes.replace(name, opener)
    return codes


def _without(code: int, numbers: _Numbers, codes: bytes) -> tuple[_Numbers, bytes]:
    """Leave out the words of which a code says so."""
    left = _OTHERS[code]
    return numbers[np.frombuffer(codes.translate(left), np.bool_)], codes.translate(None, _CODE[code])


def _with_magnitudes(numbers: _Numbers, read: bytes) -> tuple[_Numbers, bytes]:
    """Multiply each figure by the magnitude that follows it; a magnitude after none is a word."""
    numbers, codes = numbers.copy(), bytearray(read)
    for at in [found.start() for found in _MAGNITUDE.finditer(read)]:
        misspelt = codes[at] == MISSPELT
        written = at - misspelt
        figure = written - 1
        while codes[figure] == GONE:
            figure -= 1
        word = _word(numbers.item(figure))
        bound = codes[figure] & KIND == FIGURE or (not misspelt and word == "one")
        value = _scaled(word, _word(numbers.item(at))) if bound else None
        if value is not None:
            codes[figure], codes[written] = value[1], GONE
            numbers[figure] = _VOCABULARY.number(*value)
        codes[at] = GONE if misspelt or value is not None else PLAIN
    return _without(GONE, numbers, bytes(codes))


@lru_cache(maxsize=HELD_TEXTS)
def _scaled(figure: str, magnitude: str) -> tuple[str, int] | None:
    """Return a figure times its magnitude with the byte that says what it is."""
    value = scaled(figure, magnitude)
    return None if value is None else (value, code_of(value, FIGURE))


def _word(number: int) -> str:
    return _VOCABULARY.words[number >> PLACE_SHIFT & PLACE_MASK]


def _settled(words: list[int], codes: bytes) -> bytes:
    """Take the capital of a sentence's first word for a name only if the text has it so elsewhere or a name follows."""
    is_name = codes.translate(_IS_NAME)
    names = set(compress(words, is_name))
    if is_name.count(1) * _MANY > len(codes) and all(
        len(names) * 2 > len(set(words[:most])) for most in (len(names) * 6, len(words))
    ):
        # All capitals: a capital says nothing.
        return codes.translate(_NAME_IS_PLAIN)
    settled = bytearray(codes.translate(_OPENER_IS_PLAIN))
    for at in compress(count(), codes.translate(_IS_OPENER)):
        if words[at] in names:
            settled[at] = codes[at] & ~OPENER
    for before in _BEFORE_NAME.finditer(codes):
        at = before.start()
        if _VOCABULARY.words[words[at]] not in SMALL_OPENERS:
            settled[at] = settled[at] & ~KIND | NAME
    return bytes(settled)


def _names(opener: int) -> bytes:
    return re.escape(bytes(code for code in range(128) if code & KIND == NAME and code & OPENER == opener))


_BEFORE_NAME: Final = re.compile(b"[%b](?=[%b])" % (_names(OPENER), _names(0)))
_MANY: Final = 4
"""Where fewer than one word in so many has a capital, capitals tell names."""


def _is_unspaced(words: Sequence[str]) -> bool:
    return (
        bool(words)
        and max(words) > "\u0dff"
        and sum(len(word) == 1 and word > "\u0dff" for word in words) * 3 > len(words)
    )


def read_raw(text: str) -> str:
    """Return letters and digits alone, in lower case: equal for texts that differ in what readers cannot see."""
    foreign = beyond_ascii(text)
    for sign in foreign:
        if not sign.isalnum():
            text = text.replace(sign, " ")
    parted = text.encode().translate(_VISIBLE_SIGNS).split(b"  ")
    seen = b" ".join([words for part in parted if (words := part.strip())]).decode()
    return seen.lower() if foreign else seen


_VISIBLE_SIGNS: Final = _table(
    lambda code: code if code > 127 or chr(code) == "_" else ord(chr(code).lower()) if chr(code).isalnum() else 32
)
"""Letters beyond ASCII are made small afterwards."""
