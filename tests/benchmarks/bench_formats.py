"""Wire file -> Item in each format: processor time a story on one core, so that no format is far slower than the others.

    PYTHONPATH=src:tests python tests/benchmarks/bench_formats.py [--rounds N]

The shared wire files, each read N times as a worker of a backfill reads it; the first round warms up and is left out. What
a story costs in search for duplicates is the same whatever its format and is not counted.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from shared_data import find_shared
from wirecopy.errors import ContentError
from wirecopy.formats import read_articles
from wirecopy.normalise.item import decide, make_item


def _read(files: list[Path]) -> int:
    """Return how many stories the files hold, each made an item; what cannot be read counts as one."""
    stories = 0
    for path in files:
        articles = read_articles(path.read_bytes(), name=path.name)
        while True:
            stories += 1
            try:
                make_item(decide(next(articles)))
            except StopIteration:
                stories -= 1
                break
            except ContentError:
                continue
    return stories


def _row(folder: Path, rounds: int) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stories = _read(files)
    start = time.process_time()
    for _ in range(rounds):
        _read(files)
    each = (time.process_time() - start) / rounds / stories
    size = sum(path.stat().st_size for path in files) / stories
    return f"{folder.name:14} {stories:5} stories of {size:7,.0f} bytes {each * 1000:7.2f} ms a story"


def main() -> None:
    """Print one row a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    held = find_shared("wire")
    assert held, "the third-party data is not beside the checkout"
    for folder in sorted(path for path in held.iterdir() if path.is_dir() and path.name != "unsupported"):
        print(_row(folder, options.rounds))


if __name__ == "__main__":
    main()
