"""Learnt boilerplate as it is held: read for a run, written by `settle`."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate
from wirecopy.store.connection import Warehouse


def read_boilerplate(warehouse: Warehouse) -> Boilerplate:
    """Return the boilerplate that the warehouse has learnt; an empty one where there is no warehouse yet."""
    if not warehouse.exists():
        return EMPTY
    with warehouse.reader() as connection:
        return held_boilerplate(connection)


def held_boilerplate(connection: duckdb.DuckDBPyConnection) -> Boilerplate:
    """Return the boilerplate that core.boilerplate holds."""
    rows = connection.execute("select outlet, paragraph_hash, version from core.boilerplate").fetchall()
    if not rows:
        return EMPTY
    by_outlet: dict[str, set[int]] = defaultdict(set)
    for outlet, hashed, _ in rows:
        by_outlet[outlet].add(hashed)
    shared = frozenset(by_outlet.pop("", set()))
    return Boilerplate(rows[0][2], shared, {outlet: frozenset(found) for outlet, found in by_outlet.items()})
