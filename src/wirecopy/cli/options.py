"""The options that commands share, and how they become settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from wirecopy.settings import Settings, read_settings

Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse", "-w", help="The DuckDB file. Default: $WIRECOPY_WAREHOUSE, else warehouse/data/wirecopy.duckdb."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no lists, only what it came to.")]


def App(name: str, *, help: str) -> typer.Typer:  # noqa: A002, N802 - typer's own word; it stands for a class
    """Return a command group: its bare call prints the help, errors are one line."""
    return typer.Typer(name=name, help=help, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - how typer hands it over
    from importlib.metadata import version

    if asked:
        print(f"wirecopy {version('wirecopy')}")  # noqa: T201
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version and end.")
]


def program(*, version: Version = False) -> None:
    """Take what is said before any command."""


def settings_for(warehouse: Path | None, **overrides: Any) -> Settings:
    """Return the settings of the environment and of a command's options."""
    return read_settings(warehouse=warehouse, **overrides)
