"""The readers of all wire formats behind one door: bytes in, articles out, errors in their turn."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from wirecopy.formats.columns import is_table
from wirecopy.formats.reading import ArticleReader, Outcome, lines_of, text_chunks, whole_messages
from wirecopy.formats.record import Record
from wirecopy.formats.sniff import HEAD, ROOTS_OF, sniff
from wirecopy.markup.json import MAX_BYTES as MAX_JSON
from wirecopy.markup.json import complete_members, joined_values, json_text, opens_list, parse_json_text, stream_members
from wirecopy.markup.wire_encoding import decode_wire
from wirecopy.markup.xml import complete_elements, local_name, namespace, parse_prepared, prepare_xml
from wirecopy.model import Article, Doubt

MAX_UNPACKED = 64_000_000
MAX_TEXT = 8_000_000
MAX_LINE = 20_000_000
Mapped = Mapping[str, str] | None

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
_JSON = frozenset({"json", "ninjs", "apmedia", "newsplease", "fundus"})
# </nitf> <?xml version="1.0"?> <nitf>
_DOCUMENT = re.compile(rb"(?=<\?xml\s)")
_CDATA_OPEN = re.compile(rb"<!\[CDATA\[(?:(?!\]\]>).)*\Z", re.DOTALL)
_IPTC_SPACE = re.compile(r"iptc|nitf|newsml", re.IGNORECASE)
_STREAMED = frozenset({"jsonl", "csv", "plain-export", "reuters21578", "parquet", "mail", *_TEXT})
FORMATS = tuple(sorted({*_XML, *_JSON, *_STREAMED}))


def read_articles(data: bytes, *, name: str = "", format: str | None = None, mapping: Mapped = None) -> ArticleReader:  # noqa: A002  # the command's option is --format
    """Return the articles of a wire file of any format, sniffed from its bytes unless `format` says it.

    `mapping` (`{column: field}`) serves dumps. Whole items come before the error of one that is cut off; the errors are
    `ContentError`s with one sentence, raised by `next` in their turn: `FormatUnsupported`, `MarkupUnreadable`.
    """
    return ArticleReader(_named(_of_file(io.BytesIO(data), name, format, mapping), name))


def read_stream(file: BinaryIO, *, name: str = "", format: str | None = None, mapping: Mapped = None) -> ArticleReader:  # noqa: A002
    """Return the articles of an open file as `read_articles` does, without holding it whole where its records allow.

    JSON Lines, CSV, Parquet, plain export and Reuters-21578 are read in bounded memory; `file` must be seekable.
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
    chosen = format_name or _sniffed(head, name, mapping)
    large = file.seek(0, io.SEEK_END) > MAX_JSON
    listed = opens_list(head.decode("utf-8", "replace"))
    if chosen == "json" and large and not listed:
        chosen = "jsonl"  # of lines so long that the first alone fills what was sniffed
    file.seek(0)
    if chosen in _JSON and large and listed and not packed:
        yield from _of_members(stream_members(text_chunks(file, _encoding(head)), MAX_LINE), chosen, mapping)
    elif chosen in _STREAMED and not packed:
        yield from _of_records(file, chosen, _encoding(head), mapping)
    else:
        data = file.read(MAX_UNPACKED + 1)
        if len(data) > MAX_UNPACKED:
            raise MarkupUnreadable(f"the file is larger than {MAX_UNPACKED // 1_000_000} MB", reason="too large")
        yield from _of_bytes(data, name, format_name, mapping)


def _sniffed(data: bytes, name: str, mapping: Mapped) -> str:
    """Return the format of a file; where columns are mapped, what looks like nothing known is a dump of such columns."""
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
    chosen = format_name or _sniffed(data, name, mapping)
    if chosen in _XML:
        yield from _of_xml(data, chosen)
    elif chosen in _JSON:
        yield from _of_json(data, chosen, mapping)
    elif chosen in _STREAMED:
        yield from _of_records(io.BytesIO(data), chosen, _encoding(data[:HEAD]), mapping)
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
        return tables.read_json_lines(lines, mapping, items_of=_wire_items)
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


def _of_members(members: Iterator[Any], format_name: str, mapping: Mapped) -> Iterator[Outcome]:
    for value in members:
        try:
            yield from _of_value(value, format_name, mapping)
        except ContentError as err:
            yield err


def _of_value(value: Any, format_name: str, mapping: Mapped) -> Iterator[Outcome]:
    chosen = _json_kind(value, mapping) if format_name == "json" else format_name
    if chosen == "apmedia":
        yield from apmedia.read_apmedia(value)
    elif chosen == "ninjs":
        yield from ninjs.read_ninjs(value)
    else:
        yield from tables.read_rows(value, mapping, format_name=chosen)


def _wire_items(value: Any) -> Iterator[Article]:
    """Yield the items of a JSON value that is of a wire format; none of one that is not."""
    kind = _wire_kind(value)
    if kind == "apmedia":
        yield from apmedia.read_apmedia(value)
    elif kind == "ninjs":
        yield from ninjs.read_ninjs(value)


def _wire_kind(value: Any) -> str | None:
    if any(True for _ in apmedia.items_of(value)):
        return "apmedia"
    return "ninjs" if any(ninjs.is_item(record) for record in ninjs.items_of(value)) else None


def _json_kind(value: Any, mapping: Mapped) -> str:
    if kind := _wire_kind(value):
        return kind
    if mapping:
        return "json"
    first = next(iter(tables.rows_of(value)), None)
    if not isinstance(first, dict) or not is_table(first):
        raise FormatUnsupported("this is JSON without a news item in it")
    keys = Record.of(first).values.keys()
    return "newsplease" if {"maintext", "date_publish"} <= keys else "fundus" if "publishing_date" in keys else "json"


def _encoding(head: bytes) -> str:
    """Return the encoding to read a stream in: what `decode` makes of its beginning, strict UTF-8 where it can be."""
    found = decode_wire(head[: head.rfind(b"\n") + 1] or head).encoding.lower()
    return found if found.startswith(("utf-16", "utf-32")) else "utf-8-sig"


def _unzipped(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as err:
        raise MarkupUnreadable(f"the gzip data is broken: {err}", reason="cut off") from err
    if len(unpacked) > MAX_UNPACKED:
        raise MarkupUnreadable(f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB", reason="too large")
    return unpacked
