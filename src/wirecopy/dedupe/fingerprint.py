"""Item -> what is compared of it, and where near-duplicate search looks for it.

Bands come from three kinds of evidence, because copies are spoiled in three ways: word shingles of the body (edited
copies), word shingles of its head (tails cut, texts appended), and names with figures and rare words (noise that breaks
every shingle). All come from the top of a text: copies keep it, and what outlets append stands below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

from rensa import RMinHash

from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate, learnable_hashes, news_of
from wirecopy.dedupe.sketch import is_rare, sketch
from wirecopy.dedupe.words import Words, read_raw, read_words, slugline_stem
from wirecopy.model import Comparable, Fingerprint, Item

_HEAD: Final = 40
_BODY: Final = 120
"""Copies keep the top of a story; what outlets append at the end tells nothing."""
_SLUGLINE: Final = 96
_SEED: Final = 21_578
_MASK: Final = (1 << 64) - 1
# (number of bands, rows a band) of each kind of evidence; a band's number is part of its hash.
_WHOLE: Final = (4, 2)
_TOP: Final = (8, 2)
_RARE: Final = (8, 2)


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
    return "\n\n".join(part for part in kept if part)


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


def _bands(words: Words) -> Iterator[int]:
    stretch = 2 if words.unspaced else 1
    yield from _hashes(_shingles(words.words[: _BODY * stretch], 3 * stretch), _WHOLE, first=0)
    yield from _hashes(_shingles(words.words[: _HEAD * stretch], 2 * stretch), _TOP, first=32)
    yield from _hashes(rare_words(words, _BODY * stretch), _RARE, first=64)


def _slugline_bands(news: Comparable) -> Iterator[int]:
    """Yield the bands in which an agency's takes and versions under one slugline meet, a day apart at most."""
    stem = slugline_stem(news.slugline)
    if stem and news.agency and news.published_on:
        for day in (news.published_on.toordinal(), news.published_on.toordinal() + 1):
            value = blake2b(f"{news.agency}\t{stem}\t{day}".encode(), digest_size=8).digest()
            yield _band_hash(_SLUGLINE, [int.from_bytes(value, "big")])


def _shingles(words: Sequence[str], size: int) -> list[str]:
    if len(words) <= size:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))


def rare_words(words: Words, most: int) -> list[str]:
    """Return, of the first words, those that tell a story from others of its kind: figures, names and long words."""
    pairs = zip(words.words[:most], words.kinds, strict=False)
    return [word for word, kind in pairs if is_rare(word, kind)]


def _hashes(features: list[str], shape: tuple[int, int], *, first: int) -> Iterator[int]:
    bands, rows = shape
    if not features:
        return
    sketch = RMinHash(num_perm=bands * rows, seed=_SEED + first)
    sketch.update(features)
    values = sketch.digest()
    for band in range(bands):
        yield _band_hash(first + band, values[band * rows : (band + 1) * rows])


def _band_hash(band: int, values: Sequence[int]) -> int:
    """Mix a band's number and its minimum hashes (32 bits each) into a signed 64-bit integer."""
    mixed = band * 0x9E3779B97F4A7C15
    for value in values:
        mixed = ((mixed ^ value) * 0xBF58476D1CE4E5B9) & _MASK
        mixed ^= mixed >> 29
    return mixed - (1 << 64) if mixed >> 63 else mixed
