"""Replay: captures are enough to build the warehouse again, and to bring it under today's rules."""

import shutil

import pytest

from pipeline.archives import captured_pages, ninjs, nitf, quay, rss_with_texts, settings_of, warc
from pipeline.newsroom import HOSTS, START, ask, open_newsroom, story
from wirecopy.errors import WarehouseError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.ingest import poll
from wirecopy.pipeline.replay import replay
from wirecopy.pipeline.settle import keep
from wirecopy.store.connection import Warehouse

HASHES = "select object, rows, digest from report.determinism_hash order by object"
WHOLE = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>'
    "<link>http://wire.example/</link>{}</channel></rss>"
)


@pytest.fixture
def room():
    with open_newsroom() as opened:
        yield opened


def carried(host, slug, headline, paragraphs):
    """Return a feed item that carries its text whole."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<item><title>{headline}</title><link>http://{host}/2026/03/02/{slug}</link><guid>{slug}</guid>"
        f"<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def play(room, folder, *, pages=True):
    """Poll twice: stories and a copy, bad pages, one that is gone but whose feed has its text; then an edit and a kill.

    The second time one feed is a web page, and one has made all its guids anew.
    """
    shut = room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())
    bridge = room.publish_story(HOSTS[0], "bridge-opens", "Bridge opens", story("KISUMU", 7, "Abel"))
    room.publish(f"http://{HOSTS[0]}/2026/03/02/soon-here", b"<html><body><p>Soon.</p></body></html>")
    soon = ("Soon here", f"http://{HOSTS[0]}/2026/03/02/soon-here", START)
    room.publish_feed(HOSTS[0], [shut, bridge, soon])
    room.publish_feed(HOSTS[1], [room.publish_story(HOSTS[1], "port-quay-shut", "Port quay stays shut", story())])
    ferries = carried(HOSTS[2], "ferry-late", "Ferry runs late", story("VIGO", 5, "Lind"))
    ferries += carried(HOSTS[2], "ferry-early", "Ferry runs early", story("OULU", 6, "Salo"))
    room.publish(f"http://{HOSTS[2]}/2026/03/02/ferry-late", b"gone", status=410)
    room.publish(f"http://{HOSTS[2]}/2026/03/02/ferry-early", b"<html><body><p>Subscribe.</p></body></html>")
    room.publish(f"http://{HOSTS[2]}/feed", WHOLE.format(ferries).encode(), kind="application/rss+xml")
    settings = room.settings(folder)
    poll(settings, pages=pages, clock=room.clock)
    room.later(days=1)
    edited = room.publish_story(HOSTS[0], "bridge-opens", "CORRECTED-Bridge opens late", story("KISUMU", 9, "Abel"))
    room.publish(f"http://{HOSTS[1]}/feed", b"<html><body><p>We are back soon.</p></body></html>")
    anew = ferries.replace("<guid>", "<guid>anew-").replace("runs early", "runs very early")
    room.publish(f"http://{HOSTS[2]}/feed", WHOLE.format(anew).encode(), kind="application/rss+xml")
    room.publish_feed(HOSTS[0], [("MANDATORY KILL: Port quay stays shut", shut[1], START), edited, soon])
    poll(settings, pages=pages, clock=room.clock)
    keep(settings)
    return settings


@pytest.mark.parametrize("pages", [True, False], ids=["with pages", "from the feeds' own texts"])
def test_an_empty_warehouse_is_built_again_from_captures(room, tmp_path, pages):
    """The file is gone, the captures are there: the same rows, kill, revision and set-asides included."""
    settings = play(room, tmp_path, pages=pages)
    live = ask(settings, HASHES)
    if pages:
        assert ask(settings, "select (select count(*) from core.item), (select count(*) from wire.killed)") == [(5, 1)]
    settings.warehouse.unlink()
    replay(settings)
    assert ask(settings, HASHES) == live


def test_a_replay_under_the_same_rules_changes_nothing(room, tmp_path):
    """Once or twice: no row is other than before, none is said to have changed."""
    settings = play(room, tmp_path)
    live = ask(settings, HASHES)
    for _ in range(2):
        report = replay(settings)
        assert report.outcomes[Outcome.UNCHANGED] == 7
        assert Outcome.NEW not in report.outcomes
        assert Outcome.REVISED not in report.outcomes
        assert report.notes == ()
        assert ask(settings, HASHES) == live


def test_a_dry_run_changes_nothing_and_shows_what_would(room, tmp_path):
    """The file stays as it is, byte for byte; what a replay would change is told field by field."""
    settings = play(room, tmp_path)
    with Warehouse(settings.warehouse).writer("test") as connection:
        connection.execute("update core.revision set rules_version = '0', section = 'old desk'")
    before = settings.warehouse.read_bytes()
    report = replay(settings, dry_run=True)
    told = report.notes
    assert settings.warehouse.read_bytes() == before
    assert any("section" in note for note in told), told
    keys = {key for (key,) in ask(settings, "select item_key from core.revision")}
    assert {item for item, field, before, _ in report.changed if (field, before) == ("section", "old desk")} == keys
    replay(settings)
    assert ask(settings, "select count(*) from core.revision where section = 'old desk'") == [(0,)]
    assert ask(settings, "select distinct rules_version from core.revision") == [("1",)]
    assert ask(settings, "select count(*) from core.revision") == [(6,)]


def test_without_captures_there_is_nothing_to_replay(room, tmp_path):
    """An error that says what to do first."""
    with pytest.raises(WarehouseError, match="poll first"):
        replay(room.settings(tmp_path))


def test_an_archive_that_was_captured_is_not_needed_for_a_replay(tmp_path):
    """Pages and wire files, dated or not, give the same rows again when archive and warehouse are gone; so does what was set aside."""
    archive = captured_pages(tmp_path / "archive", 3)
    (tmp_path / "wires").mkdir()
    (tmp_path / "wires" / "crawl.warc.gz").write_bytes(warc([quay(7), quay(8)]))
    (tmp_path / "wires" / "a.nitf").write_bytes(nitf(20))
    (tmp_path / "wires" / "kill.json").write_bytes(ninjs(21, pubstatus="canceled"))
    (tmp_path / "wires" / "b.xml").write_bytes(rss_with_texts([22, 23]))
    (tmp_path / "wires" / "rows.jsonl").write_bytes(b'{"id": 1, "title": "T", "text": "A text."}\n{"id": 2, "tit\n')
    (tmp_path / "wires" / "junk.bin").write_bytes(bytes(range(256)) * 20)
    settings = settings_of(tmp_path / "data")
    backfill(settings, [str(archive), str(tmp_path / "wires")], capture=True)
    aside = "select count(*) from raw.set_aside where capture_file is not null"
    assert ask(settings, aside) == [(2,)]
    assert ask(settings, "select kind, count(*) from raw.page group by all") == [("page", 5)]
    before = ask(settings, HASHES)
    shutil.rmtree(archive)
    shutil.rmtree(tmp_path / "wires")
    settings.warehouse.unlink()
    replay(settings)
    assert ask(settings, HASHES) == before
