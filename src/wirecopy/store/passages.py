"""Passages that one report takes from another: they stand anywhere in it, and search by bands looks at the top of a text alone.

Two sentences in a row that stand in texts of a few items make their texts worth comparing. It is done when stories settle,
once for every text, in order of publication. What very many texts tell is a background that they share: it leads nowhere, and
evidence that may have stood on it is given up once it has become so, and sought again, so that the rows do not depend on
what was settled when.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from wirecopy.store import stories
from wirecopy.store.candidates import months_within
from wirecopy.store.connection import Warehouse
from wirecopy.store.files import statement
from wirecopy.store.land import transaction
from wirecopy.store.matches import Suspects, comparables, remove_matches, verified
from wirecopy.store.rows import item_keys
from wirecopy.store.write import Changed, staged

_ITEMS_AT_ONCE = 20_000
_COMMON = 64
"""Texts that may tell one passage; what more of them tell is common."""


def seek_passages(warehouse: Warehouse, *, at: datetime, window_days: int) -> int:
    """Match the texts that tell a passage alike, of items whose turn has not come yet; return how many stories that made.

    Hold the `land` lease. The file is let go while texts are compared; what was done counts where a run is cut short.
    """
    with warehouse.reader() as connection:
        if not _turn(connection, 1).num_rows:
            return 0
        common = connection.execute(_of_told("passages_common"), {"most": _COMMON}).to_arrow_table()
        with staged(connection, common=common):
            stale = connection.execute(_of_told("passages_given_up"), {"most": _COMMON}).fetchall()
    made = _give_up(warehouse, stale, at=at, window_days=window_days) if stale else 0
    return made + sum(_seek(warehouse, turn, common, at=at, window_days=window_days) for turn in _turns(warehouse))


def _of_told(name: str) -> str:
    return statement(name).replace("{told}", statement("passages_told"))


def _turn(connection: duckdb.DuckDBPyConnection, items: int) -> pa.Table:
    return connection.execute(statement("passages_unsought"), {"items": items}).to_arrow_table()


def _turns(warehouse: Warehouse) -> Iterator[pa.Table]:
    """Yield the items whose turn has not come, some at a time; what was yielded must have been sought before the next."""
    while True:
        with warehouse.reader() as connection:
            turn = _turn(connection, _ITEMS_AT_ONCE)
        if not turn.num_rows:
            return
        yield turn


def _give_up(warehouse: Warehouse, stale: list[tuple[str, str]], *, at: datetime, window_days: int) -> int:
    """Take evidence away and seek what else there is between its items; return how many stories that made."""
    again = frozenset(key for pair in stale for key in pair)
    lost = Changed(items=dict.fromkeys(again, True), again=again)
    with warehouse.writer("settle") as connection, transaction(connection):
        remove_matches(connection, stale)
        with staged(connection, turn=item_keys(again)):
            connection.execute(statement("passages_sought"), {"sought": None})
        return stories.connect(connection, lost, at=at, window_days=window_days)


def _seek(warehouse: Warehouse, turn: pa.Table, common: pa.Table, *, at: datetime, window_days: int) -> int:
    with warehouse.reader() as connection:
        pairs = _met(connection, turn, common, window_days)
        texts = comparables(connection, {key for pair in pairs for key in pair})
    evidence = [one._replace(by_passage=True) for one in verified(Suspects(pairs, texts), window_days=window_days)]
    with warehouse.writer("settle") as connection, transaction(connection):
        with staged(connection, turn=turn):
            connection.execute(statement("passages_sought"), {"sought": True})
        return stories.connect(connection, Changed(items={}), evidence, at=at, window_days=window_days)


def _met(connection: duckdb.DuckDBPyConnection, turn: pa.Table, common: pa.Table, window_days: int) -> Any:
    held = {month for months in turn.column("months").to_pylist() for month in months or ()}
    near = sorted({month for of in held for month in months_within(of, window_days)})
    sql = _of_told("passages_met").replace("{months}", f"({', '.join(map(str, near)) or 'null'})")
    with staged(connection, turn=turn, common=common):
        return connection.execute(sql, {"window_days": window_days}).fetchall()
