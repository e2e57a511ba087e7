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
    same_left, same_right = (
        "".join(c for s in side if s.kind == "same" for c in s.text if c.isalpha()) for side in (left, right)
    )
    assert same_left == same_right


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


def test_a_new_paragraph_is_cut_at_its_blank_line():
    """Not from the full stop of the paragraph before to its own last word."""
    spans = diff_words("Ships came.\n\nThey left.", "Ships came.\n\nNobody spoke.\n\nThey left.")
    assert [s.text for s in spans if s.kind != "same"] == ["\n\nNobody spoke."]
    spans = diff_words("Ships came.\n\nNobody spoke.", "Ships came.")
    assert [s.text for s in spans if s.kind != "same"] == ["\n\nNobody spoke."]


def test_scripts_without_spaces_are_compared_by_character():
    """A corrected figure or name is marked alone; eight characters in common make a passage of four words."""
    spans = diff_words("東京の港で40人を乗せた船が沈んだ。", "東京の港で42人を乗せた船が沈んだ。")
    assert [s.text for s in spans if s.kind != "same"] == ["40", "42"]
    left, right = shared_spans("東京の港で船が沈んだ、当局が発表した。", "速報。東京の港で船が沈んだ。詳細は不明。")
    assert [s.text for s in left if s.kind == "same"] == ["東京の港で船が沈んだ、"]
    assert [s.text for s in right if s.kind == "same"] == ["東京の港で船が沈んだ。"]
    spans = diff_words("เรือจมที่ท่าเรือ", "เรือล่มที่ท่าเรือ")
    assert "".join(s.text for s in spans if s.kind != "removed") == "เรือล่มที่ท่าเรือ"
    assert not any(s.text[0] in "่้ี" for s in spans)
