"""NITF 3.x -> Article (IPTC News Industry Text Format, element notes of 3.6); used for files and inside NewsML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from wirecopy.formats.assemble import Stamps, assemble, integer, urgency, words_of
from wirecopy.formats.blocks import content_text
from wirecopy.formats.subjects import subject, unique
from wirecopy.formats.tree import Node, pick
from wirecopy.markup.xml import local_name
from wirecopy.model import Article, Doubt, NameCandidate, Subject

FORMAT = "nitf"
NO_TEXT = Doubt("no_text", "the item carries no text")
_SLUG_METAS = ("anpa-keyword", "ntbstikkord")
_NAME_DETAILS = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")


# Vigo (España)   AUSTIN, Texas   AVEIRO, Portugal (XYZ)
_COUNTRY_BEHIND = re.compile(r"(?P<place>[^(),]*[^(),\s])\s*(?:,\s*|\(\s*)(?P<country>[^(),]*[^(),\s])")


def read_nitf(root: etree._Element) -> Iterator[Article]:
    """Yield the one article of a NITF document; absent elements give absent fields, unknown ones are ignored."""
    if local_name(root).isupper():
        for element in root.iter(etree.Element):
            element.tag = local_name(element).lower()
    article = nitf_article(root)
    yield article if article.body else replace(article, doubts=(*article.doubts, NO_TEXT))


def nitf_article(root: etree._Element) -> Article:
    """Return the article of a `nitf` element."""
    node = Node(root)
    head = _head(node)
    docdata = head.first("docdata")
    fields = _identity(node, docdata) | _lines(node) | _labels(node, docdata) | _location(node)
    return assemble(
        FORMAT,
        _stamps(node, docdata),
        provider=_provider(node, docdata),
        language=pick(node.get("baselang"), node.get("lang"), node.child("body").get("lang")),
        subjects=unique(_subjects(node)),
        body=_body(node.child("body", "body.content")),
        sign_off=_sign_off(node.child("body", "body.end")),
        **fields,
    )


def _body(content: Node) -> str:
    """Return the text; where it is made of blocks, one that another begins with is said once (a lead beside the full text)."""
    texts = [content_text(one.element) for one in content.children("block")]
    if len(texts) < 2 or len(texts) < len(list(content)):
        return content_text(content.element)
    kept = [text for text in texts if not any(text != other and other.startswith(text) for other in texts)]
    return "\n\n".join(filter(None, dict.fromkeys(kept)))


def _sign_off(end: Node) -> str:
    """Return what stands below the text, its sources listed apart."""
    return " ".join(filter(None, (one.text for one in end.children("tagline")))) or end.text


def _head(node: Node) -> Node:
    """Return the element that holds the metadata; some files leave it out and their metadata under the root."""
    return node.child("head") or node


def _identity(node: Node, docdata: Node) -> dict[str, Any]:
    doc_id = docdata.child("doc-id")
    target = docdata.get("management-doc-idref")
    return {
        "item_uri": pick(doc_id.get("id-string"), doc_id.text),
        "pub_status": docdata.get("management-status").lower(),
        "related": (target,) if target else (),
        "extra": (("management_idref_status", docdata.get("management-idref-status")),) if target else (),
        "urgency": urgency(pick(_head(node).first("urgency").get("ed-urg"), _head(node).first("urgency").text)),
        "priority": _metas(node).get("priority") or _metas(node).get("prioridad"),
    }


def _lines(node: Node) -> dict[str, Any]:
    head = node.child("body", "body.head")
    bylines = [one for one in head.children("byline") if one.text]
    hedline = head.child("hedline")
    persons = [person.text for byline in bylines for person in byline.all("person")]
    persons = persons or [_without_title(byline) for byline in bylines]
    return {
        "headline": pick(hedline.first("hl1").text, node.child("head", "title").text, hedline.text),
        "byline": ", ".join(byline.spaced for byline in bylines),
        "names": tuple(NameCandidate(name, "byline") for name in persons if name),
    }


def _without_title(byline: Node) -> str:
    title = byline.first("byttl").text
    return byline.spaced.removesuffix(title).strip() if title else byline.spaced


def _labels(node: Node, docdata: Node) -> dict[str, Any]:
    keys = [pick(key.get("key"), key.text) for key in docdata.all("keyword")]
    keywords = words_of(keys)
    message, rights, tobject = docdata.child("ed-msg"), docdata.child("doc.rights"), _head(node).first("tobject")
    pubdata = _head(node).first("pubdata")
    words = pubdata.get("item-length") if pubdata.get("unit-of-measure") == "word" else ""
    metas = _metas(node)
    slugs = [metas.get(name, "") for name in _SLUG_METAS]
    return {
        "slugline": pick(*slugs, keywords[0] if len(keywords) == 1 else ""),
        "keywords": keywords,
        "ednote": pick(message.get("info"), message.text),
        "genre": tobject.child("tobject.property").get("tobject.property.type"),
        "section": tobject.get("tobject.type"),
        "usage_terms": pick(rights.get("limitations"), rights.get("type"), rights.text),
        "word_count": integer(pick(words, metas.get("anpa-wordcount", ""))),
    }


def _metas(node: Node) -> dict[str, str]:
    return {meta.get("name").lower(): meta.get("content") for meta in node.child("head").children("meta")}


def _location(node: Node) -> dict[str, Any]:
    dateline = node.child("body", "body.head", "dateline")
    location = dateline.first("location")
    stamp = dateline.first("story.date").text
    printed = dateline.spaced.replace(stamp, "") if stamp else dateline.spaced
    country = location.first("country")
    named = pick(location.first("city").text, location.get("city"), location.own_text, location.text)
    place = pick(named, printed.strip(" ,"))
    behind = _COUNTRY_BEHIND.match(place)
    told = pick(country.get("iso-cc"), country.text, location.get("iso-cc"), behind["country"] if behind else "")
    return {
        "dateline_raw": printed.strip(" ,"),
        "dateline_place": behind["place"] if behind else place,
        "dateline_country": told,
    }


def _provider(node: Node, docdata: Node) -> str:
    head = node.child("body", "body.head")
    return pick(
        head.child("distributor").text,
        docdata.child("doc.copyright").get("holder"),
        head.first("rights.owner").text,
        docdata.child("doc-id").get("regsrc"),
        _metas(node).get("ntbkilde", ""),
    )


def _stamps(node: Node, docdata: Node) -> Stamps:
    issued = pick(
        docdata.child("date.issue").get("norm"),
        node.child("body", "body.head", "dateline").first("story.date").get("norm"),
        _head(node).first("pubdata").get("date.publication"),
    )
    embargoed = docdata.get("management-status").lower() == "embargoed"
    return Stamps(
        version_created=issued,
        embargo_until=docdata.child("date.release").get("norm") if embargoed else None,
    )


def _subjects(node: Node) -> Iterator[Subject]:
    for one in _head(node).all("tobject.subject"):
        code = one.get("tobject.subject.refnum")
        if code:
            yield subject(code, name=pick(*(one.get(name) for name in _NAME_DETAILS)))
