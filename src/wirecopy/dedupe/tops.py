"""Texts -> the words at their tops, a row of one table for each: what search looks at.

Copies keep the top of a story; what outlets append stands below. In tables of one width a run of words is a sum of columns,
so that one text costs as few steps as sixty do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.reading import IS_FIGURE, IS_RARE, Texts
from wirecopy.dedupe.vocabulary import BYTES, HASH_SHIFT

Hashes = NDArray[np.uint64]
Chosen = NDArray[np.bool_]
Places = NDArray[np.int64]

WORDS: Final = 120
"""Words of a text that search looks at; twice as many where they are characters of a script without spaces."""
BEYOND: Final = 5
"""Columns that no text reaches, so that a run may begin at the last word."""


class Tops(NamedTuple):
    """The words at the top of some texts, in rows; 0 and False behind the last of each."""

    hashes: Hashes
    figure: Chosen
    rare: Chosen
    lengths: Sequence[int]
    unspaced: Sequence[bool]


def tops_of(texts: Texts) -> Tops:
    """Return the tops of texts."""
    lengths = [min(len(codes), WORDS << unspaced) for codes, unspaced in zip(texts.codes, texts.unspaced, strict=True)]
    width = (WORDS << any(texts.unspaced)) + BEYOND
    numbers = texts.numbers.tobytes()
    rows = [
        numbers[BYTES * start : BYTES * (start + length)].ljust(BYTES * width, b"\0")
        for start, length in zip(texts.starts, lengths, strict=True)
    ]
    codes = b"".join([codes[:length].ljust(width, b"\0") for codes, length in zip(texts.codes, lengths, strict=True)])
    return Tops(
        hashes=np.frombuffer(b"".join(rows), "<u8").reshape(-1, width) >> _HASH_SHIFT,
        figure=np.frombuffer(codes.translate(IS_FIGURE), np.bool_).reshape(-1, width),
        rare=np.frombuffer(codes.translate(IS_RARE), np.bool_).reshape(-1, width),
        lengths=lengths,
        unspaced=texts.unspaced,
    )


_HASH_SHIFT: Final = np.array(HASH_SHIFT, np.uint64)
