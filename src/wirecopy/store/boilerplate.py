"""Learnt boilerplate as it is held, and what there is to learn it from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter

import duckdb
import pyarrow as pa

from wirecopy.dedupe.boilerplate import (
    EMPTY,
    MAX_CARRIERS,
    MIN_CARRIERS,
    Boilerplate,
    Carrier,
    is_frequent,
    learn,
    united,
)
from wirecopy.store.connection import Warehouse
from wirecopy.store.files import statement
from wirecopy.store.rows import item_keys, rows_table
from wirecopy.store.write import staged

_ROWS = [("outlet", pa.string()), ("paragraph_hash", pa.int64()), ("items", pa.int64()), ("version", pa.string())]
_CARRIERS_AT_ONCE = 20_000
"""Carriers of repeated paragraphs whose bodies are held together, however many there are."""
_Group = tuple[int, str, int, list[str]]
"""A paragraph, an outlet, how many of its items carry it, and the keys of the first of them."""
Carriers = Counter[tuple[str, int]]
"""How many items of an outlet carry a paragraph; "" counts all outlets."""


def read_boilerplate(warehouse: Warehouse) -> Boilerplate:
    """Return the boilerplate that the warehouse has learnt; an empty one where there is no warehouse yet.

    A file that holds no tables is none yet: whoever began to make it was cut short.
    """
    if not warehouse.exists():
        return EMPTY
    with warehouse.reader() as connection:
        made = connection.execute("select 1 from duckdb_tables() where table_name = 'boilerplate'").fetchone()
        return held_boilerplate(connection) if made else EMPTY


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


def learn_boilerplate(connection: duckdb.DuckDBPyConnection) -> tuple[Boilerplate, Carriers]:
    """Return the boilerplate that all held items teach, and what carries it; the same whatever landed first."""
    limits = {"least": MIN_CARRIERS, "most": MAX_CARRIERS}
    held = dict(connection.execute("select outlet, count(*) from core.item group by outlet").fetchall())
    paragraphs = list(_frequent(connection.execute(statement("repeated_pieces"), limits).fetchall(), held))
    counts: Carriers = Counter()
    for hashed, outlet, items, _ in chain.from_iterable(paragraphs):
        counts[outlet, hashed] += items
        counts["", hashed] += items
    return united(_lessons(connection, paragraphs)), counts


def _lessons(connection: duckdb.DuckDBPyConnection, paragraphs: Sequence[list[_Group]]) -> Iterator[Boilerplate]:
    """Yield what paragraphs teach, then what the others teach without those that were learnt."""
    known: frozenset[int] = frozenset()
    for part in _parts(paragraphs):
        learnt = _lesson(connection, part)
        known |= learnt.hashes()
        yield learnt
    if known:
        for part in _parts(groups for groups in paragraphs if groups[0][0] not in known):
            yield _lesson(connection, part, known)


def _frequent(rows: Iterable[_Group], items: Mapping[str, int]) -> Iterator[list[_Group]]:
    """Yield what is in order of its paragraph, paragraph by paragraph, without those that few items carry."""
    for _, found in groupby(rows, key=itemgetter(0)):
        groups = list(found)
        if is_frequent({outlet: count for _, outlet, count, _ in groups}, items):
            yield groups


def _parts(paragraphs: Iterable[list[_Group]]) -> Iterator[list[_Group]]:
    """Put paragraphs together into parts of few carriers."""
    part: list[_Group] = []
    carriers = 0
    for groups in paragraphs:
        part += groups
        carriers += sum(len(keys) for *_, keys in groups)
        if carriers >= _CARRIERS_AT_ONCE:
            yield part
            part, carriers = [], 0
    if part:
        yield part


def _lesson(
    connection: duckdb.DuckDBPyConnection, groups: Sequence[_Group], known: frozenset[int] = frozenset()
) -> Boilerplate:
    bodies = _bodies(connection, {key for *_, keys in groups for key in keys})
    return learn(
        (Carrier(outlet, hashed, key, bodies[key]) for hashed, outlet, _, keys in groups for key in keys), known
    )


def _bodies(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> dict[str, str]:
    wanted = item_keys(keys)
    with staged(connection, wanted_item=wanted):
        return dict(connection.execute(statement("current_bodies")).fetchall())


def write_boilerplate(connection: duckdb.DuckDBPyConnection, learnt: Boilerplate, counts: Carriers) -> None:
    """Put learnt boilerplate in the place of what is held."""
    covered = {"": learnt.shared, **learnt.by_outlet}
    rows = [
        (outlet, one, counts[outlet, one], learnt.version) for outlet, found in covered.items() for one in sorted(found)
    ]
    connection.execute("delete from core.boilerplate")
    with staged(connection, staged_boilerplate=rows_table(_ROWS, rows)):
        connection.execute("insert into core.boilerplate by name from staged_boilerplate")


def differing(one: Boilerplate, other: Boilerplate) -> dict[str, frozenset[int]]:
    """Return, by outlet, the paragraphs that one of two boilerplates covers and the other does not; "" is for all."""
    outlets = {"", *one.by_outlet, *other.by_outlet}
    found = {outlet: _covered(one, outlet) ^ _covered(other, outlet) for outlet in outlets}
    return {outlet: hashes for outlet, hashes in found.items() if hashes}


def _covered(learnt: Boilerplate, outlet: str) -> frozenset[int]:
    return learnt.shared | learnt.by_outlet.get(outlet, frozenset())
