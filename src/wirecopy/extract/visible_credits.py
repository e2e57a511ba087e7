"""Bylines and times as printed on the page: what is left when its metadata say nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from wirecopy.extract.blocks import Block
from wirecopy.extract.meta import letters, squeeze, words_of
from wirecopy.extract.prose import is_prose
from wirecopy.extract.survey import Survey
from wirecopy.model import DateCandidate, DateRole, NameCandidate

_A_LITTLE = 12
_FIRST_BLOCKS = 15
_LONGEST = 120
_NUMBER = re.compile(r"\d\d|@\w+\.\w")
_MOST_NAMES = 6
_MOST_TIMES = 8
_NEAR = 5
_SENTENCE_WORDS = 5
_LINE_CHARS = 160
# Editor : Jane Doe
_LABEL = re.compile(r"[^\W\d_]{3,14}\s?[:：]")
_DASH = re.compile(r"\s[-–—]\s")
_PIECES = re.compile(r"\s*[|·•]\s*")
# A name of two to five words, each with a capital but the particles: Jane Doe, Anna van der Berg, Lê Phương, J. P. Roe
_WORD = r"[^\W\d_a-z][^\W\d_]*+(?:['’-][^\W\d_]++)*+\.?"
_NAME = re.compile(rf"{_WORD}(?:\s(?:(?:van|von|de|del|der|den|da|di|dos|la|le|el|al|bin|zu|ten)\s)*{_WORD}){{1,4}},?")
# Jane Doe/John Roe   Jane Doe and John Roe
_JOINED = re.compile(r"\s*[/,&]\s*|\s+(?:and|und|et|y|e|og|och|en|ve|dan|và)\s+")
_UPDATED = re.compile(
    r"updat|modif|aktualis|stand:|mis à jour|actuali|aggiorn|editad|bijgewerkt|oppdater|uppdater|更新|수정|"
    r"güncel|обновл",
    re.IGNORECASE,
)
# By Jane Doe in Paris   Von Max Muster   文/王小明   记者：王小明
_BYLINE = re.compile(
    r"(?:(?:(?:words|written|story|report(?:ed|ing)?|text|analysis)\s+)?by|von|par|por|door|av|oleh)\s*:?\s+(?-i:[^\W\d_a-z])|"
    r"(?:text|texto|texte|testo|tekst|autor|autora|author|auteur|reporter|autore|"
    r"penulis|pewarta|yazan|muhabir|автор|текст|tác giả)\s*:\s*\w|"
    r"(?:文|撰文|作者|记者|記者|来源|责编|責編|責任編輯|责任编辑)\s*[:：/|｜]\s*\w|(?:记者|記者)\s\w",
    re.IGNORECASE,
)
# A month's name; in Indic scripts signs stand within it that count as no letters.
_MONTH = r"[^\W\d_][^\s\d.,/|()]{2,12}"
# March 18, 2025   18. März 2025   18.03.2025   2025-03-18   2024年4月13日   18/03/2025
_DATE = (
    r"(?:\b\d{1,2}\.\d{1,2}\.\d{2}\b(?=.{1,6}\b\d{1,2}[:.]\d{2}\b)|"
    r"\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}\b|\b\d{4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}|\d{4}[年년]\s?\d{1,2}[月월]"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?{_MONTH}\.?,?\s+(?:de\s+)?\d{{4}}\b|\b{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}\b"
    rf"|\b\d{{4}}\.\s{_MONTH}\s\d{{1,2}}\b)"
)
# 6:00 AM ET, Tue March 18, 2025   12:42, 18 марта 2025
_CLOCK_BEFORE = r"(?:\b\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?(?:\s[A-Z]{2,4}\b)?,?\s(?:on\s)?(?:[^\W\d_]{3,9}[.,]?\s)?)?"
_STATED_DATE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*|1\d{9}(?:\d{3})?")
_DATE_LINE = re.compile(rf"^(?=.{{6,60}}$)[^!?]*{_DATE}", re.IGNORECASE)
_DATED = re.compile(rf"{_CLOCK_BEFORE}{_DATE}.{{0,24}}", re.IGNORECASE)
_DATED_ONLY = re.compile(rf"{_DATE}|\b\d{{1,2}}[:.h]\d{{2}}\b", re.IGNORECASE)
_FEW_LETTERS = 24
# ... op di,   ... on   ... -
_TRAILING = re.compile(r"(?:[\s,|·–-]+(?:[^\W\d_A-Z][^\W\d_]{0,11})?[.,:]?)+$")
_DIGITS = re.compile(r"\d.*\d")


def after_headline(body: etree._Element, blocks: list[Block], headline: str | None) -> frozenset[etree._Element]:
    """Return the elements from a little above a page's headline on; all of them if it prints none."""
    elements = list(body.iter(etree.Element))
    title = _headline_element(body, blocks, headline)
    at = elements.index(title) if title is not None else 0
    return frozenset(elements[max(0, at - _A_LITTLE) :])


def credits_of(
    body: etree._Element, blocks: list[Block], headline: str | None, marked: Survey
) -> frozenset[etree._Element]:
    """Return what holds a marked byline or date between headline and first paragraph, a `footer` in a header included."""
    title = _headline_element(body, blocks, headline)
    if title is None:
        return frozenset()
    elements = list(body.iter(etree.Element))
    begin = elements.index(title)
    place = {element: at for at, element in enumerate(elements[begin:])}
    first = next((block.owner for block in blocks if block.owner in place and is_prose(block)), None)
    if first is None:
        return frozenset()
    around = {first, *first.iterancestors()}
    told = (one for one in (*marked.of("name"), *marked.of("time")) if 0 < place.get(one, 0) < place[first])
    return frozenset(up for one in told for up in itertools.chain([one], one.iterancestors()) if up not in around)


def _headline_element(body: etree._Element, blocks: list[Block], headline: str | None) -> etree._Element | None:
    heading = body.find(".//h1")
    if heading is not None:
        return heading
    key = letters(headline or "")
    inside = set(body.iter())
    printed = (block for block in blocks if key and block.owner in inside and len(block.text) < 2 * len(headline or ""))
    return next((block.owner for block in printed if key in letters(block.text)), None)


def visible_names(elements: Iterable[etree._Element]) -> Iterator[NameCandidate]:
    """Yield what stands in the innermost elements marked as byline or author, if it can be one."""
    marked = list(elements)[: 4 * _MOST_NAMES]
    outer = {up for element in marked if _named(element) for up in element.iterancestors()}
    inner = [element for element in marked if element not in outer]
    texts = map(_together, _side_by_side([element for element in inner if _can_be_byline(_named(element))]))
    for text in list(dict.fromkeys(text for text in texts if _can_be_byline(text)))[:_MOST_NAMES]:
        yield NameCandidate(text, "visible")


def _named(element: etree._Element) -> str:
    """Return the words of an element, with the label before it; microdata may give the name in a meta element alone."""
    words = words_apart(element)
    if not words:
        return next((squeeze(one.get("content") or "") for one in element.iter("meta")), "")
    before = element.getprevious()
    parent = element.getparent()
    label = squeeze((before.tail if before is not None else parent.text if parent is not None else "") or "")
    # Ada Marsh | 18 March 2025
    bare = words if not _NUMBER.search(words) else " | ".join(p for p in _PIECES.split(words) if not _NUMBER.search(p))
    return f"{label} {bare}" if _LABEL.fullmatch(label) else bare


def words_apart(element: etree._Element) -> str:
    """Return the words of an element; where markup alone parts a name from what follows, a dot does in its place."""
    line = ""
    for text in map(str, element.itertext()):
        glued = line[-1:].isalnum() and text[:1].isalnum()
        # A single word belongs to the next: `By` to a name, a first name to a surname.
        is_name = glued and " " in line.rpartition("·")[2].strip()
        line += (" · " if is_name else " " if glued else "") + text
    return squeeze(line)


def _side_by_side(found: list[etree._Element]) -> Iterator[list[etree._Element]]:
    """Yield the elements in groups that stand in one small element: the names of one byline."""
    group: list[etree._Element] = []
    for element in found:
        if group and not _share_a_line(group[-1], element):
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def _share_a_line(one: etree._Element, other: etree._Element) -> bool:
    around = set(itertools.islice(one.iterancestors(), _NEAR))
    shared = next((up for up in itertools.islice(other.iterancestors(), _NEAR) if up in around), None)
    if shared is None or not (_NAME.fullmatch(words_of(one)) and _NAME.fullmatch(words_of(other))):
        return False
    return len(words_of(shared)) < _LINE_CHARS


def _together(group: list[etree._Element]) -> str:
    return ", ".join(dict.fromkeys(map(_named, group)))


def printed_bylines(blocks: Iterable[Block]) -> Iterator[NameCandidate]:
    """Yield short blocks that begin as bylines do, among the first of a page from its headline on."""
    for block, _ in zip(blocks, range(_FIRST_BLOCKS), strict=False):
        if len(block.text) < _LONGEST:
            is_whole = words_of(block.owner) == block.text
            pieces = _PIECES.split(words_apart(block.owner) if is_whole else block.text)
            named = (_undated(piece) for piece in pieces if _BYLINE.match(piece))
            dated = any(map(_DATED.search, pieces))
            beside = [part for piece in pieces for part in _DASH.split(piece) if dated and _NAME.fullmatch(part)]
            yield from (NameCandidate(text, "visible") for text in (*named, *beside) if _can_be_byline(text))


def _undated(byline: str) -> str:
    """Return a byline without the date behind its names: Door Ada Marsh op di, 14/05/2024 - 08:30."""
    found = _DATED.search(byline)
    return _TRAILING.sub("", byline[: found.start()]) if found else byline


def printed_dates(blocks: Iterable[Block]) -> Iterator[DateCandidate]:
    """Yield the dates in short blocks, among the first of a page from its headline on."""
    for block, _ in zip(blocks, range(_FIRST_BLOCKS), strict=False):
        found = _DATED.search(block.text) if len(block.text) < _LONGEST else None
        if found:
            role: DateRole = "modified" if _UPDATED.search(block.text[: found.start()]) else "published"
            yield DateCandidate(found[0].strip(), "visible", role)


def is_credit_line(text: str) -> bool:
    """Tell whether a short line is nothing but a byline or a date."""
    return len(text) < _LONGEST and bool(_BYLINE.match(text) or _DATE_LINE.search(text))


def is_date_line(text: str) -> bool:
    """Tell whether a short line is nothing but dates and a word or two: 14 May 2024 (updated 15 May 2024 | 08:30)."""
    if len(text) >= _LONGEST or text.endswith((".", "!", "?")) or not _DATED.search(text):
        return False
    rest = _DATED_ONLY.sub(" ", text)
    return sum(map(str.isalpha, rest)) <= _FEW_LETTERS


def is_signature(text: str) -> bool:
    """Tell whether a short line is nothing but one to three people's names, as far as their shape tells."""
    names = _JOINED.split(text)
    return len(text) < _LONGEST and len(names) < 4 and all(_NAME.fullmatch(name) for name in names)


def _can_be_byline(text: str) -> bool:
    is_sentence = text.endswith((".", "!", "?")) and len(text.split()) > _SENTENCE_WORDS
    return 2 < len(text) < _LONGEST and not _NUMBER.search(text) and not is_sentence


def visible_dates(elements: Iterable[etree._Element]) -> Iterator[DateCandidate]:
    """Yield the first times of the page: what `time` elements state, and texts in elements marked as dates."""
    for element, _ in zip(elements, range(_MOST_TIMES), strict=False):
        stated = squeeze(element.get("datetime") or "") if element.tag == "time" else ""
        stated = stated or next(
            (str(value) for key, value in element.items() if _states_date(str(key), str(value))), ""
        )
        printed = words_of(element)
        if stated or (5 < len(printed) < 80 and _DIGITS.search(printed)):
            role: DateRole = "modified" if _is_update(element, printed) else "published"
            yield DateCandidate(str(stated or printed), "time" if stated or element.tag == "time" else "visible", role)


def _states_date(key: str, value: str) -> bool:
    """Tell an attribute from which a page's script makes what it prints: data-timestamp="1742290920"."""
    return (key.startswith("data-") or key in {"title", "datetime"}) and bool(_STATED_DATE.fullmatch(value.strip()))


def _is_update(element: etree._Element, printed: str) -> bool:
    parent = element.getparent()
    around = (parent.text or "") if parent is not None else ""
    return bool(
        _UPDATED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''} {around} {printed[:40]}")
    )
