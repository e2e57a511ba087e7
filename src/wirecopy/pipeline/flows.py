"""The shipped Prefect flows, run as programs of their own: the package itself never imports Prefect."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from wirecopy.errors import WirecopyError
from wirecopy.settings import Settings
from wirecopy.store.files import flows_folder


def flow_command(name: str, arguments: Sequence[str] = ()) -> list[str]:
    """Return the command that runs a flow file with this interpreter."""
    return [sys.executable, str(flows_folder() / f"{name}.py"), *arguments]


def become_flow(name: str, arguments: Sequence[str], settings: Settings) -> NoReturn:
    """Replace this process by a flow file under these settings and the user's own Prefect: signals go straight to it."""
    surroundings = {**os.environ, **settings.to_environ(), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    command = flow_command(name, arguments)
    os.execve(command[0], command, surroundings)  # noqa: S606 - our own file


START_SECONDS = 180
"""How long a server may take to start: Prefect itself gives up after 20 s, too soon for a busy machine."""


def secluded_environ(settings: Settings, prefect_home: Path) -> dict[str, str]:
    """Return surroundings in which a flow runs by itself: a home of its own, no server of the user's, no analytics."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "WIRECOPY_"))}
    own = {
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_SECONDS),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }
    return {**kept, **own, **settings.to_environ()}


SERVER_PORT = 4200
"""Prefect's own, taken if it is free."""


@contextmanager
def prefect_server() -> Iterator[str]:
    """Run a Prefect server on loopback while the block runs; yield its API's address.

    The temporary server that Prefect starts by itself keeps no schedules. Raises `WirecopyError` where it does not start.
    """
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own interpreter
    try:
        _await_port(port, process)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", SERVER_PORT))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise WirecopyError("Prefect's server did not start", remedy="start one yourself and set PREFECT_API_URL")
