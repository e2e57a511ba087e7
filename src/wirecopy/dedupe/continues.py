"""Two items -> the signs by which one continues the other: links, sluglines, cues, and how soon it came."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wirecopy.dedupe.boilerplate import NOBODY
from wirecopy.dedupe.words import slugline_stem
from wirecopy.model import Comparable

_VERSION_WINDOW: Final = timedelta(hours=48)
_CORRECTION_WINDOW: Final = timedelta(days=3)
_CONTINUES: Final = frozenset({"update", "correction", "write-through", "lead"})


def is_late(a: Comparable, b: Comparable) -> bool:
    """Say whether two items were published further apart than corrections follow: the next of a series comes then."""
    return bool(a.published_on and b.published_on and abs(a.published_on - b.published_on) > _CORRECTION_WINDOW)


def is_announced(a: Comparable, b: Comparable) -> bool:
    """Say whether one item alone says that it corrects or updates what went before, and comes soon enough for that."""
    if not (a.cues or b.cues):
        return False
    signs = [{cue for cue in item.cues if cue.partition(" ")[0] in _CONTINUES} for item in (a, b)]
    return signs[0] != signs[1] and not is_late(a, b)


def continuation(a: Comparable, b: Comparable) -> str:
    """Name the sign by which one item continues the other under another key, or return nothing."""
    if (a.item_uri and a.item_uri in b.related) or (b.item_uri and b.item_uri in a.related):
        return LINKED
    if a.agency is None or a.agency != b.agency or a.outlet != b.outlet:
        return ""
    if _same_slugline(a, b):
        return "same slugline"
    # Two that say nowhere who printed them may be two outlets' copies of two reports.
    return "update cue" if a.outlet not in NOBODY and is_announced(a, b) else ""


LINKED: Final = "linked"


def _same_slugline(a: Comparable, b: Comparable) -> bool:
    """Say whether two items of one agency carry one slugline within 48 hours of each other."""
    if not (a.slugline and b.slugline) or a.agency is None or a.agency != b.agency:
        return False
    stem = slugline_stem(a.slugline)
    if not stem or stem != slugline_stem(b.slugline):
        return False
    if a.published_at is None or b.published_at is None:
        return False
    return abs(a.published_at - b.published_at) <= _VERSION_WINDOW


def is_other_take(a: Comparable, b: Comparable) -> bool:
    """Say whether two items are takes of one report under one slugline."""
    return a.outlet == b.outlet and _same_slugline(a, b) and _take(a) != _take(b)


def _take(item: Comparable) -> str:
    """Return the number of an item's take; the first need not say so."""
    return next((cue for cue in item.cues if cue.startswith("take ")), "take 1")
