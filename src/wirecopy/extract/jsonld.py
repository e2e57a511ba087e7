"""JSON-LD of a page: every object in it, and the one that is the article.

Graphs, arrays, nested objects, several articles on one page and broken JSON are all met in the wild.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

Node = dict[str, Any]

_MAX_CHARS = 4_000_000
_MAX_NODES = 20_000
_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|Report|ClaimReview|Review|Posting)$|^NewsArticle|^Opinion", re.IGNORECASE
)
_NO_ARTICLE = frozenset(("JobPosting", "DiscussionForumPosting", "SocialMediaPosting"))

# Wrapped in <!-- --> or <![CDATA[ ]]>, often behind a script comment.
_WRAPPING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?|(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?\s*$")
# A comma before a closing bracket: [1, 2,]
_LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")
_RAW_CONTROL = re.compile("[\x00-\x1f\x7f]")
# One field of an object that cannot be read as a whole.
_FIELD = re.compile(
    r'"(?P<key>@type|headline|datePublished|dateModified|articleSection|articleBody|description)"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"'
)
_AUTHOR = re.compile(r'"author"\s*:\s*(?:\[\s*)?\{[^{}]*?"name"\s*:\s*"(?P<name>(?:[^"\\]|\\.)*)"')


def nodes(root: etree._Element) -> tuple[Node, ...]:
    """Return every JSON-LD object of a page, outer ones before those nested in them, in document order.

    Broken JSON is mended where that is safe, else its plain fields are returned as one object. Never raises.
    """
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _read((script.text or "")[:_MAX_CHARS]):
                found.extend(_flatten(value))
    return tuple(found[:_MAX_NODES])


def types(node: Node) -> tuple[str, ...]:
    """Return the names of a node's types, without the address of their vocabulary."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rpartition("/")[2] for name in names if isinstance(name, str))


def is_article(node: Node) -> bool:
    """Tell whether a node says that it is a text someone wrote."""
    return any(_ARTICLE.search(name) and name not in _NO_ARTICLE for name in types(node))


def text(value: object) -> str:
    """Return the text of a JSON-LD value (a string, a language map, the first of a list), entities read."""
    if isinstance(value, list):
        return next((found for item in value if (found := text(item))), "")
    if isinstance(value, dict):
        return text(value.get("@value") or value.get("name") or value.get("headline") or value.get("url"))
    if isinstance(value, str):
        return unescape(value).strip() if "&" in value else value.strip()
    return ""


def _read(raw: str) -> Iterator[Any]:
    source = raw.strip()
    if not (source.startswith(("{", "[")) and source.endswith(("}", "]"))):
        source = _WRAPPING.sub("", _WRAPPING.sub("", raw)).strip().rstrip(";").strip()
    if not source:
        return
    for attempt in (source, _mended(source), unescape(source)):
        values = list(_values(attempt))
        if values:
            yield from values
            return
    yield _fields(source)


def _mended(source: str) -> str:
    return _LOOSE_COMMA.sub("", _RAW_CONTROL.sub(" ", source)).replace("\\'", "'")


def _values(source: str) -> Iterator[Any]:
    """Yield the JSON values of a text, one after the other; nothing if the first is broken."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while at < len(source):
        try:
            value, at = decoder.raw_decode(source, at)
        except (ValueError, RecursionError):  # RecursionError: nested as deeply as only a bomb is
            return
        yield value
        while at < len(source) and source[at] in " \t\r\n,;":
            at += 1


def _fields(source: str) -> Node:
    """Return the plain fields of an object that no reader could parse, the first of each."""
    node: Node = {}
    for match in _FIELD.finditer(source):
        node.setdefault(match["key"], _unquoted(match["value"]))
    names = [{"name": _unquoted(match["name"])} for match in _AUTHOR.finditer(source)]
    return node | ({"author": names} if names else {})


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _flatten(value: Any) -> Iterator[Node]:
    """Yield the objects of a value, breadth first and without recursion."""
    waiting, seen = [value], 0
    while waiting and seen < _MAX_NODES:
        following: list[Any] = []
        for item in waiting:
            seen += 1
            if isinstance(item, dict):
                yield item
                following.extend(inner for inner in item.values() if isinstance(inner, dict | list))
            elif isinstance(item, list):
                following.extend(inner for inner in item if isinstance(inner, dict | list))
        waiting = following
