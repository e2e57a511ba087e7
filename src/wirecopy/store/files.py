"""Where the SQL and the flows lie: inside the installed package, or beside `src` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wirecopy.errors import WarehouseError

_PACKAGE = Path(__file__).resolve().parents[1]


def sql_folder(name: str) -> Path:
    """Return the folder of warehouse SQL of that name (`migrations`, `views`, ...).

    Raises `WarehouseError` where the installation lacks it.
    """
    return _folder(f"_warehouse/{name}", f"warehouse/{name}")


def flows_folder() -> Path:
    """Return the folder of the flow files; raises `WarehouseError` where the installation lacks it."""
    return _folder("_flows", "flows")


@cache
def _folder(packaged: str, checked_out: str) -> Path:
    for folder in (_PACKAGE / packaged, _PACKAGE.parents[1] / checked_out):
        if folder.is_dir():
            return folder
    raise WarehouseError(
        "this folder is missing from the installation", subject=checked_out, remedy="reinstall wirecopy"
    )


@cache
def statement(name: str) -> str:
    """Return the SQL of `statements/<name>.sql`."""
    return (sql_folder("statements") / f"{name}.sql").read_text(encoding="utf-8")


@cache
def sql_files(folder: str) -> tuple[tuple[str, str], ...]:
    """Return (path within the folder without its suffix, text) of every SQL file under it, by path."""
    top = sql_folder(folder)
    found = sorted(top.rglob("*.sql"))
    return tuple((path.relative_to(top).with_suffix("").as_posix(), path.read_text(encoding="utf-8")) for path in found)
