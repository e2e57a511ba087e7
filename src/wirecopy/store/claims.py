"""Who works on which unit of a backfill: claims in state.sqlite that end with the run that made them, however it ends.

A run holds a kernel lock and tells every few seconds that it is alive. Here a free lock says at once that it is dead; of a
run on another machine that shares the folder only its silence does.
"""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from wirecopy.store.lease import is_held, lease, lease_path

SCHEMA = """
create table if not exists reader (
    token text primary key, host text not null, machine text not null, pid integer not null, since real not null, seen_at real not null
);
create table if not exists claim (mark text primary key, token text not null) without rowid;
"""
SILENCE_SECONDS = 60.0
"""After so long without a sign a run on another machine counts as dead."""
BEAT_SECONDS = 10.0
_BUSY_SECONDS = 30.0
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Holder:
    """A run that works on a unit."""

    host: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        """Say who it is."""
        return f"process {self.pid} on {self.host} since {self.since:%Y-%m-%d %H:%M:%S}Z"


class Claims:
    """The claims of this run and, to look at, those of others; use it as a context manager to make any."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path
        self._folder = path.parent
        self._token = f"backfill-{secrets.token_hex(8)}"
        self._ended = threading.Event()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Enter this run among those that live."""
        self._open.enter_context(lease(self._folder, self._token))
        self._db.execute(
            "insert into reader values (?, ?, ?, ?, ?, ?)",
            (self._token, socket.gethostname(), _machine(), os.getpid(), time.time(), time.time()),
        )
        self._forget_dead()
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        self._open.callback(beating.join)
        self._open.callback(self._ended.set)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is still claimed."""
        self._db.execute("delete from claim where token = ?", (self._token,))
        self._db.execute("delete from reader where token = ?", (self._token,))
        self._open.close()
        lease_path(self._folder, self._token).unlink(missing_ok=True)

    def take(self, mark: str) -> Holder | None:
        """Claim a unit within a transaction of the caller's; where another living run has it, return that run instead."""
        row = self._db.execute("select token from claim where mark = ?", (mark,)).fetchone()
        if row and row[0] != self._token and (holder := self._living(row[0])):
            return holder
        self._db.execute("insert or replace into claim values (?, ?)", (mark, self._token))
        return None

    def give_back(self, mark: str) -> bool:
        """End the claim on a unit; False where another run has taken it meanwhile, since this one was long silent."""
        return self._db.execute("delete from claim where mark = ? and token = ?", (mark, self._token)).rowcount == 1

    def living(self) -> frozenset[str]:
        """Return the marks of the units on which a living run works."""
        rows = self._db.execute("select mark, token from claim").fetchall()
        alive = {token for token in {token for _, token in rows} if token == self._token or self._living(token)}
        return frozenset(mark for mark, token in rows if token in alive)

    def _living(self, token: str) -> Holder | None:
        row = self._db.execute(
            "select host, pid, since, machine, seen_at from reader where token = ?", (token,)
        ).fetchone()
        if row is None:
            return None
        host, pid, since, machine, seen_at = row
        silent = machine == _machine() or seen_at + SILENCE_SECONDS < time.time()
        if silent and not is_held(self._folder, token):
            return None
        return Holder(host, pid, datetime.fromtimestamp(since, UTC))

    def _forget_dead(self) -> None:
        """Forget the runs that died, so that no list of them grows."""
        for (token,) in self._db.execute("select token from reader where token <> ?", (self._token,)).fetchall():
            if self._living(token) is None:
                self._db.execute("delete from claim where token = ?", (token,))
                self._db.execute("delete from reader where token = ?", (token,))
                lease_path(self._folder, token).unlink(missing_ok=True)

    def _beat(self) -> None:
        """Say every few seconds that this run is alive."""
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
            while not self._ended.wait(BEAT_SECONDS):
                try:
                    db.execute("update reader set seen_at = ? where token = ?", (time.time(), self._token))
                except sqlite3.OperationalError:
                    continue  # the file was busy for long: the next beat tells it


def _machine() -> str:
    """Return what this machine is known by until it is started again, in all its containers."""
    return _BOOT.read_text(encoding="ascii").strip() if _BOOT.exists() else socket.gethostname()
