"""Polling, told as newsroom stories: real sockets, a real DuckDB file, a passed clock."""

from dataclasses import replace

import duckdb
import pytest

from pipeline.newsroom import HOSTS, ask, open_newsroom, rss, story
from wirecopy.model import Feed, Outcome
from wirecopy.pipeline.history import read_history
from wirecopy.pipeline.ingest import poll
from wirecopy.pipeline.settle import land_waiting
from wirecopy.store.state import State


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def run(room, settings):
    return poll(settings, clock=room.clock).outcomes


def test_a_story_lands_with_its_dateline(room, tmp_path):
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    assert run(room, settings) == {Outcome.NEW: 1}
    ((headline, agency, country, copies),) = ask(settings, "select headline, agency, country, copies from stories")
    assert (headline, agency, country, copies) == ("Port quay stays shut", "AP", "NO", 1)


def test_nothing_is_fetched_again_that_has_not_changed(room, tmp_path):
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    room.publish_feed(HOSTS[0], [item])
    settings = room.settings(tmp_path)
    run(room, settings)
    room.later(days=2)
    assert run(room, settings) in ({Outcome.NOT_MODIFIED: 1}, {Outcome.UNCHANGED: 1})
    assert room.asked[item[1], 200] == 1


def test_a_changed_text_is_a_revision(room, tmp_path):
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    run(room, settings)
    item = room.publish_story(HOSTS[0], "port-quay-shut", "UPDATE 1-Port quay stays shut for a year", story(number=9))
    room.publish_feed(HOSTS[0], [item])
    room.later(days=1)
    assert run(room, settings) == {Outcome.REVISED: 1}
    assert ask(settings, "select number, kind from wire.revisions order by number") == [(1, "original"), (2, "update")]


def test_copies_at_two_outlets_are_one_story(room, tmp_path):
    for host in HOSTS[:2]:
        room.publish_feed(host, [room.publish_story(host, "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    assert run(room, settings) == {Outcome.NEW: 2}
    assert ask(settings, "select copies, outlets from stories") == [(2, 2)]


def test_a_kill_hides_its_item_and_lands_as_a_notice(room, tmp_path):
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    room.publish_feed(HOSTS[0], [item])
    settings = room.settings(tmp_path)
    run(room, settings)
    room.publish_feed(HOSTS[0], [("MANDATORY KILL: Port quay stays shut", item[1], item[2])])
    room.later(days=1)
    assert run(room, settings) == {Outcome.NOTICE: 1}
    assert ask(settings, "select count(*) from stories") == [(0,)]
    assert len(ask(settings, "from wire.killed")) == 1


def test_a_page_that_fails_is_tried_again_until_it_comes(room, tmp_path):
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    document = room.documents[item[1]]
    room.publish(item[1], b"try later", status=503)
    room.publish_feed(HOSTS[0], [item])
    settings = room.settings(tmp_path)
    assert run(room, settings) == {Outcome.DEFERRED: 1}
    room.documents[item[1]] = document
    room.later(days=1)
    assert run(room, settings)[Outcome.NEW] == 1


def test_a_bad_page_never_costs_its_neighbour(room, tmp_path):
    good = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    room.publish(f"http://{HOSTS[0]}/2026/03/02/nothing-here", b"<html><body><p>Soon.</p></body></html>")
    gone = f"http://{HOSTS[0]}/2026/03/02/gone-story"
    room.publish(gone, b"gone", status=410)
    bad = ("Nothing here", f"http://{HOSTS[0]}/2026/03/02/nothing-here", good[2])
    room.publish_feed(HOSTS[0], [bad, good, ("Gone", gone, good[2])])
    settings = room.settings(tmp_path)
    assert run(room, settings) == {Outcome.NEW: 1, Outcome.SET_ASIDE: 1, Outcome.SOURCE_MISSING: 1}
    assert len(ask(settings, "from raw.set_aside")) == 1


def test_an_unreadable_feed_never_costs_its_neighbour(room, tmp_path):
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    room.publish(f"http://{HOSTS[1]}/feed", b"<html><body>Log in, please</body></html>", kind="application/rss+xml")
    settings = room.settings(tmp_path)
    assert run(room, settings) == {Outcome.NEW: 1, Outcome.SET_ASIDE: 1}


def test_a_reader_that_holds_the_file_makes_the_poll_spool(room, tmp_path):
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    run(room, settings)
    room.publish_feed(
        HOSTS[0], [room.publish_story(HOSTS[0], "a-second-story", "Bridge opens", story("KISUMU", 7, "Abel"))]
    )
    room.later(days=1)
    with duckdb.connect(settings.warehouse, read_only=True):
        assert run(room, settings) == {Outcome.SPOOLED: 1}
    assert land_waiting(settings).outcomes == {Outcome.NEW: 1}
    assert ask(settings, "select count(*) from stories") == [(2,)]


def test_a_kill_under_the_guid_alone_hides_its_item(room, tmp_path):
    """The desk sends its kill with the guid of the story and a link to an advisory of its own."""
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    room.publish_feed(HOSTS[0], [item])
    settings = room.settings(tmp_path)
    run(room, settings)
    feed = rss([("MANDATORY KILL: Port quay stays shut", f"http://{HOSTS[0]}/advisories/77", item[2])], guids=[item[1]])
    room.publish(f"http://{HOSTS[0]}/feed", feed, kind="application/rss+xml")
    room.later(days=1)
    assert run(room, settings) == {Outcome.NOTICE: 1}
    assert ask(settings, "select count(*) from stories") == [(0,)]
    assert ask(settings, "from report.unresolved_notices") == []


def test_the_sitemaps_of_an_index_are_polled_as_feeds_of_their_own(room, tmp_path):
    _, story_url, published = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    child = f"http://{HOSTS[0]}/news-1.xml"
    room.publish(
        f"http://{HOSTS[0]}/feed",
        f"<sitemapindex {namespace}><sitemap><loc>{child}</loc></sitemap></sitemapindex>".encode(),
    )
    entry = f"<url><loc>{story_url}</loc><lastmod>{published.isoformat()}</lastmod></url>"
    room.publish(child, f"<urlset {namespace}>{entry}</urlset>".encode())
    settings = room.settings(tmp_path)
    assert run(room, settings) == {}
    assert run(room, settings) == {Outcome.NEW: 1}


def test_a_poll_that_reaches_nobody_asks_whether_there_is_a_network(room, tmp_path):
    for host in HOSTS[:2]:
        room.publish_feed(host, [])
    settings = replace(room.settings(tmp_path), resolve=tuple(f"{host}=127.0.0.1:1" for host in HOSTS))
    report = poll(settings, clock=room.clock)
    assert report.outcomes == {Outcome.DEFERRED: 2}
    assert "is there a network" in report.notes[0]
    assert all("Connect" in line.reason or "connect" in line.reason for line in report.lines)


FULL_TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in story("BERGEN", 5, "Lunde"))


def publish_with_one_full_text(room):
    """One story of which the feed has the headline only, and one that it carries in full."""
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    whole = f"<item><title>Ferry runs again</title><link>http://{HOSTS[0]}/2026/03/02/ferry</link><content:encoded><![CDATA[{FULL_TEXT}]]></content:encoded></item>"
    feed = rss([item]).replace(b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    room.publish(
        f"http://{HOSTS[0]}/feed",
        feed.replace(b"</channel>", whole.encode() + b"</channel>"),
        kind="application/rss+xml",
    )


def test_without_pages_full_texts_land_and_the_rest_waits_for_its_page(room, tmp_path):
    publish_with_one_full_text(room)
    settings = room.settings(tmp_path)
    assert poll(settings, pages=False, clock=room.clock).outcomes == {Outcome.NEW: 1, Outcome.DEFERRED: 1}
    assert ask(settings, "select headline from stories") == [("Ferry runs again",)]
    assert poll(settings, pages=False, clock=room.clock).outcomes == {}
    assert run(room, settings) == {Outcome.NEW: 1}
    assert len(ask(settings, "from stories")) == 2


def test_a_full_text_in_the_feed_lands_where_the_page_is_gone(room, tmp_path):
    publish_with_one_full_text(room)
    settings = room.settings(tmp_path)
    room.publish(f"http://{HOSTS[0]}/2026/03/02/ferry", b"gone", status=410)
    assert run(room, settings) == {Outcome.NEW: 2}
    ((body,),) = ask(settings, "select body from wire.revisions where headline = 'Ferry runs again'")
    assert "Lunde" in body


def test_a_poll_that_fails_midway_lands_its_captures_the_next_time(room, tmp_path, monkeypatch):
    """The disk is full when the first batch is to land: what was captured is not asked for again."""
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)

    def full(*_, **__):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("wirecopy.pipeline.landing.land", full)
        with pytest.raises(OSError, match="no space"):
            run(room, settings)
    room.publish(f"http://{HOSTS[0]}/2026/03/02/port-quay-shut", b"gone", status=410)
    run(room, settings)
    assert len(ask(settings, "from stories")) == 1
    assert ask(settings, "select kind from raw.page order by kind") == [("feed",), ("page",)]


def paged(items, older=""):
    link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{older}"/>' if older else ""
    return rss(items).replace(b"<link>http://x.example/</link>", link.encode())


def test_the_history_of_a_paged_feed_lands_with_it(room, tmp_path):
    """Three pages of a feed; the last one cannot be read."""
    feed, items = f"http://{HOSTS[0]}/feed", []
    for number, place in enumerate(("HALDEN", "KISUMU", "BERGEN")):
        text = story(place, 3 + number, "Abel")
        items.append(room.publish_story(HOSTS[0], f"story-{number}", f"Bridge in {place} opens", text))
    for number, item in enumerate(items[:2]):
        url = f"{feed}?page={number}" if number else feed
        room.publish(url, paged([item, items[0]], f"{feed}?page={number + 1}"), kind="application/rss+xml")
    room.publish(f"{feed}?page=2", b"<html><body>Log in</body></html>")
    settings = room.settings(tmp_path)
    report = read_history(settings, feed, clock=room.clock)
    assert report.outcomes == {Outcome.NEW: 2}
    assert "ends early" in report.notes[0]
    assert report.notes[1] == "2 pages of the feed read"
    assert run(room, settings) == {Outcome.UNCHANGED: 1}
    assert ask(settings, "select kind, count(*) from raw.page group by all order by kind") == [("feed", 2), ("page", 2)]


def test_a_feed_that_has_moved_is_polled_where_it_is_now(room, tmp_path):
    """Three polls are sent on for good; what the third one brings lands as before, and the fourth asks there."""
    settings, new = room.settings(tmp_path), f"http://{HOSTS[0]}/news.xml"
    with State(settings.state_path) as state:
        state.add_feeds([Feed(url=f"http://{HOSTS[0]}/feed", language="en")])
    room.moved[f"http://{HOSTS[0]}/feed"] = new
    for number in range(4):
        item = room.publish_story(
            HOSTS[0], f"story-{number}", f"Bridge {number} opens", story("KISUMU", number, "Abel")
        )
        room.publish(new, rss([item]), kind="application/rss+xml")
        assert run(room, settings) == {Outcome.NEW: 1}
        room.later(days=2)
    assert room.asked[f"http://{HOSTS[0]}/feed", 301] == 3
    assert ask(settings, "select current_url from core.feed") == [(new,)]


def test_a_slow_host_leaves_its_pages_to_the_next_poll(room, tmp_path, monkeypatch):
    """A site with more pages than there is time for holds up no feed: they wait, and were not tried in vain."""
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "a", "Bridge opens", story("KISUMU", 3, "Abel"))])
    settings = room.settings(tmp_path)
    monkeypatch.setattr("wirecopy.pipeline.entries.PAGES_SECONDS", 0.0)
    assert run(room, settings) == {Outcome.DEFERRED: 1}
    assert room.asked.keys() == {(f"http://{HOSTS[0]}/feed", 200)}
    monkeypatch.undo()
    assert run(room, settings) == {Outcome.NEW: 1}
