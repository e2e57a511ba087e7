"""The warehouse's own checks: SQL that returns offending rows, and says whether they stop or warn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, cast

import duckdb

from wirecopy.store.files import sql_files

_HEAD = re.compile(r"-- (?P<severity>stop|warn): (?P<promise>.+)")
_SHOWN = 20
"""Offending rows that a result carries along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check: what it promises, how many rows offend, and the first of them."""

    name: str
    severity: Literal["stop", "warn"]
    promise: str
    offending: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run_checks(connection: duckdb.DuckDBPyConnection) -> tuple[CheckResult, ...]:
    """Run every check over an open connection, by name."""
    return tuple(_run(connection, name, sql) for name, sql in sql_files("checks"))


def _run(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> CheckResult:
    head = _HEAD.match(sql)
    assert head, f"checks/{name}.sql does not begin with its severity and promise"
    cursor = connection.execute(sql)
    columns = tuple(column[0] for column in cursor.description or ())
    rows = cursor.fetchall()
    return CheckResult(
        name=name,
        severity=cast("Literal['stop', 'warn']", head["severity"]),
        promise=head["promise"],
        offending=len(rows),
        columns=columns,
        rows=tuple(rows[:_SHOWN]),
    )
