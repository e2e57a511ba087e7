"""The simplest file of each format gives its article."""

import json

import pytest

from wirecopy.errors import ContentError, FormatUnsupported, MarkupUnreadable
from wirecopy.formats import read_articles, sniff

NITF = b"""<?xml version="1.0"?><nitf baselang="en-GB"><head><title>Harbour reopens</title>
<tobject><tobject.subject tobject.subject.refnum="04000000"/></tobject>
<docdata management-status="usable"><doc-id id-string="hbr-1" regsrc="XYZ"/><urgency ed-urg="4"/>
<date.issue norm="20240305T101500+0100"/><ed-msg info="Adds quote"/></docdata></head>
<body><body.head><hedline><hl1>Harbour of Aveiro reopens</hl1></hedline><byline>By Ana Reis<byttl>Correspondent</byttl></byline>
<dateline><location><city>Aveiro</city><country iso-cc="PRT"/></location></dateline></body.head>
<body.content><p>AVEIRO (XYZ) - Ships came back.</p><p>Nobody was hurt.</p></body.content></body></nitf>"""

EXPORT = b""" date 2024-03-05 Aveiro, March 5 (XYZ) Ships came back.

Nobody was hurt.
 date 2024-03-06 Lagos, March 6 (XYZ) A second report.
"""


def test_a_nitf_file_gives_typed_fields():
    """Identity, lines, dateline, time and body arrive typed."""
    (article,) = read_articles(NITF)
    assert (article.item_uri, article.headline, article.urgency) == ("hbr-1", "Harbour of Aveiro reopens", 4)
    assert (article.dateline_place, article.dateline_country, article.language) == ("Aveiro", "PT", "en")
    assert article.version_created.isoformat() == "2024-03-05T10:15:00+01:00"
    assert [name.raw for name in article.names] == ["By Ana Reis"]
    assert article.body.split("\n\n") == ["AVEIRO (XYZ) - Ships came back.", "Nobody was hurt."]
    assert article.subjects[0].name == "economy, business and finance"


def test_a_plain_export_file_holds_many_records():
    """Records part at date lines, keep blank lines inside, and carry the hash of what was received."""
    first, second = read_articles(EXPORT)
    assert first.body.endswith("Nobody was hurt.")
    assert first.dates[0].raw == "2024-03-05"
    assert first.record_hash != second.record_hash
    assert first.record_hash == next(read_articles(EXPORT.partition(b" date 2024-03-06")[0])).record_hash


def test_ninjs_keys_are_read_in_any_case():
    """Spellings of ninjs 1 and 3 may stand in one item."""
    item = {
        "uri": "x:1",
        "versionCreated": "2024-03-05T10:15:00Z",
        "bodies": [{"value": "<p>A</p><p>B</p>", "contentType": "text/html"}],
    }
    (article,) = read_articles(
        json.dumps(item | {"headline": "H", "EDNOTE": "n", "embargoedUntil": "2024-03-06T00:00:00Z"}).encode()
    )
    assert (article.body, article.ednote, article.embargo_until.day) == ("A\n\nB", "n", 6)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", b"\0" * 90, b"<html><body>Log in</body></html>", b"\x89PNG\r\n\x1a\n", b"<release/>", b"{}"]
)
def test_what_is_no_wire_file_is_refused_in_a_sentence(data):
    """Blank, binary and foreign files raise a ContentError that says what they are."""
    with pytest.raises(ContentError) as caught:
        list(read_articles(data, name="drop/a.xml"))
    assert str(caught.value).startswith("drop/a.xml: ")


def test_whole_items_come_before_the_one_that_is_cut_off():
    """A list that ends in the middle of an item gives its whole items, then the error."""
    text = json.dumps([{"uri": f"x:{n}", "headline": "H", "version": "1"} for n in range(3)])
    reader = read_articles(text[:-20].encode())
    assert [next(reader).item_uri, next(reader).item_uri] == ["x:0", "x:1"]
    with pytest.raises(MarkupUnreadable, match="cut off"):
        next(reader)


def test_feeds_are_told_apart_and_left_to_the_feed_reader():
    """RSS and Atom are named `feed`."""
    assert sniff(b'<?xml version="1.0"?><!-- x --><rss version="2.0"><channel/></rss>') == "feed"
    with pytest.raises(FormatUnsupported):
        list(read_articles(b'<feed xmlns="http://www.w3.org/2005/Atom"/>'))
