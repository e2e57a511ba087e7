"""The XML of the Reuters Corpora RCV1 and RCV2, one `<newsitem itemid="…">` a document -> Article."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import body_text
from wirecopy.formats.dateline_line import place_of_line
from wirecopy.formats.tree import Node, pick
from wirecopy.model import Article, Subject

FORMAT = "rcv1"
PROVIDER = "Reuters"


def read_rcv1(root: etree._Element) -> Iterator[Article]:
    """Yield the one article of a document; absent elements give absent fields."""
    node = Node(root)
    dateline = node.child("dateline").text
    yield assemble(
        FORMAT,
        Stamps(version_created=pick(node.get("date"), *_core(node, "dc.date.published", "dc.date.created"))),
        item_uri=node.get("itemid"),
        provider=PROVIDER,
        language=node.get("lang"),
        headline=pick(node.child("headline").text, node.child("title").text),
        byline=node.child("byline").text,
        dateline_raw=dateline,
        dateline_place=place_of_line(dateline),
        subjects=tuple(Subject("rcv1-topic", code, "") for code in _codes(node, "topics")),
        body=body_text(node.child("text").element),
        extra=tuple((name, codes) for name in ("countries", "industries") if (codes := ",".join(_codes(node, name)))),
    )


def _core(node: Node, *names: str) -> Iterator[str]:
    """Yield the values of Dublin Core elements of these names."""
    for one in node.child("metadata").children("dc"):
        if one.get("element") in names:
            yield one.get("value")


def _codes(node: Node, kind: str) -> list[str]:
    """Return the codes of a kind: `bip:topics:1.0` holds `topics`."""
    lists = (held for held in node.child("metadata").children("codes") if kind in held.get("class").split(":"))
    return [code for held in lists for one in held.children("code") if (code := one.get("code"))]
