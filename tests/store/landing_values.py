"""Items, arrivals and batches for tests of landing: made-up words, fixed dates."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from wirecopy.dedupe.fingerprint import comparable, fingerprint
from wirecopy.model import (
    Arrival,
    Batch,
    Capture,
    Dateline,
    DatelinePlace,
    Identifier,
    Item,
    Place,
    Published,
    Sighting,
    Subject,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_SYLLABLES = [
    "ba",
    "cor",
    "del",
    "fin",
    "gra",
    "hol",
    "jun",
    "kes",
    "lim",
    "mar",
    "nov",
    "pel",
    "quo",
    "ras",
    "sil",
    "tum",
]
OSLO = Place(
    geoname_id=3143244,
    name="Oslo",
    admin1="Oslo",
    country="NO",
    latitude=59.91,
    longitude=10.75,
    timezone="Europe/Oslo",
)


def words(seed: int, number: int) -> str:
    """Return made-up prose that is the same for a seed and unlike that of any other."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(number))


def body(seed: int) -> str:
    return "\n\n".join(words(seed * 100 + part, 30).capitalize() + "." for part in range(4))


def digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def published(at: datetime = NOON, precision: str = "second", source: str = "json-ld") -> Published:
    return Published(at=at, on=at.date(), precision=precision, source=source)


def make_item(number: int, *, outlet: str = "north.example", text: str | None = None, **changes: object) -> Item:
    """Return an item; number and outlet make its key, its text is its own unless given."""
    text = body(number) if text is None else text
    url = f"https://{outlet}/{number}"
    base = Item(
        item_key=digest(outlet, number),
        key_rule="url",
        outlet=outlet,
        headline=text.split(".")[0][:60],
        body=text,
        lead=text,
        text_hash=digest(text),
        rules_version="1",
        agency="NNA",
        language="en",
        authors=("Ada Bell",),
        published=published(NOON + timedelta(minutes=number)),
        keywords=("harbour", "grain"),
        subjects=(Subject("medtop", "04000000", "economy"),),
        url=url,
        identifiers=(Identifier("url", url),),
    )
    return replace(base, **changes)


def with_dateline(item: Item, place: Place | None = OSLO) -> Item:
    line = Dateline(
        raw="OSLO, March 2 (NNA) -",
        start=0,
        end=21,
        lead=item.body,
        places=(DatelinePlace(raw="OSLO", place=place),),
        agency="NNA",
        rule="city-date-agency",
    )
    return replace(item, dateline=line)


def arrive(
    item: Item, *, seen_at: datetime | None = NOON, feed_url: str | None = None, capture: Capture | None = None
) -> Arrival:
    news = comparable(item)
    return Arrival(
        item=item,
        comparable=news,
        fingerprint=fingerprint(news),
        sighting=Sighting(seen_at=seen_at, feed_url=feed_url, capture=capture),
    )


def batch(key: str, *items: Item | Arrival, **parts: object) -> Batch:
    arrivals = tuple(one if isinstance(one, Arrival) else arrive(one) for one in items)
    return Batch(key=key, arrivals=arrivals, **parts)
