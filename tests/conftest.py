"""A warehouse without rows, made once and copied for each test."""

import shutil

import pytest

from wirecopy.store.connection import Warehouse


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """Return the file of a warehouse without rows."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    with Warehouse(path).writer("test"):
        pass
    return path


@pytest.fixture
def warehouse(tmp_path, empty_file):
    """Return a warehouse of the test's own."""
    path = tmp_path / "news.duckdb"
    shutil.copy(empty_file, path)
    return Warehouse(path, patience=0.3)
