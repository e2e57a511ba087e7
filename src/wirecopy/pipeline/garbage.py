"""How often Python looks for reference cycles: seldom where many values are made and few of them are cycles.

Each look walks through what was made since the one before, and now and then through all there is. For stories that wait
by the thousand to be landed that is a third of what unpacking them costs, and it finds next to nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 50_000
"""Objects made, and not let go, after which the young ones are looked at; Python's own choice is 700."""
_YOUNG = 20
_OLD = 50


def collect_seldom() -> None:
    """Look for cycles seldom from now on, and never among what is there already."""
    gc.freeze()
    gc.set_threshold(_MADE, _YOUNG, _OLD)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom for a while."""
    before = gc.get_threshold()
    gc.set_threshold(_MADE, _YOUNG, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
