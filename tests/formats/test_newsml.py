"""NewsML 1 and NewsML-G2: identity, lines along the path to the text, messages, packages, dialects."""

import pytest

from wire_samples import g2, newsml
from wirecopy.errors import FormatUnsupported, MarkupUnreadable
from wirecopy.formats import read_articles


def read(text):
    return list(read_articles(text.encode()))


def test_a_g2_item_gives_typed_fields():
    """Every field stands where NAR puts it; a login is no byline, a subhead no headline."""
    (article,) = read(g2(embargo="<embargoed>2024-03-06T00:00:00Z</embargoed>"))
    assert (article.item_uri, article.version, article.headline, article.slugline) == (
        "urn:x:1",
        "7",
        "Harbour reopens",
        "harbour-aveiro",
    )
    assert (article.byline, article.urgency, article.pub_status, article.provider) == (
        "By Ana Reis",
        4,
        "usable",
        "XYZ",
    )
    assert (article.language, article.language_raw, article.usage_terms) == ("en", "en-IE", "Not on Mondays")
    assert (article.dateline_place, article.dateline_country) == ("Aveiro", "PT")
    assert article.ednote == "Adds quote. Photo follows."
    assert article.embargo_until.isoformat() == "2024-03-06T00:00:00+00:00"
    assert [(s.scheme, s.code, s.name) for s in article.subjects] == [("medtop", "20000574", "election")]
    assert article.related == ("urn:x:0",)
    assert dict(article.extra) == {"item_class": "text", "signals": "sig:update", "subject_names": "A name"}


def test_a_g2_body_is_its_text():
    """Inline markup runs on, a repeated headline, page headers and figures are not text."""
    assert read(g2())[0].body == "Ships came back.\n\none\n\ntwo"


@pytest.mark.parametrize(
    "content",
    [
        '<inlineData contenttype="text/plain">Ships came back.\n\nNobody was hurt.</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;Ships came back.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;</inlineData>',
        "<inlineData><![CDATA[<p>Ships came back.</p><p>Nobody was hurt.</p>]]></inlineData>",
        '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>Ships came back.</p><p>Nobody was hurt.</p></body.content></body></nitf></inlineXML>',
        '<inlineXML><html><body><p>Ships came back.</p><p>Nobody was hurt.</p></body></html></inlineXML><inlineData contenttype="image/png" encoding="base64">'
        + "QUJD" * 50
        + "</inlineData>",
    ],
)
def test_every_rendition_of_a_body_is_read(content):
    """Plain, escaped, CDATA, NITF and XHTML give the same paragraphs; pictures are no text."""
    assert read(g2(content))[0].body == "Ships came back.\n\nNobody was hurt."


@pytest.mark.parametrize("place", ["No-Data-Available", "N/A", "poi"])
def test_placeholders_are_no_places(place):
    """What a system writes for want of a place is not one."""
    assert read(g2(place=place))[0].dateline_place is None


def test_an_empty_embargo_is_no_usable_time():
    """The element alone says nothing."""
    assert read(g2(embargo="<embargoed/>"))[0].embargo_until is None


def test_a_message_mixes_items_and_a_package_holds_links_only():
    """Text, withheld text and a package come in order; concepts are passed over."""
    package = '<packageItem guid="p" version="1"><groupSet><group><itemRef residref="urn:x:1"/></group></groupSet></packageItem>'
    text = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><priority>2</priority></header><itemSet>{g2()}<conceptItem/>{g2(status="withheld")}{package}</itemSet></newsMessage>'
    first, second, third = read(text)
    assert (first.pub_status, second.pub_status, first.priority) == ("usable", "withheld", "2")
    assert (third.body, third.related, third.doubts[0].code) == ("", ("urn:x:1",), "package")


def test_whole_items_of_a_cut_message_come_before_its_error():
    """Neighbours before the cut are whole; the cut item is refused, not recovered."""
    text = f"<newsMessage><itemSet>{g2()}{g2()}"[:-200]
    reader = read_articles(text.encode(), name="drop/m.xml")
    assert next(reader).item_uri == "urn:x:1"
    with pytest.raises(MarkupUnreadable, match="cut off") as caught:
        next(reader)
    assert caught.value.subject == "drop/m.xml"


@pytest.mark.parametrize(
    "text",
    [
        '<planningItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>',
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><conceptItem/></itemSet></newsMessage>',
        '<newsItem xmlns="http://example.org/mine" guid="a"/>',
        "<NewsML><NewsEnvelope/></NewsML>",
    ],
)
def test_g2_without_news_and_foreign_namespaces_are_set_aside(text):
    """Each says why."""
    with pytest.raises(FormatUnsupported):
        read(text)


def test_newsml_reads_lines_along_the_path_to_the_text():
    """The photograph's headline and byline are not the story's."""
    (article,) = read(newsml())
    assert (article.headline, article.byline, article.ednote, article.slugline) == (
        "Harbour reopens",
        "Ana Reis",
        "ADDS quote",
        "harbour",
    )
    assert (article.item_uri, article.version) == ("urn:newsml:xyz.example:20240305:abc-1", "2")
    assert (article.urgency, article.priority, article.pub_status, article.word_count) == (4, "3", "embargoed", 6)
    assert article.embargo_until.isoformat() == "2024-03-06T00:00:00+00:00"
    assert (article.dateline_raw, article.dateline_place, article.dateline_country) == (
        "AVEIRO, March 5",
        "Aveiro",
        "PT",
    )
    assert (article.keywords, article.provider, article.language) == (("harbour", "boats"), "XYZ", "en")
    assert [s.name for s in article.subjects] == ["energy and resource"]


@pytest.mark.parametrize(
    ("identifier", "uri"),
    [
        ("urn:newsml:xyz.example:20240305:abc-1:2N", "urn:newsml:xyz.example:20240305:abc-1"),
        ("urn:newsml:xyz.example:20240305:a:b:2", "urn:newsml:xyz.example:20240305:a:b"),
        ("urn:newsml:www.xyz.example", "abc-1"),
        ("", "abc-1"),
    ],
)
def test_identity_is_without_revision_and_never_a_constant(identifier, uri):
    """A public identifier that is the same for every item gives way to the item's own."""
    assert read(newsml(identifier=identifier))[0].item_uri == uri


@pytest.mark.parametrize(
    ("line", "place", "country"),
    [("5/3/2024", "Aveiro", "PT"), ("LAGOS, March 5", "LAGOS", None), ("", "Aveiro", "PT")],
)
def test_the_printed_dateline_wins_over_the_location(line, place, country):
    """A line that holds only a date is none; another place on the line wins, with a doubt that keeps both."""
    (article,) = read(newsml(line=line))
    assert (article.dateline_place, article.dateline_country) == (place, country)
    assert ("dateline_differs" in [d.code for d in article.doubts]) == (country is None)


@pytest.mark.parametrize("headline", ["", "12345", "ALL"])
def test_what_photo_feeds_put_for_a_headline_is_none(headline):
    """Numbers and `ALL` are no headlines."""
    assert read(newsml(headline=headline))[0].headline is None


@pytest.mark.parametrize(
    "data",
    [
        "<p>Ships came back.</p><p>Nobody was hurt.</p>",
        "<![CDATA[<P>Ships came back.</P><P></P><P>Nobody was hurt.</P>]]>",
    ],
)
def test_newsml_bodies_come_in_several_dresses(data):
    """Bare paragraphs and HTML in CDATA are read too."""
    assert read(newsml(data=data))[0].body == "Ships came back.\n\nNobody was hurt."


def test_newsml_in_a_namespace_and_with_several_items():
    """A batch gives its items in order."""
    item = newsml()[newsml().index("<NewsItem") : newsml().index("</NewsML>")]
    text = f'<NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/">{item}{item}</NewsML>'
    assert [a.headline for a in read(text)] == ["Harbour reopens"] * 2
