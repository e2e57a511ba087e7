"""Leases: who may do a job that only one process may do; kernel locks on files, so that kill -9 sets them free."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from wirecopy.errors import LeaseHeld

_UNSAFE = re.compile(r"[^\w.-]+")


@contextmanager
def lease(folder: Path, name: str) -> Iterator[None]:
    """Hold the lease of that name (`poll`, `land`, `keep`, a backfill's own) while the block runs.

    Raises `LeaseHeld` at once, saying who has held it since when, where another process or thread does.
    """
    path = lease_path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise LeaseHeld(f"already runs: {_holder(path)}", subject=name, remedy="wait until it has ended") from err
        file.truncate(0)
        json.dump({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def is_held(folder: Path, name: str) -> bool:
    """Say whether anybody holds the lease of that name now."""
    try:
        with lease_path(folder, name).open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def lease_path(folder: Path, name: str) -> Path:
    """Return the file that the lease of that name locks."""
    return folder / "leases" / f"{_UNSAFE.sub('-', name)}.lock"


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # it has the lock and has not yet said who it is
        return "a process that has just begun"
    return f"process {note['pid']} since {note['since']}"
