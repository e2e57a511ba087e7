"""WARC 1.1 records (ISO 28500:2017) as bytes: one gzip member each, with digests; and back again.

Only what Wirecopy itself writes is read here; archives of others are read in `archive`.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import BinaryIO

from wirecopy.errors import MarkupUnreadable
from wirecopy.model import Page

Fields = tuple[tuple[str, str], ...]

LEVEL = 4
"""zlib's level: four fifths of the time of the default, a twentieth more bytes."""
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_CHUNK = 1 << 16
_BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = [first + second for first in _BASE_32 for second in _BASE_32]
_RENAMED = ("content-encoding", "transfer-encoding", "content-length")
"""Headers that no longer fit the payload, which is stored unpacked; renamed as Common Crawl does."""
_PREFIX = "X-Crawler-"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a WARC file: where it stands, its own fields, its block."""

    offset: int
    length: int
    fields: Fields
    block: bytes

    def field(self, name: str) -> str:
        """Return a field's value, empty if it has none."""
        return next((value for key, value in self.fields if key.lower() == name), "")


def record_id() -> str:
    """Return a new record's id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def warc_date(moment: datetime) -> str:
    """Return a moment (UTC) as WARC 1.1 writes it, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def digest(data: bytes) -> str:
    """Return the digest that WARC tools expect: SHA-1 in base 32."""
    number = int.from_bytes(hashlib.sha1(data, usedforsecurity=False).digest())
    return "sha1:" + "".join([_PAIRS[number >> shift & 1023] for shift in range(150, -1, -10)])


def pack(kind: str, fields: Fields, block: bytes) -> bytes:
    """Return one record as one gzip member; fields without a value are left out."""
    head = [("WARC-Type", kind), *fields, ("WARC-Block-Digest", digest(block)), ("Content-Length", str(len(block)))]
    lines = "".join(f"{name}: {_clean(value)}\r\n" for name, value in head if value)
    data = b"WARC/1.1\r\n" + lines.encode("utf-8", "replace") + b"\r\n" + block + b"\r\n\r\n"
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def _clean(value: str) -> str:
    return " ".join(value.split())


def http_head(page: Page) -> bytes:
    """Return the status line and headers of a page as a WARC block begins."""
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        stale = name.lower() in _RENAMED and not (name.lower() == "content-length" and value == str(len(page.body)))
        lines.append(f"{_PREFIX if stale else ''}{name}: {_clean(value)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def read_http_head(block: bytes) -> tuple[int, Fields, bytes]:
    """Return status, headers and payload of a block that `http_head` began."""
    head, _, body = block.partition(b"\r\n\r\n")
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = tuple((name.removeprefix(_PREFIX), value) for name, _, value in pairs)
    return int(first.split(" ")[1]), headers, body


def read_record(file: BinaryIO, offset: int) -> Record | None:
    """Return the record at an offset, None at the end of the file.

    Raises `MarkupUnreadable` (`broken capture`) where no whole record of ours stands: cut off, or with wrong digests.
    """
    return next(read_records(file, offset), None)


def read_records(file: BinaryIO, offset: int = 0) -> Iterator[Record]:
    """Yield the records of a file from an offset on; raises `MarkupUnreadable` at the first that is not whole."""
    file.seek(offset)
    data = file.read(_CHUNK)
    while data:
        unpacked, length, data = _member(file, offset, data)
        yield _record(file, offset, length, unpacked)
        offset += length
        data = data or file.read(_CHUNK)


def _member(file: BinaryIO, offset: int, data: bytes) -> tuple[bytes, int, bytes]:
    """Return a gzip member unpacked, its length in the file, and what was read of the next one."""
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    length = 0
    while not unpacker.eof:
        if not data:
            raise _broken(file, offset, "cut off")
        length += len(data)
        try:
            parts.append(unpacker.decompress(data))
        except zlib.error as err:
            raise _broken(file, offset, str(err)) from err
        data = b"" if unpacker.eof else file.read(_CHUNK)
    rest = unpacker.unused_data
    return b"".join(parts), length - len(rest), rest


def _record(file: BinaryIO, offset: int, length: int, data: bytes) -> Record:
    head, _, rest = data.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    fields = tuple((name, value) for name, _, value in pairs)
    record = Record(offset, length, fields, rest[:-4])
    size = record.field("content-length")
    if version != "WARC/1.1" or not size.isdecimal() or len(record.block) != int(size) or rest[-4:] != b"\r\n\r\n":
        raise _broken(file, offset, "not a whole record")
    if record.field("warc-block-digest") != digest(record.block):
        raise _broken(file, offset, "its digest is wrong")
    return record


def _broken(file: BinaryIO, offset: int, why: str) -> MarkupUnreadable:
    return MarkupUnreadable(f"no record at {offset}: {why}", reason="broken capture", subject=str(file.name))
