"""Archives that lie elsewhere: web addresses, Common Crawl's news by day, a web archive's captures; over real sockets."""

import gzip
import http.server
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry

from pipeline.archives import ninjs, quay, settings_of, told, warc
from pipeline.newsroom import ask, page
from wirecopy.demo.server import LoopbackServer
from wirecopy.errors import SourceError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.sources import Wanted
from wirecopy.store.ledger import Ledger


@dataclass
class Shelf:
    """What a server holds by path, and what was asked of it."""

    files: dict[str, bytes]
    ranges: bool = True
    captures: list[tuple[str, str, str]] = field(default_factory=list)
    page_size: int = 1_000
    asked: list[str] = field(default_factory=list)
    base: str = ""
    moved: dict[str, str] = field(default_factory=dict)
    """Paths that lead elsewhere."""
    busy: int = 0
    """How many requests for contents are answered by `busy` before any is served."""

    def answer(self, target):
        """Return the bytes for a request, None where there is nothing."""
        parts = urlsplit(target)
        if parts.path == "/cdx/search/cdx":
            return self.listing(parse_qs(parts.query))
        return self.files.get(unquote(parts.path))

    def listing(self, query):
        """Answer as a CDX server does: rows between two days, a key to go on by."""
        (first,), (last,) = query["from"], query["to"]
        rows = [row for row in self.captures if first <= row[0][:8] <= last]
        start = int(query.get("resumeKey", ["0"])[0])
        table = [["urlkey", "timestamp", "original", "digest", "length"]]
        for stamp, url, digest in rows[start : start + self.page_size]:
            table.append([f"key)/{url.rpartition('/')[2]}", stamp, url, digest, "900"])
        if start + self.page_size < len(rows):
            table += [[], [str(start + self.page_size)]]
        return json.dumps(table).encode()


def handler(shelf):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            self.reply(with_body=False)

        def do_GET(self):
            shelf.asked.append(self.path)
            self.reply(with_body=True)

        def reply(self, *, with_body):
            data = shelf.answer(self.path)
            wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            status = 404 if data is None else 206 if wanted and shelf.ranges else 200
            if with_body and data is not None and shelf.busy:
                shelf.busy, status, data = shelf.busy - 1, 503, b"later"
            data = data or b""
            target = shelf.moved.get(unquote(urlsplit(self.path).path))
            status = 302 if target else status
            self.send_response(status)
            if target:
                self.send_header("Location", target)
            if status == 206:
                first, last = int(wanted[1]), int(wanted[2] or len(data) - 1)
                self.send_header("Content-Range", f"bytes {first}-{min(last, len(data) - 1)}/{len(data)}")
                data = data[first : last + 1]
            self.send_header("Accept-Ranges", "bytes" if shelf.ranges else "none")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if with_body:
                self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


@contextmanager
def served(**values):
    shelf = Shelf(**values)
    server = LoopbackServer(("127.0.0.1", 0), handler(shelf))
    shelf.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield shelf
    finally:
        server.shutdown()
        server.server_close()


def allowed(tmp_path, shelf, **changes):
    return settings_of(tmp_path, allow_private=("127.0.0.0/8",), spacing_seconds=0.0, **changes)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_web_address_is_read_like_a_file(tmp_path, ranges):
    """A WARC file elsewhere lands, whether or not its server gives parts of files, and is skipped the next time."""
    broken = warc([quay(2)])[:-60]
    with served(files={"/c.warc.gz": warc([quay(1)]) + broken + warc([quay(3)])}, ranges=ranges) as shelf:
        settings = allowed(tmp_path, shelf)
        outcomes = backfill(settings, [f"{shelf.base}/c.warc.gz"]).outcomes
        assert outcomes == {Outcome.NEW: 2, Outcome.SET_ASIDE: 1}
        assert backfill(settings, [f"{shelf.base}/c.warc.gz"]).outcomes == {}


def test_what_is_not_there_or_private_stops_the_run(tmp_path):
    """A wrong address is told at once; an address of the own network is not asked unless that is allowed."""
    with served(files={}) as shelf:
        with pytest.raises(SourceError, match="not there"):
            backfill(allowed(tmp_path, shelf), [f"{shelf.base}/none.warc.gz"])
        shelf.files["/a.json"] = ninjs(1)
        shelf.asked.clear()
        with pytest.raises(SourceError, match="private"):
            backfill(settings_of(tmp_path), [f"{shelf.base}/a.json"])
        assert shelf.asked == []


def test_an_archive_that_is_busy_is_asked_again(tmp_path):
    """A part of a file, a list of captures and a page that a server refuses for a moment are read all the same."""
    rows, files = captures(0, 1)
    with served(files={**files, "/c.warc.gz": warc([quay(3)])}, captures=rows) as shelf:
        settings = allowed(tmp_path, shelf, wayback=shelf.base)
        shelf.busy = 1
        assert backfill(settings, [f"{shelf.base}/c.warc.gz"]).outcomes == {Outcome.NEW: 1}
        shelf.busy = 2
        wanted = Wanted(wayback="outlet.example/*", captured=(date(2026, 3, 1), date(2026, 3, 7)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 2}
        assert shelf.busy == 0


class Bucket(MemoryFileSystem):
    """A bucket in memory behind s3's own addresses."""

    protocol = "s3"
    root_marker = ""
    store: ClassVar = {}
    pseudo_dirs: ClassVar = [""]

    @classmethod
    def _strip_protocol(cls, path):
        return path.removeprefix("s3://").strip("/")


class NoCredentialsError(Exception):
    """What the package below s3fs raises where nobody signed the request: no OSError."""

    __module__ = "botocore.exceptions"


@pytest.fixture
def bucket(monkeypatch):
    """Serve s3 addresses from memory."""
    monkeypatch.setitem(_registry, "s3", Bucket)
    monkeypatch.setattr(Bucket, "store", {})
    held = Bucket()
    for name, data in {"years/a.warc.gz": warc([quay(1)]), "years/b.json": ninjs(2), "other/c.json": ninjs(3)}.items():
        held.pipe_file(f"news/{name}", data)
    return held


@pytest.mark.parametrize(
    ("source", "new"), [("s3://news/years", 2), ("s3://news/*/*.json", 2), ("s3://news/other/c.json", 1)]
)
def test_a_bucket_is_read_by_file_folder_and_glob(tmp_path, bucket, source, new):
    """Each object is a unit of its own, done once."""
    settings = settings_of(tmp_path)
    assert backfill(settings, [source]).outcomes == {Outcome.NEW: new}
    assert backfill(settings, [source]).outcomes == {}


def test_what_a_bucket_does_not_give_is_told_with_the_remedy(tmp_path, bucket, monkeypatch):
    """A name that is not there is no success, and a request that nobody signed says how to sign it."""
    with pytest.raises(SourceError, match="not there"):
        backfill(settings_of(tmp_path), ["s3://news/none"])

    def unsigned(*_args, **_given):
        raise NoCredentialsError("Unable to locate credentials")

    monkeypatch.setattr(Bucket, "find", unsigned)
    with pytest.raises(SourceError, match="FSSPEC_S3_ANON"):
        backfill(settings_of(tmp_path), ["s3://news/years"])


def test_news_crawls_are_taken_by_day(tmp_path):
    """The listing of each month names the files, their names the day; only the days asked for are read."""
    days = {"20240430235900": 1, "20240501000100": 2, "20240502120000": 3, "20240503000500": 4}
    paths = {stamp: f"crawl-data/CC-NEWS/{stamp[:4]}/{stamp[4:6]}/CC-NEWS-{stamp}-00001.warc.gz" for stamp in days}
    files = {f"/{path}": warc([quay(days[stamp])]) for stamp, path in paths.items()}
    for month in ("04", "05"):
        lines = "".join(f"{path}\n" for path in paths.values() if f"/2024/{month}/" in path)
        files[f"/crawl-data/CC-NEWS/2024/{month}/warc.paths.gz"] = gzip.compress(lines.encode())
    with served(files=files) as shelf:
        settings = allowed(tmp_path, shelf, commoncrawl=shelf.base)
        wanted = Wanted(cc_news=(date(2024, 4, 30), date(2024, 5, 2)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 3}
        rows = ask(settings, "select url from wire.copies order by 1")
    assert [int(url.rpartition("-")[2]) for (url,) in rows] == [1, 2, 3]


def captures(*numbers):
    """Return CDX rows of pages of their own, the last one a copy of the first, and the pages."""
    rows = [(f"2026030{1 + n}120000", f"https://outlet.example/quay-{n}", f"D{n}") for n in numbers]
    rows.append((f"2026030{8}120000", rows[0][1], rows[0][2]))
    return rows, {f"/web/{stamp}id_/{url}": page(*told(int(url[-1]))) for stamp, url, _ in rows}


def test_captures_of_a_web_archive_land_as_the_pages_they_are(tmp_path):
    """Each text once, under its own address, seen when it was captured; the list is read to its end."""
    rows, files = captures(0, 1, 2)
    with served(files=files, captures=rows, page_size=2) as shelf:
        settings = allowed(tmp_path, shelf, wayback=shelf.base)
        wanted = Wanted(wayback="outlet.example/*", captured=(date(2026, 3, 1), date(2026, 3, 31)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 3}
        assert sum(path.startswith("/web/") for path in shelf.asked) == 3
        shelf.asked.clear()
        assert backfill(settings, wanted).outcomes == {}
        assert not any(path.startswith("/web/") for path in shelf.asked)
    sql = "select url, first_seen_at::varchar from wire.copies order by 1"
    assert ask(settings, sql)[1] == ("https://outlet.example/quay-1", "2026-03-02 12:00:00+00")


def test_a_capture_that_cannot_be_had_is_tried_again(tmp_path):
    """It is set aside and failed in the ledger, its neighbours land; the next run asks for it alone."""
    rows, files = captures(0, 1, 2)
    lost = next(path for path in files if path.endswith("quay-1"))
    body = files.pop(lost)
    with served(files=files, captures=rows) as shelf:
        settings = allowed(tmp_path, shelf, wayback=shelf.base)
        wanted = Wanted(wayback="outlet.example/*", captured=(date(2026, 3, 1), date(2026, 3, 7)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 2, Outcome.SET_ASIDE: 1}
        with Ledger(settings.state_path) as ledger:
            assert sorted(unit.status for unit in ledger.units()) == ["done", "done", "failed"]
        shelf.files[lost] = body
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 1}


def test_a_capture_that_leads_to_another_lands_as_that_one(tmp_path):
    """Under the address and time of the page that came; what leads out of the archive is no capture."""
    rows, files = captures(0, 1, 2)
    near, away = (
        "/web/20260301120000id_/https://outlet.example/quay-0",
        "/web/20260302120000id_/https://outlet.example/quay-1",
    )
    with served(files={**files, "/live": page(*told(9))}, captures=rows) as shelf:
        moved = "/web/20260227101500id_/https://outlet.example/2026/quay"
        shelf.files[moved] = shelf.files.pop(near)
        shelf.moved = {near: moved, away: "/live"}
        settings = allowed(tmp_path, shelf, wayback=shelf.base)
        wanted = Wanted(wayback="outlet.example/*", captured=(date(2026, 3, 1), date(2026, 3, 7)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 2, Outcome.SET_ASIDE: 1}
    rows = ask(settings, "select url, first_seen_at::varchar from wire.copies order by first_seen_at")
    assert rows[0] == ("https://outlet.example/2026/quay", "2026-02-27 10:15:00+00")
    assert ask(settings, "select reason from raw.set_aside") == [("redirect",)]


def test_a_month_without_news_crawls_is_told_with_the_remedy(tmp_path):
    """Alone it stops the run; among others it is set aside and they are read."""
    path = "crawl-data/CC-NEWS/2016/08/CC-NEWS-20160826000100-00001.warc.gz"
    files = {f"/{path}": warc([quay(1)]), "/crawl-data/CC-NEWS/2016/08/warc.paths.gz": gzip.compress(path.encode())}
    with served(files=files) as shelf:
        settings = allowed(tmp_path, shelf, commoncrawl=shelf.base)
        with pytest.raises(SourceError, match="begin in August 2016"):
            backfill(settings, Wanted(cc_news=(date(2016, 7, 1), date(2016, 7, 2))))
        wanted = Wanted(cc_news=(date(2016, 7, 1), date(2016, 8, 31)))
        assert backfill(settings, wanted).outcomes == {Outcome.NEW: 1, Outcome.SET_ASIDE: 1}
