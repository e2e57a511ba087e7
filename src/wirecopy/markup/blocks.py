"""A stream of bytes of which only a part is held: what is before it is forgotten, what is behind it not read yet."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.wire_encoding import decode_wire


class Piece(NamedTuple):
    """A part of a long file that can be read by itself and where it begins, or what is wrong there."""

    at: int
    data: bytes | MarkupUnreadable
    before: int = 0
    """Lines, rows or members of the file that stand before the part's own and are not in it, where records have numbers."""


_WIDE = ("utf-16", "utf_16", "utf-32", "utf_32", "cp037")


class Blocks:
    """What is held of a stream: `held`, which begins at `base` of it."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._error: Exception | None = None
        self.held = b""
        self.base = 0
        self.ended = False

    @property
    def end(self) -> int:
        """Return where what is held ends."""
        return self.base + len(self.held)

    @property
    def broken(self) -> bool:
        """Return whether the stream ended in an error, and not by itself."""
        return self._error is not None

    def more(self) -> bool:
        """Hold some blocks more; False at the end of the stream, or where it breaks."""
        parts, size = [self.held], 0
        while not self.ended and size <= len(self.held) // 8:  # in proportion: what is held is copied each time
            block = self._next()
            parts.append(block)
            size += len(block)
        self.held = b"".join(parts)
        return size > 0

    def _next(self) -> bytes:
        try:
            return next(self._blocks)
        except StopIteration:
            self.ended = True
        except Exception as err:  # noqa: BLE001 - it is raised in its turn, behind what came before
            self._error, self.ended = err, True
        return b""

    def text(self, first: int, last: int) -> bytes:
        """Return the bytes between two places of the stream."""
        return self.held[first - self.base : last - self.base]

    def forget(self, at: int) -> None:
        """Hold no longer what stands before a place."""
        self.held = self.held[at - self.base :]
        self.base = at

    def check(self) -> None:
        """Raise what the stream broke with, if it did."""
        if self._error:
            raise self._error


def in_ascii(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield blocks in an encoding that keeps ASCII: what is in a wider one (UTF-16, UTF-32, EBCDIC) as UTF-8."""
    source = iter(blocks)
    first = next(source, b"")
    encoding = decode_wire(first[: len(first) - len(first) % 4]).encoding.lower()
    if not encoding.startswith(_WIDE):
        yield first
        yield from source
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(first).lstrip("\ufeff").encode()
    for block in source:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()
