"""What the `feeds` commands do with addresses that carry secrets, and with feeds that want credentials."""

import base64

import pytest

from pipeline.newsroom import HOSTS, open_newsroom, rss
from wirecopy.errors import SettingsError
from wirecopy.model import Feed
from wirecopy.parse.opml import read_opml
from wirecopy.pipeline import feeds
from wirecopy.pipeline.ingest import poll
from wirecopy.store.state import State


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def stored(settings):
    return settings.state_path.read_bytes() if settings.state_path.exists() else b""


def test_an_address_with_credentials_is_neither_kept_nor_shown(room, tmp_path):
    settings = room.settings(tmp_path)
    with pytest.raises(SettingsError, match="--auth") as refused:
        feeds.add_feed(settings, Feed(url="https://ann:geheim@outlet.example/rss"))
    assert "geheim" not in str(refused.value)
    opml = b'<opml version="2.0"><body><outline xmlUrl="https://ann:geheim@a.example/"/><outline xmlUrl="https://b.example/"/></body></opml>'
    assert feeds.import_feeds(settings, opml).startswith("feeds read: 2, new: 1; left out")
    assert b"geheim" not in stored(settings)


def test_a_feed_that_wants_credentials_is_checked_with_those_of_its_name(room, tmp_path, monkeypatch):
    """The variable is named on the command, or with the feed that is held; its content is nowhere stored."""
    url = f"http://{HOSTS[0]}/feed"
    room.publish(url, rss([]), kind="application/rss+xml")
    room.secrets[url] = "Basic " + base64.b64encode(b"ann:geheim").decode()
    settings = room.settings(tmp_path)
    monkeypatch.setenv("OUTLET_LOGIN", "basic ann:geheim")
    assert feeds.checked(settings, url, auth="OUTLET_LOGIN").rows == ()
    with State(settings.state_path) as state:
        state.add_feeds([Feed(url=url, auth="OUTLET_LOGIN")])
    assert feeds.checked(settings, url).rows == ()
    assert b"geheim" not in stored(settings)


def test_a_retired_feed_is_not_exported_and_is_polled_again_when_it_is_added_again(room, tmp_path):
    """410 ends a feed until somebody wants it back; what it lists elsewhere never does."""
    for host, status in zip(HOSTS[:2], (410, 200), strict=True):
        room.publish(f"http://{host}/feed", rss([]), kind="application/rss+xml", status=status)
    settings = room.settings(tmp_path)
    poll(settings, pages=False, clock=room.clock)
    assert [feed.url for feed in read_opml(feeds.export_feeds(settings))] == [f"http://{HOSTS[1]}/feed"]
    with State(settings.state_path) as state:
        assert "gone for good" in state.feeds()[1][1].reason
    room.publish(f"http://{HOSTS[0]}/feed", rss([]), kind="application/rss+xml")
    room.later(days=30)
    assert poll(settings, pages=False, clock=room.clock).seen == 1
    said = feeds.add_feed(settings, Feed(url=f"http://{HOSTS[0]}/feed"))
    assert said == f"http://{HOSTS[0]}/feed was retired, and is polled again; 2 feeds are polled"
    poll(settings, pages=False, clock=room.clock)
    assert room.asked[f"http://{HOSTS[0]}/feed", 200] == 1
    assert len(read_opml(feeds.export_feeds(settings))) == 2
