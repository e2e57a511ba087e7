"""Text -> its words as they are compared, with their kinds.

Texts are read together: what is done to a word is looked up, what is done to all words is done to their numbers at once.
A text reads the same whatever is read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.numerals import in_digits
from wirecopy.dedupe.vocabulary import (
    BYTES,
    END,
    GONE,
    HASH_SHIFT,
    KIND,
    OPENER,
    PLACE_MASK,
    PLACE_SHIFT,
    RARE,
    RARE_IF_PLAIN,
    Vocabulary,
    code_of,
)
from wirecopy.dedupe.words import BREAK, FIGURE, MISSPELT, NAME, PLAIN, SCALE, scaled


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


Read = tuple[Sequence[str], bytes, bytes, bool]
"""What `Words` holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The words of several texts one after the other, `APART` places between; text `i` has those from `starts[i]` to `ends[i]`."""

    words: Sequence[str]
    hashes: NDArray[np.uint64]
    """32 bits for each word, the same on every machine; 0 between texts."""
    kinds: bytes
    rare: bytes
    starts: Sequence[int]
    ends: Sequence[int]
    unspaced: Sequence[bool]

    def of(self, text: int) -> Read:
        """Return what `Words` holds of a text."""
        part = slice(self.starts[text], self.ends[text])
        return self.words[part], self.kinds[part], self.rare[part], self.unspaced[text]


HELD_TEXTS: Final = 8192
"""More than arrive in one batch, each of which is compared with several that are held."""
_VOCABULARY: Final = Vocabulary()
_Numbers = NDArray[np.uint64]


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
    return read_texts([text]).of(0)


def read_texts(texts: Sequence[str]) -> Texts:
    """Return the words of texts as they are compared, one text after the other."""
    _VOCABULARY.make_room()
    numbers = np.frombuffer(b"".join(map(_numbers, texts)), "<u8")
    codes = _opened(numbers.astype(np.uint8).tobytes())
    numbers, codes = _without(BREAK, numbers, codes)
    if _MAGNITUDE.search(codes):
        numbers, codes = _with_magnitudes(numbers, codes)
    places = (numbers >> np.uint64(PLACE_SHIFT) & np.uint64(PLACE_MASK)).tolist()
    words = list(map(_VOCABULARY.words.__getitem__, places))
    ends = [found.start() for found in _END.finditer(codes)]
    starts = [0, *(end + APART for end in ends[:-1])]
    spans = list(map(slice, starts, ends))
    codes = _BETWEEN.join([_settled(places[span], codes[span]) for span in spans]) + _BETWEEN
    return Texts(
        words=words,
        hashes=numbers >> np.uint64(HASH_SHIFT),
        kinds=codes.translate(_KIND_OF),
        rare=codes.translate(_RARE_OF),
        starts=starts,
        ends=ends,
        unspaced=[not text.isascii() and _is_unspaced(words[span]) for text, span in zip(texts, spans, strict=True)],
    )


def _numbers(text: str) -> bytes:
    """Return the words of a text as they stand in it, and its end."""
    text = in_digits(text)
    if "/" in text:
        text = _FRACTION.sub("-", text)
    pieces = f"\n{text}".replace("\n", " \n ").split(" ")
    return b"".join(map(_LOOK_UP, pieces)) + _END_NUMBERS


_LOOK_UP: Final = _VOCABULARY.__getitem__
APART: Final = 6
"""So many numbers that are no words lie after each text, so that no run of words reaches from one into the next."""
_END_NUMBERS: Final = END.to_bytes(BYTES, "little") * APART
# A fraction's space would part it from its figure.
_FRACTION: Final = re.compile(r"(?<=\d) (?=\d/\d)")


def _table(of: Callable[[int], int]) -> bytes:
    return bytes(map(of, range(256)))


_KIND_OF: Final = _table(lambda code: code & KIND)
_RARE_OF: Final = _table(lambda code: bool(code & RARE))
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
_BETWEEN: Final = bytes([END]) * APART
_END: Final = re.compile(_BETWEEN)
_MAGNITUDE: Final = re.compile(bytes([ord("["), SCALE, MISSPELT, ord("]")]))


def _opened(codes: bytes) -> bytes:
    """Mark the names that open a sentence."""
    for name, opener in _AFTER_BREAK:
        codes = codes.replace(name, opener)
    return codes


def _without(code: int, numbers: _Numbers, codes: bytes) -> tuple[_Numbers, bytes]:
    """Leave out the words of which a code says so."""
    return numbers[np.frombuffer(codes, np.uint8) != code], codes.translate(None, bytes([code]))


def _with_magnitudes(numbers: _Numbers, read: bytes) -> tuple[_Numbers, bytes]:
    """Multiply each figure by the magnitude that follows it; a magnitude after none is a word."""
    numbers, codes = numbers.copy(), bytearray(read)
    for at in [found.start() for found in _MAGNITUDE.finditer(read)]:
        misspelt = codes[at] == MISSPELT
        written = at - misspelt
        figure = written - 1
        while codes[figure] == GONE:
            figure -= 1
        word = _word(numbers[figure])
        bound = codes[figure] & KIND == FIGURE or (not misspelt and word == "one")
        value = scaled(word, _word(numbers[at])) if bound else None
        if value is not None:
            codes[figure], codes[written] = code_of(value, FIGURE), GONE
            numbers[figure] = _VOCABULARY.number(value, 0)
        codes[at] = GONE if misspelt or value is not None else PLAIN
    return _without(GONE, numbers, bytes(codes))


def _word(number: np.uint64) -> str:
    return _VOCABULARY.words[int(number) >> PLACE_SHIFT & PLACE_MASK]


def _settled(words: list[int], codes: bytes) -> bytes:
    """Take the capital of a sentence's first word for a name only if the text has it so elsewhere."""
    is_name = codes.translate(_IS_NAME)
    names = set(compress(words, is_name))
    if is_name.count(1) * _MANY > len(codes) and all(
        len(names) * 2 > len(set(words[:most])) for most in (len(names) * 6, len(words))
    ):
        # All capitals: a capital says nothing.
        return codes.translate(_NAME_IS_PLAIN)
    openers = compress(count(), codes.translate(_IS_OPENER))
    again = [at for at in openers if words[at] in names]
    settled = codes.translate(_OPENER_IS_PLAIN)
    return _put_back(codes, settled, again) if again else settled


def _put_back(codes: bytes, settled: bytes, names: Iterable[int]) -> bytes:
    """Return what is settled, with names where they stand."""
    mended = bytearray(settled)
    for at in names:
        mended[at] = codes[at] & ~OPENER
    return bytes(mended)


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
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return b" ".join(text.encode().translate(_VISIBLE_ASCII).split()).decode()
    return " ".join(_VISIBLE.findall(text)).lower()


_VISIBLE: Final = re.compile(r"\w+")
_SIGNS: Final = "“”‘’–—…\u00a0"
_VISIBLE_ASCII: Final = _table(lambda code: ord(chr(code).lower()) if code < 128 and _VISIBLE.match(chr(code)) else 32)
