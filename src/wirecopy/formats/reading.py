"""How readers hand on what they read: articles, and in record formats the errors of single records among them."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from wirecopy.errors import ContentError, MarkupUnreadable
from wirecopy.markup.decode import python_codec
from wirecopy.markup.wire_encoding import STRAY, decode_wire
from wirecopy.model import Article

Outcome = Article | ContentError
CHUNK = 262_144
UTF8 = "utf-8-sig"
MAX_LINE = 20_000_000


class ArticleReader:
    """Iterator of articles that raises the error of a bad record in its turn and then goes on behind it.

    A `for` loop therefore stops at the first bad record; who wants its neighbours catches `ContentError` around
    `next` and calls it again until `StopIteration`.
    """

    def __init__(self, outcomes: Iterator[Outcome]) -> None:
        self._outcomes = outcomes

    def __iter__(self) -> Iterator[Article]:
        return self

    def __next__(self) -> Article:
        outcome = next(self._outcomes)
        if isinstance(outcome, ContentError):
            raise outcome
        return outcome


def text_chunks(file: BinaryIO, encoding: str = "utf-8") -> Iterator[str]:
    """Yield a file's text piece by piece; bytes that are not of the encoding are read as windows-1252."""
    decoder = codecs.getincrementaldecoder(encoding)(STRAY)
    while data := file.read(CHUNK):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def stream_encoding(head: bytes) -> str:
    """Return the encoding to read a stream in: what `decode` makes of its beginning, strict UTF-8 where it can be."""
    found = decode_wire(head[: head.rfind(b"\n") + 1] or head).encoding
    codec = python_codec(found)
    return codec if codec and codec not in {"utf-8", "cp1252"} else UTF8


def whole_messages(file: BinaryIO, end: bytes, limit: int) -> Iterator[bytes]:
    """Yield a file in pieces that end behind the sign `end`, the whole of a file that is no longer than `limit`.

    Raises `MarkupUnreadable` where a piece longer than `limit` holds no such sign.
    """
    pending = b""
    while data := file.read(limit + 1 - len(pending)):
        pending += data
        if len(pending) <= limit:
            continue
        at = pending.rfind(end)
        if at < 0:
            raise MarkupUnreadable(f"a message is larger than {limit // 1_000_000} MB", reason="too large")
        yield pending[: at + len(end)]
        pending = pending[at + len(end) :]
    if pending:
        yield pending


def lines_of(chunks: Iterator[str], limit: int) -> Iterator[str]:
    """Yield the lines of chunked text without their ends; raises `MarkupUnreadable` for one longer than `limit`.

    A lone carriage return ends a line only where a text has no other ends, as on old Macintoshes.
    """
    pending, alone = "", None
    for chunk in chunks:
        if alone is None and chunk:
            alone = "\r" in chunk and "\n" not in chunk
        *whole, pending = (pending + (chunk.replace("\r", "\n") if alone else chunk)).split("\n")
        yield from (line.rstrip("\r") for line in whole)
        if len(pending) > limit:
            raise MarkupUnreadable(f"a line is longer than {limit // 1_000_000} MB", reason="too large")
    if pending:
        yield pending.rstrip("\r")
