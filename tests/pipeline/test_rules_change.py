"""An upgrade of the rules never looks like an edit of the news."""

from dataclasses import replace
from hashlib import sha256

import pytest

from pipeline.newsroom import HOSTS, ask, open_newsroom, story
from wirecopy.dedupe.boilerplate import EMPTY
from wirecopy.fetch.capture import iter_captures
from wirecopy.model import Outcome
from wirecopy.pipeline.ingest import poll
from wirecopy.pipeline.landing import batch_of
from wirecopy.pipeline.work import PageJob, arrival_of, make_of_page
from wirecopy.store.connection import Warehouse
from wirecopy.store.land import land

REVISIONS = "select number, kind from wire.revisions order by number"


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def as_older_rules_read(arrival):
    """Return an arrival as rules read it that left a line of furniture in the text, and another dateline."""
    item = arrival.item
    body = item.body + "\n\nMost read: another thing"
    older = replace(
        item, body=body, text_hash=sha256(body.encode()).hexdigest()[:24], dateline=None, rules_version="0", doubts=()
    )
    return arrival_of(older, EMPTY, arrival.sighting)


@pytest.fixture
def upgraded(room, tmp_path):
    """A warehouse whose one story was landed by older rules, its capture and feed as a poll left them."""
    room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
    settings = room.settings(tmp_path)
    poll(settings, clock=room.clock)
    (captured,) = (one for one in iter_captures(settings.captures_dir) if one.kind == "page")
    arrival = make_of_page(PageJob(page=captured.page, capture=captured.capture))
    settings.warehouse.unlink()
    land(Warehouse(settings.warehouse), batch_of([as_older_rules_read(arrival)]), at=room.clock())
    assert ask(settings, "select rules_version from core.revision") == [("0",)]
    return settings


def test_a_changed_feed_entry_over_an_unchanged_page_revises_nothing(room, upgraded):
    """The feed words its entry anew, the page is as it was: what older rules read is read again, and there is one text."""
    url = f"http://{HOSTS[0]}/2026/03/02/port-quay-shut"
    room.publish_feed(HOSTS[0], [("Port quay: it stays shut", url, room.now)])
    room.later(days=1)
    assert poll(upgraded, clock=room.clock).outcomes == {Outcome.UNCHANGED: 1}
    assert room.asked[url, 200] == 2
    assert ask(upgraded, REVISIONS) == [(1, "original")]
    assert ask(upgraded, "select rules_version, count(*) from core.revision group by all") == [("1", 1)]
    assert ask(upgraded, "select place from stories") == [("Halden",)]


def test_polls_of_unchanged_feeds_leave_what_older_rules_read(room, upgraded):
    """Nothing is fetched, so nothing is read again: that is a replay's part."""
    room.later(days=1)
    poll(upgraded, clock=room.clock)
    assert ask(upgraded, REVISIONS) == [(1, "original")]


def test_an_edit_after_an_upgrade_is_one_revision(room, upgraded):
    """The held text is read again from its capture before the new one is compared with it."""
    item = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut, says minister", story(number=9))
    room.publish_feed(HOSTS[0], [item])
    room.later(days=1)
    assert poll(upgraded, clock=room.clock).outcomes == {Outcome.REVISED: 1}
    assert [number for number, _ in ask(upgraded, REVISIONS)] == [1, 2]
    assert ask(upgraded, "select count(*) from core.revision where body like '%Most read%'") == [(0,)]
