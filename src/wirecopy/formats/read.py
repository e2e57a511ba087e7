"""The readers of all wire formats behind one door: bytes in, articles out, errors in their turn."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from lxml import etree

from wirecopy.errors import ContentError, FormatUnsupported, MarkupUnreadable
from wirecopy.formats import (
    anpa,
    apmedia,
    iptc7901,
    mail,
    newsml_1,
    newsml_g2,
    ninjs,
    nitf,
    plain_export,
    rcv1,
    reuters21578,
    sgml_doc,
    tables,
    text,
)
from wirecopy.formats.cut import JSON, pieces, whole_records
from wirecopy.formats.json_kinds import Mapped, json_kind, wire_items
from wirecopy.formats.reading import (
    MAX_LINE,
    ArticleReader,
    Outcome,
    lines_of,
    stream_encoding,
    text_chunks,
    whole_messages,
)
from wirecopy.formats.sniff import HEAD, ROOTS_OF, sniff
from wirecopy.formats.unzipped import Unzipped
from wirecopy.markup.blocks import Piece
from wirecopy.markup.json import MAX_BYTES as MAX_JSON
from wirecopy.markup.json import complete_members, joined_values, json_text, parse_json_text
from wirecopy.markup.wire_encoding import decode_wire
from wirecopy.markup.xml import MAX_BYTES as MAX_XML
from wirecopy.markup.xml import complete_elements, local_name, namespace, parse_prepared, prepare_xml
from wirecopy.model import Article, Doubt

MAX_UNPACKED = 64_000_000
MAX_AT_ONCE = 16_000_000
"""Bytes that a gzip file may unpack to before it is read piece by piece."""
MAX_TEXT = 8_000_000

_XML: dict[str, tuple[Callable[[etree._Element], Iterator[Article]], frozenset[str]]] = {
    "nitf": (nitf.read_nitf, frozenset({"nitf"})),
    "newsml-1": (newsml_1.read_newsml_1, newsml_1.ITEMS),
    "newsml-g2": (newsml_g2.read_newsml_g2, newsml_g2.ITEMS),
    "rcv1": (rcv1.read_rcv1, frozenset({"newsitem"})),
}
_TEXT: dict[str, tuple[Callable[[str], Iterator[Outcome]], bytes]] = {
    "iptc7901": (iptc7901.read_iptc7901, b"\x04"),
    "anpa": (anpa.read_anpa, b"\x04"),
    "text": (text.read_text, b"\nNNNN"),
}
"""Format -> its reader, and the sign that ends a message in a long file of them."""
_GZIP = b"\x1f\x8b"
# </nitf> <?xml version="1.0"?> <nitf>
_DOCUMENT = re.compile(rb"(?=<\?xml\s)")
_CDATA_OPEN = re.compile(rb"<!\[CDATA\[(?:(?!\]\]>).)*\Z", re.DOTALL)
_IPTC_SPACE = re.compile(r"iptc|nitf|newsml", re.IGNORECASE)
_STREAMED = frozenset({"jsonl", "csv", "plain-export", "reuters21578", "sgml-doc", "parquet", "mail", *_TEXT})
FORMATS = tuple(sorted({*_XML, *JSON, *_STREAMED}))


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is known of a dump's rows from outside: which columns feed which field, and how many lines stand before."""

    mapping: Mapped = None
    before: int = 0


def read_articles(
    data: bytes,
    *,
    name: str = "",
    format: str | None = None,  # noqa: A002  # the command's option is --format
    mapping: Mapped = None,
    before: int = 0,
) -> ArticleReader:
    """Return the articles of a wire file of any format, sniffed from its bytes unless `format` says it.

    `mapping` (`{column: field}`) serves dumps; `before` is what a `Piece` says of the file that it is a part of. Whole
    items come before the error of one that is cut off; the errors are `ContentError`s with one sentence, raised by
    `next` in their turn: `FormatUnsupported`, `MarkupUnreadable`.
    """
    return ArticleReader(_named(_of_file(io.BytesIO(data), name, format, _Rows(mapping, before)), name))


def read_stream(file: BinaryIO, *, name: str = "", format: str | None = None, mapping: Mapped = None) -> ArticleReader:  # noqa: A002
    """Return the articles of an open file as `read_articles` does, without holding it whole where its records allow.

    All but Parquet's row groups and single items is read in bounded memory; `file` must be seekable.
    """
    return ArticleReader(_named(_of_file(file, name, format, _Rows(mapping)), name))


def _named(outcomes: Iterator[Outcome], name: str) -> Iterator[Outcome]:
    try:
        for outcome in outcomes:
            if isinstance(outcome, ContentError):
                outcome.subject = outcome.subject or name
            yield outcome
    except ContentError as err:
        err.subject = err.subject or name
        raise


def _of_file(file: BinaryIO, name: str, format_name: str | None, rows: _Rows) -> Iterator[Outcome]:
    head = file.read(HEAD)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if head.startswith(_GZIP):
        yield from _of_packed(Unzipped(file, size), name, format_name, rows)
        return
    chosen = format_name or sniffed(head, name, rows.mapping)
    if size > (MAX_XML if chosen in _XML else MAX_JSON) and (chosen in _XML or chosen in JSON):
        yield from _of_pieces(pieces(file, head, chosen, mapped=bool(rows.mapping)), name, chosen, rows)
    elif chosen in _STREAMED:
        yield from _of_records(file, chosen, stream_encoding(head), rows)
    else:
        yield from _of_bytes(_whole(file), name, chosen, rows)


def _of_packed(file: Unzipped, name: str, format_name: str | None, rows: _Rows) -> Iterator[Outcome]:
    """Read what a gzip file holds: a short one whole, a long one piece by piece."""
    held = file.begins(MAX_AT_ONCE)
    if file.broken and not held:
        raise file.broken
    chosen = format_name or sniffed(held[:HEAD], name, rows.mapping)
    if len(held) >= MAX_AT_ONCE and chosen != "parquet":
        yield from _of_pieces(pieces(file, held[:HEAD], chosen, mapped=bool(rows.mapping)), name, chosen, rows)
    elif file.broken:
        yield from _before_break(whole_records(held, chosen), name, chosen, rows)
        raise file.broken
    else:
        yield from _of_bytes(_whole(io.BufferedReader(file)), name, chosen, rows)


def _before_break(data: bytes, name: str, chosen: str, rows: _Rows) -> Iterator[Outcome]:
    """Read what came before a file broke; that its end is missing is told by whoever knows why."""
    reader = _of_bytes(data, name, chosen, rows)
    with suppress(ContentError):
        yield from reader


def _whole(file: BinaryIO) -> bytes:
    data = file.read(MAX_UNPACKED + 1)
    if len(data) > MAX_UNPACKED:
        raise MarkupUnreadable(f"the file is larger than {MAX_UNPACKED // 1_000_000} MB", reason="too large")
    return data


def _of_pieces(found: Iterable[Piece], name: str, chosen: str, rows: _Rows) -> Iterator[Outcome]:
    """Read a long file piece by piece; what is wrong in one costs none of the others."""
    for piece in found:
        if isinstance(piece.data, ContentError):
            yield piece.data
            continue
        try:
            yield from _of_bytes(piece.data, name, chosen, replace(rows, before=piece.before))
        except ContentError as err:
            yield err


def sniffed(data: bytes, name: str = "", mapping: Mapped = None) -> str:
    """Return the format of a file as `sniff` does; where columns are mapped, what looks like nothing known is a dump of such columns."""
    try:
        found = sniff(data, name)
    except FormatUnsupported:
        if not mapping:
            raise
        found = "text"
    if found != "text" or not mapping:
        return found
    return "jsonl" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "csv"


def _of_bytes(data: bytes, name: str, format_name: str | None, rows: _Rows) -> Iterator[Outcome]:
    chosen = format_name or sniffed(data, name, rows.mapping)
    if chosen in _XML:
        yield from _of_xml(data, chosen)
    elif chosen in JSON:
        yield from _of_json(data, chosen, rows.mapping)
    elif chosen in _STREAMED:
        yield from _of_records(io.BytesIO(data), chosen, stream_encoding(data[:HEAD]), rows)
    elif chosen == "feed":
        raise FormatUnsupported("this is a feed: it is read as one, not as a wire file", reason="feed")
    else:
        raise FormatUnsupported(f"there is no format {chosen!r}", remedy="one of " + ", ".join(FORMATS))


def _of_messages(file: BinaryIO, format_name: str) -> Iterator[Outcome]:
    read, end = _TEXT[format_name]
    for data in whole_messages(file, end, MAX_TEXT):
        decoded = decode_wire(data)
        yield from _with_doubts(read(decoded.text), decoded.doubts)


def _of_records(file: BinaryIO, format_name: str, encoding: str, rows: _Rows) -> Iterator[Outcome]:
    if format_name == "parquet":
        return tables.read_parquet(file, rows.mapping, before=rows.before)
    if format_name == "mail":
        return mail.read_mail(file)
    if format_name in _TEXT:
        return _of_messages(file, format_name)
    return _of_text(text_chunks(file, encoding), format_name, rows)


def _of_text(chunks: Iterator[str], format_name: str, rows: _Rows) -> Iterator[Outcome]:
    if format_name == "reuters21578":
        return reuters21578.read_reuters(chunks)
    if format_name == "sgml-doc":
        return sgml_doc.read_sgml_docs(chunks)
    lines = lines_of(chunks, MAX_LINE)
    if format_name == "jsonl":
        return tables.read_json_lines(lines, rows.mapping, before=rows.before, items_of=wire_items)
    if format_name == "csv":
        return tables.read_csv(lines, rows.mapping, before=rows.before)
    return plain_export.read_plain_export(lines)


def _of_xml(data: bytes, format_name: str) -> Iterator[Outcome]:
    """Read a document, or several that lie one behind the other as a transfer joined them."""
    pieces = [piece for piece in _DOCUMENT.split(data) if b"<" in piece]
    if len(pieces) < 2 or any(_CDATA_OPEN.search(piece) for piece in pieces):
        yield from _of_document(data, format_name)
        return
    for piece in pieces:
        try:
            yield from _of_document(piece, format_name)
        except ContentError as err:
            yield err


def _of_document(data: bytes, format_name: str) -> Iterator[Outcome]:
    read, names = _XML[format_name]
    xml = prepare_xml(data)
    try:
        roots: Iterable[etree._Element] = [parse_prepared(xml)]
        broken = None
    except MarkupUnreadable as err:
        if err.reason in {"too large", "too deep"}:
            raise
        roots, broken = complete_elements(xml, names), err
    for root in (item for found in roots for item in _within(found, format_name)):
        _check_namespace(root)
        yield from _with_doubts(read(root), xml.doubts)
    if broken:
        raise broken


def _within(root: etree._Element, format_name: str) -> Iterable[etree._Element]:
    """Return the documents of a format in a tree: its root, or what a foreign envelope holds of them."""
    roots = ROOTS_OF[format_name]
    if local_name(root).lower() in roots:
        return (root,)
    held = [one for one in root.iter(etree.Element) if local_name(one).lower() in roots]
    return [one for one in held if not any(above in held for above in one.iterancestors())] or (root,)


def _check_namespace(root: etree._Element) -> None:
    space = namespace(root)
    if space and not _IPTC_SPACE.search(space):
        name = local_name(root)
        raise FormatUnsupported(
            f"the element {name} is of a foreign namespace, {space[:100]}", reason="foreign namespace"
        )


def _with_doubts(outcomes: Iterable[Outcome], doubts: tuple[Doubt, ...]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, Article) and doubts:
            yield replace(outcome, doubts=(*doubts, *outcome.doubts))
        else:
            yield outcome


def _of_json(data: bytes, format_name: str, mapping: Mapped) -> Iterator[Outcome]:
    document = json_text(data)
    try:
        values: Iterable[Any] = [parse_json_text(document)]
        broken = None
    except MarkupUnreadable as err:
        if err.reason in {"too large", "too deep"}:
            raise
        joined = joined_values(document)
        values, broken = (complete_members(document), err) if joined is None else (joined, None)
    for value in values:
        try:
            yield from _of_value(value, format_name, mapping)
        except FormatUnsupported:
            if broken is None:
                raise
    if broken:
        raise broken


def _of_value(value: Any, format_name: str, mapping: Mapped) -> Iterator[Outcome]:
    chosen = json_kind(value, mapping) if format_name == "json" else format_name
    if chosen == "apmedia":
        yield from apmedia.read_apmedia(value)
    elif chosen == "ninjs":
        yield from ninjs.read_ninjs(value)
    else:
        yield from tables.read_rows(value, mapping, format_name=chosen)
