"""What is held of the items that arrive, and the verdict on each arrival.

Texts are compared under one rules version only. A held text of other rules is told apart from an edit by its bytes, or
by reading its capture again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from wirecopy.model import Arrival, Capture, Origin, Verdict
from wirecopy.store.files import statement
from wirecopy.store.rows import Orders, item_keys, revision_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A revision that the warehouse holds: its identity, its rules, how its evidence ranks, where its bytes are."""

    key: int
    item_key: str
    text_hash: str
    rules_version: str
    orders: Orders
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    capture: Capture | None
    origin: Origin
    content_hash: str | None
    url: str | None
    outlet: str
    version: str | None


Reread = Callable[[Held], Arrival | None]
"""Reads the capture of a held revision again under today's rules; None where its bytes are gone."""


@dataclass(frozen=True, slots=True)
class Known:
    """The held revisions of the arriving items."""

    revisions: Mapping[int, Held] = field(default_factory=dict)
    by_item: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)


def read_known(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> Known:
    """Return what is held under those item keys."""
    staged = item_keys(keys)
    connection.register("staged_key", staged)
    try:
        moments = [moment for (moment,) in connection.execute(statement("known_when")).fetchall()]
        sql = statement("known").replace("{moments}", ", ".join("?" * len(moments)))
        held = [_held(row) for row in connection.execute(sql, moments).fetchall()] if moments else []
    finally:
        connection.unregister("staged_key")
    by_item: dict[str, list[Held]] = defaultdict(list)
    for revision in held:
        by_item[revision.item_key].append(revision)
    return Known({revision.key: revision for revision in held}, {key: tuple(found) for key, found in by_item.items()})


def _held(row: tuple[Any, ...]) -> Held:
    key, item_key, text_hash, rules, base, published, modified, names, first, last, *where = row
    content_hash, file, offset, kind, address, origin_offset, digest, url, outlet, version = where
    return Held(
        key=key,
        item_key=item_key,
        text_hash=text_hash,
        rules_version=rules,
        orders=Orders(base=base, published=published, modified=modified, names=names),
        first_seen_at=first,
        last_seen_at=last,
        capture=Capture(file, offset or 0, content_hash or "") if file is not None else None,
        origin=Origin(kind, address, origin_offset, digest),
        content_hash=content_hash,
        url=url,
        outlet=outlet,
        version=version,
    )


def stale(known: Known, arrivals: Sequence[Arrival]) -> tuple[Held, ...]:
    """Return the held revisions that other rules read and that an arriving text cannot be compared with as they are.

    Left out are those whose very bytes arrived again: they are the arriving text.
    """
    found: dict[int, Held] = {}
    for arrival in arrivals if known.by_item else ():
        if revision_key(arrival.item) not in known.revisions:
            read_anew = {held.key for held in of_same_bytes(known, arrival)}
            found |= {held.key: held for held in older(known, arrival) if held.key not in read_anew}
    return tuple(found.values())


def older(known: Known, arrival: Arrival) -> tuple[Held, ...]:
    """Return the held revisions of an arriving item that other rules read."""
    held = known.by_item.get(arrival.item.item_key, ())
    return tuple(revision for revision in held if revision.rules_version != arrival.item.rules_version)


def of_same_bytes(known: Known, arrival: Arrival) -> tuple[Held, ...]:
    """Return the held revision that other rules read from the very bytes that an arrival was read from, if there is one.

    A file may hold several texts of one item: where the bytes do not tell which one is meant, none is returned.
    """
    found = tuple(held for held in older(known, arrival) if _same_bytes(held, arrival))
    return found if len(found) == 1 else ()


def _same_bytes(held: Held, arrival: Arrival) -> bool:
    if held.version != arrival.item.version:
        return False
    capture, origin = arrival.sighting.capture, arrival.sighting.origin
    if capture and capture.content_hash:
        return capture.content_hash == held.content_hash
    return origin.kind == "archive" and origin.address != "" and origin == held.origin


def decide(known: Known, replaced: Mapping[int, Arrival], arrivals: Sequence[Arrival]) -> tuple[Verdict, ...]:
    """Return a verdict an arrival, in order; `replaced` are the held revisions as read again."""
    items = set(known.by_item)
    texts = set(known.revisions) | {revision_key(arrival.item) for arrival in replaced.values()}
    verdicts = []
    for arrival in arrivals:
        key, item_key = revision_key(arrival.item), arrival.item.item_key
        verdicts.append(
            Verdict.NEW if item_key not in items else Verdict.UNCHANGED if key in texts else Verdict.REVISED
        )
        items.add(item_key)
        texts.add(key)
    return tuple(verdicts)
