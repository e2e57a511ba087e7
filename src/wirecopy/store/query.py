"""Reading: a person's SQL over the warehouse, read-only, every value whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from wirecopy.store.connection import Warehouse, translated


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: column names and rows, every value as Python has it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run(warehouse: Warehouse, sql: str, parameters: Any = None) -> Result:
    """Return the answer of one query (or of the last of several).

    Raises `WarehouseBusy` where the file stays locked, and `WarehouseError` with DuckDB's own words for bad SQL.
    """
    with warehouse.reader() as connection:
        try:
            if connection.execute(sql, parameters) is None:  # nothing but comments
                return Result((), ())
            columns = tuple(column[0] for column in connection.description or ())
            return Result(columns, tuple(connection.fetchall()) if columns else ())
        except duckdb.Error as err:
            raise translated(err, "the query") from err


def as_csv(result: Result) -> Iterator[str]:
    """Yield lines of CSV (RFC 4180 quoting, LF ends), the header first; NULL is empty, lists are JSON."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (result.columns, *result.rows):
        writer.writerow([_text(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def as_json(result: Result) -> Iterator[str]:
    """Yield the rows as one JSON array of objects, in pieces; instants are ISO 8601 in UTC."""
    yield "["
    for position, row in enumerate(result.rows):
        yield (",\n " if position else "\n ") + json.dumps(
            dict(zip(result.columns, row, strict=True)), default=_plain, ensure_ascii=False
        )
    yield "\n]\n"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return str(_plain(value)) if isinstance(value, (datetime, date, bytes)) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.hex() if isinstance(value, bytes) else str(value)
