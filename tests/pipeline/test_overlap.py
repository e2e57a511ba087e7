"""Live and archive see the same reports: one item each, the better evidence wins, whichever came first."""

import json

import pytest

from pipeline.archives import ninjs, warc
from pipeline.newsroom import HOSTS, ask, open_newsroom, page, story
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.ingest import poll
from wirecopy.pipeline.settle import keep

HASHES = "select object, digest from report.determinism_hash order by object"


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def archives(folder, urls):
    """Write what archives hold of the same reports: pages without a date of their own, a dump that knows the minute."""
    folder.mkdir()
    bare = page("Bridge opens", story("KISUMU", 7, "Abel")).replace(b"article:published_time", b"x:nothing")
    records = [("response", urls[0], "200 OK", bare), ("response", urls[1], "200 OK", page("Quay shut", story()))]
    (folder / "crawl.warc.gz").write_bytes(warc(records))
    rows = [
        {
            "url": urls[0],
            "title": "Bridge opens",
            "text": "\n\n".join(story("KISUMU", 7, "Abel")),
            "date": "2026-03-02T07:31:15Z",
        }
    ]
    (folder / "dump.json").write_bytes(json.dumps(rows).encode())
    (folder / "wire.json").write_bytes(ninjs(1))
    return folder


@pytest.mark.parametrize("kept", [False, True])
def test_live_and_archive_in_both_orders_give_the_same_rows(room, tmp_path, kept):
    """The rows say nothing of which came first."""
    bridge = room.publish_story(HOSTS[0], "bridge-opens", "Bridge opens", story("KISUMU", 7, "Abel"))
    quay = room.publish_story(HOSTS[0], "quay-shut", "Quay shut", story())
    room.publish_feed(HOSTS[0], [bridge, quay])
    folder = archives(tmp_path / "archives", [bridge[1], quay[1]])

    def live(settings):
        poll(settings, clock=room.clock)

    def archive(settings):
        backfill(settings, [str(folder)])

    found = []
    for name, steps in {"live first": (live, archive), "archive first": (archive, live)}.items():
        settings = room.settings(tmp_path / name)
        for step in steps:
            step(settings)
            if kept:
                keep(settings)
        keep(settings)
        found.append(ask(settings, HASHES))
        assert ask(settings, "select count(*) from core.item") == [(3,)]
    assert found[0] == found[1]
