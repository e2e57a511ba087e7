"""What tells a text from others of its kind, in 256 bits: enough to see, without reading them, that two texts are not one.

Bands find whom a text may share wording with. Of texts from one template (dividends, results, weather) thousands share
wording; they differ in their figures and names. So a sketch holds rare words, and figures with the word beside them, each
as one bit; two texts are worth comparing where the smaller sketch lies in the larger one for the most part. The same
rule decides on every pair alone, whatever else is held.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.words import COMMON, FIGURE, NAME, PLAIN, Words

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
"""Fewer features decide nothing."""
_LEAST_PROSE: Final = 0.45
_LEAST_DENSE: Final = 0.5
# Words of a kind are rare from one letter more on.
_ORDINARY: Final = {PLAIN: 8, FIGURE: 1, NAME: 2}


def is_rare(word: str, kind: int) -> bool:
    """Say whether a word tells a story from others of its kind: a figure, a name, a long word."""
    return len(word) > _ORDINARY[kind] and word not in COMMON


def sketch(words: Words) -> bytes:
    """Return the sketch of a text's top, the same on every machine; without features for a text written without spaces."""
    if words.unspaced or not words.words:
        return bytes(BYTES)
    kinds = words.kinds[:_TOP]
    bits = _DENSE_BIT if kinds.count(FIGURE) >= _DENSE * len(kinds) else 0
    before, beside_figure = 0, False
    for word, kind in zip(words.words, kinds, strict=False):
        code, bit = _feature(word, kind)
        bits |= bit
        if before and (kind == FIGURE or beside_figure):
            bits |= 1 << ((before * 0x9E3779B1 + code * 0x85EBCA6B) >> 7) % _BITS
        before, beside_figure = code, kind == FIGURE
    return bits.to_bytes(BYTES, "little")


@lru_cache(maxsize=1 << 16)
def _feature(word: str, kind: int) -> tuple[int, int]:
    """Return the code of a word, and the bit that it sets by itself."""
    code = crc32(word.encode("utf-8", "surrogatepass")) or 1
    return code, 1 << code % _BITS if is_rare(word, kind) else 0


def worth_comparing(one: Sketches, other: Sketches) -> NDArray[np.bool_]:
    """Say of each row of two tables of sketches whether the texts may be copies; symmetric."""
    last = np.uint64(1 << 63)
    both_dense = (one[:, 3] & other[:, 3] & last) != 0
    common = _features(one & other)
    fewer = np.minimum(_features(one), _features(other))
    least = np.where(both_dense, _LEAST_DENSE, _LEAST_PROSE)
    return (fewer < _FEW) | (common >= least * fewer)


def _features(sketches: Sketches) -> NDArray[np.int64]:
    dense = (sketches[:, 3] >> np.uint64(63)).astype(np.int64)
    counted: NDArray[np.int64] = np.bitwise_count(sketches).sum(axis=1, dtype=np.int64) - dense
    return counted
