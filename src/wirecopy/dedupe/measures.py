"""Units of the figures of a text, and whether a figure is another one in another unit: `$20.9 million`, `£15.4m`.

Read only where two texts have been found to differ in figures; what stands beside a figure changes no word of a text.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib.resources import files
from itertools import groupby, pairwise, product
from operator import itemgetter
from typing import Any, Final, NamedTuple

from wirecopy.dedupe.align import Alignment
from wirecopy.dedupe.numerals import in_digits
from wirecopy.dedupe.words import FIGURE, SCALE, read_figure, read_token, scaled, tokens


class Unit(NamedTuple):
    """A unit of a kind (length, currency …): as so many of the kind's first one as `least` to `most` say, equal where fixed."""

    kind: str
    name: str
    least: float
    most: float
    offset: float = 0.0


class Rate(NamedTuple):
    """What one unit was converted to another at, between `least` and `most` for rounding."""

    units: tuple[str, str]
    least: float
    most: float


Measures = Mapping[str, frozenset[Unit]]
"""The units in which each figure of a text stands."""


def _read_units(data: Mapping[str, Any]) -> dict[str, frozenset[Unit]]:
    found: dict[str, set[Unit]] = defaultdict(set)
    for name, currency in data["currency"].items():
        least, most = currency["dollar"]
        for written in currency["written"]:
            found[written].add(Unit("currency", name, 1 / most, 1 / least))
    for kind, units in data.items():
        for name, (size, *spellings) in units.items() if kind not in {"currency", "offset"} else ():
            for written in spellings:
                found[written].add(Unit(kind, name, size, size, data["offset"].get(name, 0.0)))
    return {written: frozenset(units) for written, units in found.items()}


_UNITS: Final = _read_units(tomllib.loads(files("wirecopy.dedupe").joinpath("data/units.toml").read_text("utf-8")))
_WORDS: Final[dict[str, Any]] = tomllib.loads(files("wirecopy.dedupe").joinpath("data/words.toml").read_text("utf-8"))


def _any_of(spellings: Iterable[str]) -> str:
    """Return a pattern for any of several spellings, the longest of one first letter first; letters must not run on."""
    ordered = sorted(spellings, key=lambda spelling: (spelling[0], -len(spelling), spelling))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(_rest(spelling) for spelling in alike)})"
        for first, alike in groupby(ordered, key=itemgetter(0))
    )


def _rest(spelling: str) -> str:
    """Return a pattern for what follows the first letter of a spelling."""
    ends = r"(?![^\W\d_])" if spelling[-1].isascii() and spelling[-1].isalpha() else ""
    return re.escape(spelling[1:]).replace(r"\ ", r"[\s-]") + ends


# Units are sought beside figures alone: looked for at every place of a text they would cost more than all else.
_MAGNITUDE: Final = rf"(?:[\s-]?(?:{_any_of(w for spellings in _WORDS['magnitudes'].values() for w in spellings)}))?"
_DIGITS: Final = re.compile(rf"\d++(?:[.,]\d++)*+(?:[-\ ]\d/\d\d?(?!\d))?{_MAGNITUDE}")
_NUMERALS: Final = {word: re.compile(rf"{re.escape(word)}(?![^\W\d_]){_MAGNITUDE}") for word in _WORDS["numerals"]}
_CURRENCIES: Final = tuple(w for w, u in _UNITS.items() if any(one.kind == "currency" for one in u))
_CURRENCY_ENDS: Final = frozenset(written[-2:] for written in _CURRENCIES)
_BESIDE: Final = ".-" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_BEFORE: Final = re.compile(rf"(?<![^\W\d_])({_any_of(_CURRENCIES)})[.]?\s?$")
_AFTER: Final = re.compile(rf"[.]?[\s-]?(?:(?:de|di|d['’]|of)\s?)?({_any_of(_UNITS)})")
_REACH: Final = max(map(len, _UNITS)) + 2
# 20-30 miles, between 20 and 30 miles: a figure shares the unit of the other end of its range.
_RANGE: Final = re.compile(
    r"\s?(?:[-–—/x×]|to|and|or|by|bis|und|oder|à|et|ou|a|y|o|e|至|到|から)\s?[$€£¥]?", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def read_measures(text: str) -> Measures:
    """Return the units in which each figure of a text stands, by the figure as it is compared; figures without one are left out."""
    text = in_digits(text).lower()
    found: list[_Measured] = []
    for start, end in _figures(text):
        before = _before(text, max(start - _REACH, found[-1].end if found else 0), start)
        if before is None and start and text[start - 1].isalpha():
            continue
        after = _AFTER.match(text, end)
        units = {*_units(before), *_units(after)} if before or after else set()
        first, last = before.start() if before else start, after.end() if after else end
        found.append(_Measured(_figure(text[start:end]), units, first, last))
    _share_in_ranges(found, text)
    measures: dict[str, frozenset[Unit]] = {}
    for figure, units, *_ in found:
        if figure and units:
            measures[figure] = measures.get(figure, _NO_UNITS) | units
    return measures


def _figures(text: str) -> list[tuple[int, int]]:
    """Return where figures stand, also those that are spelled out."""
    told = _NUMERALS.keys() & _letters(text)
    found = [at.span() for word in told for at in _NUMERALS[word].finditer(text)]
    spelled = [span for span in found if not text[span[0] - 1 : span[0]].isalpha()]
    return sorted(
        spelled + [at.span() for at in _DIGITS.finditer(text) if text[at.start() - 1 : at.start()] not in {".", ","}]
    )


def _letters(text: str) -> list[str]:
    """Return what stands together as letters in a text in lower case."""
    if text.isascii():
        return text.encode().translate(_ASCII_LETTERS).decode().split()
    return _LETTERS.findall(text)


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS: Final = bytes(code if chr(code).isalpha() and code < 128 else 32 for code in range(256))


def _before(text: str, least: int, end: int) -> re.Match[str] | None:
    """Find the currency that ends before a figure, asking a quicker question first."""
    told = text[least:end].rstrip(_BESIDE)
    if told[-2:] not in _CURRENCY_ENDS and told[-1:] not in _CURRENCY_ENDS:
        return None
    return _BEFORE.search(text, least, end)


class _Measured(NamedTuple):
    """A figure as it is compared, with its units, and where both stand."""

    figure: str
    units: set[Unit]
    start: int
    end: int


def _units(found: re.Match[str] | None) -> frozenset[Unit]:
    return _UNITS.get(_PARTED.sub(" ", found[1]), _NO_UNITS) if found else _NO_UNITS


_PARTED: Final = re.compile(r"[\s-]")


@lru_cache(maxsize=1 << 12)
def _figure(written: str) -> str:
    """Return a figure with its magnitude as it is compared, empty for what is none: `sept` is a month as well."""
    if written.isdecimal():
        return read_figure(written)
    (figure, kind), *following = [read for token in tokens(f"{written} ") for read in read_token(token)]
    if kind != FIGURE:
        return ""
    if following and following[0][1] == SCALE:
        return scaled(figure, following[0][0]) or figure
    return figure


def _share_in_ranges(found: Sequence[_Measured], text: str) -> None:
    """Give figures without a unit that of the other end of their range."""
    ranges = list(pairwise(found))
    for first, second in reversed(ranges):
        if second.units and not first.units and _RANGE.fullmatch(text, first.end, second.start):
            first.units.update(second.units)
    for first, second in ranges:
        if first.units and not second.units and _RANGE.fullmatch(text, first.end, second.start):
            second.units.update(first.units)


def without_converted(found: Alignment, a: str, b: str) -> Alignment:
    """Return the alignment of two texts in which a figure that differs because its unit does agrees: `$20.9 million`, `£15.4m`."""
    if not found.changed:
        return found
    measures = read_measures(a)
    if measures.keys().isdisjoint([figure for place in found.changed for side in place for figure in side]):
        return found
    converted = count_converted(found.changed, measures, read_measures(b))
    return as_if_converted(found, converted)


def as_if_converted(found: Alignment, figures: int) -> Alignment:
    """Return the alignment of two texts in which so many of the figures that differ do agree."""
    return found._replace(figures=found.figures + figures, other_figures=found.other_figures - figures)


def count_converted(changed: Iterable[AbstractSet[AbstractSet[str]]], a: Measures, b: Measures) -> int:
    """Return how many of the figures that stand in place of others are those in another unit.

    `changed` holds the figures of either side, place by place. Amounts of money must all have been converted at one rate.
    """
    places = [list(_converted(sides, a, b)) for sides in changed]
    if not _agree([rates for place in places for rates in place]):
        return 0
    return sum(min(len(place), _COUNTED) for place in places)


_COUNTED: Final = 2


def _converted(sides: AbstractSet[AbstractSet[str]], a: Measures, b: Measures) -> Iterator[list[Rate]]:
    """Yield, for each figure on the side with fewer that is one of the other side's in another unit, at what rates it is so."""
    smaller, larger = sorted(sides, key=lambda side: (len(side), sorted(side)))
    for figure in smaller:
        if rates := list(_rates(figure, larger, a, b)):
            yield rates


def _rates(figure: str, others: AbstractSet[str], a: Measures, b: Measures) -> Iterator[Rate]:
    """Yield the rates at which a figure may be one of others; where both may be in one unit nothing was converted."""
    for other in sorted(others):
        for here, there in ((a, b), (b, a)):
            first, second = here.get(figure, _NO_UNITS), there.get(other, _NO_UNITS)
            if not first.isdisjoint(second):
                continue
            for one, two in product(sorted(first), sorted(second)):
                if one.kind == two.kind and one.name != two.name and (rate := _rate(figure, one, other, two)):
                    yield rate


_NO_UNITS: Final[frozenset[Unit]] = frozenset()


def _rate(figure: str, one: Unit, other: str, two: Unit) -> Rate | None:
    """Return the rate that makes one figure in its unit the other in its own, None where no known one does."""
    if not (_is_number(figure) and _is_number(other)):
        return None
    if one.name > two.name:
        figure, one, other, two = other, two, figure, one
    value, second = float(figure) + one.offset, float(other) + two.offset
    if value <= 0 or second <= 0:
        return None
    slack = 1 + _ROUNDED + min(_ROUGH, max(_step(figure) / value, _step(other) / second))
    least, most = second / value / slack, second / value * slack
    if most < one.least / two.most or least > one.most / two.least:
        return None
    return Rate((one.name, two.name), least, most)


_ROUNDED: Final = 0.015
_ROUGH: Final = 0.1
"""A figure may be off for rounding by so much of it at most."""


def _is_number(figure: str) -> bool:
    return figure.isascii() and figure.replace(".", "", 1).isdigit()


def _step(figure: str) -> float:
    """Return half of what the last digit of a figure that is no zero counts: 0.05 for `20.9`, 5 for `50`."""
    whole, _, decimals = figure.partition(".")
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    return 0.5 * 10.0 ** (len(whole) - len(whole.rstrip("0")))


def _agree(figures: Sequence[Sequence[Rate]]) -> bool:
    """Say whether between each pair of units all figures may have been converted at one rate, of those that each allows."""
    for units in {rate.units for rates in figures for rate in rates}:
        allowed = [[rate for rate in rates if rate.units == units] for rates in figures]
        spans = [rates for rates in allowed if rates]
        # A rate that all allow is found at the lower end of one of them.
        if not any(
            all(any(rate.least <= low.least <= rate.most for rate in rates) for rates in spans)
            for low in (rate for rates in spans for rate in rates)
        ):
            return False
    return True
