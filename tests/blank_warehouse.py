"""A warehouse without rows, made once a process: making one takes DuckDB longer than most stories told with it."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wirecopy.store.connection import Warehouse


@cache
def _made():
    folder = TemporaryDirectory(prefix="wirecopy-blank-")
    path = Path(folder.name) / "blank.duckdb"
    with Warehouse(path).writer("test"):
        pass
    return folder, path


def put_blank(path):
    """Put a warehouse without rows where a path says, and return the path."""
    _, blank = _made()
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(blank, path)
    return path
