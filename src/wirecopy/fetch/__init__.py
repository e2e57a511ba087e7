"""The only network I/O: HTTP, robots, schedule, capture."""
