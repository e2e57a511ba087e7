"""Whoever asks why two items are no copies is told what decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wirecopy.dedupe.apart import differing_facts, shared_boilerplate, why_apart
from wirecopy.dedupe.reading import read_words
from wirecopy.model import Comparable

DAY = date(2026, 3, 2)
SHARES = Comparable(
    item_key="a",
    text="""Shares of Aldmere Systems Corp rose 2-3/8 to 63 on volume of 1,162,517 shares, making it one of the most active \
issues on the exchange. A spokesman for the company said it knew of no reason for the movement in its stock.""",
    published_on=DAY,
    language="en",
)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"text": SHARES.text.replace("63", "66").replace("1,162,517", "2,408,300")}, "differ where the wording is the same: 63 / 66"),
        ({"text": SHARES.text + " More.", "published_on": DAY + timedelta(days=40)}, "40 days apart"),
        ({"text": SHARES.text + " More.", "published_on": None}, "no date of publication"),
        ({"text": "Le port a été fermé lundi.", "language": "fr"}, "different languages (en, fr)"),
        ({"text": ""}, "no text of its own"),
        ({"text": "The orchestra of Eastvale opens its season with a forgotten symphony."}, "no wording in common"),
    ],
)  # fmt: skip
def test_the_reason_that_decided_comes_first(other, told):
    """Figures, distance, dates, languages and wording are each named."""
    assert told in why_apart(SHARES, replace(SHARES, item_key="b", **other))[0]


def test_copies_have_no_reason_to_be_apart():
    """What matches is not explained away."""
    assert why_apart(SHARES, replace(SHARES, item_key="b", text=SHARES.text + " More.")) == ()


def test_briefs_in_equal_words_are_told_by_their_headlines():
    """Where the words are the same, what keeps briefs apart is said as well."""
    brief = replace(
        SHARES, text="Qtly div 25 cts vs 25 cts prior. Pay April 1. Record March 6.", headline="Aldmere pays"
    )
    told = why_apart(brief, replace(brief, item_key="b", headline="Brisko dividend"))
    assert "headlines speak of different things" in told[0]


def test_facts_are_told_place_by_place():
    """Figures stand against figures, names against names."""
    one, other = (
        read_words(f"On May 5 the {name} rose by {by} pct in the morning.") for name, by in (("Dax", 3), ("Dow", 4))
    )
    assert differing_facts(one, other) == ((("dax",), ("dow",)), (("3",), ("4",)))


def test_boilerplate_in_common_is_shown():
    """Sentences that both print and that were not compared are named."""
    bodies = ("A beetle was found. Write to the editor.", "A budget was passed. Write to the editor.")
    assert shared_boilerplate(bodies, ("A beetle was found.", "A budget was passed.")) == ("Write to the editor.",)
