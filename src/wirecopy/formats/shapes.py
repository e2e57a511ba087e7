"""A JSON value of any shape -> the rows of a dump: where they lie in it, and what of a row lies deeper.

Rules that live here: which list of an answer holds the rows, how dataframes and databases lay out a table in JSON, and
which object within a row is its envelope. Which name feeds which field is `columns`' matter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wirecopy.formats.columns import fields_of, is_table, is_wrapper

_DEPTH = 5
"""Objects within objects that are looked into for rows, and for a row's fields."""
_LOOKED_AT = 2_000
"""Objects of a document that are looked into for its rows."""
_TOLD = frozenset({"headline", "body", "url", "published"})
"""Fields for whose sake an envelope within a row is opened."""


def rows_of(value: Any) -> list[Any]:
    """Return the rows of a JSON export: of a list, an object, or of the first list of articles within either.

    What is no row of articles itself is returned as the one row.
    """
    waiting = deque([(value, 0)])
    for _ in range(_LOOKED_AT):
        if not waiting:
            break
        held, depth = waiting.popleft()
        if rows := _rows(held):
            return rows
        if depth < _DEPTH:
            waiting.extend((inner, depth + 1) for inner in _inner(held))
    lists = (one for one in _inner(value) if isinstance(one, list) and isinstance(one[0], dict))
    return value if isinstance(value, list) else next(lists, [value])


def _rows(value: Any) -> list[Any]:
    """Return the rows that a value holds as its members, whatever its layout; none if they lie deeper, if at all."""
    if isinstance(value, list):
        return value if any(_is_row(one) for one in value[:3]) else _of_header(value)
    if not isinstance(value, dict):
        return []
    if columns := _of_columns(value):
        return columns
    members = list(value.values())
    keyed = len(members) > 1 and all(isinstance(one, dict) for one in members)
    if keyed and _is_row(members[0]) and len({frozenset(one) for one in members[:3]}) == 1:
        return members
    if _is_row(value):
        return [value]
    listed = isinstance(value.get("columns"), list) and isinstance(value.get("data"), list)
    return _of_header([value["columns"], *value["data"]]) if listed else []


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and (is_table(value) or is_table(lifted(value)))


def _inner(value: Any) -> Iterator[Any]:
    members: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (one for one in members if isinstance(one, dict | list) and one)


def _of_header(value: list[Any]) -> list[Any]:
    """Return the rows of a list of lists of which the first names the columns."""
    if len(value) < 2 or not all(isinstance(one, list) for one in value[:3]):
        return []
    header = value[0]
    if not all(isinstance(name, str) for name in header) or not is_table(header):
        return []
    return [dict(zip(header, row, strict=False)) if isinstance(row, list) else row for row in value[1:]]


def _of_columns(value: dict[str, Any]) -> list[Any]:
    """Return the rows of an object of columns: lists of one length, or objects with the same numbers for keys."""
    if len(value) < 2 or not is_table(value):
        return []
    members = list(value.values())
    if all(isinstance(one, list) for one in members) and len({len(one) for one in members}) == 1:
        return [dict(zip(value, row, strict=True)) for row in zip(*members, strict=True)]
    if not all(isinstance(one, dict) and one for one in members):
        return []
    keys = list(members[0])
    if not all(key.isdigit() for key in keys) or any(list(one) != keys for one in members):
        return []
    return [{name: held[key] for name, held in value.items()} for key in keys]


def lifted(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row with the members of the envelopes in it beside its own; the row itself where it needs none of them.

    An own name goes before one from an envelope, which then stands as `envelope.name`.
    """
    for _ in range(_DEPTH):
        name = next((name for name, held in row.items() if isinstance(held, dict) and _is_envelope(row, name)), None)
        if name is None:
            return row
        held = row[name]
        own = {one: value for one, value in row.items() if one != name}
        row = own | {(f"{name}.{one}" if one in own else str(one)): value for one, value in held.items()}
    return row


def reached(row: Mapping[str, Any], paths: Iterable[str]) -> Mapping[str, Any]:
    """Return a row with what lies at dotted paths (`meta.title`) beside its own members, under the path as its name."""
    found = {path: _at(row, path.split(".")) for path in paths if "." in path and path not in row}
    return {**row, **{path: held for path, held in found.items() if held is not None}}


def _at(value: Any, names: list[str]) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _is_envelope(row: Mapping[str, Any], name: str) -> bool:
    """Return whether an object within a row holds what the row itself lacks, and is no matter of its own."""
    held = row[name]
    others = fields_of(one for one in row if one != name)
    gives = fields_of(held) & _TOLD
    if is_wrapper(name):
        deeper = any(isinstance(one, dict) and is_wrapper(inner) for inner, one in held.items())
        return bool(gives - others) or (deeper and not {"headline", "body"} <= others)
    return len(gives) > 1 and not others & {"headline", "body"}
