"""The search index: built by DuckDB's full-text extension in a scratch file, then copied in.

Building takes long and would lock readers out; the copy is short. Without the extension the index stays as it is, and
`wire.search` reads the texts themselves.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from wirecopy.store.connection import Warehouse, load_search
from wirecopy.store.files import statement
from wirecopy.store.land import transaction

_MEMORY = "2GB"
"""What building and copying may hold; more goes to disk."""
_FEW = 500
_SHARE = 0.02
"""So many texts, or this share of all, may stay outside of the index: they are found by reading them."""


def build_search(warehouse: Warehouse, *, always: bool = False) -> int | None:
    """Build the search index again where enough texts are outside of it; return how many it holds now.

    None where nothing was to be done, or the extension is not installed. Raises `WarehouseBusy`.
    """
    with tempfile.TemporaryDirectory(dir=warehouse.path.parent, prefix=".search-") as folder:
        scratch = Path(folder) / "scratch.duckdb"
        with warehouse.reader() as connection:
            if not (always or _is_due(connection)) or not load_search(connection):
                return None
            _attach(connection, scratch, read_only=False)
            connection.execute(statement("search_document"))
        with duckdb.connect(str(scratch)) as builder:
            builder.execute(f"set memory_limit = '{_MEMORY}'")
            load_search(builder)
            builder.execute(statement("search_build"))
        with replace(warehouse, memory=_MEMORY).writer("keep") as connection:
            # Rows are put in order by the statement; to keep an order besides takes memory.
            connection.execute("set preserve_insertion_order = false")
            _attach(connection, scratch, read_only=True)
            with transaction(connection):
                connection.execute(statement("search_copy"))
            row = connection.execute("select count(*) from fts_wire.docs").fetchone()
    return row[0] if row else None


def _is_due(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute(statement("search_missing")).fetchone()
    missing, held = row or (0, 0)
    return bool(missing > max(_FEW, _SHARE * held))


def _attach(connection: duckdb.DuckDBPyConnection, scratch: Path, *, read_only: bool) -> None:
    quoted = str(scratch).replace("'", "''")
    connection.execute(f"attach '{quoted}' as scratch{' (read_only)' if read_only else ''}")
