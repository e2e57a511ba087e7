"""A web archive's pages: what a CDX server lists for an address, asked politely, and the pages as they were captured.

CDX server: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server (`collapse`, `resumeKey`); a page as
it was received stands at `/web/TIMESTAMPid_/ADDRESS`.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote, urlencode

from wirecopy.errors import ContentError, SourceUnavailable
from wirecopy.fetch.http import Client, FetchRequest
from wirecopy.fetch.outcomes import PASSING
from wirecopy.fetch.session import open_runner
from wirecopy.model import Page
from wirecopy.settings import Settings

ROWS = 2_000
"""Rows asked for at once."""
PAUSES = (5, 30)
"""Spacings to wait before asking again, where a busy archive does not name a time itself."""
_FIELDS = "urlkey,timestamp,original,digest,length,statuscode"
_WHOLE = frozenset({"200", "-", ""})
"""Statuses of captures that hold a page; a dash stands where one is as it was before. Not all servers filter."""
# /web/20150301120000id_/https://example.org/a
_CAPTURE = re.compile(r"/web/(?P<stamp>\d{14})[a-z_]*/(?P<url>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WaybackCapture:
    """One capture of a page that an archive lists: where it is to be had, of what address, of when."""

    address: str
    url: str
    seen_at: datetime
    mark: str
    size: int


@dataclass(frozen=True, slots=True)
class WaybackPage:
    """A captured page; `url` and `seen_at` where they are others than were asked for."""

    body: bytes
    url: str | None = None
    seen_at: datetime | None = None


def _instant(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _memento(page: Page) -> datetime | None:
    """Return when a page was captured, as its archive says (RFC 7089), or None."""
    said = next((value for name, value in page.headers if name.lower() == "memento-datetime"), "")
    try:
        return parsedate_to_datetime(said).astimezone(UTC)
    except ValueError:
        return None


class Wayback:
    """Asks one web archive, at the pace of `spacing_seconds` for a host; use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._spacing = settings.spacing_seconds
        self._base = settings.wayback.rstrip("/")
        self._client = Client(settings)
        self._runner = open_runner()

    def __enter__(self) -> Self:
        """Open the session."""
        self._runner.run(self._client.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session."""
        self._runner.run(self._client.__aexit__(None, None, None))
        self._runner.close()

    def has(self, address: str) -> bool:
        """Tell whether an address is one of a capture in this archive."""
        return address.startswith(f"{self._base}/web/")

    def captures(self, pattern: str, first: date, last: date) -> Iterator[WaybackCapture]:
        """Yield the captures of pages under an address (`example.org/news/*`) between two days, each text once.

        Raises `SourceError` where the archive does not answer, or answers no list.
        """
        seen: set[tuple[str, str]] = set()
        resume: str | None = ""
        while resume is not None:
            rows, resume = self._page(pattern, first, last, resume)
            for row in rows:
                if (row["urlkey"], row["digest"]) not in seen:
                    seen.add((row["urlkey"], row["digest"]))
                    yield self._capture(row)

    def open(self, address: str) -> WaybackPage:
        """Return a captured page as it was received, and which it was: an archive may answer with its nearest.

        Raises `SourceError` where it cannot be had, `ContentError` for one that leads out of the archive: what stands
        there today is no capture.
        """
        page = self._get(address)
        if page is None:
            return WaybackPage(b"")
        if not self.has(page.final_url):
            raise ContentError(f"the capture leads to {page.final_url[:200]}", reason="redirect", subject=address)
        said = _CAPTURE.match(page.final_url[len(self._base) :])
        moved = said is not None and page.final_url != address
        url = unquote(said["url"]) if said and moved else None
        return WaybackPage(page.body, url, _memento(page) or (_instant(said["stamp"]) if said and moved else None))

    def _get(self, url: str) -> Page | None:
        """Return what an address answers; an archive that is busy is asked again, twice."""
        for pause in PAUSES:
            try:
                return self._asked(url)
            except SourceUnavailable as err:
                if err.outcome not in PASSING:
                    raise
                if not (err.record and err.record.retry_after):  # else the client sits that out
                    time.sleep(pause * self._spacing)
        return self._asked(url)

    def _asked(self, url: str) -> Page | None:
        return self._runner.run(self._client.fetch(FetchRequest(url=url, kind="archive"))).page

    def _page(self, pattern: str, first: date, last: date, resume: str) -> tuple[list[dict[str, str]], str | None]:
        """Return some rows of the list, and the key by which it goes on; None at its end."""
        query = [
            ("url", pattern),
            ("from", f"{first:%Y%m%d}"),
            ("to", f"{last:%Y%m%d}"),
            ("output", "json"),
            ("fl", _FIELDS),
            ("filter", "statuscode:200"),
            ("filter", "mimetype:text/html"),
            ("collapse", "digest"),
            ("showResumeKey", "true"),
            ("limit", str(ROWS)),
            *([("resumeKey", resume)] if resume else []),
        ]
        url = f"{self._base}/cdx/search/cdx?{urlencode(query)}"
        try:
            answer = self._get(url)
            table = json.loads((answer and answer.body) or b"[]")
            head, *rows = table or [[]]
            key = rows.pop()[0] if len(rows) > 1 and not rows[-2] else None
            listed = [dict(zip(head, row, strict=True)) for row in rows if row]
            return [row for row in listed if row.get("statuscode", "200") in _WHOLE], key
        except (ValueError, TypeError, IndexError) as err:
            raise SourceUnavailable("it gave no list of captures", outcome="bad response", subject=url) from err

    def _capture(self, row: dict[str, Any]) -> WaybackCapture:
        seen_at = _instant(row.get("timestamp", ""))
        if seen_at is None:
            raise SourceUnavailable("it lists a capture without its time", outcome="bad response")
        mark = hashlib.sha256(f"{row['urlkey']} {row['digest']}".encode()).hexdigest()[:32]
        address = f"{self._base}/web/{row['timestamp']}id_/{quote(row['original'], safe=':/?&=%~+,;@!$()*#')}"
        length = row.get("length", "")
        return WaybackCapture(address, row["original"], seen_at, mark, int(length) if length.isdecimal() else 0)
