"""NewsML-G2 newsItem, packageItem, newsMessage -> Article (IPTC NAR 2.x; agencies leave its namespace out).

A package holds references only: it becomes an article without a body whose `related` names its members. Concepts,
plans and catalogues hold no news and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from wirecopy.errors import FormatUnsupported
from wirecopy.formats.assemble import Stamps, assemble, integer, urgency
from wirecopy.formats.blocks import content_text
from wirecopy.formats.countries import country_code
from wirecopy.formats.dateline_line import place_of_line
from wirecopy.formats.nitf import nitf_article
from wirecopy.formats.subjects import subject, unique
from wirecopy.formats.tree import NOWHERE, Node, in_language, markup_text, name_of, pick, ranked
from wirecopy.model import Article, Doubt, Subject

FORMAT = "newsml-g2"
ITEMS = frozenset({"newsItem", "packageItem"})
_NO_PLACE = frozenset({"no-data-available", "n/a", "poi", "unknown"})
_BINARY = re.compile(r"image/|video/|audio/|pdf|octet|base64", re.IGNORECASE)
_ROOTS = frozenset({"html", "nitf", "body"})
# http://cv.iptc.org/newscodes/newsprovider/ANSA
_NEWSCODE = re.compile(r"https?://cv\.iptc\.org/newscodes/[\w-]+/(?P<code>[^/\s]+)$")
_SUBHEAD = re.compile(r"sub|kicker|short|alt|overline|catch", re.IGNORECASE)


def read_newsml_g2(root: etree._Element) -> Iterator[Article]:
    """Yield the news and package items of a document, in order; raises `FormatUnsupported` where it holds none."""
    node = Node(root)
    items = [node] if node.name in ITEMS else list(node.all(*ITEMS))
    if not items:
        raise FormatUnsupported("the NewsML-G2 document holds no news item", reason="no news")
    priority = node.child("header", "priority").text
    yield from (_article(item, priority) for item in items)


def _article(item: Node, priority: str) -> Article:
    meta, content = item.child("itemMeta"), item.child("contentMeta")
    text = _text_of(item)
    inner = nitf_article(text.element) if text.name == "nitf" and text.element is not None else None
    language = pick(content.child("language").get("tag"), item.get("lang"))
    headline = pick(
        _headline(content, language), meta.child("title").text, _text_or(inner, "headline"), text.first("h1").text
    )
    return assemble(
        FORMAT,
        _stamps(meta, content),
        item_uri=item.get("guid"),
        version=item.get("version"),
        headline=headline,
        body=inner.body if inner else _body(text, headline),
        priority=priority,
        language=language,
        word_count=_word_count(item),
        doubts=_doubts(item, text),
        **_labels(meta, content, language),
        **_credits(item, meta, content, inner),
        **_location(content, language),
        **_links(item, meta),
    )


def _stamps(meta: Node, content: Node) -> Stamps:
    return Stamps(
        version_created=pick(meta.child("versionCreated").text, content.child("contentModified").text),
        first_created=meta.child("firstCreated").text,
        embargo_until=meta.child("embargoed").text,
    )


def _headline(content: Node, language: str) -> str:
    headlines = [one for one in content.children("headline") if one.text]
    main = [one for one in headlines if not _SUBHEAD.search(one.get("role"))]
    return pick(*(one.text for one in ranked(in_language(main, language))))


def _labels(meta: Node, content: Node, language: str) -> dict[str, Any]:
    genres = (pick(name_of(genre, language), genre.get("qcode", "literal")) for genre in content.children("genre"))
    signals = [signal.get("qcode", "uri") for signal in meta.children("signal")]
    services = [service.get("qcode", "uri") for service in meta.children("service")]
    named = [
        pick(one.child("name").text, one.get("literal"))
        for one in content.children("subject")
        if not one.get("qcode", "uri")
    ]
    extra = (
        ("subject_names", "; ".join(filter(None, named))),
        ("signals", " ".join(filter(None, signals))),
        ("services", " ".join(filter(None, services))),
    )
    item_class = meta.child("itemClass").get("qcode", "uri")
    return {
        "slugline": pick(*(slug.text for slug in ranked(content.children("slugline")))),
        "urgency": urgency(content.child("urgency").text),
        "pub_status": _last(meta.child("pubStatus").get("qcode", "uri", "literal")).lower() or "usable",
        "ednote": " ".join(
            note.spaced for note in (*meta.children("edNote"), *content.children("edNote")) if note.text
        ),
        "genre": pick(*genres),
        "subjects": unique(_subjects(content, language)),
        "keywords": tuple(dict.fromkeys(key.text for key in content.children("keyword") if key.text)),
        "extra": tuple((name, value) for name, value in (("item_class", _last(item_class)), *extra) if value),
    }


def _subjects(content: Node, language: str) -> Iterator[Subject]:
    for one in content.children("subject"):
        code = one.get("qcode", "uri")
        if code:
            yield subject(code, name=name_of(one, language))


def _credits(item: Node, meta: Node, content: Node, inner: Article | None) -> dict[str, Any]:
    provider = meta.child("provider")
    sources = [_named(source) for source in (content.child("infoSource"), item.child("rightsInfo", "copyrightHolder"))]
    return {
        "byline": pick(*(by.spaced for by in content.children("by")), _text_or(inner, "byline"), _persons(content)),
        "provider": pick(_named(provider), *sources, content.child("creditline").text),
        "usage_terms": " ".join(one.spaced for one in item.child("rightsInfo").children("usageTerms")),
    }


def _named(node: Node) -> str:
    code = node.get("qcode")
    bare = code.rpartition(":")[2]
    uri = node.get("uri")
    told = _NEWSCODE.match(uri)
    return pick(
        node.child("name").text, node.get("literal"), code if bare.isdigit() else bare, told["code"] if told else uri
    )


def _persons(content: Node) -> str:
    """Return the creators whom the file calls persons; a login or a house is no byline."""
    named = (
        creator.child("name").text
        for creator in content.children("creator")
        if "person" in creator.get("type").lower() or "author" in creator.get("role", "jobtitle").lower()
    )
    return ", ".join(filter(None, named))


def _location(content: Node, language: str) -> dict[str, Any]:
    located = content.child("located")
    place = pick(name_of(located, language), located.get("literal"))
    if place.lower() in _NO_PLACE:
        located, place = NOWHERE, ""
    wider = [located, *located.all("broader")]
    countries = (country_code(one.child("name").text) or _country_of(one.get("qcode", "uri")) for one in wider)
    return {
        "dateline_raw": content.child("dateline").text,
        "dateline_place": place or place_of_line(content.child("dateline").text),
        "dateline_country": pick(*(code for code in countries if code), _country_name(wider), place.partition(",")[2]),
    }


def _country_name(wider: list[Node]) -> str:
    countries = [one for one in wider if "country" in one.get("type").lower()]
    return pick(*(one.child("name").text for one in (*countries, *wider[:0:-1])))


def _country_of(code: str) -> str | None:
    scheme = code[: -len(_last(code))].lower()
    known = any(word in scheme for word in ("iso3166", "iso3155", "cntry", "country", "n2:"))
    return country_code(_last(code)) if known else None


def _last(code: str) -> str:
    return re.split(r"[:/#]", code)[-1]


def _text_of(item: Node) -> Node:
    """Return the element that holds the longest text of the item's content set."""
    inline = item.child("contentSet").children("inlineXML", "inlineData")
    renditions = (_root_of(one) for one in inline if not _BINARY.search(one.get("contenttype") + one.get("encoding")))
    return max(renditions, key=lambda one: len(one.text), default=NOWHERE)


def _root_of(rendition: Node) -> Node:
    if rendition.name == "inlineData":
        return rendition
    held = list(rendition)
    return held[0] if len(held) == 1 or (held and held[0].name in _ROOTS) else rendition


def _body(text: Node, headline: str) -> str:
    if text.element is None:
        return ""
    if text.name == "inlineData":
        return content_text(text.element)
    return markup_text(text.child("body") or text, headline)


def _word_count(item: Node) -> int | None:
    return next((count for one in item.child("contentSet") if (count := integer(one.get("wordcount")))), None)


def _links(item: Node, meta: Node) -> dict[str, Any]:
    members = [ref.get("residref", "href") for ref in item.child("groupSet").all("itemRef", "packageRef")]
    links = [link.get("residref", "href") for link in meta.children("link")]
    picture = item.child("contentSet", "remoteContent").get("href")
    related = tuple(dict.fromkeys(one for one in (*members, *links) if one))
    return {"related": related, "image_url": picture or None}


def _doubts(item: Node, text: Node) -> tuple[Doubt, ...]:
    if item.name == "packageItem":
        return (Doubt("package", "holds references to its members only"),)
    return () if text else (Doubt("no_text", "the item carries no text"),)


def _text_or(article: Article | None, field: str) -> str:
    return (getattr(article, field) or "") if article else ""
