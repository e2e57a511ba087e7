"""Two texts alike -> whether one is the next of a series: another day, or another subject under the same words.

Prose forgives a fact that was put right. Nobody puts a weekday right without a word, nor the name in the headline.
"""

from __future__ import annotations

from typing import Final

from wirecopy.dedupe.align import Alignment
from wirecopy.dedupe.reading import read_words
from wirecopy.dedupe.words import WEEKDAYS
from wirecopy.model import Comparable

_ALIKE: Final = 0.9
"""Share of the shorter text in common from which on two texts have equal wording."""


def is_next_of_series(a: Comparable, b: Comparable, found: Alignment, shorter: int) -> bool:
    """Say whether two texts, the shorter of so many words, tell in equal words of another day or of another subject."""
    if found.shared < _ALIKE * shorter:
        return False
    return _is_of_another_day(a, b, found) or _has_another_subject(a, b, found)


def _is_of_another_day(a: Comparable, b: Comparable, found: Alignment) -> bool:
    if a.published_on == b.published_on:
        return False
    return any(all(not WEEKDAYS.isdisjoint(side) for side in change) for change in found.changed)


def _has_another_subject(a: Comparable, b: Comparable, found: Alignment) -> bool:
    """Say whether a name that stands in place of another in the texts does so in the headlines."""
    if not (found.renamed and a.headline and b.headline):
        return False
    one, other = (frozenset(read_words(item.headline).words) for item in (a, b))
    only_one, only_other = one - other, other - one
    return any(
        any(not here.isdisjoint(only_one) and not there.isdisjoint(only_other) for here, there in (sides, sides[::-1]))
        for sides in (tuple(change) for change in found.renamed)
    )
