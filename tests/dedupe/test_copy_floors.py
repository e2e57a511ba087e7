"""The scores of the copies' stage on simulated syndication never fall below their floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from copy_scores import run, score
from shared_data import shared_data
from simulated_copies import read_wires, simulate

FLOORS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "copies" / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores():
    wires = read_wires(shared_data("reuters21578"))
    simulation = simulate(wires, FLOORS["size"], FLOORS["seed"])
    return score(simulation, run(simulation).group)


@pytest.mark.parametrize(("name", "floor"), FLOORS["at_least"].items())
def test_at_least(scores, name, floor):
    """Copies are found, and groups are pure."""
    assert scores[name] >= floor


@pytest.mark.parametrize(("name", "ceiling"), FLOORS["at_most"].items())
def test_at_most(scores, name, ceiling):
    """Hard negatives stay apart."""
    assert scores[name] <= ceiling
