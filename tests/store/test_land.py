"""What lands, and what becomes of it when more arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store.landing_values import NOON, OSLO, arrive, batch, body, make_item, published, with_dateline, words
from wirecopy.model import Capture, Identifier, Verdict
from wirecopy.store.land import land
from wirecopy.store.query import run

NEW, REVISED, UNCHANGED = Verdict.NEW, Verdict.REVISED, Verdict.UNCHANGED


def rows(warehouse, sql):
    return list(run(warehouse, sql).rows)


def test_a_batch_lands_once(warehouse):
    """The same batch a second time is skipped and writes nothing."""
    first = batch("b1", make_item(1), make_item(2))
    assert land(warehouse, first, at=NOON).verdicts == (NEW, NEW)
    again = land(warehouse, first, at=NOON)
    assert again.skipped
    assert rows(warehouse, "select count(*) from core.batch") == [(1,)]


def test_verdicts_follow_the_order_within_a_batch(warehouse):
    """New, the same again, another text: each arrival has its own word."""
    one = make_item(1)
    edited = make_item(1, text=body(1).replace("a", "o", 3))
    assert land(warehouse, batch("b1", one, one, edited), at=NOON).verdicts == (NEW, UNCHANGED, REVISED)
    assert land(warehouse, batch("b2", edited, one), at=NOON).verdicts == (UNCHANGED, UNCHANGED)
    assert rows(warehouse, "select number, kind from revisions order by number") == [(1, "original"), (2, "edit")]


def test_every_field_has_its_column(warehouse):
    """What an item says can be read back from its rows."""
    item = with_dateline(
        make_item(1, urgency=3, slugline="grain-harbour", extra=(("desk", "north"),), related=("urn:x",))
    )
    land(
        warehouse,
        batch("b1", arrive(item, feed_url="https://north.example/rss", capture=Capture("a.warc.gz", 7, "h"))),
        at=NOON,
    )
    assert rows(
        warehouse, "select headline, urgency, slugline, extra, related, capture_file, capture_offset from core.revision"
    ) == [(item.headline, 3, "grain-harbour", [{"name": "desk", "value": "north"}], ["urn:x"], "a.warc.gz", 7)]
    assert rows(warehouse, "select place, country, latitude, place_id from datelines") == [
        ("Oslo", "NO", 59.91, OSLO.geoname_id)
    ]
    assert rows(warehouse, "select author from core.author") == [("Ada Bell",)]
    assert rows(warehouse, "select keyword from core.keyword order by position") == [("harbour",), ("grain",)]
    assert rows(warehouse, "select feed_url, first_seen_at from core.sighting") == [("https://north.example/rss", NOON)]


def test_an_unresolved_dateline_keeps_its_raw_place(warehouse):
    """A place that nobody knows stays NULL beside what was printed."""
    land(warehouse, batch("b1", with_dateline(make_item(1), place=None)), at=NOON)
    assert rows(warehouse, "select place_raw, place, country from datelines") == [("OSLO", None, None)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_better_evidence_wins_whichever_came_first(warehouse, order):
    """A date to the second beats a date to the day; the times of sighting span both."""
    vague = arrive(make_item(1, published=published(NOON.replace(hour=0), "day", "url"), authors=()), seen_at=NOON)
    exact = arrive(make_item(1), seen_at=NOON + timedelta(days=2))
    for position in order:
        land(warehouse, batch(f"b{position}", (vague, exact)[position]), at=NOON)
    assert rows(
        warehouse, "select published_precision, published_source, first_seen_at, last_seen_at from core.revision"
    ) == [("second", "json-ld", NOON, NOON + timedelta(days=2))]
    assert rows(warehouse, "select published_precision from core.item") == [("second",)]
    assert rows(warehouse, "select author from core.author") == [("Ada Bell",)]
    assert rows(warehouse, "select f.month from core.fingerprint f") == [(202603,)]


def test_copies_make_one_story(warehouse):
    """The same text at two outlets is one story with a leader and a copy."""
    land(warehouse, batch("b1", make_item(1), make_item(2)), at=NOON)
    land(warehouse, batch("b2", make_item(9, outlet="south.example", text=body(1))), at=NOON)
    assert rows(warehouse, "select copies, outlets from stories order by copies") == [(1, 1), (2, 2)]
    assert rows(warehouse, "select outlet, relation from copies where relation <> 'leader'") == [
        ("south.example", "exact")
    ]
    assert rows(warehouse, "select count(*) from core.story_change where previous_key is null") == [(3,)]


def test_an_undated_copy_joins_by_equal_text(warehouse):
    """An item without a date matches exact text only."""
    land(warehouse, batch("b1", make_item(1), make_item(2)), at=NOON)
    cut = body(2).rsplit("\n\n", 1)[0]
    land(
        warehouse,
        batch(
            "b2",
            make_item(8, outlet="s.example", text=body(1), published=None),
            make_item(9, outlet="s.example", text=cut, published=None),
        ),
        at=NOON,
    )
    assert rows(warehouse, "select relation from copies where outlet = 's.example' order by relation") == [
        ("exact",),
        ("leader",),
    ]


def test_a_moved_address_is_shown_once(warehouse):
    """Two keys that share an identifier of one outlet are one item: the first in canonical order is shown."""
    shared = Identifier("guid", "tag:north.example,2026:17")
    one = make_item(1, identifiers=(shared,))
    other = replace(make_item(2, identifiers=(shared,)), body=one.body, text_hash=one.text_hash)
    land(warehouse, batch("b1", other), at=NOON)
    land(warehouse, batch("b2", one), at=NOON)
    assert rows(warehouse, "select relation from core.match") == [("same_as",)]
    assert rows(warehouse, "select item_key from copies") == [(one.item_key,)]


def test_an_identifier_of_many_items_is_no_identity(warehouse):
    """A section page given as everybody's address joins nobody, whatever came first."""
    home = Identifier("canonical_url", "https://north.example/news")
    for number in range(5):
        land(warehouse, batch(f"b{number}", make_item(number, identifiers=(home,))), at=NOON)
    assert rows(warehouse, "select count(*) from core.match") == [(0,)]
    assert rows(warehouse, "select count(*) from stories") == [(5,)]


def test_new_rules_over_the_same_bytes_revise_nothing(warehouse):
    """Bytes that arrive again, read by other rules, are the same text; what changed is recorded."""
    capture = Capture("a.warc.gz", 0, "bytes-1")
    old = make_item(1)
    land(warehouse, batch("b1", arrive(old, capture=capture)), at=NOON)
    new = replace(old, rules_version="2", text_hash="other", headline="Read better")
    report = land(warehouse, batch("b2", arrive(new, capture=replace(capture, file="b.warc.gz"))), at=NOON)
    assert report.verdicts == (UNCHANGED,)
    assert rows(warehouse, "select text_hash, rules_version, headline from core.revision") == [
        ("other", "2", "Read better")
    ]
    assert ("headline",) in rows(warehouse, "select field from core.replay_change")
    assert rows(warehouse, "select count(*) from core.fingerprint") == [(1,)]


def test_a_held_text_of_other_rules_is_read_again_before_it_is_compared(warehouse):
    """Other bytes under other rules: only what the held capture says under these rules decides."""
    old = [make_item(number) for number in (1, 2)]
    land(
        warehouse,
        batch(
            "b1",
            *(arrive(item, capture=Capture("a", item.text_hash.__hash__() % 7, f"x{item.item_key}")) for item in old),
        ),
        at=NOON,
    )
    now_read = {item.item_key: replace(item, rules_version="2", text_hash=f"new {item.text_hash}") for item in old}
    same = arrive(now_read[old[0].item_key], capture=Capture("b", 1, "y1"), seen_at=NOON + timedelta(hours=1))
    text = words(77, 90)
    edit = arrive(make_item(2, text=text, rules_version="2"), capture=Capture("b", 2, "y2"))
    asked = []

    def reread(held):
        asked.append(held.item_key)
        return arrive(now_read[held.item_key], seen_at=held.first_seen_at, capture=held.capture)

    report = land(warehouse, batch("b2", same, edit), at=NOON, reread=reread)
    assert report.verdicts == (UNCHANGED, REVISED)
    assert sorted(asked) == sorted(item.item_key for item in old)
    assert rows(warehouse, "select distinct rules_version from core.revision") == [("2",)]
    assert rows(warehouse, "select count(*) from core.revision") == [(3,)]
    assert rows(
        warehouse, f"select first_seen_at, last_seen_at from core.revision where item_key = '{old[0].item_key}'"
    ) == [(NOON, NOON + timedelta(hours=1))]


def test_texts_that_cannot_be_compared_say_so(warehouse):
    """Without the held bytes the arriving text lands with a doubt."""
    land(warehouse, batch("b1", make_item(1)), at=NOON)
    other = replace(make_item(1, text=words(5, 80)), rules_version="2")
    assert land(warehouse, batch("b2", other), at=NOON, reread=lambda _: None).verdicts == (REVISED,)
    assert rows(warehouse, "select doubts[1].code from core.revision where rules_version = '2'") == [("rules changed",)]
