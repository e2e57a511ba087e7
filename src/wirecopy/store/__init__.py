"""The warehouse: the only user of DuckDB."""
