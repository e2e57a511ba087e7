"""Text -> its words as they are compared, with their kinds.

What stands between two spaces is looked up, where it was met before; so a text costs little more than the cutting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any, Final

from wirecopy.dedupe.numerals import in_digits
from wirecopy.dedupe.words import BREAK, FIGURE, MISSPELT, NAME, PLAIN, SCALE, is_rare, read_token, scaled, tokens


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


# The words of a text are read with a byte for each: what is done to all of them is done by table, and what is done at some
# places is found by search. A byte says what a word is, or one of `BREAK`, `SCALE`, `MISSPELT`; a break has no word.
_GONE: Final = 6
_KIND: Final = 7
_RARE: Final = 8
_RARE_IF_PLAIN: Final = 16
_OPENER: Final = 32


def _code(word: str, kind: int) -> int:
    """Return the byte that stands for a word of a kind."""
    if kind in {BREAK, SCALE, MISSPELT}:
        return kind
    return kind | _RARE * is_rare(word, kind) | _RARE_IF_PLAIN * is_rare(word, PLAIN)


_Coded = tuple[tuple[str, ...], bytes]


class _Known(dict[str, _Coded]):
    """What stands between two spaces -> its words with their codes; what was met of late is kept, twice `_KEPT` at most."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, _Coded] = {}

    def __missing__(self, chunk: str) -> _Coded:
        coded = self._older.get(chunk) or self._read(chunk)
        if len(chunk) <= _LONG_CHUNK:
            if len(self) >= _KEPT:
                self._older = dict(self)
                self.clear()
            self[chunk] = coded
        return coded

    def _read(self, chunk: str) -> _Coded:
        found = tokens(f"{chunk} ")
        if found != [chunk]:
            return _joined(map(self.__getitem__, found))
        read = read_token(chunk)
        return tuple([word for word, _ in read if word]), bytes([_code(word, kind) for word, kind in read])


_KEPT: Final = 1 << 15
_LONG_CHUNK: Final = 40
_LOOK_UP: Final = _Known().__getitem__


def _joined(coded: Iterable[_Coded]) -> _Coded:
    words: list[str] = []
    codes = bytearray()
    for some, of_some in coded:
        words += some
        codes += of_some
    return tuple(words), bytes(codes)


# A fraction's space would part it from its figure.
_FRACTION: Final = re.compile(r"(?<=\d) (?=\d/\d)")


HELD_TEXTS: Final = 8192
"""More than arrive in one batch, each of which is compared with several that are held."""


@lru_cache(maxsize=HELD_TEXTS)
def read_words(text: str) -> Words:
    """Return the words of a text as they are compared; empty for a text without letters and digits."""
    return held(*take_apart(text))


@lru_cache(maxsize=HELD_TEXTS)
def held(*read: Any) -> Words:
    """Return the same value for the same words, so that what is derived of them is found again."""
    return Words(*read)


def take_apart(text: str) -> tuple[tuple[str, ...], bytes, bytes, bool]:
    """Return what `Words` holds of a text; for what is read once."""
    text = in_digits(text)
    if "/" in text:
        text = _FRACTION.sub("-", text)
    words, codes = _joined(map(_LOOK_UP, f"\n{text}".replace("\n", " \n ").split(" ")))
    codes = _opened(codes)
    if _MAGNITUDE.search(codes):
        words, codes = _with_magnitudes(list(words), bytearray(codes))
    codes = _settled(words, codes)
    unspaced = not text.isascii() and _is_unspaced(words)
    return words, codes.translate(_KIND_OF), codes.translate(_RARE_OF), unspaced


def _table(of: Callable[[int], int]) -> bytes:
    return bytes(map(of, range(256)))


_KIND_OF: Final = _table(lambda code: code & _KIND)
_RARE_OF: Final = _table(lambda code: bool(code & _RARE))
_IS_NAME: Final = _table(lambda code: code & _KIND == NAME and not code & _OPENER)
_IS_OPENER: Final = _table(lambda code: bool(code & _OPENER))
_NAME_IS_PLAIN: Final = _table(
    lambda code: code if code & _KIND != NAME else _RARE_IF_PLAIN | _RARE if code & _RARE_IF_PLAIN else PLAIN
)
_OPENER_IS_PLAIN: Final = _table(lambda code: _NAME_IS_PLAIN[code] if code & _OPENER else code)
_AFTER_BREAK: Final = tuple(
    (bytes([BREAK, name]), bytes([BREAK, name | _OPENER]))
    for name in (NAME, NAME | _RARE, NAME | _RARE_IF_PLAIN, NAME | _RARE | _RARE_IF_PLAIN)
)
_ENDS: Final = bytes([BREAK])
_MAGNITUDE: Final = re.compile(bytes([ord("["), SCALE, MISSPELT, ord("]")]))


def _with_magnitudes(words: list[str], codes: bytearray) -> _Coded:
    """Multiply each figure by the magnitude that follows it; a magnitude after none is a word."""
    for at in [found.start() for found in _MAGNITUDE.finditer(codes)]:
        misspelt = codes[at] == MISSPELT
        written = at - misspelt
        figure = len(codes[:written].rstrip(_OUT)) - 1
        bound = figure >= 0 and (codes[figure] & _KIND == FIGURE or (not misspelt and words[figure] == "one"))
        value = scaled(words[figure], words[at]) if bound else None
        if value is not None:
            words[figure], codes[figure], codes[written] = value, _code(value, FIGURE), _GONE
        codes[at] = _GONE if misspelt or value is not None else PLAIN
    kept = codes.translate(_IS_LEFT)
    return tuple(compress(words, kept)), bytes(codes.translate(None, _OUT))


_OUT: Final = bytes([_GONE])
_IS_LEFT: Final = _table(lambda code: code != _GONE)


def _opened(codes: bytes) -> bytes:
    """Mark the names that open a sentence, and leave out what ends one."""
    for name, opener in _AFTER_BREAK:
        codes = codes.replace(name, opener)
    return codes.translate(None, _ENDS)


def _settled(words: tuple[str, ...], codes: bytes) -> bytes:
    """Take the capital of a sentence's first word for a name only if the text has it so elsewhere."""
    names = set(compress(words, codes.translate(_IS_NAME)))
    openers = codes.translate(_IS_OPENER)
    again = names.intersection(compress(words, openers))
    if all(len(names) * 2 > len(set(words[:most])) for most in (len(names) * 6, len(words))):
        # All capitals: a capital says nothing.
        return codes.translate(_NAME_IS_PLAIN)
    settled = bytearray(codes.translate(_OPENER_IS_PLAIN))
    for at in compress(range(len(words)), openers) if again else ():
        if words[at] in again:
            settled[at] = codes[at] & ~_OPENER
    return bytes(settled)


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
    shown = text.translate(_NO_SIGNS).split() if text.isascii() else _VISIBLE.findall(text)
    return " ".join(shown).lower()


_VISIBLE: Final = re.compile(r"\w+")
_SIGNS: Final = "“”‘’–—…\u00a0"
_NO_SIGNS: Final = {code: " " for code in range(128) if not _VISIBLE.fullmatch(chr(code))}
