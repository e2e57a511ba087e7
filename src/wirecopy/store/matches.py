"""Evidence between items: who may share text, and what `dedupe.match` says of each pair.

Matching is between revisions; of the evidence between two items the strongest is kept, by a total order of content, so
that the rows do not depend on what came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from wirecopy.dedupe.match import match
from wirecopy.model import Comparable, Match, Relation
from wirecopy.model.changed import changed
from wirecopy.store.candidates import candidates
from wirecopy.store.files import statement
from wirecopy.store.rows import Column, Draft, item_keys, rows_table, table
from wirecopy.store.write import month_of, sketch_of, staged

_STRENGTH = (
    Relation.REUSE,
    Relation.TAKE,
    Relation.VERSION,
    Relation.EXCERPT,
    Relation.NEAR,
    Relation.EXACT,
    Relation.SAME_AS,
)


class Evidence(NamedTuple):
    """A match and the revisions that it was found between."""

    match: Match
    a_revision: int | None
    b_revision: int | None
    by_passage: bool = False
    """True where the pair was found by sentences in common alone."""


_COLUMNS: tuple[Column, ...] = (
    ("a_key", pa.string(), lambda e: e.match.a),
    ("b_key", pa.string(), lambda e: e.match.b),
    ("relation", pa.string(), lambda e: e.match.relation.value),
    ("jaccard", pa.float64(), lambda e: e.match.jaccard),
    ("containment_a", pa.float64(), lambda e: e.match.containment_a),
    ("containment_b", pa.float64(), lambda e: e.match.containment_b),
    ("shared_words", pa.int32(), lambda e: e.match.shared_words),
    ("longest_passage", pa.int32(), lambda e: e.match.longest_passage),
    ("shared_facts", pa.int32(), lambda e: e.match.shared_facts),
    ("other_facts", pa.int32(), lambda e: e.match.other_facts),
    ("a_revision_key", pa.int64(), lambda e: e.a_revision),
    ("b_revision_key", pa.int64(), lambda e: e.b_revision),
    ("boilerplate_version", pa.string(), lambda e: e.match.boilerplate_version),
    ("reason", pa.string(), lambda e: e.match.reason),
    ("by_passage", pa.bool_(), lambda e: e.by_passage),
)


class Suspects(NamedTuple):
    """Pairs of revisions that may share text, and what a match may look at."""

    pairs: Sequence[tuple[int, int]]
    texts: Mapping[int, Comparable]


_PROBING: tuple[Column, ...] = (
    ("revision_key", pa.int64(), attrgetter("key")),
    ("month", pa.int32(), month_of),
    ("exact", pa.int64(), attrgetter("base.fingerprint.exact")),
    ("words", pa.int32(), attrgetter("base.fingerprint.words")),
    ("bands", pa.list_(pa.int64()), attrgetter("base.fingerprint.bands")),
    ("sketch", pa.binary(), lambda d: sketch_of(d.base.fingerprint)),
)


def suspects(connection: duckdb.DuckDBPyConnection, drafts: Sequence[Draft], *, window_days: int) -> Suspects:
    """Return whom texts that are about to land may share text with, among themselves and among all that is held."""
    arriving = {made.key: _arriving(made) for made in drafts}
    return suspects_of(connection, table(_PROBING, drafts), arriving, window_days=window_days)


def suspects_of(
    connection: duckdb.DuckDBPyConnection, probing: pa.Table, arriving: Mapping[int, Comparable], *, window_days: int
) -> Suspects:
    """Return whom the texts of `probing` may share text with; those that are not `arriving` are read."""
    pairs = candidates(connection, probing, window_days)
    held = comparables(connection, {key for pair in pairs for key in pair} - arriving.keys())
    return Suspects(pairs, {**held, **arriving})


def _arriving(made: Draft) -> Comparable:
    """Return a text as it will be read back once it has landed."""
    published = made.published.published
    return changed(
        made.base.comparable,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        identifiers=(),
        pieces=(),
    )


def find_matches(
    connection: duckdb.DuckDBPyConnection, revisions: Iterable[int], *, window_days: int
) -> tuple[Evidence, ...]:
    """Return the strongest evidence between the items of landed revisions and all others."""
    probed = set(revisions)
    if not probed:
        return ()
    probing = landed_probes(connection, probed)
    return verified(suspects_of(connection, probing, {}, window_days=window_days), window_days=window_days)


def landed_probes(connection: duckdb.DuckDBPyConnection, revisions: Iterable[int]) -> pa.Table:
    """Return what `candidates` asks of landed revisions."""
    wanted = pa.table({"revision_key": pa.array(sorted(revisions), pa.int64())})
    with staged(connection, wanted_revision=wanted):
        return connection.execute(statement("probing")).to_arrow_table()


def verified(found: Suspects, *, window_days: int) -> tuple[Evidence, ...]:
    """Return the strongest evidence that the texts of suspected pairs give; needs no warehouse."""
    judged = (_verified(found.texts, one, other, window_days) for one, other in found.pairs)
    return strongest(evidence for evidence in judged if evidence is not None)


def comparables(connection: duckdb.DuckDBPyConnection, revisions: Iterable[int]) -> dict[int, Comparable]:
    """Return what a match may look at, for landed revisions."""
    wanted = pa.table({"revision_key": pa.array(sorted(revisions), pa.int64())})
    with staged(connection, wanted_revision=wanted):
        rows = connection.execute(statement("comparables")).fetchall()
    return {row[0]: _comparable(*row[1:]) for row in rows}


def _comparable(*row: Any) -> Comparable:
    key, text, headline, language, agency, outlet, slugline, on, at, uri, related, cues, text_hash, version = row
    return Comparable(
        item_key=key,
        text=text,
        headline=headline or "",
        language=language,
        agency=agency,
        outlet=outlet or "",
        slugline=slugline,
        published_on=on,
        published_at=at,
        item_uri=uri,
        related=tuple(related or ()),
        cues=tuple(cues or ()),
        text_hash=text_hash,
        boilerplate_version=version,
    )


def _verified(texts: Mapping[int, Comparable], one: int, other: int, window_days: int) -> Evidence | None:
    a, b = texts[one], texts[other]
    found = match(a, b, window_days=window_days, boilerplate_version=max(a.boilerplate_version, b.boilerplate_version))
    if found is None:
        return None
    return Evidence(found, one, other) if found.a == a.item_key else Evidence(found, other, one)


def strongest(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the strongest evidence of each pair of items, by content alone."""
    best: dict[tuple[str, str], Evidence] = {}
    for evidence in found:
        pair = (evidence.match.a, evidence.match.b)
        if pair not in best or _strength(evidence) > _strength(best[pair]):
            best[pair] = evidence
    return tuple(best.values())


def _strength(evidence: Evidence) -> tuple[Any, ...]:
    found = evidence.match
    return (
        _STRENGTH.index(found.relation),
        found.jaccard,
        found.containment_a + found.containment_b,
        found.shared_words,
        found.reason,
        evidence.a_revision or 0,
        evidence.b_revision or 0,
    )


def write_matches(connection: duckdb.DuckDBPyConnection, found: Sequence[Evidence], *, at: datetime) -> None:
    """Write evidence, where a pair holds none that is stronger."""
    if not found:
        return
    held = remove_matches(connection, {(one.match.a, one.match.b) for one in found})
    kept = strongest((*found, *held))
    with staged(connection, staged_match=table(_COLUMNS, kept)):
        connection.execute(statement("match_insert"), {"landed_at": at})


def remove_matches(connection: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]]) -> list[Evidence]:
    """Take the evidence between those pairs of items, lesser key first, out of what is held and return it."""
    wanted = rows_table(_PAIR, sorted(pairs))
    if not wanted.num_rows:
        return []
    with staged(connection, staged_match=wanted):
        listed = ", ".join(name for name, _, _ in _COLUMNS)
        rows = connection.execute(statement("match_held").replace("{columns}", listed)).fetchall()
        connection.execute(statement("match_remove"))
    return list(map(_evidence, rows))


_PAIR = [("a_key", pa.string()), ("b_key", pa.string())]


def _evidence(row: Sequence[Any]) -> Evidence:
    (
        a,
        b,
        relation,
        jaccard,
        in_a,
        in_b,
        shared,
        longest,
        facts,
        other,
        a_revision,
        b_revision,
        version,
        reason,
        found_by,
    ) = row
    found = Match(
        a=a,
        b=b,
        relation=Relation(relation),
        jaccard=jaccard,
        containment_a=in_a,
        containment_b=in_b,
        shared_words=shared,
        longest_passage=longest,
        shared_facts=facts or 0,
        other_facts=other or 0,
        boilerplate_version=version,
        reason=reason,
    )
    return Evidence(found, a_revision, b_revision, bool(found_by))


def read_matches(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> tuple[Match, ...]:
    """Return the matches held of the items of those keys."""
    wanted = item_keys(keys)
    with staged(connection, wanted_item=wanted):
        listed = ", ".join(name for name, _, _ in _COLUMNS)
        rows = connection.execute(statement("match_of_items").replace("{columns}", listed)).fetchall()
    return tuple(_evidence(row).match for row in rows)
