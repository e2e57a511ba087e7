"""Poll the feeds that are due; the flow around `wirecopy.pipeline.ingest`."""

from __future__ import annotations

import json

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from wirecopy.pipeline import ingest
from wirecopy.pipeline.report import RunReport, is_transient
from wirecopy.settings import read_settings


@task(
    retries=2,
    retry_delay_seconds=[10, 60],
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def poll_slice(polling: ingest.Polling, urls: tuple[str, ...]) -> RunReport:
    """Poll one group of feeds; it can be run again whole."""
    return polling.run(urls)


@flow(name="poll-feeds", log_prints=True)
def poll_feeds(warehouse: str | None = None) -> dict[str, int]:
    """Poll what is due into the warehouse of the settings, or into `warehouse`; return the outcome counts."""
    with ingest.polling(read_settings(warehouse=warehouse)) as polling:
        report = polling.account([polling.before(), *(poll_slice(polling, urls) for urls in polling.groups())])
    create_markdown_artifact(report.to_markdown(), key="poll-feeds", description="What this poll brought")
    print(report.summary())  # noqa: T201 - Prefect logs it
    return report.counts()


if __name__ == "__main__":
    print(json.dumps(poll_feeds()))  # noqa: T201 - the answer of the program
