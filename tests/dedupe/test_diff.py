"""A diff loses no character of either text."""

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.dedupe.diff import shared_passages, word_diff

WORDS = st.lists(
    st.sampled_from(["port", "quay", "3.5", "the", "\n\n", " ", "–", "Søren's", "_", "港"]), max_size=40
).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_make_both_texts(before, after):
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(WORDS, WORDS)
def test_marking_passages_loses_nothing(one, other):
    left, right = shared_passages(one, other)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (one, other)


def test_a_changed_figure_is_all_that_differs():
    pieces = word_diff("killed 3 people in Halden", "killed 12 people in Halden")
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"] == [("removed", "3"), ("added", "12")]


def test_a_passage_of_eight_words_is_shared_and_a_phrase_is_not():
    text = "the northern quay would stay shut until the end of the month"
    left, _ = shared_passages(f"He said {text}.", f"Officials said that {text}, again.")
    assert [piece.text for piece in left if piece.kind == "same"] == [f" {text}"]
    left, _ = shared_passages("in the end of the month", "at the end of the day")
    assert {piece.kind for piece in left} == {"removed"}
