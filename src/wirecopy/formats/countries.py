"""Country as a wire file writes it (ISO alpha-2, alpha-3, English name) -> alpha-2."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    data = tomllib.loads(files(__package__).joinpath("countries.toml").read_text(encoding="utf-8"))
    table = {code.casefold(): code for code in data["alpha3"].values()}
    table |= {alpha3.casefold(): code for alpha3, code in data["alpha3"].items()}
    return table | {name.casefold(): code for name, code in data["names"].items()}


def country_code(raw: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country written as code or English name, or None."""
    return _table().get((raw or "").strip().strip(".").casefold())
