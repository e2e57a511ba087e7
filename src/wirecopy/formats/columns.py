"""Names of a dump's columns -> fields of an article: by a mapping, else by common names in the languages of dumps.

The names are data (`columns.toml`). Case, accents, blanks, hyphens and humps do not count, and a word that only says
that the table is of articles (`article_title`, `newsSource`) is left out where the whole name means nothing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from wirecopy.errors import SettingsError

_ALIASES = {
    "published_at": "published", "date": "published", "authors": "byline", "author": "byline", "title": "headline",
    "text": "body", "id": "dump_id", "source": "outlet",
}  # fmt: skip
"""Names by which people map a column -> fields."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns feed which field, likeliest first: a row's field is the first of them that says something."""

    fed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that are fed at all."""
        return frozenset(field for field, _ in self.fed)


@cache
def _common() -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    """Return of each field its names, folded, with their place in the order; and the words that may be left out."""
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    names = {field: {folded(name): n for n, name in enumerate(held)} for field, held in data["columns"].items()}
    return names, frozenset(data["qualifiers"])


def match_columns(names: Iterable[str], mapping: Mapping[str, str] | None = None) -> Columns:
    """Return which columns feed which field, `mapping` (`{column: field}`) before common names.

    Raises `SettingsError` for a mapping to a field that does not exist.
    """
    held = tuple(names)
    mapped = {folded(column): _target(field) for column, field in (mapping or {}).items()}
    return _matched(held, tuple(mapped.items()))


@lru_cache(maxsize=256)
def _matched(names: tuple[str, ...], mapped: tuple[tuple[str, str], ...]) -> Columns:
    common, _ = _common()
    by_map = dict(mapped)
    fed: dict[str, list[str]] = {}
    for name in names:
        if field := by_map.get(folded(name)):
            fed.setdefault(field, []).append(name)
    left = [name for name in names if folded(name) not in by_map]
    for field, order in common.items():
        ranked = sorted((rank, n) for n, name in enumerate(left) if (rank := _rank(name, order)) is not None)
        if ranked and field not in by_map.values():
            fed[field] = [left[n] for _, n in ranked]
            left = [name for name in left if name not in fed[field]]
    return Columns(tuple((field, tuple(columns)) for field, columns in fed.items()))


def _rank(name: str, order: Mapping[str, int]) -> int | None:
    exact = order.get(folded(name))
    if exact is not None:
        return exact
    bare = _unqualified(name)
    return None if bare is None or bare not in order else len(order) + order[bare]


def _target(field: str) -> str:
    target = _ALIASES.get(field, field)
    if target not in _common()[0]:
        raise SettingsError(
            f"there is no field {field!r} to map a column to", remedy="one of " + ", ".join(_common()[0])
        )
    return target


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a column's name without case, accents and what parts its words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", bare.casefold())


@lru_cache(maxsize=4096)
def _unqualified(name: str) -> str | None:
    """Return a name without its first word where that only says what the table is of, else None."""
    first, *rest = re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+", name) or [""]
    return folded("".join(rest)) if rest and first.casefold() in _common()[1] else None


def is_table(names: Iterable[str]) -> bool:
    """Return whether column names are those of a dump of articles: a text or a headline, and something beside it."""
    fields = match_columns(str(name) for name in names).fields
    return bool(fields & {"headline", "body"}) and len(fields) >= 2
