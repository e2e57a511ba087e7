"""Many processes, one warehouse: two polls at once, readers that hold the file, readers while a backfill lands."""

import io
import multiprocessing
import os
import re
import subprocess
import sys
import time

import duckdb
import pytest

from pipeline.archives import plain_export, settings_of
from pipeline.newsroom import HOSTS, ask, open_newsroom, story
from program import started, wirecopy
from wirecopy.model import Outcome
from wirecopy.pipeline import backfill as filling
from wirecopy.pipeline.ingest import poll, polling
from wirecopy.store.connection import Warehouse

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("select count(*) from stories").fetchone()[0], flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def test_a_second_poll_says_who_runs_since_when_and_ends_well(room, tmp_path):
    """Two polls at once: the second names the process and the time, does nothing and exits 0."""
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    with polling(settings, clock=room.clock):
        second = started("poll", settings=settings)
    assert second.returncode == 0
    assert re.search(rf"already runs: process {os.getpid()} since 20\d\d-", second.stdout)
    assert sum(room.asked.values()) == 0
    assert poll(settings, clock=room.clock).outcomes == {Outcome.NEW: 1}


def test_what_a_held_file_made_wait_is_landed_by_the_next_command(room, tmp_path, monkeypatch):
    """A reader's process holds the file during two polls; `land` is busy, then brings in what waits, once."""
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    monkeypatch.setattr("wirecopy.pipeline.landing.LIVE_PATIENCE", 0.3)
    settings = room.settings(tmp_path)
    poll(settings, clock=room.clock)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "1\n"
        for number, slug in enumerate(("a-second-story", "a-third-story"), 2):
            room.publish_feed(
                HOSTS[0],
                [room.publish_story(HOSTS[0], slug, f"Bridge {number} opens", story("KISUMU", number * 7, slug))],
            )
            room.later(days=1)
            report = poll(settings, clock=room.clock)
            assert report.outcomes[Outcome.SPOOLED] == 1
            assert any("`wirecopy land`" in note and str(process.pid) in note for note in report.notes)
        held = wirecopy("land", settings=settings)
        assert held.returncode == 75
        assert str(process.pid) in held.stderr
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
    landed = wirecopy("land", "--json", settings=settings)
    assert landed.returncode == 0, landed.stderr
    assert '"new": 2' in landed.stdout
    assert ask(settings, "select count(*) from core.item") == [(3,)]
    assert wirecopy("land", settings=settings).returncode == 0


def read_often(path, times, waits):
    """Open the file as a plain client does, time after time, until it is let in."""
    for _ in range(times):
        began = time.monotonic()
        with Warehouse(path).reader() as connection:
            connection.execute("select count(*) from core.item").fetchone()
        waits.put(time.monotonic() - began)


def test_fifty_readers_are_served_while_a_backfill_lands(tmp_path, monkeypatch):
    """Each gets in within 10 s, and the backfill lands all the same."""
    monkeypatch.setattr(filling, "LAND_ITEMS", 20)
    settings = settings_of(tmp_path)
    first, rest = tmp_path / "first.txt", tmp_path / "rest.txt"
    first.write_bytes(plain_export(range(5)))
    rest.write_bytes(plain_export(range(5, 85)))
    filling.backfill(settings, [str(first)])
    context = multiprocessing.get_context("fork")
    waits = context.Queue()
    readers = [context.Process(target=read_often, args=(settings.warehouse, 10, waits)) for _ in range(5)]
    for reader in readers:
        reader.start()
    assert filling.backfill(settings, [str(rest)]).outcomes == {Outcome.NEW: 80}
    served = [waits.get(timeout=60) for _ in range(50)]
    for reader in readers:
        reader.join(30)
    assert max(served) < 10
    assert ask(settings, "select count(*) from core.item") == [(85,)]


class Heard(io.StringIO):
    """A stream on which something is done when a word is said."""

    def __init__(self, word, react):
        super().__init__()
        self.word, self.react = word, react

    def write(self, text):
        if self.word in text:
            self.react()
        return super().write(text)


def test_a_backfill_waits_for_a_reader_and_says_for_whom(tmp_path, monkeypatch):
    """A backfill never spools: it goes on when the reader has ended."""
    monkeypatch.setattr("wirecopy.pipeline.landing.BACKFILL_PATIENCE", 0.2)
    settings = settings_of(tmp_path)
    export = tmp_path / "export.txt"
    export.write_bytes(plain_export(range(3)))
    with Warehouse(settings.warehouse).writer("test"):
        pass
    reader = duckdb.connect(settings.warehouse, read_only=True)
    heard = Heard("waiting: ", reader.close)
    monkeypatch.setattr("sys.stderr", heard)
    assert filling.backfill(settings, [str(export)]).outcomes == {Outcome.NEW: 3}
    assert heard.getvalue().startswith("waiting: ")
