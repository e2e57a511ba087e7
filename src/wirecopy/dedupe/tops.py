"""Texts -> the words at their tops, a row of one table for each: what search looks at.

Copies keep the top of a story; what outlets append stands below. In tables of one width a run of words is a sum of columns,
so that one text costs as few steps as sixty do. What is so of a word or not is a flag, a byte of one integer for each text,
which costs less than an array: the word behind is a shift away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecopy.dedupe.reading import IS_FIGURE, IS_RARE, Texts
from wirecopy.dedupe.vocabulary import BYTES, HASH_SHIFT

Hashes = NDArray[np.uint64]
Chosen = NDArray[np.bool_]
Places = NDArray[np.int64]

WORDS: Final = 120
"""Words of a text that search looks at."""
BEYOND: Final = 5
"""Columns that no text reaches, so that a run may begin at the last word."""
FLAG: Final = 8
"""Bits of a word's flag."""
FIRST: Final = tuple(int.from_bytes(b"\1" * number, "little") for number in range(2 * WORDS + 1))
"""The flags of so many first words."""


class Tops(NamedTuple):
    """The words at the top of some texts: a row of hashes for each, 0 behind its last; how many; flags of figures and rare words."""

    hashes: Hashes
    lengths: Sequence[int]
    figure: Sequence[int]
    rare: Sequence[int]
    sizes: Sequence[int]
    """2 for a text whose words are characters of a script without spaces, each half a word, else 1."""

    @property
    def width(self) -> int:
        """How many words a row has room for."""
        return int(self.hashes.shape[1]) - BEYOND


def tops_of(texts: Texts) -> Tops:
    """Return the tops of texts, one at least."""
    sizes = [1 + unspaced for unspaced in texts.unspaced]
    codes = [codes[: WORDS * size] for codes, size in zip(texts.codes, sizes, strict=True)]
    lengths = list(map(len, codes))
    width = WORDS * max(sizes) + BEYOND
    numbers = texts.numbers.tobytes()
    rows = [
        numbers[BYTES * start : BYTES * (start + length)].ljust(BYTES * width, b"\0")
        for start, length in zip(texts.starts, lengths, strict=True)
    ]
    return Tops(
        hashes=np.frombuffer(b"".join(rows), "<u8").reshape(-1, width) >> _HASH_SHIFT,
        lengths=lengths,
        figure=[int.from_bytes(top.translate(IS_FIGURE), "little") for top in codes],
        rare=[int.from_bytes(top.translate(IS_RARE), "little") for top in codes],
        sizes=sizes,
    )


def chosen(flags: Iterable[int], kinds: int, width: int) -> Chosen:
    """Return the flags of texts, of so many kinds each, as a table: text by text, kind by kind, word by word."""
    rows = b"".join([row.to_bytes(width, "little") for row in flags])
    return np.frombuffer(rows, np.bool_).reshape(-1, kinds, width)


_HASH_SHIFT: Final = np.array(HASH_SHIFT, np.uint64)
