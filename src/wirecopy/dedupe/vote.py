"""Where a story was filed, by the datelines of its copies: agreement of independent witnesses, never a new guess.

The Harvard newswire study found that copies of one report, taken together, tell its place better than any one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wirecopy.model import Dateline, Place

QUORUM = 2
"""Copies that must agree before their place speaks for a leader that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What one member of a story says of where it was filed; `dateline` is None for a copy that prints none."""

    item_key: str
    dateline: Dateline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedDateline:
    """The place of a story, its country (ISO 3166-1 alpha-2), and the keys of the members that print it, sorted."""

    place: Place
    country: str
    voters: tuple[str, ...]


def vote_dateline(members: Iterable[Ballot]) -> VotedDateline | None:
    """Return where a story was filed by the datelines of its members, the leader first; members stay as they are.

    The leader's own place counts wherever it has one, with those who agree. Else the place that most members print
    first counts, from `QUORUM` members on; None for fewer, and for a tie.
    """
    ballots = tuple(members)
    places = {ballot.item_key: place for ballot in ballots if (place := _filed_at(ballot.dateline))}
    voters: dict[int, list[str]] = defaultdict(list)
    for key, place in places.items():
        voters[place.geoname_id].append(key)
    own = places.get(ballots[0].item_key) if ballots else None
    chosen = own.geoname_id if own else _agreed(voters)
    if chosen is None:
        return None
    keys = tuple(sorted(voters[chosen]))
    return VotedDateline(place=places[keys[0]], country=places[keys[0]].country, voters=keys)


def _filed_at(dateline: Dateline | None) -> Place | None:
    return dateline.places[0].place if dateline and dateline.places else None


def _agreed(voters: dict[int, list[str]]) -> int | None:
    most = max(map(len, voters.values()), default=0)
    leading = [place for place, keys in voters.items() if len(keys) == most]
    return leading[0] if most >= QUORUM and len(leading) == 1 else None
