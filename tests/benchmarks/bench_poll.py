"""Polling end to end: ten thousand feeds cold and warm, two thousand articles over two hundred hosts, beside reader.

Cold: all answer 200 with 20 items, none of whose pages is fetched: fetched, captured, read, kept, their rows landed.
Warm: one feed in fifty has a new item, the others answer 304. Articles: a hundred feeds whose entries lie on two hundred
hosts, with politeness on; the server asserts that no host sees more requests at once, or closer together, than allowed.

The peer is lemon24/reader, in an environment of its own (`python -m venv E; E/bin/pip install reader sgmllib3k`), the
same number of feeds, eight workers: `--reader E/bin/python`. Processor time is that of all processes but the server's;
memory is the most that all of them hold at once, shared pages counted once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
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
print("ready", flush=True)
for name in ("cold", "warm"):
    input()
    reader.update_feeds(workers=8, scheduled=False)
    print(name, flush=True)
input()
"""


@dataclass(frozen=True)
class Figure:
    """What one round took."""

    count: int
    seconds: float
    processor: float
    memory: float

    @property
    def rate(self):
        return self.count / self.seconds


def fields(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(root):
    """Return a process and all that it began, but the server."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if b"feed_server" not in (folder / "cmdline").read_bytes():
                    parents[int(folder.name)] = int(fields(folder.name)[1])
            except OSError:
                continue  # it has ended meanwhile
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def processor(root):
    """Return the processor seconds of a process and its descendants, those that have ended included."""
    total = 0.0
    for pid in family(root):
        try:
            total += sum(map(int, fields(pid)[11:15]))
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


def held(root):
    """Return the megabytes that a process and its descendants hold, shared ones counted once."""
    total = 0
    for pid in family(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def measured(root, count, work):
    """Do some work and return what it took of a process and its descendants."""
    most, ended = [held(root)], threading.Event()

    def watch():
        while not ended.wait(1.0):
            most.append(held(root))

    watcher = threading.Thread(target=watch)
    watcher.start()
    spent, began = processor(root), time.monotonic()
    work()
    figure = Figure(count, time.monotonic() - began, processor(root) - spent, max(most))
    ended.set()
    watcher.join()
    return figure


def publish(port):
    urllib.request.urlopen(f"http://127.0.0.1:{port}/_publish?every=50").close()


def seen(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_report") as answer:
        return json.load(answer)


def polled(settings, feeds, count, *, clock, **options):
    """Poll everything that is due and return what it took."""
    with State(settings.state_path) as state:
        state.add_feeds(feeds)

    def work():
        report = poll(settings, clock=clock, **options)
        print(f"  {report.summary()}", flush=True)

    return measured(os.getpid(), count, work)


def settings_for(args, port, path):
    return Settings(warehouse=path, resolve=feed_server.resolve(port), spacing_seconds=args.spacing, workers=2)


def feeds_bench(args, port, folder):
    settings = settings_for(args, port, folder / "feeds.duckdb")
    feeds = [Feed(url=url) for url in feed_server.feed_urls(args.feeds)]
    start = datetime.now(UTC)
    figures = {"cold feeds": polled(settings, feeds, args.feeds, clock=lambda: start, pages=False)}
    publish(port)
    later = start + timedelta(hours=1)
    figures["warm feeds"] = polled(settings, feeds, args.feeds, clock=lambda: later, pages=False)
    print(f"  the server saw {seen(port)}")
    return figures


def pages_bench(args, port, folder):
    settings = settings_for(args, port, folder / "pages.duckdb")
    feeds = [Feed(url=url) for url in feed_server.spread_urls(args.pages // feed_server.ITEMS)]
    start = datetime.now(UTC)
    figure = polled(settings, feeds, args.pages, clock=lambda: start)
    found = seen(port)
    print(f"  the server saw {found}")
    assert found["pages_most"] <= settings.connections_per_host, "more at once than allowed"
    assert found["pages_least"] >= args.spacing - SLACK, "closer together than allowed"
    return {"articles": figure}


def reader_bench(args, folder):
    """Run the peer against a server of its own; return its figures."""
    figures = {}
    with feed_server.running() as port:
        command = [args.reader, "-W", "ignore", "-c", READER, str(port), str(args.feeds), str(folder / "reader.sqlite")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:

            def turn():
                peer.stdin.write("\n")
                peer.stdin.flush()
                peer.stdout.readline()

            peer.stdout.readline()
            for name in ("cold feeds", "warm feeds"):
                figures[name] = measured(peer.pid, args.feeds, turn)
                publish(port)
            peer.stdin.write("\n")
            peer.stdin.flush()
    return figures


def row(*cells):
    print("{:<12} {:<10} {:>8} {:>10} {:>10} {:>14} {:>8}".format(*cells))


def table(ours, theirs):
    """Print all figures, and how many times as fast as the peer we are, by the clock and by processor time."""
    row("", "", "count", "a second", "seconds", "processor ms", "MB")
    for name, figure in ours.items():
        for who, one in (("wirecopy", figure), ("reader", theirs.get(name))):
            if one:
                each = f"{one.processor / one.count * 1000:.2f}"
                row(name, who, f"{one.count:,}", f"{one.rate:,.0f}", f"{one.seconds:.1f}", each, f"{one.memory:,.0f}")
        if peer := theirs.get(name):
            times = f"{figure.rate / peer.rate:.1f} x", f"{peer.processor / figure.processor:.1f} x"
            row("", "ratio", "", times[0], "", times[1], f"{figure.memory / peer.memory:.1f} x")


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
            ours |= pages_bench(args, port, folder)
        table(ours, reader_bench(args, folder) if args.reader else {})


if __name__ == "__main__":
    sys.exit(main())
