"""A figure is one figure in whatever digits, numerals or words it is written."""

from __future__ import annotations

from datetime import date

import pytest

from wirecopy.dedupe.match import match
from wirecopy.dedupe.numerals import in_digits
from wirecopy.dedupe.reading import read_words
from wirecopy.model import Comparable


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("３億5000万円", "350000000円"), ("三十五万人", "350000人"), ("3.2万人", "32000人"), ("二〇二六年三月二日", "2026年3月2日"),
        ("百分之三十五", "35"), ("三成", "30"), ("3割", "30"), ("一千二百吨", "1200吨"), ("2万3千人", "23000人"), ("１２.５", "12.5"), ("٤٥", "45"),
        ("1億2,345万円", "123450000円"), ("一些人", "一些人"), ("四川省", "四川省"), ("café, 5 mln", "café, 5 mln"),
    ],
)  # fmt: skip
def test_numerals_of_other_scripts(written, digits):
    """Chinese and Japanese numerals, places and scales, and digits of any script, are figures."""
    assert in_digits(written) == digits


@pytest.mark.parametrize(
    ("one", "other"),
    [("twelve hundred", "1,200"), ("1.2 thousand", "1.200"), ("5 lakh", "500,000"), ("2 crore", "20 million"), ("fifteen", "15"), ("one hundred", "100")],
)  # fmt: skip
def test_words_of_magnitude(one, other):
    """A figure is multiplied by the magnitude behind it."""
    assert read_words(f"of {one} people").words == read_words(f"of {other} people").words


BRIEF = """The union in Port Aldmere said on Monday that {} of its members had joined the strike of crane drivers, and that 4 terminals \
were closed. A court in Dunmore is due to hear the operators on Friday, a spokesman said, and 2 ships wait off the coast."""


def is_copy(one: str, other: str) -> bool:
    a, b = (
        Comparable(item_key=key, text=BRIEF.format(figure), published_on=date(2026, 3, 2))
        for key, figure in (("a", one), ("b", other))
    )
    return match(a, b) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("two hundred and fifty", "250"), ("thirty-two", "32"), ("twenty-one", "21")]
)
def test_numbers_in_several_words(one, other):
    """Where a text is full of figures a number that is spelled out is still the same figure."""
    assert is_copy(one, other)
    assert is_copy(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("two hundred and fifty", "260"), ("thirty-two", "33"), ("3 lakh", "400,000")]
)
def test_other_numbers_in_words(one, other):
    """Another number spelled out is another figure."""
    assert not is_copy(one, other)
