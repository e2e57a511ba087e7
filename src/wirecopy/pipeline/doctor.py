"""`wirecopy doctor`: whether everything is there that a run needs, and the warehouse is in order."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from wirecopy.agencies import registry
from wirecopy.errors import WirecopyError
from wirecopy.fetch.capture import capture_files
from wirecopy.normalise.places import resolve
from wirecopy.settings import Settings
from wirecopy.store import spool
from wirecopy.store.connection import AMBIGUOUS_STEMS, Warehouse
from wirecopy.store.files import flows_folder
from wirecopy.store.query import run
from wirecopy.store.state import State

NEEDED = ("prefect", "feedparser", "trafilatura", "duckdb", "duckdb-extension-fts", "aiohttp", "fastwarc", "lxml")
LOW_DISK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: in order, worth a note, or wrong; with the remedy."""

    check: str
    state: Literal["ok", "note", "wrong"]
    detail: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Return what was found, in a fixed order; nothing is changed."""
    return [*_installation(), *_warehouse(settings), *_data(settings)]


def _installation() -> Iterator[Finding]:
    yield Finding("python", "ok", sys.version.split()[0])
    for name in NEEDED:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(name, "wrong", "is not installed", f"pip install {name}")
    place = resolve("Qingdao")
    yield Finding(
        "gazetteer", "ok" if place else "wrong", f"Qingdao is in {place.country}" if place else "finds nothing"
    )
    agencies = registry().agencies
    yield Finding("agencies", "ok", f"{len(agencies)} agencies, {len(registry().feeds())} public feeds")
    yield Finding("flows", "ok", str(flows_folder()))


def _warehouse(settings: Settings) -> Iterator[Finding]:
    path = settings.warehouse
    if path.stem in AMBIGUOUS_STEMS:
        remedy = f"rename it: mv {path.name} wirecopy.duckdb"
        yield Finding("file name", "note", f"{path.stem} is also a schema: plain clients find names ambiguous", remedy)
    if not path.exists():
        yield Finding("warehouse", "note", f"{path} is not there yet", "wirecopy poll, or wirecopy backfill FILES")
        return
    try:
        ((stories, items),) = run(
            Warehouse(path), "select (select count(*) from core.story), (select count(*) from core.item)"
        ).rows
        yield Finding("warehouse", "ok", f"{path}: {stories:,} stories, {items:,} items")
    except WirecopyError as err:
        yield Finding("warehouse", "wrong", err.message, err.remedy or "see `wirecopy status`")


def _data(settings: Settings) -> Iterator[Finding]:
    waiting = spool.waiting(settings.spool_dir)
    yield Finding(
        "spool", "note" if waiting else "ok", f"{len(waiting)} batches wait to land", "wirecopy land" if waiting else ""
    )
    orphans = (
        [path for path in capture_files(settings.captures_dir) if path.suffix == ".open"]
        if settings.captures_dir.exists()
        else []
    )
    yield Finding(
        "captures",
        "note" if orphans else "ok",
        f"{len(orphans)} files are open or orphaned",
        "wirecopy poll lands what is orphaned" if orphans else "",
    )
    if settings.state_path.exists():
        with State(settings.state_path) as state:
            yield Finding(
                "state", "ok", f"{len(state.feeds())} feeds, {state.count_waiting():,} entries wait for their page"
            )
    home = next(folder for folder in (settings.data_dir, *settings.data_dir.absolute().parents) if folder.exists())
    free = shutil.disk_usage(home).free
    low = free < LOW_DISK
    yield Finding("disk", "note" if low else "ok", f"{free / 1e9:.1f} GB free at {home}", "make room" if low else "")
