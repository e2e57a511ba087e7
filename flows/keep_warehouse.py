"""Nightly upkeep; the flow around `wirecopy.pipeline.settle`."""

from __future__ import annotations

import json

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from wirecopy.pipeline import settle
from wirecopy.pipeline.report import RunReport, is_transient
from wirecopy.settings import Settings, read_settings


@task(
    retries=2,
    retry_delay_seconds=[60, 600],
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def keep(settings: Settings) -> RunReport:
    """Do all upkeep; it can be run again whole."""
    return settle.keep(settings)


@flow(name="keep-warehouse", log_prints=True)
def keep_warehouse(warehouse: str | None = None) -> dict[str, int]:
    """Land what waits, settle stories, rebuild the search, run the checks; return the outcome counts."""
    report = keep(read_settings(warehouse=warehouse))
    create_markdown_artifact(report.to_markdown(), key="keep-warehouse", description="What upkeep found")
    print(report.summary())  # noqa: T201 - Prefect logs it
    return report.counts()


if __name__ == "__main__":
    print(json.dumps(keep_warehouse()))  # noqa: T201 - the answer of the program
