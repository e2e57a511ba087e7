"""Names where no capital tells them: languages that write every noun with one, scripts that have none.

There a word in place of another may be wording. Among German nouns it is a name where the texts are not worded otherwise in
any place; in a script without capitals it is one in a template alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from wirecopy.dedupe.align import Alignment
from wirecopy.dedupe.carried import words_of
from wirecopy.dedupe.reading import Words
from wirecopy.model import Comparable

_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})


def count_other_names(a: Comparable, b: Comparable, found: Alignment, *, in_template: bool) -> int:
    """Return how many names stand in place of others, as far as the language of two texts tells names from other words."""
    if a.language in _CAPITAL_NOUNS and b.language in _CAPITAL_NOUNS:
        return 0 if found.other_words else found.other_names
    if in_template and found.other_words and _is_caseless(words_of(a)) and _is_caseless(words_of(b)):
        return found.other_words
    return found.other_names


@lru_cache(maxsize=4096)
def _is_caseless(read: Words) -> bool:
    letters = [word for word in read.words if word.isalpha()]
    return sum([word.upper() == word for word in letters]) * 2 > len(letters)
