"""Items and their matches -> stories: connected components, weak bridges refused, members ranked.

A pure function of sets: no order of items or matches changes its result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from wirecopy.agencies import registry
from wirecopy.model import Comparable, Match, Member, Relation, Story

_OUTSIDE: Final = frozenset({Relation.REUSE})
_FIRM: Final = 0.5
"""A match is firm where both texts share so much of themselves; others may be bridges."""
_SUPPORT: Final = 0.34
"""Share of the pairs across a weak bridge that must match."""
_SUPPORT_FIRM: Final = 0.1
"""The same for a firm match between groups of three and more."""
_GROUP: Final = 3
_SHORT: Final = 120
"""Fewer words in common may be a template's."""
_SUPPORT_DOUBTFUL: Final = 0.6
"""The same for a match on few words or in spite of facts that differ: what resembles two reports belongs to one of them."""
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
    """Disjoint groups of keys that grow together, with the number of matches between any two."""

    def __init__(self, keys: Iterable[str], edges: Iterable[Match]) -> None:
        self.of = {key: [key] for key in keys}
        self.between: dict[str, dict[str, int]] = defaultdict(dict)
        for edge in edges:
            self.between[edge.a][edge.b] = self.between[edge.b][edge.a] = 1

    def support(self, a: str, b: str) -> float:
        """Return the share of the pairs across two groups that match."""
        one, other = self.of[a], self.of[b]
        return self.between[one[0]].get(other[0], 0) / (len(one) * len(other))

    def join(self, a: str, b: str) -> None:
        """Make two groups one; a group goes by its first key."""
        one, other = self.of[a], self.of[b]
        if len(self.between[one[0]]) < len(self.between[other[0]]):
            one, other = other, one
        name, gone = one[0], other[0]
        for third, count in self.between.pop(gone).items():
            del self.between[third][gone]
            if third != name:
                self.between[name][third] = self.between[third][name] = self.between[name].get(third, 0) + count
        one.extend(other)
        for key in other:
            self.of[key] = one


def _groups(held: Mapping[str, Comparable], edges: Iterable[Match], neighbours: _Neighbours) -> list[list[str]]:
    """Join along matches, strongest first, unless one is a bridge between groups that have little else in common."""
    ordered = sorted(edges, key=lambda m: (-strength(m), canonical(held[m.a]), canonical(held[m.b])))
    groups = _Groups(held, ordered)
    for edge in ordered:
        one, other = groups.of[edge.a], groups.of[edge.b]
        if one is other:
            continue
        support = groups.support(edge.a, edge.b)
        smaller = min(len(one), len(other))
        if support >= _needed(edge, smaller) or (
            (smaller < _GROUP or support >= _SUPPORT) and _hubs_match(one, other, held, neighbours)
        ):
            groups.join(edge.a, edge.b)
    return list({id(group): group for group in groups.of.values()}.values())


def _hubs_match(
    one: Sequence[str], other: Sequence[str], held: Mapping[str, Comparable], neighbours: _Neighbours
) -> bool:
    """Say whether the members that hold two groups together match each other, no fact differing."""
    edge = neighbours[_hub(one, held, neighbours)].get(_hub(other, held, neighbours))
    return edge is not None and not edge.other_facts


def _hub(group: Sequence[str], held: Mapping[str, Comparable], neighbours: _Neighbours) -> str:
    """Return the member that matches its group the most closely, of several the first: copies come after their source."""

    def place(key: str) -> tuple[float, tuple[date, datetime, str]]:
        return -sum(_likeness(edge) for other in group if (edge := neighbours[key].get(other))), canonical(held[key])

    return min(group, key=place)


def _needed(edge: Match, smaller: int) -> float:
    """Return the support that a match needs to join two groups, the smaller of so many items."""
    force = strength(edge)
    if force == 1.0 and edge.relation != Relation.NEAR:
        return 0.0
    if edge.shared_words < _SHORT or edge.other_facts:
        return _SUPPORT_DOUBTFUL
    if force < _FIRM:
        return _SUPPORT
    return _SUPPORT_FIRM if smaller >= _GROUP else 0.0


def _neighbours(edges: Iterable[Match]) -> _Neighbours:
    found: _Neighbours = defaultdict(dict)
    for edge in edges:
        found[edge.a][edge.b] = edge
        found[edge.b][edge.a] = edge
    return found


def _rank(item: Comparable) -> tuple[bool, date, datetime, str]:
    """Rank the agency's own item first, then the earliest."""
    return (not _is_own(item), *canonical(item))


def _is_own(item: Comparable) -> bool:
    return item.agency is not None and item.agency in {item.outlet, _agency_behind(item.outlet)}


@lru_cache(maxsize=4096)
def _agency_behind(outlet: str) -> str | None:
    """Return the name of the agency whose own wire or site an outlet is."""
    known = registry().of_domain(outlet) or registry().provider(outlet) if outlet else None
    return known.name if known else None


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
