"""Texts as they were read -> the bands under which near-duplicates of each meet.

Three kinds of evidence, because copies are spoiled in three ways: word shingles of the body (edited copies), telling word
shingles of its head (tails cut, texts appended), and names with figures and rare words (noise that breaks every shingle).
All come from the top of a text: copies keep it, and what outlets append stands below. Words that many stories hold would
make buckets that grow with what a month holds: so three rare words must agree, and a head's shingles hold one each.
"""

from __future__ import annotations

from itertools import compress
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from wirecopy.dedupe.reading import Texts

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_HEAD: Final = 40
_BODY: Final = 120
_SEED: Final = 5


class _Kind(NamedTuple):
    """The numbers of the bands of a kind of evidence, which are part of their hashes, and the minima in each."""

    bands: range
    rows: int


_WHOLE: Final = _Kind(range(6), 2)
_TOP: Final = _Kind(range(32, 42), 2)
_RARE: Final = _Kind(range(64, 78), 3)
_KINDS: Final = (_WHOLE, _TOP, _RARE)
_LONGEST: Final = 3
"""Words of the longest run, in a script with spaces."""
_MINIMA: Final = max(len(kind.bands) * kind.rows for kind in _KINDS)


def bands_of(texts: Texts) -> list[list[int]]:
    """Return the bands of each text, signed 64-bit integers; none for one without words.

    A character of a script without spaces is half a word. The same on every machine, and whatever texts come together.
    """
    starts, stretch = np.array(texts.starts, np.int64), _stretch(texts)
    lengths = np.minimum(np.array(texts.ends, np.int64) - starts, _BODY * stretch)
    evidence = (
        _shingles(texts, starts, lengths, _LONGEST),
        _telling(texts, starts, np.minimum(lengths, _HEAD * stretch), 2),
        _rare(texts, starts, lengths),
    )
    counts = np.concatenate([counted for _, counted in evidence])
    minima = _minima(np.concatenate([hashes for hashes, _ in evidence]), counts).reshape(len(_KINDS), len(starts), -1)
    hashed = [_band_hashes(kind, found) for kind, found in zip(_KINDS, minima, strict=True)]
    found = np.concatenate(hashed, axis=1).view(np.int64).tolist()
    has = np.repeat(counts.reshape(len(_KINDS), -1) > 0, [len(kind.bands) for kind in _KINDS], axis=0).T
    return [
        bands if all(told) else list(compress(bands, told)) for bands, told in zip(found, has.tolist(), strict=True)
    ]


def words_between(starts: Places, lengths: Places) -> Places:
    """Return the places of so many words from each start on, one text after the other."""
    before = np.cumsum(lengths) - lengths
    found: Places = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    return found


def _shingles(texts: Texts, starts: Places, lengths: Places, size: int) -> tuple[Hashes, Places]:
    """Return the hashes of runs of so many words of each text, and how many; a shorter text is one run."""
    sizes = size * _stretch(texts)
    counts = np.where(lengths > 0, np.maximum(lengths - sizes + 1, 1), 0)
    at = words_between(starts, counts)
    runs = _runs(texts.hashes, size)[at]
    if any(texts.unspaced):
        longer = np.repeat(texts.unspaced, counts)
        runs[longer] = _runs(texts.hashes, 2 * size)[at[longer]]
    return runs, counts


def _telling(texts: Texts, starts: Places, lengths: Places, size: int) -> tuple[Hashes, Places]:
    """Return the hashes of those runs that hold a word which tells a story from others, of a text without such a run all.

    `it said in a` stands in the head of every other report; texts that meet there have nothing to do with each other. In
    a script without spaces no word is known to be rare.
    """
    runs, counts = _shingles(texts, starts, lengths, size)
    at, text = words_between(starts, counts), np.repeat(np.arange(len(starts)), counts)
    rare = np.frombuffer(texts.rare, np.bool_)
    tells = rare[at]
    for step in range(1, size):
        tells |= rare[at + step]
    has_none = np.bincount(text[tells], minlength=len(starts)) == 0
    tells |= (has_none | np.array(texts.unspaced, np.bool_))[text]
    return runs[tells], np.bincount(text[tells], minlength=len(starts))


def _stretch(texts: Texts) -> Places:
    """Return how many words of a text count as one: a character of a script without spaces is half of one."""
    return 1 + np.array(texts.unspaced, np.int64)


def _runs(hashes: Hashes, size: int) -> Hashes:
    """Return the hash of so many words from each on; what lies between texts has none, so that no run tells of two."""
    number = len(hashes) - size + 1
    runs = hashes[:number] * _FACTORS[0]
    for at in range(1, size):
        runs += hashes[at : at + number] * _FACTORS[at]
    mixed_runs: Hashes = (runs ^ runs >> _SHIFT) * _MIX
    return mixed_runs


def _rare(texts: Texts, starts: Places, lengths: Places) -> tuple[Hashes, Places]:
    """Return the hashes of those words that tell a story from others of its kind, and how many each text has."""
    at = words_between(starts, lengths)
    rare = np.frombuffer(texts.rare, np.bool_)[at]
    text = np.repeat(np.arange(len(starts)), lengths)[rare]
    return texts.hashes[at[rare]] * _GOLDEN, np.bincount(text, minlength=len(starts))


def _minima(features: Hashes, counts: Places) -> NDArray[np.uint64]:
    """Return a row for each count of features: their least hashes under so many permutations, 32 bits each."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(features, offsets, _MINIMA, _SEED)
    return np.array(matrix.to_rows(), np.uint64)


def _band_hashes(kind: _Kind, minima: Hashes) -> Hashes:
    """Mix each band's number and the values of its rows into 64 bits."""
    rows = minima[:, : len(kind.bands) * kind.rows].reshape(len(minima), len(kind.bands), kind.rows)
    found = np.tile(np.array(kind.bands, np.uint64) * _GOLDEN, (len(minima), 1))
    for row in range(kind.rows):
        found = (found ^ rows[:, :, row]) * _MIX
        found ^= found >> _SHIFT
    return found


_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT: Final = np.uint64(29)
_FACTORS: Final = np.array([pow(int(_GOLDEN), power, 1 << 64) for power in range(1, 2 * _LONGEST + 1)], np.uint64)
