"""Backfill archives; the flow around `wirecopy.pipeline.backfill`."""

from __future__ import annotations

import json
import sys

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from wirecopy.archive import Unit
from wirecopy.pipeline import backfill
from wirecopy.pipeline.asked import Asked
from wirecopy.pipeline.report import RunReport, is_transient
from wirecopy.settings import read_settings


@task(
    retries=2,
    retry_delay_seconds=[10, 60],
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def backfill_slice(filling: backfill.Backfilling, units: tuple[Unit, ...]) -> RunReport:
    """Land one group of units; it can be run again whole."""
    return filling.run(units)


@flow(name="backfill-archive", log_prints=True)
def backfill_archive(
    sources: list[str] | None = None,
    warehouse: str | None = None,
    *,
    options: Asked | None = None,
    again: bool = False,
) -> dict[str, int]:
    """Land what `sources` (files, folders, globs, addresses) hold, as `options` ask; return the outcome counts."""
    asked = options or Asked()
    wanted, reading, settings = asked.wanted(sources), asked.reading(), read_settings(warehouse=warehouse)
    with backfill.backfilling(settings, wanted, again=again, reading=reading) as filling:
        reports = [backfill_slice(filling, units) for units in filling.groups()]
        report = filling.account([filling.before(), *reports, filling.after()])
    create_markdown_artifact(report.to_markdown(), key="backfill-archive", description="What this backfill brought")
    print(report.summary())  # noqa: T201 - Prefect logs it
    return report.counts()


if __name__ == "__main__":
    print(json.dumps(backfill_archive(sys.argv[1:])))  # noqa: T201 - the answer of the program
