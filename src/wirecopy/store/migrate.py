"""The schema's history: numbered migrations with a ledger, then views and macros as the files have them.

Migrations are append-only. Each runs in one transaction with its ledger row. Views and macros hold nothing, so they are
made again whenever their files changed.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from graphlib import TopologicalSorter
from typing import NamedTuple

import duckdb

from wirecopy.errors import MigrationRefused
from wirecopy.store.files import sql_files

_LEDGER = """
create schema if not exists raw;
create schema if not exists core;
create schema if not exists wire;
create schema if not exists report;
create table if not exists core.migration (name varchar, checksum varchar, applied_at timestamptz);
comment on table core.migration is 'One migration that was applied, or the state of views and macros';
comment on column core.migration.name is 'file name without its suffix; definitions stands for views and macros';
comment on column core.migration.checksum is 'SHA-256 of its text';
comment on column core.migration.applied_at is 'when it was applied';
"""
_DEFINITIONS = "definitions"
_REFERENCE = re.compile(r"\b(wire|report)\.(\w+)")


class Definition(NamedTuple):
    """A view or macro file: the object's schema and name, and the SQL that makes it."""

    schema: str
    name: str
    sql: str


def migrate(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Bring the schema up to date and return the names of what was applied; quick where nothing is due.

    Raises `MigrationRefused` where an applied migration's text has changed or the warehouse knows a newer one.
    """
    applied = _applied(connection)
    migrations = dict(sql_files("migrations"))
    _check(applied, migrations)
    due = [name for name in sorted(migrations) if name not in applied]
    for name in due:
        _apply(connection, name, migrations[name])
    if due or applied.get(_DEFINITIONS) != _definitions_checksum():
        define(connection)
    return tuple(due)


def _applied(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    if not _has_ledger(connection):
        connection.execute(_LEDGER)
        return {}
    return _ledger(connection)


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say, without writing, whether `migrate` would find nothing to do, and nothing to refuse."""
    wanted = {name: _checksum(sql) for name, sql in sql_files("migrations")} | {_DEFINITIONS: _definitions_checksum()}
    return _has_ledger(connection) and _ledger(connection) == wanted


def _has_ledger(connection: duckdb.DuckDBPyConnection) -> bool:
    held = "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'migration' and database_name = current_database()"
    return connection.execute(held).fetchone() is not None


def _ledger(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("select name, checksum from core.migration").fetchall())


def _check(applied: dict[str, str], migrations: dict[str, str]) -> None:
    for name, checksum in applied.items():
        if name == _DEFINITIONS:
            continue
        if name not in migrations:
            raise MigrationRefused(
                "the warehouse was written by a newer version", subject=name, remedy="upgrade wirecopy"
            )
        if checksum != _checksum(migrations[name]):
            raise MigrationRefused(
                "an applied migration was changed", subject=name, remedy="restore the file, add a new one"
            )


def _apply(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    connection.execute("begin")
    try:
        connection.execute(sql)
        connection.execute("insert into core.migration values (?, ?, now())", [name, _checksum(sql)])
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _definitions_checksum() -> str:
    return _checksum("\0".join(f"{d.schema}.{d.name}\0{d.sql}" for d in definitions()) + "\0twins 1")


@cache
def definitions() -> tuple[Definition, ...]:
    """Return every view and macro, each after those it refers to; in the same order in every process."""
    files = (*sql_files("macros"), *sql_files("views"))
    found = {
        f"{schema}.{name}": Definition(schema, name, sql) for path, sql in files for schema, name in [path.split("/")]
    }
    graph = {
        key: sorted({".".join(ref) for ref in _REFERENCE.findall(d.sql)} & found.keys() - {key})
        for key, d in found.items()
    }
    return tuple(found[key] for key in TopologicalSorter(graph).static_order())


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all views and macros again, and their twins in `main`, in one transaction."""
    connection.execute("begin")
    try:
        _drop_definitions(connection)
        for definition in definitions():
            connection.execute(definition.sql)
        for sql in (*_view_twins(connection), *_macro_twins(connection)):
            connection.execute(sql)
        connection.execute("delete from core.migration where name = ?", [_DEFINITIONS])
        connection.execute("insert into core.migration values (?, ?, now())", [_DEFINITIONS, _definitions_checksum()])
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _drop_definitions(connection: duckdb.DuckDBPyConnection) -> None:
    views = """select format('drop view if exists {}."{}"', schema_name, view_name) from duckdb_views()
        where not internal and database_name = current_database() and schema_name in ('main', 'wire', 'report')"""
    macros = """select distinct format('drop macro {} if exists {}."{}"', if(function_type = 'table_macro', 'table', ''),
        schema_name, function_name) from duckdb_functions() where not internal and function_type like '%macro'
        and database_name = current_database() and schema_name in ('main', 'wire', 'report')"""
    for (sql,) in (*connection.execute(views).fetchall(), *connection.execute(macros).fetchall()):
        connection.execute(sql)


def _view_twins(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the SQL that makes `main.x` from every `wire.x`, with the comments of the original."""
    views = connection.execute(
        "select view_name, coalesce(comment, '') from duckdb_views() where schema_name = 'wire' and database_name = current_database()"
    ).fetchall()
    columns = connection.execute(
        "select table_name, column_name, coalesce(comment, '') from duckdb_columns() where schema_name = 'wire'"
        " and database_name = current_database() order by table_name, column_index"
    ).fetchall()
    made = [f"create view main.{name} as from wire.{name}" for name, _ in views]
    made += [f"comment on view main.{name} is {_quoted(comment)}" for name, comment in views]
    made += [f'comment on column main.{table}."{column}" is {_quoted(comment)}' for table, column, comment in columns]
    return made


def _macro_twins(connection: duckdb.DuckDBPyConnection) -> list[str]:
    macros = connection.execute(
        "select function_name, parameters, coalesce(comment, '') from duckdb_functions() where schema_name = 'wire'"
        " and function_type = 'table_macro' and database_name = current_database()"
    ).fetchall()
    made = []
    for name, parameters, comment in macros:
        listed = ", ".join(parameters)
        made.append(f"create macro main.{name}({listed}) as table from wire.{name}({listed})")
        made.append(f"comment on macro table main.{name} is {_quoted(comment)}")
    return made


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
