"""The rows that hang on a revision or item: datelines, places, subjects, keywords, authors, identifiers, sightings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from wirecopy.model import Arrival, Dateline, DatelinePlace, Place
from wirecopy.store.rows import Draft, doubts_of, hash64, rows_table

_TIME = pa.timestamp("us", tz="UTC")
_HEAD = [("revision_key", pa.int64()), ("item_key", pa.string()), ("position", pa.int32())]
_DOUBTS = pa.list_(pa.struct([("code", pa.string()), ("detail", pa.string())]))
_DATELINE = [
    *_HEAD,
    ("raw", pa.string()),
    ("start_offset", pa.int32()),
    ("end_offset", pa.int32()),
    ("place_raw", pa.string()),
    ("qualifier", pa.string()),
    ("place_id", pa.int64()),
    ("country", pa.string()),
    ("place_confidence", pa.float64()),
    ("rivals", pa.list_(pa.int64())),
    ("filed_on", pa.date32()),
    ("filed_on_raw", pa.string()),
    ("agency", pa.string()),
    ("agency_raw", pa.string()),
    ("byline", pa.string()),
    ("confidence", pa.float64()),
    ("rule", pa.string()),
    ("doubts", _DOUBTS),
]
_PLACE = [
    ("place_id", pa.int64()),
    ("name", pa.string()),
    ("admin1", pa.string()),
    ("country", pa.string()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("timezone", pa.string()),
]
_IDENTIFIER = [("item_key", pa.string()), ("kind", pa.string()), ("value", pa.string()), ("value_hash", pa.int64())]
_SIGHTING = [("item_key", pa.string()), ("feed_url", pa.string()), ("first_seen_at", _TIME), ("last_seen_at", _TIME)]


def link_tables(drafts: Sequence[Draft]) -> dict[str, pa.Table]:
    """Return, by table of `core`, the rows that the base of each draft brings."""
    heads = [(d.key, d.base.item.item_key, d.base.item) for d in drafts]
    subjects = [(k, i, n, s.scheme, s.code, s.name) for k, i, item in heads for n, s in enumerate(item.subjects)]
    keywords = [(k, i, n, word) for k, i, item in heads for n, word in enumerate(item.keywords)]
    datelines = [row for k, i, item in heads if item.dateline for row in _dateline_rows(k, i, item.dateline)]
    return {
        "subject": rows_table([*_HEAD, *((name, pa.string()) for name in ("scheme", "code", "name"))], subjects),
        "keyword": rows_table([*_HEAD, ("keyword", pa.string())], keywords),
        "dateline": rows_table(_DATELINE, datelines),
    }


def author_table(drafts: Sequence[Draft]) -> pa.Table:
    """Return the rows of core.author that the names of each draft bring."""
    rows = [(d.key, d.base.item.item_key, n, name) for d in drafts for n, name in enumerate(d.names.authors)]
    return rows_table([*_HEAD, ("author", pa.string())], rows)


def _dateline_rows(key: int, item_key: str, dateline: Dateline) -> Iterator[tuple[Any, ...]]:
    for position, named in enumerate(dateline.places or (None,)):
        yield (
            key,
            item_key,
            position,
            dateline.raw,
            dateline.start,
            dateline.end,
            *_place_part(named),
            *_rest(dateline),
        )


def _place_part(named: DatelinePlace | None) -> tuple[Any, ...]:
    if named is None:
        return (None, None, None, None, None, [])
    place = named.place
    if place is None:
        return (named.raw, named.qualifier, None, None, None, [])
    return (named.raw, named.qualifier, place.geoname_id, place.country, place.confidence, list(place.rivals))


def _rest(line: Dateline) -> tuple[Any, ...]:
    doubts = doubts_of(line.doubts)
    return (line.on, line.on_raw, line.agency, line.agency_raw, line.byline, line.confidence, line.rule, doubts)


def place_table(drafts: Iterable[Draft]) -> pa.Table:
    """Return each place that the datelines resolve to, once."""
    places = {
        place.geoname_id: place for d in drafts if d.base.item.dateline for place in _resolved(d.base.item.dateline)
    }
    rows = [
        (p.geoname_id, p.name, p.admin1, p.country, p.latitude, p.longitude, p.timezone)
        for _, p in sorted(places.items())
    ]
    return rows_table(_PLACE, rows)


def _resolved(dateline: Dateline) -> Iterator[Place]:
    return (named.place for named in dateline.places if named.place is not None)


def identifier_table(arrivals: Iterable[Arrival]) -> pa.Table:
    """Return each identifier of the arrivals, once; the hash tells a second key of the same outlet."""
    rows = {
        (item.item_key, i.kind, i.value): hash64(item.outlet, i.value)
        for item in (arrival.item for arrival in arrivals)
        for i in item.identifiers
    }
    return rows_table(_IDENTIFIER, [(*key, hashed) for key, hashed in rows.items()])


def sighting_table(arrivals: Iterable[Arrival]) -> pa.Table:
    """Return each item and feed that named it, with the first and last time."""
    seen: dict[tuple[str, str], list[Any]] = {}
    for arrival in arrivals:
        if arrival.sighting.feed_url:
            key = (arrival.item.item_key, arrival.sighting.feed_url)
            seen.setdefault(key, []).append(arrival.sighting.seen_at)
    rows = [(*key, *_edges([moment for moment in moments if moment])) for key, moments in seen.items()]
    return rows_table(_SIGHTING, rows)


def _edges(moments: list[Any]) -> tuple[Any, Any]:
    return (min(moments), max(moments)) if moments else (None, None)
