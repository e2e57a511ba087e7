"""Item -> what is compared of it, and where near-duplicate search looks for it.

Bands come from three kinds of evidence, because copies are spoiled in three ways: word shingles of the body (edited
copies), word shingles of its head (tails cut, texts appended), and names with figures and rare words (noise that breaks
every shingle). All come from the top of a text: copies keep it, and what outlets append stands below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import compress
from typing import Final

import numpy as np
from rensa import RMinHash

from wirecopy.agencies import is_credit_line
from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate, learnable_hashes, news_of
from wirecopy.dedupe.reading import Words, read_raw, read_words
from wirecopy.dedupe.sketch import sketch
from wirecopy.dedupe.words import slugline_stem
from wirecopy.model import Comparable, Fingerprint, Item

_HEAD: Final = 40
_BODY: Final = 120
"""Copies keep the top of a story; what outlets append at the end tells nothing."""
_SLUGLINE: Final = 96
_SEED: Final = 21_578
# The numbers of the bands of each kind of evidence, two rows a band; a band's number is part of its hash.
_ROWS: Final = 2
_WHOLE: Final = range(4)
_TOP: Final = range(32, 40)
_RARE: Final = range(64, 72)


def comparable(item: Item, boilerplate: Boilerplate = EMPTY) -> Comparable:
    """Return the news of an item: its text after the dateline, without sign-off, known lines and boilerplate."""
    published = item.published
    told = _after_dateline(item)
    return Comparable(
        item_key=item.item_key,
        text=_news(item, told, boilerplate),
        headline=item.headline,
        language=item.language,
        agency=item.agency,
        outlet=item.outlet,
        slugline=item.slugline,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        item_uri=item.item_uri,
        related=item.related,
        cues=item.cues,
        identifiers=item.identifiers,
        text_hash=item.text_hash,
        pieces=learnable_hashes(told),
        boilerplate_version=boilerplate.version,
    )


def _news(item: Item, told: str, boilerplate: Boilerplate) -> str:
    kept = news_of(told, item.outlet, boilerplate)
    if item.sign_off and kept:
        kept[-1] = kept[-1].removesuffix(item.sign_off).rstrip()
    while len(kept) > 1 and is_credit_line(kept[-1], language=item.language):
        kept.pop()
    if item.dateline is None:
        kept[:_TOP_PARAGRAPHS] = _without_dateline(kept[:_TOP_PARAGRAPHS])
    return "\n\n".join(part for part in kept if part)


_TOP_PARAGRAPHS: Final = 4
"""So many paragraphs, a header's among them, may hold the dateline."""
# (Suffield, March 5) …   Dallas, 14 March: …   PARIS — …: an opening that was not read as a dateline, as under an outlet's header.
_DATELINE: Final = re.compile(
    r"""
    \(?(?: [^\W\d_a-z][^\W\d_]*(?:[ .'’-]{1,2}[^\W\d_a-z][^\W\d_]*){0,3} (?:,\s[^\W\d_]+\.?)? ) ,?\s
    (?: [^\W\d_]{3,10}\.?\s\d{1,2} | \d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.? ) (?:,?\s(?:19|20)\d\d)?
    (?: \)\s*[:—–-]*\s+ | \s*(?:\([\w /.-]{2,24}\))?\s*(?::|[—–]|--?)\s+ )
    | [^\W\d_a-z]{3,}(?:[ .'-]{1,2}[^\W\d_a-z]{2,}){0,2}\s(?:—|–|--?)\s
    """,
    re.VERBOSE,
)


def _without_dateline(top: list[str]) -> list[str]:
    """Return the paragraphs at the top of a text, the first one that opens with a dateline without it."""
    for at, paragraph in enumerate(top):
        if (found := _DATELINE.match(paragraph)) and found.end() < len(paragraph):
            return [*top[:at], paragraph[found.end() :], *top[at + 1 :]]
    return top


def _after_dateline(item: Item) -> str:
    """Return the body from its lead on, with what stands in paragraphs above it."""
    opening = item.lead[:80]
    at = item.body.find(opening) if opening else -1
    if at <= 0:
        return item.body
    above = item.body[:at].rpartition("\n\n")[0]
    return f"{above}\n\n{item.body[at:]}" if above else item.body[at:]


def fingerprint(news: Comparable) -> Fingerprint:
    """Return the bands under which near-duplicates of an item meet; no bands for a text without words.

    Deterministic on every machine. Bands are signed 64-bit integers; `exact` hashes letters and digits alone.
    """
    words = read_words(news.text)
    raw = read_raw(news.text)
    on = news.published_on
    return Fingerprint(
        item_key=news.item_key,
        text_hash=news.text_hash,
        exact=int.from_bytes(blake2b(raw.encode(), digest_size=8).digest(), "big", signed=True),
        bands=tuple(dict.fromkeys((*_bands(words), *_slugline_bands(news)))) if words.words else (),
        month=on.year * 100 + on.month if on else None,
        words=len(words.words),
        sketch=sketch(words).hex(),
        boilerplate_version=news.boilerplate_version,
    )


def _bands(words: Words) -> list[int]:
    stretch = 2 if words.unspaced else 1
    evidence = (
        (_WHOLE, _shingles(words.words[: _BODY * stretch], 3 * stretch)),
        (_TOP, _shingles(words.words[: _HEAD * stretch], 2 * stretch)),
        (_RARE, rare_words(words, _BODY * stretch)),
    )
    numbers: list[int] = []
    minima: list[int] = []
    for bands, features in evidence:
        if features:
            numbers += bands
            minima += _minima(features, len(bands) * _ROWS, _SEED + bands[0])
    return _band_hashes(numbers, minima)


def _slugline_bands(news: Comparable) -> Iterator[int]:
    """Yield the bands in which an agency's takes and versions under one slugline meet, a day apart at most."""
    stem = slugline_stem(news.slugline)
    if stem and news.agency and news.published_on:
        for day in (news.published_on.toordinal(), news.published_on.toordinal() + 1):
            value = blake2b(f"{news.agency}\t{stem}\t{day}".encode(), digest_size=8).digest()
            yield from _band_hashes([_SLUGLINE], [int.from_bytes(value, "big")])


def _shingles(words: Sequence[str], size: int) -> list[str]:
    if len(words) <= size:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))


def rare_words(words: Words, most: int) -> list[str]:
    """Return, of the first words, those that tell a story from others of its kind: figures, names and long words."""
    return list(compress(words.words[:most], words.rare))


def _minima(features: list[str], count: int, seed: int) -> list[int]:
    """Return the least hashes of features under so many permutations, 32 bits each."""
    sketch = RMinHash(num_perm=count, seed=seed)
    sketch.update(features)
    minima: list[int] = sketch.digest()
    return minima


def _band_hashes(bands: list[int], values: list[int]) -> list[int]:
    """Mix each band's number and the values of its rows into a signed 64-bit integer."""
    mixed = np.array(bands, np.uint64) * _GOLDEN
    for row in np.array(values, np.uint64).reshape(len(bands), -1).T:
        mixed = (mixed ^ row) * _MIX
        mixed ^= mixed >> _SHIFT
    hashes: list[int] = mixed.view(np.int64).tolist()
    return hashes


_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT: Final = np.uint64(29)
