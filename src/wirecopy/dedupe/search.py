"""Candidates among items held in memory: those that share a band within the window of publication.

The store asks the same of its band table; this is the search inside one batch, and for whoever has no warehouse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wirecopy.model import Fingerprint


def pairs(fingerprints: Iterable[Fingerprint]) -> Iterator[tuple[str, str]]:
    """Yield every pair of keys (lesser first) that meets in a band or in equal text, once, in order of arrival."""
    held: dict[int, list[str]] = defaultdict(list)
    for print_ in fingerprints:
        met: dict[str, None] = {}
        for band in (print_.exact, *print_.bands):
            bucket = held[band]
            met.update(dict.fromkeys(bucket))
            bucket.append(print_.item_key)
        met.pop(print_.item_key, None)
        yield from ((min(key, print_.item_key), max(key, print_.item_key)) for key in met)
