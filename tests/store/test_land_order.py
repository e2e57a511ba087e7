"""Landing is idempotent and blind to order, batch size and repetition."""

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blank_warehouse import put_blank
from store.landing_values import NOON, arrive, batch, body, make_item, published, with_dateline
from wirecopy.dedupe.fingerprint import comparable, fingerprint
from wirecopy.model import Capture, Identifier, Notice, PageRecord, SetAside
from wirecopy.store.boilerplate import held_boilerplate
from wirecopy.store.connection import Warehouse
from wirecopy.store.land import land
from wirecopy.store.query import run
from wirecopy.store.settle import settle

FOOTER = "Subscribe to the northern morning letter and never miss what the harbour has to say about grain"


def _world():
    """Copies, cuts, revisions, vague and exact dates, undated items, shared identifiers, a footer."""
    texts = {number: f"{body(number)}\n\n{FOOTER}" for number in range(6)}
    made = [arrive(with_dateline(make_item(n, text=texts[n]))) for n in range(6)]
    made += [
        arrive(make_item(n + 20, outlet="south.example", text=body(n)), seen_at=NOON + timedelta(hours=n))
        for n in range(4)
    ]
    made.append(arrive(make_item(31, outlet="west.example", text=body(0).rsplit("\n\n", 2)[0])))
    made.append(arrive(make_item(32, outlet="west.example", text=body(1), published=None)))
    made.append(arrive(make_item(33, outlet="west.example", text=body(0).rsplit("\n\n", 1)[0] + "\n\n" + body(40))))
    made.append(
        arrive(
            make_item(
                1, text=texts[1], published=published(NOON.replace(hour=0), "day", "url"), authors=("B. Cole", "A. Dow")
            ),
            seen_at=None,
        )
    )
    made.append(arrive(make_item(2, text=texts[2].replace("a", "e", 9), version="2"), seen_at=NOON + timedelta(days=1)))
    made.append(
        arrive(
            make_item(3, text=texts[3], truncated=True, headline="Cut"),
            feed_url="https://north.example/rss",
            capture=Capture("f", 1, "c"),
        )
    )
    made.append(arrive(make_item(50, identifiers=(Identifier("guid", "g"),))))
    made.append(arrive(make_item(51, identifiers=(Identifier("guid", "g"),))))
    return made


WORLD = _world()
NOTICES = (
    Notice(kind="kill", at=NOON + timedelta(days=1), target=WORLD[0].item.item_key),
    Notice(kind="withdrawal", at=None, target="nobody"),
)
RECEIPTS = {
    "pages": (
        PageRecord(url="https://x.example", kind="page", seen_at=NOON, content_hash="h", capture=Capture("f", 2, "h")),
    ),
    "set_aside": (
        SetAside(stage="parse", reason="feed unreadable", detail="no feed", subject="https://x.example", at=NOON),
    ),
}


def _digest(batches):
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(put_blank(Path(folder) / "w.duckdb"))
        for number, (arrivals, parts) in enumerate(batches):
            land(warehouse, batch(f"b{number}", *arrivals, **parts), at=NOON + timedelta(minutes=number))
        settle(warehouse, at=NOON)
        stories = run(
            warehouse, "select story_key, list(item_key order by rank) from core.member group by 1 order by 1"
        ).rows
        return run(warehouse, "from report.determinism_hash order by object").rows, stories


@pytest.fixture(scope="module")
def once():
    """Return what the world comes to, landed in one batch."""
    return _digest([(WORLD, {"notices": NOTICES, **RECEIPTS})])


@st.composite
def plans(draw):
    """Return the world's arrivals permuted, some repeated, cut into batches."""
    order = draw(st.permutations(range(len(WORLD))))
    order = [*order, *draw(st.lists(st.sampled_from(range(len(WORLD))), max_size=4))]
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=3)))
    edges = [0, *cuts, len(order)]
    return [[WORLD[i] for i in order[a:b]] for a, b in pairwise(edges)]


@given(plans(), st.booleans())
@settings(max_examples=4, deadline=None, derandomize=True)
def test_rows_are_the_same_for_any_order_and_split(once, plan, notices_first):
    """After settling, the determinism hash does not know how the rows came in."""
    batches = [(arrivals, {}) for arrivals in plan]
    batches.insert(0 if notices_first else len(batches), ([], {"notices": NOTICES, **RECEIPTS}))
    assert _digest(batches) == once


def test_the_world_of_the_property_is_worth_it(once):
    """It has stories with copies, learnt boilerplate and several revisions: equal hashes mean something."""
    counts = {name: rows for name, rows, _ in once[0]}
    assert counts["core.revision"] == counts["core.item"] + 1
    assert counts["core.match"] >= 8
    assert counts["core.boilerplate"] >= 1
    assert max(len(members) for _, members in once[1]) >= 3


def test_settling_leaves_no_evidence_behind(warehouse):
    """A text read anew meets others where a text read so from the start does: by agency, slugline and day as well."""
    told = "All about grain and the boats of the northern shore stands in the yearbook of the harbour office"
    items = [make_item(n, text=f"{body(n)}\n\n{told}", slugline=f"BC-Grain-{n}, 1st Ld") for n in range(5)]
    land(warehouse, batch("b", *items), at=NOON)
    assert settle(warehouse, at=NOON).texts == len(items)
    with warehouse.reader() as connection:
        learnt = held_boilerplate(connection)
        held = {band for (band,) in connection.execute("select band from core.band").fetchall()}
    assert held == {band for item in items for band in fingerprint(comparable(item, learnt)).bands}
