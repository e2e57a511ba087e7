"""What tells a text from others of its kind, in 256 bits: enough to see, without reading them, that two texts are not one.

Bands find whom a text may share wording with. Of texts from one template (dividends, results, weather) thousands share
wording; they differ in their figures and names. So a sketch holds rare words, and figures with the word beside them, each
as one bit; two texts are worth comparing where their sketches have more in common than chance explains. The same rule
decides on every pair alone, whatever else is held.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import compress
from operator import or_
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.words import FIGURE

BYTES: Final = 32
Sketches = NDArray[np.uint64]
"""Sketches as rows of four words each."""

_TOP: Final = 120
"""Copies keep the top of a story; what outlets append at the end tells nothing."""
_BITS: Final = 255
_DENSE_BIT: Final = 1 << _BITS
"""The last bit says that figures stand dense."""
_DENSE: Final = 0.08
_FEW: Final = 4
"""Fewer features decide nothing, unless one is missing."""
_LEAST_PROSE: Final = 4.5
_LEAST_DENSE: Final = 5.5
_LEAST_MET_AGAIN: Final = 3.0
"""How far above chance, in standard deviations; texts of one kind seldom meet in two bands, unless they are one."""
_LEAST_VARIANCE: Final = 0.3


def sketch(words: Words) -> bytes:
    """Return the sketch of a text's top, the same on every machine; without features for a text written without spaces."""
    if words.unspaced or not words.words:
        return bytes(BYTES)
    kinds = words.kinds[:_TOP]
    bits = _DENSE_BIT if kinds.count(FIGURE) >= _DENSE * len(kinds) else 0
    bits = reduce(or_, map(_bit, set(compress(words.words[:_TOP], words.rare))), bits)
    figures = compress(range(len(kinds)), kinds.translate(_IS_FIGURE))
    for at in {place for figure in figures for place in (figure, figure + 1)}:
        if 0 < at < len(kinds):
            before, code = _code(words.words[at - 1]), _code(words.words[at])
            bits |= 1 << ((before * 0x9E3779B1 + code * 0x85EBCA6B) >> 7) % _BITS
    return bits.to_bytes(BYTES, "little")


@lru_cache(maxsize=1 << 15)
def _bit(word: str) -> int:
    """Return the bit that a word sets by itself."""
    return 1 << _code(word) % _BITS


@lru_cache(maxsize=1 << 15)
def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) or 1


_IS_FIGURE: Final = bytes(code == FIGURE for code in range(256))


def worth_comparing(one: Sketches, other: Sketches, meetings: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each row of two tables of sketches, whose texts meet in so many bands, whether they may be copies; symmetric.

    A long text's sketch holds much of a short one's by chance: so many bits must be common as so many of each, thrown at
    random, would not have.
    """
    last = np.uint64(1 << 63)
    both_dense = (one[:, 3] & other[:, 3] & last) != 0
    common, first, second = _features(one & other), _features(one), _features(other)
    fewer, more = np.minimum(first, second), np.maximum(first, second)
    expected = fewer * more / _BITS
    variance = np.maximum(expected * (1 - more / _BITS), _LEAST_VARIANCE)
    least = np.where(meetings > 1, _LEAST_MET_AGAIN, np.where(both_dense, _LEAST_DENSE, _LEAST_PROSE))
    beyond = common - expected >= least * np.sqrt(variance)
    found: NDArray[np.bool_] = beyond | ((common == fewer) & ((fewer < _FEW) | (fewer == more)))
    return found


def _features(sketches: Sketches) -> NDArray[np.int64]:
    dense = (sketches[:, 3] >> np.uint64(63)).astype(np.int64)
    counted: NDArray[np.int64] = np.bitwise_count(sketches).sum(axis=1, dtype=np.int64) - dense
    return counted
