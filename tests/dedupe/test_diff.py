"""Differences between revisions and passages shared by copies, as values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.dedupe.diff import diff_words, shared_spans

TEXT = st.text(alphabet="ab ,.é港\n", max_size=60)


@given(TEXT, TEXT)
def test_word_spans_make_up_both_texts(before, after):
    """Nothing of either text is lost or invented."""
    spans = diff_words(before, after)
    assert "".join(s.text for s in spans if s.kind != "added") == before
    assert "".join(s.text for s in spans if s.kind != "removed") == after


@given(TEXT, TEXT)
def test_shared_spans_make_up_both_texts(a, b):
    """Both sides are given whole, but for space before the first word."""
    left, right = shared_spans(a, b, least=1)
    assert "".join(s.text for s in left) == a.lstrip()
    assert "".join(s.text for s in right) == b.lstrip()
    same_left, same_right = ([s.text.split() for s in side if s.kind == "same"] for side in (left, right))
    assert sum(map(len, same_left)) == sum(map(len, same_right))


def test_one_figure_changed():
    """A corrected figure is the only thing that goes and comes."""
    spans = diff_words("Twelve of 1,200 boats sank.", "Twelve of 1,300 boats sank.")
    assert [(s.kind, s.text) for s in spans if s.kind != "same"] == [("removed", "1,200"), ("added", "1,300")]


def test_shared_passages_are_marked():
    """Words in common count from a passage on, not one by one."""
    left, right = shared_spans(
        "Officials said the harbour was closed.", "On Monday, the harbour was closed, they said."
    )
    assert [s.text for s in left if s.kind == "same"] == ["the harbour was closed."]
    assert [s.text for s in right if s.kind == "same"] == ["the harbour was closed, "]
