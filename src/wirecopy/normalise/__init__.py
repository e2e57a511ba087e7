"""Article -> Item: datelines, places, dates, names, addresses, keys."""

RULES_VERSION = "1"
"""Raised with every change of a rule that changes a row; texts are compared under one version only."""
