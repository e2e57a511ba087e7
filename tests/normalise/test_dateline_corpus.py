"""The corpus of datelines is read at least as well as its floors say; floors rise, and fall only with a reason."""

from __future__ import annotations

import pytest

from dateline_scores import LISTS, MEASURES, false_positives, floors, leads, read, right, scores


@pytest.mark.parametrize("name", LISTS)
def test_a_list_scores_at_least_its_floors(name: str) -> None:
    """No measure of a list falls below its floor."""
    reached = scores(name)
    fallen = {
        measure: (reached[measure], floors()[name][measure])
        for measure in MEASURES
        if reached[measure] < floors()[name][measure]
    }
    wrong = [lead["text"] for lead in leads(name) if not right(lead, read(lead))["all"]]
    assert not fallen, wrong


def test_openings_without_a_dateline_are_left_alone() -> None:
    """Kickers, speakers, captions, tickers, house style and plain sentences are no datelines."""
    found = false_positives()
    assert len(found) / len(leads("must_not_match")) <= floors()["must_not_match"]["matched"], found


def test_the_corpus_is_large_and_varied() -> None:
    """At least 600 leads, 80 styles and 25 languages stand behind the floors."""
    every = [lead for name in (*LISTS, "must_not_match") for lead in leads(name)]
    assert len(every) >= 600
    assert len({lead["style"] for lead in every}) >= 80
    assert len({lead["language"] for lead in every}) >= 25
