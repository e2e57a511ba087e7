"""Batches that wait while a reader holds the warehouse: one Parquet file each, named by its batch key.

A file is written under another name, fsynced and renamed, so that what stands under its own name is whole. It is removed
after its batch has landed; a crash in between lands it twice, of which the second time is skipped.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wirecopy.errors import WarehouseError
from wirecopy.model import Arrival, Batch, LandReport, Notice, PageRecord, RequestRecord, SetAside
from wirecopy.store.codec import decode, encode
from wirecopy.store.connection import Warehouse
from wirecopy.store.known import Reread
from wirecopy.store.land import land

_VERSION = "1"
_PARTS: dict[str, Any] = {
    "arrivals": Arrival,
    "notices": Notice,
    "requests": RequestRecord,
    "pages": PageRecord,
    "set_aside": SetAside,
}


class SpoolDamaged(WarehouseError):
    """A spooled batch cannot be read back: set it aside."""


def write(folder: Path, batch: Batch) -> Path:
    """Put a batch on disk, durably, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [(part, encode(value)) for part in _PARTS for value in getattr(batch, part)]
    table = pa.table(
        {
            "part": pa.array([part for part, _ in rows], pa.string()),
            "value": pa.array([value for _, value in rows], pa.string()),
        }
    ).replace_schema_metadata({"wirecopy.spool": _VERSION, "wirecopy.batch": batch.key})
    final = folder / f"{batch.key}.parquet"
    partial = folder / f".{batch.key}.{os.getpid()}.partial"
    with partial.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(final)
    _sync(folder)
    return final


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def waiting(folder: Path) -> list[Path]:
    """Return the files of the batches that wait, oldest first."""
    found = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.parquet") if not path.name.startswith(".")]
    return [path for _, path in sorted(found)]


def read(path: Path) -> Batch:
    """Return the batch of a file; raises `SpoolDamaged` for one that is damaged, `WarehouseError` for another version's."""
    try:
        table = pq.read_table(path)
        about = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        if about.get("wirecopy.spool") != _VERSION:
            raise WarehouseError(
                "this spooled batch is of another version", subject=str(path), remedy="land it with that version"
            )
        rows = list(zip(table.column("part").to_pylist(), table.column("value").to_pylist(), strict=True))
        parts = {
            part: tuple(decode(kind, value) for name, value in rows if name == part) for part, kind in _PARTS.items()
        }
    except (pa.ArrowInvalid, OSError, KeyError, ValueError, TypeError) as err:
        raise SpoolDamaged(
            f"this spooled batch is damaged: {err}", subject=str(path), remedy="move it away, poll again"
        ) from err
    return Batch(key=about["wirecopy.batch"], **parts)


def land_waiting(
    folder: Path, warehouse: Warehouse, *, at: datetime, reread: Reread | None = None, window_days: int = 30
) -> tuple[LandReport, ...]:
    """Land every batch that waits, oldest first, and return their reports.

    A damaged file keeps its bytes under `<name>.damaged`, and a row of raw.set_aside says so. Raises `WarehouseBusy`
    where the file stays locked: what has not landed goes on waiting.
    """
    reports = []
    for path in waiting(folder):
        try:
            batch = read(path)
        except SpoolDamaged as err:
            reports.append(_set_aside(path, warehouse, err, at))
            continue
        reports.append(land(warehouse, batch, at=at, reread=reread, window_days=window_days))
        path.unlink(missing_ok=True)
    return tuple(reports)


def _set_aside(path: Path, warehouse: Warehouse, err: SpoolDamaged, at: datetime) -> LandReport:
    aside = SetAside(stage="spool", reason="spool damaged", detail=err.message, subject=path.name, at=at)
    report = land(warehouse, Batch(key=f"{path.stem} damaged", set_aside=(aside,)), at=at)
    path.rename(path.with_suffix(".damaged"))
    return report
