"""What of a head can be told before it is read: that it is plain running text, or a head that was read before.

Both only save work: whatever is not plain or not known is read in full, with the same result.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wirecopy.agencies import fold
from wirecopy.normalise.dateline_cjk import Glyphs
from wirecopy.normalise.dateline_dates import opens_date
from wirecopy.normalise.dateline_tokens import MOST_STRANGE, WINDOW
from wirecopy.normalise.dateline_words import agency_openings, traits, words

_QUOTES = frozenset('"“”„«»‹›')
BEYOND_DOUBT = 0.95
"""Confidence from which on no other reading is looked for; fuller readings come first."""
_MOST_KEPT = 8192
_MOST_WORDS = 24
# LONDON, May 18 (Reuters) - · Madrid, 5 jun (EFE).- · MOSCOW, December 20. /TASS/. · New Delhi, Aug 4 (PTI)
_CUT = re.compile(r"[)\]/.\d](?:[ ]?(?:--|[-–—_])[ ]+|(?<=[)\]/])[ ]?[:.]?[ ]+(?=[\w\"“”„«»$€£¥]))")
_ENCLOSED = ("(agency)", "[agency]", "/agency/")
_LONGEST = 120
# With what a sentence opens: a word of its own and the next, or a sign that no dateline holds.
_OPENING = re.compile(r"(?P<first>[^\W\d_]+(?:['’]s)?)(?:,| (?P<second>[^\W\d_]+))|[\"“”„«»$€£¥]")


def is_running_text(text: str, at: int) -> bool:
    """Return whether words, figures and commas alone lead up to where no dateline goes on; False where only reading can tell."""
    if text[at : at + 1] in _QUOTES:
        return len(text) > at + 1
    run = text[at : at + WINDOW].split(" ", _MOST_WORDS)
    if run[0].isupper() and len(run[0]) > 1:
        return False
    seen = 0
    for word in run[:-1]:
        seen += _weights[word]
        if seen & _STRANGE_WORDS > MOST_STRANGE:
            return seen < _NO_WORD and not (seen & _FIGURES and seen >= _TELLING)
    return False


_STRANGE_WORDS, _FIGURE, _FIGURES, _TELLING, _NO_WORD = 0xFF, 0x100, 0xFF00, 0x10000, 0x1000000
"""What words of a head add up to: lower-case words that no dateline holds, figures, words of dates and agencies, and
what is no word at all, which only reading can tell."""
_MOST_HELD = 32_768
# 4.2 · 1,234,567 · 1986 · but no 26.06. and no 3/4
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d{4}", re.ASCII)
# off-shore · Asia-Pacific
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
# company's
_POSSESSIVE = re.compile(r"[^\W\d_]+['’]s?")
# U.S.
_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}")


class _Weights(dict[str, int]):
    """What each word of a text adds to a head, kept for a bounded number of words."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_HELD:
            self.clear()
        self[word] = found = _weight(word[:-1] if word[-1:] == "," else word)
        return found


def _weight(word: str) -> int:
    if _AMOUNT.fullmatch(word):
        return _FIGURE
    if _INITIALS.fullmatch(word):
        return _TELLING
    if word.isalpha() or _POSSESSIVE.fullmatch(word):
        trait = traits(word)
        return (word[0].islower() and not trait.goes_on) + _TELLING * (trait.dates or trait.signs)
    parts = [traits(part) for part in word.split("-")] if _COMPOUND.fullmatch(word) else []
    if not parts or any(part.dates or part.signs for part in parts):
        return _NO_WORD
    return word[0].islower() and not parts[0].goes_on


_weights = _Weights()


def _opens_sentence(text: str, at: int) -> bool:
    """Return whether what stands at `at` opens a sentence, so that no date, signature or name of a dateline begins there."""
    match = _OPENING.match(text, at, at + _LONGEST)
    if match is None:
        return False
    if (first := match["first"]) is None:
        return True
    if first[0].islower() or (len(first) > 1 and first.isupper()) or first in words().misread_dashes:
        return False
    trait, second = traits(first), match["second"] or ""
    if trait.signs and not agency_openings().isdisjoint({fold(first), fold(f"{first} {second}")}):
        return False
    return not trait.dates or (opens_date(first) and second != "" and not traits(second).dates)


class Key(NamedTuple):
    """A head up to the end of its separator, and what its reading depends on besides."""

    head: str
    country: str | None
    language: str | None


class Heads:
    """Readings by the heads they were read in, a bounded number of them."""

    def __init__(self) -> None:
        """Open an empty memory."""
        self._kept: dict[Key, Glyphs] = {}

    def forget(self) -> None:
        """Forget every reading: the next text is read in full."""
        self._kept.clear()

    def key(self, text: str, at: int, country: str | None, language: str | None) -> Key | None:
        """Return the key of a head that ends in a separator before a sentence's opening word, None for any other."""
        cut = _CUT.search(text, at, at + _LONGEST)
        if cut is None or not _opens_sentence(text, cut.end()):
            return None
        return Key(text[at : cut.end()], country, language)

    def find(self, key: Key, at: int) -> Glyphs | None:
        """Return the reading of a head that was read before, as it lies at `at`."""
        kept = self._kept.get(key)
        return kept._replace(start=kept.start + at, end=kept.end + at, lead=kept.lead + at) if kept else None

    def keep(self, key: Key, found: Glyphs, at: int) -> None:
        """Keep a reading that does not depend on the story behind its separator: one signed in brackets, or beyond doubt."""
        signed = found.credit is not None and any(sign in found.rule for sign in _ENCLOSED)
        sure = found.confidence >= BEYOND_DOUBT and (found.credit is not None or found.printed is not None)
        if found.lead != at + len(key.head) or not found.pieces or not (signed or sure):
            return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = found._replace(start=found.start - at, end=found.end - at, lead=found.lead - at)
