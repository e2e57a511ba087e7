"""Opened archives -> Page or wire file; names the units of a backfill."""

from wirecopy.archive.read import open_local, read_unit
from wirecopy.archive.unit import Found, Opened, Unit, WireFile, find_units, folder_files, unit_of

__all__ = ["Found", "Opened", "Unit", "WireFile", "find_units", "folder_files", "open_local", "read_unit", "unit_of"]
