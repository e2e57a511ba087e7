"""Dumps -> Article: JSON Lines, delimited tables, Parquet and JSON exports, row by row, bad rows beside their neighbours.

Which column feeds which field is `columns`' matter, what a cell says `rows`'.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, BinaryIO

from wirecopy.errors import ContentError, MarkupUnreadable
from wirecopy.formats.columns import Columns, folded, match_columns
from wirecopy.formats.delimited import read_table
from wirecopy.formats.reading import Outcome
from wirecopy.formats.rows import article_of_row
from wirecopy.formats.shapes import lifted, reached, rows_of
from wirecopy.markup.blocks import Piece
from wirecopy.markup.json import parse_json_text
from wirecopy.model import Article

Mapped = Mapping[str, str] | None
_ROWS = 500


def read_json_lines(
    lines: Iterable[str], mapping: Mapped = None, *, before: int = 0, items_of: Callable[[Any], Iterable[Article]]
) -> Iterator[Outcome]:
    """Yield the article of each line's object; a line that cannot be read is yielded as an error, and reading goes on.

    `before` is how many lines of the file are not in `lines`, for what is said of a line.
    `items_of` gives the items of an object that is of a wire format itself; one that gives none is a row of a dump.
    """
    for number, line in enumerate(lines, start=before + 1):
        if not line.strip():
            continue
        try:
            row = parse_json_text(line)
        except MarkupUnreadable as err:
            yield MarkupUnreadable(f"line {number}: {err.message}", reason=err.reason)
            continue
        if not isinstance(row, dict):
            yield MarkupUnreadable(f"line {number} holds no object")
        elif items := () if mapping else tuple(items_of(row)):
            yield from items
        else:
            yield _of_object(row, mapping, "jsonl", f"line {number}")


def read_csv(lines: Iterable[str], mapping: Mapped = None, *, before: int = 0) -> Iterator[Outcome]:
    """Yield the article of each row of a table with a header; a row that cannot be read is yielded as an error.

    `before` is how many lines of the file between header and rows are not in `lines`.
    """
    table = read_table(lines)
    columns = match_columns(table.header, mapping)
    _check_mapped(table.header, mapping)
    for at, row in table.rows:
        number = before + at
        if isinstance(row, list):
            yield _outcome(dict(zip(table.header, row, strict=True)), columns, "csv", f"the row of line {number}")
        else:
            yield MarkupUnreadable(f"the row of line {number}: {row.message}", reason=row.reason)


def _of_object(row: Mapping[str, Any], mapping: Mapped, format_name: str, place: str) -> Outcome:
    """Return the outcome of a row that is an object, its envelopes opened."""
    flat = row
    if any(isinstance(held, dict) for held in row.values()):
        flat = reached(row, mapping) if mapping else lifted(row)
    return _outcome(flat, match_columns(flat, mapping), format_name, place)


def _outcome(row: Mapping[str, Any], columns: Columns, format_name: str, place: str) -> Outcome:
    """Return the article of a row, or the error that says where the row stands."""
    try:
        return article_of_row(row, columns, format_name=format_name)
    except ContentError as err:
        return MarkupUnreadable(f"{place}: {err.message}", reason=err.reason)


def _check_mapped(names: Iterable[str], mapping: Mapped) -> None:
    """Raise `MarkupUnreadable` where a table has none of the columns that are mapped."""
    held = {folded(name) for name in names}
    if mapping and not any(folded(column) in held for column in mapping):
        raise MarkupUnreadable(
            f"the table has none of the mapped columns {', '.join(mapping)}: it has {', '.join(names)}"[:300]
        )


def read_parquet(file: BinaryIO, mapping: Mapped = None, *, before: int = 0) -> Iterator[Outcome]:
    """Yield the article of each row of a Parquet file, batch by batch; raises `MarkupUnreadable` for a broken file.

    `before` is how many rows are not in `file`, which is a part of a larger one.
    """
    import pyarrow as pa  # noqa: PLC0415  # 0.2 s, for Parquet alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(file)
        names = table.schema_arrow.names
        _check_mapped(names, mapping)
        rows = (row for batch in table.iter_batches(batch_size=_ROWS) for row in batch.to_pylist())
        for number, row in enumerate(rows, start=before + 1):
            yield _of_object(row, mapping, "parquet", f"row {number}")
    except (pa.ArrowException, OSError) as err:
        raise MarkupUnreadable(f"the Parquet file is broken: {str(err).splitlines()[0][:200]}") from err


def parquet_pieces(file: IO[bytes]) -> Iterator[Piece]:
    """Yield small Parquet files of the rows of one, in order; raises `MarkupUnreadable` for a broken file."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(file)
        size, rows, done = file.seek(0, io.SEEK_END), max(table.metadata.num_rows, 1), 0
        for batch in table.iter_batches(batch_size=_ROWS):
            sink = io.BytesIO()
            pq.write_table(pa.Table.from_batches([batch]), sink)
            yield Piece(size * done // rows, sink.getvalue(), done)
            done += batch.num_rows
    except (pa.ArrowException, OSError) as err:
        raise MarkupUnreadable(f"the Parquet file is broken: {str(err).splitlines()[0][:200]}") from err


def read_rows(value: Any, mapping: Mapped = None, *, format_name: str) -> Iterator[Outcome]:
    """Yield the article of each object of a JSON export: one object, a list, or a list under a usual name."""
    for number, row in enumerate(rows_of(value), start=1):
        if isinstance(row, dict):
            yield _of_object(row, mapping, format_name, f"member {number} of the list")
        else:
            yield ContentError(f"member {number} of the list is no object")
