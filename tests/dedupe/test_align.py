"""What passages alone rule out, no gap could have saved: the quick way out decides as the long way does."""

from __future__ import annotations

import random

import pytest

from wirecopy.dedupe import match as matching
from wirecopy.dedupe.align import align, in_common
from wirecopy.dedupe.match import is_hopeless
from wirecopy.dedupe.measures import as_if_converted
from wirecopy.dedupe.reading import read_words
from wirecopy.model import Comparable

_TOLD = (
    "harbour tariff Ostrava ministers vote delayed 1,200 tonnes of grain and 45 percent more cargo than in April said "
    "Deputy Minister Jana Kolar who did not expect the strike 3.5 million dlrs would settle before winter rates of one"
)
WORDS = _TOLD.split()


def _told(rng: random.Random, length: int) -> str:
    return " ".join(rng.choice(WORDS) + rng.choice(("", "", "x", "ly", "-side")) for _ in range(length))


def _spoiled(rng: random.Random, text: str, share: float) -> str:
    """Return a text of which a share of the words is lost, run together, misread or replaced."""
    told = []
    for word in text.split():
        if rng.random() >= share:
            told.append(word)
        else:
            told.append(
                rng.choice(("", word[:-1], word.replace("i", "1"), rng.choice(WORDS), f"{word}{rng.choice(WORDS)}"))
            )
    return " ".join(told)


def _pairs() -> list[tuple[str, str]]:
    rng = random.Random(11)
    made = []
    for _ in range(400):
        shared = _told(rng, rng.choice((0, 6, 12, 20, 35, 60, 90)))
        one, other = _told(rng, rng.choice((0, 10, 60, 120))), _told(rng, rng.choice((0, 10, 60, 120)))
        sides = [f"{shared} {one}", f"{_spoiled(rng, shared, rng.choice((0, 0.1, 0.3)))} {other}"]
        if rng.random() < 0.3:
            sides[1] = f"{other} {shared}"
        made.append((sides[0], sides[1]))
    return made


@pytest.fixture(scope="module")
def pairs():
    return [(read_words(one), read_words(other)) for one, other in _pairs()]


def test_no_more_words_are_shared_than_passages_and_gaps_can_hold(pairs):
    for one, other in pairs:
        assert align(one, other).shared <= in_common(one, other).most()


def test_passages_run_along_each_other_and_cannot_be_longer(pairs):
    for one, other in pairs:
        at = other_at = 0
        for i, j, length in in_common(one, other).passages:
            assert one.words[i : i + length] == other.words[j : j + length]
            assert i >= at
            assert j >= other_at
            assert (i, j) != (at, other_at) or not i + j
            at, other_at = i + length, j + length
            assert at == len(one.words) or other_at == len(other.words) or one.words[at] != other.words[other_at]


def test_copies_of_a_long_text_run_along_each_other_to_their_ends():
    rng = random.Random(5)
    told = [f"word{rng.randrange(4000)}" for _ in range(9_000)]
    changed = [*told[:1_500], "a", "line", "of", "the", "outlet", *told[1_500:7_000], "end"]
    found = in_common(read_words(" ".join(told)), read_words(" ".join(changed)))
    assert found.passages == ((0, 0, 1_500), (1_500, 1_505, 5_500))
    assert found.longest == 5_500
    assert found.jaccard == pytest.approx(7_000 / 9_000, abs=0.01)


def test_a_brief_is_found_at_the_end_of_a_long_text():
    brief = "Tanker runs aground off the northern harbour of Ostrava after a storm and nobody is hurt"
    long = [f"word{at}" for at in range(30_000)]
    found = in_common(read_words(brief), read_words(" ".join((*long, brief))))
    assert [passage[:2] for passage in found.passages] == [(0, 30_000)]


def test_what_is_hopeless_is_joined_by_no_rule(pairs):
    a, b = Comparable(item_key="a", text="-", cues=("update 1",)), Comparable(item_key="b", text="-")
    given_up = 0
    for one, other in pairs:
        lengths = (len(one.words), len(other.words))
        if min(lengths) and is_hopeless(in_common(one, other), min(lengths)):
            given_up += 1
            assert matching._judge(a, b, align(one, other), lengths) is None
    assert 50 < given_up < 350


def test_what_conversion_of_all_figures_would_not_join_conversion_of_some_does_not(pairs):
    a, b = Comparable(item_key="a", text="-"), Comparable(item_key="b", text="-")
    for one, other in pairs:
        lengths, found = (len(one.words), len(other.words)), align(one, other)
        joined = [
            min(lengths) > 0 and matching._judge(a, b, as_if_converted(found, converted), lengths) is not None
            for converted in range(found.other_figures + 1)
        ]
        assert joined == sorted(joined)
