"""A figure that differs because its unit does is the same figure; one that no rate explains is another."""

from __future__ import annotations

from datetime import date

import pytest

from wirecopy.dedupe.match import match
from wirecopy.dedupe.measures import count_converted, read_measures
from wirecopy.dedupe.reading import read_words
from wirecopy.dedupe.words import FIGURE
from wirecopy.model import Comparable, Relation

BRIEF = """Crane drivers at both terminals of Port Aldmere walked out on Monday for {time} in a dispute over night shifts, leaving \
31 vessels waiting {far} off the coast, the harbour master said. The Havenkracht union said that 900 of its members had joined. \
Freight brokers put the cost at {cost}. A court in Dunmore is due to hear the operators on Friday."""
ONE = {"time": "48 hours", "far": "30 miles", "cost": "18 million euros ($20.9 million)"}


def figures(text: str) -> frozenset[str]:
    read = read_words(text)
    return frozenset(word for word, kind in zip(read.words, read.kinds, strict=True) if kind == FIGURE)


def is_converted(one: str, other: str) -> bool:
    changed = [frozenset((figures(one), figures(other)))]
    return count_converted(changed, read_measures(one), read_measures(other)) > 0


def relation(**other: str) -> Relation | None:
    a, b = (
        Comparable(item_key=key, text=BRIEF.format(**(ONE | given)), published_on=date(2026, 3, 2))
        for key, given in (("a", {}), ("b", other))
    )
    found = match(a, b)
    return None if found is None else found.relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$20.9 million", "£15.4m"), ("20.9 mln dlrs", "15.4 mln stg"), ("US$20 million", "2,9 milliards de yens"),
        ("20,9 millions de dollars", "18 millions d'euros"), ("20.9 millones de dólares", "18 Millionen Euro"), ("$5", "Rs 420"),
        ("30 miles", "48 km"), ("a 30-mile stretch", "a 48-kilometre stretch"), ("30 miles", "50 km"), ("six feet", "1.8 metres"),
        ("86 degrees Fahrenheit", "30 degrees Celsius"), ("86F", "30C"), ("48 hours", "two days"), ("24 Monate", "zwei Jahre"),
        ("2,000 acres", "810 hectares"), ("100 square miles", "260 sq km"), ("75 mph", "120 km/h"), ("40 pounds", "18 kg"),
        ("10 Meilen", "16 Kilometer"), ("100 barrels", "15,900 litres"),
    ],
)  # fmt: skip
def test_one_quantity_in_two_units(one, other):
    """Money, lengths, areas, masses, volumes, speeds, times and temperatures are read as quantities, in several languages."""
    assert is_converted(one, other)
    assert is_converted(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30 miles", "62 km"), ("30 miles", "31 miles"), ("$20.9 million", "$21.9 million"), ("$20.9 million", "£45m"), ("30", "48 km"),
        ("30 miles", "48 hours"), ("48 hours", "three days"), ("86 degrees Fahrenheit", "20C"), ("March 3", "March 5"),
    ],
)  # fmt: skip
def test_another_quantity(one, other):
    """A figure in the same unit, in none, or one that its unit does not explain, is another."""
    assert not is_converted(one, other)


def test_money_is_converted_at_one_rate():
    """Amounts in two currencies whose rates differ are other amounts."""
    one, other = (
        "a profit of $20 million and a loss of $40 million",
        "a profit of £15 million and a loss of £20 million",
    )
    changed = [
        frozenset(map(figures, pair)) for pair in (("$20 million", "£15 million"), ("$40 million", "£20 million"))
    ]
    assert count_converted(changed, read_measures(one), read_measures(other)) == 0
    assert count_converted(changed[:1], read_measures(one), read_measures(other)) == 1


def test_which_side_of_a_place_comes_first_does_not_matter():
    """Several figures in one place give one answer, in whatever order the two sides are held."""
    one, other = "prizes of $18 million, $15 million and $9", "prizes of €65 million, €15.5 million and €18"
    sides = figures(one), figures(other)
    answers = {
        count_converted([dict.fromkeys(held).keys()], read_measures(one), read_measures(other))
        for held in (sides, sides[::-1])
    }
    assert len(answers) == 1


def test_the_ends_of_a_range_share_its_unit():
    """`20-30 miles` is two lengths."""
    assert {unit.name for unit in read_measures("between 20 and 30 miles")["20"]} == {"mile"}
    assert {unit.name for unit in read_measures("$20-30 million")["20"]} == {"usd"}


@pytest.mark.parametrize(
    "other",
    [
        {"cost": "€18m (£15.4m)"},
        {"far": "48 km"},
        {"time": "two days"},
        {"time": "2 days", "far": "50 km", "cost": "$20.9 million"},
    ],
)
def test_a_brief_in_other_units_is_a_copy(other):
    """In a short text full of figures one differing figure separates, but not where only its unit differs."""
    assert relation(**other) is Relation.NEAR


@pytest.mark.parametrize("other", [{"cost": "€28m ($20.9m)"}, {"far": "90 km"}, {"time": "72 hours"}])
def test_a_brief_with_another_quantity_is_another(other):
    """Another quantity still separates."""
    assert relation(**other) is not Relation.NEAR
