"""What a feed had long ago is forgotten in the end, or every poll of it would have to look through all that it ever had."""

from datetime import timedelta

from pipeline.newsroom import START
from wirecopy.model import FeedState
from wirecopy.pipeline.feedpoll import REMEMBERED, long_gone
from wirecopy.store.state import PolledFeed, SeenEntry, State

URL = "http://outlet.example/feed"


def test_of_a_feed_of_many_years_the_last_thousand_entries_are_remembered(tmp_path):
    """Not what still waits, not what stands in the feed, nor anything of the last month."""
    with State(tmp_path / "state.sqlite") as state:
        for day, names in ((0, range(2000)), (50, range(2000, 2400))):
            seen = tuple(SeenEntry(id=f"{n:05}", hash="", body='{"feed_url": ""}') for n in names)
            at = START + timedelta(days=day)
            state.save_polls([PolledFeed(url=URL, state=FeedState(url=URL), entries=seen, fetched_at=at)])
        state.finish((URL, f"{n:05}", "done", "") for n in range(2400) if n != 7)
        now, ids = START + timedelta(days=60), tuple(f"{n:05}" for n in range(20))
        assert list(long_gone(state.known(URL), ids, now=START + timedelta(days=20))) == []
        gone = tuple(long_gone(state.known(URL), ids, now=now))
        assert gone == tuple(f"{n:05}" for n in range(20, 1400))
        assert len(gone) == 2400 - len(ids) - REMEMBERED
        state.save_polls([PolledFeed(url=URL, state=FeedState(url=URL), forgotten=(*gone, "00007"))])
        known = state.known(URL)
        assert len(known) == 1020
        assert known["00007"].status == "pending"
        assert list(long_gone(known, ids, now=now)) == []
