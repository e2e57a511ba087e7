"""Bytes -> name of the wire format: by content, since file names lie.

Order of the tests: byte order marks and magics, XML root, JSON shape, ANPA and 7901 headers, `<REUTERS`, mail headers,
plain export, tables, plain text.
"""

from __future__ import annotations

import json
import re
import zlib

from wirecopy.errors import ContentError, FormatUnsupported, MarkupUnreadable
from wirecopy.formats import anpa, iptc7901
from wirecopy.formats.columns import is_table
from wirecopy.formats.delimited import read_table
from wirecopy.formats.plain_export import DATE_LINE
from wirecopy.markup.wire_encoding import decode_wire

HEAD = 65_536

_MAGICS = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"RIFF", "a media file"),
    (b"OggS", "a media file"), (b"ID3", "a media file"), (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"), (b"\x7fELF", "a program"), (b"WARC/", "a WARC archive"),
    (b"filedesc://", "an ARC file: convert it to WARC, by warcio recompress"),
)  # fmt: skip
_ROOTS = {
    "nitf": "nitf",
    "newsml": "newsml-1",
    "newsmessage": "newsml-g2", "newsitem": "newsml-g2", "packageitem": "newsml-g2",
    "rss": "feed", "feed": "feed", "rdf": "feed",
    "reuters": "reuters21578", "lewis": "reuters21578",
}  # fmt: skip
ROOTS_OF = {
    name: frozenset(root for root, format_name in _ROOTS.items() if format_name == name)
    for name in ("nitf", "newsml-1", "newsml-g2")
} | {"rcv1": frozenset({"newsitem"})}
"""Format -> the names of its documents' roots, in lower case."""
# <n:nitf …   <NewsML>   in an envelope that is nobody's format
_WITHIN = re.compile(r"<(?:[\w.-]+:)?(?P<name>nitf|NewsML|newsMessage|newsItem|packageItem)(?=[\s>])")
_NO_NEWS = frozenset({"conceptitem", "knowledgeitem", "planningitem", "catalogitem"})

# <?xml …?> <!-- … --> <!DOCTYPE nitf …> <ns:nitf
_PROLOGUE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")
# <newsitem itemid="2286" id="root" date="1996-08-20" …
_RCV1 = re.compile(r"<newsitem\s[^>]*\bitemid=")
_DOC_TAG = re.compile(r"<(?:DOCNO|DOCID|HEADLINE|DATELINE|TEXT)\b", re.IGNORECASE)
# {"uri": …   [{"uri": …   [] but not [EMBARGOED]
_JSON = re.compile(r'\{\s*(?:["}]|$)|\[\s*(?:[\[{"\]]|$)')
_VALUE_LENGTH = 2_000
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")
_MAIL = re.compile(
    r"^(?:Received|From|Date|Subject|Message-ID|MIME-Version|Delivered-To|Return-Path):[ 	]",
    re.IGNORECASE | re.MULTILINE,
)


def sniff(data: bytes, name: str = "") -> str:
    """Return the name of the format of a file's bytes; `feed` for RSS, Atom and JSON Feed, which `parse` reads.

    Raises `MarkupUnreadable` for blank input and `FormatUnsupported`, saying what it is, for what nobody reads.
    """
    try:
        return _of_head(_unzipped(data) if data.startswith(b"\x1f\x8b") else data[:HEAD])
    except ContentError as err:
        err.subject = err.subject or name
        raise


def _of_head(head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, what in _MAGICS:
        if head.startswith(magic):
            raise FormatUnsupported(f"this is {what}, no wire format")
    text = decode_wire(head).text.lstrip("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise MarkupUnreadable("the file is empty or blank", reason="empty")
    if wire := _by_header(text):
        return wire
    if _is_binary(text):
        raise FormatUnsupported("this is binary data of no known kind", reason="binary")
    return _of_text(text)


def _unzipped(data: bytes) -> bytes:
    """Return the beginning of what gzip data unpack to; broken data are found out when they are read."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:HEAD], HEAD)
    except zlib.error as err:
        raise MarkupUnreadable(f"the gzip data is broken: {err}", reason="cut off") from err


def _by_header(text: str) -> str | None:
    if anpa.HEADER.match(text):
        return "anpa"
    first = [line for line in re.split(r"\r?\n|\r", text[:2000]) if line.strip(" \x07\x7f\0\x16")][:3]
    return "iptc7901" if any(iptc7901.HEADER.match(line) for line in first) else None


def _is_binary(text: str) -> bool:
    sample = text[:8000]
    strange = len(_STRANGE.findall(sample))
    return strange > 0.1 * len(sample)


def _of_text(text: str) -> str:
    bare = text.lstrip(" \t\r\n\0")
    if bare.startswith("<"):
        return _of_markup(bare)
    if _JSON.match(bare):
        return _of_json(bare)
    if _is_value(bare):
        raise FormatUnsupported("this is a JSON value without a news item in it")
    return _of_lines(text, bare)


def _is_value(text: str) -> bool:
    """Tell a JSON text that is no object: an interface's `null`, a number, a list of numbers."""
    if len(text) > _VALUE_LENGTH or not re.match(r'[-\d"tfn\[]', text):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _of_markup(text: str) -> str:
    root = root_name(text)
    if _RCV1.search(text):
        return "rcv1"
    if root.upper() == "DOC" and _DOC_TAG.search(text):
        return "sgml-doc"
    if root.lower() in _ROOTS:
        return _ROOTS[root.lower()]
    if root.lower() in _NO_NEWS:
        raise FormatUnsupported(f"a NewsML-G2 {root} holds no news", reason="no news")
    if root.lower() == "html" or "<!doctype html" in text[:500].lower():
        raise FormatUnsupported("this is a web page, no wire file", reason="web page")
    if held := _WITHIN.search(text):
        return _ROOTS[held["name"].lower()]
    raise FormatUnsupported(f"unsupported root element {root or '(none)'}")


def root_name(text: str) -> str:
    """Return the local name of a document's root element as far as its beginning shows it, or an empty string."""
    at = 0
    while found := _PROLOGUE.match(text, at) or _DOCTYPE.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root["name"] if root else ""


def _of_json(text: str) -> str:
    head = text[:HEAD].lower()
    if "jsonfeed.org/version" in head[:4000]:
        return "feed"
    first, _, rest = text.partition("\n")
    lines = first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")
    return "jsonl" if lines else "json"


def _of_lines(text: str, bare: str) -> str:
    if "<REUTERS" in text[:2000]:
        return "reuters21578"
    head = bare.replace("\r\n", "\n").partition("\n\n")[0]
    if len({line.lower() for line in _MAIL.findall(head)}) >= 2:
        return "mail"
    lines = text.splitlines()[:200]
    if any(DATE_LINE.match(line) for line in lines[:20]):
        return "plain-export"
    return "csv" if looks_like_table(lines) else "text"


def looks_like_table(lines: list[str]) -> bool:
    """Return whether the first line names the columns of a dump."""
    try:
        names = read_table(lines[:10]).header
    except MarkupUnreadable:
        return False
    return len(lines) > 1 and 2 <= len(names) <= 200 and is_table(names)
