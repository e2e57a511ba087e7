"""The datelines of a story's copies vote on where it was filed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.dedupe.vote import Ballot, vote_dateline
from wirecopy.model import Dateline, DatelinePlace, Place

CITIES = {"Oslo": (3143244, "NO"), "Bergen": (3161732, "NO"), "Turku": (633679, "FI")}


def ballot(key: str, city: str | None = None) -> Ballot:
    if city is None:
        return Ballot(item_key=key)
    number, country = CITIES.get(city, (0, ""))
    place = Place(
        geoname_id=number, name=city, admin1=None, country=country, latitude=0.0, longitude=0.0, timezone=None
    )
    where = DatelinePlace(raw=city.upper(), place=place if number else None)
    return Ballot(item_key=key, dateline=Dateline(raw=city, start=0, end=4, lead="", places=(where,)))


def voted(*members: Ballot) -> tuple[str, str, tuple[str, ...]] | None:
    found = vote_dateline(members)
    return found and (found.place.name, found.country, found.voters)


def test_the_leader_speaks_for_itself() -> None:
    """Its own place stands against any number of copies, with those who agree as voters."""
    members = ballot("a", "Oslo"), ballot("b", "Turku"), ballot("c", "Turku"), ballot("d", "Oslo")
    assert voted(*members) == ("Oslo", "NO", ("a", "d"))


def test_copies_that_agree_speak_for_a_leader_without_a_place() -> None:
    """Two are enough; a leader with a place that nobody knows has none."""
    for leader in (ballot("a"), ballot("a", "Aboard the Fram")):
        assert voted(leader, ballot("c", "Bergen"), ballot("b", "Bergen"), ballot("d", "Oslo")) == (
            "Bergen",
            "NO",
            ("b", "c"),
        )


def test_one_copy_or_a_tie_says_nothing() -> None:
    """No place rather than a coin toss."""
    assert voted() is None
    assert voted(ballot("a"), ballot("b", "Oslo")) is None
    assert (
        voted(ballot("a"), *(ballot(k, c) for k, c in zip("bcde", ("Oslo", "Oslo", "Turku", "Turku"), strict=True)))
        is None
    )


@given(st.lists(st.sampled_from([None, *CITIES]), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_copies_changes_nothing(cities: list[str | None], chance) -> None:
    """Only who leads matters."""
    leader, copies = ballot("0"), [ballot(str(n + 1), city) for n, city in enumerate(cities)]
    before = voted(leader, *copies)
    chance.shuffle(copies)
    assert voted(leader, *copies) == before
