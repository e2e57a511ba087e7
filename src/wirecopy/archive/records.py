"""WARC records out of a file, each whole or told as broken: after a broken one the reading goes on at the next.

WARC 1.1 (ISO 28500:2017), 4 and annex D: a head of named fields, a block of Content-Length bytes, two empty lines; a gzip
member a record, where it is packed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from wirecopy.archive.members import PLAIN_START, Members, next_start
from wirecopy.archive.streams import BROKEN

MAX_BLOCK = 50_000_000
MAX_HEAD = 1_000_000
MAX_BROKEN = 1_000
"""Broken records after which a file is given up: it is no archive any more."""
WANTED = frozenset({"response", "revisit", "resource", "conversion"})
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it stands in the file, its fields by their names in small letters, its bytes from the first on."""

    offset: int
    fields: Mapping[str, str]
    head: bytes
    block: bytes

    @property
    def kind(self) -> str:
        """Return its WARC-Type."""
        return self.fields.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in the file where no whole record stands, and why; `url` where its head can still be read."""

    offset: int
    reason: str
    detail: str
    url: str = ""


class _Lost(Exception):
    """No whole record stands here."""

    def __init__(self, reason: str, detail: str, url: str = "") -> None:
        super().__init__(detail)
        self.broken = (reason, detail, url)


class _Nowhere(_Lost):
    """What stands here is no record at all."""


def read_records(file: IO[bytes], offset: int = 0) -> Iterator[Record | Broken]:
    """Yield the records of a WARC file that can lead to news, plain, gzip or zstandard, from an offset on.

    A broken one is told, and the reading goes on where the next one begins; in a file that cannot be sought it ends there.
    Records of other kinds (requests, metadata) are passed over.
    """
    members = Members(file, offset)
    for _ in range(MAX_BROKEN):
        padding = False
        try:
            yield from _whole_records(members)
        except _Lost as err:
            padding = isinstance(err, _Nowhere)
            yield Broken(members.record_at, *err.broken)
        except EOFError:
            yield Broken(members.record_at, "cut off", "the compressed data ends within a record")
        except BROKEN as err:
            yield Broken(members.record_at, "record broken", str(err))
        else:
            return
        start = next_start(file, _onward(members, padding=padding), members.dictionary) if file.seekable() else None
        if start is None:
            return
        file.seek(start)
        members = Members(file, start, members.dictionary)
    yield Broken(members.record_at, "archive broken", f"more than {MAX_BROKEN:,} broken records")


def _whole_records(members: Members) -> Iterator[Record]:
    while (record := _next(members)) is not None:
        if record.kind in WANTED:
            yield record


def _onward(members: Members, *, padding: bool) -> int:
    """Return where to look for the next record: behind the broken one, but where mere padding ends already there."""
    if padding and not members.packed and members.record_at > members.start:
        return members.record_at
    return members.record_at + 1


def _next(members: Members) -> Record | None:
    """Return the next record, None at the end of the file; raises `_Lost`, or one of `BROKEN`, where it is not whole."""
    if not _skip_blank(members):
        return None
    head = _head(members)
    fields = _fields(head)
    url = fields.get("warc-target-uri", "").strip("<>")
    length = fields.get("content-length", "")
    if not length.isdecimal():
        raise _Lost("record broken", "it does not say how long it is", url)
    offset = members.record_at
    block = _block(members, int(length), url, keep=fields.get("warc-type", "").lower() in WANTED)
    _end(members, url)
    return Record(offset, fields, head, block)


def _skip_blank(members: Members) -> bool:
    """Stand at the first byte that is no line end or padding; False where the file ends before one."""
    while True:
        rest = members.buffer.lstrip(b"\r\n\0")
        del members.buffer[: len(members.buffer) - len(rest)]
        members.record_at = members.at
        if rest:
            return True
        try:
            if not members.more():
                return False
        finally:
            members.record_at = members.at


def _head(members: Members) -> bytes:
    while not (end := _END_OF_HEAD.search(members.buffer)):
        if members.buffer[:5] != b"WARC/"[: len(members.buffer)] or len(members.buffer) > MAX_HEAD:
            raise _Nowhere("record broken", "no WARC record begins here")
        if not members.more():
            raise _Lost("cut off", "the file ends within the head of a record")
    head = bytes(members.buffer[: end.end()])
    if not head.startswith(b"WARC/"):
        raise _Nowhere("record broken", "no WARC record begins here")
    if PLAIN_START.search(head, 1):
        raise _Lost("cut off", "another record begins within its head")
    del members.buffer[: end.end()]
    return head


def _fields(head: bytes) -> dict[str, str]:
    """Return the fields of a head; a line that begins with a blank goes on with the one before."""
    fields: dict[str, str] = {}
    text = re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace"))
    for line in text.splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _block(members: Members, length: int, url: str, *, keep: bool) -> bytes:
    """Return the block of a record, empty for one that is not wanted; raises `_Lost` where the file ends within."""
    keep = keep and length <= MAX_BLOCK
    kept = bytearray()
    left = length
    while left:
        if not members.buffer and not members.more():
            raise _Lost("cut off", f"the file ends {left:,} bytes before the record does", url)
        size = min(left, len(members.buffer))
        if keep:
            kept += members.buffer[:size]
        del members.buffer[:size]
        left -= size
    return bytes(kept)


def _end(members: Members, url: str) -> None:
    """See that what follows a record is an end of line, or the end of the file: else its length is a wrong one."""
    while not members.buffer:
        if members.between or not members.more():
            return
    if members.buffer[0] not in b"\r\n" and members.buffer[:5] != b"WARC/"[: len(members.buffer)]:
        raise _Lost("record broken", "it is not as long as it says", url)
