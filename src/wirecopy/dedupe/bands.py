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
Chosen = NDArray[np.bool_]

_HEAD: Final = 40
_BODY: Final = 120
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


class Top(NamedTuple):
    """The words at the top of some texts: where each stands among all words, which text's it is, and where in it."""

    at: Places
    text: Places
    place: Places
    lengths: Places


def top_of(texts: Texts, most: Places) -> Top:
    """Return so many words of each text at most."""
    starts = np.array(texts.starts, np.int64)
    lengths = np.minimum(np.array(texts.ends, np.int64) - starts, most)
    text = np.arange(len(starts)).repeat(lengths)
    place = np.arange(len(text)) - (lengths.cumsum() - lengths)[text]
    return Top(starts[text] + place, text, place, lengths)


def bands_of(texts: Texts) -> list[list[int]]:
    """Return the bands of each text, signed 64-bit integers; none for one without words.

    A character of a script without spaces is half a word. The same on every machine, and whatever texts come together.
    """
    stretch = 1 + np.array(texts.unspaced, np.int64)
    top = top_of(texts, _BODY * stretch)
    rare = np.frombuffer(texts.rare, np.bool_)
    in_head = _has_runs(top, np.minimum(top.lengths, _HEAD * stretch), _HEAD_RUN * stretch)
    evidence = (
        (_runs(texts, top, _BODY_RUN), _has_runs(top, top.lengths, _BODY_RUN * stretch)),
        (_runs(texts, top, _HEAD_RUN), _telling(texts, top, in_head, rare)),
        (texts.hashes[top.at] * _GOLDEN, rare[top.at]),
    )
    features = np.concatenate([hashes[told] for hashes, told in evidence])
    counts = np.concatenate([np.bincount(top.text[told], minlength=len(stretch)) for _, told in evidence])
    found: list[list[int]] = _band_hashes(_minima(features, counts)).view(np.int64).tolist()
    has = (counts.reshape(len(_KINDS), -1) > 0)[_KIND_OF_BAND].T
    if has.all():
        return found
    return [list(compress(bands, told)) for bands, told in zip(found, has.tolist(), strict=True)]


def _has_runs(top: Top, lengths: Places, sizes: Places) -> Chosen:
    """Say of each word whether a run of so many words of its text begins there; a shorter text is one run."""
    chosen: Chosen = top.place < np.maximum(lengths - sizes + 1, 1)[top.text]
    return chosen


def _runs(texts: Texts, top: Top, size: int) -> Hashes:
    """Return the hash of so many words from each on, of twice as many where they are characters."""
    runs = _run_hashes(texts.hashes, size)[top.at]
    if any(texts.unspaced):
        longer = np.array(texts.unspaced, np.bool_)[top.text]
        runs[longer] = _run_hashes(texts.hashes, 2 * size)[top.at[longer]]
    return runs


def _run_hashes(hashes: Hashes, size: int) -> Hashes:
    """Return the hash of so many words from each on; what lies between texts has none, so that no run tells of two."""
    number = len(hashes) - size + 1
    runs = hashes[:number] * _FACTORS[0]
    for at in range(1, size):
        runs += hashes[at : at + number] * _FACTORS[at]
    mixed: Hashes = (runs ^ runs >> _SHIFT) * _MIX
    return mixed


def _telling(texts: Texts, top: Top, in_head: Chosen, rare: Chosen) -> Chosen:
    """Choose those runs that hold a word which tells a story from others, of a text without such a run all.

    `it said in a` stands in the head of every other report; texts that meet there have nothing to do with each other. In
    a script without spaces no word is known to be rare.
    """
    chosen = rare[top.at]
    for step in range(1, _HEAD_RUN):
        chosen |= rare[top.at + step]
    chosen &= in_head
    any_does = np.array(texts.unspaced, np.bool_) | (np.bincount(top.text[chosen], minlength=len(texts.starts)) == 0)
    return chosen | (any_does[top.text] & in_head) if any_does.any() else chosen


def _minima(features: Hashes, counts: Places) -> Hashes:
    """Return a row for each count of features: their least hashes under so many permutations, 32 bits each."""
    offsets = np.zeros(len(counts) + 1, np.uint64)
    offsets[1:] = counts.cumsum()
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(features, offsets, _MINIMA, _SEED)
    return np.array(matrix.to_rows(), np.uint64).reshape(len(_KINDS), -1, _MINIMA)


def _band_hashes(minima: Hashes) -> Hashes:
    """Mix each band's number and the values of its rows into 64 bits: a row of bands for each text."""
    found = _BANDS * _GOLDEN
    for rows in _PLACES:
        found = (found ^ minima[_KIND_OF_BAND, :, rows].T) * _MIX
        found ^= found >> _SHIFT
    return found


_BANDS: Final = np.array([band for kind in _KINDS for band in kind.bands], np.uint64)
_KIND_OF_BAND: Final = np.array([at for at, kind in enumerate(_KINDS) for _ in kind.bands])
# Where the rows of each band stand among the minima of its kind; one of fewer rows takes its last again.
_PLACES: Final = np.array(
    [
        [band * kind.rows + min(row, kind.rows - 1) for kind in _KINDS for band in range(len(kind.bands))]
        for row in range(_ROWS)
    ]
)
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT: Final = np.uint64(29)
_FACTORS: Final = np.array([pow(int(_GOLDEN), power, 1 << 64) for power in range(1, 2 * _BODY_RUN + 1)], np.uint64)
