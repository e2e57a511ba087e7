"""Values as rows: which attribute fills which column, and which of two sightings of one text fills it.

A revision may be sighted often: live, in an archive, with better or worse evidence for its date and names. Each group of
columns comes from the sighting whose evidence ranks highest in a total order of content alone, so that the row is the
same whatever came first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import pyarrow as pa

from wirecopy.model import Arrival, Doubt, Item, Published
from wirecopy.model.changed import Take, taker

_TIME = pa.timestamp("us", tz="UTC")
_DOUBTS = pa.list_(pa.struct([("code", pa.string()), ("detail", pa.string())]))
_EXTRA = pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))
_SIMPLE = frozenset({str, int, float, bool, date, datetime, type(None)})
_PRECISIONS = ("month", "day", "hour", "minute", "second")


def hash64(*parts: str | None) -> int:
    """Return a signed 64-bit hash of texts, the same on every machine; None differs from the empty text."""
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return int.from_bytes(blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def content_key(*parts: object) -> str:
    """Return a 32-character hash of values, for rows that are one by their content."""
    joined = "\x1f".join(["\x00" if part is None else str(part) for part in parts])
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(values: Iterable[Any]) -> list[Any]:
    """Return values of `model` as tuples and lists of what they hold: their text is made much faster than their own."""
    return [value if type(value) in _SIMPLE or not value else _parts(value) for value in values]


def _parts(value: Any) -> Any:
    kind: Any = type(value)
    getter = _getter(kind)
    return _plain(value) if getter is None else _plain(getter(value))


@cache
def _getter(kind: type) -> Take | None:
    """Return what takes the fields of a value, None for a tuple."""
    return taker(kind) if is_dataclass(kind) else None


def revision_key(item: Item) -> int:
    """Return the key of a revision: item, text and wire version."""
    return _revision_key(item.item_key, item.text_hash, item.version)


@lru_cache(maxsize=1 << 15)
def _revision_key(*parts: str | None) -> int:
    """Return the key of these parts; a batch asks for each of its keys several times."""
    return hash64(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """How the evidence of a sighting ranks, by group of columns; text that compares."""

    base: str
    published: str
    modified: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A revision's row in the making: for each group of columns the item that fills it."""

    key: int
    base: Arrival
    published: Item
    modified: Item
    names: Item
    orders: Orders
    first_seen_at: datetime | None
    last_seen_at: datetime | None


def draft(arrival: Arrival) -> Draft:
    """Return the row that one sighting makes."""
    item, seen = arrival.item, arrival.sighting.seen_at
    return Draft(
        key=revision_key(item),
        base=arrival,
        published=item,
        modified=item,
        names=item,
        orders=_orders(arrival),
        first_seen_at=seen,
        last_seen_at=seen,
    )


def merged(one: Draft, other: Draft) -> Draft:
    """Return the row of two sightings of one revision; the same either way round."""
    a, b = one.orders, other.orders
    return replace(
        one,
        base=one.base if a.base >= b.base else other.base,
        published=one.published if a.published >= b.published else other.published,
        modified=one.modified if a.modified >= b.modified else other.modified,
        names=one.names if a.names >= b.names else other.names,
        orders=Orders(
            base=max(a.base, b.base),
            published=max(a.published, b.published),
            modified=max(a.modified, b.modified),
            names=max(a.names, b.names),
        ),
        first_seen_at=_edge(min, one.first_seen_at, other.first_seen_at),
        last_seen_at=_edge(max, one.last_seen_at, other.last_seen_at),
    )


def seen_also(made: Draft, first: datetime | None, last: datetime | None) -> Draft:
    """Return a row that was also sighted from `first` to `last`."""
    return replace(
        made,
        first_seen_at=_edge(min, made.first_seen_at, first),
        last_seen_at=_edge(max, made.last_seen_at, last),
    )


def _edge(choose: Callable[..., datetime], *moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return choose(known) if known else None


def _orders(arrival: Arrival) -> Orders:
    item = arrival.item
    return Orders(
        base=_base_order(arrival),
        published=_date_order(item.published, earliest=True),
        modified=_date_order(item.modified, earliest=False),
        names=_names_order(item.authors, item.byline, item.credit),
    )


@lru_cache(maxsize=4096)
def _names_order(authors: tuple[str, ...], byline: str | None, credit: str | None) -> str:
    return f"{min(len(authors), 9)}{byline is not None:d}{credit is not None:d}" + content_key(authors, byline, credit)


_PUBLISHED = attrgetter(*(entry.name for entry in fields(Published)))
_GROUPED = frozenset({"published", "modified", "authors", "byline", "credit"})
_BASE = attrgetter(*(entry.name for entry in fields(Item) if entry.name not in _GROUPED))


def _base_order(arrival: Arrival) -> str:
    """Whole texts first, then the fuller record; a hash of the content settles the rest."""
    item = arrival.item
    values = _BASE(item)
    known = len(values) - values.count(None) - values.count(())
    capture = arrival.sighting.capture
    key = content_key(*_plain(values), capture.content_hash if capture else None)
    return f"{not item.truncated:d}{known:02d}{key}"


@lru_cache(maxsize=4096)
def _date_order(published: Published | None, *, earliest: bool) -> str:
    """Finer precision first, then fewer doubts, then the earlier publication or the later change.

    Remembered: values that are equal are written alike, since one printed text read as one instant is in one zone.
    """
    if published is None:
        return ""
    seconds = int(published.at.timestamp()) + 10**12
    rank = 2 * 10**12 - seconds if earliest else seconds
    fine = _PRECISIONS.index(published.precision)
    doubts = max(0, 9 - len(published.doubts))
    return f"{fine}{doubts}{rank:014d}{content_key(*_plain(_PUBLISHED(published)))}"


# --- columns ------------------------------------------------------------------------------------

Column = tuple[str, pa.DataType, Callable[[Any], Any]]


def doubts_of(doubts: Iterable[Doubt]) -> list[dict[str, str]]:
    """Return doubts as the structs that columns hold."""
    return [{"code": doubt.code, "detail": doubt.detail} for doubt in doubts]


def _of_item(name: str, kind: pa.DataType, attribute: str = "") -> Column:
    return name, kind, attrgetter(f"base.item.{attribute or name}")


def _of_names(name: str) -> Column:
    return name, pa.string(), attrgetter(f"names.{name}")


def _of_origin(name: str, kind: pa.DataType, attribute: str) -> Column:
    return name, kind, attrgetter(f"base.sighting.origin.{attribute}")


def _of_capture(name: str, kind: pa.DataType, attribute: str) -> Column:
    return name, kind, lambda d: getattr(d.base.sighting.capture, attribute, None)


def _of_date(role: str, name: str, kind: pa.DataType, read: Callable[[Published], Any]) -> Column:
    held = attrgetter(f"{role}.{role}")

    def value(d: Draft) -> Any:
        found: Published | None = held(d)
        return None if found is None else read(found)

    return f"{role}_{name}", kind, value


def _date_columns(role: str) -> tuple[Column, ...]:
    return (
        _of_date(role, "at", _TIME, attrgetter("at")),
        _of_date(role, "on", pa.date32(), attrgetter("on")),
        _of_date(role, "precision", pa.string(), attrgetter("precision")),
        _of_date(role, "source", pa.string(), attrgetter("source")),
        _of_date(role, "raw", pa.string(), attrgetter("raw")),
        _of_date(role, "zone", pa.string(), attrgetter("zone")),
        _of_date(role, "doubts", _DOUBTS, lambda p: doubts_of(p.doubts)),
        (f"{role}_order", pa.string(), attrgetter(f"orders.{role}")),
    )


IDENTITY: tuple[Column, ...] = (
    ("revision_key", pa.int64(), attrgetter("key")),
    _of_item("item_key", pa.string()),
    _of_item("text_hash", pa.string()),
    _of_item("version", pa.string()),
)
BASE: tuple[Column, ...] = (
    *(
        _of_item(name, pa.string())
        for name in (
            *(
                "key_rule",
                "outlet",
                "agency",
                "provider",
                "language",
                "headline",
                "body",
                "lead",
                "sign_off",
                "section",
            ),
            *("image_url", "image_caption", "url", "canonical_url", "item_uri", "slugline", "genre", "priority"),
            *("pub_status", "ednote", "usage_terms", "extractor", "rules_version"),
        )
    ),
    ("dateline_raw", pa.string(), lambda d: d.base.item.dateline.raw if d.base.item.dateline else None),
    _of_item("truncated", pa.bool_()),
    _of_item("urgency", pa.int32()),
    _of_item("word_count", pa.int32()),
    _of_item("embargo_until_at", _TIME, "embargo_until"),
    _of_item("first_created_at", _TIME, "first_created"),
    _of_item("version_created_at", _TIME, "version_created"),
    _of_item("related", pa.list_(pa.string())),
    _of_item("cues", pa.list_(pa.string())),
    ("extra", _EXTRA, lambda d: [{"name": name, "value": value} for name, value in d.base.item.extra]),
    ("doubts", _DOUBTS, lambda d: doubts_of(d.base.item.doubts)),
    _of_capture("content_hash", pa.string(), "content_hash"),
    _of_capture("capture_file", pa.string(), "file"),
    _of_capture("capture_offset", pa.int64(), "offset"),
    _of_origin("origin_kind", pa.string(), "kind"),
    _of_origin("origin_address", pa.string(), "address"),
    _of_origin("origin_offset", pa.int64(), "offset"),
    _of_origin("origin_digest", pa.string(), "digest"),
    ("base_order", pa.string(), attrgetter("orders.base")),
)
PUBLISHED = _date_columns("published")
MODIFIED = _date_columns("modified")
NAMES: tuple[Column, ...] = (
    _of_names("byline"),
    _of_names("credit"),
    ("names_order", pa.string(), attrgetter("orders.names")),
)
SEEN: tuple[Column, ...] = (
    ("first_seen_at", _TIME, attrgetter("first_seen_at")),
    ("last_seen_at", _TIME, attrgetter("last_seen_at")),
)
REVISION = (*IDENTITY, *BASE, *PUBLISHED, *MODIFIED, *NAMES, *SEEN)


def item_keys(keys: Iterable[str]) -> pa.Table:
    """Return keys of items as the Arrow table by which statements are told of them, each once and in order."""
    return pa.table({"item_key": pa.array(sorted(set(keys)), pa.string())})


def table(columns: Sequence[Column], values: Sequence[Any]) -> pa.Table:
    """Return values as an Arrow table of those columns."""
    arrays = [pa.array(list(map(read, values)), kind) for _, kind, read in columns]
    return pa.Table.from_arrays(arrays, names=[name for name, _, _ in columns])


def rows_table(shape: Sequence[tuple[str, pa.DataType]], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Return tuples as an Arrow table of that shape."""
    lists: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(shape)
    arrays = [pa.array(list(values), kind) for values, (_, kind) in zip(lists, shape, strict=True)]
    return pa.Table.from_arrays(arrays, names=[name for name, _ in shape])
