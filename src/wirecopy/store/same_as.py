"""One item under two keys: an identifier of one outlet that two keys carry (a moved address)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import duckdb
import pyarrow as pa

from wirecopy.model import Match, Relation
from wirecopy.store.files import statement
from wirecopy.store.matches import Evidence
from wirecopy.store.write import staged

_MOST_KEYS = 3
"""An identifier that more keys share names a page of many items (a section, a default), never one item."""


def evidence(
    connection: duckdb.DuckDBPyConnection, identifiers: Iterable[int]
) -> tuple[tuple[Evidence, ...], set[str]]:
    """Return the `same_as` evidence that landed identifiers of those hashes give.

    What no longer holds is taken back: beside the evidence, the keys of items that lost some are returned.
    """
    wanted = pa.table({"value_hash": pa.array(sorted(identifiers), pa.int64())})
    if not wanted.num_rows:
        return (), set()
    with staged(connection, wanted_hash=wanted):
        rows = connection.execute(statement("shared_identifiers")).fetchall()
    carriers: dict[tuple[int, str], set[str]] = defaultdict(set)
    for hashed, value, key in rows:
        carriers[hashed, value].add(key)
    shared = {value: sorted(found) for (_, value), found in sorted(carriers.items()) if len(found) <= _MOST_KEYS}
    common = {value for (_, value), found in carriers.items() if len(found) > _MOST_KEYS}
    made = tuple(_same(a, b, value) for value, found in shared.items() for a, b in combinations(found, 2))
    return made, _take_back(connection, common)


def _same(a: str, b: str, identifier: str) -> Evidence:
    found = Match(
        a=a, b=b, relation=Relation.SAME_AS, jaccard=1.0, containment_a=1.0, containment_b=1.0, reason=identifier
    )
    return Evidence(found, None, None)


def _take_back(connection: duckdb.DuckDBPyConnection, identifiers: set[str]) -> set[str]:
    if not identifiers:
        return set()
    pairs = connection.execute(statement("same_as_remove"), [sorted(identifiers)]).fetchall()
    return {key for pair in pairs for key in pair}
