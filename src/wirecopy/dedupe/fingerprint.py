"""Item -> what is compared of it, and where near-duplicate search looks for it.

What is asked of many items is asked of them together; an item has the same fingerprint whatever comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from wirecopy.agencies import is_credit_line
from wirecopy.dedupe.bands import bands_of
from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate, learnable_hashes, news_of, read_paragraphs
from wirecopy.dedupe.carried import packed
from wirecopy.dedupe.reading import Texts, read_raw, read_texts
from wirecopy.dedupe.sketch import sketches
from wirecopy.dedupe.tops import tops_of
from wirecopy.dedupe.words import slugline_stem
from wirecopy.model import Comparable, Fingerprint, Item
from wirecopy.model.changed import changed

_SLUGLINE: Final = 96
"""The number of the bands of sluglines, which is part of their hash."""


def comparable(item: Item, boilerplate: Boilerplate = EMPTY) -> Comparable:
    """Return the news of an item: its text after the dateline, without sign-off, known lines and boilerplate."""
    published = item.published
    told = _after_dateline(item)
    read = read_paragraphs(told)
    return Comparable(
        item_key=item.item_key,
        text=_news(item, news_of(told, read, item.outlet, boilerplate)),
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
        pieces=learnable_hashes(read),
        boilerplate_version=boilerplate.version,
    )


def _news(item: Item, kept: list[str]) -> str:
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
    return _fingerprints([news], read_texts([news.text]))[0]


def with_words(news: Sequence[Comparable]) -> list[tuple[Comparable, Fingerprint]]:
    """Return what is compared of each item with its words, for those who compare it, and its fingerprint.

    Costs half of what items cost one by one.
    """
    if not news:
        return []
    texts = read_texts([one.text for one in news])
    return [
        (changed(one, words=packed(read)), print_)
        for one, read, print_ in zip(news, texts.read(), _fingerprints(news, texts), strict=True)
    ]


def _fingerprints(news: Sequence[Comparable], texts: Texts) -> list[Fingerprint]:
    tops = tops_of(texts)
    return list(map(_fingerprint, news, bands_of(tops), sketches(tops), map(len, texts.codes)))


def _fingerprint(news: Comparable, bands: list[int], sketch: bytes, words: int) -> Fingerprint:
    on = news.published_on
    return Fingerprint(
        item_key=news.item_key,
        text_hash=news.text_hash,
        exact=_signed(read_raw(news.text)),
        bands=(*bands, *_slugline_bands(news)) if words else (),
        month=on.year * 100 + on.month if on else None,
        words=words,
        sketch=sketch.hex(),
        boilerplate_version=news.boilerplate_version,
    )


def _signed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _slugline_bands(news: Comparable) -> tuple[int, ...]:
    """Return the bands in which an agency's takes and versions under one slugline meet, a day apart at most."""
    stem = slugline_stem(news.slugline)
    if not (stem and news.agency and news.published_on):
        return ()
    day = news.published_on.toordinal()
    return tuple([_signed(f"{_SLUGLINE}\t{news.agency}\t{stem}\t{at}") for at in (day, day + 1)])
