"""NITF as agencies bend it."""

import pytest

from wirecopy.formats import read_articles

PAGE = """<nitf{root}><head><title>Title line</title>{head}<docdata{status}>{docdata}</docdata></head>
<body><body.head>{lines}</body.head><body.content>{content}</body.content><body.end><tagline>XYZ ab</tagline></body.end></body></nitf>"""


def read(**given):
    held = dict.fromkeys(("root", "head", "status", "docdata", "lines"), "") | {"content": "<p>Ships came back.</p>"}
    (article,) = read_articles(PAGE.format(**(held | given)).encode())
    return article


@pytest.mark.parametrize(
    ("given", "slugline"),
    [
        (
            {
                "head": '<meta name="anpa-keyword" content="Harbour"/>',
                "docdata": '<key-list><keyword key="other"/></key-list>',
            },
            "Harbour",
        ),
        ({"head": '<meta name="NTBStikkord" content="havn"/>'}, "havn"),
        ({"docdata": '<key-list><keyword key="harbour"/></key-list>'}, "harbour"),
        ({"docdata": "<key-list><keyword>a</keyword><keyword>b</keyword></key-list>"}, None),
    ],
)
def test_the_slugline_stands_in_several_places(given, slugline):
    """Keyword meta first, a single key last."""
    assert read(**given).slugline == slugline


def test_an_embargo_needs_its_status():
    """A release date alone is no embargo, and expiry never is one."""
    dates = '<date.issue norm="20240305T090000Z"/><date.release norm="20240306T000000Z"/><date.expire norm="20240401T000000Z"/>'
    assert read(docdata=dates).embargo_until is None
    assert read(docdata=dates, status=' management-status="embargoed"').embargo_until.day == 6


def test_a_cancellation_of_another_document_names_it():
    """The target is kept with what becomes of it."""
    article = read(status=' management-status="usable" management-doc-idref="old-1" management-idref-status="canceled"')
    assert article.related == ("old-1",)
    assert ("management_idref_status", "canceled") in article.extra


@pytest.mark.parametrize(
    ("lines", "raw", "place"),
    [
        ("<dateline>Aveiro</dateline>", "Aveiro", "Aveiro"),
        ("<dateline><location>AVEIRO</location><story.date>March 5</story.date></dateline>", "AVEIRO", "AVEIRO"),
        ('<dateline><story.date norm="20240305T080000+0000">20240305T080000+0000</story.date></dateline>', None, None),
        (
            "<dateline><location><city>Porto</city><country>Portugal</country></location></dateline>",
            "PortoPortugal",
            "Porto",
        ),
    ],
)
def test_datelines_of_every_make(lines, raw, place):
    """A dateline that holds a date only names no place."""
    article = read(lines=lines)
    assert ((article.dateline_raw or "").replace(" ", "") or None, article.dateline_place) == (raw, place)


def test_the_date_falls_back_to_the_dateline_and_needs_its_zone():
    """Without a zone the provider's is taken, with a doubt; a placeholder is no time."""
    assert read(lines='<dateline><story.date norm="20240305T080000+0000"/></dateline>').version_created.hour == 8
    article = read(docdata='<date.issue norm="2024-07-05T10:00:00"/><doc.copyright holder="NTB"/>')
    assert article.version_created.isoformat() == "2024-07-05T10:00:00+02:00"
    assert [d.code for d in article.doubts] == ["zone_assumed"]
    assert read(docdata='<date.issue norm="YYYYMMDD000000-HHMM"/>').version_created is None


@pytest.mark.parametrize(
    ("given", "byline", "names"),
    [
        (
            {"lines": "<byline>By Ana Reis<byttl>Harbour Writer</byttl></byline>"},
            "By Ana Reis Harbour Writer",
            ["By Ana Reis"],
        ),
        ({"lines": "<byline><person>Ana Reis</person></byline>"}, "Ana Reis", ["Ana Reis"]),
        ({"lines": "<byline>rgd/icn</byline>"}, None, []),
        ({"lines": "<byline>dpa</byline>"}, "dpa", ["dpa"]),
        ({"lines": "<byline>Il porto riapre</byline>", "docdata": '<doc.copyright holder="ANSA"/>'}, None, []),
    ],
)
def test_bylines_and_what_is_none(given, byline, names):
    """Initials of desks and an agency's subtitle are not bylines."""
    article = read(**given)
    assert (article.byline, [n.raw for n in article.names]) == (byline, names)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("<block><hl2>Sub</hl2><p>One <em>two</em>three</p></block>", "Sub\n\nOne twothree"),
        ("<table><tr><td>Home</td><td>2</td></tr><tr><td>Away</td><td>1</td></tr></table>", "Home 2\n\nAway 1"),
        ("<p>One</p><media><media-caption>A ship</media-caption></media><p>Two</p>", "One\n\nTwo"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
        ("<p>caf&eacute;&nbsp;bar</p>", "café bar"),
        (
            "<pre>   First line of a paragraph that is wrapped\nat its column.\n   Second paragraph.</pre>",
            "First line of a paragraph that is wrapped at its column.\n\nSecond paragraph.",
        ),
    ],
)
def test_bodies_become_paragraphs(content, body):
    """Tables by rows, media silent, escaped markup read."""
    assert read(content=content).body == body


def test_the_namespace_is_of_no_matter_and_the_tagline_no_body():
    """With IPTC's namespace all is the same."""
    article = read(root=' xmlns="http://iptc.org/std/NITF/2006-10-18/"')
    assert (article.headline, article.body, article.sign_off) == ("Title line", "Ships came back.", "XYZ ab")
