"""A large text dump in slices of whole records, so that memory stays bounded and workers share one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from wirecopy.archive.streams import BROKEN, pieces

SLICE = 400_000
"""Bytes of a slice: some hundred stories, so that workers share a file evenly and progress is fine-grained."""
_STARTS = (
    (re.compile(rb"<REUTERS[ >]"), re.compile(rb"<REUTERS[ >]")),
    (
        re.compile(rb"\A(?:\xef\xbb\xbf)?\s*date \d{4}-\d\d-\d\d\s"),
        re.compile(rb"(?:(?<=\n)|\A)[ \t]*date \d{4}-\d\d-\d\d\s"),
    ),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{.*\}[ \t\r]*\n[ \t]*\{"), re.compile(rb"(?<=\n)")),
)
"""How a dump shows itself in its first bytes, and where a record of it begins."""


def boundary(head: bytes) -> re.Pattern[bytes] | None:
    """Return where records begin in a dump that can be sliced, or None for a file that must stay whole."""
    return next((start for sign, start in _STARTS if sign.search(head)), None)


def slices(stream: IO[bytes], start: re.Pattern[bytes], *, size: int = SLICE) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, bytes) slices of about `size` bytes, each ending where a record begins or the file ends.

    Where the compression breaks, what came before is yielded, then the decompressor's error is raised.
    """
    offset, held = 0, b""
    try:
        for block in pieces(stream, size):
            held += block
            cut = _last_start(held, start) if len(held) > size else 0
            if cut:
                yield offset, held[:cut]
                offset, held = offset + cut, held[cut:]
    except BROKEN:
        if held.strip():
            yield offset, held
        raise
    if held.strip():
        yield offset, held


def _last_start(data: bytes, start: re.Pattern[bytes]) -> int:
    """Return where the last record begins, looking back from the end in growing steps; 0 where none does."""
    reach = 65_536
    while True:
        base = max(0, len(data) - reach)
        found = [match.start() for match in start.finditer(data, base)]
        if found and found[-1] > 0:
            return found[-1]
        if base == 0:
            return 0
        reach *= 8
