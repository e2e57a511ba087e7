"""Wirecopy: news wires into DuckDB."""
