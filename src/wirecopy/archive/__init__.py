"""Opened archives -> Page or Article; names the units of a backfill."""
