"""Speed of the copies' stage on one core: what a worker does with a text, and what the writer decides of its pairs.

    PYTHONPATH=src:tests python tests/benchmarks/bench_decide.py [SIZE] [--seed N]

Two flows of simulated syndication: an ordinary one (a story has one copy at most) and one heavy with copies (two a story, up
to eight). CPU time, the least of five rounds; the writer has read none of the texts before, since workers read them elsewhere.
Reference cycles are looked for as seldom as at work.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from copy_scores import learn_from, pairs
from shared_data import needed_data
from simulated_copies import Printed, Wire, read_wires, simulate
from wirecopy.dedupe import align, carried, gaps, glance, match, reading
from wirecopy.dedupe.fingerprint import _printed, comparable, fingerprint, with_words
from wirecopy.pipeline.garbage import collecting_seldom

_TOGETHER = 64
"""Items of a wire file that a worker reads together."""
_ROUNDS = 5
_ORDINARY = 2
"""Printed texts of a story in the ordinary flow."""


def _flow(wires: list[Wire], size: int, seed: int, *, most: int) -> list[Printed]:
    """Return what was printed, no story more often than `most` times."""
    met: Counter[str] = Counter()
    kept = []
    for copy in simulate(wires, size, seed).printed:
        met[copy.truth] += 1
        if met[copy.truth] <= most:
            kept.append(copy)
    return kept


def _forget() -> None:
    read = (reading.read_words, reading.held, carried.unpacked)
    compared = (match._aligned, gaps._compared, gaps._noise)
    for known in (*read, *compared, glance._top, glance._end, glance._visible, align.shingles):
        known.cache_clear()
    _printed.clear()


def _timed(work: Callable[..., Any], inputs: Iterable[tuple[Any, ...]]) -> tuple[list[Any], float]:
    """Return what was made, and the least time of some rounds: what else the machine does only adds."""
    given = list(inputs)
    rounds = []
    done: list[Any] = []
    for _ in range(_ROUNDS):
        _forget()
        with collecting_seldom():
            start = time.process_time()
            done = [work(*one) for one in given]
            rounds.append(time.process_time() - start)
    return done, min(rounds)


def _measure(name: str, printed: list[Printed]) -> None:
    boilerplate = learn_from(printed)
    news, reading_ = _timed(comparable, [(copy.item, boilerplate) for copy in printed])
    parts = [(news[start : start + _TOGETHER],) for start in range(0, len(news), _TOGETHER)]
    _, alone = _timed(fingerprint, [(one,) for one in news])
    made, printing = _timed(with_words, parts)
    prints = [print_ for part in made for _, print_ in part]
    held = {one.item_key: one for part in made for one, _ in part}
    found = pairs(prints)
    matches, deciding = _timed(match.match, [(held[a], held[b]) for a, b in found])
    items, joined = len(printed), sum(one is not None for one in matches)
    print(
        f"{name}: {items:,} items of {sum(one.words for one in prints) / items:.0f} words, {len(found) / items:.2f} candidates an item, {joined:,} matches"
    )
    rows = (
        ("comparable", reading_, items, "items/s"), ("fingerprint, one by one", alone, items, "items/s"),
        ("fingerprint", printing, items, "items/s"),
        ("decide", deciding, len(found), "pairs/s"), ("fingerprint and decide", printing + deciding, items, "items/s"),
    )  # fmt: skip
    for step, seconds, count, unit in rows:
        print(f"  {step:24} {seconds / (count or 1) * 1e6:8.1f} µs each {count / (seconds or 1e-9):12,.0f} {unit}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="?", default=3_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    folder = needed_data("reuters21578")
    wires = read_wires(folder)
    for copy in simulate(wires, given.size, given.seed + 1).printed:  # a process that has been at work for a while
        fingerprint(comparable(copy.item))
    _measure("ordinary", _flow(wires, given.size, given.seed, most=_ORDINARY))
    _measure("heavy with copies", _flow(wires, given.size, given.seed, most=given.size))


if __name__ == "__main__":
    main()
