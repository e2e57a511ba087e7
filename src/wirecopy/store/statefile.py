"""The file state.sqlite, which the polling state and the ledger of units share: opened the same way by both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from wirecopy.errors import WarehouseError

BUSY_SECONDS = 30.0


class StateFile:
    """An open state file with the tables of its tenant; use it as a context manager."""

    schema = ""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.executescript(self.schema)
        except sqlite3.DatabaseError as err:
            remedy = "restore it from a backup, or remove it to start afresh"
            raise WarehouseError(f"cannot open the polling state: {err}", subject=str(path), remedy=remedy) from err

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("begin immediate")
        try:
            yield self._db
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._db.close()
