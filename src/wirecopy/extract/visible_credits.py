"""Bylines and times as printed on the page: what is left when its metadata say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from wirecopy.extract.meta import squeeze, words_of
from wirecopy.model import DateCandidate, DateRole, NameCandidate

_MOST_NAMES = 30
_MOST_TIMES = 12
_UPDATED = re.compile(
    r"updat|modif|aktualis|stand:|mis à jour|actuali|aggiorn|editad|bijgewerkt|oppdater|uppdater|更新|수정|"
    r"güncel|обновл",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d.*\d")


def visible_names(elements: Iterable[etree._Element]) -> Iterator[NameCandidate]:
    """Yield what stands in elements marked as byline or author, if it is short enough to be one."""
    for element, _ in zip(elements, range(_MOST_NAMES), strict=False):
        text = words_of(element)
        if 2 < len(text) < 160:
            yield NameCandidate(text, "visible")


def visible_dates(elements: Iterable[etree._Element]) -> Iterator[DateCandidate]:
    """Yield the first times of the page: what `time` elements state, and texts in elements marked as dates."""
    for element, _ in zip(elements, range(_MOST_TIMES), strict=False):
        stated = squeeze(element.get("datetime") or "") if element.tag == "time" else ""
        printed = words_of(element)
        if stated or (5 < len(printed) < 80 and _DIGITS.search(printed)):
            role: DateRole = "modified" if _is_update(element, printed) else "published"
            yield DateCandidate(stated or printed, "time" if element.tag == "time" else "visible", role)


def _is_update(element: etree._Element, printed: str) -> bool:
    parent = element.getparent()
    around = (parent.text or "") if parent is not None else ""
    return bool(
        _UPDATED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''} {around} {printed[:40]}")
    )
