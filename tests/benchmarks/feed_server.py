"""A loopback server in a process of its own that plays ten thousand feeds and a few hundred sites of articles.

Feeds: `http://f<n>.feeds.example/feed`, or any host with `/feed/<n>`; `http://s<n>.feeds.example/feed` spreads its
entries over the sites; articles: `http://p<n>.pages.example/story/<k>`.
`/_publish?every=50` gives every fiftieth feed a new item; `/_report` tells what each host saw: most requests at once,
and the least time between two. It runs alone, too: `python feed_server.py` prints its port and serves until killed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ITEMS = 20
PAGE_DELAY = 0.02
SITES = 200
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "no", "pu", "ra", "si", "to", "vu", "wa", "ye", "zo"]
WORDS = ["".join(syllables) for syllables in itertools.product(SYLLABLES, repeat=3)]


def sentence(seed: int, length: int = 18) -> str:
    """Return words of no language: so many that no two stories look alike."""
    return " ".join(random.Random(seed).choices(WORDS, k=length)).capitalize() + f" {seed}."


def item(feed: int, number: int, site: str) -> str:
    seed = feed * 1000 + number
    site = site or f"http://p{(feed * ITEMS + number) % SITES}.pages.example"
    return (
        f"<item><title>{sentence(seed, 7)}</title><link>{site}/story/{feed}-{number}</link>"
        f'<guid isPermaLink="false">{feed}-{number}</guid><category>World</category>'
        f"<pubDate>Mon, 02 Mar 2026 {number // 60 % 24:02}:{number % 60:02}:00 +0000</pubDate>"
        f"<description>&lt;p&gt;{sentence(seed)} {sentence(seed + 1)}&lt;/p&gt;</description></item>"
    )


def feed_body(feed: int, version: int, site: str) -> bytes:
    items = "".join(item(feed, number, site) for number in range(version + ITEMS - 1, version - 1, -1))
    head = f"<title>Wire {feed}</title><link>{site}/</link><language>en</language>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def page_body(path: str) -> bytes:
    seed = sum(map(ord, path)) * 31 + len(path)
    paragraphs = "".join(f"<p>{sentence(seed + n, 30)} {sentence(seed + n + 7, 25)}</p>" for n in range(8))
    title = sentence(seed, 7)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta property='article:published_time' "
        f"content='2026-03-02T10:00:00Z'></head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>"
        f"<p>OSLO, March 2 (Test Wire) - {sentence(seed + 3, 30)}</p>{paragraphs}</article><footer>Imprint</footer></body></html>"
    ).encode()


@dataclass
class Seen:
    """What one host saw."""

    requests: int = 0
    running: int = 0
    most: int = 0
    last: float = 0.0
    least: float = 1e9

    def enter(self, at: float) -> None:
        self.requests += 1
        self.running += 1
        self.most = max(self.most, self.running)
        if self.last:
            self.least = min(self.least, at - self.last)
        self.last = at


@dataclass
class Wire:
    """The state of all feeds and hosts."""

    versions: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    hosts: defaultdict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))
    statuses: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def answer(self, host: str, target: str, etag: str | None) -> tuple[int, bytes, str]:
        """Return status, body and ETag."""
        path = urlsplit(target).path
        if path.startswith("/feed"):
            tail = path.removeprefix("/feed").strip("/")
            number = int(tail) if tail else int(host.split(".", maxsplit=1)[0][1:])
            current = f'"{self.versions[number]}"'
            if etag == current:
                return 304, b"", current
            site = "" if host.startswith("s") else f"http://{host}"
            return 200, feed_body(number, self.versions[number], site), current
        if path.startswith("/story"):
            return 200, page_body(host + path), ""
        if path == "/_publish":
            every = int(parse_qs(urlsplit(target).query)["every"][0])
            for number in list(self.versions):
                self.versions[number] += number % every == 0
            return 200, b"ok", ""
        if path == "/_report":
            return 200, json.dumps(self.report()).encode(), ""
        return 404, b"none", ""

    def report(self) -> dict[str, object]:
        pages = {name: seen for name, seen in self.hosts.items() if name.endswith(".pages.example")}
        feeds = {name: seen for name, seen in self.hosts.items() if name.endswith(".feeds.example")}
        return {
            "statuses": dict(self.statuses),
            **{
                f"{kind}_{what}": find((getattr(seen, what) for seen in group.values()), default=0)
                for kind, group in (("pages", pages), ("feeds", feeds))
                for what, find in (("most", max), ("least", min), ("requests", max))
            },
        }


class Connection(asyncio.Protocol):
    """One connection: requests come whole and one at a time, as our clients send them."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end].decode("latin-1"), self.buffer[end + 4 :]
            self.serve(head)

    def serve(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        host, target = headers.get("host", ""), first.split(" ")[1]
        seen = self.wire.hosts[host]
        if not target.startswith("/_"):
            seen.enter(time.monotonic())
        answer = self.wire.answer(host, target, headers.get("if-none-match"))
        close = headers.get("connection", "").lower() == "close"
        delay = PAGE_DELAY if host.endswith(".pages.example") else 0
        if delay:
            asyncio.get_running_loop().call_later(delay, self.send, answer, seen, close)
        else:
            self.send(answer, seen, close)

    def send(self, answer: tuple[int, bytes, str], seen: Seen, close: bool) -> None:
        status, body, etag = answer
        seen.running -= 1
        self.wire.statuses[status] += 1
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Content-Type: text/html; charset=utf-8"]
        if etag:
            lines[2:] = ["Content-Type: application/rss+xml; charset=utf-8", f"ETag: {etag}"]
        if status == 304:
            del lines[1]
        self.transport.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        if close:
            self.transport.close()


async def serve() -> None:
    wire = Wire()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(wire), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running():
    """Run the server in a process of its own; gives its port."""
    process = subprocess.Popen([sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def feed_urls(count: int) -> list[str]:
    return [f"http://f{number}.feeds.example/feed" for number in range(count)]


def spread_urls(count: int) -> list[str]:
    return [f"http://s{number}.feeds.example/feed" for number in range(count)]


def page_urls(count: int, hosts: int) -> list[str]:
    return [f"http://p{number % hosts}.pages.example/story/{number}" for number in range(count)]


def resolve(port: int) -> tuple[str, ...]:
    """Return the setting that sends all hosts of this server to it."""
    return (f"*.example=127.0.0.1:{port}",)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    asyncio.run(serve())
