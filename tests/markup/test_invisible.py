"""What readers cannot see is gone, what shapes words stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.markup.invisible import visible

GONE = [
    ("re\u00adport", "report"),
    ("\ufeffBERLIN", "BERLIN"),
    ("zero\u200bwidth", "zerowidth"),
    ("a\u200cb\u200dc", "abc"),
    ("nul\x00l", "null"),
    ("\u202eesrever\u202c", "esrever"),
    ("left\u200e only", "left only"),
    ("e\u0301", "é"),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("one\u2029two", "one\n\ntwo"),
    ("tab\tstays", "tab\tstays"),
]
KEPT = [
    "می\u200cخواهم",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "क\u094d\u200dष",
    "שלום \u200f(1)\u200f",
    "no\u00a0break",
]


@pytest.mark.parametrize(("raw", "seen"), GONE)
def test_the_unseen_goes(raw, seen):
    assert visible(raw) == seen


@pytest.mark.parametrize("text", KEPT)
def test_what_shapes_a_text_stays(text):
    assert visible(text) == text


@given(st.text(max_size=200))
def test_reading_twice_changes_nothing(text):
    once = visible(text)
    assert visible(once) == once
    assert unicodedata.is_normalized("NFC", once)
