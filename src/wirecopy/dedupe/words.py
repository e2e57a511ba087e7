"""Text -> the words that two copies are compared by: style folded away, figures and names marked.

Here lives what counts as the same word. What follows from shared words is decided in `match` and `fingerprint`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

PLAIN: Final = 0
FIGURE: Final = 1
NAME: Final = 2

_DATA: Final[dict[str, Any]] = tomllib.loads(files("wirecopy.dedupe").joinpath("data/words.toml").read_text("utf-8"))
_UNITS: Final = frozenset(_DATA["units"])
_MAGNITUDES: Final[dict[str, str]] = {
    written: magnitude for magnitude, spellings in _DATA["magnitudes"].items() for written in spellings
}
_NUMERALS: Final[dict[str, str]] = {word: str(value) for word, value in _DATA["numerals"].items()}
_CALENDAR: Final[dict[str, str]] = _DATA["calendar"]
COMMON: Final = frozenset({*_DATA["common"], *_CALENDAR.values(), *_DATA["magnitudes"], *map(str, range(1900, 2100))})
"""Names and figures that tell nothing of a story: days, months, years, forms of companies."""
_SPELLING: Final[dict[str, str]] = _DATA["spelling"]
_ENDINGS: Final[dict[str, str]] = {pair["from"]: pair["to"] for pair in _DATA["endings"]}
_ENDING_LENGTHS: Final = tuple(sorted({len(ending) for ending in _ENDINGS}, reverse=True))

# Scripts written without spaces: every character is a word (Han, kana, Thai, Lao, Tibetan, Myanmar, Khmer).
UNSPACED: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff"
)
_PIECE: Final = r"""
    {letter} {sign}*+ (?:['’]{letter}++)*+             # doesn't, A320
    | \d++ (?:[.,]\d++)*+ (?!{letter})               # 1,234.50
    | \d++ (?:[.,]\d++)*+ {letter}++                 # 5bn, 15th
    | [.!?:;…]+(?=\s) | \n | ["“”«»]                # what may open a sentence
"""
_SPACED: Final = re.compile(_PIECE.format(letter=r"[^\W\d_]", sign=r"[^\W_]"), re.VERBOSE)
_MIXED: Final = re.compile(
    rf"[{UNSPACED}] |" + _PIECE.format(letter=rf"[^\W\d_{UNSPACED}]", sign=rf"[^\W_{UNSPACED}]"), re.VERBOSE
)
_ANY_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
# 5bn, 1.5m, 15th, 1980s: a figure and what styles hang on it.
_HUNG: Final = re.compile(r"(\d[\d.,]*)([^\W\d_]+)")
_SENTENCE: Final = frozenset('.!?:;…\n"“”«»')


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The comparable words of a text, in order, each with its kind (`PLAIN`, `FIGURE`, `NAME`).

    Compared by identity, so that what is derived of a text is found again without reading all its words.
    """

    words: tuple[str, ...]
    kinds: tuple[int, ...]
    unspaced: bool = False
    """True where most words are single characters of a script without spaces."""


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return the word in lower case with spelling, short forms and days folded to one form."""
    lowered = word.lower().replace("’", "'").removesuffix("'s")
    if (known := _CALENDAR.get(lowered) or _SPELLING.get(lowered) or _NUMERALS.get(lowered)) is not None:
        return known
    if len(lowered) > 4:
        for length in _ENDING_LENGTHS:
            if (american := _ENDINGS.get(lowered[-length:])) is not None:
                return lowered[:-length] + american
    return lowered


@lru_cache(maxsize=1 << 16)
def read_figure(raw: str) -> str:
    """Return a figure without separators of thousands and trailing zeros: `1,234.50` is `1234.5`.

    A separator before exactly three last digits counts as one of thousands, whichever sign it is.
    """
    parts = re.split(r"[.,]", raw)
    if len(parts) == 1:
        return raw.lstrip("0") or "0"
    *whole, last = parts
    if len(last) == 3 and whole[0] != "0":
        return "".join(parts).lstrip("0") or "0"
    return f"{''.join(whole).lstrip('0') or '0'}.{last}".rstrip("0").rstrip(".")


_BREAK: Final = -2
_SCALE: Final = -3
_Read = tuple[tuple[str, int], ...]


@lru_cache(maxsize=1 << 17)
def _read_token(raw: str) -> _Read:
    """Return what a token is by itself: words with their kinds, or nothing, or the end of a sentence."""
    first = raw[0]
    if first in _SENTENCE:
        return (("", _BREAK),)
    if first.isdigit():
        return _read_digits(raw)
    word, lowered, capital = fold(raw), raw.lower(), first.isupper()
    if lowered in _UNITS:
        return ()
    if word[0].isdigit() or (capital and lowered in _CALENDAR):
        return ((word, FIGURE),)
    if (magnitude := _MAGNITUDES.get(lowered)) is not None:
        return ((magnitude, _SCALE),)
    return ((word, NAME if capital else PLAIN),)


def _read_digits(raw: str) -> _Read:
    hung = _HUNG.fullmatch(raw)
    if hung is None:
        return ((read_figure(raw) if raw[-1].isdigit() else raw.lower(), FIGURE),)
    figure = (read_figure(hung[1]), FIGURE)
    magnitude = _MAGNITUDES.get(hung[2].lower())
    return (figure,) if magnitude is None else (figure, (magnitude, FIGURE))


def _tokens(text: str) -> list[str]:
    pattern = _MIXED if not text.isascii() and _ANY_UNSPACED.search(text) else _SPACED
    return pattern.findall(text)


@lru_cache(maxsize=2048)
def read_words(text: str) -> Words:
    """Return the words of a text as they are compared; empty for a text without letters and digits."""
    words: list[str] = []
    kinds: list[int] = []
    openers: list[int] = []
    opening, last = True, PLAIN
    for read in map(_read_token, _tokens(text)):
        for word, kind in read:
            if kind == _BREAK:
                opening = True
                continue
            if kind == _SCALE:
                kind = FIGURE if last == FIGURE else PLAIN  # noqa: PLW2901 - a magnitude is one after a figure
            elif opening and kind == NAME:
                openers.append(len(words))
            words.append(word)
            kinds.append(kind)
            opening, last = False, kind
    return Words(tuple(words), _settled(words, kinds, openers), unspaced=_is_unspaced(words))


def _settled(words: list[str], kinds: list[int], openers: list[int]) -> tuple[int, ...]:
    """Take the capital of a sentence's first word for a name only if the text has it so elsewhere."""
    for at in openers:
        kinds[at] = PLAIN
    names = {word for word, kind in zip(words, kinds, strict=True) if kind == NAME}
    for at in openers:
        if words[at] in names:
            kinds[at] = NAME
    if len(names) * 2 > len(set(words)):
        # All capitals: a capital says nothing.
        return tuple(PLAIN if kind == NAME else kind for kind in kinds)
    return tuple(kinds)


def _is_unspaced(words: list[str]) -> bool:
    return (
        bool(words)
        and max(words) > "\u0dff"
        and sum(len(word) == 1 and word > "\u0dff" for word in words) * 3 > len(words)
    )


def read_raw(text: str) -> str:
    """Return letters and digits alone, in lower case: equal for texts that differ in what readers cannot see."""
    return " ".join(_VISIBLE.findall(text)).lower()


_VISIBLE: Final = re.compile(r"\w+")


# BC-Port-Tanker, 2nd Ld-Writethru; PORT/TANKER (UPDATE 3); BC-Port-Tanker, take 2
_MARK: Final = re.compile(
    r"""
    [\s,(/=-]+ (?: \d+(?:st|nd|rd|th) | take | tk | ld | lead | update | upd | add | write-?thr(?:u|ough) | correction )
    [\s-]* (?: \d | ld | lead | take | add | write | $ ) .* $
    """,
    re.VERBOSE | re.IGNORECASE,
)


def slugline_stem(slugline: str | None) -> str:
    """Return a slugline without marks of lead, take and update, in lower case; empty for none."""
    return _MARK.sub("", slugline).strip().lower() if slugline else ""
