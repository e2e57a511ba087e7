"""The shipped Prefect flows, run as programs of their own: the package itself never imports Prefect."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from wirecopy.settings import Settings
from wirecopy.store.files import flows_folder


def flow_command(name: str, arguments: Sequence[str] = ()) -> list[str]:
    """Return the command that runs a flow file with this interpreter."""
    return [sys.executable, str(flows_folder() / f"{name}.py"), *arguments]


def run_flow(name: str, arguments: Sequence[str], settings: Settings) -> int:
    """Run a flow file under these settings and the user's own Prefect; return its exit code."""
    surroundings = {**os.environ, **settings.to_environ(), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    return subprocess.run(flow_command(name, arguments), env=surroundings, check=False).returncode  # noqa: S603 - our own file


def secluded_environ(settings: Settings, prefect_home: Path) -> dict[str, str]:
    """Return surroundings in which a flow runs by itself: a home of its own, no server of the user's, no analytics."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "WIRECOPY_"))}
    own = {
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }
    return {**kept, **own, **settings.to_environ()}
