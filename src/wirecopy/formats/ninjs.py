"""ninjs 1.x, 2.x and 3.x -> Article (IPTC News in JSON; names in lower case or camelCase, singular or plural)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wirecopy.formats.assemble import Stamps, assemble, integer, urgency, words_of
from wirecopy.formats.blocks import line_text, marked_text
from wirecopy.formats.dateline_line import place_of_line
from wirecopy.formats.record import Record
from wirecopy.formats.subjects import subject, unique
from wirecopy.formats.tree import pick
from wirecopy.model import Article, NameCandidate, Subject

FORMAT = "ninjs"
_OWN = frozenset({"versioncreated", "pubstatus", "bodies", "headlines", "body_html", "body_xhtml", "copyrightholder"})
"""Names that a dump of articles does not use by chance."""
_BODIES = ("body_", "article_html", "article_text", "content_html", "content_text")
_WRAPPERS = 4
"""Levels of lists and objects that interfaces put around their items."""


_ROW = frozenset({"headline", "body", "text", "content", "maintext", "body_text", "article_text"})
"""Names that a row of a dump has and an envelope has not."""


def items_of(value: Any, *, depth: int = 0) -> Iterator[Record]:
    """Yield the items of a ninjs document: the object itself, or those that the lists and objects around them hold."""
    if isinstance(value, dict):
        record = Record.of(value)
        if is_item(record):
            yield record
        if is_item(record) or record.values.keys() & _ROW:
            return
        value = list(value.values())
    if isinstance(value, list) and depth < _WRAPPERS:
        for one in value:
            yield from items_of(one, depth=depth + 1)


def is_item(record: Record) -> bool:
    """Return whether an object looks like a ninjs item: an identifier beside a headline or a body."""
    names = record.values.keys()
    identified = names & {"uri", "guid", "usn"} or {"version", "versioncreated"} <= names
    told = names & {"headline", "headlines", "bodies"} or any(
        name.startswith(("body_", "description_")) for name in names
    )
    foreign = names & {"body", "text", "content", "maintext"} and not names & _OWN
    return bool(identified and told and not foreign)


def read_ninjs(value: Any) -> Iterator[Article]:
    """Yield the items of a ninjs document; an object that nobody would take for one is read as it is."""
    yield from (_article(record) for record in list(items_of(value)) or [Record.of(value)])


def _article(record: Record) -> Article:
    return assemble(
        FORMAT,
        _stamps(record),
        item_uri=record.text("uri", "guid", "usn"),
        version=record.text("version"),
        headline=_headline(record),
        slugline=record.text("slugline", "slug"),
        byline=record.text("byline", "by"),
        names=_names(record),
        language=record.text("language"),
        urgency=urgency(record.text("urgency")),
        priority=record.text("priority"),
        pub_status=record.text("pubstatus").lower() or "usable",
        provider=_provider(record),
        ednote=record.text("ednote"),
        usage_terms=record.text("usageterms", "usage", "copyrightnotice"),
        word_count=integer(record.text("wordcount")),
        genre=", ".join(one.text("name", "literal", "code") for one in record.many("genres", "genre")),
        subjects=unique(_subjects(record)),
        keywords=_keywords(record),
        related=tuple(_related(record)),
        extra=_extra(record),
        body=_body(record),
        **_location(record),
        **_image(record),
    )


def _stamps(record: Record) -> Stamps:
    return Stamps(
        version_created=record.text("versioncreated", "contentcreated", "datetimesent"),
        first_created=record.text("firstcreated", "firstversion"),
        published=record.text("firstpublished"),
        embargo_until=record.text("embargoed", "embargoeduntil"),
    )


def _headline(record: Record) -> str:
    listed = list(record.many("headlines"))
    main = [one for one in listed if one.text("role") in {"main", "headline"}]
    told = pick(*(one.text("value", "name") for one in (*main, *listed)), record.text("headline", "title"))
    return line_text(told)


def _names(record: Record) -> tuple[NameCandidate, ...]:
    """Return the byline, or else the authors that are listed as writers."""
    byline = record.text("byline", "by")
    writers = [one.text("name") for one in record.many("authors") if one.text("role") in {"", "writer", "author"}]
    return tuple(NameCandidate(name, "byline") for name in ([byline] if byline else writers) if name)


def _provider(record: Record) -> str:
    sources = (one.text("name", "literal") for one in record.many("infosources", "infosource"))
    return pick(record.text("source", "provider", "copyrightholder"), *sources)


def _subjects(record: Record) -> Iterator[Subject]:
    for one in record.many("subjects", "subject"):
        codes = one.texts("code") or (one.text("uri", "literal", "qcode"),)
        for code in codes:
            if code:
                yield subject(code, name=one.text("name"), scheme=one.text("scheme"))


def _extra(record: Record) -> tuple[tuple[str, str], ...]:
    named = [
        one.text("name")
        for one in record.many("subjects", "subject")
        if not one.text("code", "uri", "literal", "qcode")
    ]
    return (("subject_names", "; ".join(named)),) if any(named) else ()


def _keywords(record: Record) -> tuple[str, ...]:
    return words_of(record.texts("keywords", "keyword"))


def _body(record: Record) -> str:
    """Return one rendition of the body: markup before plain text, since its paragraphs are sure."""
    bodies = sorted(record.many("bodies"), key=lambda one: "html" not in one.text("contenttype") + one.text("role"))
    values = [one.text("value") for one in bodies] + [record.text("body_html"), record.text("body_xhtml")]
    named = [record.text(name) for name in sorted(record.values) if name.startswith(_BODIES)]
    return next((text for value in (*values, *named) if value and (text := marked_text(value))), "")


def _location(record: Record) -> dict[str, Any]:
    line = record.record("dateline")
    located = line.record("located") if "located" in line.values else record.record("located")
    place, _, rest = record.text("located", "location").partition(",")
    return {
        "dateline_raw": record.text("dateline") or line.text("text"),
        "dateline_place": located.text("city", "name", "place") or place or place_of_line(record.text("dateline")),
        "dateline_country": located.text("country_code", "countrycode", "country") or rest.rpartition(",")[2].strip(),
    }


def _related(record: Record) -> Iterator[str]:
    for one in record.many("associations"):
        if one.text("type") in {"text", "composite"} and one.text("uri", "guid"):
            yield one.text("uri", "guid")


def _image(record: Record) -> dict[str, Any]:
    for one in (record, *record.many("associations")):
        if one.text("type") not in {"picture", "photo"}:
            continue
        href = pick(*(shape.text("href") for shape in one.many("renditions")), one.text("href"))
        if href:
            return {"image_url": href, "image_caption": pick(one.text("description_text", "body_text"), _headline(one))}
    return {}
