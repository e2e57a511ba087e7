"""Compressed files as plain byte streams, told apart by their first bytes and never unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

import zstandard

from wirecopy.errors import ContentError

MAX_BYTES = 256_000_000
"""Largest wire file read whole, unpacked; larger ones are read in slices, and what will not slice is refused."""

_OPENERS: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file))),
    (b"BZh", lambda file: cast("IO[bytes]", bz2.BZ2File(file))),
    (b"\xfd7zXZ\x00", lambda file: cast("IO[bytes]", lzma.LZMAFile(file))),  # noqa: SIM115 - the caller closes what lies under it
    (b"\x28\xb5\x2f\xfd", lambda file: zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)),
)
_PIECE = 1 << 16
BROKEN = (OSError, EOFError, lzma.LZMAError, zlib.error, zstandard.ZstdError)
"""What a cut-off or damaged compressed stream raises."""


def head(path: Path, size: int = 512) -> bytes:
    """Return the first bytes of a file, unpacked, or what can be had of them where the compression is broken."""
    buffer = io.BytesIO()
    with path.open("rb") as file, suppress(*BROKEN):
        _copy(unpacked(file), buffer, size)
    return buffer.getvalue()


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return a stream of the plain bytes of a file that may be gzip, bzip2, xz or zstandard."""
    magic = file.read(6)
    file.seek(0)
    for sign, opener in _OPENERS:
        if magic.startswith(sign):
            return opener(file)
    return file


def warc_stream(file: IO[bytes]) -> IO[bytes]:
    """Return a WARC file as its reader takes it: gzip and zstandard as they are, so that offsets are those of the file."""
    magic = file.read(6)
    file.seek(0)
    return unpacked(file) if magic.startswith((b"BZh", b"\xfd7zXZ\x00")) else file


def read_whole(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return the plain bytes of a file.

    Raises `ContentError` for one larger than `limit` once unpacked, or whose compression is broken.
    """
    with path.open("rb") as file:
        try:
            data = _read_up_to(unpacked(file), limit + 1)
        except BROKEN as err:
            raise ContentError(
                f"the compressed data is broken: {err}", reason="compression broken", subject=str(path)
            ) from err
    if len(data) > limit:
        raise ContentError(f"larger than {limit:,} bytes once unpacked", reason="too large", subject=str(path))
    return data


def _read_up_to(stream: IO[bytes], size: int) -> bytes:
    buffer = io.BytesIO()
    _copy(stream, buffer, size)
    return buffer.getvalue()


def _copy(stream: IO[bytes], buffer: io.BytesIO, size: int) -> None:
    """Read `size` bytes or to the end: some decompressors return less than they are asked for.

    What was read before the compression broke is in the buffer: `read1` gives it out before it raises.
    """
    read = getattr(stream, "read1", stream.read)
    while buffer.tell() < size and (block := read(min(_PIECE, size - buffer.tell()))):
        buffer.write(block)


def pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield a stream in blocks of `size` bytes; what comes before broken compression is yielded before it raises."""
    while True:
        buffer = io.BytesIO()
        try:
            _copy(stream, buffer, size)
        except BROKEN:
            yield buffer.getvalue()
            raise
        if not buffer.tell():
            return
        yield buffer.getvalue()
