"""A warehouse without rows for each test that asks for one."""

import pytest

from blank_warehouse import put_blank
from wirecopy.store.connection import Warehouse


@pytest.fixture
def warehouse(tmp_path):
    """Return a warehouse of the test's own."""
    return Warehouse(put_blank(tmp_path / "news.duckdb"), patience=0.3)
