"""A JSON value -> the format that it is of: AP Media, ninjs, or the rows of some dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wirecopy.errors import FormatUnsupported
from wirecopy.formats import apmedia, ninjs
from wirecopy.formats.columns import is_table
from wirecopy.formats.record import Record
from wirecopy.formats.shapes import lifted, rows_of
from wirecopy.model import Article

Mapped = Mapping[str, str] | None


def json_kind(value: Any, mapping: Mapped = None) -> str:
    """Return the format of a JSON document; raises `FormatUnsupported` where it holds no news item."""
    if kind := _wire_kind(value):
        return kind
    if mapping:
        return "json"
    first = next(iter(rows_of(value)), None)
    if not isinstance(first, dict) or not is_table(lifted(first)):
        raise FormatUnsupported("this is JSON without a news item in it")
    keys = Record.of(first).values.keys()
    return "newsplease" if {"maintext", "date_publish"} <= keys else "fundus" if "publishing_date" in keys else "json"


def is_item(value: Any) -> bool:
    """Return whether a member of a list is a news item of any format."""
    if not isinstance(value, dict):
        return False
    return (
        is_table(lifted(value)) or _wire_kind(value) is not None or _wire_kind({"data": {"items": [value]}}) is not None
    )


def wire_items(value: Any) -> Iterator[Article]:
    """Yield the items of a JSON value that is of a wire format; none of one that is not."""
    kind = _wire_kind(value)
    if kind == "apmedia":
        yield from apmedia.read_apmedia(value)
    elif kind == "ninjs":
        yield from ninjs.read_ninjs(value)


def _wire_kind(value: Any) -> str | None:
    if any(True for _ in apmedia.items_of(value)):
        return "apmedia"
    return "ninjs" if any(ninjs.is_item(record) for record in ninjs.items_of(value)) else None
