"""The readers of all wire formats behind one door: bytes in, articles out, errors in their turn."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
    reuters21578,
    tables,
    text,
)
from wirecopy.formats.cut import JSON, pieces
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
from wirecopy.markup.blocks import Piece
from wirecopy.markup.json import MAX_BYTES as MAX_JSON
from wirecopy.markup.json import complete_members, joined_values, json_text, parse_json_text
from wirecopy.markup.wire_encoding import decode_wire
from wirecopy.markup.xml import MAX_BYTES as MAX_XML
from wirecopy.markup.xml import complete_elements, local_name, namespace, parse_prepared, prepare_xml
from wirecopy.model import Article, Doubt

MAX_UNPACKED = 64_000_000
MAX_TEXT = 8_000_000

_XML: dict[str, tuple[Callable[[etree._Element], Iterator[Article]], frozenset[str]]] = {
    "nitf": (nitf.read_nitf, frozenset({"nitf"})),
    "newsml-1": (newsml_1.read_newsml_1, newsml_1.ITEMS),
    "newsml-g2": (newsml_g2.read_newsml_g2, newsml_g2.ITEMS),
}
_TEXT: dict[str, tuple[Callable[[str], Iterator[Outcome]], bytes]] = {
    "iptc7901": (iptc7901.read_iptc7901, b"\x04"),
    "anpa": (anpa.read_anpa, b"\x04"),
    "text": (text.read_text, b"\nNNNN"),
}
"""Format -> its reader, and the sign that ends a message in a long file of them."""
# </nitf> <?xml version="1.0"?> <nitf>
_DOCUMENT = re.compile(rb"(?=<\?xml\s)")
_CDATA_OPEN = re.compile(rb"<!\[CDATA\[(?:(?!\]\]>).)*\Z", re.DOTALL)
_IPTC_SPACE = re.compile(r"iptc|nitf|newsml", re.IGNORECASE)
_STREAMED = frozenset({"jsonl", "csv", "plain-export", "reuters21578", "parquet", "mail", *_TEXT})
FORMATS = tuple(sorted({*_XML, *JSON, *_STREAMED}))


def read_articles(data: bytes, *, name: str = "", format: str | None = None, mapping: Mapped = None) -> ArticleReader:  # noqa: A002  # the command's option is --format
    """Return the articles of a wire file of any format, sniffed from its bytes unless `format` says it.

    `mapping` (`{column: field}`) serves dumps. Whole items come before the error of one that is cut off; the errors are
    `ContentError`s with one sentence, raised by `next` in their turn: `FormatUnsupported`, `MarkupUnreadable`.
    """
    return ArticleReader(_named(_of_file(io.BytesIO(data), name, format, mapping), name))


def read_stream(file: BinaryIO, *, name: str = "", format: str | None = None, mapping: Mapped = None) -> ArticleReader:  # noqa: A002
    """Return the articles of an open file as `read_articles` does, without holding it whole where its records allow.

    All but Parquet's row groups and single items is read in bounded memory; `file` must be seekable.
    """
    return ArticleReader(_named(_of_file(file, name, format, mapping), name))


def _named(outcomes: Iterator[Outcome], name: str) -> Iterator[Outcome]:
    try:
        for outcome in outcomes:
            if isinstance(outcome, ContentError):
                outcome.subject = outcome.subject or name
            yield outcome
    except ContentError as err:
        err.subject = err.subject or name
        raise


def _of_file(file: BinaryIO, name: str, format_name: str | None, mapping: Mapped) -> Iterator[Outcome]:
    head = file.read(HEAD)
    file.seek(0)
    packed = head.startswith(b"\x1f\x8b")
    chosen = format_name or sniffed(head, name, mapping)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not packed and size > (MAX_XML if chosen in _XML else MAX_JSON) and (chosen in _XML or chosen in JSON):
        yield from _of_pieces(pieces(file, head, chosen, mapped=bool(mapping)), name, chosen, mapping)
    elif chosen in _STREAMED and not packed:
        yield from _of_records(file, chosen, stream_encoding(head), mapping)
    else:
        data = file.read(MAX_UNPACKED + 1)
        if len(data) > MAX_UNPACKED:
            raise MarkupUnreadable(f"the file is larger than {MAX_UNPACKED // 1_000_000} MB", reason="too large")
        yield from _of_bytes(data, name, format_name, mapping)


def _of_pieces(found: Iterable[Piece], name: str, chosen: str, mapping: Mapped) -> Iterator[Outcome]:
    """Read a long file piece by piece; what is wrong in one costs none of the others."""
    for _, piece in found:
        if isinstance(piece, ContentError):
            yield piece
            continue
        try:
            yield from _of_bytes(piece, name, chosen, mapping)
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


def _of_bytes(data: bytes, name: str, format_name: str | None, mapping: Mapped) -> Iterator[Outcome]:
    if data.startswith(b"\x1f\x8b"):
        data = _unzipped(data)
    chosen = format_name or sniffed(data, name, mapping)
    if chosen in _XML:
        yield from _of_xml(data, chosen)
    elif chosen in JSON:
        yield from _of_json(data, chosen, mapping)
    elif chosen in _STREAMED:
        yield from _of_records(io.BytesIO(data), chosen, stream_encoding(data[:HEAD]), mapping)
    elif chosen == "feed":
        raise FormatUnsupported("this is a feed: it is read as one, not as a wire file", reason="feed")
    else:
        raise FormatUnsupported(f"there is no format {chosen!r}", remedy="one of " + ", ".join(FORMATS))


def _of_messages(file: BinaryIO, format_name: str) -> Iterator[Outcome]:
    read, end = _TEXT[format_name]
    for data in whole_messages(file, end, MAX_TEXT):
        decoded = decode_wire(data)
        yield from _with_doubts(read(decoded.text), decoded.doubts)


def _of_records(file: BinaryIO, format_name: str, encoding: str, mapping: Mapped) -> Iterator[Outcome]:
    if format_name == "parquet":
        return tables.read_parquet(file, mapping)
    if format_name == "mail":
        return mail.read_mail(file)
    if format_name in _TEXT:
        return _of_messages(file, format_name)
    return _of_text(text_chunks(file, encoding), format_name, mapping)


def _of_text(chunks: Iterator[str], format_name: str, mapping: Mapped) -> Iterator[Outcome]:
    if format_name == "reuters21578":
        return reuters21578.read_reuters(chunks)
    lines = lines_of(chunks, MAX_LINE)
    if format_name == "jsonl":
        return tables.read_json_lines(lines, mapping, items_of=wire_items)
    if format_name == "csv":
        return tables.read_csv(lines, mapping)
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


def _unzipped(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as err:
        raise MarkupUnreadable(f"the gzip data is broken: {err}", reason="cut off") from err
    if len(unpacked) > MAX_UNPACKED:
        raise MarkupUnreadable(f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB", reason="too large")
    return unpacked
