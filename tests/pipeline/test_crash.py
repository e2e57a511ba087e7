"""kill -9 at any instant, then the same command again: nothing is lost, and the rows are those of one clean run."""

import gzip
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archives import captured_pages, plain_export, reuters_sgml, settings_of, told
from pipeline.newsroom import HOSTS, ask, open_newsroom, page
from wirecopy.fetch.capture import iter_captures
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.ingest import poll
from wirecopy.pipeline.landing import utc_now
from wirecopy.pipeline.status import read_status
from wirecopy.store.claims import SILENCE_SECONDS
from wirecopy.store.ledger import Ledger
from wirecopy.store.state import State

HERE = Path(__file__).parent
HASHES = "select object, digest from report.determinism_hash order by object"
MOTTO = "The Gazette has told the news of both shores since 1874 and is printed at Aldmere, by the old customs house."


def start(settings, *arguments):
    """Start a run in a process of its own."""
    environ = {**os.environ, **settings.to_environ(), "PYTHONPATH": f"{HERE.parents[1] / 'src'}:{HERE.parent}"}
    command = [sys.executable, str(HERE / "killed_run.py"), *map(str, arguments)]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def kill_at(settings, place, when, nth, *job):
    process = start(settings, place, when, nth, *job)
    try:
        assert process.wait(120) == -9, "the run ended before it was killed"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


# --- backfill ---


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive of three units kinds: pages with a paragraph that they all carry, a dump, an export with copies of both."""
    folder = tmp_path_factory.mktemp("archive")
    extra = {}
    for number in range(40, 58):
        headline, paragraphs = told(number)
        about = {"url": f"https://gazette.example/2026/03/02/{number}", "crawl_date": "2026-03-02 11:00:00"}
        extra[f"gazette_{number}.html.gz"] = (about, gzip.compress(page(headline, [*paragraphs, MOTTO]), mtime=0))
    captured_pages(folder / "pages", 12, extra=extra)
    (folder / "dump.sgm").write_bytes(reuters_sgml(range(50)))
    (folder / "export.txt").write_bytes(plain_export(range(30, 60)))
    (folder / "broken.json").write_bytes(b'{"uri": ')
    return folder


@pytest.fixture(scope="module")
def clean(archive, tmp_path_factory):
    """What one clean run of the same archive gives."""
    settings = settings_of(tmp_path_factory.mktemp("clean"))
    report = backfill(settings, [str(archive)])
    assert report.seen == 111
    return ask(settings, HASHES)


def chosen(points, *, always):
    """Return the points: the first of them for every run of the tests, the others for campaigns."""
    rest = [pytest.param(point, marks=pytest.mark.campaign) for point in list(points)[always:]]
    return [*list(points)[:always], *rest]


POINTS = {
    "after the first batch, before the ledger knows": ("wirecopy.pipeline.landing:Lander.land", "after", 1),
    "in the middle of a transaction": ("wirecopy.store.stories:connect", "after", 2),
    "before a unit is marked done": ("wirecopy.store.ledger:Ledger.finish", "before", 4),
    "before the stories are settled": ("wirecopy.pipeline.landing:Lander.settle", "before", 1),
    "in the middle of settling": ("wirecopy.store.settle:write_boilerplate", "before", 1),
}


@pytest.mark.parametrize("point", chosen(POINTS, always=3))
def test_a_killed_backfill_run_again_gives_the_rows_of_one_clean_run(archive, clean, tmp_path, point):
    """Whatever had landed when the process died, the second run adds what is missing and doubles nothing."""
    settings = settings_of(tmp_path)
    kill_at(settings, *POINTS[point], "backfill", archive)
    backfill(settings, [str(archive)])
    assert ask(settings, HASHES) == clean
    with Ledger(settings.state_path) as ledger:
        assert {unit.status for unit in ledger.units()} == {"done"}


def test_the_unit_of_a_dead_run_is_pending_and_the_next_run_takes_it_at_once(archive, tmp_path):
    """The kernel says that the run is dead, so nobody waits for its silence."""
    settings = settings_of(tmp_path)
    kill_at(settings, *POINTS["before a unit is marked done"], "backfill", archive)
    assert dict(read_status(settings).units) == {"done": 3, "pending": 30}
    began = time.monotonic()
    report = backfill(settings, [str(archive)])
    assert time.monotonic() - began < SILENCE_SECONDS / 2
    assert len(report.lines) == 30
    assert dict(read_status(settings).units) == {"done": 33}
    assert ask(settings, "select status, count(*) from core.unit group by all") == [("done", 33)]


def test_two_runs_at_once_share_the_units_of_an_archive(archive, clean, tmp_path):
    """Each unit is read by one of them, both return when all is done, and the rows are those of one run."""
    settings = settings_of(tmp_path)
    runs = [start(settings, "never", "-", 0, "backfill", archive) for _ in range(2)]
    for process in runs:
        process.stdout.readline()
        assert process.wait(120) == 0
        process.stdout.close()
    assert ask(settings, HASHES) == clean
    with State(settings.state_path) as state:
        seen = [sum(run.outcomes.values()) for run in state.runs()]
    assert sum(seen) == 111


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_two_runs_at_once_of_which_one_is_killed(archive, clean, tmp_path, seed):
    """The one that lives does what the dead one had begun."""
    settings = settings_of(tmp_path)
    runs = [start(settings, "never", "-", 0, "backfill", archive) for _ in range(2)]
    for process in runs:
        process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 6))
    runs[seed % 2].kill()
    assert runs[1 - seed % 2].wait(120) == 0
    for process in runs:
        process.wait(30)
        process.stdout.close()
    assert ask(settings, HASHES) == clean
    assert dict(read_status(settings).units) == {"done": 33}


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_a_backfill_killed_at_a_random_instant(archive, clean, tmp_path, seed):
    """The same for instants that nobody chose, two of them in a row."""
    chance = random.Random(seed)
    settings = settings_of(tmp_path)
    for _ in range(2):
        process = start(settings, "never", "-", 0, "backfill", archive)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 6))
        process.kill()
        process.wait(30)
        process.stdout.close()
    backfill(settings, [str(archive)])
    assert ask(settings, HASHES) == clean


# --- poll ---


@pytest.fixture
def room():
    with open_newsroom() as opened:
        opened.now = utc_now()
        yield opened


def publish(room, count):
    for host in HOSTS[:2]:
        stories = (told(number + 30 * HOSTS.index(host)) for number in range(count))
        room.publish_feed(host, [room.publish_story(host, f"story-{n}", *one) for n, one in enumerate(stories)])


POLL_POINTS = {
    "when pages are captured and nothing has landed": ("wirecopy.fetch.capture:CaptureWriter.sync", "after", 2),
    "when a batch has landed and the state does not know": ("wirecopy.store.state:State.finish", "before", 1),
    "before the state knows what the feeds held": ("wirecopy.store.state:State.save_polls", "before", 1),
    "in the middle of a transaction": ("wirecopy.store.stories:connect", "after", 1),
}


@pytest.mark.parametrize("point", chosen(POLL_POINTS, always=2))
def test_a_killed_poll_run_again_loses_nothing(room, tmp_path, point):
    """Every entry lands once, nothing waits, and every captured payload has its row."""
    publish(room, 6)
    settings = room.settings(tmp_path)
    kill_at(settings, *POLL_POINTS[point], "poll")
    poll(settings)
    assert ask(settings, "select count(*), count(distinct headline) from stories") == [(12, 12)]
    assert ask(settings, "select count(*) from wire.revisions") == [(12,)]
    with State(settings.state_path) as state:
        assert state.count_waiting() == 0
    captured = {(one.page.final_url, one.page.fetched_at) for one in iter_captures(settings.captures_dir)}
    assert captured <= set(ask(settings, "select url, seen_at from raw.page"))


def test_a_page_captured_before_the_kill_lands_though_its_source_is_gone(room, tmp_path):
    """What was captured is not asked for again in vain: it lands from the capture."""
    publish(room, 3)
    settings = room.settings(tmp_path)
    kill_at(settings, "wirecopy.fetch.capture:CaptureWriter.sync", "after", 2, "poll")
    for url in [url for url in room.documents if "story-" in url]:
        room.publish(url, b"gone", status=410)
    poll(replace(settings, timeout_seconds=2.0))
    assert ask(settings, "select count(*) from stories") == [(6,)]


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_a_poll_killed_at_a_random_instant(room, tmp_path, seed):
    """The same for instants that nobody chose: all the rows are those of a poll that nothing disturbed."""
    publish(room, 12)
    clean, settings = room.settings(tmp_path / "clean"), room.settings(tmp_path / "killed")
    poll(clean, clock=room.clock)
    process = start(settings, "never", "-", 0, "poll", room.now.isoformat())
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 4))
    process.kill()
    process.wait(30)
    process.stdout.close()
    poll(settings, clock=room.clock)
    assert ask(settings, "select count(*) from stories") == [(24,)]
    assert ask(settings, HASHES) == ask(clean, HASHES)


def test_entries_of_a_captured_feed_are_not_lost_with_two_polls(room, tmp_path):
    """Killed when a feed is captured and nothing is noted, then again while that is made good; and the feed has moved on."""
    publish(room, 6)
    settings = room.settings(tmp_path)
    kill_at(settings, "wirecopy.store.state:State.save_polls", "before", 1, "poll")
    for host in HOSTS[:2]:
        room.publish_feed(host, [])
    kill_at(settings, "wirecopy.pipeline.ingest:remember_feeds", "before", 1, "poll")
    poll(settings)
    assert ask(settings, "select count(*) from stories") == [(12,)]
    assert list(settings.captures_dir.glob("*.open")) == []
