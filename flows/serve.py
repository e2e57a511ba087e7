"""All flows on their schedules in one process: poll every few minutes, keep nightly."""

from __future__ import annotations

import argparse
import asyncio
import os
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

from backfill_archive import backfill_archive
from keep_warehouse import keep_warehouse
from poll_feeds import poll_feeds
from prefect import aserve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.schedules import Interval
from prefect.settings import PREFECT_API_URL, temporary_settings
from replay import replay

from wirecopy.pipeline.flows import prefect_server

ONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
SOON = timedelta(seconds=10)
"""The first poll comes as soon as the runner looks for runs, not one interval later."""


async def serve(every: timedelta, keep: str) -> None:
    """Serve all flows until interrupted."""
    at_once = Interval(every, anchor_date=datetime.now(UTC) + SOON)
    await aserve(
        await poll_feeds.ato_deployment("poll", schedule=at_once, concurrency_limit=ONE),
        await keep_warehouse.ato_deployment("keep", cron=keep, concurrency_limit=ONE),
        await backfill_archive.ato_deployment("backfill", concurrency_limit=ONE),
        await replay.ato_deployment("replay", concurrency_limit=ONE),
    )


def cron_line(text: str) -> str:
    """Return a cron line; raises `ValueError` for what is none, before anything starts."""
    return CronSchedule(cron=text).cron


def main() -> None:
    """Read the schedules and serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=float, default=5.0, help="minutes between two polls")
    options.add_argument("--keep", type=cron_line, default="30 3 * * *", help="cron line of the nightly upkeep, in UTC")
    chosen = options.parse_args()
    with ExitStack() as opened, suppress(KeyboardInterrupt):
        if not PREFECT_API_URL.value():
            os.environ["PREFECT_API_URL"] = address = opened.enter_context(prefect_server())
            opened.enter_context(temporary_settings({PREFECT_API_URL: address}))
            print(f"Prefect's own server runs at {address.removesuffix('/api')}", flush=True)  # noqa: T201 - where to look
        asyncio.run(serve(timedelta(minutes=chosen.every), chosen.keep))


if __name__ == "__main__":
    main()
