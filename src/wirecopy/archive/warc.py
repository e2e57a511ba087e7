"""WARC records -> Page: responses of status 200, digests checked, one bad record set aside without its neighbours.

WARC 1.1 (ISO 28500:2017): 5.8 WARC-Block-Digest, 5.9 WARC-Payload-Digest, 6.3 response.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from wirecopy.model import Origin, Page, SetAside

MAX_PAGE = 50_000_000


def read_warc(stream: IO[bytes], address: str) -> Iterator[Page | SetAside]:
    """Yield the pages of a WARC file; what cannot be read comes as a `SetAside` naming the record's offset."""
    records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except (OSError, ValueError) as err:
            # The library cannot find the next record once the compression itself is broken.
            yield SetAside(stage="archive", reason="archive broken", detail=str(err), subject=address)
            return
        found = _read_record(record, address)
        if found is not None:
            yield found


def _read_record(record: WarcRecord, address: str) -> Page | SetAside | None:
    """Return the page of a response; None for one that is no success, which is not looked for here."""
    origin = Origin("archive", address, record.stream_pos, record.headers.get("WARC-Payload-Digest") or "")
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    try:
        problem = _problem(record)
        if problem is None:
            # The block digest covers the HTTP head, so that it is checked before the head is parsed away.
            record.parse_http(auto_decode="all")
            return _page(record, url, origin) if _is_success(record) else None
    except (OSError, ValueError) as err:
        problem = ("record broken", str(err))
    return SetAside(stage="archive", reason=problem[0], detail=problem[1], subject=url, origin=origin)


def _is_success(record: WarcRecord) -> bool:
    """Tell whether a response brought a web page: pictures, scripts and feeds of a crawl are none."""
    if not record.http_headers or record.http_headers.status_code != 200:
        return False
    kind = (record.http_content_type or "text/html").lower()
    return "html" in kind or kind == "text/plain"


def _page(record: WarcRecord, url: str, origin: Origin) -> Page:
    date = record.record_date
    return Page(
        requested_url=url,
        final_url=url,
        status=200,
        headers=tuple(record.http_headers.astuples()),
        body=record.reader.read(MAX_PAGE),
        fetched_at=date.astimezone(UTC) if date else None,
        origin=origin,
    )


def _problem(record: WarcRecord) -> tuple[str, str] | None:
    """Return why a record cannot be trusted, or None."""
    if record.content_length > MAX_PAGE:
        return "too large", f"{record.content_length:,} bytes"
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        return "digest wrong", "the block digest does not fit the block"
    return None
