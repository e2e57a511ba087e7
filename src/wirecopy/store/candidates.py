"""Whom a text may share wording with: pairs of revisions that meet in a band and whose sketches do not rule each other out.

Both are said by the two texts alone, so that the pairs do not depend on what came first.
"""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wirecopy.dedupe.sketch import BYTES, worth_comparing
from wirecopy.store.files import statement
from wirecopy.store.write import staged

Keys = NDArray[np.int64]
_AT_ONCE = 200_000
"""Pairs whose sketches are held beside each other at once."""
_PROBES_AT_ONCE = 4_000
"""Texts whose likes are sought at once: each may meet hundreds that share no more than their template."""


def candidates(connection: duckdb.DuckDBPyConnection, probing: pa.Table, window_days: int) -> list[tuple[int, int]]:
    """Return the pairs of revisions, lesser first and in order, that may share text and hold one of `probing`.

    `probing` has the columns revision_key, month, exact, words, bands and sketch of texts that are landed or on their
    way; what is held of them counts no more.
    """
    months = sorted({month for month in probing.column("month").to_pylist() if month is not None})
    reach = [(month, near) for month in months for near in months_within(month, window_days)]
    listed = ", ".join(str(month) for month in sorted({near for _, near in reach})) or "null"
    near_months = pa.table(
        {
            "of_month": pa.array([of for of, _ in reach], pa.int32()),
            "month": pa.array([m for _, m in reach], pa.int32()),
        }
    )
    sql = statement("candidates").replace("{months}", f"({listed})")
    pairs: list[tuple[int, int]] = []
    with staged(connection, probing=probing, probing_month=near_months):
        for start in range(0, probing.num_rows, _PROBES_AT_ONCE):
            with staged(connection, probes=probing.slice(start, _PROBES_AT_ONCE)):
                found = connection.execute(sql).to_arrow_table()
            pairs += _worth_comparing(connection, probing, found, _months_of_met(probing, listed))
    return sorted(pairs)


def _integers(table: pa.Table, name: str) -> Keys:
    return np.asarray(table.column(name).combine_chunks(), dtype=np.int64)


def _worth_comparing(
    connection: duckdb.DuckDBPyConnection, probing: pa.Table, found: pa.Table, within: str
) -> list[tuple[int, int]]:
    """Return those pairs whose sketches do not rule each other out."""
    both = pa.chunked_array([*found.column("one").chunks, *found.column("other").chunks], pa.int64())
    coded = both.combine_chunks().dictionary_encode()
    keys, at = np.asarray(coded.dictionary), np.asarray(coded.indices)
    sketches = _sketches(connection, probing, keys, within)
    one, other, meetings = at[: found.num_rows], at[found.num_rows :], _integers(found, "meetings")
    parts = [slice(start, start + _AT_ONCE) for start in range(0, len(one), _AT_ONCE)]
    judged = [worth_comparing(sketches[one[part]], sketches[other[part]], meetings[part]) for part in parts]
    kept = np.concatenate([np.zeros(0, dtype=np.bool_), *judged])
    return list(zip(keys[one[kept]].tolist(), keys[other[kept]].tolist(), strict=True))


def _months_of_met(probing: pa.Table, listed: str) -> str:
    """Return the condition on the months in which whom probes meet stands; a text without a date meets any."""
    return "month is not null" if probing.column("month").null_count else f"month in ({listed})"


def _sketches(connection: duckdb.DuckDBPyConnection, probing: pa.Table, keys: Keys, within: str) -> NDArray[np.uint64]:
    """Return a row a key: the sketch of a text on its way, or of one that is held."""
    table = np.zeros((len(keys), BYTES // 8), dtype="<u8")
    _fill(table, keys, probing)
    held = np.setdiff1d(keys, _integers(probing, "revision_key"))
    if len(held):
        with staged(connection, wanted_revision=pa.table({"revision_key": pa.array(held)})):
            sql = statement("sketches").replace("{within}", within)
            _fill(table, keys, connection.execute(sql).to_arrow_table())
    return table


def _fill(table: NDArray[np.uint64], keys: Keys, sketched: pa.Table) -> None:
    """Write the sketches of those rows whose keys are asked for."""
    found = _integers(sketched, "revision_key")
    asked = np.isin(found, keys)
    column = sketched.column("sketch").combine_chunks().cast(pa.binary(BYTES))
    start = column.offset * BYTES
    values = np.frombuffer(column.buffers()[1] or b"", dtype="<u8", count=len(found) * BYTES // 8, offset=start)
    order = np.argsort(keys)
    table[order[np.searchsorted(keys, found[asked], sorter=order)]] = values.reshape(-1, BYTES // 8)[asked]


def months_within(month: int, window_days: int) -> tuple[int, ...]:
    """Return the months (year * 100 + month) that hold a day within the window of a day of this one."""
    first = date(month // 100, month % 100, 1)
    reach = timedelta(days=window_days)
    start, end = (
        max(first.toordinal() - reach.days, 1),
        min((_next(first) - timedelta(days=1) + reach).toordinal(), date.max.toordinal()),
    )
    day, last = date.fromordinal(start).replace(day=1), date.fromordinal(end)
    found = []
    while day <= last:
        found.append(day.year * 100 + day.month)
        day = _next(day)
    return tuple(found)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
