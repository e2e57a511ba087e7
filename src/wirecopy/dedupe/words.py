"""Token -> the word that two copies are compared by: style folded away, figures and names marked.

Here lives what counts as the same word; `reading` takes whole texts apart. What follows from shared words is decided in
`match` and `fingerprint`.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
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
SPELLED: Final[dict[str, int]] = _DATA["spelled"]
"""Words that add to the figures beside them in a number that is spelled out."""
_SHORTENED: Final[dict[str, str]] = {
    written[:at] + written[at + 1 :]: magnitude
    for written, magnitude in _MAGNITUDES.items()
    for at in range(len(written))
    if len(written) > 5
}
"""Magnitudes that have lost a letter."""
_BEGINNINGS: Final = frozenset(written[:2] for written in _MAGNITUDES)
_NO_MAGNITUDE: Final = frozenset(_DATA["no_magnitude"])
_ANY_CASE: Final = frozenset([*_DATA["days_any_case"], *_DATA["months_any_case"]])
CALENDAR: Final[dict[str, str]] = {**{word: word for word in _ANY_CASE}, **_DATA["calendar"]}
WEEKDAYS: Final = frozenset([*_DATA["days"], *_DATA["days_any_case"]])
COMMON: Final = frozenset({*_DATA["common"], *CALENDAR.values(), *_DATA["magnitudes"], *map(str, range(1900, 2100))})
"""Names and figures that tell nothing of a story: days, months, years, forms of companies."""
COMPANY_FORMS: Final = frozenset(_DATA["company_forms"])
"""Words that names of companies hold."""
SMALL_OPENERS: Final = frozenset(_DATA["small_openers"])
"""Words that open a sentence before a name and are no part of it."""
BESIDE_NOUNS: Final = frozenset(_DATA["beside_nouns"])
"""Words that tell a language in which every noun has a capital."""
_SPELLING: Final[dict[str, str]] = _DATA["spelling"]
_ENDINGS: Final[dict[str, str]] = {pair["from"]: pair["to"] for pair in _DATA["endings"]}
_ENDING: Final = tuple(_ENDINGS)
_ENDING_LENGTHS: Final = tuple(sorted({len(ending) for ending in _ENDINGS}, reverse=True))
_FOLDED: Final = {**_NUMERALS, **_SPELLING, **CALENDAR}

ONE_NAME: Final[dict[tuple[str, ...], str]] = {
    tuple(form.split()): name for name, forms in _DATA["one_name"].items() for form in forms
}
"""Words of a name that houses write in several ways, and what it is called among them."""

# Scripts written without spaces: every character is a word (Han, kana, Thai, Lao, Tibetan, Myanmar, Khmer).
UNSPACED: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff"
)
_PIECE: Final = r"""
    {letter} {sign}*+ (?:['’]{letter}++)*+             # doesn't, A320
    | \d++ (?:[.,]\d++)*+ (?: [-\ ]\d/\d\d?(?!\d) | (?!{letter}) )    # 1,234.50; 101-1/4
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


def fold(word: str) -> str:
    """Return the word in lower case with spelling, short forms and days folded to one form."""
    lowered = word.lower().replace("’", "'").removesuffix("'s")
    if (known := _FOLDED.get(lowered)) is not None:
        return known
    if len(lowered) > 4 and lowered.endswith(_ENDING):
        for length in _ENDING_LENGTHS:
            if (american := _ENDINGS.get(lowered[-length:])) is not None:
                return lowered[:-length] + american
    return lowered


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


# What a token may be beside a word of a kind.
BREAK: Final = 3
SCALE: Final = 4
MISSPELT: Final = 5
_Read = tuple[tuple[str, int], ...]


def read_token(raw: str) -> _Read:
    """Return what a token is by itself: words with their kinds, or nothing, or the end of a sentence."""
    first = raw[0]
    if first in _SENTENCE:
        return (("", BREAK),)
    if first.isdigit():
        return _read_digits(raw)
    return _read_word(raw)


def _read_word(raw: str) -> _Read:
    word, lowered, capital = fold(raw), raw.lower(), raw[0].isupper()
    if lowered in _UNITS:
        return ()
    if word[0].isdigit() or lowered in _ANY_CASE or (capital and lowered in CALENDAR):
        return ((word, FIGURE),)
    # The K of U.K. is none; that of 5K is read with its figure.
    if (magnitude := _MAGNITUDES.get(lowered)) is not None and not (capital and len(raw) == 1):
        return ((magnitude, SCALE),)
    if not capital and len(lowered) > 3 and lowered not in _NO_MAGNITUDE and (magnitude := _misspelt(lowered)):
        return ((word, PLAIN), (magnitude, MISSPELT))
    return ((word, NAME if capital else PLAIN),)


def _misspelt(word: str) -> str:
    """Return the magnitude that a word is but for one letter lost, added or doubled, or nothing."""
    if not _BEGINNINGS.isdisjoint((word[:2], word[0] + word[2], word[1:3])):
        for one in sorted({word[:at] + word[at + 1 :] for at in range(len(word))}):
            if one in _MAGNITUDES and len(one) > 2:
                return _MAGNITUDES[one]
    return _SHORTENED.get(word, "")


def _read_digits(raw: str) -> _Read:
    if "/" in raw:
        return ((_read_fraction(raw), FIGURE),)
    hung = _HUNG.fullmatch(raw)
    if hung is None:
        return ((raw.lower() if _ANY_LETTER.search(raw) else read_figure(raw), FIGURE),)
    unit = hung[2].lower()
    if (magnitude := _MAGNITUDES.get(unit)) is not None:
        return ((read_figure(hung[1]), FIGURE), (magnitude, SCALE))
    return ((read_figure(hung[1]) if unit in _UNITS or unit in _HANGING else raw.lower(), FIGURE),)


def _read_fraction(raw: str) -> str:
    """Return a figure with a common fraction as a decimal: `101-1/4` is `101.25`."""
    whole, above, below = re.split(r"[- /]", raw)
    return format_decimal(Decimal(read_figure(whole)) + Decimal(above) / (Decimal(below) or 1))


def scaled(figure: str, magnitude: str) -> str | None:
    """Return a figure times its magnitude, None for what is no plain figure: `1.5` million is `1500000`."""
    power = _POWERS[magnitude]
    if figure == "one":
        return "1" + "0" * power
    whole, _, decimals = figure.partition(".")
    if not figure.isascii() or not (whole + decimals).isdigit():
        return None
    digits = f"{whole}{decimals[:power]:0<{power}}".lstrip("0") or "0"
    return f"{digits}.{decimals[power:]}" if len(decimals) > power else digits


def format_decimal(value: Decimal) -> str:
    """Return a number as `read_figure` writes it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_POWERS: Final = {"hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12}


def beyond_ascii(text: str) -> frozenset[str]:
    """Return the signs of a text that are not ASCII: a quick look before a search for any of them."""
    if text.isascii():
        return _NONE
    return frozenset(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


_NONE: Final[frozenset[str]] = frozenset()
_ASCII: Final = bytes(range(128))


def tokens(text: str) -> list[str]:
    """Return what words, figures and ends of sentences a text holds, in order."""
    pattern = _MIXED if not text.isascii() and _ANY_UNSPACED.search(text) else _SPACED
    return pattern.findall(text)


# Words of a kind are rare from one letter more on.
_ORDINARY: Final = {PLAIN: 8, FIGURE: 1, NAME: 2}


def is_rare(word: str, kind: int) -> bool:
    """Say whether a word tells a story from others of its kind: a figure, a name, a long word."""
    return len(word) > _ORDINARY[kind] and word not in COMMON


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
