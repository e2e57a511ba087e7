"""A long wire file of any format -> small files of that format, so that memory stays bounded and workers share one file.

Each can be read by itself and gives the items that the long file gives there. What a file says of all its items (an
envelope, a table's header) comes with each.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats import newsml_1, newsml_g2, tables
from wirecopy.formats.delimited import read_table
from wirecopy.formats.json_kinds import is_item
from wirecopy.formats.mail import MBOX
from wirecopy.formats.reading import MAX_LINE, UTF8, lines_of, stream_encoding
from wirecopy.markup.blocks import Blocks, Piece, in_ascii
from wirecopy.markup.json_cut import cut_json
from wirecopy.markup.wire_encoding import STRAY
from wirecopy.markup.xml import prepare_xml
from wirecopy.markup.xml_cut import cut_xml

SIZE = 400_000
"""Bytes of a piece: some hundred stories, so that workers share a file evenly and progress is fine-grained."""
_LONGEST_START = 1_000
"""Bytes that the sign of a record's beginning may take."""
MAX_WHOLE = 64_000_000
"""Bytes among which a record of a text format has to end."""
BLOCK = 1 << 18
_ITEMS = {
    "nitf": frozenset({"nitf", "NITF"}),
    "newsml-1": newsml_1.ITEMS,
    "newsml-g2": newsml_g2.ITEMS,
    "rcv1": frozenset({"newsitem"}),
    "feed": frozenset({"item", "entry"}),
}
_STARTS = {
    "reuters21578": re.compile(rb"<REUTERS[ >]"),
    "sgml-doc": re.compile(rb"<DOC[ >]", re.IGNORECASE),
    "plain-export": re.compile(rb"(?:(?<=\n)|\A)[ \t]*date \d{4}-\d\d-\d\d\s"),
    "jsonl": re.compile(rb"(?<=\n)"),
    "iptc7901": re.compile(rb"(?<=\x04)"),
    "anpa": re.compile(rb"(?<=\x04)"),
    "text": re.compile(rb"(?<=\nNNNN)"),
    "mail": re.compile(rb"(?:(?<=\n\n)|(?<=\n\r\n))" + MBOX.pattern, re.MULTILINE),
}
"""Where a record of a text format begins, or the one before has ended."""
_LINED = frozenset({"jsonl", "plain-export", "reuters21578", "sgml-doc"})
"""Formats that are text of one encoding, which nothing in them declares."""
JSON = frozenset({"json", "ninjs", "apmedia", "newsplease", "fundus"})


def pieces(file: IO[bytes], head: bytes, format_name: str, *, mapped: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a file of a format: small files of some `SIZE` bytes of records each.

    `head` is how the file begins; `mapped` says that the members of its JSON may be of any shape. What goes wrong with
    one record is a `MarkupUnreadable` in its place. Raises that where no more of the file can be read, and what reading
    `file` raises, behind what came before.
    """
    if format_name == "parquet":
        return tables.parquet_pieces(file)
    blocks = _blocks(file)
    if format_name in _ITEMS:
        return _cut_xml(blocks, _ITEMS[format_name])
    if format_name in JSON:
        return cut_json(in_ascii(blocks), (lambda value: isinstance(value, dict)) if mapped else is_item, SIZE)
    if format_name == "csv":
        return _cut_table(blocks, stream_encoding(head))
    if format_name in _LINED and (encoding := stream_encoding(head)) != UTF8:
        blocks = (text.encode("utf-8", "surrogatepass") for text in _decoded(Blocks(blocks), encoding))
    return _cut_between(blocks, format_name)


def whole_records(data: bytes, format_name: str) -> bytes:
    """Return what came of a file before it broke without the record that it broke in, where no reader would notice that.

    A document of XML or JSON that is cut off is refused by its reader, behind its whole items.
    """
    if format_name in {"csv", "jsonl"}:
        return data[: data.rfind(b"\n") + 1]
    return b"" if format_name in {"text", "mail", "parquet", "plain-export"} else data


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    read = getattr(file, "read1", file.read)  # which gives what comes before broken compression, before it raises
    while block := read(min(BLOCK, SIZE)):
        yield block


def _cut_xml(blocks: Iterable[bytes], names: frozenset[str]) -> Iterator[Piece]:
    """Cut a document; one whose beginning is hostile is refused whole, and not piece by piece."""
    source = in_ascii(blocks)
    first = next(source, b"")
    prepare_xml(first)
    return cut_xml(chain([first], source), names, SIZE)


def _cut_between(blocks: Iterable[bytes], format_name: str) -> Iterator[Piece]:
    """Cut a text where its records begin; the lines before each are counted where they number the records."""
    file, start, before, looked_at = Blocks(blocks), _STARTS[format_name], 0, 0
    while file.more():
        cut = 0
        if len(file.held) > SIZE:
            cut = _last_start(file.held, start, looked_at - file.base)
            looked_at = file.end - _LONGEST_START
        if cut:
            yield Piece(file.base, file.held[:cut], before)
            before += file.held.count(b"\n", 0, cut) if format_name == "jsonl" else 0
            file.forget(file.base + cut)
        elif len(file.held) > MAX_WHOLE:
            size = MAX_WHOLE // 1_000_000
            raise MarkupUnreadable(f"a record is larger than {size} MB", reason="too large")
    rest = whole_records(file.held, format_name) if file.broken else file.held
    if rest.strip():
        yield Piece(file.base, rest, before)
    file.check()


def _last_start(data: bytes, start: re.Pattern[bytes], since: int) -> int:
    """Return where the last record begins, looking back from the end to `since` in growing steps; 0 where none does."""
    reach = 65_536
    while True:
        base = max(0, since, len(data) - reach)
        found = [match.start() for match in start.finditer(data, base)]
        if found and found[-1] > 0:
            return found[-1]
        if base <= max(0, since):
            return 0
        reach *= 8


class _Lines:
    """Lines of a table, kept until they have been given out."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._held: list[str] = []
        self._first = 1

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, keeping each."""
        for line in self._lines:
            self._held.append(line)
            yield line

    def take(self, before: int | None) -> bytes:
        """Return the lines that are kept before the one of a number, or all, and keep them no longer."""
        count = len(self._held) if before is None else before - self._first
        taken, self._held = self._held[:count], self._held[count:]
        self._first += count
        return "".join(line + "\n" for line in taken).encode("utf-8", "surrogatepass")


def _cut_table(blocks: Iterable[bytes], encoding: str) -> Iterator[Piece]:
    """Cut a delimited table between rows, its header before each piece."""
    file = Blocks(blocks)
    lines = _Lines(lines_of(_decoded(file, encoding), MAX_LINE))
    table = read_table(lines)
    header = lines.take(table.first)
    at = begun = 0
    first = table.first
    for number, _ in table.rows:
        if file.base - at >= SIZE and number > table.first:
            yield Piece(at, header + lines.take(number), first - table.first)
            at, first = file.base, number
        begun = number
    rest = lines.take(None)
    if file.broken:  # the last line may be any part of a row
        rest = rest[: rest.rstrip(b"\n").rfind(b"\n") + 1]
    if rest.strip() or not begun:
        yield Piece(at, header + rest, first - table.first)
    file.check()


def _decoded(file: Blocks, encoding: str) -> Iterator[str]:
    """Yield the text of a stream; where it breaks, the error comes behind what came before."""
    decoder = codecs.getincrementaldecoder(encoding)(STRAY)
    while file.more():
        data = file.held
        file.forget(file.end)
        yield decoder.decode(data)
    yield decoder.decode(b"", final=not file.broken)
