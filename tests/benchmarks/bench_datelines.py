"""Scores of the dateline parser on the corpus by list, style and language, and its speed.

PYTHONPATH=src:tests python tests/benchmarks/bench_datelines.py [--styles]
"""

from __future__ import annotations

import argparse
from datetime import date
from time import process_time

from dateline_scores import LISTS, MEASURES, false_positives, grouped, leads, scores
from wirecopy.normalise.dateline import parse_dateline


def _row(name: str, number: int, found: dict[str, float]) -> str:
    return f"{name:24} {number:5} " + " ".join(f"{found[measure]:8.4f}" for measure in MEASURES)


def _speed(texts: list[str], rounds: int) -> float:
    begin = process_time()
    for _ in range(rounds):
        for text in texts:
            parse_dateline(text, sent_at=date(2025, 6, 27))
    return rounds * len(texts) / (process_time() - begin)


def main() -> None:
    """Print every score and speed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--styles", action="store_true", help="one row a style as well")
    options = parser.parse_args()
    print(f"{'':24} {'n':>5} " + " ".join(f"{measure:>8}" for measure in MEASURES))
    for name in LISTS:
        print(_row(name, len(leads(name)), scores(name)))
    for language, number, found in grouped(lambda lead: lead["language"]):
        print(_row(language, number, found))
    if options.styles:
        for style, number, found in grouped(lambda lead: lead["style"]):
            print(_row(style, number, found))
    without = leads("must_not_match")
    print(f"no dateline: {len(false_positives())} of {len(without)} matched")
    texts = [lead["text"] for name in LISTS for lead in leads(name)]
    mixed = [text for pair in zip(texts, (lead["text"] for lead in without), strict=False) for text in pair]
    _speed([*texts, *mixed], 1)
    print(f"mixed, half of them without {_speed(mixed, 5):9,.0f} leads/s a core")
    print(f"with dateline    {_speed(texts, 5):9,.0f} leads/s a core")
    print(f"without dateline {_speed([lead['text'] for lead in without], 10):9,.0f} leads/s a core")


if __name__ == "__main__":
    main()
