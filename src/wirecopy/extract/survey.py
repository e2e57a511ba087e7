"""One look at every element of a page: which are furniture, which are marked as byline, date or standfirst."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from lxml import etree

_ATTRIBUTES = ("class", "id", "itemprop", "rel", "role", "data-testid", "data-component", "data-qa")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_RULES = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
_NEGATIONS = frozenset(_RULES.pop("negations"))
_ROLES: dict[str, frozenset[str]] = {
    word: frozenset(role for role, words in _RULES.items() if word in words)
    for words in _RULES.values()
    for word in words
}
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survey:
    """The marked elements of a page, in document order."""

    furniture: list[etree._Element] = field(default_factory=list)
    names: list[etree._Element] = field(default_factory=list)
    times: list[etree._Element] = field(default_factory=list)


def survey(body: etree._Element) -> Survey:
    """Return the marked elements under an element."""
    found = Survey()
    for element in body.iterdescendants(etree.Element):
        if element.tag == "time":
            found.times.append(element)
        elif element.attrib:
            _sort_in(element, found)
    return found


def _sort_in(element: etree._Element, found: Survey) -> None:
    attributes = element.attrib
    roles = _NONE
    for key in _ATTRIBUTES:
        if value := attributes.get(key):
            roles |= roles_of(value)
    if "furniture" in roles or _is_hidden(attributes):
        found.furniture.append(element)
    if "name" in roles:
        found.names.append(element)
    if "time" in roles:
        found.times.append(element)


def _is_hidden(attributes: etree._Attrib) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and bool(_HIDDEN.search(style))


@lru_cache(maxsize=16384)
def roles_of(name: str) -> frozenset[str]:
    """Return the roles that the words of an attribute's value name."""
    roles: set[str] = set()
    for token in name.split():
        words = [word for word in _BETWEEN.split(_CAPITAL.sub("-", token).lower()) if word]
        if _NEGATIONS.isdisjoint(words):
            for word in (*words, *map("-".join, pairwise(words))):
                roles |= _ROLES.get(word, _NONE)
    return frozenset(roles) if roles else _NONE
