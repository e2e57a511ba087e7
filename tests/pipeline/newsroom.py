"""A newsroom to poll: outlets on a loopback server that a test publishes to, and the settings that lead there."""

import hashlib
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from blank_warehouse import put_blank
from wirecopy.demo.server import LoopbackServer
from wirecopy.model import Feed
from wirecopy.settings import Settings
from wirecopy.store.connection import Warehouse
from wirecopy.store.query import run
from wirecopy.store.state import State

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOSTS = ("outlet.example", "gazette.example", "wire.example")

SENTENCES = (
    "The port authority in {place} said on Monday that the northern quay would stay shut until the end of {n} weeks of repairs.",
    "Engineers found cracks in {n} of the steel piles after a cargo ship struck the pier during last month's storm.",
    "Dock workers will be moved to the older terminal, where crews had already been unloading grain at night.",
    "A spokeswoman for the union, Marta {name}, said nobody would lose pay while the work went on.",
    "Shipping lines expect delays of up to {n} hours, and two of them have sent vessels further along the coast.",
    "The regional government has promised {n} million in aid, most of it for new fenders and lighting.",
    "Fishermen complained that the detour through the outer channel costs them an hour on every trip.",
    "Repairs of the same quay in 1998 took twice as long as planned, a former harbour master recalled.",
)


def story(place="HALDEN", number=3, name="Okoye", agency="AP"):
    """Return the paragraphs of a story, another one for every place, number and name."""
    lines = [line.format(place=place.title(), n=number, name=name) for line in SENTENCES]
    return [
        f"{place} ({agency}) — {lines[0]} {lines[1]}",
        " ".join(lines[2:4]),
        " ".join(lines[4:6]),
        " ".join(lines[6:]),
    ]


def page(headline, paragraphs, *, published=START, modified=None):
    """Return an article page as an outlet would serve it."""
    changed = f'<meta property="article:modified_time" content="{modified.isoformat()}">' if modified else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{headline} | The Outlet</title><meta property="og:title" content="{headline}">'
        f'<meta property="article:published_time" content="{published.isoformat()}">{changed}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>'
        f"<main><article><h1>{headline}</h1>{text}</article></main>"
        '<aside><h2>Most read</h2><a href="/1">Another thing</a></aside><footer>All about the paper</footer></body></html>'
    ).encode()


def rss(items, guids=()):
    """Return an RSS feed of (headline, link, published) items; the link is the guid where none is given."""
    entries = "".join(
        f"<item><title>{headline}</title><link>{link}</link><guid>{guid}</guid><pubDate>{format_datetime(published)}</pubDate></item>"
        for (headline, link, published), guid in zip(
            items, [*guids, *(link for _, link, _ in items[len(guids) :])], strict=True
        )
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title><link>http://x.example/</link>{entries}</channel></rss>'.encode()


@dataclass
class Newsroom:
    """What the outlets serve, and what was asked of them."""

    documents: dict = field(default_factory=dict)
    moved: dict = field(default_factory=dict)
    secrets: dict = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)
    port: int = 0
    now: datetime = START + timedelta(hours=1)

    def clock(self):
        return self.now

    def later(self, **delta):
        self.now += timedelta(**delta)

    def publish(self, url, body, *, kind="text/html; charset=utf-8", status=200):
        self.documents[url] = (status, kind, body)

    def publish_feed(self, host, items):
        self.publish(f"http://{host}/feed", rss(items), kind="application/rss+xml")

    def publish_story(self, host, slug, headline, paragraphs, **about):
        url = f"http://{host}/2026/03/02/{slug}"
        self.publish(url, page(headline, paragraphs, **about))
        return (headline, url, START)

    def settings(self, folder, **changes):
        values = {
            "warehouse": put_blank(folder / "news.duckdb"),
            "resolve": tuple(f"{host}=127.0.0.1:{self.port}" for host in HOSTS),
            "spacing_seconds": 0.0,
            "connections_per_host": 8,
            "timeout_seconds": 5.0,
            "workers": 1,
            **changes,
        }
        settings = Settings(**values)
        with State(settings.state_path) as state:
            state.add_feeds(
                Feed(url=f"http://{host}/feed", language="en")
                for host in HOSTS
                if f"http://{host}/feed" in self.documents
            )
        return settings


def ask(settings, sql):
    """Return the rows of a query."""
    return list(run(Warehouse(settings.warehouse), sql).rows)


@contextmanager
def open_newsroom():
    """Serve a newsroom on loopback for the time of a test."""
    room = Newsroom()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            url = f"http://{self.headers['Host'].partition(':')[0]}{self.path}"
            status, kind, body = room.documents.get(url, (404, "text/plain", b"nothing here"))
            if url in room.moved:
                status, body = 301, b""
            if self.headers.get("Authorization") != room.secrets.get(url):
                status, body = 401, b"who are you?"
            tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
            if status == 200 and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            room.asked[url, status] += 1
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", tag)
            if url in room.moved:
                self.send_header("Location", room.moved[url])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = LoopbackServer(("127.0.0.1", 0), Handler)
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
