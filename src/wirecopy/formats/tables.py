"""Rows of dumps (JSON Lines, CSV, Parquet, JSON exports) -> Article. Columns are matched by common names or a mapping.

Unknown columns are kept as received in `extra`. The common names are data (`columns.toml`).
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from wirecopy.errors import ContentError, MarkupUnreadable, SettingsError
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import marked_text
from wirecopy.formats.reading import Outcome
from wirecopy.markup.json import parse_json_text
from wirecopy.model import Article, NameCandidate

MAX_CELL = 5_000_000
# https://n.example/a   //n.example/a   n.example/a   but not 7346
_ADDRESS = re.compile(r"(?:[a-z]+:)?//\S|[\w-]+(?:\.[\w-]+)+(?:/|$)", re.IGNORECASE)
_NAMES = ("name", "title", "value", "uri")
_STAMPS = ("published", "modified")

Columns = Mapping[str, str]
"""Lower-case column name -> field."""


@cache
def _common() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    return {field: tuple(names) for field, names in data["columns"].items()}


def match_columns(names: Iterable[str], mapping: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return which column feeds which field (`{column: field}`), `mapping` (`{column: field}`) before common names.

    Raises `SettingsError` for a mapping to a field that does not exist or from a column that is not there.
    """
    held = {_folded(name): name for name in names}
    chosen = _mapped(held, mapping or {})
    for field, common in _common().items():
        if field in chosen.values():
            continue
        column = next((held[name] for name in common if name in held and held[name] not in chosen), None)
        if column is not None:
            chosen[column] = field
    return chosen


def _mapped(held: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for column, field in mapping.items():
        target = "published" if field in {"published_at", "date"} else "byline" if field == "authors" else field
        target = {"title": "headline", "text": "body", "id": "dump_id", "source": "outlet"}.get(target, target)
        if target not in _common():
            raise SettingsError(
                f"there is no field {field!r} to map a column to", remedy="one of " + ", ".join(_common())
            )
        if _folded(column) in held:
            chosen[held[_folded(column)]] = target
    return chosen


def _folded(name: str) -> str:
    return name.strip().strip("\ufeff").lower().replace(" ", "_").replace("-", "_")


def is_table(names: Iterable[str]) -> bool:
    """Return whether column names are those of a dump of articles: a text or a headline, and something beside it."""
    fields = set(match_columns(names).values())
    return bool(fields & {"headline", "body"}) and len(fields) >= 2


def article_of_row(row: Mapping[str, Any], columns: Columns, *, format_name: str) -> Article:
    """Return the article of one row; `columns` says which column feeds which field."""
    values: dict[str, Any] = {}
    extra: list[tuple[str, str]] = []
    for column, value in row.items():
        field = columns.get(column)
        if field:
            values[field] = value
        elif (text := _text(value)) != "":
            extra.append((str(column), text))
    names = _texts(values.pop("byline", None))
    abstract = _text(values.pop("abstract", None))
    body = marked_text(_text(values.pop("body", None)))
    fields: dict[str, Any] = {}
    stamps = Stamps(**{name: _stamp(values.pop(name, None)) for name in _STAMPS})
    if "url" in values and not _ADDRESS.match(_text(values["url"])):
        values.setdefault("dump_id", values.pop("url"))
    keywords = _keywords(values.pop("keywords", None))
    fields |= {field: _text(value) for field, value in values.items()}
    if abstract:
        extra.append(("abstract", abstract))
    return assemble(
        format_name,
        stamps,
        body=body,
        byline=", ".join(names),
        names=tuple(NameCandidate(name, "byline") for name in names),
        keywords=keywords,
        extra=tuple(extra),
        **fields,
    )


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):  # dataframes write a missing cell so
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, dict) and (named := [value[name] for name in _NAMES if isinstance(value.get(name), str)]):
        return str(named[0]).strip()
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the strings of a list, of a string that writes a list, or of a plain string."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = parse_json_text(value.replace("'", '"'))
        except MarkupUnreadable:
            return (value.strip(),)
    many = value if isinstance(value, list | tuple) else [value]
    texts = (_text(one.get("name") if isinstance(one, dict) else one) for one in many)
    return tuple(dict.fromkeys(text for text in texts if text))


def _keywords(value: Any) -> tuple[str, ...]:
    texts = _texts(value)
    if len(texts) == 1:
        texts = tuple(part.strip() for part in texts[0].replace(";", ",").split(","))
    return tuple(dict.fromkeys(text for text in texts if text))


# Seconds or milliseconds since 1970 between 1973 and 2286.
_SECONDS = (100_000_000, 10_000_000_000)


def _stamp(value: Any) -> str:
    text = _text(value)
    number = float(text) if text.replace(".", "", 1).isdigit() and len(text) >= 9 else 0.0
    number = number / 1000 if number >= _SECONDS[1] else number
    if _SECONDS[0] <= number < _SECONDS[1]:
        return dt.datetime.fromtimestamp(number, dt.UTC).isoformat()
    return text


def read_json_lines(
    lines: Iterable[str], mapping: Mapping[str, str] | None = None, *, items_of: Callable[[Any], Iterable[Article]]
) -> Iterator[Outcome]:
    """Yield the article of each line's object; a line that cannot be read is yielded as an error, and reading goes on.

    `items_of` gives the items of an object that is of a wire format itself; one that gives none is a row of a dump.
    """
    columns: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = parse_json_text(line)
        except MarkupUnreadable as err:
            yield MarkupUnreadable(f"line {number}: {err.message}", reason=err.reason)
            continue
        if not isinstance(row, dict):
            yield MarkupUnreadable(f"line {number} holds no object")
            continue
        if items := () if mapping else tuple(items_of(row)):
            yield from items
            continue
        if not row.keys() <= columns.keys():
            columns = match_columns(row, mapping)
            columns |= dict.fromkeys(row.keys() - columns.keys(), "")
        yield article_of_row(row, columns, format_name="jsonl")


def read_csv(lines: Iterable[str], mapping: Mapping[str, str] | None = None) -> Iterator[Outcome]:
    """Yield the article of each row of a table with a header; a row that cannot be read is yielded as an error."""
    source = iter(lines)
    first = next(source, "")
    delimiter = delimiter_of(first)
    csv.field_size_limit(MAX_CELL)
    header = next(csv.reader([first], delimiter=delimiter), [])
    columns = match_columns(header, mapping)
    rows = csv.reader((line + "\n" for line in source), delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as err:
            yield MarkupUnreadable(f"row {rows.line_num}: {err}")
            continue
        if cells:
            yield _of_cells(header, cells, columns)


def _of_cells(header: list[str], cells: list[str], columns: Columns) -> Outcome:
    if len(cells) != len(header):
        return MarkupUnreadable(f"a row has {len(cells)} cells where the header has {len(header)}", reason="cut off")
    return article_of_row(dict(zip(header, cells, strict=True)), columns, format_name="csv")


def delimiter_of(header: str) -> str:
    """Return the mark that parts the columns of a header line: the one that occurs most."""
    return max(",;\t|", key=header.count)


def read_parquet(file: BinaryIO, mapping: Mapping[str, str] | None = None) -> Iterator[Outcome]:
    """Yield the article of each row of a Parquet file, batch by batch; raises `MarkupUnreadable` for a broken file."""
    import pyarrow as pa  # noqa: PLC0415  # 0.2 s, for Parquet alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(file)
        columns = match_columns(table.schema_arrow.names, mapping)
        for batch in table.iter_batches(batch_size=500):
            for row in batch.to_pylist():
                yield article_of_row(row, columns, format_name="parquet")
    except (pa.ArrowException, OSError) as err:
        raise MarkupUnreadable(f"the Parquet file is broken: {str(err).splitlines()[0][:200]}") from err


def read_rows(value: Any, mapping: Mapping[str, str] | None = None, *, format_name: str) -> Iterator[Outcome]:
    """Yield the article of each object of a JSON export: one object, a list, or a list under a usual name."""
    for row in rows_of(value):
        if isinstance(row, dict):
            yield article_of_row(row, match_columns(row, mapping), format_name=format_name)
        else:
            yield ContentError("a member of the list is no object")


def rows_of(value: Any) -> list[Any]:
    """Return the objects of a JSON export."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not is_table(value):
        listed = [held for held in value.values() if isinstance(held, list) and held and isinstance(held[0], dict)]
        return listed[0] if listed else [value]
    return [value]
