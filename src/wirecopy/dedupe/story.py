"""Items and their matches -> stories: connected components, weak bridges refused, members ranked.

A pure function of sets: no order of items or matches changes its result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from wirecopy.model import Comparable, Match, Member, Relation, Story

_OUTSIDE: Final = frozenset({Relation.REUSE})
_FIRM: Final = 0.5
"""A match is firm where both texts share so much of themselves; others may be bridges."""
_SUPPORT: Final = 0.34
"""Share of the pairs across a weak bridge that must match."""
_Neighbours = defaultdict[str, dict[str, Match]]

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def canonical(item: Comparable) -> tuple[date, datetime, str]:
    """Return an item's place in canonical order: day, instant, key; undated items come last."""
    return (item.published_on or date.max, item.published_at or _NEVER, item.item_key)


def stories(items: Iterable[Comparable], matches: Iterable[Match]) -> tuple[Story, ...]:
    """Return the stories that items and their matches make, in canonical order; every item is in exactly one.

    Matches with an item that is not among `items`, and those that make no member, are left aside.
    """
    held = {item.item_key: item for item in items}
    edges = [m for m in matches if m.a in held and m.b in held and m.relation not in _OUTSIDE]
    neighbours = _neighbours(edges)
    groups = _groups(held, edges, neighbours)
    return tuple(sorted((_story(group, held, neighbours) for group in groups), key=lambda s: canonical(held[s.key])))


def strength(match: Match) -> float:
    """Return how much of both texts a match covers: 1 for equal texts and for one item under two keys."""
    if match.relation in {Relation.EXACT, Relation.SAME_AS, Relation.VERSION, Relation.TAKE}:
        return 1.0
    return min(match.containment_a, match.containment_b)


class _Groups:
    """Disjoint groups of keys that grow together."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.of = {key: [key] for key in keys}

    def join(self, a: str, b: str) -> None:
        one, other = self.of[a], self.of[b]
        if one is other:
            return
        if len(one) < len(other):
            one, other = other, one
        one.extend(other)
        for key in other:
            self.of[key] = one


def _groups(held: Mapping[str, Comparable], edges: Iterable[Match], neighbours: _Neighbours) -> list[list[str]]:
    """Join firm matches first, then weak ones, strongest first, unless they are bridges between groups."""
    groups = _Groups(held)
    ordered = sorted(edges, key=lambda m: (-strength(m), canonical(held[m.a]), canonical(held[m.b])))
    weak = [edge for edge in ordered if strength(edge) < _FIRM]
    for edge in ordered:
        if strength(edge) >= _FIRM:
            groups.join(edge.a, edge.b)
    for edge in weak:
        if _is_supported(groups.of[edge.a], groups.of[edge.b], neighbours):
            groups.join(edge.a, edge.b)
    return list({id(group): group for group in groups.of.values()}.values())


def _neighbours(edges: Iterable[Match]) -> _Neighbours:
    found: _Neighbours = defaultdict(dict)
    for edge in edges:
        found[edge.a][edge.b] = edge
        found[edge.b][edge.a] = edge
    return found


def _is_supported(one: list[str], other: list[str], neighbours: _Neighbours) -> bool:
    """Say whether enough pairs across two groups match, so that joining them is no bridge over one item."""
    if one is other:
        return False
    across = sum(len(neighbours[key].keys() & other) for key in one)
    return across >= _SUPPORT * len(one) * len(other)


def _rank(item: Comparable) -> tuple[bool, date, datetime, str]:
    """Rank the agency's own item first, then the earliest."""
    return (not _is_own(item), *canonical(item))


def _is_own(item: Comparable) -> bool:
    return item.agency is not None and item.outlet == item.agency


def _story(group: list[str], held: Mapping[str, Comparable], neighbours: _Neighbours) -> Story:
    ranked = sorted(group, key=lambda key: _rank(held[key]))
    place = {key: rank for rank, key in enumerate(ranked)}
    members = [Member(item_key=ranked[0], rank=0, relation=Relation.LEADER)]
    members += [_member(key, place, neighbours[key]) for key in ranked[1:]]
    return Story(key=min(group, key=lambda key: canonical(held[key])), members=tuple(members))


def _member(key: str, place: Mapping[str, int], neighbours: Mapping[str, Match]) -> Member:
    """Say through whom an item joined: the leader if they match, else the member that it resembles most."""
    inside = [other for other in neighbours if other in place]
    via = min(inside, key=lambda other: (place[other] > 0, -_likeness(neighbours[other]), place[other]))
    edge = neighbours[via]
    return Member(item_key=key, rank=place[key], relation=edge.relation, similarity=_likeness(edge), via_key=via)


def _likeness(match: Match) -> float:
    if match.relation in {Relation.EXACT, Relation.SAME_AS}:
        return 1.0
    return min(match.containment_a, match.containment_b)
