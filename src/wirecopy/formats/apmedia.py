"""AP Media API JSON -> Article: the item's metadata; its text is a rendition of its own and not in the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wirecopy.formats.assemble import Stamps, assemble, integer, urgency
from wirecopy.formats.record import Record
from wirecopy.formats.subjects import subject, unique
from wirecopy.formats.tree import pick
from wirecopy.model import Article, NameCandidate, Subject

FORMAT = "apmedia"
PROVIDER = "AP"


def items_of(value: Any) -> Iterator[Record]:
    """Yield the items under `data.item` or `data.items[].item` that have alternative identifiers."""
    data = Record.of(value).record("data")
    for one in (*data.many("item"), *data.many("items")):
        record = one.record("item") if "item" in one.values else one
        if isinstance(record.values.get("altids"), dict):
            yield record


def read_apmedia(value: Any) -> Iterator[Article]:
    """Yield the items of an AP Media API document."""
    yield from (_article(record) for record in items_of(value))


def _article(record: Record) -> Article:
    location = record.record("datelinelocation")
    bylines = list(dict.fromkeys(filter(None, (one.text("by", "name") for one in record.many("bylines")))))
    return assemble(
        FORMAT,
        Stamps(
            version_created=record.text("versioncreated"),
            first_created=record.text("firstcreated"),
            embargo_until=record.text("embargoed"),
        ),
        item_uri=pick(record.record("altids").text("itemid"), record.text("uri").partition("?")[0]),
        version=record.text("version"),
        headline=record.text("headline", "title"),
        slugline=record.text("slugline"),
        byline=", ".join(bylines),
        names=tuple(NameCandidate(name, "byline") for name in bylines),
        language=record.text("language"),
        urgency=urgency(record.text("urgency")),
        priority=record.text("editorialpriority"),
        pub_status=record.text("pubstatus").lower(),
        provider=record.text("provider") or PROVIDER,
        ednote=record.text("ednote"),
        usage_terms=pick(*record.texts("usageterms")),
        word_count=integer(record.record("renditions").record("nitf").text("words")),
        genre=record.text("profile"),
        subjects=unique(_subjects(record)),
        keywords=record.texts("keywords"),
        related=tuple(
            one.record("altids").text("itemid")
            for one in record.many("associations")
            if "altids" in one.values and one.text("type") in {"", "text", "composite"}
        ),
        dateline_raw=record.text("located"),
        dateline_place=location.text("city"),
        dateline_country=location.text("countrycode", "countryname"),
    )


def _subjects(record: Record) -> Iterator[Subject]:
    for one in record.many("subject"):
        code = one.text("code")
        category = {"category", "suppcategory"} & set(one.texts("rels"))
        if code:
            yield subject(code, name=one.text("name"), scheme="ap-category" if category else one.text("scheme"))
