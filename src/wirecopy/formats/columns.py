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

# date_gmt   publishedAtUTC   published (UTC)
_UNIVERSAL = re.compile(r"(?:(?<=[a-z])(?:UTC|GMT|Utc|Gmt)|[\W_]+(?i:utc|gmt))\W*$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns feed which field, likeliest first: a row's field is the first of them that says something."""

    fed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that are fed at all."""
        return frozenset(field for field, _ in self.fed)


@dataclass(frozen=True, slots=True)
class _Common:
    """Of each field its names, folded, with their place in the order; and names that mean something beside fields."""

    names: dict[str, dict[str, int]]
    known: frozenset[str]
    """All these names: what is one of them means that field and no other."""
    qualifiers: frozenset[str]
    endings: frozenset[str]
    wrappers: frozenset[str]
    no_prose: frozenset[str]
    lined: frozenset[str]


@cache
def _common() -> _Common:
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    names = {field: {folded(name): n for n, name in enumerate(held)} for field, held in data["columns"].items()}
    rest = (
        frozenset(map(folded, data[name]))
        for name in ("qualifiers", "endings", "wrappers", "no_prose", "lines_are_paragraphs")
    )
    return _Common(names, frozenset(name for order in names.values() for name in order), *rest)


def match_columns(names: Iterable[str], mapping: Mapping[str, str] | None = None) -> Columns:
    """Return which columns feed which field, `mapping` (`{column: field}`) before common names.

    Raises `SettingsError` for a mapping to a field that does not exist.
    """
    held = tuple(names)
    mapped = {folded(column): _target(field) for column, field in (mapping or {}).items()}
    return _matched(held, tuple(mapped.items()))


@lru_cache(maxsize=256)
def _matched(names: tuple[str, ...], mapped: tuple[tuple[str, str], ...]) -> Columns:
    common = _common().names
    by_map = dict(mapped)
    fed: dict[str, list[str]] = {}
    for name in names:
        if field := by_map.get(folded(name)):
            fed.setdefault(field, []).append(name)
    left = [name for name in names if folded(name) not in by_map]
    for field in common:
        ranked = sorted((rank, n) for n, name in enumerate(left) if (rank := _rank(name, field)) is not None)
        if ranked and field not in by_map.values():
            fed[field] = [left[n] for _, n in ranked]
            left = [name for name in left if name not in fed[field]]
    return Columns(tuple((field, tuple(columns)) for field, columns in fed.items()))


def _rank(name: str, field: str) -> float | None:
    """Return how likely a column feeds a field; of two that tell one time, the one that names its zone is likelier."""
    common = _common()
    order, whole = common.names[field], folded(name)
    if whole in common.known:
        return order.get(whole)
    if is_universal(name):
        rank = _rank(_UNIVERSAL.sub("", name), field)
        return None if rank is None else rank - 0.5
    bare = next((bare for bare in _bared(name) if bare in order), None)
    return None if bare is None else len(order) + order[bare]


def is_universal(name: str) -> bool:
    """Return whether a column's name says that its times are of Greenwich: `date_gmt`, `publishedAtUtc`."""
    return bool(_UNIVERSAL.search(name))


def _target(field: str) -> str:
    target = _ALIASES.get(field, field)
    if target not in _common().names:
        raise SettingsError(
            f"there is no field {field!r} to map a column to", remedy="one of " + ", ".join(_common().names)
        )
    return target


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a column's name without case, accents and what parts its words."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", bare.casefold())


@lru_cache(maxsize=4096)
def _bared(name: str) -> tuple[str, ...]:
    """Return a name without its first word, its last, and both, where these say what the table is of and how it is written."""
    words = [word.casefold() for word in re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+", name)]
    first = bool(words) and words[0] in _common().qualifiers
    last = bool(words) and words[-1] in _common().endings
    cuts = ((first, False), (False, last), (first, last))
    bare = (words[head : len(words) - tail] for head, tail in cuts if head or tail)
    return tuple(dict.fromkeys(folded("".join(rest)) for rest in bare if rest))


def fields_of(names: Iterable[object]) -> frozenset[str]:
    """Return the fields that columns of these names feed."""
    return match_columns(str(name) for name in names).fields


def is_table(names: Iterable[object]) -> bool:
    """Return whether column names are those of a dump of articles: a text or a headline, and something beside it."""
    fields = fields_of(names)
    return bool(fields & {"headline", "body"}) and len(fields) >= 2


def is_wrapper(name: object) -> bool:
    """Return whether a name is one under which exports put an article's fields one level deeper."""
    return folded(str(name)) in _common().wrappers


def is_prose(kind: object) -> bool:
    """Return whether a part of a text of this `type` is running text, as far as its name tells."""
    return folded(str(kind)) not in _common().no_prose


def has_lines_for_paragraphs(name: str) -> bool:
    """Return whether each line of a column of this name is a paragraph, as its writer makes them."""
    return folded(name) in _common().lined
