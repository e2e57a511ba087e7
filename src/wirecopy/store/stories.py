"""What follows from landed rows: evidence between items, then stories.

Stories are made again for every component of matches that a batch touches, from all its items, by one pure function;
so the final stories are the same for any order and size of batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from wirecopy.dedupe import story as pure
from wirecopy.model import Comparable, Match, Member, Story
from wirecopy.store import same_as
from wirecopy.store.files import statement
from wirecopy.store.matches import Evidence, find_matches, read_matches, write_matches
from wirecopy.store.rows import item_keys, rows_table
from wirecopy.store.write import Changed, staged

_MEMBER = [
    ("item_key", pa.string()),
    ("story_key", pa.string()),
    ("component", pa.string()),
    ("rank", pa.int32()),
    ("relation", pa.string()),
    ("similarity", pa.float64()),
    ("via_key", pa.string()),
]


def connect(
    connection: duckdb.DuckDBPyConnection,
    changed: Changed,
    evidence: Iterable[Evidence] = (),
    *,
    at: datetime,
    window_days: int,
) -> int:
    """Write the evidence that changed rows give and make the touched stories again; return how many were written.

    `evidence` is what was found before the rows were written; of items whose rows it did not know as they are now, it
    is sought again.
    """
    touched = {key for key, held in changed.items.items() if held} | _drop_matches(connection, changed.dropped)
    same, parted = same_as.evidence(connection, changed.identifiers)
    again = changed.again | parted
    current = (one for one in evidence if one.match.a not in again and one.match.b not in again)
    sought = find_matches(connection, revisions_of(connection, again), window_days=window_days)
    found = (*current, *sought, *same)
    write_matches(connection, found, at=at)
    touched |= parted | {key for one in found for key in (one.match.a, one.match.b)}
    alone = [key for key in changed.items if key not in touched]
    _write_singles(connection, alone, at=at)
    return len(alone) + make_stories(connection, touched, at=at)


def _drop_matches(connection: duckdb.DuckDBPyConnection, dropped: Iterable[int]) -> set[str]:
    gone = pa.table({"revision_key": pa.array(sorted(dropped), pa.int64())})
    if not gone.num_rows:
        return set()
    with staged(connection, staged_gone=gone):
        pairs = connection.execute(statement("match_drop")).fetchall()
    return {key for pair in pairs for key in pair}


def revisions_of(connection: duckdb.DuckDBPyConnection, keys: frozenset[str] | set[str]) -> set[int]:
    """Return the revisions of the items of those keys."""
    if not keys:
        return set()
    with staged(connection, wanted_item=item_keys(keys)):
        sql = "select revision_key from core.fingerprint semi join wanted_item using (item_key)"
        return {key for (key,) in connection.execute(sql).fetchall()}


def _single(key: str) -> tuple[Any, ...]:
    return (key, key, key, 0, "leader", 1.0, None)


# --- stories of touched components ---------------------------------------------------------------


def make_stories(connection: duckdb.DuckDBPyConnection, touched: Iterable[str], *, at: datetime) -> int:
    """Make the stories of every component again that holds one of those items; return how many were made."""
    keys = set(touched)
    if not keys:
        return 0
    with staged(connection, wanted_item=item_keys(keys)):
        keys |= {key for (key,) in connection.execute(statement("component_items")).fetchall()}
    matches = read_matches(connection, keys)
    items = _items(connection, keys)
    rows = [
        row for component, group in _components(items, matches).items() for row in _stories(component, group, items)
    ]
    _write_members(connection, rows, at=at)
    return len({row[1] for row in rows})


def _items(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> dict[str, Comparable]:
    with staged(connection, wanted_item=item_keys(keys)):
        rows = connection.execute(statement("story_items")).fetchall()
    return {
        key: Comparable(item_key=key, text="", agency=agency, outlet=outlet, published_on=on, published_at=moment)
        for key, agency, outlet, on, moment in rows
    }


def _components(items: Mapping[str, Comparable], matches: Iterable[Match]) -> dict[str, tuple[list[str], list[Match]]]:
    """Group items by the matches that link them, named by their least key; reuse links nothing."""
    parent = {key: key for key in items}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    linking = [m for m in matches if m.relation != "reuse" and m.a in parent and m.b in parent]
    for found in linking:
        one, other = sorted((root(found.a), root(found.b)))
        parent[other] = one
    groups: dict[str, tuple[list[str], list[Match]]] = defaultdict(lambda: ([], []))
    for key in items:
        groups[root(key)][0].append(key)
    for found in linking:
        groups[root(found.a)][1].append(found)
    return groups


def _stories(
    component: str, group: tuple[list[str], list[Match]], items: Mapping[str, Comparable]
) -> list[tuple[Any, ...]]:
    keys, matches = group
    if len(keys) == 1:
        return [_single(keys[0])]
    made = pure.stories([items[key] for key in keys], matches)
    return [_member(component, story, member) for story in made for member in story.members]


def _member(component: str, story: Story, member: Member) -> tuple[Any, ...]:
    return (
        member.item_key,
        story.key,
        component,
        member.rank,
        member.relation.value,
        member.similarity,
        member.via_key,
    )


def _write_singles(connection: duckdb.DuckDBPyConnection, keys: Iterable[str], *, at: datetime) -> None:
    """Write new items without copies: nothing of them is held, so nothing needs to be looked up."""
    rows = [_single(key) for key in keys]
    if rows:
        with staged(connection, staged_member=rows_table(_MEMBER, rows)):
            for name in ("change_of_singles", "member_insert", "story_of_singles"):
                connection.execute(statement(name), {"landed_at": at})


def _write_members(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]], *, at: datetime) -> None:
    """Write memberships that changed, the log of changes, and the stories that they make."""
    if not rows:
        return
    with staged(connection, staged_member=rows_table(_MEMBER, rows)):
        for name in ("change_insert", "story_remove", "member_remove", "member_insert", "story_insert"):
            sql = statement(name)
            connection.execute(sql, {"landed_at": at} if "$landed_at" in sql else None)
