"""The main job on the sample wires: polled twice, with an update, a correction and a kill between."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.newsroom import ask
from wirecopy.demo.server import WireServer
from wirecopy.demo.wires import embargoed_file, sample_feeds
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.ingest import poll
from wirecopy.settings import Settings
from wirecopy.store.state import State

START = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Two polls with the second edition between them: settings, both reports, what was asked the second time."""
    with WireServer(START) as server:
        settings = Settings(
            warehouse=tmp_path_factory.mktemp("demo") / "demo.duckdb",
            resolve=server.resolve,
            spacing_seconds=0.0,
            connections_per_host=8,
            min_interval_seconds=0,
            max_interval_seconds=0,
            workers=1,
        )
        with State(settings.state_path) as state:
            state.add_feeds(sample_feeds())
        first = poll(settings, clock=lambda: START + timedelta(minutes=1))
        before = dict(server.requests)
        server.forget_requests()
        server.publish_update()
        second = poll(settings, clock=lambda: START + timedelta(minutes=2))
        yield settings, first, second, before, dict(server.requests)


def test_the_first_poll_lands_stories_of_many_houses(played):
    """At least 40 stories of at least 10 agencies in 4 languages; the page that is gone and the broken feed are told."""
    settings, first, *_ = played
    sql = "select count(*), count(distinct agency), count(distinct language) from stories"
    ((stories, agencies, languages),) = ask(settings, sql)
    assert stories >= 40
    assert agencies >= 10
    assert languages >= 4
    assert first.outcomes[Outcome.SOURCE_MISSING] == 1
    assert first.outcomes[Outcome.SET_ASIDE] >= 1


def test_the_second_poll_lands_exactly_what_was_published(played):
    """An update and a correction are revisions, the kill is a notice; nothing else is new."""
    settings, _, second, *_ = played
    assert second.outcomes[Outcome.REVISED] == 2
    assert second.outcomes[Outcome.NOTICE] == 1
    assert Outcome.NEW not in second.outcomes
    assert len(ask(settings, "from wire.killed")) == 1
    assert sorted(ask(settings, "select kind from wire.revisions where number > 1")) == [("correction",), ("update",)]


def test_unchanged_pages_are_not_asked_for_and_unchanged_feeds_answer_304(played):
    """The second time only changed entries' pages are fetched; every feed that did not change costs a 304."""
    *_, before, after = played
    feeds = {(host, path) for host, path, _ in after} & {
        (feed.url.split("/")[2], "/" + feed.url.split("/", 3)[3]) for feed in sample_feeds()
    }
    pages = {(host, path) for host, path, _ in after if (host, path) not in feeds and path != "/robots.txt"}
    fetched_before = {(host, path) for host, path, status in before if status == 200}
    assert len(pages & fetched_before) <= 2, pages
    changed = {key for key in feeds if (*key, 200) in after}
    assert {key for key in feeds if (*key, 304) in after} == feeds - changed
    assert 1 <= len(changed) <= 4


def test_an_embargoed_file_is_held_back(played):
    """It lands through backfill and is hidden until its time."""
    settings, *_ = played
    path = settings.warehouse.with_name("embargoed.json")
    path.write_bytes(embargoed_file(START))
    count = ask(settings, "select count(*) from stories")
    assert backfill(settings, [str(path)]).outcomes == {Outcome.NEW: 1}
    assert ask(settings, "select count(*) from stories") == count
    assert len(ask(settings, "from wire.embargoed")) == 1
