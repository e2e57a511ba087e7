"""What tells a text from others of its kind, in 320 bits: enough to see, without reading them, that two texts are not one.

Bands find whom a text may share wording with. Of texts from one template (dividends, results, weather) thousands share
wording; they differ in their figures and names. So a sketch holds rare words, and figures with the word beside them, each
as one bit; two texts are worth comparing where their sketches have more in common than chance explains. Figures stand once
more by themselves: texts whose words agree and whose figures do not are two reports of one template. The same rule decides on
every pair alone, whatever else is held.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.tops import BEYOND, FIRST, FLAG, Hashes, Places, Tops, chosen

BYTES: Final = 40
Sketches = NDArray[np.uint64]
"""Sketches as rows of five words each; the last holds the figures."""

_BITS: Final = 255
"""The last bit, beside these, says that figures stand dense."""
_DENSE: Final = 0.08
_FEW: Final = 4
"""Fewer features decide nothing, unless one is missing."""
_LEAST_PROSE: Final = 4.5
_LEAST_DENSE: Final = 5.5
_LEAST_MET_AGAIN: Final = 3.0
"""How far above chance, in standard deviations; texts of one kind seldom meet in two bands, unless they are one."""
_FIGURE_BITS: Final = 64
_OTHER_FIGURES: Final = (4, 0.35)
"""Of so many figures or more at least this share must agree beyond chance; and where figures stand dense in both:"""
_OTHER_FIGURES_DENSE: Final = (3, 0.5)
_LEAST_VARIANCE: Final = 0.3


def sketches(tops: Tops) -> list[bytes]:
    """Return the sketch of each text's top, the same on every machine; without features for a text written without spaces."""
    flags = list(map(_features_of, tops.lengths, tops.figure, tops.rare, tops.sizes))
    told = chosen(chain.from_iterable(flags), 3, tops.width)
    counts = [sum(map(int.bit_count, one)) for one in flags]
    bits = np.zeros((len(flags), _BITS + 1 + _FIGURE_BITS), np.bool_)
    bits[np.arange(len(flags)).repeat(counts), _places(tops.hashes)[told]] = True
    bits[:, _BITS] = [
        one[2].bit_count() >= _DENSE * length > 0 for one, length in zip(flags, tops.lengths, strict=True)
    ]
    rows = np.packbits(bits, bitorder="little").tobytes()
    return [rows[row : row + BYTES] for row in range(0, len(rows), BYTES)]


def _features_of(length: int, figure: int, rare: int, size: int) -> tuple[int, int, int]:
    """Return the flags of rare words, of pairs of words of which one is a figure, and of figures; none without spaces."""
    if size > 1:
        return 0, 0, 0
    return rare, (figure | figure >> FLAG) & FIRST[max(length - 1, 0)], figure


def _places(hashes: Hashes) -> Places:
    """Return which bit each text's rare word at a place would set, which its pair of words, and which its figure."""
    width = hashes.shape[1] - BEYOND
    found = np.empty((len(hashes), 3, width), np.uint64)
    single, pair = found[:, 0], found[:, 1]
    single[:] = hashes[:, :width]
    np.bitwise_or(single, _FROM_END, out=found[:, 2])
    np.multiply(single, _BEFORE, out=pair)
    pair += hashes[:, 1 : width + 1] * _BEHIND
    pair >>= _SHIFT
    found[:, :2] %= _ALL_BITS
    return found.view(np.int64)


_ALL_BITS: Final = np.array(_BITS, np.uint64)
_FROM_END: Final = np.array(-_FIGURE_BITS, np.int64).view(np.uint64)
"""Makes of a hash one of the last places, counted from the end."""
_BEFORE: Final = np.array(0x9E3779B97F4A7C15, np.uint64)
_BEHIND: Final = np.array(0xC2B2AE3D27D4EB4F, np.uint64)
_SHIFT: Final = np.array(33, np.uint64)


def worth_comparing(one: Sketches, other: Sketches, meetings: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each row of two tables of sketches, whose texts meet in so many bands, whether they may be copies; symmetric.

    A long text's sketch holds much of a short one's by chance: so many bits must be common as so many of each, thrown at
    random, would not have.
    """
    both_dense = (one[:, 3] & other[:, 3] & _DENSE_BIT) != 0
    common, fewer, more = _common(one[:, :4], other[:, :4])
    expected = fewer * more / _BITS
    variance = np.maximum(expected * (1 - more / _BITS), _LEAST_VARIANCE)
    least = np.where(meetings > 1, _LEAST_MET_AGAIN, np.where(both_dense, _LEAST_DENSE, _LEAST_PROSE))
    beyond = common - expected >= least * np.sqrt(variance)
    found: NDArray[np.bool_] = beyond | ((common == fewer) & ((fewer < _FEW) | (fewer == more)))
    return found & ~_have_other_figures(one, other, both_dense)


def _have_other_figures(one: Sketches, other: Sketches, dense: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say whether both texts hold several figures and next to none of them in common."""
    common, fewer, more = _common(one[:, 4:], other[:, 4:])
    expected = fewer * more / _FIGURE_BITS
    found = np.zeros(len(one), np.bool_)
    for (least, share), among in ((_OTHER_FIGURES, True), (_OTHER_FIGURES_DENSE, dense)):
        found |= (fewer >= least) & (common - expected < share * (fewer - expected)) & among
    return found


_Counts = NDArray[np.int64]


def _common(one: Sketches, other: Sketches) -> tuple[_Counts, _Counts, _Counts]:
    """Return how many bits two tables have in common, row by row, and how many the lesser and the greater row has."""
    first, second = _features(one), _features(other)
    return _features(one & other), np.minimum(first, second), np.maximum(first, second)


def _features(sketches: Sketches) -> _Counts:
    """Count a row's bits but for that of dense figures."""
    counted: _Counts = np.bitwise_count(sketches).sum(axis=1, dtype=np.int64)
    return counted - (sketches[:, 3] >> np.uint64(63)).astype(np.int64) if sketches.shape[1] > 3 else counted


_DENSE_BIT: Final = np.uint64(1 << 63)
