"""The rows of a decided batch: revisions, what hangs on them, items, identifiers, fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from wirecopy.model import Arrival, Batch, Fingerprint
from wirecopy.store import links, rows
from wirecopy.store.files import statement
from wirecopy.store.known import Known
from wirecopy.store.rows import Column, Draft, Orders

_LINKS = ("subject", "keyword", "dateline", "author")


def month_of(made: Draft) -> int | None:
    """Return year * 100 + month of publication."""
    published = made.published.published
    return published.on.year * 100 + published.on.month if published else None


def sketch_of(found: Fingerprint) -> bytes | None:
    """Return the bytes of a sketch; None for a fingerprint that has none."""
    return bytes.fromhex(found.sketch) or None


_FINGERPRINT: tuple[Column, ...] = (
    ("revision_key", pa.int64(), attrgetter("key")),
    ("item_key", pa.string(), attrgetter("base.item.item_key")),
    ("text_hash", pa.string(), attrgetter("base.item.text_hash")),
    ("month", pa.int32(), month_of),
    ("exact", pa.int64(), attrgetter("base.fingerprint.exact")),
    ("words", pa.int32(), attrgetter("base.fingerprint.words")),
    ("comparable", pa.string(), attrgetter("base.comparable.text")),
    ("boilerplate_version", pa.string(), attrgetter("base.fingerprint.boilerplate_version")),
    ("bands", pa.list_(pa.int64()), attrgetter("base.fingerprint.bands")),
    ("sketch", pa.binary(), lambda d: sketch_of(d.base.fingerprint)),
    ("pieces", pa.list_(pa.int64()), attrgetter("base.comparable.pieces")),
)
_GROUPS: tuple[tuple[str, tuple[Column, ...]], ...] = (
    ("base", rows.BASE),
    ("published", rows.PUBLISHED),
    ("modified", rows.MODIFIED),
    ("names", rows.NAMES),
)


_COMPARED = tuple(
    name
    for name, _, _ in (*rows.IDENTITY[2:], *rows.BASE, *rows.PUBLISHED, *rows.MODIFIED, *rows.NAMES)
    if not name.endswith("_order") and not name.startswith(("capture_", "origin_", "content_", "rules_"))
)
"""Columns in which a text read again may differ from what was read before."""


class Planned(Protocol):
    """What of a plan is written."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Return the rows, one a revision."""

    @property
    def replaced(self) -> Mapping[int, int]:
        """Return the held revisions that were read again, and what each is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What was written, for those who settle what follows from it: items by key, True for those held before."""

    items: Mapping[str, bool]
    dropped: frozenset[int] = frozenset()
    """Revisions whose earlier evidence no longer holds."""
    identifiers: frozenset[int] = frozenset()
    """Hashes of the identifiers that arrived."""
    again: frozenset[str] = frozenset()
    """Items whose evidence is to be sought again from landed rows."""


@contextmanager
def staged(connection: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Make Arrow tables visible to SQL under their names, for a while."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)


def write(connection: duckdb.DuckDBPyConnection, known: Known, plan: Planned, batch: Batch, *, at: datetime) -> Changed:
    """Write a decided batch's items and all that hangs on them."""
    gone = {key for key, now in plan.replaced.items() if now != key}
    rewritten = {d.key for d in plan.drafts if d.key in known.revisions and _rules_differ(known, d)}
    fresh = fresh_drafts(known, plan)
    again = [d for d in plan.drafts if d.key in known.revisions and d.key not in rewritten]
    held = {d.base.item.item_key: d.base.item.item_key in known.by_item for d in plan.drafts}
    fresh = [_seen_before(known, d) for d in fresh]
    again_as = {key: key for key in rewritten} | dict(plan.replaced)
    _keep_before(connection, sorted(again_as))
    _remove(connection, sorted(gone | rewritten))
    stamp = {"batch_key": batch.key, "landed_at": at}
    table = rows.table(rows.REVISION, fresh)
    _insert(connection, fresh, table, stamp)
    _note_changes(connection, again_as, at)
    better = _improve(connection, known, again)
    _insert_places(connection, plan.drafts)
    identifiers = links.identifier_table(batch.arrivals)
    _write_items(connection, batch.arrivals, (table, identifiers), held, at)
    dropped = frozenset(gone | rewritten | better)
    sought = frozenset(known.revisions[key].item_key for key in dropped)
    hashes = frozenset(identifiers.column("value_hash").to_pylist())
    return Changed(items=held, dropped=dropped, identifiers=hashes, again=sought)


def fresh_drafts(known: Known, plan: Planned) -> list[Draft]:
    """Return the rows of a plan that are written anew: texts not held before, or held under other rules."""
    return [d for d in plan.drafts if d.key not in known.revisions or _rules_differ(known, d)]


def _rules_differ(known: Known, made: Draft) -> bool:
    return known.revisions[made.key].rules_version != made.base.item.rules_version


def _seen_before(known: Known, made: Draft) -> Draft:
    """Give a row that is written anew the times of the one that it replaces."""
    held = known.revisions.get(made.key)
    if held is None:
        return made
    return rows.seen_also(made, held.first_seen_at, held.last_seen_at)


def _keep_before(connection: duckdb.DuckDBPyConnection, keys: Sequence[int]) -> None:
    if keys:
        with staged(connection, staged_gone=pa.table({"revision_key": pa.array(keys, pa.int64())})):
            connection.execute(statement("revision_before"))


def _note_changes(connection: duckdb.DuckDBPyConnection, again_as: Mapping[int, int], at: datetime) -> None:
    """Record, column by column, what other rules made of the same bytes."""
    if not again_as:
        return
    pairs = pa.table(
        {
            "before_key": pa.array(list(again_as), pa.int64()),
            "after_key": pa.array(list(again_as.values()), pa.int64()),
        }
    )
    fields = ", ".join(
        f"{{'field': '{name}', 'before': b.{name}::varchar, 'after': a.{name}::varchar}}" for name in _COMPARED
    )
    with staged(connection, staged_again=pairs):
        connection.execute(statement("replay_changes").replace("{fields}", fields), {"landed_at": at})


def _remove(connection: duckdb.DuckDBPyConnection, gone: Sequence[int]) -> None:
    if not gone:
        return
    with staged(connection, staged_gone=pa.table({"revision_key": pa.array(gone, pa.int64())})):
        for name in ("revision", *_LINKS, "fingerprint", "band"):
            connection.execute(f"delete from core.{name} where revision_key in (select revision_key from staged_gone)")  # noqa: S608 - closed list


def _insert(
    connection: duckdb.DuckDBPyConnection, fresh: Sequence[Draft], table: pa.Table, stamp: Mapping[str, Any]
) -> None:
    if not fresh:
        return
    with staged(connection, staged_revision=table):
        connection.execute(statement("revision_insert"), stamp)
        connection.execute(statement("held_key_insert"), {"landed_at": stamp["landed_at"]})
    _insert_links(connection, links.link_tables(fresh) | {"author": links.author_table(fresh)})
    _insert_fingerprints(connection, fresh)


def _insert_links(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    for name, table in tables.items():
        if table.num_rows:
            with staged(connection, staged_link=table):
                connection.execute(f"insert into core.{name} by name from staged_link")


def _insert_fingerprints(connection: duckdb.DuckDBPyConnection, fresh: Sequence[Draft]) -> None:
    with staged(connection, staged_fingerprint=rows.table(_FINGERPRINT, fresh)):
        connection.execute(statement("fingerprint_insert"))
        connection.execute(statement("band_insert"))


def _insert_places(connection: duckdb.DuckDBPyConnection, drafts: Sequence[Draft]) -> None:
    table = links.place_table(drafts)
    if table.num_rows:
        with staged(connection, staged_place=table):
            connection.execute(statement("place_insert"))


# --- held rows with better evidence ---------------------------------------------------------------


def _improve(connection: duckdb.DuckDBPyConnection, known: Known, again: Sequence[Draft]) -> set[int]:
    """Give held rows the better evidence that arrived; return those whose comparable text or date changed."""
    if not again:
        return set()
    _update(connection, again, rows.SEEN, statement("revision_seen"))
    outranked = {name: [d for d in again if _outranks(known, d, name)] for name, _ in _GROUPS}
    for name, columns in _GROUPS:
        if outranked[name]:
            _update(connection, outranked[name], columns, _update_sql(columns))
    _replace_links(connection, outranked["base"], outranked["names"])
    changed = {d.key for name in ("base", "published") for d in outranked[name]}
    if changed:
        _refresh_months(connection, changed)
    return changed


def _outranks(known: Known, made: Draft, group: str) -> bool:
    held: Orders = known.revisions[made.key].orders
    return bool(getattr(made.orders, group) > getattr(held, group))


def _update(connection: duckdb.DuckDBPyConnection, made: Sequence[Draft], columns: Sequence[Column], sql: str) -> None:
    with staged(connection, staged_better=rows.table((rows.IDENTITY[0], *columns), made)):
        connection.execute(sql)


def _update_sql(columns: Sequence[Column]) -> str:
    assigned = ", ".join(f"{name} = s.{name}" for name, _, _ in columns)
    return f"update core.revision set {assigned} from staged_better s where core.revision.revision_key = s.revision_key"  # noqa: S608 - our own column names


def _replace_links(connection: duckdb.DuckDBPyConnection, base: Sequence[Draft], names: Sequence[Draft]) -> None:
    for made, tables, gone in (
        (base, links.link_tables, ("subject", "keyword", "dateline", "fingerprint", "band")),
        (names, lambda d: {"author": links.author_table(d)}, ("author",)),
    ):
        if made:
            _delete(connection, made, gone)
            make: Callable[[Sequence[Draft]], dict[str, pa.Table]] = tables
            _insert_links(connection, make(made))
    if base:
        _insert_fingerprints(connection, base)


def _delete(connection: duckdb.DuckDBPyConnection, made: Sequence[Draft], names: Sequence[str]) -> None:
    with staged(connection, staged_gone=pa.table({"revision_key": pa.array([d.key for d in made], pa.int64())})):
        for name in names:
            connection.execute(f"delete from core.{name} where revision_key in (select revision_key from staged_gone)")  # noqa: S608 - closed list


def _refresh_months(connection: duckdb.DuckDBPyConnection, keys: set[int]) -> None:
    with staged(connection, staged_better=pa.table({"revision_key": pa.array(sorted(keys), pa.int64())})):
        for name in ("fingerprint", "band"):
            connection.execute(statement("month_update").replace("{table}", f"core.{name}"))


# --- items ---------------------------------------------------------------------------------------


def _write_items(
    connection: duckdb.DuckDBPyConnection,
    arrivals: Sequence[Arrival],
    tables: tuple[pa.Table, pa.Table],
    held: Mapping[str, bool],
    at: datetime,
) -> None:
    keys = pa.table({"item_key": pa.array(list(held), pa.string()), "held": pa.array(list(held.values()), pa.bool_())})
    with staged(
        connection,
        staged_key=keys,
        staged_revision=tables[0],
        staged_identifier=tables[1],
        staged_sighting=links.sighting_table(arrivals),
    ):
        if any(held.values()):
            connection.execute(statement("item_remove"))
            connection.execute(statement("sighting_update"))
        for name in ("item_insert", "identifier_insert", "sighting_insert"):
            connection.execute(statement(name), {"landed_at": at})
