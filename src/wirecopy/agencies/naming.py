"""How two spellings of an agency's name are told to be one: case, accents and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, and that wires print with and without.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SILENT = re.compile(r"[.'’‘ʼ`´]+")
_BREAK = re.compile(r"[^\w]+|_+")


def fold(name: str) -> str:
    """Return the key under which a name is looked up: `A.F.P.` and `afp` share one.

    Case, accents, dots and apostrophes vanish; every other sign counts as one space.
    """
    if name.isascii():
        plain = name.lower()
        if plain.replace(" ", "").isalnum():
            return " ".join(plain.split())
    else:
        split = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(sign for sign in split if not unicodedata.combining(sign)).translate(_PLAIN)
    return _BREAK.sub(" ", _SILENT.sub("", plain)).strip()
