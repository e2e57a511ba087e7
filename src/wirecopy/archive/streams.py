"""Compressed files as plain byte streams, told apart by their first bytes and never unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
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
BROKEN = (OSError, EOFError, lzma.LZMAError, zlib.error, zstandard.ZstdError)
"""What a cut-off or damaged compressed stream raises."""


def head(path: Path, size: int = 512) -> bytes:
    """Return the first bytes of a file, unpacked; empty where the compression is broken at once."""
    with path.open("rb") as file:
        try:
            return unpacked(file).read(size)
        except BROKEN:
            return b""


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return a stream of the plain bytes of a file that may be gzip, bzip2, xz or zstandard."""
    magic = file.read(6)
    file.seek(0)
    for sign, opener in _OPENERS:
        if magic.startswith(sign):
            return opener(file)
    return file


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
    """Read `size` bytes or to the end: some decompressors return less than they are asked for."""
    buffer = io.BytesIO()
    while buffer.tell() < size and (block := stream.read(min(1 << 20, size - buffer.tell()))):
        buffer.write(block)
    return buffer.getvalue()
