"""Pages a second: all of Page -> Item beside bare trafilatura on the same pages, interleaved, one core each.

    PYTHONPATH=src:tests python tests/benchmarks/bench_extract.py [--rounds N] [--workers N]

With `--workers` the same pages also go through the pool with one worker and with N, timed by the clock on the wall: that
ratio means something on a machine that does nothing else. Other times are processor times, so that other work on the machine does not count. The first round warms up both and is left out.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable

from trafilatura import bare_extraction

from page_scores import Sample, read_samples
from wirecopy.dedupe.fingerprint import comparable, fingerprint
from wirecopy.errors import ArticleMissing
from wirecopy.extract import extract
from wirecopy.model import Page
from wirecopy.normalise.item import decide, make_item
from wirecopy.pipeline.pool import Pool

_BATCH = 8
Stage = Callable[[Sample], None]


def _bare(sample: Sample) -> None:
    bare_extraction(sample.html, url=sample.url, with_metadata=True)


def _page_to_item(sample: Sample) -> None:
    page = Page(requested_url=sample.url, final_url=sample.url, body=sample.html)
    try:
        item = make_item(decide(extract(page)))
    except ArticleMissing:
        return
    fingerprint(comparable(item))


def _extract(sample: Sample) -> None:
    try:
        extract(Page(requested_url=sample.url, final_url=sample.url, body=sample.html))
    except ArticleMissing:
        return


def _timed(stage: Stage, sample: Sample) -> float:
    start = time.process_time()
    stage(sample)
    return time.process_time() - start


def _through_pool(samples: list[Sample], workers: int, rounds: int) -> float:
    """Return the seconds on the wall that a warm pool takes for every page, `rounds` times."""
    batches = [samples[at : at + _BATCH] for at in range(0, len(samples), _BATCH)]
    with Pool(workers, seconds=60) as pool:
        for _ in pool.stream(_page_to_item, batches):
            pass
        start = time.perf_counter()
        for _ in pool.stream(_page_to_item, batches * rounds):
            pass
        return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    samples = read_samples()
    stages: dict[str, Stage] = {"bare trafilatura": _bare, "Page -> Item": _page_to_item, "Page -> Article": _extract}
    spent = dict.fromkeys(stages, 0.0)
    for number in range(given.rounds + 1):
        for sample in samples:
            for name, stage in stages.items():
                spent[name] += _timed(stage, sample) if number else 0.0 * _timed(stage, sample)
    pages = len(samples) * given.rounds
    print(f"{len(samples)} pages, {given.rounds} rounds")
    for name, seconds in spent.items():
        print(f"  {name:18} {pages / seconds:7.1f} pages/s  {spent['bare trafilatura'] / seconds:5.2f} x")
    if given.workers:
        one, many = (_through_pool(samples, workers, given.rounds) for workers in (1, given.workers))
        print(f"  pool of 1          {pages / one:7.1f} pages/s")
        print(f"  pool of {given.workers}          {pages / many:7.1f} pages/s  {one / many:5.2f} x that of 1")


if __name__ == "__main__":
    import bench_extract  # workers find a stage by its module's name, and know nothing of the program that was started

    bench_extract.main()
