"""A dateline that stands under an outlet's header counts for nothing among copies."""

from __future__ import annotations

import pytest

from wirecopy.dedupe.fingerprint import comparable
from wirecopy.model import Item

NEWS = "Suffolk Financial said it bought 172,900 shares of its stock, 5.5 pct of those outstanding."


def printed(body):
    """Return an item that an outlet printed without a dateline of its own."""
    return Item(
        item_key="a",
        outlet="ledger.example",
        headline="",
        body=body,
        lead="",
        key_rule="",
        text_hash="",
        rules_version="",
    )


@pytest.mark.parametrize(
    "opening",
    ["(Suffield, March 5) ", "Dallas, 14 March: ", "HOUSTON, Mar. 4 (Wire) - ", "PORT ALDMERE — ", "Madrid, 5 de marzo (Agencia) - ", "Berlin, 4. März - "],
)  # fmt: skip
def test_a_dateline_is_left_out(opening):
    """With its date it would tell copies of two outlets apart."""
    assert comparable(printed(f"World desk\n\n{opening}{NEWS}")).text == f"World desk\n\n{NEWS}"


@pytest.mark.parametrize("opening", ["Net profit rose 5 pct: ", "On March 5 the company - ", "GM - "])
def test_another_opening_stays(opening):
    """What only resembles a dateline is news."""
    assert comparable(printed(f"{opening}{NEWS}")).text == f"{opening}{NEWS}"
