"""A gzip file as a plain stream, in bounded memory: what is broken in it, or unpacks to too much, is said in one sentence."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO

from wirecopy.errors import MarkupUnreadable

MAX_RATIO = 200
"""How many times its own size a file may unpack to: news packs to a tenth, seldom to less than a fiftieth."""
ALWAYS_ALLOWED = 64_000_000
"""Bytes that a file may unpack to whatever its size."""


class Unzipped(io.RawIOBase, BinaryIO):
    """The plain bytes of an open gzip file of that size; reading raises `MarkupUnreadable` where they break."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._plain = gzip.GzipFile(fileobj=file)
        self._limit = max(ALWAYS_ALLOWED, MAX_RATIO * size)
        self._count = 0
        self._held = io.BytesIO()
        self.broken: MarkupUnreadable | None = None

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def begins(self, size: int) -> bytes:
        """Return the first bytes, which are read again; fewer where what is packed ends, or breaks (`broken`), before."""
        parts, length = [], 0
        try:
            while length < size and (block := self._block(size - length)):
                parts.append(block)
                length += len(block)
        except MarkupUnreadable as err:
            self.broken = err
        held = b"".join(parts)
        self._held = io.BytesIO(held)
        return held

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the next block reaches, and return how far that is; 0 at the end."""
        data = self._held.read(len(buffer)) or self._block(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read1(self, size: int = -1) -> bytes:
        """Return what comes next, as soon as there is some."""
        return self.read(min(size, 1 << 18) if size > 0 else 1 << 18) or b""

    def _block(self, size: int) -> bytes:
        try:
            block = self._plain.read1(size)
        except (OSError, EOFError, zlib.error) as err:
            raise MarkupUnreadable(f"the gzip data is broken: {err}", reason="cut off") from err
        self._count += len(block)
        if self._count > self._limit:
            raise MarkupUnreadable(f"it unpacks to more than {self._limit // 1_000_000} MB", reason="too large")
        return block
