"""Compressed files as plain byte streams, told apart by their first bytes, never unpacked to disk, bombs refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, cast

import zstandard

from wirecopy.errors import ContentError

MAX_BYTES = 256_000_000
"""Largest wire file read whole, unpacked; larger ones are read in slices, and what will not slice is refused."""
MAX_RATIO = 200
"""How many times its own size a file may unpack to: news packs to a tenth, seldom to less than a fiftieth."""
ALWAYS_ALLOWED = 64_000_000
"""Bytes that a file may unpack to whatever its size."""

_PIECE = 1 << 16
_ZSTD_PIECE = 1 << 12
"""Some thousand bytes of zstandard unpack to a hundred million at most: its unpacker knows no limit of its own."""


class _Zstandard(io.RawIOBase):
    """Zstandard frames as plain bytes; unlike the library's own reader it tells where the last frame is cut off."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._packed = b""
        self._plain = b""
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain and self._more():
            pass
        data, self._plain = self._plain[: len(buffer)], self._plain[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bool:
        self._packed = self._packed or self._file.read(_ZSTD_PIECE)
        if not self._packed:
            if self._frame is not None:
                raise EOFError("the last frame is cut off")
            return False
        self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._plain = self._frame.decompress(self._packed)
        self._packed = self._frame.unused_data
        if self._frame.eof:
            self._frame = None
        return True


_OPENERS: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file))),
    (b"BZh", lambda file: cast("IO[bytes]", bz2.BZ2File(file))),
    (b"\xfd7zXZ\x00", lambda file: cast("IO[bytes]", lzma.LZMAFile(file))),  # noqa: SIM115 - the caller closes what lies under it
    (b"\x28\xb5\x2f\xfd", lambda file: io.BufferedReader(_Zstandard(file), _PIECE)),
)
BROKEN = (OSError, EOFError, lzma.LZMAError, zlib.error, zstandard.ZstdError)
"""What a cut-off or damaged compressed stream raises."""


class BombRefused(ContentError):
    """A file unpacks to more than any honest one does: nothing more of it is read."""

    default_reason = "unpacks to too much"


@dataclass(slots=True)
class Meter:
    """Counts what one file unpacks to, all that lies in it together."""

    limit: int
    count: int = 0

    @classmethod
    def of_file(cls, size: int) -> Meter:
        """Return the meter of a file of that size."""
        return cls(max(ALWAYS_ALLOWED, MAX_RATIO * size))

    def add(self, size: int) -> None:
        """Count bytes; raises `BombRefused` where they are too many."""
        self.count += size
        if self.count > self.limit:
            raise BombRefused(f"it unpacks to more than {self.limit:,} bytes")


class _Begun(io.RawIOBase):
    """A stream whose first bytes were read already: they come again, and so does the error that ended them."""

    def __init__(self, head: bytes, error: BaseException | None, stream: IO[bytes], meter: Meter | None) -> None:
        self._head = head
        self._error = error
        self._read = _reader(stream)
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        elif self._error:
            raise self._error
        else:
            data = self._read(len(buffer))
            if self._meter:
                self._meter.add(len(data))
        buffer[: len(data)] = data
        return len(data)


def _reader(stream: IO[bytes]) -> Callable[[int], bytes]:
    """Return how to read: `read1` gives out what came before broken compression, before it raises."""
    return cast("Callable[[int], bytes]", getattr(stream, "read1", stream.read))


def begun(stream: IO[bytes], size: int, meter: Meter | None = None) -> tuple[bytes, IO[bytes]]:
    """Return the first bytes of a stream and a stream that gives all of it; what comes out of it is metered.

    Where the stream breaks within its first bytes, what came before is the head, and the error comes in its turn.
    """
    buffer, error = io.BytesIO(), None
    try:
        _copy(stream, buffer, size)
    except BROKEN as err:
        error = err
    if meter:
        meter.add(buffer.tell())
    return buffer.getvalue(), io.BufferedReader(_Begun(buffer.getvalue(), error, stream, meter), _PIECE)


def opener_of(head: bytes) -> Callable[[IO[bytes]], IO[bytes]] | None:
    """Return what unpacks a stream that begins so (gzip, bzip2, xz, zstandard), or None for a plain one."""
    return next((opener for sign, opener in _OPENERS if head.startswith(sign)), None)


def read_whole(stream: IO[bytes], subject: str, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a stream.

    Raises `ContentError` for one of more than `limit`, or whose compression is broken.
    """
    buffer = io.BytesIO()
    try:
        _copy(stream, buffer, limit + 1)
    except BROKEN as err:
        raise ContentError(
            f"the compressed data is broken: {err}", reason="compression broken", subject=subject
        ) from err
    if buffer.tell() > limit:
        raise ContentError(f"larger than {limit:,} bytes once unpacked", reason="too large", subject=subject)
    return buffer.getvalue()


def consume(stream: IO[bytes]) -> None:
    """Read a stream to its end and keep none of it."""
    while _reader(stream)(_PIECE):
        pass


def _copy(stream: IO[bytes], buffer: io.BytesIO, size: int) -> None:
    """Read `size` bytes or to the end: some decompressors return less than they are asked for.

    What was read before the compression broke is in the buffer.
    """
    read = _reader(stream)
    while buffer.tell() < size and (block := read(min(_PIECE, size - buffer.tell()))):
        buffer.write(block)
