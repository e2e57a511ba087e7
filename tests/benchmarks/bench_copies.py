"""Scores and speed of the copies' stage on simulated syndication of real wire text.

    PYTHONPATH=src:tests python tests/benchmarks/bench_copies.py [SIZE] [--seed N] [--unsettled]

Per class of hard negative and per edit, beside plain MinHash LSH at thresholds 0.5 and 0.7 where datasketch is installed;
then the relation of each copy to its source, and speed.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter

from copy_scores import Run, run, score
from shared_data import needed_data
from simulated_copies import Simulation, read_wires, simulate


def _print_table(columns: dict[str, dict[str, float]]) -> None:
    """Print every score, one row each, the methods beside each other."""
    print(f"{'':22}" + "".join(f"{name:>16}" for name in columns))
    for key in next(iter(columns.values())):
        print(f"{key:22}" + "".join(f"{scores[key]:16.4f}" for scores in columns.values()))


def _print_relations(simulation: Simulation, result: Run) -> None:
    """Print what became of copies beside their source: the relation that their edits make, and the one that was found."""
    found = {(match.a, match.b): match.relation.value for match in result.matches}
    source = {copy.truth: copy.item.item_key for copy in reversed(simulation.printed)}
    counts: Counter[tuple[str, str]] = Counter()
    for copy in simulation.printed:
        one, other = sorted((copy.item.item_key, source[copy.truth]))
        if one != other:
            joined = "by another copy" if result.group[one] == result.group[other] else "apart"
            counts[_made(copy.edits), found.get((one, other), joined)] += 1
    print("relation made and found:")
    for (made, held), count in sorted(counts.items()):
        print(f"  {made:10} {held:16} {count:6}")


def _made(edits: tuple[str, ...]) -> str:
    return "excerpt" if "cut" in edits else "near" if edits else "exact"


def _print_speed(result: Run, items: int) -> None:
    print("speed:")
    for step, seconds in result.seconds.items():
        print(f"  {step:22} {seconds:8.2f} s {items / max(seconds, 1e-9):12,.0f} items/s")
    print(f"  {'candidates an item':22} {len(result.candidates) / items:8.2f}")


def _plain_minhash(simulation: Simulation, threshold: float) -> dict[str, str]:
    """Group by datasketch's LSH over word shingles, whatever it joins."""
    from datasketch import MinHash, MinHashLSH

    lsh, parent = MinHashLSH(threshold=threshold, num_perm=128), {}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for copy in simulation.printed:
        key, words = copy.item.item_key, copy.item.body.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))])
        parent[key] = key
        for other in lsh.query(sketch):
            parent[root(other)] = root(key)
        lsh.insert(key, sketch)
    return {key: root(key) for key in parent}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="?", default=3_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--unsettled", action="store_true")
    given = parser.parse_args()
    folder = needed_data("reuters21578")
    simulation = simulate(read_wires(folder), given.size, given.seed)
    print(f"{len(simulation.printed):,} items, {len({copy.truth for copy in simulation.printed}):,} stories")
    result = run(simulation, settled=not given.unsettled)
    columns = {"wirecopy": score(simulation, result.group)}
    if importlib.util.find_spec("datasketch"):
        for threshold in (0.5, 0.7):
            columns[f"MinHashLSH {threshold}"] = score(simulation, _plain_minhash(simulation, threshold))
    _print_table(columns)
    _print_relations(simulation, result)
    _print_speed(result, len(simulation.printed))


if __name__ == "__main__":
    main()
