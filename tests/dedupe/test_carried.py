"""Words travel as one string and arrive as they were read."""

from __future__ import annotations

import pytest

from wirecopy.dedupe.carried import packed, unpacked, words_of
from wirecopy.dedupe.reading import read_words, take_apart
from wirecopy.model import Comparable

TEXTS = (
    "Tugs reached Aldmere on Monday with 12 men, £1.5 million and the ship’s café crew.",
    "日本銀行は金融政策を維持した。",
    "101-1/4",
    "x",
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_arrive_as_they_were_read(text):
    """What is packed is unpacked to the very words that reading the text gives."""
    assert unpacked(packed(take_apart(text))) is read_words(text)


def test_no_words_are_nothing_to_carry():
    """A text without words packs to nothing, and is then read where it is needed."""
    assert packed(take_apart("...")) == ""
    assert words_of(Comparable(item_key="k", text="...")).words == ()


def test_words_that_were_carried_are_not_read_again():
    """Where words come along, they are what is compared."""
    words = read_words("Tugs reached Aldmere.")
    assert words_of(Comparable(item_key="k", text="unread", words=packed(take_apart("Tugs reached Aldmere.")))) is words


def test_a_full_vocabulary_changes_no_reading():
    """After more words than are kept a text reads as it did before."""
    before = [take_apart(text) for text in TEXTS]
    take_apart(" ".join(f"word{number}" for number in range(70_000)))
    assert [take_apart(text) for text in TEXTS] == before
