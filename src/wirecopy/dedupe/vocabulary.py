"""What stands between two spaces -> its words as numbers, looked up where it was met before.

A text is taken apart by one split, one look-up a piece and one join of bytes; all else is done to the numbers at once.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

from wirecopy.dedupe.words import BREAK, FIGURE, MISSPELT, NAME, PLAIN, SCALE, is_rare, read_figure, read_token, tokens

# A word as it stands in a text is a 64-bit number: its hash, its place in the list of words, a byte that says what it is.
HASH_SHIFT: Final = 32
PLACE_SHIFT: Final = 8
PLACE_MASK: Final = (1 << 24) - 1
BYTES: Final = 8
# The byte: a kind of word, or one of `BREAK`, `SCALE`, `MISSPELT`, and marks. `GONE` is to be left out, `END` ends a text.
GONE: Final = 6
END: Final = 7
KIND: Final = 7
RARE: Final = 8
RARE_IF_PLAIN: Final = 16
OPENER: Final = 32

_KEPT: Final = 1 << 16
"""Pieces that are kept; figures and names that occur once fill the vocabulary, what is frequent is soon met again."""
_LONG_PIECE: Final = 40


class Vocabulary(dict[str, bytes]):
    """What stands between two spaces -> its words, a number of 8 bytes each."""

    def __init__(self) -> None:
        super().__init__()
        self._clear()

    def _clear(self) -> None:
        self.clear()
        self.words: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def make_room(self) -> None:
        """Forget all where too much is held. What was looked up before means nothing afterwards."""
        if len(self) > _KEPT or len(self.words) > _KEPT:
            self._clear()

    def number(self, word: str, code: int) -> int:
        """Return the number of a word, as a byte says what it is."""
        number = self._numbers.get(word)
        if number is None:
            number = crc32(word.encode("utf-8", "surrogatepass")) << HASH_SHIFT | len(self.words) << PLACE_SHIFT
            self._numbers[word] = number
            self.words.append(word)
        return number | code

    def __missing__(self, piece: str) -> bytes:
        read = self._read(piece)
        if len(piece) <= _LONG_PIECE:
            self[piece] = read
        return read

    def _read(self, piece: str) -> bytes:
        last = piece[-1:]
        if last in _FOLLOWING and piece[:-1].isalnum() and piece.isascii():
            return self[piece[:-1]] + _FOLLOWING[last]
        if piece.isascii():
            if piece.isdigit():
                return self._bytes(read_figure(piece), FIGURE)
            if piece.isalpha():
                return self._token(piece)
        found = tokens(f"{piece} ")
        return self._token(piece) if found == [piece] else b"".join(map(self.__getitem__, found))

    def _token(self, token: str) -> bytes:
        read = read_token(token)
        return self._bytes(*read[0]) if len(read) == 1 else b"".join([self._bytes(*one) for one in read])

    def _bytes(self, word: str, kind: int) -> bytes:
        return self.number(word, code_of(word, kind)).to_bytes(BYTES, "little")


_FOLLOWING: Final = {",": b"", ".": BREAK.to_bytes(BYTES, "little")}
"""What follows a word or a figure without being part of it."""


def code_of(word: str, kind: int) -> int:
    """Return the byte that says what a word of a kind is."""
    if kind in _NO_WORDS:
        return kind
    if kind == NAME:
        return kind | RARE * is_rare(word, kind) | RARE_IF_PLAIN * is_rare(word, PLAIN)
    return kind | RARE * is_rare(word, kind)


_NO_WORDS: Final = frozenset({BREAK, SCALE, MISSPELT})
