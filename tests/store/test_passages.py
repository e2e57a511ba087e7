"""A passage that one report takes from another is found wherever it stands, and joins nothing."""

import random

import pytest

from blank_warehouse import put_blank
from store.landing_values import NOON, batch, make_item, published, words
from wirecopy.store.connection import Warehouse
from wirecopy.store.land import land
from wirecopy.store.query import run
from wirecopy.store.settle import settle


def _sentences(seed, number):
    return [words(seed * 100 + at, 18).capitalize() + "." for at in range(number)]


PASSAGE = " ".join(_sentences(90, 3))


def _report(number, *, passage="", **changes):
    """Return a long report of its own words; a passage stands below the top that search by bands looks at."""
    told = _sentences(number, 14)
    at = 8 + number % 5
    return make_item(number, text=" ".join((*told[:at], *([passage] if passage else ()), *told[at:])), **changes)


def rows(warehouse, sql):
    return list(run(warehouse, sql).rows)


EVIDENCE = "select a_key, b_key, relation, longest_passage, reason, by_passage from core.match order by a_key, b_key"


def test_a_passage_far_down_is_a_match_and_makes_no_member(warehouse):
    source, taker, other = _report(1, passage=PASSAGE), _report(2, passage=PASSAGE), _report(3)
    land(warehouse, batch("b", source, taker, other), at=NOON)
    assert rows(warehouse, EVIDENCE) == []
    assert settle(warehouse, at=NOON).stories == 2
    a, b = sorted((source.item_key, taker.item_key))
    assert rows(warehouse, EVIDENCE) == [(a, b, "reuse", 54, "a passage taken over", True)]
    assert rows(warehouse, "select count(*), max(copies) from stories") == [(3, 1)]
    assert settle(warehouse, at=NOON).stories == 0


_SIGNS = (
    "港口管理局星期一表示一艘载有原油的船在沙洲搁浅后当地渔民对未能及时得到警告不满气象台预报全国大部分区晴朗最高温"
)


def _chinese(seed, number):
    chance = random.Random(seed)
    return ["".join(chance.choices(_SIGNS, k=30)) + "。" for _ in range(number)]


def test_passages_and_frames_are_found_in_scripts_without_spaces(warehouse):
    """Where no space parts words and sentences, two characters count as a word."""
    footer, passage = _chinese(1, 2), _chinese(2, 3)
    items = []
    for number in range(6):
        own = _chinese(10 + number, 14)
        told = (*own[:9], *(passage if number < 2 else ()), *own[9:], *footer)
        items.append(make_item(number, text="".join(told), language="zh"))
    land(warehouse, batch("b", *items), at=NOON)
    assert settle(warehouse, at=NOON).paragraphs == 2
    assert [row[2:4] for row in rows(warehouse, EVIDENCE)] == [("reuse", 90)]
    assert rows(warehouse, "select count(*) from core.fingerprint where comparable like '%" + footer[0] + "%'") == [
        (0,)
    ]


def test_copies_that_differ_at_the_top_are_found_by_what_follows(warehouse):
    """An outlet that writes a long lead of its own over an agency's report runs a copy of it."""
    wire = _report(1)
    rewritten = " ".join(words(700 + at, 40).capitalize() + "." for at in range(4))
    land(warehouse, batch("b", wire, make_item(2, outlet="south.example", text=f"{rewritten}\n\n{wire.body}")), at=NOON)
    settle(warehouse, at=NOON)
    assert rows(warehouse, "select copies from stories") == [(2,)]


def test_a_passage_of_another_season_is_none(warehouse):
    """Items further apart than the window never match."""
    month = published(NOON.replace(month=NOON.month + 2))
    land(
        warehouse,
        batch("b", _report(1, passage=PASSAGE), _report(2, passage=PASSAGE, published=month)),
        at=NOON,
    )
    settle(warehouse, at=NOON)
    assert rows(warehouse, EVIDENCE) == []


def _digest(path, batches, between):
    warehouse = Warehouse(put_blank(path))
    for number, items in enumerate(batches):
        land(warehouse, batch(f"b{number}", *items), at=NOON)
        if between:
            settle(warehouse, at=NOON)
    settle(warehouse, at=NOON)
    return rows(warehouse, "from report.determinism_hash order by object"), rows(warehouse, EVIDENCE)


def test_evidence_does_not_know_what_was_settled_when(tmp_path):
    """Whoever came first, and however often stories settled in between: the same rows."""
    reports = [_report(number, passage=PASSAGE) for number in (1, 2, 3)]
    once = _digest(tmp_path / "once.duckdb", [reports], between=False)
    assert len(once[1]) == 3
    for number, order in enumerate((reports, reports[::-1], reports[1:] + reports[:1])):
        path = tmp_path / f"{number}.duckdb"
        assert _digest(path, [[one] for one in order], between=True) == once


@pytest.mark.parametrize("between", [False, True])
def test_what_very_many_print_leads_nowhere_even_if_it_became_so_later(tmp_path, between):
    """Who takes a passage from a report that seventy outlets print is no match of any of them."""
    wire = _report(1)
    passage = " ".join(_sentences(1, 14)[9:12])
    copies = [make_item(n, outlet=f"o{n}.example", text=wire.body) for n in range(70)]
    few = _digest(tmp_path / "few.duckdb", [[*copies[:9], _report(2, passage=passage)]], between=False)
    assert [row[2] for row in few[1]].count("reuse") == 9
    many = _digest(tmp_path / "w.duckdb", [[*copies[:9], _report(2, passage=passage)], copies[9:]], between=between)
    assert {row[2] for row in many[1]} == {"exact"}


def test_what_two_tell_besides_still_counts_once_a_passage_is_common(tmp_path):
    """Evidence that is given up is sought once more: another passage may hold it."""
    second = " ".join(_sentences(95, 3))
    wire = _report(1, passage=second)
    passage = " ".join(_sentences(1, 14)[:3])
    copies = [make_item(n, outlet=f"o{n}.example", text=_report(1).body) for n in range(70)]
    both = [wire, _report(2, passage=f"{second} {passage}")]
    once = _digest(tmp_path / "once.duckdb", [[*both, *copies]], between=False)
    assert [row[2:4] for row in once[1] if row[2] == "reuse"] == [("reuse", 54)]
    assert _digest(tmp_path / "w.duckdb", [both, copies], between=True) == once
