"""The records that Wirecopy writes: what was asked, what came, what was already held, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from wirecopy.fetch.warc import REVISIT_PROFILE, Fields, digest, http_head, pack, record_id, warc_date
from wirecopy.model import Capture, Page

Earlier = tuple[Capture, datetime]
"""Where and when the same payload was captured before."""


def page_records(page: Page, kind: str, about: Mapping[str, str], at: datetime, agent: str) -> list[bytes]:
    """Return metadata, request and response: the payload last, so that where it is, all is."""
    name = record_id()
    return [*_before(page, kind, about, name, at, agent), _response(page, name, at)]


def revisit_records(
    page: Page, kind: str, about: Mapping[str, str], at: datetime, agent: str, earlier: Earlier | None
) -> list[bytes]:
    """Return metadata, request and revisit of a payload that is held already, at `earlier` where that is known."""
    name = record_id()
    return [*_before(page, kind, about, name, at, agent), _revisit(page, name, at, earlier)]


def _before(page: Page, kind: str, about: Mapping[str, str], name: str, at: datetime, agent: str) -> list[bytes]:
    return [metadata(kind, about, name, page.final_url, at), _request(page, name, at, agent)]


def file_info(name: str, at: datetime, agent: str) -> bytes:
    """Return the record that heads a file."""
    block = f"software: {agent}\r\nformat: WARC File Format 1.1\r\n".encode()
    fields: Fields = (
        ("WARC-Record-ID", record_id()),
        ("WARC-Date", warc_date(at)),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    )
    return pack("warcinfo", fields, block)


def metadata(kind: str, about: Mapping[str, str], concurrent: str, uri: str, at: datetime) -> bytes:
    """Return what is said about the record `concurrent`: why it was fetched, and who led there."""
    lines = [("kind", kind), *about.items()]
    block = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in lines if value)
    fields: Fields = (
        ("WARC-Record-ID", record_id()),
        ("WARC-Date", warc_date(at)),
        ("WARC-Target-URI", uri),
        ("WARC-Concurrent-To", concurrent),
        ("Content-Type", "application/warc-fields"),
    )
    return pack("metadata", fields, block.encode("utf-8", "replace"))


def _request(page: Page, concurrent: str, at: datetime, agent: str) -> bytes:
    """Return what was asked, without the credentials that it may have been asked with."""
    parts = urlsplit(page.final_url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    block = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: {agent}\r\n\r\n".encode()
    fields: Fields = (
        ("WARC-Record-ID", record_id()),
        ("WARC-Date", warc_date(at)),
        ("WARC-Target-URI", page.final_url),
        ("WARC-Concurrent-To", concurrent),
        ("Content-Type", "application/http; msgtype=request"),
    )
    return pack("request", fields, block)


def _response_fields(page: Page, name: str, at: datetime) -> Fields:
    return (
        ("WARC-Record-ID", name),
        ("WARC-Date", warc_date(at)),
        ("WARC-Target-URI", page.final_url),
        ("Wirecopy-Requested-URI", page.requested_url if page.requested_url != page.final_url else ""),
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Payload-Digest", digest(page.body)),
    )


def _response(page: Page, name: str, at: datetime) -> bytes:
    return pack("response", _response_fields(page, name, at), http_head(page) + page.body)


def _revisit(page: Page, name: str, at: datetime, earlier: Earlier | None) -> bytes:
    fields: Fields = (
        *_response_fields(page, name, at),
        ("WARC-Profile", REVISIT_PROFILE),
        ("WARC-Refers-To-Target-URI", page.final_url),
    )
    if earlier:
        capture, seen_at = earlier
        fields += (
            ("WARC-Refers-To-Date", warc_date(seen_at)),
            ("WARC-Refers-To-Filename", capture.file),
            ("WARC-Refers-To-File-Offset", str(capture.offset)),
        )
    return pack("revisit", fields, http_head(page))


def resource(uri: str, data: bytes, name: str, at: datetime, media_type: str) -> bytes:
    """Return the record of a file or mail that came without HTTP."""
    fields: Fields = (
        ("WARC-Record-ID", name),
        ("WARC-Date", warc_date(at)),
        ("WARC-Target-URI", uri),
        ("Content-Type", media_type or "application/octet-stream"),
        ("WARC-Payload-Digest", digest(data)),
    )
    return pack("resource", fields, data)
