"""One look at every element of a page: which are furniture, which are marked as byline, date or standfirst."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from lxml import etree

_ATTRIBUTES = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component", "data-qa"))
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# padding: 10px; background: #ee5845    border: 1px solid
_FRAMED = re.compile(
    r"background(?:-color)?\s*:\s*(?!none|transparent|inherit|#fff|white|initial|unset)|border\s*:\s*[1-9]",
    re.IGNORECASE,
)

_RULES = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))
_NEGATIONS = frozenset(_RULES.pop("negations"))
_ROLES: dict[str, frozenset[str]] = {
    word: frozenset(role for role, words in _RULES.items() if word in words)
    for listed in _RULES.values()
    for word in listed
}
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survey:
    """The marked elements of a page by role, in document order."""

    marked: dict[str, list[etree._Element]] = field(default_factory=dict)

    def of(self, role: str) -> list[etree._Element]:
        """Return the elements of one role: `furniture`, `box`, `hidden`, `name`, `time`, `standfirst` or `body`."""
        return self.marked.get(role, [])


def survey(body: etree._Element) -> Survey:
    """Return the marked elements under an element."""
    marked: dict[str, list[etree._Element]] = {}
    for element in body.iterdescendants(etree.Element):
        for role in _roles(element):
            marked.setdefault(role, []).append(element)
    return Survey(marked)


def _roles(element: etree._Element) -> frozenset[str]:
    roles = _TIME if element.tag == "time" else _NONE
    for key, value in element.items():
        if key in _ATTRIBUTES:
            if told := roles_of(str(value)):
                roles |= told
        elif key == "rel":
            # `follow` and `sponsored` are said to search engines, of links that stand in the text.
            roles |= roles_of(str(value)) & _NAME_ROLE
        elif _hides(str(key), str(value)):
            roles |= _HIDDEN_ROLE
        elif key == "style" and _FRAMED.search(str(value)):
            roles |= _BOX_ROLE
    return roles


def _words(token: str) -> Iterator[str]:
    for part in _BETWEEN.split(token):
        pieces = _CAPITAL.split(part)
        # `relatedArticles` is two words, `n1AuAdJlVL` is none.
        yield from (piece.lower() for piece in (pieces if min(map(len, pieces)) > 2 else [part]) if piece)


_TIME = frozenset(("time",))
_HIDDEN_ROLE = frozenset(("hidden",))
_NAME_ROLE = frozenset(("name",))
_BOX_ROLE = frozenset(("box",))


def _hides(key: str, value: str) -> bool:
    if key == "style":
        return bool(_HIDDEN.search(value))
    return key == "hidden" or (key == "aria-hidden" and value == "true")


@lru_cache(maxsize=16384)
def roles_of(name: str) -> frozenset[str]:
    """Return the roles that the words of an attribute's value name."""
    return _NONE.union(*map(_roles_of_token, name.split()))


@lru_cache(maxsize=16384)
def _roles_of_token(token: str) -> frozenset[str]:
    words = list(_words(token))
    if not _NEGATIONS.isdisjoint(words):
        return _NONE
    return _NONE.union(*(_ROLES.get(word, _NONE) for word in (*words, *map("-".join, pairwise(words)))))
