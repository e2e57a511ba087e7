"""What a page's scripts carry as data: JSON in elements of its own, assigned to names, in strings, in React's streams.

Pages that are put together in the browser hold their article there and print nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_MAX_CHARS = 8_000_000
_LEAST_CHARS = 400
_MOST_VALUES = 60

_SCRIPT = re.compile(r"<script(?P<attributes>[^<>]*)>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
# window.__INITIAL_STATE__ = {   Fusion.globalContent={
_ASSIGNED = re.compile(r"=\s*(?=[{\[])")
_PARSED = re.compile(r"""JSON\.parse\(\s*(?P<text>"(?:[^"\\]|\\.)*")""")
_PARSED_SINGLE = re.compile(r"JSON\.parse\(\s*'(?P<text>(?:[^'\\]|\\.)*)'")
_STREAMED = re.compile(r"""__next_f\.push\(\[1,\s*(?P<text>"(?:[^"\\]|\\.)*")\]\)""")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*(?:undefined|void 0|NaN|new Date\([^()]*\))(?=\s*[,}\]])")
# 2f:T4a1,<p>…   3:["$","article",null,{…
_ROW = re.compile(r"(?:^|\n)(?P<id>[0-9a-f]+):(?:T(?P<size>[0-9a-f]+),|(?=[\[{\"]))")
_STRING = re.compile(r'"(?:[^"\\]|\\.){300,}"')
# Angular writes state with entities of its own.
_ANGULAR = {"&q;": '"', "&a;": "&", "&s;": "'", "&l;": "<", "&g;": ">"}


def state_values(html: str) -> list[Any]:
    """Return the values of JSON in a page's scripts, in document order; JSON-LD is none of them. Never raises."""
    found: list[Any] = []
    streamed: list[str] = []
    for kind, text in _scripts(html[:_MAX_CHARS]):
        if len(text) < _LEAST_CHARS or "ld+json" in kind or len(found) >= _MOST_VALUES:
            continue
        if "json" in kind:
            found.extend(_json(text))
        else:
            rows = _STREAMED.findall(text)
            streamed += map(_unquoted, rows)
            found.extend(() if rows else _of_code(text))
    return [*found, *_of_stream("".join(streamed))]


def _scripts(html: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes and the text of each script that ends."""
    at = 0
    while (begin := _SCRIPT.search(html, at)) and (end := _SCRIPT_END.search(html, begin.end())):
        yield begin["attributes"].lower(), html[begin.end() : end.start()]
        at = end.end()


def _json(text: str) -> Iterator[Any]:
    for mend in (str, _unescaped, _without_undefined):
        try:
            yield json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
        return


def _unescaped(text: str) -> str:
    for written, meant in _ANGULAR.items():
        text = text.replace(written, meant)
    return unescape(text)


def _without_undefined(text: str) -> str:
    return _UNDEFINED.sub("null", text)


def _unquoted(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return ""


def _of_code(text: str) -> Iterator[Any]:
    """Yield what a script assigns or parses, else its long strings: the arguments of a function that makes the state."""
    values = [*_assigned(text), *_of_strings(text)]
    yield from values or ([_unquoted(literal)] for literal in _STRING.findall(text)[:_MOST_VALUES])


def _of_strings(text: str) -> Iterator[Any]:
    for match in _PARSED.finditer(text):
        yield from _json(_unquoted(match["text"]))
    for match in _PARSED_SINGLE.finditer(text):
        quoted = match["text"].replace("\\'", "'").replace('"', '\\"').replace('\\\\"', '\\"')
        yield from _json(_unquoted(f'"{quoted}"'))


def _assigned(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    at, tried = 0, 0
    while (match := _ASSIGNED.search(text, at)) and tried < _MOST_VALUES:
        tried += 1
        at = match.end()
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if end - at >= _LEAST_CHARS:
            yield value
        at = end


def _of_stream(text: str) -> Iterator[Any]:
    """Yield the rows of React's stream: texts of a stated length as strings, all others as JSON."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while match := _ROW.search(text, at):
        at = match.end()
        if match["size"]:
            size = int(match["size"], 16)
            row = text[at : at + size].encode("utf-8")[:size].decode("utf-8", "ignore")
            yield [row]
            at += len(row)
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        yield value
