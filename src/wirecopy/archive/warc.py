"""WARC records -> pages and wire files: responses of status 200 and what revisits them, digests checked.

WARC 1.1 (ISO 28500:2017): 5.8 WARC-Block-Digest, 5.9 WARC-Payload-Digest, 6.3 response, 6.4 resource, 6.7 revisit.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from fastwarc.warc import ArchiveIterator

from wirecopy.archive.payload import plain_payload
from wirecopy.archive.records import MAX_BLOCK, Broken, Record, read_records
from wirecopy.archive.unit import Found, WireFile
from wirecopy.errors import ContentError
from wirecopy.formats import sniff
from wirecopy.model import Origin, Page, SetAside

REMEMBERED = 200_000
"""Responses of a file that a later revisit of it can be resolved to."""
_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
_LOOSE = frozenset({"text", "json", "jsonl", "csv"})
"""Formats that a page's picture list or transcript may look like: no wire file by its bytes alone."""
_UNTOUCHED = (200, 304)
"""What a revisit says of a page that is as it was: fetched again, or not modified."""


def read_warc(file: IO[bytes], address: str) -> Iterator[Found]:
    """Yield the pages and wire files of a WARC file; what cannot be read comes as a `SetAside` naming the record's offset."""
    reading = _Reading(file, address)
    for record in read_records(file):
        found = reading.broken(record) if isinstance(record, Broken) else reading.found(record)
        if found is not None:
            yield found


class _Unusable(Exception):
    """A record that is whole and still cannot be used."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class _Reading:
    """A file being read, and where in it the payloads stand that revisits may point to."""

    file: IO[bytes]
    address: str
    earlier: dict[str, int] = field(default_factory=dict)

    def broken(self, place: Broken) -> SetAside:
        return self._aside(place.offset, place.reason, place.detail, place.url)

    def found(self, record: Record) -> Found | None:
        try:
            if record.kind == "response":
                return self._response(record)
            return self._revisit(record) if record.kind == "revisit" else self._resource(record)
        except _Unusable as err:
            return self._aside(record.offset, err.reason, err.detail, _url(record))
        except (OSError, ValueError) as err:
            # What the library raises for an HTTP head or a content coding that it cannot read.
            return self._aside(record.offset, "record broken", str(err), _url(record))

    def _aside(self, offset: int, reason: str, detail: str, url: str) -> SetAside:
        origin = Origin("archive", self.address, offset)
        return SetAside(stage="archive", reason=reason, detail=detail, subject=url or self.address, origin=origin)

    def _origin(self, record: Record) -> Origin:
        return Origin("archive", self.address, record.offset, record.fields.get("warc-payload-digest", ""))

    def _response(self, record: Record) -> Page | None:
        page = _page(record, self._origin(record))
        if page is not None:
            self._remember(record)
        return page

    def _remember(self, record: Record) -> None:
        for name in _names(record.fields, ("warc-record-id", "warc-payload-digest")):
            self.earlier.setdefault(name, record.offset)
        while len(self.earlier) > 2 * REMEMBERED:
            del self.earlier[next(iter(self.earlier))]

    def _revisit(self, record: Record) -> Page | None:
        """Return the page that was seen again, under the address and at the time of the revisit."""
        said = _http(record)
        if said is not None and (said.status not in _UNTOUCHED or not said.is_web_page):
            return None
        first = self._referred(record)
        if first is None:
            detail = "the record that it refers to is not in this file"
            raise _Unusable("revisit unresolved", detail)
        page = _page(first, self._origin(record))
        return page and replace(
            page, requested_url=_requested(record), final_url=_url(record), fetched_at=_moment(record)
        )

    def _referred(self, record: Record) -> Record | None:
        """Return the response that a revisit refers to: where it says, else the one of the same id or payload."""
        beside, offset = (
            record.fields.get("warc-refers-to-filename"),
            record.fields.get("warc-refers-to-file-offset", ""),
        )
        if beside and offset.isdecimal():
            return self._beside(Path(beside).name, int(offset))
        names = _names(record.fields, ("warc-refers-to", "warc-payload-digest"))
        at = next((self.earlier[name] for name in names if name in self.earlier), None)
        if at is None or not self.file.seekable():
            return None
        back = self.file.tell()
        first = _record_at(self.file, at, names)
        self.file.seek(back)
        return first

    def _beside(self, name: str, offset: int) -> Record | None:
        """Return a record of another file of the same folder, or of this one."""
        for path in (Path(self.address).with_name(name), Path(self.address).with_name(f"{name}.open")):
            if path.is_file():
                with path.open("rb") as file:
                    file.seek(offset)
                    return _whole(next(read_records(file, offset), None))
        return None

    def _resource(self, record: Record) -> Page | WireFile | None:
        """Return a file that came without HTTP: a page or a wire file; None for pictures, transcripts and the like."""
        _check_size(record)
        _check_block(record)
        url, kind = _url(record), record.fields.get("content-type", "").lower()
        if record.kind == "resource" and "html" in kind and url.startswith("http"):
            return Page(
                requested_url=url,
                final_url=url,
                body=record.block,
                headers=(("Content-Type", kind),),
                fetched_at=_moment(record),
                origin=self._origin(record),
            )
        name = url.rpartition("/")[2]
        return WireFile(name=name, data=record.block, origin=self._origin(record)) if _is_wire(record.block) else None


def _record_at(file: IO[bytes], offset: int, names: list[str]) -> Record | None:
    """Return the record of one of these names that stands at an offset: a member may hold more than one."""
    file.seek(offset)
    for record in read_records(file, offset):
        if isinstance(record, Broken) or record.offset != offset:
            return None
        if set(_names(record.fields, ("warc-record-id", "warc-payload-digest"))) & set(names):
            return record
    return None


def _whole(record: Record | Broken | None) -> Record | None:
    return record if isinstance(record, Record) else None


def _names(fields: Mapping[str, str], wanted: tuple[str, ...]) -> list[str]:
    return [fields[name] for name in wanted if fields.get(name)]


def _url(record: Record) -> str:
    return record.fields.get("warc-target-uri", "").strip("<>")


def _requested(record: Record) -> str:
    return record.fields.get("wirecopy-requested-uri") or _url(record)


def _moment(record: Record) -> datetime | None:
    try:
        return datetime.fromisoformat(record.fields.get("warc-date", "")).astimezone(UTC)
    except ValueError:
        return None


def _is_wire(data: bytes) -> bool:
    try:
        return sniff(data) not in _LOOSE
    except ContentError:
        return False


# --- HTTP ---


@dataclass(frozen=True, slots=True)
class _Http:
    """An HTTP message: its status, what it is of, its headers, its body without transfer and content coding."""

    status: int
    kind: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_web_page(self) -> bool:
        """Return whether it may be an article: pictures, scripts and feeds of a crawl are none."""
        return "html" in self.kind or self.kind == "text/plain"


def _page(record: Record, origin: Origin) -> Page | None:
    """Return the page of a response; None for one that is no success, which is not looked for here."""
    _check_size(record)
    _check_block(record)
    message = _http(record)
    if message is None or message.status != 200 or not message.is_web_page:
        return None
    _check_payload(record, message)
    return Page(
        requested_url=_requested(record),
        final_url=_url(record),
        status=200,
        headers=message.headers,
        body=message.body,
        fetched_at=_moment(record),
        origin=origin,
    )


def _http(record: Record) -> _Http | None:
    """Return the HTTP message in a block; None where there is none."""
    if not record.block.startswith(b"HTTP/"):
        return None
    head = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(record.block)}\r\n\r\n"
    read, body = _decoded(head.encode() + record.block + b"\r\n\r\n")
    if not read.http_headers:
        return None
    return _Http(
        status=read.http_headers.status_code or 0,
        kind=(read.http_content_type or "text/html").lower(),
        headers=tuple(read.http_headers.astuples()),
        body=body,
    )


def _decoded(data: bytes) -> tuple[Any, bytes]:
    """Return a record as the library reads it and its payload; one whose headers lie, as its own bytes show it."""
    try:
        read = next(ArchiveIterator(io.BytesIO(data), parse_http=False))
        read.parse_http(auto_decode="all")
        return read, read.reader.read(MAX_BLOCK)
    except (OSError, ValueError):
        read = next(ArchiveIterator(io.BytesIO(data), parse_http=False))
        read.parse_http(auto_decode="none")
        plain = plain_payload(read.reader.read(MAX_BLOCK), MAX_BLOCK)
        if plain is None:
            raise
        return read, plain


# --- checks ---


def _check_size(record: Record) -> None:
    size = int(record.fields["content-length"])
    if size > MAX_BLOCK:
        raise _Unusable("too large", f"{size:,} bytes")


def _check_block(record: Record) -> None:
    if not _fits(record.fields.get("warc-block-digest", ""), record.block):
        raise _Unusable("digest wrong", "the block digest does not fit the block")


def _check_payload(record: Record, message: _Http) -> None:
    """Check the payload where the block's own digest is not there to do it; writers differ on whether chunks belong to it."""
    if record.fields.get("warc-block-digest") or any(
        name.lower() == "transfer-encoding" for name, _ in message.headers
    ):
        return
    payload = record.block.partition(b"\r\n\r\n")[2]
    if not _fits(record.fields.get("warc-payload-digest", ""), payload):
        raise _Unusable("digest wrong", "the payload digest does not fit the payload")


def _fits(said: str, data: bytes) -> bool:
    """Return whether a digest (in base 32, base 64 or base 16) fits; one of an unknown algorithm is not held against it."""
    algorithm, _, value = said.partition(":")
    name = algorithm.strip().lower().replace("-", "")
    if name not in _ALGORITHMS:
        return True
    made = hashlib.new(name, data, usedforsecurity=False).digest()
    bare = value.strip().rstrip("=")
    return bare.upper() == _base32(made) or bare.lower() == made.hex() or bare == _base64(made)


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
