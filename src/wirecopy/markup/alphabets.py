"""Bytes of a text in Latin script -> its encoding, where windows-1252 spells no language: of DOS, Macintosh, Warsaw, Ankara.

Rules that live here: a text is in the encoding under which its letters beyond ASCII are those of one language.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

_RIVALS = ("cp1250", "iso8859-2", "cp1254", "cp1257", "mac_roman", "cp850", "cp437", "cp852", "mac_latin2", "cp857")
_FEWEST = 4
"""Letters beyond ASCII that have to be there before windows-1252 is doubted."""
_STRANGERS, _BETTER = 0.07, 3
"""Share of letters of other languages up to which an encoding is believed, and how much rarer than under windows-1252."""
# “Ships” – 30 °C … § 7, but not rŽpar‚
_SIGN = re.compile(
    r"’|[«»„“”‘’‚‹›–—…•·°§©®™€£¥½¼¾×±²³¿¡´`¨\xa0\xad](?![^\W\d_])|(?<![^\W\d_])[«»„“”‘’‚‹›–—…•·°§©®™€£¥½¼¾¿¡\xa0]"
)
# What stands beyond ASCII, with the sign before and behind; nothing else counts.
_BEYOND = re.compile(rb"[\x00-\x7f]?(?:[\x80-\xff]+[\x00-\x7f]{1,2}(?=[\x80-\xff]))*[\x80-\xff]+[\x00-\x7f]?")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z])[^\W\d_a-z](?=[a-z]|\b)")


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    data = tomllib.loads(files(__package__).joinpath("alphabets.toml").read_text(encoding="utf-8"))
    return tuple(frozenset(letters) for letters in data.values())


def other_latin(data: bytes) -> str | None:
    """Return Python's name of the encoding of a Latin text that is not in windows-1252, or None where that spells as well."""
    if len(data) - len(data.translate(None, bytes(range(128, 256)))) < _FEWEST:
        return None
    windows = strangers(data, "cp1252")
    found = {encoding: strangers(data, encoding) for encoding in _RIVALS}
    best = min(found, key=lambda encoding: found[encoding])
    return best if found[best] <= min(_STRANGERS, windows / _BETTER) and windows else None


def strangers(data: bytes, encoding: str) -> float:
    """Return the share of the letters beyond ASCII that are not of one language, under an encoding."""
    beyond = b" ".join(_BEYOND.findall(data))
    text = _SIGN.sub("", beyond.decode(encoding, "replace"))
    swapped = {found.start() for found in _CAPITAL_WITHIN.finditer(text) if found.group().isupper()}
    small = text.replace("İ", "ı").lower()
    held = Counter(char if at not in swapped else "?" for at, char in enumerate(small) if char > "\x7f")
    total = sum(held.values())
    own = max(sum(count for char, count in held.items() if char in letters) for letters in _alphabets())
    return 1 - own / total if total else 0.0
