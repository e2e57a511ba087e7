"""Passages that one report takes from another: how many are found when texts land, and once stories have settled.

    PYTHONPATH=src:tests python tests/benchmarks/bench_passages.py [PAIRS] [--seed N]

Passages of two to four sentences, of thirty words at least, are taken from one wire of Reuters-21578 and put into another
of the same week, anywhere but at the top of either. All land in one warehouse with a thousand wires more. What should be
found: a match that makes no member.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from shared_data import needed_data
from simulated_copies import Wire, is_template, read_wires
from store.landing_values import batch, make_item, published
from wirecopy.model import Item
from wirecopy.store.connection import Warehouse
from wirecopy.store.land import land
from wirecopy.store.query import run
from wirecopy.store.settle import settle

_STOP = re.compile(r'(?<=[a-z]{3}[.?!"]) +(?=[A-Z"])')
_NOW = datetime(1987, 12, 1, tzinfo=UTC)
_LONG = 8
_BESIDE = 1_000


def _sentences(wire: Wire) -> list[str]:
    return [sentence for paragraph in wire.paragraphs for sentence in _STOP.split(paragraph)]


def _passage(rng: random.Random, told: list[str]) -> list[str]:
    """Return two to four sentences of a text, of thirty words at least, from below its first two."""
    start = rng.randrange(2, len(told) - 2)
    taken = told[start : start + rng.randint(2, 4)]
    return taken if len(" ".join(taken).split()) >= 35 else _passage(rng, told)


def _planted(rng: random.Random, long: list[Wire]) -> list[tuple[Item, Item]]:
    chosen = iter(rng.sample(long, 2 * (len(long) // 2)))
    pairs = []
    for number, (source, taker) in enumerate(zip(chosen, chosen, strict=True)):
        told, host = _sentences(source), _sentences(taker)
        at = rng.randrange(2, len(host))
        texts = told, [*host[:at], *_passage(rng, told), *host[at:]]
        one, other = (
            make_item(2 * number + side, text="\n\n".join(text), published=published(source.at))
            for side, text in enumerate(texts)
        )
        pairs.append((one, replace(other, outlet="south.example")))
    return pairs


def _found(warehouse: Warehouse, pairs: list[tuple[Item, Item]]) -> Counter[str]:
    rows = run(warehouse, "select a_key, b_key, relation from core.match").rows
    held = {frozenset((a, b)): relation for a, b, relation in rows}
    return Counter(held.get(frozenset((one.item_key, other.item_key)), "none") for one, other in pairs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    folder = needed_data("reuters21578")
    rng = random.Random(given.seed)
    wires = [wire for wire in read_wires(folder) if not is_template(wire.paragraphs)]
    rng.shuffle(wires)
    long = [wire for wire in wires if len(_sentences(wire)) >= _LONG][: 2 * given.pairs]
    beside = [wire for wire in wires if wire not in long][:_BESIDE]
    pairs = _planted(rng, long)
    others = [
        make_item(100_000 + at, text="\n\n".join(_sentences(wire)), published=published(wire.at))
        for at, wire in enumerate(beside)
    ]
    with tempfile.TemporaryDirectory() as scratch:
        warehouse = Warehouse(Path(scratch) / "w.duckdb")
        land(warehouse, batch("all", *(item for pair in pairs for item in pair), *others), at=_NOW)
        print(f"landed: {dict(_found(warehouse, pairs).most_common())}")
        start = time.process_time()
        settle(warehouse, at=_NOW)
        print(f"settled: {dict(_found(warehouse, pairs).most_common())} in {time.process_time() - start:.1f} s")
        joined = run(warehouse, "select count(*) from core.match where relation = 'reuse'").rows
        print(f"matches of a passage in all: {next(iter(joined))[0]:,}")


if __name__ == "__main__":
    main()
