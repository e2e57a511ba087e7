"""Settling: what can be known only from all that is held. Boilerplate is learnt, and texts that it touches are matched anew.

The file is let go between slices, so that readers get in, and while texts are compared. Learnt boilerplate is written
last: a run that was cut short is made up for by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate
from wirecopy.dedupe.fingerprint import comparable, with_words
from wirecopy.model import Comparable, Dateline, Fingerprint, Item
from wirecopy.store import stories
from wirecopy.store.boilerplate import differing, held_boilerplate, learn_boilerplate, write_boilerplate
from wirecopy.store.connection import UPKEEP, Warehouse
from wirecopy.store.files import statement
from wirecopy.store.land import transaction
from wirecopy.store.matches import Evidence, Suspects, comparables, landed_probes, suspects_of, verified
from wirecopy.store.passages import seek_passages
from wirecopy.store.rows import Column, rows_table, table
from wirecopy.store.write import Changed, sketch_of, staged

_SLICE = 2_000
"""Texts that are read anew together."""


class _Anew(NamedTuple):
    """A landed text under the boilerplate learnt now."""

    key: int
    month: int | None
    news: Comparable
    found: Fingerprint


_PROBING: tuple[Column, ...] = (
    ("revision_key", pa.int64(), lambda one: one.key),
    ("month", pa.int32(), lambda one: one.month),
    ("exact", pa.int64(), lambda one: one.found.exact),
    ("words", pa.int32(), lambda one: one.found.words),
    ("bands", pa.list_(pa.int64()), lambda one: one.found.bands),
    ("sketch", pa.binary(), lambda one: sketch_of(one.found)),
)
_FINGERPRINT: tuple[Column, ...] = (
    *_PROBING,
    ("item_key", pa.string(), lambda one: one.news.item_key),
    ("text_hash", pa.string(), lambda one: one.news.text_hash),
    ("comparable", pa.string(), lambda one: one.news.text),
    ("pieces", pa.list_(pa.int64()), lambda one: one.news.pieces),
    ("boilerplate_version", pa.string(), lambda one: one.found.boilerplate_version),
)
_CHANGED = [("version", pa.string()), ("outlet", pa.string()), ("piece", pa.int64())]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleReport:
    """What settling came to."""

    paragraphs: int
    """Paragraphs known as boilerplate, counted once an outlet."""
    texts: int
    """Texts that were matched anew."""
    stories: int
    """Stories made again."""


def settle(
    warehouse: Warehouse, *, at: datetime, window_days: int = 30, read_under: Iterable[Boilerplate] = ()
) -> SettleReport:
    """Learn boilerplate from all that is held, and match again what it changes; quick where nothing has changed.

    `read_under` is what texts may have been read under besides the boilerplate held now: where it is not told, all that
    was read under another is read again. Raises `WarehouseBusy` where the file stays locked; hold the `land` lease, since
    nothing may land meanwhile.
    """
    warehouse = replace(warehouse, memory=UPKEEP)
    run = _Run(warehouse, at, window_days)
    with warehouse.reader() as connection:
        held = held_boilerplate(connection)
        unread = [key for (key,) in connection.execute(statement("unread")).fetchall()]
    run.read_anew(unread, held)
    with warehouse.reader() as connection:
        learnt, carriers = learn_boilerplate(connection)
        touched = _touched(connection, (EMPTY, held, *read_under), learnt)
        settled = learnt == held and not touched and not _unsettled(connection, learnt)
    run.read_anew(touched, learnt)
    if not settled:
        with warehouse.writer("settle") as connection, transaction(connection):
            write_boilerplate(connection, learnt, carriers)
            for name in ("core.fingerprint", "core.match"):
                sql = statement("boilerplate_version").replace("{table}", name)
                connection.execute(sql, {"version": learnt.version})
    run.stories += seek_passages(warehouse, at=at, window_days=window_days)
    paragraphs = len(learnt.shared) + sum(map(len, learnt.by_outlet.values()))
    return SettleReport(paragraphs=paragraphs, texts=run.texts, stories=run.stories)


@dataclass(slots=True)
class _Run:
    """Settling under way: the file is held for a slice of the texts at a time, and never while they are compared."""

    warehouse: Warehouse
    at: datetime
    window_days: int
    texts: int = 0
    stories: int = 0

    def read_anew(self, keys: Sequence[int], boilerplate: Boilerplate) -> None:
        """Read texts under a boilerplate, and match again those of which something else is compared than before."""
        for start in range(0, len(keys), _SLICE):
            with self.warehouse.reader() as connection:
                anew = _changed(connection, keys[start : start + _SLICE], boilerplate)
                suspected = _suspects(connection, anew, window_days=self.window_days) if anew else None
            if suspected is not None:
                evidence = verified(suspected, window_days=self.window_days)
                with self.warehouse.writer("settle") as connection, transaction(connection):
                    self.stories += _write(connection, anew, evidence, at=self.at, window_days=self.window_days)
                self.texts += len(anew)


def _unsettled(connection: duckdb.DuckDBPyConnection, learnt: Boilerplate) -> bool:
    return connection.execute(statement("unsettled"), {"version": learnt.version}).fetchone() is not None


def _touched(
    connection: duckdb.DuckDBPyConnection, read_under: Iterable[Boilerplate], learnt: Boilerplate
) -> list[int]:
    """Return the revisions that hold a sentence on which what they were read under differs from what was learnt."""
    before = {one.version: one for one in read_under} | {learnt.version: learnt}
    rows = [
        (version, outlet, hashed)
        for version, one in before.items()
        for outlet, found in differing(one, learnt).items()
        for hashed in sorted(found)
    ]
    with staged(connection, changed_piece=rows_table(_CHANGED, rows)):
        return [key for (key,) in connection.execute(statement("touched"), {"told": list(before)}).fetchall()]


def _changed(connection: duckdb.DuckDBPyConnection, keys: Iterable[int], learnt: Boilerplate) -> list[_Anew]:
    """Read texts under what was learnt and return those of which something else is compared than before."""
    wanted = pa.table({"revision_key": pa.array(list(keys), pa.int64())})
    with staged(connection, wanted_revision=wanted):
        rows = connection.execute(statement("texts_to_compare")).fetchall()
    read = [(key, month, before, _read(text, learnt)) for key, *text, month, before in rows]
    other = [(key, month, news) for key, month, before, news in read if news.text != before]
    made = with_words([news for _, _, news in other])
    return [_Anew(key, month, news, found) for (key, month, _), (news, found) in zip(other, made, strict=True)]


def _read(row: Sequence[Any], learnt: Boilerplate) -> Comparable:
    *values, raw, published_on = row
    item = Item(**dict(zip(_READ, values, strict=True)))
    if raw is not None:
        # That there is one is all that is asked of it.
        item = replace(item, dateline=Dateline(raw=raw, start=0, end=len(raw), lead=item.lead))
    # Agency, slugline and day are evidence as well: an agency's takes and versions meet by them.
    return replace(comparable(item, learnt), published_on=published_on)


_READ = (
    "item_key",
    "text_hash",
    "key_rule",
    "outlet",
    "headline",
    "body",
    "lead",
    "rules_version",
    "sign_off",
    "agency",
    "slugline",
    "language",
)


def _suspects(connection: duckdb.DuckDBPyConnection, anew: Sequence[_Anew], *, window_days: int) -> Suspects:
    """Return whom the items of changed texts may share text with: evidence of their other texts may come to light again."""
    changed = {one.key: one for one in anew}
    others = stories.revisions_of(connection, {one.news.item_key for one in anew}) - changed.keys()
    probes = table(_PROBING, anew)
    if others:
        probes = pa.concat_tables(
            [probes, landed_probes(connection, others).select(probes.column_names).cast(probes.schema)]
        )
    held = comparables(connection, changed)
    texts = {
        key: replace(
            held[key], text=one.news.text, words=one.news.words, boilerplate_version=one.found.boilerplate_version
        )
        for key, one in changed.items()
    }
    return suspects_of(connection, probes, texts, window_days=window_days)


def _write(
    connection: duckdb.DuckDBPyConnection,
    anew: Sequence[_Anew],
    evidence: Iterable[Evidence],
    *,
    at: datetime,
    window_days: int,
) -> int:
    """Put texts read anew in the place of what was compared before, with the evidence they give and the stories it makes."""
    rows = table(_FINGERPRINT, anew)
    with staged(connection, staged_fingerprint=rows, staged_gone=rows.select(["revision_key"])):
        for name in ("fingerprint", "band"):
            connection.execute(f"delete from core.{name} where revision_key in (select revision_key from staged_gone)")  # noqa: S608 - closed list
        connection.execute(statement("fingerprint_insert"))
        connection.execute(statement("band_insert"))
    changed = Changed(items={one.news.item_key: True for one in anew}, dropped=frozenset(one.key for one in anew))
    return stories.connect(connection, changed, evidence, at=at, window_days=window_days)
