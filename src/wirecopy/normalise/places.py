"""Which place of the gazetteer a name means: candidates, qualifiers, evidence, rivals, confidence.

How a name stands in a dateline is `dateline.py`'s; how the file is read is `gazetteer.py`'s. Places are GeoNames'
(CC BY 4.0); what names mean by default, how regions are abbreviated and what GeoNames lacks are lists under `data/`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from wirecopy.errors import SettingsError
from wirecopy.model import Place
from wirecopy.normalise.gazetteer import Gazetteer, Region, Row, place_key

FILE: Final = Path(__file__).parent / "data" / "places.bin"

LEAST_CONFIDENCE: Final = 0.7
"""Below it nothing is returned where the rivals lie in different countries: a country is never a coin toss."""
MOST_RIVALS: Final = 8

# Evidence is counted in powers of ten of population: a capital outweighs a rival thirty times as populous.
_CAPITAL = 1.5
_DEFAULT = 2.0
_USUAL = 0.8
_NAMESAKE = 50_000
"""A town of that size in the agency's own country ends what a name usually means elsewhere."""
_HOME = 1.5
_LANGUAGE = 0.4
_MAIN_NAME = 1.0
_AS_SPELLED = 0.2
_NO_POPULATION = 1.5
"""For places without a figure: as a town of thirty."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What stands behind a place and decides it: a country, and a first-level division where it names one."""

    country: str
    admin1: str | None = None
    """GeoNames' code of the division, unique within its country."""


@cache
def gazetteer() -> Gazetteer:
    """Return the open gazetteer; raises `SettingsError` where its file was never built."""
    try:
        return Gazetteer(FILE)
    except FileNotFoundError as err:
        raise SettingsError(
            "the gazetteer file is missing", subject=str(FILE), remedy="python build_places.py, or install the package"
        ) from err


@lru_cache(maxsize=20_000)
def is_place(name: str, *, least: int = 0) -> bool:
    """Tell whether the gazetteer knows `name`, in any script and case, as a place of at least `least` people."""
    key = _known_key(name)
    return bool(key) and (not least or gazetteer().rows(key)[0].population >= least)


def country_name(code_or_name: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; any other text as it is."""
    try:
        return gazetteer().country(code_or_name.strip().upper()).name
    except KeyError:
        return code_or_name


@lru_cache(maxsize=20_000)
def is_region(name: str) -> bool:
    """Tell whether `name` is a country or a first-level division, in any of its names and abbreviations."""
    return bool(_regions(name))


def qualifier_of(text: str) -> Qualifier | None:
    """Return the likeliest country or division that `text` names or abbreviates (`Ala.`, `France`, `NSW`), or None.

    `qualifiers_of` returns the other readings too.
    """
    readings = qualifiers_of(text)
    return readings[0] if readings else None


def qualifiers_of(text: str) -> tuple[Qualifier, ...]:
    """Return every country and division that `text` may name, likeliest first: `Georgia` is two."""
    return tuple(Qualifier(region.country, region.division or None) for region in _regions(text))


@lru_cache(maxsize=4_000)
def _regions(text: str) -> tuple[Region, ...]:
    """Return what a region's name may mean, else what it means without the words around it (`southern Lebanon`)."""
    key = place_key(text)
    found = gazetteer().regions(key)
    if not found and _INITIALS.fullmatch(key):
        found = gazetteer().regions(key.replace(" ", ""))
    before, behind = _around_regions()
    for word in before if not found else ():
        if key.startswith(word + " "):
            return tuple(gazetteer().regions(key.removeprefix(word).strip()))
    for word in behind if not found else ():
        if key.endswith(word) and key != word:
            return tuple(gazetteer().regions(key.removesuffix(word).strip()))
    return tuple(found)


# n j   d c   n s w
_INITIALS = re.compile(r"\w(?: \w){1,3}")


@cache
def _around_regions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = tomllib.loads((FILE.parent / "regions.toml").read_text(encoding="utf-8"))
    before, behind = (sorted(map(place_key, table[side]), key=len, reverse=True) for side in ("before", "behind"))
    # Words of alphabets stand apart from the name, signs of Chinese do not.
    return tuple(before), tuple(f" {word}" if word.isascii() or len(word) > 2 else word for word in behind)


def candidates(name: str) -> tuple[Place, ...]:
    """Return every place that bears `name`, likeliest first, each with its confidence and the others as rivals."""
    scored = _scored(name, _rows(name), country=None, language=None)
    return tuple(_place(entry, scored) for entry in scored)


def resolve(
    name: str, *, qualifier: str | None = None, country: str | None = None, language: str | None = None
) -> Place | None:
    """Return the place that `name` means, or None where nobody could say.

    `qualifier` is what was printed behind it and decides; `country` (ISO 3166-1 alpha-2, the agency's home) and
    `language` (ISO 639-1) are weak evidence. Beside them count population, being a capital, and what agencies mean by a
    name that stands alone. A qualifier that is known while the town is not gives the region itself, at half confidence,
    with the coordinates of its seat. None where rivals in different countries leave less than `LEAST_CONFIDENCE`.
    """
    return _resolve(name, qualifier or "", country or "", (language or "")[:2].lower())


@lru_cache(maxsize=20_000)
def _resolve(name: str, qualifier: str, country: str, language: str) -> Place | None:
    rows = _rows(name)
    if qualifier:
        regions = _qualifying(qualifier, country)
        if regions:
            return _within(name, rows, regions, country, language)
    scored = _scored(name, rows, country=country, language=language)
    if regions := _meant(name, scored):
        return _as_region(regions, confidence=0.8)
    if not scored:
        return None
    best = _place(scored[0], scored)
    return best if best.confidence >= LEAST_CONFIDENCE or _one_country(scored) else None


@lru_cache(maxsize=20_000)
def means_region(name: str) -> bool:
    """Tell whether a name that stands alone means a country or division rather than a town: China, but not Singapore."""
    return bool(_meant(name, _scored(name, _rows(name), country=None, language=None)))


def _meant(name: str, scored: Sequence[Scored]) -> Sequence[Region]:
    """Return the regions of a name where they are meant rather than a town."""
    regions = _regions(name)
    return regions if regions and (not scored or _outranks(regions, scored[0][1])) else ()


def _outranks(regions: Sequence[Region], best: Row) -> bool:
    """Tell whether a country or division is meant rather than its small namesake elsewhere: Cuba, not Cuba, N.Y."""
    if best.default or (best.capital and best.main) or any(_lies_in(best, region) for region in regions):
        return False
    countries = any(not region.division for region in regions)
    return best.population < (1_000_000 if countries else 20_000)


def _qualifying(qualifier: str, country: str) -> Sequence[Region]:
    """Return what a qualifier may mean, the agency's own country first: `SA` is a state to an Australian."""
    regions = _regions(qualifier)
    if not regions and "," in qualifier:
        regions = tuple(region for part in qualifier.split(",") for region in _regions(part))
    if "." in qualifier and country not in {region.country for region in regions}:
        # Of the styles that abbreviate with dots, only the American one has letters in common with all others.
        regions = tuple(region for region in regions if region.country == "US") or regions
    return sorted(regions, key=lambda region: region.country != country or not region.division)


def _within(name: str, rows: Sequence[Row], regions: Sequence[Region], country: str, language: str) -> Place | None:
    """Return the bearer of a name within the first region that has one, else the region itself."""
    by_region = [[row for row in rows if _lies_in(row, region)] for region in regions]
    found = [scored[0] for own in by_region if (scored := _scored(name, own, country=country, language=language))]
    if not found:
        return _in_member(name, rows, regions, language) or _as_region(regions, confidence=0.5)
    homely = [entry for entry in found if entry[1].country == country]
    best = homely[0] if homely else max(found, key=lambda entry: entry[0])
    own = next(own for own in by_region if any(row.row == best[1].row for row in own))
    place = _place(best, _scored(name, own, country=country, language=language))
    rivals = tuple(entry[1].geoname_id for entry in found if entry is not best)
    if not rivals:
        return place
    return replace(place, confidence=min(place.confidence, 0.9), rivals=(rivals + place.rivals)[:MOST_RIVALS])


@cache
def _members() -> dict[str, list[str]]:
    return tomllib.loads((FILE.parent / "members.toml").read_text(encoding="utf-8"))


def _in_member(name: str, rows: Sequence[Row], regions: Sequence[Region], language: str) -> Place | None:
    """Return the bearer of a name in a territory or former part of the country behind it: `HONG KONG, China`."""
    members = {member for region in regions if not region.division for member in _members().get(region.country, ())}
    scored = _scored(name, [row for row in rows if row.country in members], country=None, language=language)
    return _place(scored[0], scored) if scored and _one_country(scored) else None


def _lies_in(row: Row, region: Region) -> bool:
    if row.country != region.country:
        return False
    return not region.division or _division(row)[0] == region.division


def _as_region(regions: Sequence[Region], *, confidence: float) -> Place | None:
    """Return a country or division as a place; None where the readings lie in different countries.

    GeoNames' numbers of divisions are known for the United States only; elsewhere the country stands for them.
    """
    region = regions[0]
    if len({reading.country for reading in regions}) > 1 or region.seat < 0:
        return None
    seat = gazetteer().row(region.seat)
    known = region if region.geoname_id else gazetteer().country(region.country)
    return Place(
        geoname_id=known.geoname_id,
        name=known.name,
        admin1=region.name if region.division else None,
        country=region.country,
        latitude=seat.latitude,
        longitude=seat.longitude,
        timezone=gazetteer().zones[seat.zone],
        confidence=confidence,
    )


# --- candidates and their weight ---

Scored = tuple[float, Row]


def _rows(name: str) -> list[Row]:
    return gazetteer().rows(_known_key(name))


_SUFFIXES = ("市", "县", "縣", "区", "區", "州", "시", "군")
_PREFIXES = ("city of ", "ville de ", "ciudad de ", "kota ", "г ", "город ", "مدينه ")


@lru_cache(maxsize=20_000)
def _known_key(name: str) -> str:
    """Return the key under which the gazetteer has a name: as it stands, else without the word for city, else none."""
    held = gazetteer()
    key = place_key(name)
    if key in held:
        return key
    bare = key
    if key.endswith(_SUFFIXES) and len(key) > 2:
        bare = key[:-1]
    elif key.startswith(_PREFIXES):
        bare = next(key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix))
    return bare if bare != key and bare in held else ""


def _scored(name: str, rows: Sequence[Row], *, country: str | None, language: str | None) -> list[Scored]:
    speakers = gazetteer().languages.get(language or "", frozenset())
    namesake = any(row.country == country and row.population >= _NAMESAKE for row in rows)
    spelled = "" if name.isascii() else name.casefold()
    scored = []
    for row in rows:
        weight = _weight(row) + _HOME * (row.country == country) + _LANGUAGE * (row.country in speakers)
        weight += _USUAL * (row.usual and not namesake)
        if spelled and gazetteer().name(row).casefold() == spelled:
            weight += _AS_SPELLED
        scored.append((weight, row))
    return sorted(scored, key=lambda entry: (-entry[0], entry[1].row))


def _weight(row: Row) -> float:
    """Return what speaks for a place whoever prints its name."""
    weight = math.log10(row.population) if row.population > 30 else _NO_POPULATION
    return (
        weight + _CAPITAL * row.capital + _DEFAULT * row.default + _MAIN_NAME * (row.main or row.default or row.usual)
    )


def _one_country(scored: Sequence[Scored]) -> bool:
    """Tell whether every candidate that comes near the best lies in its country."""
    best = scored[0]
    return all(row.country == best[1].country for weight, row in scored if best[0] - weight < 0.25)


def _confidence(weight: float, row: Row, scored: Sequence[Scored]) -> float:
    """Return how sure a choice is: 0.5 beside an equal rival, 0.75 beside one of half the weight, towards 1."""
    rival = max((other for other, candidate in scored if candidate.row != row.row), default=None)
    lone = 0.98 if row.main or row.population >= 5_000 else 0.85
    sure = lone if rival is None else 1 - 0.5 * 10 ** -max(0.0, weight - rival)
    if rival is not None and weight < rival:
        sure = 0.5 * 10 ** (weight - rival)
    return round(min(sure, 0.99) * (0.8 if row.doubtful else 1), 3)


def _place(entry: Scored, scored: Sequence[Scored]) -> Place:
    weight, row = entry
    _, division = _division(row)
    return Place(
        geoname_id=row.geoname_id,
        name=gazetteer().name(row),
        admin1=division or None,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        timezone=gazetteer().zones[row.zone],
        confidence=_confidence(weight, row, scored),
        rivals=tuple(other.geoname_id for _, other in scored if other.row != row.row)[:MOST_RIVALS],
    )


def _division(row: Row) -> tuple[str, str]:
    """Return code and name of the first-level division in which a place lies."""
    code, _, name = gazetteer().divisions[row.division].partition("\t")
    return code.partition(".")[2], name
