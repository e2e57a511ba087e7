"""The flows: thin files that run the package's own functions under a real Prefect server of the test's own."""

import ast
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from pipeline.archives import ninjs, plain_export, settings_of
from pipeline.newsroom import HOSTS, ask, open_newsroom, story
from wirecopy.errors import LeaseHeld, MigrationRefused, SettingsError, SourceRefused, SourceUnavailable, WarehouseBusy
from wirecopy.pipeline.flows import flow_command, secluded_environ
from wirecopy.pipeline.report import is_transient
from wirecopy.store.files import flows_folder

ROOT = Path(__file__).parents[2]
FLOWS = sorted(flows_folder().glob("*.py"))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_a_flow_file_is_thin(path):
    """At most 60 lines; no SQL, no parsing, and nothing of the package but pipeline, settings and the units it hands on."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    modules = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom) and node.module}
    ours = {name for name in modules if name.startswith("wirecopy")}
    assert all(
        name.startswith(("wirecopy.pipeline", "wirecopy.settings")) or name == "wirecopy.archive" for name in ours
    )
    assert "select " not in text.lower()


def test_deployments_name_flows_that_exist():
    """Every entrypoint of prefect.yaml is a function of a flow file; one run at a time, the second is cancelled."""
    manifest = yaml.safe_load((flows_folder() / "prefect.yaml").read_text(encoding="utf-8"))
    assert {one["name"] for one in manifest["deployments"]} == {"poll", "keep", "backfill", "replay"}
    for one in manifest["deployments"]:
        file, _, function = one["entrypoint"].partition(":")
        tree = ast.parse((flows_folder() / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


class Ended:
    """A task's final state, as Prefect hands it to a retry condition."""

    def __init__(self, error):
        self.error = error

    def result(self, *, raise_on_failure):
        assert not raise_on_failure
        return self.error


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (SourceUnavailable("down"), True),
        (WarehouseBusy("held"), True),
        (LeaseHeld("runs"), True),
        (SourceRefused("no"), False),
        (MigrationRefused("newer"), False),
        (SettingsError("wrong"), False),
        (ValueError("a bug"), False),
    ],
)
def test_only_what_may_pass_is_retried(error, again):
    """The type of the error decides."""
    assert is_transient(None, None, Ended(error)) is again


# --- with a real server ---

SERVE = """
import asyncio, json, sys
from datetime import timedelta
sys.path.insert(0, sys.argv[1])
import prefect.runner
import serve
from prefect.client.orchestration import get_client

async def start(self, *_, **__):
    "Register and leave: what is served is what is looked at here."

async def main():
    prefect.runner.Runner.start = start
    await serve.serve(timedelta(minutes=7), "30 3 * * *")
    async with get_client() as client:
        found = await client.read_deployments()
    shown = {}
    for one in found:
        options = one.concurrency_options
        limit = one.global_concurrency_limit
        shown[one.name] = [limit.limit if limit else None, options.collision_strategy.value if options else None,
            [str(s.schedule.interval) if hasattr(s.schedule, "interval") else s.schedule.cron for s in one.schedules]]
    print(json.dumps(shown))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Prefect server on loopback with a home of its own: starting one takes longer than all that is done with it."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = secluded_environ(settings_of(home), home)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/health", process)
        yield {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_HOME": str(home)}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def wait_for(address, process):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as response:
            if response.status == 200:
                return
        time.sleep(0.2)
    pytest.fail("the server did not start")


def surroundings(settings, server):
    environ = secluded_environ(settings, Path(server["PREFECT_HOME"]))
    return {**environ, **server, "PYTHONPATH": str(ROOT / "src"), "PREFECT_LOGGING_LEVEL": "ERROR"}


def answer(command, environ):
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=150)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip().splitlines()


def asked(server, what, **filters):
    """Return what the server's API lists."""
    body = json.dumps(filters).encode()
    request = urllib.request.Request(
        f"{server['PREFECT_API_URL']}/{what}/filter", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def artifacts(server, *keys):
    found = asked(server, "artifacts", artifacts={"key": {"any_": keys}})
    return {one["key"]: one["data"] for one in found}, [run["state_type"] for run in asked(server, "flow_runs")]


@pytest.mark.prefect
def test_flows_run_the_pipeline_and_leave_an_artifact(tmp_path, server):
    """A poll and a backfill as Prefect runs them: rows in the warehouse, counts and failing feeds for people to read."""
    with open_newsroom() as room:
        room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
        room.publish(f"http://{HOSTS[1]}/feed", b"<html>Log in, please</html>", kind="application/rss+xml")
        settings = room.settings(tmp_path)
        environ = surroundings(settings, server)
        assert json.loads(answer(flow_command("poll_feeds"), environ)[-1]) == {"new": 1, "set aside": 1}
    (tmp_path / "wires").mkdir()
    (tmp_path / "wires" / "a.json").write_bytes(ninjs(3))
    (tmp_path / "wires" / "b.txt").write_bytes(plain_export(range(4, 6)))
    counts = json.loads(answer(flow_command("backfill_archive", [str(tmp_path / "wires")]), environ)[-1])
    assert counts == {"new": 3}
    assert ask(settings, "select count(*) from core.item") == [(4,)]
    told, states = artifacts(server, "poll-feeds", "backfill-archive")
    assert "| new | 1 |" in told["poll-feeds"]
    assert f"http://{HOSTS[1]}/feed" in told["poll-feeds"]
    assert "| new | 3 |" in told["backfill-archive"]
    assert states == ["COMPLETED"] * 2


@pytest.mark.prefect
def test_serving_registers_each_flow_once_at_a_time(tmp_path, server):
    """Four deployments on their schedules, each with a concurrency limit of 1 that cancels a second run."""
    environ = surroundings(settings_of(tmp_path), server)
    shown = json.loads(answer([sys.executable, "-c", SERVE, str(flows_folder())], environ)[-1])
    assert shown == {
        "poll": [1, "CANCEL_NEW", ["0:07:00"]],
        "keep": [1, "CANCEL_NEW", ["30 3 * * *"]],
        "backfill": [1, "CANCEL_NEW", []],
        "replay": [1, "CANCEL_NEW", []],
    }


@pytest.mark.prefect
@pytest.mark.campaign
def test_what_is_served_polls_soon_after_its_start(tmp_path, server):
    """The scheduler of the pinned Prefect starts a poll by itself, not one interval later."""
    with open_newsroom() as room:
        room.publish_feed(HOSTS[0], [room.publish_story(HOSTS[0], "port-quay-shut", "Port quay stays shut", story())])
        settings = room.settings(tmp_path)
        serving = subprocess.Popen(
            flow_command("serve", ["--every", "10"]),
            env=surroundings(settings, server),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + 120
            while not (settings.warehouse.exists() and ask(settings, "from stories")):
                assert serving.poll() is None, "the serving ended"
                assert time.monotonic() < deadline, "nothing scheduled was run"
                time.sleep(0.2)
        finally:
            os.killpg(serving.pid, signal.SIGKILL)
            serving.wait()
