"""The loopback server that plays the sample wires: real sockets, conditional answers, every request counted."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from wirecopy.demo.site import Document, build_site
from wirecopy.demo.wires import sample_hosts

_MISSING = Document(404, "text/html; charset=utf-8", b"<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>\n")


def _etag(document: Document) -> str:
    return f'"{hashlib.blake2b(document.body, digest_size=8).hexdigest()}"'


def _is_current(document: Document, etags: str | None, since: str | None) -> bool:
    """Return whether a client's validators name this very document (RFC 9110, 13.1: If-None-Match goes first)."""
    if etags is not None:
        return _etag(document) in {tag.strip().removeprefix("W/") for tag in etags.split(",")}
    if since is None or document.modified is None:
        return False
    try:
        return parsedate_to_datetime(since) >= document.modified
    except (TypeError, ValueError):  # an unreadable or zoneless date is no validator
        return False


class LoopbackServer(ThreadingHTTPServer):
    """A server that ends with whoever began it, and takes no hang-up for an error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up; print anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Server(LoopbackServer):
    wires: WireServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one segment: two would wait for the client's delayed acknowledgement
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        document = self.server.wires.document(host, self.path)
        current = document.status == HTTPStatus.OK and _is_current(
            document, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        )
        status = HTTPStatus.NOT_MODIFIED if current else HTTPStatus(document.status)
        self.server.wires.count(host, self.path, status)
        self._head(document, status)
        if with_body and not current:
            self.wfile.write(document.body)

    def _head(self, document: Document, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("ETag", _etag(document))
        if document.modified is not None:
            self.send_header("Last-Modified", format_datetime(document.modified.astimezone(UTC), usegmt=True))
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", document.content_type)
            self.send_header("Content-Length", str(len(document.body)))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Print nothing: requests are counted instead."""


class WireServer:
    """Plays the sample wires on 127.0.0.1 at a free port while its context is open.

    `start` (aware) is the moment to which all sample dates are relative. Hosts are told apart by the Host header.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._site = build_site(start, 1)
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.wires = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Return the port on which it listens."""
        return self._server.server_address[1]

    @property
    def resolve(self) -> tuple[str, ...]:
        """Return the `HOST=ADDRESS:PORT` pairs for `Settings.resolve` that lead the sample hosts here."""
        return tuple(f"{host}=127.0.0.1:{self.port}" for host in sample_hosts())

    @property
    def requests(self) -> Counter[tuple[str, str, int]]:
        """Return a copy of the counts of requests by host, path (with query) and status."""
        with self._lock:
            return Counter(self._requests)

    def forget_requests(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._requests.clear()

    def publish_update(self) -> None:
        """Switch to the second edition: an update, a correction and a kill; nothing else changes."""
        self._site = build_site(self._start, 2)

    def document(self, host: str, path: str) -> Document:
        """Return what stands under an address now, or a 404."""
        return self._site.get((host, path), _MISSING)

    def count(self, host: str, path: str, status: int) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[host, path, int(status)] += 1
