"""The head of a page: meta elements by their name, links by their relation, title and language."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from wirecopy.markup.invisible import visible

_MAX_VALUES = 5000


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page states, names in lower case, values in document order."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these meta names that has one, or None."""
        return next((value for name in names for value in self.metas.get(name, ())), None)

    def all(self, *names: str) -> tuple[str, ...]:
        """Return every value of these meta names, in order, each once."""
        return tuple(dict.fromkeys(value for name in names for value in self.metas.get(name, ())))


def read_head(root: etree._Element) -> Head:
    """Return what meta, link, title and html elements say; wherever they stand, since many pages misplace them."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = squeeze(element.get("content") or element.get("value") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content and len(metas) < _MAX_VALUES:
                metas.setdefault(name, []).append(content)
    links: dict[str, list[str]] = {}
    for element in root.iter("link"):
        target = (element.get("href") or "").strip()
        for relation in (element.get("rel") or "").lower().split():
            if target:
                links.setdefault(relation, []).append(target)
    title = next((found for element in root.iter("title") if (found := squeeze(element.text or ""))), "")
    language = next(
        (
            value
            for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
            if (value := root.get(name))
        ),
        None,
    )
    return Head(metas, links, title, language)


def squeeze(text: str) -> str:
    """Return a text on one line, without what readers cannot see."""
    line = " ".join(text.split())
    seen = visible(line)
    return seen if seen is line else " ".join(seen.split())


def elements(query: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that an XPath selects."""
    found = query(root)
    return [item for item in found if isinstance(item, etree._Element)] if isinstance(found, list) else []  # noqa: SLF001 -- lxml's name of the type


def words_of(element: etree._Element) -> str:
    """Return the text of an element and all that is in it, on one line."""
    return squeeze("".join(map(str, element.itertext())))


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case: what two printings of it share."""
    return "".join(filter(str.isalnum, text.lower()))
