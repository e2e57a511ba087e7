"""Texts as they were read -> the bands under which near-duplicates of each meet.

Three kinds of evidence, because copies are spoiled in three ways: word shingles of the body (edited copies), telling word
shingles of its head (tails cut, texts appended), and names with figures and rare words (noise that breaks every shingle).
All come from the top of a text: copies keep it, and what outlets append stands below. Words that many stories hold would
make buckets that grow with what a month holds: so three rare words must agree, and a head's shingles hold one each.
"""

from __future__ import annotations

from itertools import compress
from struct import Struct
from typing import Final, NamedTuple

import numpy as np
from rensa import RMinHash

from wirecopy.dedupe.tops import BEYOND, WORDS, Chosen, Hashes, Tops

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
    told = _told(tops)
    counts = np.add.reduce(told, axis=2, dtype=np.uint64)
    found: list[list[int]] = _band_hashes(_minima(_features(tops)[told], counts)).view(np.int64).tolist()
    if np.count_nonzero(counts) == counts.size:
        return found
    has = (counts > 0)[:, _KIND_OF_BAND].tolist()
    return [list(compress(bands, told)) for bands, told in zip(found, has, strict=True)]


def _told(tops: Tops) -> Chosen:
    """Say, for each text and kind of evidence, at which words it has some."""
    width = tops.hashes.shape[1] - BEYOND
    told = np.zeros((len(tops.lengths), len(_KINDS), width), np.bool_)
    telling = _telling(tops)
    for text, (length, unspaced) in enumerate(zip(tops.lengths, tops.unspaced, strict=True)):
        body, head = _runs(length, 1 + unspaced)
        told[text, 0, :body] = True
        told[text, 1, :head] = telling[text, :head]
    told[:, 2] = tops.rare[:, :width]
    return told


def _runs(length: int, stretch: int) -> tuple[int, int]:
    """Return how many runs of words the body and the head of a text have; a shorter text is one run."""
    least = min(length, 1)
    head = min(length, _HEAD * stretch)
    return max(length - _BODY_RUN * stretch + 1, least), max(head - _HEAD_RUN * stretch + 1, least)


def _telling(tops: Tops) -> Chosen:
    """Choose those runs that hold a word which tells a story from others, of a text without such a run in its head all.

    `it said in a` stands in the head of every other report; texts that meet there have nothing to do with each other. In
    a script without spaces no word is known to be rare.
    """
    chosen = tops.rare.copy()
    for step in range(1, _HEAD_RUN):
        chosen[:, :-step] |= tops.rare[:, step:]
    heads = tops.rare[:, :_HEAD].tobytes()
    for text, unspaced in enumerate(tops.unspaced):
        if unspaced or b"\1" not in heads[text * _HEAD : (text + 1) * _HEAD]:
            chosen[text] = True
    return chosen


def _features(tops: Tops) -> Hashes:
    """Return, for each text and kind of evidence, the hash of what begins at each word."""
    found = _run_hashes(tops.hashes, 1)
    if any(tops.unspaced):
        chosen = np.array(tops.unspaced)
        found[chosen] = _run_hashes(tops.hashes[chosen], 2)
    return found


def _run_hashes(hashes: Hashes, stretch: int) -> Hashes:
    """Return the hashes of runs of the body's size, of the head's and of single words from each word on."""
    width = hashes.shape[1] - BEYOND
    found = np.empty((len(hashes), len(_KINDS), width), np.uint64)
    run = np.multiply(hashes[:, :width], _FACTORS[0], out=found[:, 2])
    for size in range(2, _BODY_RUN * stretch + 1):
        run = run + hashes[:, size - 1 : size - 1 + width] * _FACTORS[size - 1]
        if size == _HEAD_RUN * stretch:
            found[:, 1] = run
    found[:, 0] = run
    mixed = found[:, :2]
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX
    return found


def _minima(features: Hashes, counts: Hashes) -> Hashes:
    """Return a row for each text: for each kind the least hashes of so many features under permutations, 32 bits each."""
    offsets = np.zeros(counts.size + 1, np.uint64)
    np.add.accumulate(counts.reshape(-1), out=offsets[1:])
    rows = RMinHash.digest_matrix_from_flat_token_hashes(features, offsets, _MINIMA, _SEED).to_rows()
    minima = np.frombuffer(b"".join([_ROW.pack(*row) for row in rows]), np.uint32).astype(np.uint64)
    return minima.reshape(-1, len(_KINDS) * _MINIMA)


def _band_hashes(minima: Hashes) -> Hashes:
    """Mix each band's number and the values of its rows into 64 bits: a row of bands for each text."""
    rows = minima.take(_PLACES, axis=1)
    found = _NUMBERED
    for row in range(_ROWS):
        found = (found ^ rows[:, row]) * _MIX
        found ^= found >> _SHIFT
    return found


_NUMBERS: Final = np.arange(2 * WORDS)
_ROW: Final = Struct(f"{_MINIMA}I")
_GOLDEN: Final = 0x9E3779B97F4A7C15
# Arrays of one number: numpy takes them as they are, and scalars only after a look at what they hold.
_MIX: Final = np.array(0xBF58476D1CE4E5B9, np.uint64)
_SHIFT: Final = np.array(29, np.uint64)
_FACTORS: Final = [np.array(pow(_GOLDEN, power, 1 << 64), np.uint64) for power in range(1, 2 * _BODY_RUN + 1)]
_NUMBERED: Final = np.array([band for kind in _KINDS for band in kind.bands], np.uint64) * _FACTORS[0]
_KIND_OF_BAND: Final = np.array([at for at, kind in enumerate(_KINDS) for _ in kind.bands])
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
