"""Fragments of HTML become paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.markup.fragment import paragraphs

FRAGMENTS = [
    ("<p>One &amp; two</p><p>three</p>", "One & two\n\nthree"),
    ("one<br>still one<br><br>two", "one still one\n\ntwo"),
    ("<ul><li>first<li>second</ul>after", "first\n\nsecond\n\nafter"),
    ("<table><tr><td>Gold<td>3<tr><td>Silver<td>2</table>", "Gold 3\n\nSilver 2"),
    ("seen<div style='display: none'>unseen</div> again", "seen again"),
    ("<p hidden>unseen</p>seen", "seen"),
    ("a <b>bold</b>, <a href=x>linked</a> word", "a bold, linked word"),
    ("text<script>alert(1)</script> goes on", "text goes on"),
    ("re&shy;port", "report"),
    ("plain text\nwrapped\n\nsecond paragraph", "plain text wrapped\n\nsecond paragraph"),
    ("plain line\nsecond line", "plain line\n\nsecond line"),
    ("5 &lt; 6", "5 < 6"),
    ("<p>cut off <b>in the mid", "cut off in the mid"),
    ("<!-- only a comment -->", ""),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), FRAGMENTS)
def test_a_fragment_gives_its_paragraphs(markup, text):
    assert paragraphs(markup) == text


def test_a_million_nested_elements_do_not_hang():
    assert "\x00" not in paragraphs("<div>" * 1_000_000 + "deep")


@given(st.text(alphabet="<>/pbrdiv&;!-\x00 a\n'\"=", max_size=120))
def test_no_markup_raises(markup):
    paragraphs(markup)
