"""Item -> what is compared of it, and where near-duplicate search looks for it.

What is asked of many items is asked of them together; an item has the same fingerprint whatever comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from wirecopy.agencies import is_credit_line
from wirecopy.dedupe.bands import bands_of
from wirecopy.dedupe.boilerplate import EMPTY, Boilerplate, learnable_hashes, news_of, read_paragraphs
from wirecopy.dedupe.carried import packed
from wirecopy.dedupe.reading import read_raw, read_texts
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
    return _fingerprint(news, *_prints([news.text]))


def with_words(news: Sequence[Comparable]) -> list[tuple[Comparable, Fingerprint]]:
    """Return what is compared of each item with its words, for those who compare it, and its fingerprint.

    Costs half of what items cost one by one.
    """
    prints = _prints([one.text for one in news])
    return [
        (changed(one, words=print_.packed), _fingerprint(one, print_)) for one, print_ in zip(news, prints, strict=True)
    ]


class _Print(NamedTuple):
    """What is read of a text alone."""

    exact: int
    bands: tuple[int, ...]
    sketch: str
    words: int
    packed: str


def _prints(texts: Sequence[str]) -> list[_Print]:
    """Return what is read of each text; the copies of a report soon follow each other, and many are the same text."""
    told = dict.fromkeys(texts)
    found = {text: print_ for text in told if (print_ := _printed.get(text))}
    unknown = [text for text in told if text not in found]
    for start in range(0, len(unknown), _TOGETHER):
        found |= _read(unknown[start : start + _TOGETHER])
    return [found[text] for text in texts]


def _read(texts: Sequence[str]) -> dict[str, _Print]:
    if len(_printed) > _KEPT:
        _printed.clear()
    read = read_texts(texts)
    tops = tops_of(read)
    made = zip(map(read_raw, texts), bands_of(tops), sketches(tops), read.codes, read.read(), strict=True)
    found = [
        _Print(_signed(seen), tuple(bands) if codes else (), sketch.hex(), len(codes), packed(words))
        for seen, bands, sketch, codes, words in made
    ]
    _printed.update(zip(texts, found, strict=True))
    return dict(zip(texts, found, strict=True))


_printed: Final[dict[str, _Print]] = {}
_KEPT: Final = 2048
"""Texts whose reading is kept: more than arrive while the copies of one report do."""
_TOGETHER: Final = 64
"""Texts that are read together: more take memory and no less time."""


def _fingerprint(news: Comparable, print_: _Print) -> Fingerprint:
    on = news.published_on
    return Fingerprint(
        item_key=news.item_key,
        text_hash=news.text_hash,
        exact=print_.exact,
        bands=(*print_.bands, *_slugline_bands(news)) if print_.words else (),
        month=on.year * 100 + on.month if on else None,
        words=print_.words,
        sketch=print_.sketch,
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
