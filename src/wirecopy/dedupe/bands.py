"""Texts as they were read -> the bands under which near-duplicates of each meet.

Three kinds of evidence, because copies are spoiled in three ways: word shingles of the body (edited copies), telling word
shingles of its head (tails cut, texts appended), and names with figures and rare words (noise that breaks every shingle).
All come from the top of a text: copies keep it, and what outlets append stands below. Words that many stories hold would
make buckets that grow with what a month holds: so three rare words must agree, and a head's shingles hold one each.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, chain, compress
from struct import Struct
from typing import Final, NamedTuple

import numpy as np
from rensa import RMinHash

from wirecopy.dedupe.tops import BEYOND, FIRST, FLAG, Hashes, Tops, chosen

_HEAD: Final = 40
_SEED: Final = 5


class _Kind(NamedTuple):
    """The numbers of the bands of a kind of evidence, which are part of their hashes, and the minima in each."""

    bands: range
    rows: int


_KINDS: Final = (_Kind(range(6), 2), _Kind(range(32, 42), 2), _Kind(range(64, 78), 3))
"""Runs of words of the body, telling runs of the head, rare words."""
_BODY_RUN: Final = 3
_HEAD_RUN: Final = 2
_ROWS: Final = max(kind.rows for kind in _KINDS)
_MINIMA: Final = max(len(kind.bands) * kind.rows for kind in _KINDS)


def bands_of(tops: Tops) -> list[list[int]]:
    """Return the bands of each text, signed 64-bit integers; none for one without words.

    A character of a script without spaces is half a word. The same on every machine, and whatever texts come together.
    """
    flags = list(chain.from_iterable(map(_evidence, tops.lengths, tops.rare, tops.sizes)))
    counts = list(map(int.bit_count, flags))
    told = chosen(flags, len(_KINDS), tops.width)
    found: list[list[int]] = _band_hashes(_minima(_features(tops)[told], counts)).view(np.int64).tolist()
    if all(counts):
        return found
    has = [[counts[first + kind] for kind in _KIND_OF_BAND] for first in range(0, len(counts), len(_KINDS))]
    return [list(compress(bands, told)) for bands, told in zip(found, has, strict=True)]


def _evidence(length: int, rare: int, size: int) -> tuple[int, int, int]:
    """Return the flags of those words of a text at which a run of the body, a telling run of the head and a rare word begin.

    A text that is shorter than a run is one. `it said in a` stands in the head of every other report; texts that meet there
    have nothing to do with each other: so a run tells by a rare word in it, where the head has such. In a script without
    spaces no word is known to be rare.
    """
    least = min(length, 1)
    body = FIRST[max(length - _BODY_RUN * size + 1, least)]
    head = FIRST[max(min(length, _HEAD * size) - _HEAD_RUN * size + 1, least)]
    telling = rare
    for step in range(1, _HEAD_RUN):
        telling |= rare >> FLAG * step
    telling &= head
    return body, telling if telling and size == 1 else head, rare


def _features(tops: Tops) -> Hashes:
    """Return, for each text and kind of evidence, the hash of what begins at each word."""
    found = _run_hashes(tops.hashes, 1)
    if 2 in tops.sizes:
        unspaced = [text for text, size in enumerate(tops.sizes) if size == 2]
        found[unspaced] = _run_hashes(tops.hashes[unspaced], 2)
    return found


def _run_hashes(hashes: Hashes, word: int) -> Hashes:
    """Return the hashes of runs of the body's size, of the head's and of single words from each word on, of so many signs a word."""
    width = hashes.shape[1] - BEYOND
    found = np.empty((len(hashes), len(_KINDS), width), np.uint64)
    run = np.multiply(hashes[:, :width], _FACTORS[0], out=found[:, 2])
    for at in range(1, _BODY_RUN * word):
        kind = found[:, 1 if at < _HEAD_RUN * word else 0]
        run = np.add(run, hashes[:, at : at + width] * _FACTORS[at], out=kind)
    mixed = found[:, :2]
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX
    return found


def _minima(features: Hashes, counts: Iterable[int]) -> Hashes:
    """Return a row for each text: for each kind the least hashes of so many features under permutations, 32 bits each."""
    offsets = np.array([0, *accumulate(counts)], np.uint64)
    rows = RMinHash.digest_matrix_from_flat_token_hashes(features, offsets, _MINIMA, _SEED).to_rows()
    minima = np.frombuffer(b"".join([_ROW.pack(*row) for row in rows]), np.uint32).astype(np.uint64)
    return minima.reshape(-1, len(_KINDS) * _MINIMA)


def _band_hashes(minima: Hashes) -> Hashes:
    """Mix each band's number and the values of its rows into 64 bits: a row of bands for each text."""
    rows = minima.take(_PLACES, axis=1)
    found = rows[:, 0] ^ _NUMBERED
    for row in range(1, _ROWS + 1):
        found *= _MIX
        found ^= found >> _SHIFT
        if row < _ROWS:
            found ^= rows[:, row]
    return found


_ROW: Final = Struct(f"{_MINIMA}I")
_GOLDEN: Final = 0x9E3779B97F4A7C15
# Arrays of one number: numpy takes them as they are, and scalars only after a look at what they hold.
_MIX: Final = np.array(0xBF58476D1CE4E5B9, np.uint64)
_SHIFT: Final = np.array(29, np.uint64)
_FACTORS: Final = [np.array(pow(_GOLDEN, power, 1 << 64), np.uint64) for power in range(1, 2 * _BODY_RUN + 1)]
_NUMBERED: Final = np.array([band for kind in _KINDS for band in kind.bands], np.uint64) * _FACTORS[0]
_KIND_OF_BAND: Final = [at for at, kind in enumerate(_KINDS) for _ in kind.bands]
# Where the rows of each band stand among the minima of a text; one of fewer rows takes its last again.
_PLACES: Final = np.array(
    [
        [
            at * _MINIMA + band * kind.rows + min(row, kind.rows - 1)
            for at, kind in enumerate(_KINDS)
            for band in range(len(kind.bands))
        ]
        for row in range(_ROWS)
    ]
)
