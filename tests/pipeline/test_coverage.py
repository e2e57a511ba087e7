"""The coverage ledger counts what feeds brought, whether it has landed or not, in the hours in which it came."""

from datetime import timedelta

import pytest

from pipeline.newsroom import HOSTS, START, ask, open_newsroom, rss
from wirecopy.pipeline.ingest import poll

FEED = f"http://{HOSTS[0]}/feed"


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def items(numbers, *, every=10):
    """Return feed items, one every so many minutes from the start, newest first."""
    return [
        (f"Headline {n}", f"http://{HOSTS[0]}/story/{n}", START + timedelta(minutes=n * every))
        for n in sorted(numbers, reverse=True)
    ]


def run(room, settings, numbers, hours):
    """Poll at so many hours after the start, when the feed holds these items."""
    room.publish(FEED, rss(items(numbers)), kind="application/rss+xml")
    room.now = START + timedelta(hours=hours)
    return poll(settings, pages=False, clock=room.clock)


def ledger(settings):
    """Return {hours after the start: (received, lost possible)}."""
    told = ask(settings, "select hour_at, received, lost_possible from core.coverage order by hour_at")
    return {int((at - START).total_seconds() // 3600): (received, lost) for at, received, lost in told}


def test_entries_count_in_the_hour_in_which_they_came(room, tmp_path):
    """A backlog counts when it is read; later items when they were published, though their pages are never fetched."""
    room.publish(FEED, rss([]), kind="application/rss+xml")
    settings = room.settings(tmp_path, min_interval_seconds=60, max_interval_seconds=3600)
    run(room, settings, range(6), 1.1)
    run(room, settings, range(19), 3.2)
    run(room, settings, range(19), 5.0)
    # Of the thirteen new ones six were published in the second hour and six in the third; one has a date before the reading.
    assert ledger(settings) == {1: (6 + 5, False), 2: (6, False), 3: (2, False), 4: (0, False)}
    assert ask(settings, "select count(*) from stories") == [(0,)]
    run(room, settings, range(19), 5.1)
    assert sum(received for received, _ in ledger(settings).values()) == 19


def test_hours_of_which_a_feed_tells_no_more_are_told(room, tmp_path):
    """Where all items are new, what came between is lost: every hour since the reading before says so."""
    room.publish(FEED, rss([]), kind="application/rss+xml")
    settings = room.settings(tmp_path, min_interval_seconds=60, max_interval_seconds=3600)
    run(room, settings, range(10), 2)
    report = run(room, settings, range(40, 50), 9)
    assert "scrolled by unseen" in report.notes[-1]
    run(room, settings, range(40, 51), 10.5)
    assert [hour for hour, (_, lost) in ledger(settings).items() if lost] == list(range(2, 10))
    assert ask(settings, "select count(*) from report.gaps where lost_possible") == [(8,)]
