"""What a new batch of 1,000 items costs against what is held: 100,000 items, and 5 million spread evenly over five years.

    PYTHONPATH=src:tests python tests/benchmarks/bench_held.py [--held 100000 5000000] [--batches N] [--at FOLDER]

What is held is generated in SQL at one rate a day, 2,740 items, with bands of its own, in order of publication, as `keep`
leaves it. The batches are published on the days after. Told: processor and wall time a batch, for how long the file was
held, and the peak memory of the landing process. `--at` keeps the warehouses there for another run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from store.landing_values import make_item, published, words
from wirecopy.dedupe.bands import _KINDS
from wirecopy.dedupe.fingerprint import comparable, fingerprint
from wirecopy.model import Arrival, Batch, Sighting
from wirecopy.store.connection import LEAN, Warehouse
from wirecopy.store.land import land

A_DAY = 2_740
BANDS = sum(len(kind.bands) for kind in _KINDS)
_PIECES = 8
END = datetime(2026, 3, 1, tzinfo=UTC)
_AT_ONCE = 250_000
_HELD = """
create or replace temp table held as
select
    n, md5(n::varchar) as item_key, (hash(n) >> 1)::bigint as revision_key, md5('t' || n) as text_hash,
    moment as published_at, moment::date as published_on, (year(moment) * 100 + month(moment))::integer as month,
    'o' || (n % 400) || '.example' as outlet,
    repeat('the council of ' || md5('b' || n) || ' met on grain ', 12) as body
from (
    select n, timestamptz '{end}' - to_seconds(({count} - n) * 86400 / {a_day}) as moment from range({first}, {last}) r(n)
)
"""
_FILL = (
    """insert into core.revision by name
    select revision_key, item_key, text_hash, 'url' as key_rule, outlet, 'NNA' as agency, 'en' as language,
        left(body, 60) as headline, body, body as lead, published_at, published_on, 'second' as published_precision,
        'held' as batch_key, '1' as rules_version, '' as base_order, '' as published_order, '' as modified_order,
        '' as names_order, published_at as landed_at from held""",
    """insert into core.held_key by name
    select (md5_number_lower(item_key) & 1099511627775)::bigint as hash, published_at as landed_at from held""",
    """insert into core.item by name
    select item_key, 'url' as key_rule, outlet, 'NNA' as agency, 'en' as language, published_at, published_on, month,
        revision_key, 1 as revisions, published_at as landed_at from held""",
    """insert into core.identifier by name
    select item_key, 'url' as kind, 'https://' || outlet || '/' || n as value, (hash('i' || n) >> 1)::bigint as value_hash
    from held""",
    """insert into core.fingerprint by name
    select revision_key, item_key, text_hash, month, (hash('e' || n) >> 1)::bigint as exact, 80 as words,
        body as comparable, '' as boilerplate_version, unhex(md5('s' || n) || md5('r' || n)) as sketch,
        [(hash(n * 8 + p) >> 1)::bigint for p in range({pieces})] as pieces,
        true as sought from held""",
    """insert into core.band by name
    select (hash(n * 32 + b) >> 1)::bigint as band, month, revision_key from held, range({bands}) r(b)""",
    """insert into core.member by name
    select item_key, item_key as story_key, item_key as component, 0 as rank, 'leader' as relation, 1.0 as similarity
    from held""",
    """insert into core.story by name
    select item_key as story_key, item_key as component, 1 as members, 1 as outlets, published_at, published_on from held""",
    """insert into core.story_change by name
    select item_key, item_key as story_key, 0 as rank, 'leader' as relation, published_at as landed_at from held""",
    """insert into core.sighting by name
    select item_key, 'https://' || outlet || '/rss' as feed_url, published_at as first_seen_at from held""",
)


def fill(warehouse: Warehouse, count: int) -> None:
    """Write what is held, in order of publication."""
    for first in range(0, count, _AT_ONCE):
        span = {"first": first, "last": min(first + _AT_ONCE, count), "count": count, "a_day": A_DAY, "end": END}
        with warehouse.writer("bench") as connection:
            connection.execute(_HELD.format(**span))
            for sql in _FILL:
                connection.execute(sql.format(bands=BANDS, pieces=_PIECES))


def batch(number: int, size: int = 1_000) -> Batch:
    """Return a batch of new items, published on a day after what is held."""
    chance = random.Random(number)
    arrivals = []
    for place in range(size):
        seed = number * size + place + 1
        text = "\n\n".join(words(seed * 10 + part, 40).capitalize() + "." for part in range(3))
        at = END + timedelta(seconds=chance.randrange(86_400))
        item = make_item(10_000_000 + seed, outlet=f"o{place % 400}.example", text=text, published=published(at))
        news = comparable(item)
        feed = f"https://{item.outlet}/rss"
        arrivals.append(
            Arrival(
                item=item, comparable=news, fingerprint=fingerprint(news), sighting=Sighting(seen_at=at, feed_url=feed)
            )
        )
    return Batch(key=f"bench{number}", arrivals=tuple(arrivals))


def _land(path: Path, batches: int, answer: Connection) -> None:
    warehouse = Warehouse(path, memory=LEAN)
    run = time.time_ns() % 10_000  # other items at every run over a kept warehouse
    costs = []
    for number in range(batches + 1):
        given = batch(run + number)
        began, wall = time.process_time(), time.perf_counter()
        report = land(warehouse, given, at=END + timedelta(days=1))
        costs.append((time.process_time() - began, time.perf_counter() - wall))
        assert report.counts == {"new": 1_000}
    answer.send((costs[1:], _peak()))


def _peak() -> float:
    """Return the most memory that this process has held, in MB: what `getrusage` tells begins with its parent's, who filled."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(path: Path, batches: int) -> tuple[float, float, float]:
    """Return processor and wall seconds a batch (medians), and peak memory in MB, of a process of its own."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_land, args=(path, batches, theirs))
    process.start()
    theirs.close()
    costs, memory = mine.recv()
    process.join()
    return statistics.median(cpu for cpu, _ in costs), statistics.median(wall for _, wall in costs), memory


def main() -> None:
    """Print a line for each number of items held, and the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=int, nargs="+", default=[100_000, 5_000_000])
    parser.add_argument("--batches", type=int, default=7)
    parser.add_argument("--at", type=Path)
    options = parser.parse_args()
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        for count in options.held:
            warehouse = Warehouse((options.at or Path(folder)) / f"held{count}.duckdb")
            if not warehouse.exists():
                fill(warehouse, count)
            cpu, wall, memory = measure(warehouse.path, options.batches)
            spent.append((cpu, wall))
            print(
                f"{count:>9,} held: {cpu:.2f} s of processor, {wall:.2f} s a batch of 1,000; peak memory {memory:,.0f} MB"
            )
    if len(spent) > 1:
        (cpu, wall), (last_cpu, last_wall) = spent[0], spent[-1]
        print(f"ratio: {last_cpu / cpu:.2f} of processor, {last_wall / wall:.2f} of time")


if __name__ == "__main__":
    main()
