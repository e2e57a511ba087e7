"""Bylines that a page prints near its headline and marks by nothing: told by their words, their place and their links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from wirecopy.agencies import registry
from wirecopy.extract.blocks import Block
from wirecopy.extract.meta import squeeze, words_of
from wirecopy.extract.prose import is_prose
from wirecopy.extract.visible_credits import words_apart

_RULES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "printed_names.toml").read_text("utf-8"))
_LONGEST = 160
_LONGEST_NAME = 80
_SENTENCE_WORDS = 4
_MOST = 6
_FIRST_BLOCKS = 12
_MOST_PASSED = 2


def _any_of(name: str) -> str:
    return "|".join(f"(?:{rule})" for rule in _RULES[name])


_COLON = r"\s?[:：/／＝=・|｜]\s*"
_LABELLED = re.compile(rf"(?:{_any_of('labels')}){_COLON}(?=[^\W\d_])", re.IGNORECASE)
_OPENED = re.compile(rf"(?:{_any_of('openings')})\s+(?-i:[^\W\d_a-z])", re.IGNORECASE)
_OPENING = re.compile(rf"(?:{_any_of('openings')}|{_any_of('labels')})\s?[:：]?", re.IGNORECASE)
_SHORTLY_OPENED = re.compile(rf"(?:{_any_of('short_openings')})\s+", re.IGNORECASE)
_SOURCE = re.compile(rf"(?:{_any_of('sources')})(?:{_COLON}|\s)\s*", re.IGNORECASE)
_SIGNED = re.compile(_RULES["signed"])
_REPORTERS = re.compile(_RULES["reporters"])
_AUTHOR_PAGE = re.compile(rf"(?:^|/)(?:{_any_of('pages')})/[^/]", re.IGNORECASE)

# A name of two to five words, each with a capital but the particles.
_WORD = r"[^\W\d_a-z][^\W\d_]*+(?:['’.-][^\W\d_]++)*+\.?"
_NAME = re.compile(rf"{_WORD}(?:\s(?:(?:van|von|de|del|der|den|da|dos|la|le|el|al|bin|zu|ten|y)\s)*{_WORD}){{1,4}}")
_DATE = re.compile(
    r"\d{4}\s?[年년][\d\s月월日일]+|\b\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\b\.?"
    r"|(?:[^\W\d_]{2,12},?\s+)?\b\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4}\b|\b\d{1,2}\s?[:.h時时시]\s?\d{2}(?:\s?[分분]|:\d\d)?\b(?:\s?(?:[ap]\.?m\.?|Uhr)\b)?"
    r"|\b(?:IST|GMT|UTC|E[SD]T|P[SD]T|CES?T)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_STROKES = re.compile(r"\s*[|·•｜]\s*")
# ... 08:15 来源：城市日报 作者：周锦程   Haber: Deniz ALTAY Giriş: …
_NEXT_LABEL = re.compile(r"\s+(?!by[:：])(?=[^\W\d_]{1,14}[:：／])", re.IGNORECASE)
_EDGES = " \t,;|/·•-–—()[]【】"


def unmarked_bylines(near: Iterable[Block]) -> Iterator[str]:
    """Yield the bylines in the blocks between headline and text, as printed, without dates and addresses."""
    found = list(dict.fromkeys(_found(_head(near))))
    agencies = [text for text in found if registry().find(text)]
    people = [text for text in found if text not in agencies]
    # An agency on a line of its own belongs to the byline beside it.
    yield from [", ".join([*people[:1], *agencies]), *people[1:_MOST]] if found else ()


def _head(near: Iterable[Block]) -> Iterator[Block]:
    """Yield the short lines up to the text: the summary and what may be its first paragraph stand before some."""
    passed = 0
    for block in islice(near, _FIRST_BLOCKS):
        passed += is_prose(block) and not is_byline(block.text)
        if passed > _MOST_PASSED:
            return
        yield block


def _found(head: Iterable[Block]) -> Iterator[str]:
    opening = ""
    for block in head:
        is_whole = words_of(block.owner) == block.text
        line = f"{opening} {words_apart(block.owner) if is_whole else block.text}".strip()
        # `By` may stand on a line of its own.
        opening = block.text if _OPENING.fullmatch(block.text) else ""
        yield from _linked(block)
        yield from bylines_in(line) if not opening else ()


def is_byline(text: str) -> bool:
    """Tell whether a short line says who wrote a report."""
    return len(text) < _LONGEST and not text.endswith((".", "!", "?")) and bool(bylines_in(text))


def bylines_in(text: str) -> list[str]:
    """Return the parts of a line that say who wrote a report or which agency sent it; none of a longer text."""
    if len(text) >= _LONGEST or (text.endswith((".", "!", "?")) and len(text.split()) > _SENTENCE_WORDS):
        return []
    parts = list(_parts(text))
    dated = len(_DATE.split(text)) > 1
    found = [told for part in parts if (told := _told(part, dated=dated))]
    return found or _with_agency(parts)


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a line: what strokes, dates and labels keep apart."""
    for stroke in _STROKES.split(_MAIL.sub(" ", text)):
        for undated in _DATE.split(stroke):
            for labelled in _NEXT_LABEL.split(undated):
                if part := squeeze(labelled).rstrip(_EDGES.replace(",", "")).lstrip(_EDGES):
                    yield part


def _told(part: str, *, dated: bool) -> str:
    """Return what a part of a line says of who wrote the report; beside a date a bare name is enough.

    Before a date and a comma stands a place: Low Quay, March 18, 2025.
    """
    is_place, part = part.endswith(","), part.rstrip(_EDGES)
    if len(part) > _LONGEST_NAME:
        return ""
    if signed := _SIGNED.search(part) or _REPORTERS.match(part):
        return signed.group()
    if _SOURCE.match(part):
        return source_in(part)
    if _LABELLED.match(part) or _OPENED.match(part):
        return _named(part)
    opened = _SHORTLY_OPENED.match(part)
    if opened and _NAME.fullmatch(_named(part[opened.end() :])):
        return _named(part)
    return part if dated and not is_place and _NAME.fullmatch(part) else ""


def source_in(line: str) -> str:
    """Return the agency that a line states as its source (`Kaynak: DHA`), else an empty text."""
    found = _SOURCE.match(line) if len(line) < _LONGEST_NAME else None
    name = line[found.end() :].strip(_EDGES) if found else ""
    return name if name and registry().find(name) else ""


def _named(part: str) -> str:
    """Return a byline without the small words that led to a date behind it: Posted by Jane Doe on."""
    words = part.split()
    while len(words) > 2 and words[-1].islower():
        words.pop()
    return " ".join(words).strip(_EDGES)


def _with_agency(parts: list[str]) -> list[str]:
    """Return a line that is a name and an agency, or an agency alone: JO LANE, Associated Press."""
    line = ", ".join(parts)
    pieces = [piece for piece in re.split(r"\s*(?:[,/()]|\s[-–—]\s)\s*", line) if piece]
    if not pieces or len(pieces) > 4 or len(line) > _LONGEST_NAME or line.endswith("."):
        return []
    known = [piece for piece in pieces if registry().find(piece) and not registry().is_weak(piece)]
    others = [piece for piece in pieces if piece not in known]
    return [line] if known and all(_NAME.fullmatch(piece) or piece.isupper() for piece in others) else []


def _linked(block: Block) -> Iterator[str]:
    """Yield the names that a short line links to pages of authors."""
    if not block.links or len(block.text) >= _LONGEST:
        return
    links = [one for one in block.owner.iter("a") if _AUTHOR_PAGE.search(one.get("href") or "")]
    names = [name for one in links if _can_be_name(name := words_of(one))]
    if names and all(name in block.text for name in names):
        yield ", ".join(dict.fromkeys(names))


def _can_be_name(text: str) -> bool:
    if text.isascii() or any(char.islower() for char in text):
        return bool(_NAME.fullmatch(text))
    return 2 <= len(text) <= 24 and not any(map(str.isdigit, text))
