"""Where the third-party development data lies; tests that need it skip without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def find_shared(*parts: str) -> Path | None:
    """Return a path of the shared data (`WIRECOPY_SHARED`, else `../shared` beside the checkout), None if absent."""
    given = os.environ.get("WIRECOPY_SHARED")
    root = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    path = root.joinpath("data", *parts)
    return path if path.exists() else None


def shared_data(*parts: str) -> Path:
    """Return a path of the shared data, or skip the test."""
    path = find_shared(*parts)
    if path is None:
        pytest.skip("third-party data is not beside the checkout")
    return path


def needed_data(*parts: str) -> Path:
    """Return a path of the shared data for a benchmark, which is nothing without it."""
    path = find_shared(*parts)
    if path is None:
        raise SystemExit(f"{'/'.join(parts)} is not beside the checkout (or set WIRECOPY_SHARED)")
    return path
