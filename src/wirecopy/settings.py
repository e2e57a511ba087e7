"""Environment -> one frozen `Settings`; every knob of Wirecopy, its default and its meaning."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wirecopy.errors import SettingsError

DEFAULT_WAREHOUSE = Path("warehouse/data/wirecopy.duckdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, read from `WIRECOPY_<NAME>` in the environment."""

    warehouse: Path = DEFAULT_WAREHOUSE
    """The DuckDB file; `<stem>.d/` beside it holds captures, spool and state."""
    contact: str = "https://github.com/wirecopy/wirecopy"
    """How a site's owner reaches you: goes into the user agent."""
    workers: int = 0
    """Worker processes for parsing and extraction; 0 = one a core."""
    connections: int = 64
    """Requests in flight altogether."""
    connections_per_host: int = 2
    """Requests in flight to one host."""
    spacing_seconds: float = 1.0
    """Least time between two requests to one host."""
    timeout_seconds: float = 30.0
    """Longest time for one whole request."""
    max_bytes: int = 20_000_000
    """Largest payload taken, after decompression."""
    page_seconds: float = 20.0
    """Longest time one page may take to extract."""
    min_interval_seconds: int = 300
    """A feed is never polled more often."""
    max_interval_seconds: int = 86_400
    """A feed is polled at least this often."""
    robots_for_feeds: bool = False
    """Whether robots.txt is asked for feeds too; it always is for pages."""
    allow_private: tuple[str, ...] = ()
    """Networks (CIDR) or `host:port` that may be private; all other private addresses are refused."""
    resolve: tuple[str, ...] = ()
    """`host:port` where requests for `*.example` style hosts really go, as curl's --resolve: `HOST=ADDRESS:PORT`;
    `*.example=ADDRESS:PORT` for all hosts below."""
    commoncrawl: str = "https://data.commoncrawl.org"
    """Where the path listings and files of CC-NEWS lie: a web address, or an s3 one."""
    wayback: str = "https://web.archive.org"
    """The web archive that is asked for old pages: its CDX server at `/cdx/search/cdx`, its pages at `/web`."""
    match_window_days: int = 30
    """Two items can be copies only if published within this many days."""
    batch_items: int = 500
    """Items landed in one transaction by a poll; a backfill uses larger batches."""

    @property
    def data_dir(self) -> Path:
        """Return the folder beside the warehouse file: captures, spool, state."""
        return self.warehouse.with_name(self.warehouse.stem + ".d")

    @property
    def captures_dir(self) -> Path:
        """Return the folder of WARC captures."""
        return self.data_dir / "captures"

    @property
    def spool_dir(self) -> Path:
        """Return the folder of batches that wait to land."""
        return self.data_dir / "spool"

    @property
    def state_path(self) -> Path:
        """Return the file of polling state."""
        return self.data_dir / "state.sqlite"

    @property
    def worker_count(self) -> int:
        """Return how many worker processes to run."""
        return self.workers or os.cpu_count() or 1

    def to_environ(self) -> dict[str, str]:
        """Return the variables that make `read_settings` return these settings: what a subprocess is given."""
        return {f"WIRECOPY_{entry.name.upper()}": _written(getattr(self, entry.name)) for entry in fields(self)}


def _written(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _flag(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


_READERS: dict[str, Callable[[str], Any]] = {
    "Path": Path,
    "str": str,
    "int": int,
    "float": float,
    "bool": _flag,
    "tuple[str, ...]": _words,
}


_LEAST = {
    "connections": 1,
    "connections_per_host": 1,
    "timeout_seconds": 0.1,
    "max_bytes": 1,
    "page_seconds": 0.1,
    "batch_items": 1,
}
"""The least that a number may be, where that is not 0."""


def read_settings(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Return the settings of an environment, `overrides` (those not None) winning.

    An empty variable counts as unset. Raises `SettingsError` naming the variable for a value that cannot be read, or
    a number below what the setting can be.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        variable = f"WIRECOPY_{entry.name.upper()}"
        if text := environ.get(variable, "").strip():
            values[entry.name] = _read(variable, text, str(entry.type), _LEAST.get(entry.name, 0))
    values |= {name: value for name, value in overrides.items() if value is not None}
    settings = Settings(**values)
    if not settings.warehouse.name:
        raise SettingsError("names no file", subject="--warehouse", remedy="name the DuckDB file")
    return settings


def _read(variable: str, text: str, kind: str, least: float) -> Any:
    try:
        value = _READERS[kind](text)
    except ValueError as err:
        raise SettingsError(f"cannot read {text!r} as {kind}", subject=variable, remedy="correct or unset it") from err
    if isinstance(value, int | float) and not least <= value < math.inf:
        raise SettingsError(f"{text} is out of range", subject=variable, remedy=f"give {least} or more, or unset it")
    return value
