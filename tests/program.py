"""The program as a user calls it: in this process, since starting one takes longer than most commands do, or in its own."""

import io
import os
import subprocess
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from wirecopy.cli import main

SRC = Path(__file__).parents[1] / "src"


def started(*arguments, settings=None):
    """Run a command as a shell does, in a process of its own."""
    command = [sys.executable, "-m", "wirecopy", *map(str, arguments)]
    environ = {**_surroundings(settings), "PYTHONPATH": str(SRC)}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)


def wirecopy(*arguments, settings=None, stdin="", **environ):
    """Return what a command says and how it ends, played in this process."""
    command = ["wirecopy", *map(str, arguments)]
    own = {**_surroundings(settings), "COLUMNS": "200", **environ}
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    code = 0
    with (
        patch.dict(os.environ, own, clear=True),
        patch.object(sys, "argv", command),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException:  # noqa: BLE001 - what Python makes of it at the end of a program
            traceback.print_exc()
            code = 1
    return subprocess.CompletedProcess(command, code, _said(out), _said(err))


def _said(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")


def _surroundings(settings):
    own = {name: value for name, value in os.environ.items() if not name.startswith("WIRECOPY_")}
    return {**own, **(settings.to_environ() if settings else {})}
