"""Reading an XML tree by local names: agencies disagree about namespaces, not about names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from wirecopy.formats.blocks import body_text, inline_text
from wirecopy.markup.xml import local_name


@dataclass(frozen=True, slots=True)
class Node:
    """An element, or the absence of one: every question to an absent element is answered with nothing."""

    element: etree._Element | None

    def __bool__(self) -> bool:
        return self.element is not None

    def __iter__(self) -> Iterator[Node]:
        """Iterate over child elements."""
        if self.element is not None:
            yield from (Node(child) for child in self.element.iterchildren(etree.Element))

    @property
    def name(self) -> str:
        """Return the local name, empty for an absent element."""
        return "" if self.element is None else local_name(self.element)

    @property
    def text(self) -> str:
        """Return all text below on one line."""
        return inline_text(self.element)

    @property
    def own_text(self) -> str:
        """Return the text before the first element below, on one line."""
        return "" if self.element is None else " ".join((self.element.text or "").split())

    @property
    def spaced(self) -> str:
        """Return all text below on one line, a blank between the texts of different elements."""
        return inline_text(self.element, between=" ")

    def get(self, *names: str) -> str:
        """Return the first non-blank attribute of these local names, stripped, or an empty string."""
        if self.element is None or not self.element.attrib:
            return ""
        held = {_attribute(str(key)): str(value).strip() for key, value in self.element.attrib.items()}
        return next((held[name.lower()] for name in names if held.get(name.lower())), "")

    def children(self, *names: str) -> Iterator[Node]:
        """Yield the child elements of these names."""
        if self.element is not None:
            yield from map(Node, self.element.iterchildren(*_anywhere(names)))

    def child(self, *path: str) -> Node:
        """Return the first element down a path of child names, or an absent one."""
        here: Node = self
        for name in path:
            here = next(here.children(name), NOWHERE)
        return here

    def all(self, *names: str) -> Iterator[Node]:
        """Yield every element below of these names, in document order."""
        if self.element is not None:
            yield from map(Node, self.element.iterdescendants(*_anywhere(names)))

    def first(self, *names: str) -> Node:
        """Return the first element below of these names, or an absent one."""
        return next(self.all(*names), NOWHERE)


NOWHERE = Node(None)


@lru_cache(maxsize=4096)
def _anywhere(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as lxml looks for them in any namespace; comments are never among them."""
    return tuple(f"{{*}}{name}" for name in names)


@lru_cache(maxsize=4096)
def _attribute(key: str) -> str:
    return key.rpartition("}")[2].lower()


_AROUND = frozenset({"header", "footer"})


def markup_text(main: Node, headline: str) -> str:
    """Return the body text of HTML within a wire item, without a heading that only repeats the headline."""
    opening = main.first("h1")
    repeated = opening and _tight(opening.text) == _tight(headline)
    return body_text(main.element, silent=_AROUND | {"h1"} if repeated else _AROUND)


def _tight(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def in_language(lines: Iterable[Node], language: str) -> list[Node]:
    """Return the lines in a language, with those that name none; all of them where none is left."""
    held = list(lines)
    wanted = language.lower()[:2]
    own = [one for one in held if one.get("lang").lower()[:2] in {"", wanted}]
    return own if own and wanted else held


def name_of(node: Node, language: str) -> str:
    """Return the name of a concept, in a language where it has names in several."""
    return pick(*(one.text for one in in_language(node.children("name"), language)))


def ranked(nodes: Iterable[Node]) -> list[Node]:
    """Return elements in the order of their `rank`; one without a rank counts as the first."""
    return sorted(nodes, key=lambda one: int(one.get("rank")) if one.get("rank").isdecimal() else 1)


def pick(*values: str) -> str:
    """Return the first value that says something, or an empty string."""
    return next((value for value in values if value), "")
