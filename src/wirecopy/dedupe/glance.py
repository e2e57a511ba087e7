"""Two texts -> whether readers see the same, asking quicker questions first."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from wirecopy.dedupe.reading import HELD_TEXTS, read_raw


def reads_alike(a: str, b: str) -> bool:
    """Say whether two texts are equal in all that readers see, and hold something of it."""
    top, other_top = _top(a), _top(b)
    if not (top.startswith(other_top) or other_top.startswith(top)):
        return False
    end, other_end = _end(a), _end(b)
    if not (end.endswith(other_end) or other_end.endswith(end)):
        return False
    return _visible(a) == _visible(b) != ""


@lru_cache(maxsize=HELD_TEXTS)
def _top(text: str) -> str:
    """Return what readers see at the top of a text, without a word that may have been cut."""
    return read_raw(text[:_GLANCE]).rpartition(" ")[0]


@lru_cache(maxsize=HELD_TEXTS)
def _end(text: str) -> str:
    return read_raw(text[-_GLANCE:]).partition(" ")[2]


_GLANCE: Final = 48


@lru_cache(maxsize=HELD_TEXTS)
def _visible(text: str) -> str:
    return read_raw(text)
