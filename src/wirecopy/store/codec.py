"""Values of `model` as JSON text and back, by their declared types; nothing that runs code on reading."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def encode(value: Any) -> str:
    """Return a value as one JSON text; fields that hold their default are left out."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """Return the value that `encode` wrote; raises ValueError, KeyError or TypeError for another text."""
    value: T = _reader(cast("Any", kind))(json.loads(text))
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            entry.name: _plain(given)
            for entry in fields(value)
            if (given := getattr(value, entry.name)) != entry.default
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


@cache
def _reader(kind: Any) -> Reader:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _optional(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if is_dataclass(kind):
        return _dataclass(kind)
    if kind is datetime or kind is date:
        return kind.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if origin is Literal or kind in {str, int, float, bool}:
        return lambda value: value
    raise TypeError(f"no reader for {kind}")


def _optional(arguments: tuple[Any, ...]) -> Reader:
    (wanted,) = (one for one in arguments if one is not types.NoneType)
    read = _reader(wanted)
    return lambda value: None if value is None else read(value)


def _tuple(arguments: tuple[Any, ...]) -> Reader:
    if arguments[-1] is Ellipsis:
        read = _reader(arguments[0])
        return lambda values: tuple(read(one) for one in values)
    readers = [_reader(one) for one in arguments]
    return lambda values: tuple(read(one) for read, one in zip(readers, values, strict=True))


def _dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    names = [entry.name for entry in fields(kind)]

    def read(values: dict[str, Any]) -> Any:
        return kind(**{name: _reader(hints[name])(values[name]) for name in names if name in values})

    return read
