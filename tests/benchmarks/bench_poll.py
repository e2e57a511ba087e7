"""Polling end to end: ten thousand feeds cold and warm, two thousand articles over two hundred hosts, beside reader.

Cold: all answer 200 with 20 items, none of whose pages is fetched. Warm: one feed in fifty has a new item, the others
answer 304. Articles: a hundred feeds whose entries lie on two hundred hosts, with politeness on; the server asserts
that no host sees more requests at once, or closer together, than allowed.

The peer is lemon24/reader, in an environment of its own (`python -m venv E; E/bin/pip install reader sgmllib3k`), the
same number of feeds, eight workers: `--reader E/bin/python`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feed_server

from wirecopy.model import Feed
from wirecopy.pipeline.ingest import poll
from wirecopy.settings import Settings
from wirecopy.store.state import State

SLACK = 0.03
"""Seconds by which a busy server may note a request late."""

READER = """
import sys, time
from reader import make_reader
port, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
reader = make_reader(path)
for number in range(count):
    reader.add_feed(f"http://127.0.0.1:{port}/feed/{number}")
for name in ("cold", "warm"):
    began = time.monotonic()
    reader.update_feeds(workers=8, scheduled=False)
    print(name, count / (time.monotonic() - began), flush=True)
    input()
"""


def publish(port):
    urllib.request.urlopen(f"http://127.0.0.1:{port}/_publish?every=50").close()


def seen(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_report") as answer:
        return json.load(answer)


def told(name, count, seconds, detail=""):
    print(f"{name:<22} {count:>7,} in {seconds:6.1f} s  {count / seconds:8,.0f} a second  {detail}", flush=True)
    return count / seconds


def polled(settings, feeds, *, name, clock, **options):
    """Poll everything that is due and tell how fast."""
    with State(settings.state_path) as state:
        state.add_feeds(feeds)
    began = time.monotonic()
    report = poll(settings, clock=clock, **options)
    return told(name, len(feeds), time.monotonic() - began, str(report.counts()))


def feeds_bench(args, port, folder):
    settings = Settings(
        warehouse=folder / "feeds.duckdb", resolve=feed_server.resolve(port), spacing_seconds=args.spacing, workers=2
    )
    feeds = [Feed(url=url) for url in feed_server.feed_urls(args.feeds)]
    start = datetime.now(UTC)
    rates = {"cold": polled(settings, feeds, name="cold feeds", clock=lambda: start, pages=False)}
    publish(port)
    later = start + timedelta(hours=2)
    rates["warm"] = polled(settings, feeds, name="warm feeds", clock=lambda: later, pages=False)
    return rates


def pages_bench(args, port, folder):
    settings = Settings(
        warehouse=folder / "pages.duckdb", resolve=feed_server.resolve(port), spacing_seconds=args.spacing, workers=2
    )
    feeds = [Feed(url=url) for url in feed_server.spread_urls(args.pages // feed_server.ITEMS)]
    start = datetime.now(UTC)
    polled(settings, feeds, name="feeds with articles", clock=lambda: start)
    found = seen(port)
    print(f"{'the server saw':<22} {found}")
    assert found["pages_most"] <= settings.connections_per_host, "more at once than allowed"
    assert found["pages_least"] >= args.spacing - SLACK, "closer together than allowed"


def reader_bench(args, folder):
    """Run the peer against a server of its own; return its rates."""
    rates = {}
    with feed_server.running() as port:
        command = [args.reader, "-W", "ignore", "-c", READER, str(port), str(args.feeds), str(folder / "reader.sqlite")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
            for _ in range(2):
                name, rate = peer.stdout.readline().split()
                rates[name] = float(rate)
                told(f"reader, {name}", args.feeds, args.feeds / rates[name])
                publish(port)
                peer.stdin.write("\n")
                peer.stdin.flush()
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--spacing", type=float, default=0.5)
    parser.add_argument("--reader", help="the Python of an environment that has lemon24/reader")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with feed_server.running() as port:
            ours = feeds_bench(args, port, folder)
        with feed_server.running() as port:
            pages_bench(args, port, folder)
        memory = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(f"{'memory':<22} {memory[0]:.0f} MB, and {memory[1]:.0f} MB in the largest worker")
        if args.reader:
            theirs = reader_bench(args, folder)
            print(", ".join(f"{name}: {ours[name] / theirs[name]:.1f} times reader" for name in ours))


if __name__ == "__main__":
    sys.exit(main())
