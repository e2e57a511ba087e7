"""A run that is killed by signal 9 at a given call: `killed_run.py MODULE:NAME before|after NTH backfill|poll [SOURCE...]`.

The source of a poll is the time that its clock shows.

It runs the real functions under the settings of its environment; the call may be `never`, to end by itself or be killed
from outside.
"""

import functools
import importlib
import os
import signal
import sys
from datetime import UTC, datetime

from wirecopy.pipeline import backfill, ingest
from wirecopy.settings import read_settings

LAND_ITEMS = 25
"""So small that a little archive lands in several batches."""


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(call, when, nth):
    """Wrap a function so that its nth call kills the process, before or after it is done."""
    seen = 0

    @functools.wraps(call)
    def wrapped(*values, **named):
        nonlocal seen
        seen += 1
        if seen == nth and when == "before":
            die()
        result = call(*values, **named)
        if seen == nth and when == "after":
            die()
        return result

    return wrapped


def arm(place, when, nth):
    module, _, name = place.partition(":")
    holder = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        holder = getattr(holder, part)
    setattr(holder, last, deadly(getattr(holder, last), when, nth))


def main():
    place, when, nth, job, *sources = sys.argv[1:]
    if place != "never":
        arm(place, when, int(nth))
    backfill.LAND_ITEMS = LAND_ITEMS
    settings = read_settings()
    print("started", flush=True)
    if job == "backfill":
        backfill.backfill(settings, sources)
    else:
        at = datetime.fromisoformat(sources[0]) if sources else None
        ingest.poll(settings, clock=lambda: at or datetime.now(UTC))


if __name__ == "__main__":
    main()
