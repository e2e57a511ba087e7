"""TOML -> `Agency`: reads what stands beside this module and says which file and field is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from wirecopy.agencies.naming import fold
from wirecopy.errors import SettingsError

HERE = Path(__file__).parent

Kind = Literal["agency", "press release", "broadcaster", "syndicate"]
DateOrder = Literal["day-month", "month-day", "year-first"]
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFeed:
    """A public feed of an agency; `verified` is False where the address is doubtful."""

    url: str
    title: str
    language: str
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatelineHabit:
    """How an agency prints its datelines: hints for reading, never rules."""

    order: DateOrder | None = None
    separators: tuple[str, ...] = ()
    capitals: bool | None = None
    """Whether the place is printed in capitals; None where it varies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency, press-release wire, broadcaster or syndicate, or a sub-brand that signs on its own."""

    key: str
    """Name of its file, unique: two agencies may share a wire name."""
    name: str
    """Canonical short wire name: AP, AFP, dpa, Xinhua."""
    long_name: str
    kind: Kind
    country: str
    """ISO 3166-1 alpha-2."""
    languages: tuple[str, ...]
    zone: str
    """IANA name."""
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    """Names shared with others or with common words: they count in a clear agency position only."""
    sub_brands: tuple[str, ...] = ()
    parent: str | None = None
    """Canonical name of the agency whose sub-brand this is."""
    domains: tuple[str, ...] = ()
    provider_ids: tuple[str, ...] = ()
    unusable_ids: bool = False
    """Whether the item identifiers in its wire files name no single item."""
    credit: tuple[str, ...] = ()
    """Lines and line openings with which its stories sign off."""
    signs: tuple[str, ...] = ()
    """Regular expressions for lines that are this agency's though they do not name it, case ignored."""
    dateline: DatelineHabit = DatelineHabit()
    feeds: tuple[AgencyFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """Words around an agency's name that do not change whose name it is, folded."""

    prefixes: frozenset[str]
    suffixes: frozenset[str]
    first_words: frozenset[str]
    """The first words of the prefixes,"""
    last_words: frozenset[str]
    """and the last ones of the suffixes: most names have neither."""


class _Fields:
    """One TOML table, read field by field; a wrong or unknown field is named."""

    def __init__(self, file: str, table: Mapping[str, Any]) -> None:
        self._file, self._table, self._seen = file, table, set[str]()

    def fail(self, field: str, problem: str) -> SettingsError:
        return SettingsError(f"{field}: {problem}", subject=self._file, remedy="correct that field of the file")

    def text(self, field: str, default: str | None = None) -> str:
        self._seen.add(field)
        value = self._table.get(field, default)
        if not isinstance(value, str) or not value:
            raise self.fail(field, "needs a text")
        return value

    def flag(self, field: str) -> bool:
        self._seen.add(field)
        value = self._table.get(field, False)
        if not isinstance(value, bool):
            raise self.fail(field, "needs true or false")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.items(field)
        if not all(isinstance(value, str) and value for value in values):
            raise self.fail(field, "needs a list of texts")
        return tuple(values)

    def items(self, field: str) -> list[Any]:
        self._seen.add(field)
        values = self._table.get(field, [])
        if not isinstance(values, list):
            raise self.fail(field, "needs a list")
        return values

    def one_of(self, field: str, allowed: tuple[str, ...]) -> str:
        value = self.text(field)
        if value not in allowed:
            raise self.fail(field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def table(self, field: str) -> _Fields:
        self._seen.add(field)
        value = self._table.get(field, {})
        if not isinstance(value, dict):
            raise self.fail(field, "needs a table")
        return _Fields(self._file, value)

    def has(self, field: str) -> bool:
        return field in self._table

    def close(self) -> None:
        unknown = sorted(set(self._table) - self._seen)
        if unknown:
            raise self.fail(unknown[0], "is no known field")


def _habit(fields: _Fields) -> DatelineHabit:
    order = fields.one_of("order", get_args(DateOrder)) if fields.has("order") else None
    habit = DatelineHabit(
        order=cast("DateOrder | None", order),
        separators=fields.texts("separators"),
        capitals=fields.flag("capitals") if fields.has("capitals") else None,
    )
    fields.close()
    return habit


def _feed(file: str, table: Any, language: str) -> AgencyFeed:
    if not isinstance(table, dict):
        raise SettingsError("feeds: needs a list of tables", subject=file, remedy="correct that field of the file")
    fields = _Fields(file, table)
    feed = AgencyFeed(
        url=fields.text("url"),
        title=fields.text("title"),
        language=fields.text("language", language),
        verified=fields.flag("verified"),
    )
    fields.close()
    if not feed.url.startswith(("https://", "http://")):
        raise fields.fail("url", f"{feed.url!r} is no web address")
    return feed


def _country(fields: _Fields) -> str:
    country = fields.text("country")
    if not _COUNTRY.fullmatch(country):
        raise fields.fail("country", f"{country!r} is no ISO 3166-1 alpha-2 code")
    return country


def _sub_brands(fields: _Fields) -> tuple[tuple[str, ...], ...]:
    brands = fields.items("sub_brands")
    for brand in brands:
        if not (isinstance(brand, list) and brand and all(isinstance(name, str) and name for name in brand)):
            raise fields.fail("sub_brands", "needs a list of lists of names, the canonical name first")
    return tuple(tuple(brand) for brand in brands)


def read_agency(text: str, file: str) -> tuple[Agency, ...]:
    """Return the agency of one TOML text and, after it, its sub-brands.

    Raises `SettingsError` naming `file` and the field that is missing, wrong or unknown.
    """
    try:
        fields = _Fields(file, tomllib.loads(text))
    except tomllib.TOMLDecodeError as err:
        raise SettingsError(f"is no TOML: {err}", subject=file, remedy="correct the file") from err
    brands = _sub_brands(fields)
    languages = fields.texts("languages")
    if not languages:
        raise fields.fail("languages", "needs at least one")
    agency = Agency(
        key=file.removesuffix(".toml"),
        name=fields.text("name"),
        long_name=fields.text("long_name"),
        kind=cast("Kind", fields.one_of("kind", get_args(Kind))),
        country=_country(fields),
        languages=languages,
        zone=fields.text("zone"),
        aliases=fields.texts("aliases"),
        weak_aliases=fields.texts("weak_aliases"),
        sub_brands=tuple(brand[0] for brand in brands),
        domains=fields.texts("domains"),
        provider_ids=fields.texts("provider_ids"),
        unusable_ids=fields.flag("unusable_ids"),
        credit=fields.texts("credit"),
        signs=fields.texts("signs"),
        dateline=_habit(fields.table("dateline")),
        feeds=tuple(_feed(file, table, languages[0]) for table in fields.items("feeds")),
    )
    fields.close()
    return (agency, *(_branded(agency, brand) for brand in brands))


def _branded(agency: Agency, names: tuple[str, ...]) -> Agency:
    """Return the sub-brand of an agency: its own names, the parent's country, languages, zone and habits."""
    name, *aliases = names
    return replace(
        agency,
        key=f"{agency.key}/{name}",
        name=name,
        long_name=name,
        parent=agency.name,
        aliases=tuple(aliases),
        weak_aliases=(),
        sub_brands=(),
        domains=(),
        provider_ids=(),
        feeds=(),
    )


def read_folder(folder: Path = HERE) -> Iterator[Agency]:
    """Yield the agencies of a folder in the order of their file names, each followed by its sub-brands."""
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - hundreds of files at every start: Path costs milliseconds
        if name.endswith(".toml"):
            with open(f"{folder}/{name}", encoding="utf-8") as file:  # noqa: PTH123 - as above
                yield from read_agency(file.read(), name)


def read_forms(path: Path = HERE / "words" / "forms.toml") -> Forms:
    """Return the words that stand before and after agencies' names, folded."""
    fields = _Fields(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    prefixes = frozenset(map(fold, fields.texts("prefixes")))
    suffixes = frozenset(map(fold, fields.texts("suffixes")))
    forms = Forms(
        prefixes=prefixes,
        suffixes=suffixes,
        first_words=frozenset(form.partition(" ")[0] for form in prefixes),
        last_words=frozenset(form.rpartition(" ")[2] for form in suffixes),
    )
    fields.close()
    return forms
