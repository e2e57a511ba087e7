"""`wirecopy.read_items`: names, dates, language and dateline of every wire item are decided."""

import subprocess
import sys

import pytest

import wirecopy
from wire_samples import END_7901, HEAD_7901, TEXT_7901, g2, newsml
from wirecopy.errors import ContentError
from wirecopy.normalise.item import make_item

EXPORT = (
    " date 2024-03-05 Lisbon, March 5 (Reuters) - Ships came back to the harbour after the storm.\n\nNobody was hurt.\n"
)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><item><title>Harbour reopens</title><link>https://n.example/1</link>
<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>LISBON, March 5 (Reuters) - Ships came back to the harbour.</description></item></channel></rss>"""


def test_the_printed_line_fills_what_no_field_states():
    """Place as printed, country resolved, date at the source."""
    (article,) = wirecopy.read_items(EXPORT.encode())
    assert (article.dateline_raw, article.dateline_place, article.dateline_country) == (
        "Lisbon, March 5 (Reuters)",
        "Lisbon",
        "PT",
    )
    assert (article.published.on.isoformat(), article.published.precision, article.language) == (
        "2024-03-05",
        "day",
        "en",
    )


def test_stated_fields_stay_where_the_printed_line_agrees():
    """The same place in capitals is no other place."""
    content = "<inlineXML><html><body><p>LISBON (Reuters) - Ships came back to the harbour after the storm.</p></body></html></inlineXML>"
    (article,) = wirecopy.read_items(g2(content, place="Lisbon").encode())
    assert (article.dateline_place, article.dateline_country) == ("Lisbon", "PT")
    assert "dateline_differs" not in [d.code for d in article.doubts]


def test_the_printed_line_wins_where_it_names_another_place():
    """The desk is not where the story was filed; what was stated is kept in the doubt."""
    content = "<inlineXML><html><body><p>LIMA (Reuters) - Ships came back to the harbour after the storm.</p></body></html></inlineXML>"
    (article,) = wirecopy.read_items(g2(content, place="Bangalore").encode())
    assert (article.dateline_place, article.dateline_country) == ("LIMA", "PE")
    assert ("dateline_differs", "Bangalore") in [(d.code, d.detail) for d in article.doubts]


def test_names_are_decided():
    """Authors come without their opening word."""
    (article,) = wirecopy.read_items(newsml().encode(), "a.xml")
    assert (article.authors, article.byline) == (("Ana Reis",), "Ana Reis")


def test_a_feed_file_is_read_too():
    """What `parse` reads comes through the same door."""
    (article,) = wirecopy.read_items(RSS.encode())
    assert (article.headline, article.dateline_place, article.url) == (
        "Harbour reopens",
        "LISBON",
        "https://n.example/1",
    )


@pytest.mark.parametrize("data", [b"", b"\0\0", b"<html/>", b"%PDF-1.7", b"{", b"<nitf>", b"<rss", b"\x1f\x8bxx"])
def test_what_cannot_be_read_raises_a_content_error(data):
    """One sentence, the file's name in it."""
    with pytest.raises(ContentError):
        list(wirecopy.read_items(data, name="x"))


def test_importing_the_package_imports_no_reader():
    """The three names are there, their modules only when used."""
    code = "import sys, wirecopy; assert 'lxml' not in sys.modules; assert wirecopy.read_items; wirecopy.nothing"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "no attribute 'nothing'" in run.stderr


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (HEAD_7901 + TEXT_7901 + END_7901, "lead 1"),
        (g2(), "update"),
        ((HEAD_7901 + TEXT_7901).replace("1ST LEAD", "KORREKTUR"), "correction"),
    ],
)
def test_labels_and_signals_are_cues_of_the_item(text, cue):
    """What a wire states apart from the text says what a version is to an earlier one."""
    (article,) = wirecopy.read_items(text.encode())
    assert cue in make_item(article).cues
