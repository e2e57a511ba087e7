"""Whoever asks what joins two items sees the texts that it joins."""

from __future__ import annotations

from datetime import timedelta

from store.landing_values import NOON, arrive, batch, body, make_item, published
from wirecopy.pipeline.explain_copy import compare, verdict_lines
from wirecopy.settings import Settings
from wirecopy.store.land import land


def test_the_texts_that_matched_are_shown(warehouse):
    """An item that was rewritten since is shown in the text that its copy was made of, and the answer says so."""
    first = make_item(1, text=body(1))
    copy = make_item(2, outlet="south.example", text=body(1), published=published(NOON + timedelta(hours=1)))
    later = f"{body(1)} The harbour master of Eastvale promised on Tuesday to answer all who had asked."
    rewritten = make_item(1, text=later)
    land(warehouse, batch("b1", first, copy), at=NOON)
    land(warehouse, batch("b2", arrive(rewritten, seen_at=NOON + timedelta(hours=2))), at=NOON)
    compared = compare(Settings(warehouse=warehouse.path), copy.item_key, first.item_key)
    assert (compared.a.body, compared.b.body) == (body(1), body(1))
    assert any("an earlier text of north.example" in line for line in verdict_lines(compared))
