"""Settling: what can be known only from all that is held. Boilerplate is learnt, and texts that it touches are matched anew.

The file is let go between slices, so that readers get in. Learnt boilerplate is written last: a run that was cut short is
made up for by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from wirecopy.dedupe.boilerplate import Boilerplate, paragraph_hashes
from wirecopy.dedupe.fingerprint import comparable, fingerprint
from wirecopy.model import Comparable, Fingerprint, Item
from wirecopy.store import stories
from wirecopy.store.boilerplate import differing, held_boilerplate, learn_boilerplate, write_boilerplate
from wirecopy.store.connection import Warehouse
from wirecopy.store.files import statement
from wirecopy.store.land import transaction
from wirecopy.store.rows import rows_table
from wirecopy.store.write import Changed, staged

_SLICE = 250
"""Texts matched anew while the file is held once."""
_FINGERPRINT = [
    ("revision_key", pa.int64()),
    ("item_key", pa.string()),
    ("text_hash", pa.string()),
    ("month", pa.int32()),
    ("exact", pa.int64()),
    ("words", pa.int32()),
    ("comparable", pa.string()),
    ("boilerplate_version", pa.string()),
    ("bands", pa.list_(pa.int64())),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleReport:
    """What settling came to."""

    paragraphs: int
    """Paragraphs known as boilerplate, counted once an outlet."""
    texts: int
    """Texts that were matched anew."""
    stories: int
    """Stories made again."""


def settle(warehouse: Warehouse, *, at: datetime, window_days: int = 30) -> SettleReport:
    """Learn boilerplate from all that is held, and match again what it touches; quick where nothing has changed.

    Raises `WarehouseBusy` where the file stays locked; hold the `land` lease, since nothing may land meanwhile.
    """
    with warehouse.reader() as connection:
        (learnt, carriers), held = learn_boilerplate(connection), held_boilerplate(connection)
        touched = _touched(connection, held, learnt)
        settled = learnt == held and not touched and not _unsettled(connection, learnt)
    made = 0
    for start in range(0, len(touched), _SLICE):
        keys = touched[start : start + _SLICE]
        with warehouse.writer("settle") as connection, transaction(connection):
            made += _match_again(connection, keys, learnt, at=at, window_days=window_days)
    if not settled:
        with warehouse.writer("settle") as connection, transaction(connection):
            write_boilerplate(connection, learnt, carriers)
            for table in ("core.fingerprint", "core.match"):
                sql = statement("boilerplate_version").replace("{table}", table)
                connection.execute(sql, {"version": learnt.version})
    paragraphs = len(learnt.shared) + sum(map(len, learnt.by_outlet.values()))
    return SettleReport(paragraphs=paragraphs, texts=len(touched), stories=made)


def _unsettled(connection: duckdb.DuckDBPyConnection, learnt: Boilerplate) -> bool:
    return connection.execute(statement("unsettled"), {"version": learnt.version}).fetchone() is not None


def _touched(connection: duckdb.DuckDBPyConnection, held: Boilerplate, learnt: Boilerplate) -> list[int]:
    """Return the revisions that hold a paragraph on which two boilerplates differ, or were read under a third."""
    changed = differing(held, learnt)
    everywhere = changed.pop("", frozenset())
    foreign = {
        row[0]
        for row in connection.execute(statement("foreign_fingerprints"), [held.version, learnt.version]).fetchall()
    }
    outlets = pa.table({"outlet": pa.array(sorted(changed), pa.string())})
    with staged(connection, wanted_outlet=outlets):
        rows = connection.execute(statement("bodies_of_outlets"), {"all": bool(everywhere)})
        found = {
            key
            for key, outlet, body in _fetched(rows)
            if not changed.get(outlet, everywhere).isdisjoint(paragraph_hashes(body))
        }
    return sorted(found | foreign)


def _fetched(rows: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while some := rows.fetchmany(2_000):
        yield from some


def _match_again(
    connection: duckdb.DuckDBPyConnection, keys: Iterable[int], learnt: Boilerplate, *, at: datetime, window_days: int
) -> int:
    wanted = pa.table({"revision_key": pa.array(list(keys), pa.int64())})
    with staged(connection, wanted_revision=wanted, staged_gone=wanted):
        rows = connection.execute(statement("texts_to_compare")).fetchall()
        for table in ("fingerprint", "band"):
            connection.execute(f"delete from core.{table} where revision_key in (select revision_key from staged_gone)")  # noqa: S608 - closed list
    made = [(row[0], row[-1], *_read(row[1:-1], learnt)) for row in rows]
    with staged(connection, staged_fingerprint=rows_table(_FINGERPRINT, [_row(*one) for one in made])):
        connection.execute(statement("fingerprint_insert"))
        connection.execute(statement("band_insert"))
    items = {news.item_key: True for _, _, news, _ in made}
    changed = Changed(items=items, dropped=frozenset(key for key, *_ in made), again=frozenset(items))
    return stories.connect(connection, changed, at=at, window_days=window_days)


def _read(row: tuple[Any, ...], learnt: Boilerplate) -> tuple[Comparable, Fingerprint]:
    names = ("item_key", "text_hash", "key_rule", "outlet", "headline", "body", "lead", "rules_version", "sign_off")
    news = comparable(Item(**dict(zip(names, row, strict=True))), learnt)
    return news, fingerprint(news)


def _row(key: int, month: int | None, news: Comparable, found: Fingerprint) -> tuple[Any, ...]:
    return (
        key,
        news.item_key,
        news.text_hash,
        month,
        found.exact,
        found.words,
        news.text,
        found.boilerplate_version,
        list(found.bands),
    )
