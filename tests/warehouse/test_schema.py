"""The shape of the warehouse: comments, names, twins, migrations."""

import os
import re
import subprocess
import sys

import duckdb
import pytest

from wirecopy.errors import MigrationRefused
from wirecopy.store import migrate
from wirecopy.store.files import sql_files
from wirecopy.store.query import run

OURS = "database_name = current_database() and schema_name in ('main', 'raw', 'core', 'wire', 'report')"


def rows(warehouse, sql):
    return list(run(warehouse, sql).rows)


def test_every_table_and_view_has_a_comment(warehouse):
    """Whoever lists tables and views reads what one row is."""
    assert rows(warehouse, f"select table_name from duckdb_tables() where {OURS} and coalesce(comment, '') = ''") == []
    assert (
        rows(
            warehouse,
            f"select schema_name, view_name from duckdb_views() where {OURS} and not internal and coalesce(comment, '') = ''",
        )
        == []
    )


def test_every_column_has_a_comment(warehouse):
    """Whoever describes a table or view reads what each column is."""
    assert (
        rows(
            warehouse,
            f"select schema_name, table_name, column_name from duckdb_columns() where {OURS} and coalesce(comment, '') = ''",
        )
        == []
    )


def test_every_macro_has_a_comment(warehouse):
    """Macros say what they answer."""
    sql = "select function_name from duckdb_functions() where schema_name in ('wire') and function_type = 'table_macro' and coalesce(comment, '') = ''"
    assert rows(warehouse, sql) == []


def test_there_are_no_keys_indexes_or_enums(warehouse):
    """Nothing that makes migrations dear or that DuckLake lacks."""
    assert (
        rows(
            warehouse,
            "select * from duckdb_constraints() where database_name = current_database() and schema_name <> 'pg_catalog'",
        )
        == []
    )
    assert rows(warehouse, "select * from duckdb_indexes()") == []
    assert rows(warehouse, "select * from duckdb_sequences()") == []
    assert rows(warehouse, f"select * from duckdb_columns() where {OURS} and data_type like 'ENUM%'") == []


@pytest.mark.parametrize(
    ("ending", "kind"), [("_at", "TIMESTAMP WITH TIME ZONE"), ("_on", "DATE"), ("_raw", "VARCHAR")]
)
def test_names_tell_types(warehouse, ending, kind):
    """A column's ending says its type."""
    found = rows(
        warehouse,
        f"select table_name, column_name, data_type from duckdb_columns() where {OURS} and column_name like '%\\{ending}' escape '\\'",
    )
    assert found
    assert [row for row in found if row[2] != kind] == []


def test_every_view_and_macro_of_wire_has_a_twin(warehouse):
    """`from stories` and `from wire.stories` are the same everywhere."""
    views = "select view_name from duckdb_views() where database_name = current_database() and schema_name = '{}' order by 1"
    macros = "select function_name from duckdb_functions() where function_type = 'table_macro' and database_name = current_database() and schema_name = '{}' order by 1"
    for sql in (views, macros):
        assert rows(warehouse, sql.format("main")) == rows(warehouse, sql.format("wire")) != []


def test_a_file_holds_one_object_and_bears_its_name():
    """The path of an SQL file is the name of what it makes."""
    for folder, word in (("views", "view"), ("macros", "macro")):
        for path, sql in sql_files(folder):
            assert re.findall(rf"^create {word} (\w+)\.(\w+)", sql, re.MULTILINE) == [tuple(path.split("/"))]


def test_opening_again_applies_nothing(warehouse):
    """A warehouse of today's schema opens without a change."""
    with warehouse.writer("test") as connection:
        assert migrate.migrate(connection) == ()


def test_a_warehouse_of_today_is_known_by_reading(warehouse):
    """Whoever is about to land writes only where there is something to bring up to date."""
    with warehouse.reader() as connection:
        assert migrate.is_current(connection)
    with warehouse.writer("test") as connection:
        connection.execute("update core.migration set checksum = 'old' where name = 'definitions'")
        assert not migrate.is_current(connection)
    assert not migrate.is_current(duckdb.connect())


def test_every_process_has_the_views_in_the_same_order():
    """No run makes all views again because Python hashes strings anew in each process."""
    told = "from wirecopy.store.migrate import definitions; print([found.name for found in definitions()])"
    orders = {
        subprocess.run(
            [sys.executable, "-c", told], env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(orders) == 1


def test_a_changed_migration_is_refused(warehouse):
    """What was applied may not be rewritten."""
    with warehouse.writer("test") as connection:
        connection.execute("update core.migration set checksum = 'other' where name = '0002_items'")
    with pytest.raises(MigrationRefused, match="0002_items"), warehouse.writer("test"):
        pass


def test_a_newer_warehouse_is_refused(warehouse):
    """A schema of the future is left alone."""
    with warehouse.writer("test") as connection:
        connection.execute("insert into core.migration values ('9999_future', 'x', now())")
    with pytest.raises(MigrationRefused, match="newer version"), warehouse.writer("test"):
        pass


def test_a_failed_migration_leaves_nothing(monkeypatch):
    """A migration that fails takes its own changes back and is not in the ledger."""
    texts = (*sql_files("migrations"), ("9000_bad", "create table core.half (x integer); select nonsense;"))
    monkeypatch.setattr(migrate, "sql_files", lambda folder: texts if folder == "migrations" else sql_files(folder))
    connection = duckdb.connect()
    with pytest.raises(duckdb.Error):
        migrate.migrate(connection)
    assert connection.execute("select count(*) from duckdb_tables() where table_name = 'half'").fetchone() == (0,)
    assert connection.execute("select count(*) from core.migration where name = '9000_bad'").fetchone() == (0,)


def test_changed_views_are_made_again(warehouse):
    """Views follow their files, and a view of no file goes."""
    with warehouse.writer("test") as connection:
        connection.execute("create view wire.former as select 1 as one")
        connection.execute("update core.migration set checksum = 'old' where name = 'definitions'")
    with warehouse.writer("test") as connection:
        assert connection.execute("select count(*) from duckdb_views() where view_name = 'former'").fetchone() == (0,)
