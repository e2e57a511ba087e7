"""A word -> the month that it names, in any language of `dateline_months.toml`."""

from __future__ import annotations

import re
from functools import lru_cache

from wirecopy.agencies import fold
from wirecopy.normalise.dateline_words import months


@lru_cache(maxsize=4096)
def month_named(word: str) -> int | None:
    """Return the month that a word names in most languages that know it, or None."""
    folded = fold(_ELIDED.sub("", word.rstrip(".")))
    meanings = months().get(folded) or months().get(_bare_ending(folded))
    if not meanings:
        return None
    return max(meanings, key=lambda month: len(meanings[month]))


# 2 d’abril, d'août
_ELIDED = re.compile(r"^[dD]['’](?=\w{3})")
_ENDINGS = ("'da", "'de", "da", "ta", "ский")


def _bare_ending(word: str) -> str:
    return next((word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), "")
