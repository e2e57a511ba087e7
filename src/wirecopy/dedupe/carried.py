"""Words of a text in a form that is cheap to send from who has read them to who compares them.

A tuple of words is a hundred objects to send and to make again; this form is one string.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from wirecopy.dedupe.reading import HELD_TEXTS, Read, Words, held, read_words
from wirecopy.model import Comparable


def words_of(news: Comparable) -> Words:
    """Return the words of what is compared of an item: as they were read where that has been done, else read here."""
    return unpacked(news.words) if news.words else read_words(news.text)


def packed(read: Read) -> str:
    """Return what `Words` holds as one string for `unpacked`, of the same release, to read; empty for no words."""
    words, kinds, rare, unspaced = read
    if not words:
        return ""
    signs = (kinds + rare).translate(_DIGIT).decode("ascii")
    return f"{_UNSPACED if unspaced else _SPACED}{signs} {' '.join(words)}"


@lru_cache(maxsize=HELD_TEXTS)
def unpacked(form: str) -> Words:
    """Return the words that `packed` was given: for the same words the same value."""
    signs, _, told = form.partition(" ")
    words = tuple(told.split(" "))
    kinds_and_rare = signs[1:].encode("ascii").translate(_VALUE)
    return held(words, kinds_and_rare[: len(words)], kinds_and_rare[len(words) :], signs[:1] == _UNSPACED)


_SPACED: Final = "s"
_UNSPACED: Final = "u"
_ZERO: Final = ord("0")
_DIGIT: Final = bytes((value + _ZERO) % 256 for value in range(256))
_VALUE: Final = bytes((sign - _ZERO) % 256 for sign in range(256))
