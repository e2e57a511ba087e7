"""What a page says in microformats (hAtom, h-entry), as blogs do: author and date by class names, of a single entry."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wirecopy.extract.meta import squeeze, words_of
from wirecopy.model import DateCandidate, DateRole, NameCandidate


def _of_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    found = path(root)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []  # noqa: SLF001 -- lxml's name of the type


_ENTRIES = etree.XPath(f"//*[{_of_class('hentry')} or {_of_class('h-entry')}]")
_NAMES = etree.XPath(
    f".//*[{_of_class('vcard')} or {_of_class('author')}]//*[{_of_class('fn')}] | .//*[{_of_class('p-author')}]"
)
_DATES: tuple[tuple[etree.XPath, DateRole], ...] = (
    (etree.XPath(f".//*[{_of_class('published')} or {_of_class('dt-published')}]"), "published"),
    (etree.XPath(f".//*[{_of_class('updated')} or {_of_class('dt-updated')}]"), "modified"),
)


def read_microformats(root: etree._Element, source: str) -> tuple[tuple[NameCandidate, ...], tuple[DateCandidate, ...]]:
    """Return the author and the dates of a page's entry, nothing where it has several entries or none; never raises.

    `source` is the page's markup as text.
    """
    # Most pages have none, and asking the tree costs a millisecond.
    entries = _elements(_ENTRIES, root) if "hentry" in source or "h-entry" in source else []
    if len(entries) != 1:
        return (), ()
    names = dict.fromkeys(name for element in _elements(_NAMES, entries[0]) if (name := squeeze(words_of(element))))
    # Several authors are those of comments, too.
    found = tuple(NameCandidate(name, "visible") for name in names) if len(names) == 1 else ()
    return found, tuple(_dates(entries[0]))


def _dates(entry: etree._Element) -> Iterator[DateCandidate]:
    for path, role in _DATES:
        stated = (str(element.get("title") or element.get("datetime") or "") for element in _elements(path, entry))
        first = next((squeeze(raw) for raw in stated if raw), "")
        if first:
            yield DateCandidate(first, "microdata", role)
