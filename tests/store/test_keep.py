"""Keeping: pictures, coverage, boilerplate, search, checks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from store.landing_values import NOON, batch, body, make_item, with_dateline, words
from wirecopy.dedupe.boilerplate import EMPTY
from wirecopy.dedupe.fingerprint import comparable
from wirecopy.model import Feed, FeedState
from wirecopy.store import spool
from wirecopy.store.boilerplate import read_boilerplate
from wirecopy.store.checks import run_checks
from wirecopy.store.connection import Warehouse
from wirecopy.store.coverage import CoveredHour
from wirecopy.store.keep import Surroundings, keep, sort_bands
from wirecopy.store.land import land
from wirecopy.store.ledger import UnitRow
from wirecopy.store.query import run
from wirecopy.store.settle import settle

RSS = "https://north.example/rss"
FOOTER = "Subscribe to the northern morning letter and never miss what the harbour has to say"


def rows(warehouse, sql):
    return list(run(warehouse, sql).rows)


def _beside(folder, **state):
    feed = Feed(url=RSS, title="North", agency="NNA", country="NO")
    unit = UnitRow(
        address="x.warc",
        mark="m",
        bytes=9,
        status="done",
        records=3,
        counts={"new": 2, "set aside": 1},
        started_at=NOON,
        finished_at=NOON,
        detail="",
    )
    return Surroundings(spool_dir=folder / "spool", feeds=[(feed, FeedState(url=RSS, **state))], units=(unit,))


def test_keeping_does_all_that_it_says(warehouse, tmp_path):
    """What waits lands, feeds and units are pictured, texts are indexed, every check passes."""
    spool.write(tmp_path / "spool", batch("b1", *(make_item(n) for n in range(5))))
    report = keep(warehouse, _beside(tmp_path, items_a_day=48.0, failures=2, reason="timed out"), at=NOON)
    assert [len(landed.verdicts) for landed in report.landed] == [5]
    assert {check.name: check.rows for check in report.checks if check.offending} == {}
    assert len(report.checks) > 15
    assert rows(warehouse, "select title, state, failures, reason, items_per_day from feeds") == [
        ("North", "failing", 2, "timed out", 48.0)
    ]
    assert rows(warehouse, "select source, status, counts[1].outcome from core.unit") == [("x.warc", "done", "new")]
    assert rows(warehouse, "select count(*) > 100 from core.agency") == [(True,)]
    assert rows(warehouse, "select outlet from core.outlet") == [("north.example",)]


FULL = NOON.replace(minute=0)


def _hours(before, received=3, *, lost=False):
    return [CoveredHour(RSS, FULL - timedelta(hours=before), received, lost)]


def test_bands_of_a_month_are_stored_together_again(warehouse):
    """Batches of all months leave every month everywhere; a search within one would read them all."""
    land(warehouse, batch("b1", make_item(1)), at=NOON)
    with warehouse.writer("test") as connection:
        connection.execute(
            """insert into core.band by name
            select n as band, 200001 + n % 12 as month, n as revision_key from range(200_000) r(n)"""
        )
    before = rows(warehouse, "select count(*), sum(hash(b)) from core.band b")
    assert sort_bands(warehouse) == 12
    places = (
        "select count(distinct rowid // 16384) as places from core.band group by month order by places desc limit 1"
    )
    assert rows(warehouse, places)[0][0] <= 3
    assert rows(warehouse, "select count(*), sum(hash(b)) from core.band b") == before
    assert sort_bands(warehouse) == 0


def test_coverage_is_entered_once_an_hour(warehouse, tmp_path):
    """Expected by rhythm beside received, from a feed's first reading on, for hours that have ended; what came late corrects them."""
    beside = _beside(tmp_path, items_a_day=48.0, first_read_at=FULL - timedelta(hours=4))
    for hours in (_hours(2), [], _hours(1, 7, lost=True)):
        keep(warehouse, replace(beside, hours=hours), at=FULL + timedelta(minutes=5))
    entered = rows(warehouse, "select hour_at, expected, received, lost_possible from core.coverage order by hour_at")
    assert entered == [
        (FULL - timedelta(hours=4), 2.0, 0, False),
        (FULL - timedelta(hours=3), 2.0, 0, False),
        (FULL - timedelta(hours=2), 2.0, 3, False),
        (FULL - timedelta(hours=1), 2.0, 7, True),
    ]
    assert rows(warehouse, "select hour_at from report.gaps") == [(FULL - timedelta(hours=1),)]


def test_what_is_expected_knows_the_time_of_day_and_the_day_of_the_week(warehouse, tmp_path):
    """A feed of eight hours on five days is not missed at night or on Sunday, and on Monday at noon it is."""
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    since = monday - timedelta(days=28)
    past = [since + timedelta(hours=hour) for hour in range(24 * 28)]
    office = [CoveredHour(RSS, at, 12, lost_possible=False) for at in past if at.weekday() < 5 and 8 <= at.hour < 16]
    beside = _beside(tmp_path, items_a_day=68.0, first_read_at=since - timedelta(days=1), last_new_at=monday)
    keep(warehouse, replace(beside, hours=office), at=monday - timedelta(hours=1))
    keep(warehouse, beside, at=monday + timedelta(hours=13))
    missed = rows(
        warehouse,
        f"select hour(hour_at at time zone 'UTC'), expected from core.coverage where hour_at >= '{monday}' order by 1",
    )
    assert missed == [(hour, 12.0) for hour in range(8, 13)]
    assert len(rows(warehouse, f"from report.gaps where hour_at >= '{monday}'")) == 5


def test_silence_lists_feeds_that_went_quiet(warehouse, tmp_path):
    """Quiet for longer than the rhythm explains; a slow feed is not, nor one that is retired."""
    now = datetime.now(UTC)
    quiet = {"items_a_day": 48.0, "last_new_at": now - timedelta(hours=20)}
    keep(warehouse, _beside(tmp_path, **quiet, first_read_at=now - timedelta(hours=30)), at=now)
    assert rows(warehouse, "select feed_url, expected between 36 and 40 from report.silence") == [(RSS, True)]
    keep(warehouse, _beside(tmp_path, items_a_day=0.2, last_new_at=now - timedelta(days=3)), at=now)
    assert rows(warehouse, "from report.silence") == []
    keep(warehouse, _beside(tmp_path, **quiet, retired_at=now), at=now)
    assert rows(warehouse, "from report.silence") == []


def test_learnt_boilerplate_parts_what_only_a_footer_joined(warehouse):
    """A long footer counts as shared text until it is learnt; then its stories are their own."""
    footer = "\n\n".join(words(900 + n, 45) for n in range(3))
    items = [make_item(n, text=f"{words(n, 40)}\n\n{words(n + 50, 30)}\n\n{footer}") for n in range(8)]
    land(warehouse, batch("b1", *items), at=NOON)
    settled = settle(warehouse, at=NOON)
    assert settled.paragraphs == 3
    assert settled.texts == 8
    assert rows(warehouse, "select count(*), max(copies) from stories") == [(8, 1)]
    assert rows(
        warehouse, "select count(distinct boilerplate_version), min(length(boilerplate_version)) from core.fingerprint"
    ) == [(1, 16)]
    assert settle(warehouse, at=NOON).texts == 0


def test_what_settling_reads_anew_is_read_as_it_would_land(warehouse):
    """A text is compared the same whether its outlet's footer was known when it landed or is learnt from it."""
    links = [f"{words(n, 2).upper()} - {words(n, 9)}" for n in range(70, 78)]
    items = [make_item(n, text=f"{words(n, 40)}\n\n{link}\n\n{words(900, 20)}") for n, link in enumerate(links)]
    items = [with_dateline(item) if n % 2 else item for n, item in enumerate(items)]
    land(warehouse, batch("b1", *items), at=NOON)
    assert settle(warehouse, at=NOON).texts == 8
    learnt = read_boilerplate(warehouse)
    held = dict(rows(warehouse, "select item_key, comparable from core.fingerprint"))
    assert held == {item.item_key: comparable(item, learnt).text for item in items}


def test_a_warehouse_whose_making_was_cut_short_has_learnt_nothing(tmp_path):
    """A file without tables is what kill -9 leaves at the very first moment; the next run makes it whole."""
    duckdb.connect(str(tmp_path / "news.duckdb")).close()
    cut_short = Warehouse(tmp_path / "news.duckdb")
    assert read_boilerplate(cut_short) == EMPTY
    land(cut_short, batch("b1", make_item(1)), at=NOON)
    assert rows(cut_short, "select count(*) from stories") == [(1,)]


def test_a_syndicated_text_is_no_boilerplate(warehouse):
    """A text that many outlets run repeats, and is one story with many copies."""
    copies = [make_item(n, outlet=f"o{n}.example", text=body(1)) for n in range(8)]
    land(warehouse, batch("b1", *copies), at=NOON)
    assert settle(warehouse, at=NOON).paragraphs == 0
    assert rows(warehouse, "select copies, outlets from stories") == [(8, 8)]


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("insert into core.item from core.item", "one_row_an_item"),
        ("delete from core.member", "items_have_their_story"),
        ("delete from core.revision", "items_have_their_revision"),
        ("update core.fingerprint set month = 199901", "texts_have_their_fingerprint"),
        ("update core.batch set new_items = 7", "outcomes_sum_up"),
    ],
)
def test_checks_find_damage(warehouse, damage, check):
    """Each check that stops has something it would find."""
    land(warehouse, batch("b1", make_item(1)), at=NOON)
    with warehouse.writer("test") as connection:
        connection.execute(damage)
        found = {result.name for result in run_checks(connection) if result.offending and result.severity == "stop"}
    assert check in found


def test_texts_of_an_older_warehouse_are_read_for_their_sentences(warehouse):
    """What landed before sentences and sketches were kept teaches boilerplate, and is found, as if it landed today."""
    digest = "select object, digest from report.determinism_hash order by object"
    land(warehouse, batch("b1", *(make_item(n, text=f"{body(n)}\n\n{FOOTER}") for n in range(6))), at=NOON)
    with warehouse.writer("test") as connection:
        connection.execute("update core.fingerprint set pieces = null, sketch = null where item_key < '8'")
    settle(warehouse, at=NOON)
    settled = rows(warehouse, digest)
    with warehouse.writer("test") as connection:
        connection.execute("update core.fingerprint set pieces = null, sketch = null")
    assert settle(warehouse, at=NOON).paragraphs == 1
    assert rows(warehouse, digest) == settled


@pytest.mark.parametrize(
    ("state", "health"),
    [
        ({}, "not polled yet"),
        ({"last_success_at": -1}, "works"),
        ({"failures": 3, "reason": "Not found"}, "failed 3 times in a row and never worked: Not found"),
        ({"failures": 1, "last_success_at": -30, "reason": "Busy"}, "failed once, worked last "),
        ({"retired_at": -9, "reason": "gone for good"}, "retired: gone for good"),
        ({"usual_a_day": 48.0, "items_a_day": 0.001, "last_new_at": -400}, "quiet since "),
        ({"gap_at": -3}, "works, but items may have scrolled by unseen at "),
    ],
)
def test_the_health_of_a_feed_is_told_in_a_sentence(warehouse, tmp_path, state, health):
    """Moments are hours from now; a feed that has gone quiet is measured by what was usual before."""
    now = datetime.now(UTC)
    state = {name: now + timedelta(hours=value) if name.endswith("_at") else value for name, value in state.items()}
    polled = {"last_polled_at": now} if state else {}
    keep(warehouse, _beside(tmp_path, **polled, **state), at=now)
    ((told,),) = rows(warehouse, "select health from report.feed_health")
    assert told.startswith(health)
