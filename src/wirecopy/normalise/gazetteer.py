"""The gazetteer file: how names become keys, and how the file that `build_places.py` writes is read in place.

Rules about which place a name means live in `places.py`; this module knows only the file. It imports nothing but the
standard library, since the build of the file loads it on its own.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import Final

MAGIC: Final = b"WCPLACE1"
HEADER: Final = struct.Struct("<8s16s")
SPAN: Final = struct.Struct("<QQ")
SECTIONS: Final = (
    "name_hashes",
    "name_values",
    "name_lists",
    "places",
    "names",
    "divisions",
    "zones",
    "region_hashes",
    "region_values",
    "region_lists",
    "regions",
    "languages",
)
RECORD: Final = struct.Struct("<IiiIIHH2sBB")
"""GeoNames id, latitude and longitude in 1e-5 degrees, population, name offset, division, zone, country, length,
flags."""

DIRECT: Final = 1 << 31
"""In a value: the row itself follows instead of a position in the lists."""
MAIN: Final = 1 << 30
"""In a row: the key is the place's main name, or a name as good as it."""
DOUBTFUL: Final = 1 << 29
"""In a row: the name stands for the place only loosely (`UNITED NATIONS` for New York)."""
DEFAULT: Final = 1 << 28
"""In a row: agencies print the name alone and mean this place, wherever they are."""
USUAL: Final = 1 << 27
"""In a row: what the name usually means, outranked by a namesake in the agency's own country."""
ROW: Final = USUAL - 1

CAPITAL: Final = 1
"""Flag of a record: capital of its country."""

_SPREAD: Final = 2048
"""Four standard deviations of a hash's place among a million."""

_LETTERS = str.maketrans({
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ə": "a",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ە": "ه", "ـ": None,
})  # fmt: skip
_MARKS = dict.fromkeys([*range(0x300, 0x370), *range(0x64B, 0x660), 0x670])
_DROPPED = "'’‘ʼʻʹ`´′.·،\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff"
_SPACED = "-‐‑‒–—_/\u00a0,()[]"
_PUNCTUATION = str.maketrans(dict.fromkeys(_DROPPED) | dict.fromkeys(_SPACED, " "))
_WORDS = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "&"}


def place_key(text: str) -> str:
    """Return the form under which a name is looked up: no case, accents, dots or apostrophes; `Saint` as `St`.

    Two names with one key are one name to the gazetteer. Returns an empty string for a text without letters.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS).translate(_LETTERS)
        text = unicodedata.normalize("NFC", text)
    elif text.replace(" ", "").isalnum():
        return " ".join([_WORDS.get(word, word) for word in text.lower().split()])
    words = text.translate(_PUNCTUATION).lower().split()
    return " ".join([_WORDS.get(word, word) for word in words])


def hashed(key: str) -> int:
    """Return the 64-bit number under which a key stands in the file."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a candidate for a name."""

    row: int
    geoname_id: int
    latitude: float
    longitude: float
    population: int
    country: str
    division: int
    zone: int
    capital: bool
    main: bool
    doubtful: bool
    default: bool
    usual: bool
    name_at: int
    name_length: int


@dataclass(frozen=True, slots=True)
class Region:
    """A country (division empty) or a first-level division of one."""

    country: str
    division: str
    name: str
    geoname_id: int
    seat: int
    """Row of its capital, else its most populous place; -1 without one."""


class Gazetteer:
    """The file, mapped into memory; look-ups read it in place, so that opening costs nothing and workers share it."""

    def __init__(self, path: Path) -> None:
        """Open `path`; raises `FileNotFoundError` where it was not built and `ValueError` where it is no such file."""
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, self.digest = HEADER.unpack_from(self._map)
        if magic != MAGIC:
            raise ValueError(f"{path} is no gazetteer of this version")
        view = memoryview(self._map)
        spans = [SPAN.unpack_from(self._map, HEADER.size + SPAN.size * n) for n in range(len(SECTIONS))]
        parts = {name: view[at : at + length] for name, (at, length) in zip(SECTIONS, spans, strict=True)}
        self._names = _Index(parts["name_hashes"], parts["name_values"], parts["name_lists"])
        self._regions = _Index(parts["region_hashes"], parts["region_values"], parts["region_lists"])
        self._places = parts["places"]
        self._pool = parts["names"]
        self.divisions = tuple(_lines(parts["divisions"]))
        """`COUNTRY.CODE`, tab, name; by the number that rows carry."""
        self.zones = tuple(_lines(parts["zones"]))
        self._region_lines = tuple(_lines(parts["regions"]))
        countries = (self._region(number) for number in range(len(self._region_lines)))
        self._countries = {
            region.country: region for region in takewhile(lambda region: not region.division, countries)
        }
        self.languages = {line.split("\t")[0]: frozenset(line.split("\t")[1:]) for line in _lines(parts["languages"])}
        """Language code -> the countries whose first language it is."""

    def __contains__(self, key: str) -> bool:
        """Tell whether any place bears the name with that key."""
        return self._names.holds(hashed(key))

    def rows(self, key: str) -> list[Row]:
        """Return every place that bears the name with that key, in the file's order (most populous first)."""
        return [self.row(value) for value in self._names.values(hashed(key))]

    def row(self, value: int) -> Row:
        """Return the place of a row number, which may carry the flags of a name."""
        number = value & ROW
        ident, lat, lon, population, name_at, division, zone, country, length, flags = RECORD.unpack_from(
            self._places, number * RECORD.size
        )
        return Row(
            number,
            ident,
            lat / 1e5,
            lon / 1e5,
            population,
            country.decode(),
            division,
            zone,
            bool(flags & CAPITAL),
            bool(value & MAIN),
            bool(value & DOUBTFUL),
            bool(value & DEFAULT),
            bool(value & USUAL),
            name_at,
            length,
        )

    def name(self, row: Row) -> str:
        """Return the main name of a place."""
        return str(self._pool[row.name_at : row.name_at + row.name_length], "utf-8")

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._places) // RECORD.size

    def regions(self, key: str) -> list[Region]:
        """Return the countries and divisions that bear the name with that key, likeliest first."""
        return [self._region(value) for value in self._regions.values(hashed(key))]

    def country(self, code: str) -> Region:
        """Return a country; raises `KeyError` for a code without any place."""
        return self._countries[code]

    def _region(self, number: int) -> Region:
        country, division, name, ident, seat = self._region_lines[number & ROW].split("\t")
        return Region(country, division, name, int(ident), int(seat))


class _Index:
    """Sorted 64-bit hashes beside values: a row, or the position of a counted list of rows."""

    def __init__(self, hashes: memoryview, values: memoryview, lists: memoryview) -> None:
        self._hashes = hashes.cast("Q")
        self._values = values.cast("I")
        self._lists = lists.cast("I")

    def holds(self, wanted: int) -> bool:
        return self._find(wanted) >= 0

    def _find(self, wanted: int) -> int:
        """Return where a hash stands, or -1: hashes lie evenly, so that a few probes around the expected place do."""
        size = len(self._hashes)
        expected = wanted * size >> 64
        low, high = max(0, expected - _SPREAD), min(size, expected + _SPREAD)
        at = bisect_left(self._hashes, wanted, low, high)
        if at in {low, high}:
            at = bisect_left(self._hashes, wanted)
        return at if at < size and self._hashes[at] == wanted else -1

    def values(self, wanted: int) -> list[int]:
        at = self._find(wanted)
        if at < 0:
            return []
        value = self._values[at]
        if value & DIRECT:
            return [value ^ DIRECT]
        return self._lists[value + 1 : value + 1 + self._lists[value]].tolist()


def _lines(part: memoryview) -> list[str]:
    return str(part, "utf-8").splitlines()
