"""Two briefs -> whether they speak of the same: equal words of a flash that names nobody may be anyone's.

Asked only of texts so short that their wording alone tells little.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from wirecopy.dedupe.carried import words_of
from wirecopy.dedupe.reading import read_words
from wirecopy.dedupe.slips import is_slip
from wirecopy.dedupe.words import COMMON, COMPANY_FORMS, FIGURE, NAME, PLAIN, read_token
from wirecopy.model import Comparable

_TELLING: Final = 2
_LONG_FIGURE: Final = 3
"""Figures, of so many digits beside zeros at an end, that tell a brief under any headline."""


def same_subject(a: Comparable, b: Comparable) -> bool:
    """Say whether two briefs speak of the same, symmetric.

    One that names nobody is named by its headline, or by figures that nobody else has: `Net 1,203,000 vs 998,000`.
    """
    if not (a.headline and b.headline):
        return True
    # Headlines are read only where the texts leave it open.
    if _open_otherwise(a, b) and _head_openings(a, b):
        return False
    if any(words_of(item).kinds.count(NAME) > 1 for item in (a, b)):
        return True
    one, other = _headlines(a, b)
    return 2 * len(one & other) >= min(len(one), len(other)) or len(_long_figures(a) & _long_figures(b)) >= _TELLING


def named_otherwise(a: Comparable, b: Comparable) -> bool:
    """Say whether two headlines are one but for companies' names at their head, which stand in neither text.

    `ORRIN CORP 3RD QTR NET`, `VULLIAMY LTD 3RD QTR NET`: so are tables headed that name nobody.
    """
    if (
        not (a.headline and b.headline)
        or a.headline == b.headline
        or not _may_be_named_otherwise(a.headline, b.headline)
    ):
        return False
    one, other = (read_words(item.headline).words for item in (a, b))
    if one[-_FORM:] != other[-_FORM:]:
        return False
    tail = next(
        (at for at, (word, same) in enumerate(zip(reversed(one), reversed(other), strict=False)) if word != same), 0
    )
    while tail and one[-tail] in COMPANY_FORMS:
        tail -= 1
    names, others = set(one[: len(one) - tail]), set(other[: len(other) - tail])
    if tail < _FORM or any(COMPANY_FORMS.isdisjoint(side) for side in (names, others)):
        return False
    names, others = names - COMPANY_FORMS, others - COMPANY_FORMS
    if not (names and others) or names & others or is_slip(one[0], other[0]):
        return False
    return (names | others).isdisjoint((*words_of(a).words, *words_of(b).words))


def _may_be_named_otherwise(one: str, other: str) -> bool:
    """Say whether two headlines may open on different names and end alike, by what stands first and last: cheaper than reading them."""
    first, other_first = _word(one.partition(" ")[0]), _word(other.partition(" ")[0])
    if first == other_first != "" and first not in COMPANY_FORMS:
        return False
    last, other_last = _word(one.rpartition(" ")[2]), _word(other.rpartition(" ")[2])
    return last == other_last or not (last and other_last)


@lru_cache(maxsize=4096)
def _word(piece: str) -> str:
    """Return the word that a piece is wherever it stands, empty for what may belong to what stands beside it."""
    read = read_token(piece) if piece.isascii() and piece.isalpha() else ()
    return read[0][0] if len(read) == 1 and read[0][1] in {PLAIN, NAME} and read[0][0] != "one" else ""


_FORM: Final = 2
"""Words with which both headlines end where they are of one form."""


def _long_figures(item: Comparable) -> frozenset[str]:
    """Return the figures of a text with so many digits that hardly two reports share them; years are shared by many."""
    read = words_of(item)
    figures = {word for word, kind in zip(read.words, read.kinds, strict=True) if kind == FIGURE and word not in COMMON}
    return frozenset(word for word in figures if len(word.replace(".", "").strip("0")) >= _LONG_FIGURE)


def _headlines(a: Comparable, b: Comparable) -> tuple[AbstractSet[str], AbstractSet[str]]:
    return frozenset(read_words(a.headline).words), frozenset(read_words(b.headline).words)


def _open_otherwise(a: Comparable, b: Comparable) -> bool:
    """Say whether two briefs open with different words, neither in the other."""
    words, others = words_of(a).words, words_of(b).words
    if not (words and others) or words[0] in others or others[0] in words:
        return False
    return not is_slip(words[0], others[0])


def _head_openings(a: Comparable, b: Comparable) -> bool:
    """Say whether the first word of either brief stands in its own headline alone: there a capital tells no name."""
    one, other = _headlines(a, b)
    return words_of(a).words[0] in one - other and words_of(b).words[0] in other - one
