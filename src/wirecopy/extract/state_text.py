"""The article in the data of a page's scripts: the longest running text beside the page's own headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wirecopy.extract.meta import letters, squeeze
from wirecopy.extract.page_state import state_values
from wirecopy.markup.fragment import paragraphs
from wirecopy.model import DateCandidate, DateRole, NameCandidate

_LEAST_BYTES = 60
_LEAST_TEXT = 400
_LEAST_PARTS = 3
_NEAR = 6
_OF_ANOTHER = -1_000_000
_LEAST_TITLE = 12
_MOST_PARTS = 2_000
_MOST_NODES = 200_000
_ADDRESS = re.compile(r"^\S*$|^(?:https?:|/|data:)")
# Fields that hold no part of the text itself.
_BESIDE = re.compile(
    r"(?:^|_|[a-z])(?:url|uri|src|href|id|ids|slug|class(?:name)?|style|caption|alt|credits?|by_?line|authors?|bio|image|thumbnail|tags?|"
    r"keywords?|related|recommend\w*|embed|ads?|promo\w*|newsletter\w*|titles?|headlines?|name|description|summary|teaser|excerpt|meta\w*|"
    r"seo|comments?|type|kind|lang|key|consent|i18n|translations?|messages?)$",
    re.IGNORECASE,
)
_TITLES = ("headline", "title", "name", "heading", "basic")
_WHEN = r"_?(?:at|on|date|time|datetime)?"
_DATES: tuple[tuple[re.Pattern[str], DateRole], ...] = (
    (
        re.compile(rf"(?:first|date|time)?_?(?:published|publish|publication|display){_WHEN}", re.IGNORECASE),
        "published",
    ),
    (re.compile(rf"(?:last|date|time)?_?(?:modified|updated?|modification){_WHEN}", re.IGNORECASE), "modified"),
)
_AUTHORS = re.compile(r"authors?|by_?lines?|creators?|writers?|reporters?", re.IGNORECASE)
_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div", "section", "article", "ul", "ol")
)


@dataclass(frozen=True, slots=True)
class StateText:
    """An article as the data of a page's scripts has it; empty where they hold none."""

    paragraphs: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    names: tuple[NameCandidate, ...] = ()

    @property
    def size(self) -> int:
        """Return the size of the text in bytes of UTF-8."""
        return sum(len(text.encode("utf-8", "replace")) for text in self.paragraphs)


def read_state(html: str, headline: str, *, is_article: bool) -> StateText:
    """Return the longest text in a page's data that stands near its headline, else one that has no rival; never raises.

    `is_article` tells that the page says to be one: of any other only a text near the headline counts.
    """
    found = [text for value in state_values(html) for text in _texts(value, letters(headline))]
    told = [text for text in found if text.near > 0]
    found = [text for text in found if text.near > _OF_ANOTHER // 2]
    best = max(told or (found if is_article else []), key=lambda text: text.size, default=None)
    if best is None or (not told and any(2 * text.size > best.size for text in found if text.parts != best.parts)):
        return StateText()
    about = best.about or {}
    return StateText(best.parts, tuple(_dates(about)), tuple(_names(about)))


@dataclass(frozen=True, slots=True)
class _Text:
    parts: tuple[str, ...]
    size: int
    near: int
    """Above 0 within reach of the headline, far below under that of another story."""
    about: dict[str, Any] | None


def _texts(value: Any, headline: str) -> Iterator[_Text]:
    """Yield the running texts in a value, without recursion; `about` is the object with the headline around a text."""
    waiting: list[tuple[Any, int, dict[str, Any] | None]] = [(value, 0, None)]
    seen = 0
    while waiting and seen < _MOST_NODES:
        node, near, about = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            titles = _titles(node)
            if headline and headline in titles:
                near, about = _NEAR, node
            elif any(len(title) >= _LEAST_TITLE for title in titles):
                near, about = _OF_ANOTHER, None
            waiting += [
                (inner, near - 1, about if near > 0 else None) for key, inner in node.items() if not _BESIDE.search(key)
            ]
            continue
        parts = _parts_of_list(node) if isinstance(node, list) else _parts_of_text(node)
        if size := sum(len(part.encode("utf-8", "replace")) for part in parts):
            yield _Text(tuple(parts), size, near, about)
        if isinstance(node, list):
            waiting += [(inner, near - 1, about if near > 0 else None) for inner in node]


def _titles(node: dict[str, Any]) -> list[str]:
    values = (node.get(key) for key in (*_TITLES, "headlines"))
    told = (value.get("basic") or value.get("rendered") if isinstance(value, dict) else value for value in values)
    return [letters(value) for value in told if isinstance(value, str)]


def _parts_of_text(value: Any) -> list[str]:
    if not isinstance(value, str) or len(value) < _LEAST_TEXT // 3 or _ADDRESS.match(value):
        return []
    parts = _split(value)
    return parts if _is_running(parts, least=1) else []


def _split(text: str) -> list[str]:
    return [part for part in paragraphs(text).split("\n\n") if part]


def _parts_of_list(items: list[Any]) -> list[str]:
    if not _LEAST_PARTS <= len(items) <= _MOST_PARTS:
        return []
    if (
        sum(any(len(title) >= _LEAST_TITLE for title in _titles(item)) for item in items if isinstance(item, dict))
        > len(items) // 2
    ):
        return []  # a list of stories, each with a title of its own
    parts = [part for item in items for part in _split("".join(_leaves(item, 0)))]
    return parts if _is_running(parts, least=_LEAST_PARTS) else []


def _is_running(parts: list[str], *, least: int) -> bool:
    long = [part for part in parts if len(part.encode("utf-8", "replace")) >= _LEAST_BYTES and not _ADDRESS.match(part)]
    size = sum(map(len, long))
    return (
        len(long) >= least
        and sum(len(part.encode()) for part in long) >= _LEAST_TEXT
        and 2 * size > sum(map(len, parts))
    )


def _leaves(node: Any, depth: int) -> Iterator[str]:
    """Yield the words under a node of a text as HTML: pieces in line as they are, blocks as paragraphs."""
    if isinstance(node, str):
        yield "" if _ADDRESS.match(node) and depth == 0 else node
    elif depth > 12:
        return
    elif isinstance(node, list):
        yield from (
            _react(node, depth) if node[:1] == ["$"] else (leaf for item in node for leaf in _leaves(item, depth + 1))
        )
    elif isinstance(node, dict):
        inner = [leaf for key, value in node.items() if not _BESIDE.search(key) for leaf in _leaves_of(value, depth)]
        is_block = str(node.get("type") or node.get("tag") or "").lower().startswith(("p", "h", "li", "block", "quote"))
        yield from ("<p>", *inner, "</p>") if is_block else inner


def _leaves_of(value: Any, depth: int) -> Iterator[str]:
    if not isinstance(value, str) or " " in value.strip() or depth > 0:
        yield from _leaves(value, depth + 1)


def _react(node: list[Any], depth: int) -> Iterator[str]:
    """Yield the words of a React element: ["$", tag, key, {"children": …}]."""
    properties = node[3] if len(node) > 3 and isinstance(node[3], dict) else {}
    inner = _leaves(properties.get("children"), depth + 1)
    yield from ("<p>", *inner, "</p>") if node[1] in _BLOCKS else inner


def _dates(about: dict[str, Any]) -> Iterator[DateCandidate]:
    for key, value in about.items():
        if isinstance(value, (str, int)) and not isinstance(value, bool) and len(str(value)) >= 8:
            for named, role in _DATES:
                if named.fullmatch(key):
                    yield DateCandidate(str(value), "meta", role)


def _names(about: dict[str, Any]) -> Iterator[NameCandidate]:
    for key, value in about.items():
        if _AUTHORS.fullmatch(key):
            for one in value if isinstance(value, list) else [value]:
                name = one.get("name") or one.get("title") if isinstance(one, dict) else one
                if isinstance(name, str) and squeeze(name):
                    yield NameCandidate(squeeze(name), "meta")
