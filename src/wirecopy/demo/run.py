"""`wirecopy demo`: the whole job on sample wires, shown step by step."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from wirecopy.dedupe.diff import Span
from wirecopy.demo.server import WireServer
from wirecopy.demo.wires import embargoed_file, sample_feeds, sample_hosts
from wirecopy.errors import WirecopyError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.explain import changes
from wirecopy.pipeline.flows import flow_command, secluded_environ
from wirecopy.settings import Settings
from wirecopy.store.connection import Warehouse
from wirecopy.store.query import Result, run
from wirecopy.store.state import State

STORIES = """
select headline, place, country, strftime(published_at at time zone 'UTC', '%d %b %H:%M') as published, agency, copies
from stories order by published_at desc nulls last, headline limit 15
"""
COPIES = """
select outlet, relation, round(similarity, 2) as similarity, strftime(published_at at time zone 'UTC', '%H:%M') as published, headline
from wire.copies where story_key = (select story_key from stories order by copies desc, story_key limit 1) order by published_at
"""
REVISED = """
select item_key from wire.revisions group by item_key having count(*) > 1 order by max(first_seen_at), item_key limit 1
"""
QUERIES = (
    (
        "Where does the news come from?",
        "select coalesce(country, 'not said') as country, count(*) as stories from stories group by all order by stories desc, 1 limit 6",
    ),
    (
        "Who writes what others print?",
        "select agency, count(*) as stories, sum(copies) - count(*) as pickups from stories group by 1 order by pickups desc, 1 limit 6",
    ),
    (
        "What do they say about the harbour?",
        "select headline, agency, country from wire.search('harbour') limit 5",
    ),
)


class Table(Protocol):
    """Something that prints rows under column names."""

    def __call__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
        """Print them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a demo plays: its folder, its settings, and how it speaks."""

    folder: Path
    settings: Settings
    say: Callable[[str], None]
    table: Table
    diff: Callable[[Iterable[Span]], None]

    def ask(self, sql: str) -> Result:
        """Return the answer to a query."""
        return run(Warehouse(self.settings.warehouse), sql)


def run_demo(
    say: Callable[[str], None], table: Table, diff: Callable[[Iterable[Span]], None], *, start: datetime | None = None
) -> None:
    """Play the sample wires on a loopback server, poll them twice by the real flow, and show what SQL sees.

    `start` (aware; now if None) is the moment that all sample dates are relative to.
    """
    folder = Path(tempfile.mkdtemp(prefix="wirecopy-demo-"))
    start = start or datetime.now(UTC)
    with WireServer(start) as server:
        stage = Stage(folder, _settings(folder, server.resolve), say, table, diff)
        with State(stage.settings.state_path) as state:
            state.add_feeds(sample_feeds())
        say(f"1. {len(sample_feeds())} feeds of {len(sample_hosts())} sample outlets are polled by the Prefect flow.")
        first = _poll(stage)
        server.publish_update()
        say("2. The wires publish an update, a correction and a kill; the flow polls again.")
        second = _poll(stage)
        say("3. An archive file with an embargoed story is backfilled.")
        third = _backfill(stage, embargoed_file(start))
    shutil.rmtree(folder / "prefect", ignore_errors=True)
    _show_outcomes(stage, first, second, third)
    _show(stage)


def _settings(folder: Path, resolve: tuple[str, ...]) -> Settings:
    return Settings(
        warehouse=folder / "demo.duckdb",
        resolve=resolve,
        spacing_seconds=0.0,
        connections_per_host=8,
        min_interval_seconds=0,
        max_interval_seconds=0,
    )


def _poll(stage: Stage) -> dict[str, int]:
    began = time.monotonic()
    environ = secluded_environ(stage.settings, stage.folder / "prefect")
    done = subprocess.run(flow_command("poll_feeds"), env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    if done.returncode:
        raise WirecopyError(f"the flow failed: {done.stderr.strip().splitlines()[-1:]}", remedy="see `wirecopy doctor`")
    counts: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    stage.say(f"   {_words(counts)}, in {time.monotonic() - began:.0f} s with the start of Prefect's own server")
    return counts


def _backfill(stage: Stage, data: bytes) -> dict[str, int]:
    path = stage.folder / "embargoed.json"
    path.write_bytes(data)
    counts = backfill(stage.settings, [str(path)]).counts()
    stage.say(f"   {_words(counts)}")
    return counts


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items()) or "nothing"


def _show_outcomes(stage: Stage, *runs: dict[str, int]) -> None:
    words = [str(outcome) for outcome in Outcome if any(str(outcome) in counts for counts in runs)]
    rows = [
        (name, *(counts.get(word, 0) for word in words))
        for name, counts in zip(("poll", "poll again", "backfill"), runs, strict=True)
    ]
    stage.say("")
    stage.table(("run", *words), rows, title="Every input ends in one outcome")


def _show(stage: Stage) -> None:
    for title, sql in (("The newest stories, times in UTC", STORIES), ("The copies of one story", COPIES)):
        result = stage.ask(sql)
        stage.say("")
        stage.table(result.columns, result.rows, title=title)
    revised = stage.ask(REVISED)
    for (key,) in revised.rows:
        stage.say(f"\nWhat changed in {key}")
        for changed in changes(stage.settings, key):
            stage.say(changed.heading)
            stage.diff(changed.pieces)
    for title, sql in QUERIES:
        stage.say(f"\n{title}\nsql> {sql}")
        result = stage.ask(sql)
        stage.table(result.columns, result.rows)
    hidden = stage.ask("select (select count(*) from wire.embargoed), (select count(*) from wire.killed)").rows[0]
    stage.say(
        f"\nHidden from these views: {hidden[0]} embargoed and {hidden[1]} killed (from wire.embargoed, from wire.killed)."
    )
    stage.say(f'Ask it yourself: {_program()} sql --warehouse {stage.settings.warehouse} "from stories"')


def _program() -> str:
    """Return what to type for this program: its name, or in an environment that is not active its path."""
    if shutil.which("wirecopy"):
        return "wirecopy"
    path = Path(sys.executable).with_name("wirecopy")
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
