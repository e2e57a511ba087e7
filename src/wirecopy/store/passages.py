"""Passages that one report takes from another: they stand anywhere in it, and search by bands looks at the top of a text alone.

Two sentences in a row that stand in texts of a few items make their texts worth comparing. It costs a look at the sentences
of all that is held, and is done when stories settle, once for every text. What many items tell is a background that they
share: its passages lead nowhere, and evidence that stood on one is given up once it has become common, so that the rows do
not depend on what was settled when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from wirecopy.store import stories
from wirecopy.store.connection import Warehouse
from wirecopy.store.files import statement
from wirecopy.store.land import transaction
from wirecopy.store.matches import PAIR, Suspects, comparables, remove_matches, verified
from wirecopy.store.rows import rows_table
from wirecopy.store.write import Changed, staged

_ITEMS_AT_ONCE = 20_000
_COMMON = 64
"""Items that may tell one passage; what more of them tell is common."""


def seek_passages(warehouse: Warehouse, *, at: datetime, window_days: int) -> int:
    """Match the texts that tell a passage alike, of items whose turn has not come yet; return how many stories that made.

    Hold the `land` lease. The file is let go while texts are compared; what was done counts where a run is cut short.
    """
    return sum(_seek(warehouse, turn, at=at, window_days=window_days) for turn in _turns(warehouse))


def _turns(warehouse: Warehouse) -> Iterator[pa.Table]:
    """Yield the items whose turn has not come, some at a time, until what was yielded has been sought."""
    while True:
        with warehouse.reader() as connection:
            turn = connection.execute(statement("passages_unsought"), {"items": _ITEMS_AT_ONCE}).to_arrow_table()
        if not turn.num_rows:
            return
        yield turn


def _seek(warehouse: Warehouse, turn: pa.Table, *, at: datetime, window_days: int) -> int:
    with warehouse.reader() as connection:
        told = _told(connection, turn)
        stale = _stale(connection, told)
        again = {key for pair in stale for key in pair}
        if again:
            told = _told(connection, _items({*turn.column("item_key").to_pylist(), *again}))
        pairs = _met(connection, told, stale, window_days)
        texts = comparables(connection, {key for pair in pairs for key in pair})
    evidence = [one._replace(by_passage=True) for one in verified(Suspects(pairs, texts), window_days=window_days)]
    with warehouse.writer("settle") as connection, transaction(connection):
        remove_matches(connection, stale)
        lost = Changed(items=dict.fromkeys(again, True), again=frozenset(again))
        made = stories.connect(connection, lost, at=at, window_days=window_days) if again else 0
        made += stories.connect(connection, Changed(items={}), evidence, at=at, window_days=window_days)
        with staged(connection, seeking_item=turn):
            connection.execute(statement("passages_sought"))
    return made


def _items(keys: Iterable[str]) -> pa.Table:
    return pa.table({"item_key": pa.array(sorted(keys), pa.string())})


def _told(connection: duckdb.DuckDBPyConnection, turn: pa.Table) -> pa.Table:
    with staged(connection, seeking_item=turn):
        return connection.execute(statement("passages_told")).to_arrow_table()


def _stale(connection: duckdb.DuckDBPyConnection, told: pa.Table) -> list[tuple[str, str]]:
    with staged(connection, told=told):
        return connection.execute(statement("passages_stale"), {"most": _COMMON}).fetchall()


def _met(
    connection: duckdb.DuckDBPyConnection, told: pa.Table, stale: Sequence[tuple[str, str]], window_days: int
) -> list[tuple[int, int]]:
    with staged(connection, told=told, stale_match=rows_table(PAIR, stale)):
        limits = {"most": _COMMON, "window_days": window_days}
        return connection.execute(statement("passages_met"), limits).fetchall()
