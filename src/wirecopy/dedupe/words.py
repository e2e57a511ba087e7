"""Text -> the words that two copies are compared by: style folded away, figures and names marked.

Here lives what counts as the same word. What follows from shared words is decided in `match` and `fingerprint`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
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
_SHORTENED: Final[dict[str, str]] = {
    written[:at] + written[at + 1 :]: magnitude
    for written, magnitude in _MAGNITUDES.items()
    for at in range(len(written))
    if len(written) > 5
}
"""Magnitudes that have lost a letter."""
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
    | \d++ (?:[.,]\d++)*+ (?: [-\ ]\d/\d\d?(?!\d) )? (?!{letter})    # 1,234.50; 101-1/4
    | \d++ (?:[.,]\d++)*+ {letter}{sign}*+ (?: [.,]\d{sign}*+ )*+     # 5bn, 15th, 1,2O0,000
    | [.!?:;…]+(?=\s) | \n | ["“”«»]                # what may open a sentence
"""
_SPACED: Final = re.compile(_PIECE.format(letter=r"[^\W\d_]", sign=r"[^\W_]"), re.VERBOSE)
_MIXED: Final = re.compile(
    rf"[{UNSPACED}] |" + _PIECE.format(letter=rf"[^\W\d_{UNSPACED}]", sign=rf"[^\W_{UNSPACED}]"), re.VERBOSE
)
_ANY_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
# 5bn, 1.5m, 15th, 1980s: a figure and what styles hang on it. Other letters beside digits are a scanner's.
_HANGING: Final = frozenset(_DATA["hanging"])
_ANY_LETTER: Final = re.compile(r"[^\W\d_]")
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
_MISSPELT: Final = -4
_Read = tuple[tuple[str, int], ...]


@lru_cache(maxsize=1 << 17)
def _read_token(raw: str) -> _Read:
    """Return what a token is by itself: words with their kinds, or nothing, or the end of a sentence."""
    first = raw[0]
    if first in _SENTENCE:
        return (("", _BREAK),)
    if first.isdigit():
        return _read_digits(raw)
    return _read_word(raw)


def _read_word(raw: str) -> _Read:
    word, lowered, capital = fold(raw), raw.lower(), raw[0].isupper()
    if lowered in _UNITS:
        return ()
    if word[0].isdigit() or (capital and lowered in _CALENDAR):
        return ((word, FIGURE),)
    if (magnitude := _MAGNITUDES.get(lowered)) is not None:
        return ((magnitude, _SCALE),)
    if not capital and len(lowered) > 3 and (magnitude := _misspelt(lowered)):
        return ((word, PLAIN), (magnitude, _MISSPELT))
    return ((word, NAME if capital else PLAIN),)


def _misspelt(word: str) -> str:
    """Return the magnitude that a word is but for one letter lost, added or doubled, or nothing."""
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return next(
        (_MAGNITUDES[one] for one in sorted(shorter) if one in _MAGNITUDES and len(one) > 2), _SHORTENED.get(word, "")
    )


def _read_digits(raw: str) -> _Read:
    if "/" in raw:
        return ((_read_fraction(raw), FIGURE),)
    hung = _HUNG.fullmatch(raw)
    if hung is None:
        return ((raw.lower() if _ANY_LETTER.search(raw) else read_figure(raw), FIGURE),)
    unit = hung[2].lower()
    if (magnitude := _MAGNITUDES.get(unit)) is not None:
        return ((read_figure(hung[1]), FIGURE), (magnitude, _SCALE))
    return ((read_figure(hung[1]) if unit in _UNITS or unit in _HANGING else raw.lower(), FIGURE),)


def _read_fraction(raw: str) -> str:
    """Return a figure with a common fraction as a decimal: `101-1/4` is `101.25`."""
    whole, above, below = re.split(r"[- /]", raw)
    return format_decimal(Decimal(read_figure(whole)) + Decimal(above) / (Decimal(below) or 1))


def _scaled(figure: str, magnitude: str) -> str | None:
    """Return a figure times its magnitude, None for what is no plain figure: `1.5` million is `1500000`."""
    if figure == "one":
        return str(_POWERS[magnitude])
    if not figure.isascii() or not figure.replace(".", "", 1).isdigit():
        return None
    return format_decimal(Decimal(figure) * _POWERS[magnitude])


def format_decimal(value: Decimal) -> str:
    """Return a number as `read_figure` writes it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_POWERS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


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
            if kind == _MISSPELT:
                if kinds[-2:-1] == [FIGURE] and (scaled := _scaled(words[-2], word)) is not None:
                    words[-2:], kinds[-2:], last = [scaled], [FIGURE], FIGURE
                continue
            if kind == _SCALE:
                if (last == FIGURE or words[-1:] == ["one"]) and (scaled := _scaled(words[-1], word)) is not None:
                    words[-1], kinds[-1], last = scaled, FIGURE, FIGURE
                    continue
                kind = PLAIN  # noqa: PLW2901 - a magnitude is one after a figure
            elif opening and kind == NAME:
                openers.append(len(words))
            words.append(word)
            kinds.append(kind)
            opening, last = False, kind
    return _held(tuple(words), _settled(words, kinds, openers))


@lru_cache(maxsize=2048)
def _held(words: tuple[str, ...], kinds: tuple[int, ...]) -> Words:
    """Return the same value for the same words, so that what is derived of them is found again."""
    return Words(words, kinds, unspaced=_is_unspaced(words))


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


def _is_unspaced(words: Sequence[str]) -> bool:
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
