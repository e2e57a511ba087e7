"""Read stored captures again under today's rules; the flow around `wirecopy.pipeline.replay`."""

from __future__ import annotations

import json

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from wirecopy.pipeline import replay as replaying
from wirecopy.pipeline.report import RunReport, is_transient
from wirecopy.settings import Settings, read_settings


@task(
    retries=2,
    retry_delay_seconds=[10, 60],
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def replay_captures(settings: Settings, *, dry_run: bool) -> RunReport:
    """Replay all captures; it can be run again whole."""
    return replaying.replay(settings, dry_run=dry_run)


@flow(name="replay", log_prints=True)
def replay(warehouse: str | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Rewrite the derived rows of all captures; with `dry_run` only say what would change."""
    report = replay_captures(read_settings(warehouse=warehouse), dry_run=dry_run)
    create_markdown_artifact(report.to_markdown(), key="replay", description="What this replay changed")
    print(report.summary())  # noqa: T201 - Prefect logs it
    return report.counts()


if __name__ == "__main__":
    print(json.dumps(replay()))  # noqa: T201 - the answer of the program
