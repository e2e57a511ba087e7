"""Closed lists: outcomes, verdicts, relations, precisions; and doubt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Outcome(StrEnum):
    """The one word in which every entry and record ends."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not modified"
    NOTICE = "notice"
    SET_ASIDE = "set aside"
    DEFERRED = "deferred"
    GIVEN_UP = "given up"
    SPOOLED = "spooled"
    SOURCE_MISSING = "source missing"


class Verdict(StrEnum):
    """What an arriving item is to the item held under its key."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


class Relation(StrEnum):
    """What one copy is to another (`same_as`: one item under two keys; `reuse`: a match without membership)."""

    LEADER = "leader"
    EXACT = "exact"
    NEAR = "near"
    EXCERPT = "excerpt"
    VERSION = "version"
    TAKE = "take"
    REUSE = "reuse"
    SAME_AS = "same_as"


Precision = Literal["second", "minute", "hour", "day", "month"]
DateRole = Literal["published", "modified", "created", "embargo", "expires"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that could not be settled: a stable code for machines, a detail for people."""

    code: str
    detail: str = ""
