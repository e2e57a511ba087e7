"""Wirecopy: news wires into DuckDB."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wirecopy.api import extract_article, parse_dateline, read_items

__all__ = ["extract_article", "parse_dateline", "read_items"]


def __getattr__(name: str) -> Any:
    """Import the three functions at first use: `import wirecopy` costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from wirecopy import api  # noqa: PLC0415

    return getattr(api, name)
