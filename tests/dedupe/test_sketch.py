"""Sketches: what is worth comparing and what is one more text of a template."""

import numpy as np

from wirecopy.dedupe.reading import read_texts
from wirecopy.dedupe.sketch import BYTES, sketches, worth_comparing
from wirecopy.dedupe.tops import tops_of

STORY = (
    "The Harbour Commission of Aldmere on Tuesday rejected a plan by Nordsee Cargo to widen the eastern fairway, "
    "saying dredging 2.4 million tonnes of silt would endanger the spawning grounds. Commissioner Ingrid Halvorsen "
    "told reporters that 17 of 23 consultants had advised against the scheme, which was first proposed in 1998."
)
DIVIDEND = "Qtly div {} cts vs {} cts prior. Pay April {}. Record March {}. Avg shrs {} mln vs {} mln."


def worth(one: str, other: str) -> bool:
    """Say whether two texts that meet in one band are worth comparing."""
    a, b = (
        np.frombuffer(sketches(tops_of(read_texts([text])))[0], dtype="<u8").reshape(1, -1) for text in (one, other)
    )
    found = worth_comparing(a, b, np.array([1]))[0]
    assert found == worth_comparing(b, a, np.array([1]))[0]
    return bool(found)


def test_copies_are_worth_comparing():
    """Equal, cut, with a local paragraph or a correction."""
    first = STORY.split(". ", maxsplit=1)[0]
    assert worth(STORY, STORY)
    assert worth(STORY, first + ".")
    assert worth(STORY, f"{STORY} Fishermen in Brackwater welcomed the vote, said their speaker Olav Lund.")
    assert worth(STORY, STORY.replace("17", "18"))


def test_texts_of_one_template_are_not():
    """Other figures in the same words are another report."""
    assert worth(DIVIDEND.format(12, 11, 15, 20, 14.1, 13.9), DIVIDEND.format(12, 11, 15, 20, 14.1, 13.9))
    assert not worth(DIVIDEND.format(12, 11, 15, 20, 14.1, 13.9), DIVIDEND.format(45, 40, 30, 16, 28.3, 27.7))
    assert not worth(STORY, DIVIDEND.format(45, 40, 30, 16, 28.3, 27.7))


def test_figures_alone_tell_reports_of_one_template_apart():
    """Where all words agree, several figures that all differ rule a pair out; one that differs, or few figures, do not."""
    report = (
        "The central bank sold {} billion crowns of {}-day bills on Tuesday, the debt office said. Bids came to {} billion. "
        "The average yield was {} pct, and the next auction was set for {} billion, said spokeswoman Ingrid Halvorsen."
    )
    first = report.format(4.1, 91, 7.3, 5.25, 3.8)
    assert worth(first, report.format(4.1, 91, 7.3, 5.27, 3.8))
    assert not worth(first, report.format(2.6, 28, 9.9, 4.75, 6.2))
    assert worth(STORY, STORY.replace("2.4", "3.1"))


def test_what_chance_explains_is_not_enough():
    """A short text finds half of its words' bits in the sketch of any long one; a copy of its top finds more."""
    long = f"{STORY} {' '.join(f'Spokesman Q{n}lund of Borgen{n} disagreed.' for n in range(30))}"
    brief = (
        "Brackwater opened a lighthouse museum with {} guests, said Mayor Mikkel Torsvik of the Borgen family in {}."
    )
    assert not any(worth(brief.format(n, n + 1890), long) for n in range(20, 40))
    assert worth(STORY.split(". ", maxsplit=1)[0], long)


def test_what_has_no_features_is_never_ruled_out():
    """Briefs without names and texts written without spaces are compared by reading them."""
    assert sketches(tops_of(read_texts(["日本銀行は金融政策を維持した。"])))[0] == bytes(BYTES)
    assert worth("日本銀行は金融政策を維持した。", STORY)
    assert worth("it did so", "she went home")
