"""Bytes -> JSON value, within bounds of size and depth, with the small repairs that wires need.

Rules that live here: which slips of a sender are mended (raw control characters, backslashes before characters that need
none, a byte order mark). A document that is cut off is never completed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.wire_encoding import decode_wire

MAX_BYTES = 48_000_000
MAX_DEPTH = 100
MAX_MEMBERS = 1_500_000

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
# {"headline": "The \“quiet\” street"}: a backslash before a character that needs none
_USELESS_ESCAPE = re.compile(r'(\\\\)|\\(?![\\"/bfnrt]|u[0-9A-Fa-f]{4})')
# {"total": 2, "item": [ {...}, {...} ...
_LIST_AHEAD = re.compile(r'\s*(?:\{(?:[^\[\]{}"]|"(?:[^"\\]|\\.)*+")*?"[\w-]+"\s*:\s*)?\[')

_BETWEEN = re.compile(r"[\s,]*")
_ITEM_NAMES = re.compile(r'"(?:uri|guid|headlines?|title|bod(?:y|ies)\w*|versioncreated|text|altids)"', re.IGNORECASE)

_DECODER = json.JSONDecoder(strict=False)


def parse_json(data: bytes) -> Any:
    """Return the value of a JSON document; raises `MarkupUnreadable` where it is broken, cut off, too deep or too large."""
    return parse_json_text(json_text(data))


def json_text(data: bytes) -> str:
    """Decode a JSON document, without byte order mark and padding; raises `MarkupUnreadable` for blank or huge input."""
    if len(data) > MAX_BYTES:
        raise MarkupUnreadable(f"the JSON is larger than {MAX_BYTES // 1_000_000} MB", reason="too large")
    text = decode_wire(data).text.strip("\ufeff\0 \t\r\n")
    if not text:
        raise MarkupUnreadable("the file is empty or blank", reason="empty")
    return text


def parse_json_text(text: str) -> Any:
    """Return the value of JSON text; raises as `parse_json`."""
    if text.count(",") > MAX_MEMBERS:
        raise MarkupUnreadable(f"the JSON has more than {MAX_MEMBERS} members", reason="too large")
    _check_depth(text)
    try:
        return _DECODER.decode(text)
    except ValueError as err:
        mended = _USELESS_ESCAPE.sub(lambda found: found.group(1) or "", text)
        if mended == text:
            raise _unreadable(err) from err
    try:
        return _DECODER.decode(mended)
    except ValueError as err:
        raise _unreadable(err) from err


def complete_members(text: str) -> Iterator[Any]:
    """Yield what is whole of a document that is not: its first values, or the members of a list that is cut off.

    A list within an object that is itself an item, such as its subjects, is no list of items.
    """
    at = 0
    if _whole_value(text) is None:
        start = _LIST_AHEAD.match(text)
        at = start.end() if start and not _ITEM_NAMES.search(start.group()) else len(text)
    while at < len(text):
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip(" \t\r\n,"))
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, IndexError):
            return
        yield value


def _next_member(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def joined_values(text: str) -> list[Any] | None:
    """Return the values of a text that is one JSON value behind another, None where any of it is something else."""
    values, at = [], 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        at = _next_member(text, at)
    return values


def _whole_value(text: str) -> Any:
    try:
        return _DECODER.raw_decode(text, 0)[0]
    except (ValueError, IndexError):
        return None


def _unreadable(err: ValueError) -> MarkupUnreadable:
    if not isinstance(err, json.JSONDecodeError):
        return MarkupUnreadable("the JSON holds a number that is too long", reason="too large")
    rest = err.doc[err.pos :].strip()
    if not rest or "Unterminated" in err.msg:
        return MarkupUnreadable(f"the JSON is cut off at character {err.pos}", reason="cut off")
    return MarkupUnreadable(f"the JSON is broken at character {err.pos}: {err.msg}")


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if found.group() in "[{" else -1
        if depth > MAX_DEPTH:
            raise MarkupUnreadable(f"the JSON is nested more than {MAX_DEPTH} deep", reason="too deep")
