"""An arriving item beside the item held under its key -> new, revised or unchanged."""

from __future__ import annotations

from dataclasses import dataclass

from wirecopy.model import Item, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """What is held of an item: every revision's text hash and wire version, under one rules version."""

    item_key: str
    text_hash: str
    rules_version: str
    version: str | None = None


def decide(item: Item, known: Known | None) -> Verdict:
    """Return what an item is to the one held under its key: noise and repeated sending make no revision.

    The normalised text decides, beside the wire version. Texts are compared under one rules version: pass the held
    revision as the item's rules read it.
    """
    if known is None:
        return Verdict.NEW
    same = known.text_hash == item.text_hash and (item.version is None or known.version == item.version)
    return Verdict.UNCHANGED if same else Verdict.REVISED
