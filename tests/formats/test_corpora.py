"""The news corpora that researchers hold: TREC and LDC `<DOC>` files, RCV1, NITF with doubled leads, blocks of a CMS."""

import json

import pytest

from wirecopy import read_items
from wirecopy.errors import MarkupUnreadable
from wirecopy.formats import read_articles, sniff


def only(text, name="corpus"):
    (item,) = read_items(text.encode(), name)
    return item


TIPSTER = """<DOC>
<DOCNO> AP900413-0007 </DOCNO>
<FILEID>AP-NR-04-13-90 0101EDT</FILEID>
<FIRST>r i AM-Ferry     04-13 0210</FIRST>
<HEAD>Ferry Reaches Island After Two Days</HEAD>
<BYLINE>By ANNE HOLM</BYLINE>
<BYLINE>Associated Press Writer</BYLINE>
<DATELINE>VISBY, Sweden (AP) </DATELINE>
<TEXT>
   A ferry with 80 people &amp; nine cars aboard reached the
island on Friday.
   Nobody was hurt.
</TEXT>
</DOC>
"""


def test_a_tipster_document_gives_its_fields():
    """End tags, entities and wrapped lines are read; the day is that of filing."""
    item = only(TIPSTER)
    assert (item.format, item.item_uri, item.provider, item.language) == ("sgml-doc", "AP900413-0007", "AP", "en")
    assert item.headline == "Ferry Reaches Island After Two Days"
    assert item.authors == ("ANNE HOLM",)
    assert (item.dateline_place, item.dateline_country) == ("VISBY", "SE")
    assert item.version_created.date().isoformat() == "1990-04-13"
    assert item.body.split("\n\n") == [
        "A ferry with 80 people & nine cars aboard reached the island on Friday.",
        "Nobody was hurt.",
    ]


@pytest.mark.parametrize(
    ("number", "date", "provider", "day", "language"),
    [
        ("XIN_CMN_20031009.0021", "", "Xinhua", "2003-10-09", "zh"),
        ("AFP_FRE_19970102.0009", "", "AFP", "1997-01-02", "fr"),
        ("APW19990704.0102", "<DATE_TIME> 07/04/1999 13:05:00 </DATE_TIME>", "AP", "1999-07-04", None),
        (
            "LA031189-0044",
            "<DATE>\n<P>\nMarch 11, 1989, Saturday\n</P>\n</DATE>",
            "Los Angeles Times",
            "1989-03-11",
            None,
        ),
        ("WSJ880405-0150", "<DD> 04/05/88</DD>", "The Wall Street Journal", "1988-04-05", None),
        ("FBIS4-7", "<HEADER><DATE1>  8 June 1994 </DATE1></HEADER>", None, "1994-06-08", None),
        ("FT922-100", "<DATE>920617\n</DATE>", "Financial Times", "1992-06-17", None),
    ],
)
def test_number_and_date_of_a_document_are_read_as_each_corpus_writes_them(number, date, provider, day, language):
    """A date of its own goes before the one in the number; the number's letters say whose text it is."""
    item = only(f'<DOC id="{number}" type="story">\n{date}\n<TEXT>\n<P>\nRain fell\nall day.\n</P>\n</TEXT>\n</DOC>\n')
    assert (item.provider, item.language_raw and item.language) == (provider, language)
    assert (item.item_uri, item.version_created.date().isoformat(), item.body) == (number, day, "Rain fell all day.")


def test_a_document_that_is_cut_off_costs_only_itself():
    """What stands before it is read, then the error is told."""
    reader = read_articles((TIPSTER + TIPSTER[:300]).encode())
    assert next(reader).item_uri == "AP900413-0007"
    with pytest.raises(MarkupUnreadable, match="cut off"):
        next(reader)


RCV1 = """<?xml version="1.0" encoding="iso-8859-1" ?>
<newsitem itemid="90417" id="root" date="1996-10-02" xml:lang="en">
<title>CHILE: Copper port shut by swell.</title>
<headline>Copper port shut by swell.</headline>
<byline>Paula Rojas</byline>
<dateline>ANTOFAGASTA 1996-10-02</dateline>
<text><p>Waves shut the port on Wednesday.</p><p>It may open on Friday.</p></text>
<metadata><codes class="bip:countries:1.0"><code code="CHILE"/></codes>
<codes class="bip:topics:1.0"><code code="M142"/><code code="MCAT"/></codes>
<dc element="dc.date.published" value="1996-10-02"/></metadata>
</newsitem>
"""


def test_a_news_item_of_rcv1_gives_its_fields():
    """It is told from NewsML-G2 by its number, and its topics are subjects."""
    item = only(RCV1)
    assert (item.format, item.item_uri, item.provider) == ("rcv1", "90417", "Reuters")
    assert (item.headline, item.byline) == ("Copper port shut by swell.", "Paula Rojas")
    assert (item.dateline_place, item.dateline_country) == ("ANTOFAGASTA", "CL")
    assert [one.code for one in item.subjects] == ["M142", "MCAT"]
    assert item.version_created.date().isoformat() == "1996-10-02"
    assert item.body == "Waves shut the port on Wednesday.\n\nIt may open on Friday."


def test_a_lead_that_stands_beside_the_full_text_is_said_once():
    """Blocks of NITF that begin with one another are one text; others follow each other."""
    lead = "<p>A bridge fell.</p>"
    form = "<nitf><body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>"
    doubled = (
        f'<block class="lead_paragraph">{lead}</block><block class="full_text">{lead}<p>Nobody was hurt.</p></block>'
    )
    assert only(form.format(doubled)).body == "A bridge fell.\n\nNobody was hurt."
    parted = f"<block>{lead}</block><block><p>Nobody was hurt.</p></block>"
    assert only(form.format(parted)).body == "A bridge fell.\n\nNobody was hurt."


def test_blocks_of_a_page_are_the_text_where_they_are_prose():
    """Kickers, titles and pictures among the blocks of an article are none of its paragraphs."""
    blocks = [
        {"type": "kicker", "content": "Sport"},
        {"type": "title", "content": "Rowers win"},
        {"type": "sanitized_html", "content": "<b>HENLEY, England</b> — The rowers won."},
        {"type": "image", "fullcaption": "A boat", "content": "Boat"},
        {"type": "sanitized_html", "content": "It rained."},
    ]
    item = only(json.dumps({"id": "x1", "title": "Rowers win", "contents": blocks, "published_date": 1562500000000}))
    assert item.body == "HENLEY, England — The rowers won.\n\nIt rained."
    assert item.dateline_country == "GB"


def test_a_word_behind_a_column_that_tells_how_it_is_written_is_left_out():
    """`headline_text` is a headline, `publish_ts` a date; `plain` alone is nothing."""
    item = next(
        read_items(b"headline_text,article_body_clean,publish_ts,plain\nDam opens,Water ran.,2021-05-04T10:00:00Z,x\n")
    )
    assert (item.headline, item.body, item.published.raw) == ("Dam opens", "Water ran.", "2021-05-04T10:00:00Z")
    assert item.extra == (("plain", "x"),)


@pytest.mark.parametrize(
    "label", ["FOR IMMEDIATE RELEASE", "Pressemitteilung", "COMUNICADO DE PRENSA", "*** PRESS RELEASE ***"]
)
def test_what_only_says_that_a_text_is_a_press_release_is_no_headline(label):
    """The headline is the line behind it."""
    assert (
        only(f"{label}\n\nHarbour gets new crane\n\nGHENT, Belgium — A crane came on Monday.\n").headline
        == "Harbour gets new crane"
    )


def test_a_slug_above_the_headline_of_a_telex_is_its_slugline():
    """One word with a hyphen or a slash is what desks call a story, not its headline."""
    item = only("ZCZC XYZ0123\n\nKENYA-FLOODS\n\nFLOODS CLOSE ROAD\n\nNAIROBI (PANA) - A road was closed.\n\nNNNN\n")
    assert (item.slugline, item.headline) == ("KENYA-FLOODS", "FLOODS CLOSE ROAD")


def test_an_element_named_doc_is_a_corpus_only_with_a_corpus_tags():
    """Other files of documents stay unsupported."""
    assert sniff(TIPSTER.encode()) == "sgml-doc"
    with pytest.raises(Exception, match="unsupported root element"):
        sniff(b"<doc><field name='title'>x</field></doc>")


def test_a_provider_told_by_its_address_at_the_iptc_is_its_code():
    """G2 may name by URI what it names by QCode elsewhere."""
    item = only(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" version="1" standard="NewsML-G2"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider uri="http://cv.iptc.org/newscodes/newsprovider/ANSA"/>'
        "<versionCreated>2024-07-01T12:00:00Z</versionCreated></itemMeta><contentMeta><headline>Borsa</headline></contentMeta></newsItem>"
    )
    assert item.provider == "ANSA"


def test_a_header_that_ends_with_a_service_behind_a_slash_names_its_agency():
    """`/AFP-AB12` is a service of AFP."""
    head = "\x01fra0123 4 I 0210 F /AFP-AB12\r\nStreik/\r\n\x02Streik legt Flughafen lahm =\r\n\r\n"
    item = only(f"{head}PARIS (AFP) - Ein Streik hat den Flughafen lahmgelegt.\r\n\x03\r\n011205 JUL 24\r\n\x04")
    assert item.provider == "AFP"
