"""Fetching by itself: ten thousand feeds cold and warm, and pages over many hosts with politeness on.

Cold: fetched, captured, parsed in two processes. Warm: one in fifty has a new item, the others answer 304. Nothing
lands here; `bench_poll.py` measures the whole way.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import tempfile
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import feed_server

from wirecopy.fetch.capture import CaptureWriter
from wirecopy.fetch.http import Client, FetchRequest
from wirecopy.fetch.schedule import PollResult, plan, request_for
from wirecopy.fetch.session import open_runner
from wirecopy.model import Feed, FeedState
from wirecopy.parse import read_feed
from wirecopy.settings import Settings

SLICE = 64
SLACK = 0.03
"""Seconds by which a busy server may note a request late."""


def read_all(pages):
    return [read_feed(page) for page in pages]


async def poll_all(client, captures, pool, feeds, states, settings):
    """Poll every feed once; parse in slices, in the pool, while others are fetched."""
    loop = asyncio.get_running_loop()
    parses = []
    waiting = []

    async def parse(batch):
        contents = await loop.run_in_executor(pool, read_all, [fetched.page for _, fetched in batch])
        for (feed, fetched), content in zip(batch, contents, strict=True):
            ids = tuple(entry.guid or "" for entry in content.entries)
            result = PollResult.of_fetched(fetched, content, ids)
            states[feed.url] = plan(states[feed.url], result, now=datetime.now(UTC), settings=settings)

    async def one(feed):
        fetched = await client.fetch(request_for(feed, states[feed.url], now=datetime.now(UTC)))
        if fetched.page is None:
            result = PollResult.of_fetched(fetched)
            states[feed.url] = plan(states[feed.url], result, now=datetime.now(UTC), settings=settings)
            return
        captures.write(fetched.page, "feed", {"feed": feed.url})
        waiting.append((feed, fetched))
        if len(waiting) >= SLICE:
            parses.append(asyncio.ensure_future(parse(waiting[:])))
            waiting.clear()

    for start in range(0, len(feeds), 1000):
        await asyncio.gather(*(one(feed) for feed in feeds[start : start + 1000]))
        captures.sync()
    if waiting:
        parses.append(asyncio.ensure_future(parse(waiting)))
    await asyncio.gather(*parses)


async def fetch_pages(client, captures, urls):
    async def one(url):
        captures.write((await client.fetch(FetchRequest(url=url, kind="page"))).page, "page")

    await asyncio.gather(*(one(url) for url in urls))
    captures.sync()


def told_to_publish(port):
    urllib.request.urlopen(f"http://127.0.0.1:{port}/_publish?every=50").close()


def report(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_report") as answer:
        return json.load(answer)


def told(name, count, began):
    seconds = time.monotonic() - began
    print(f"{name:<14} {count:>7,} in {seconds:6.1f} s  {count / seconds:8,.0f} a second", flush=True)


async def bench(args, port, folder, pool):
    settings = Settings(resolve=feed_server.resolve(port), spacing_seconds=args.spacing)
    feeds = [Feed(url=url) for url in feed_server.feed_urls(args.feeds)]
    states = {feed.url: FeedState(url=feed.url) for feed in feeds}
    with CaptureWriter(folder) as captures:
        async with Client(settings) as client:
            for name in ("cold", "warm"):
                began = time.monotonic()
                await poll_all(client, captures, pool, feeds, states, settings)
                told(f"{name} feeds", len(feeds), began)
                await asyncio.to_thread(told_to_publish, port)
            urls = feed_server.page_urls(args.pages, args.hosts)
            began = time.monotonic()
            await fetch_pages(client, captures, urls)
            told("pages", len(urls), began)
    return settings


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--spacing", type=float, default=0.5)
    args = parser.parse_args()
    with feed_server.running() as port, tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        pool.submit(read_all, []).result()
        with open_runner() as runner:
            settings = runner.run(bench(args, port, Path(folder), pool))
        found = report(port)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {memory:.0f} MB; the server saw: {found}")
    assert found["pages_most"] <= settings.connections_per_host
    assert found["pages_least"] >= args.spacing - SLACK, "two requests came closer than allowed"


if __name__ == "__main__":
    main()
