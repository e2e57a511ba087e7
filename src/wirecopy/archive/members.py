"""The plain bytes of a WARC file, member by member: gzip members and zstandard frames know where in the file they begin.

zstandard as WARC files use it: https://iipc.github.io/warc-specifications/specifications/warc-zstd/ (a frame a record, and
for some a dictionary in a skippable frame at the head of the file).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import IO, Any

import zstandard

from wirecopy.archive.streams import BROKEN

PIECE = 1 << 16
_ZSTD_PIECE = 1 << 10
"""A thousand bytes of zstandard unpack to some ten million at most: its unpacker knows no limit of its own."""
_WINDOW = 1 << 20
_OVERLAP = 64
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_DICTIONARY = b"\x5d\x2a\x4d\x18"
PLAIN_START = re.compile(rb"WARC/\d\.\d+\r?\n[A-Za-z-]+:")
"""The first line of a record and the name of a field; where the record before was cut off, in the middle of a line."""
_GZIP_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_ZSTD_START = re.compile(re.escape(_ZSTD))


def is_framed_zstandard(magic: bytes) -> bool:
    """Tell whether a file begins with the skippable frame that holds the dictionary of a zstandard WARC."""
    return magic.startswith(_DICTIONARY)


class Members:
    """Reads the members of a file one after the other into `buffer`; `start` is where the present one begins."""

    def __init__(
        self, file: IO[bytes], offset: int = 0, dictionary: zstandard.ZstdCompressionDict | None = None
    ) -> None:
        self.buffer = bytearray()
        self.start = offset
        self.record_at = offset
        """Where the record begins that is being read, for whoever reads records."""
        self.dictionary = dictionary
        self.packed = True
        self._file = file
        self._raw = b""
        self._raw_at = offset
        self._unpacker: Any = None
        self._piece = PIECE

    @property
    def at(self) -> int:
        """Return where the first byte of the buffer stands in the file, or the member that it came out of."""
        return self.start if self.packed else self._raw_at - len(self.buffer)

    @property
    def between(self) -> bool:
        """Return whether a member has ended and the next is not begun."""
        return self._unpacker is None

    def more(self) -> bool:
        """Add to the buffer; False at the end of the file. Raises one of `BROKEN`; never reads across two members."""
        before = len(self.buffer)
        while len(self.buffer) == before:
            if self._unpacker is None and not self._next_member():
                return False
            self._feed()
        return True

    def _feed(self) -> None:
        data = self._take(self._piece)
        if not data:
            if self._unpacker is not _PLAIN:
                raise EOFError("cut off")
            self._unpacker = None
            return
        if self._unpacker is _PLAIN:
            self.buffer += data
            return
        self.buffer += self._unpacker.decompress(data)
        if self._unpacker.eof:
            self._give_back(self._unpacker.unused_data)
            self._unpacker = None

    def _next_member(self) -> bool:
        """Stand at the next member; False at the end of the file, which may be padded."""
        magic = self._take(4)
        while _SKIPPABLE.fullmatch(magic):
            self._skip(magic)
            magic = self._take(4)
        if not magic:
            return False
        self.start = self._raw_at - len(magic)
        self._give_back(magic)
        self.packed, self._piece = True, PIECE
        if magic.startswith(_GZIP):
            self._unpacker = zlib.decompressobj(wbits=31)
        elif magic == _ZSTD:
            self._unpacker = zstandard.ZstdDecompressor(dict_data=self.dictionary).decompressobj()
            self._piece = _ZSTD_PIECE
        else:
            self._unpacker, self.packed = _PLAIN, False
        return True

    def _skip(self, magic: bytes) -> None:
        """Pass a skippable frame, keeping the dictionary that one at the head of the file may hold."""
        at_head = self._raw_at == 4
        size = int.from_bytes(self._take(4), "little")
        content = bytearray()
        while size and (data := self._take(min(size, PIECE))):
            size -= len(data)
            if at_head and magic == _DICTIONARY:
                content += data
        if content:
            self.dictionary = _dictionary(bytes(content))

    def _take(self, size: int) -> bytes:
        while len(self._raw) < size and (data := self._file.read(PIECE)):
            self._raw += data
        data, self._raw = self._raw[:size], self._raw[size:]
        self._raw_at += len(data)
        return data

    def _give_back(self, data: bytes) -> None:
        self._raw = data + self._raw
        self._raw_at -= len(data)


_PLAIN = object()
"""Stands for the unpacker of what is not packed."""


def _dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    if content.startswith(_ZSTD):
        content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return zstandard.ZstdCompressionDict(content)


def next_start(file: IO[bytes], offset: int, dictionary: zstandard.ZstdCompressionDict | None) -> int | None:
    """Return where, at or after an offset, the next member or plain record begins that is one of WARC; None if nowhere."""
    file.seek(0)
    magic = file.read(4)
    pattern = PLAIN_START
    is_record: Callable[[bytes], bool] = _is_plain
    if magic.startswith(_GZIP):
        pattern, is_record = _GZIP_START, _is_gzip
    elif magic == _ZSTD or _SKIPPABLE.fullmatch(magic):
        pattern, is_record = _ZSTD_START, _zstandard_test(dictionary)
    base = max(offset - 1, 0)
    while True:
        file.seek(base)
        window = file.read(_WINDOW)
        for match in pattern.finditer(window):
            at = base + match.start()
            if at >= offset and is_record(_beginning(file, at)):
                return at
        if len(window) < _WINDOW:
            return None
        base += _WINDOW - _OVERLAP


def _beginning(file: IO[bytes], at: int) -> bytes:
    file.seek(at)
    return file.read(PIECE)


def _is_plain(data: bytes) -> bool:
    return data.startswith(b"WARC/")


def _is_gzip(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 64).lstrip(b"\r\n").startswith(b"WARC/")
    except zlib.error:
        return False


def _zstandard_test(dictionary: zstandard.ZstdCompressionDict | None) -> Callable[[bytes], bool]:
    def is_record(data: bytes) -> bool:
        try:
            plain = zstandard.ZstdDecompressor(dict_data=dictionary).stream_reader(data).read(64)
        except BROKEN:
            return False
        return plain.lstrip(b"\r\n").startswith(b"WARC/")

    return is_record
