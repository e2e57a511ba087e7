"""The order of calls, no rules."""
