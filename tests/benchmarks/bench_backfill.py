"""Stories a second, end to end, through `wirecopy backfill`: a large wire dump, or a large WARC file.

    PYTHONPATH=src:tests python tests/benchmarks/bench_backfill.py [--stories N] [--records N] [--workers N]

(a) Reuters-21578 files repeated to N stories, each with an id of its own and with other figures, names and words in its
    text, so that hardly one is a copy of another (`--share 0.7` of the words; with less, each story gets N / 4,000 copies,
    which costs what comparing them costs). Told: stories a second, the rate of the last fifth of the run against that of
    the first, peak memory of all processes.
(b) the shared pages repeated to N records of a WARC file. Told besides: the median error of the time left as it was shown.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from page_scores import read_samples
from shared_data import find_shared
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.report import Progress
from wirecopy.settings import Settings

_RECORD = re.compile(rb"<REUTERS .*?</REUTERS>", re.DOTALL)
_ID = re.compile(rb'NEWID="\d+"')
_WORD = re.compile(rb"\b[A-Za-z]{4,}\b")
_FIGURE = re.compile(rb"\d+")
_BODY = re.compile(rb"(?<=<BODY>).*?(?=</BODY>)", re.DOTALL)
Vocabulary = dict[tuple[int, bool], list[bytes]]


def _vocabulary(records: list[bytes]) -> Vocabulary:
    """Return the words of the collection, as often as they occur, by length and by whether they begin with a capital."""
    found: Vocabulary = {}
    for record in records[::10]:
        for word in _WORD.findall(record.partition(b"<BODY>")[2].partition(b"</BODY>")[0]):
            found.setdefault((len(word), word[:1].isupper()), []).append(word)
    return found


def _altered(record: bytes, number: int, words: Vocabulary, share: float) -> bytes:
    """Return a record with its own id, and a share of the words and all figures of its text put in place of others."""
    chance = random.Random(number)

    def other(match: re.Match[bytes]) -> bytes:
        word = match.group()
        if chance.random() >= share:
            return word
        return chance.choice(words.get((len(word), word[:1].isupper())) or [word])

    def figure(match: re.Match[bytes]) -> bytes:
        return b"%d" % chance.randrange(1, 10 ** min(len(match.group()), 6))

    def told(match: re.Match[bytes]) -> bytes:
        return _FIGURE.sub(figure, _WORD.sub(other, match.group())) if share else match.group()

    return _BODY.sub(told, _ID.sub(b'NEWID="%d"' % number, record, count=1))


def _dumps(folder: Path, count: int, *, share: float = 0.7) -> None:
    """Write files of 1,000 records, as the collection has them."""
    held = find_shared("reuters21578")
    assert held, "the third-party data is not beside the checkout"
    records = [record for path in sorted(held.glob("*.sgm")) for record in _RECORD.findall(path.read_bytes())]
    words = _vocabulary(records)
    for start in range(0, count, 1_000):
        numbers = range(start, min(start + 1_000, count))
        body = b"\n".join(_altered(records[number % len(records)], number + 1, words, share) for number in numbers)
        (folder / f"reut-{start // 1_000:04}.sgm").write_bytes(b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' + body + b"\n")


def _crawl(folder: Path, count: int) -> None:
    samples = list(read_samples())
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    with (folder / "crawl.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in range(count):
            sample = samples[number % len(samples)]
            url = f"{sample.url}{'&' if '?' in sample.url else '?'}edition={number}"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(sample.html), http_headers=head)
            )


def _rates(told: list[Progress]) -> tuple[float, float]:
    """Return stories a second over the first and the last fifth of a run."""
    end = told[-1].seconds

    def rate(first: float, last: float) -> float:
        inside = [one for one in told if first <= one.seconds <= last]
        span = inside[-1].seconds - inside[0].seconds if len(inside) > 1 else 0
        return (inside[-1].stories - inside[0].stories) / span if span else 0.0

    return rate(0, end / 5), rate(end * 4 / 5, end)


def _estimate_errors(told: list[Progress]) -> Iterator[float]:
    """Yield how far off the time left was, as a share of what was left, over all but the last tenth."""
    end = told[-1].seconds
    for one in told:
        left = end - one.seconds
        if one.seconds_left is not None and left > end / 10:
            yield abs(one.seconds_left - left) / left


@dataclass
class Usage:
    """What this process and all that descend from it use, looked at whenever progress is told."""

    told: list[Progress] = field(default_factory=list)
    cpu: dict[int, float] = field(default_factory=dict)
    """Processor seconds by process, as far as they were seen."""
    peak_mb: float = 0.0

    def look(self, progress: Progress) -> None:
        self.told.append(progress)
        memory = 0.0
        for pid in _family():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                self.cpu[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                memory += int(rollup.partition("Pss:")[2].split()[0]) / 1024
        self.peak_mb = max(self.peak_mb, memory)


def _family() -> list[int]:
    """Return this process and its descendants."""
    found = [os.getpid()]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, task.read_text().split())
    return found


def _run(name: str, write: Callable[[Path, int], None], count: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        write(archive, count)
        usage, before = Usage(), time.process_time()
        settings = Settings(warehouse=Path(folder, "bench.duckdb"), workers=workers)
        report = backfill(settings, [str(archive)], progress=usage.look)
        own = time.process_time() - before
    others = sum(seconds for pid, seconds in usage.cpu.items() if pid != os.getpid())
    first, last = _rates(usage.told)
    errors = list(_estimate_errors(usage.told))
    print(f"{name}: {report.seen:,} inputs in {report.seconds:.1f} s = {report.seen / report.seconds:,.0f} a second")
    print(f"  {report.counts()}")
    print(f"  first fifth {first:,.0f} a second, last fifth {last:,.0f}; peak memory {usage.peak_mb:,.0f} MB")
    print(
        f"  processor time an input: landing {own / report.seen * 1000:.2f} ms, workers {others / report.seen * 1000:.2f} ms"
        f" = {2 * report.seen / (own + others):,.0f} a second on two cores without other work"
    )
    if errors:
        print(f"  time left: median error {statistics.median(errors):.0%} over {len(errors)} estimates")


def main() -> None:
    """Run both benchmarks and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--share", type=float, default=0.7)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if options.stories:
        _run("wire text", partial(_dumps, share=options.share), options.stories, options.workers)
    if options.records:
        _run("pages", _crawl, options.records, options.workers)


if __name__ == "__main__":
    main()
