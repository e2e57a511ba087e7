"""Connections to the warehouse file: who may open it, for how long, and what is said when it is held.

DuckDB locks its file for one writing process, or for any number of readers. So writers come late and leave soon, with
a pause in which readers get in; readers try again for a while. DuckDB's own exceptions end in this module.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb

from wirecopy.errors import WarehouseBusy, WarehouseError
from wirecopy.store.migrate import is_current, migrate

PAUSE_SECONDS = 0.2
"""Between two write connections of one process, so that waiting readers get in."""
PATIENCE = 10.0
"""Seconds for which whoever names no other patience tries while others hold the file."""
_RETRY_SECONDS = 0.02
_ROW_GROUP = 16_384
"""Rows that DuckDB compresses together: each batch writes the last, unfinished ones again, so they are small."""
_STORAGE = "v1.4.0"
"""DuckDB's format that names the blocks of each row group, so that what a batch leaves alone is neither read nor written
when the file is closed; older files are brought up to it as they are written. Clients from 1.4 on read it."""
_MEMORY = "300MB"
"""What a writer may hold however large the warehouse; more goes to disk."""
LEAN = "150MB"
"""What landing may hold while it looks and while it writes. A look passes over narrow columns of all that is held: what it
has passed over would stay in memory up to the limit, and serves nobody, since each batch opens the file anew."""
UPKEEP = "1GB"
"""What upkeep may hold: it looks at all that is held, and what must stay in memory of five million items does not fit in less."""
_LEAN_THREADS = 4
"""Each thread has buffers of its own, which must fit in what landing may hold."""
_CHECKPOINT = "1GB"
"""A batch goes into the file once, when the writer closes it, and not at its commit besides."""
AMBIGUOUS_STEMS = frozenset({"raw", "core", "wire", "report", "main"})
"""File names (without their suffix) that plain DuckDB clients mix up with a schema: `doctor` warns of them."""

# Could not set lock on file "/x/w.duckdb": Conflicting lock is held in /usr/bin/python3.11 (PID 4711) by user ann.
_HOLDER = re.compile(r"lock is held in (?P<command>.+?) \(PID (?P<pid>\d+)\)")
_LOCKED = re.compile(
    r"Could not set lock|Unique file handle conflict|different configuration|being used by another", re.IGNORECASE
)


@dataclass(slots=True)
class Warehouse:
    """The warehouse file and the manners of opening it; `patience` is how long to try while others hold it."""

    path: Path
    patience: float = field(default_factory=lambda: PATIENCE)
    clock: Callable[[], float] = time.monotonic
    memory: str = ""
    """What each connection may hold, as DuckDB writes sizes. Empty: as much as it takes for people's queries, little for writing."""
    _prepared: bool = field(default=False, repr=False)
    _closed: float = field(default=float("-inf"), repr=False)

    def exists(self) -> bool:
        """Say whether the file is there."""
        return self.path.exists()

    @contextmanager
    def reader(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a read-only connection.

        Raises `WarehouseBusy`, saying who holds the file, where it stays locked for as long as `patience`, and
        `WarehouseError` where there is no warehouse or the file is none.
        """
        if not self.exists():
            raise WarehouseError("there is no warehouse yet", subject=str(self.path), remedy="land something first")
        connection = self._open(read_only=True)
        try:
            yield connection
        except duckdb.Error as err:
            raise translated(err, str(self.path)) from err
        finally:
            connection.close()

    @contextmanager
    def writer(self, who: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a writing connection to a warehouse of the newest schema; missing folders are made.

        `who` names the writer in errors. Raises `WarehouseBusy` like `reader`, and `MigrationRefused` for a schema
        that this version may not touch.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        time.sleep(max(0.0, self._closed + PAUSE_SECONDS - self.clock()))
        connection = self._open(read_only=False)
        try:
            migrate(connection)
            yield connection
        except duckdb.Error as err:
            raise translated(err, f"{who} at {self.path}") from err
        finally:
            connection.close()
            self._closed = self.clock()

    def prepare(self, who: str) -> None:
        """Make the warehouse, or bring its schema up to date, once for this object; raises like `writer`."""
        if not self._prepared and not self._is_current():
            with self.writer(who):
                pass
        self._prepared = True

    def _is_current(self) -> bool:
        """Say whether the schema is the newest: found by reading, nobody has to wait for a writer's pause."""
        if not self.exists():
            return False
        with self.reader() as connection:
            return is_current(connection)

    def _open(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        memory = self.memory or ("" if read_only else _MEMORY)
        deadline = self.clock() + self.patience
        while True:
            try:
                return _attached(self.path, read_only=read_only, memory=memory)
            except duckdb.Error as err:
                error = translated(err, str(self.path))
                if not isinstance(error, WarehouseBusy):
                    error.remedy = error.remedy or "name a DuckDB file, or a path where one can be made"
                    raise error from err
                if self.clock() >= deadline:
                    raise error from err
            time.sleep(_RETRY_SECONDS)


def _attached(path: Path, *, read_only: bool, memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"set temp_directory = '{quoted}.tmp'")
        how = "(read_only)" if read_only else f"(row_group_size {_ROW_GROUP}, storage_version '{_STORAGE}')"
        connection.execute(f"attach '{quoted}' as warehouse {how}")
        connection.execute("use warehouse")
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        if memory:
            connection.execute(f"set memory_limit = '{memory}'")
        if memory == LEAN:
            connection.execute(f"set threads = {min(_LEAN_THREADS, _threads(connection))}")
        if not read_only:
            connection.execute(f"set checkpoint_threshold = '{_CHECKPOINT}'")
    except BaseException:
        connection.close()
        raise
    return connection


def _threads(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select current_setting('threads')").fetchone()
    return int(row[0]) if row else 1


_MEANT = ("Did you mean", "Candidate bindings", "Candidates")
"""How DuckDB's second line begins where it knows names like a wrong one."""


def translated(err: duckdb.Error, subject: str) -> WarehouseError:
    """Return DuckDB's exception as one of ours: busy, or an error that names the subject."""
    text = str(err)
    if not _LOCKED.search(text):
        first, *more = text.strip().splitlines() or [type(err).__name__]
        meant = next((line.strip() for line in more if line.startswith(_MEANT)), "")
        return WarehouseError(first, subject=subject, remedy=meant)
    holder = _HOLDER.search(text)
    held = f"is held by process {holder['pid']} ({_command(holder)})" if holder else "is held by this very process"
    return WarehouseBusy(held, subject=subject, remedy="try again when it has ended")


def _command(holder: re.Match[str]) -> str:
    with suppress(OSError):
        line = Path(f"/proc/{holder['pid']}/cmdline").read_bytes()
        if words := line.replace(b"\0", b" ").decode(errors="replace").strip():
            return words[:120]
    return holder["command"]


def load_search(connection: duckdb.DuckDBPyConnection) -> bool:
    """Load the full-text extension from the installed package; False where it is not installed or does not fit."""
    if find_spec("duckdb_extension_fts") is None:
        return False
    (folder,) = import_module("duckdb_extension_fts").__path__
    found = Path(folder) / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    if not found.exists():
        return False
    try:
        connection.load_extension(str(found))
    except duckdb.IOException:  # built for another platform
        return False
    return True
