"""A web archive's pages: what a CDX server lists for an address, asked politely, and the pages as they were captured.

CDX server: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server (`collapse`, `resumeKey`); a page as
it was received stands at `/web/TIMESTAMPid_/ADDRESS`.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote, urlencode

from wirecopy.errors import SourceUnavailable
from wirecopy.fetch.http import Client, FetchRequest
from wirecopy.fetch.outcomes import PASSING
from wirecopy.fetch.session import open_runner
from wirecopy.settings import Settings

ROWS = 2_000
"""Rows asked for at once."""
PAUSES = (5, 30)
"""Spacings to wait before asking again, where a busy archive does not name a time itself."""
_FIELDS = "urlkey,timestamp,original,digest,length"


@dataclass(frozen=True, slots=True)
class WaybackCapture:
    """One capture of a page that an archive lists: where it is to be had, of what address, of when."""

    address: str
    url: str
    seen_at: datetime
    mark: str
    size: int


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

    def open(self, address: str) -> IO[bytes]:
        """Return a captured page as it was received; raises `SourceError` where it cannot be had."""
        return io.BytesIO(self._get(address))

    def _get(self, url: str) -> bytes:
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

    def _asked(self, url: str) -> bytes:
        fetched = self._runner.run(self._client.fetch(FetchRequest(url=url, kind="archive")))
        return fetched.page.body if fetched.page else b""

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
            table = json.loads(self._get(url) or b"[]")
            head, *rows = table or [[]]
            key = rows.pop()[0] if len(rows) > 1 and not rows[-2] else None
            return [dict(zip(head, row, strict=True)) for row in rows if row], key
        except (ValueError, TypeError, IndexError) as err:
            raise SourceUnavailable("it gave no list of captures", outcome="bad response", subject=url) from err

    def _capture(self, row: dict[str, Any]) -> WaybackCapture:
        try:
            seen_at = datetime.strptime(row["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except (KeyError, ValueError) as err:
            raise SourceUnavailable("it lists a capture without its time", outcome="bad response") from err
        mark = hashlib.sha256(f"{row['urlkey']} {row['digest']}".encode()).hexdigest()[:32]
        address = f"{self._base}/web/{row['timestamp']}id_/{quote(row['original'], safe=':/?&=%~+,;@!$()*#')}"
        length = row.get("length", "")
        return WaybackCapture(address, row["original"], seen_at, mark, int(length) if length.isdecimal() else 0)
