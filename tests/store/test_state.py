"""The polling state forgets nothing that was seen, and asks twice for nothing that has landed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wirecopy.errors import WarehouseError
from wirecopy.model import Capture, Enclosure, Feed, FeedEntry, FeedState, SeenEntry
from wirecopy.store.state import FROM_FEED, PolledFeed, State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = Feed(url="http://outlet.example/rss", agency="AP", language="en")
CAPTURE = Capture("a.warc.gz", 12, "abc")


@pytest.fixture
def state(tmp_path):
    with State(tmp_path / "deep" / "state.sqlite") as opened:
        opened.add_feeds([FEED])
        yield opened


def entry(identity):
    return FeedEntry(
        feed_url=FEED.url,
        position=0,
        link=f"http://outlet.example/{identity}",
        categories=("World", "Ports"),
        enclosures=(Enclosure("http://x.example/i.jpg"), Enclosure("http://x.example/i.mp3", "audio/mpeg", 7)),
    )


def seen(identity, digest="1", needs="page"):
    return SeenEntry(id=identity, hash=digest, body=entry(identity).to_json(), needs=needs)


def poll(state, *entries, url=FEED.url, **changes):
    polled = FeedState(url=url, **changes)
    state.save_polls([PolledFeed(url=FEED.url, state=polled, entries=entries, capture=CAPTURE, fetched_at=NOW)])


def ids(state, at=NOW):
    return [waiting.id for url in [FEED.url, "http://outlet.example/new"] for waiting in state.waiting(at, [url])]


def test_an_entry_waits_until_it_has_landed(state):
    poll(state, seen("a"), seen("b"))
    assert ids(state) == ["a", "b"]
    state.finish([(FEED.url, "a", "done", "")])
    assert ids(state) == ["b"]


def test_an_entry_comes_back_as_it_was_seen(state):
    poll(state, seen("a"))
    (waiting,) = state.waiting(NOW, [FEED.url])
    assert (waiting.entry, waiting.capture, waiting.attempts, waiting.seen_at) == (entry("a"), CAPTURE, 0, NOW)


def test_a_changed_entry_waits_again_and_an_unchanged_one_does_not(state):
    poll(state, seen("a"), seen("b"))
    state.finish([(FEED.url, identity, "done", "") for identity in "ab"])
    poll(state, seen("a", "2"), seen("b"))
    assert ids(state) == ["a"]


def test_an_entry_waits_for_what_it_needs(state):
    poll(state, seen("a"), seen("b", needs="nothing"), seen("c", needs="notice"))
    assert [waiting.id for waiting in state.waiting(NOW, [FEED.url], FROM_FEED)] == ["b", "c"]
    assert state.feeds_waiting(NOW, FROM_FEED) == state.feeds_waiting(NOW) == {FEED.url}
    state.finish([(FEED.url, identity, "done", "") for identity in "bc"])
    assert (state.feeds_waiting(NOW, FROM_FEED), state.feeds_waiting(NOW)) == (set(), {FEED.url})


def test_a_deferred_entry_waits_for_its_time(state):
    poll(state, seen("a"))
    state.defer([(FEED.url, "a", NOW + timedelta(hours=1), "timeout")])
    assert ids(state) == []
    assert [entry.attempts for entry in state.waiting(NOW + timedelta(hours=1), [FEED.url])] == [1]


def test_a_feed_is_due_when_its_state_says_so(state):
    poll(state, due_at=NOW + timedelta(minutes=5))
    assert state.due(NOW) == []
    assert [feed for feed, _ in state.due(NOW + timedelta(minutes=5))] == [FEED]


def test_a_retired_feed_is_never_due(state):
    poll(state, retired_at=NOW)
    assert state.due(NOW + timedelta(days=400)) == []


def test_a_moved_feed_keeps_its_entries(state):
    poll(state, seen("a"))
    poll(state, seen("a"), url="http://outlet.example/new")
    assert [feed.url for feed, _ in state.feeds()] == ["http://outlet.example/new"]
    assert ids(state) == ["a"]


def test_adding_a_feed_twice_keeps_its_state(state):
    poll(state, etag="x")
    assert state.add_feeds([FEED]) == 0
    assert state.feeds()[0][1].etag == "x"


def test_adding_a_known_feed_keeps_what_is_not_said_again(state):
    state.add_feeds([Feed(url=FEED.url, zone="Europe/Oslo")])
    assert state.feeds()[0][0] == replace(FEED, zone="Europe/Oslo")


def test_a_file_that_is_no_state_is_told_in_one_line(tmp_path):
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"not a database at all, but long enough to look like one" * 20)
    with pytest.raises(WarehouseError, match="polling state"):
        State(path)
