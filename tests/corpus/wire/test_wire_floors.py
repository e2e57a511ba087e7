"""Reading the shared wire files is never worse than it was."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from shared_data import shared_data

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    wire = shared_data("wire")
    scorer = wire.parents[1] / "tools" / "score_wire.py"
    found = tmp_path_factory.mktemp("wire") / "scores.json"
    source = Path(__file__).parents[3] / "src"
    subprocess.run(
        [sys.executable, scorer, wire, "--json", found],
        env=os.environ | {"PYTHONPATH": str(source)},
        check=True,
        capture_output=True,
    )
    return json.loads(found.read_text())


@pytest.mark.parametrize("kind", ["formats", "fields"])
def test_no_score_falls_below_its_floor(scores, kind):
    """Every format and every field keeps its share."""
    fallen = {
        name: scores.get(f"dev.{name}", 0)
        for name, floor in FLOORS[kind].items()
        if scores.get(f"dev.{name}", 0) < floor
    }
    assert not fallen
