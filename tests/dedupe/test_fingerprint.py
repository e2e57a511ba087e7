"""What is compared of an item, and where it is looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copy_scores import pairs
from wirecopy.dedupe.boilerplate import (
    EMPTY,
    Boilerplate,
    Carrier,
    is_frequent,
    is_known_line,
    learn,
    learnable_hashes,
    paragraph_hash,
    read_paragraphs,
    united,
)
from wirecopy.dedupe.carried import words_of
from wirecopy.dedupe.fingerprint import comparable, fingerprint, with_words
from wirecopy.dedupe.reading import read_words
from wirecopy.dedupe.words import FIGURE, NAME
from wirecopy.model import Comparable, Item, Published

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = "A tanker ran aground off Port Aldmere on Monday with 1,200 tonnes of oil aboard, and tugs from Brisko failed to move it."


def item(body: str, **given) -> Item:
    base = {
        "item_key": "k",
        "key_rule": "url",
        "outlet": "o.example",
        "headline": "H",
        "body": body,
        "lead": body,
        "text_hash": "t",
        "rules_version": "1",
    }
    return Item(**{**base, **given})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour programme was organised.", "The harbor program was organized."),
        ("It cost $5 million.", "It cost 5 mln dlrs."),
        ("It cost £5m.", "It cost 5 million."),
        ("It rose 3.50 pct.", "It rose 3.5%."),
        ("It rose 3.5 per cent.", "It rose 3,5 percent."),
        ("Some 1,200,000 people", "Some 1200000 people"),
        ("It cost 1.5 mln dlrs.", "It cost $1,500,000."),
        ("It cost one million.", "It cost 1m."),
        ("It cost 5 bilion or 7 mmln.", "It cost 5 billion or 7 million."),
        ("priced at 101-1/4 pct", "priced at 101.25 percent"),
        ("Shr 23 cts vs 18 cts", "Share 23 cents versus 18c"),
        ("Three of the five", "3 of the 5"),
        ("On Mon, Jan 5", "On Monday, January 5"),
        ("on the 15th", "on the 15"),
        ("the company’s ships", "the company's ships"),
        ("the Government of Brisko", "the Govt of Brisko"),
    ],
)
def test_styles_fold_to_the_same_words(one, other):
    """Spelling, figures, units and short forms are style."""
    assert read_words(one).words == read_words(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It cost 5 million.", "It cost 5 billion."),
        ("It rose 3.5 pct.", "It rose 35 pct."),
        ("on May 5", "on June 5"),
        ("on Monday", "on Friday"),
        ("A320", "A321"),
        ("won 2-1", "won 2.1"),
        ("5 of the men", "5 of the million"),
    ],
)
def test_news_is_never_folded(one, other):
    """Figures, magnitudes and days that differ stay different."""
    assert read_words(one).words != read_words(other).words


def test_kinds_of_words():
    """Figures and names are marked; the first word of a sentence is a name only if it is one elsewhere."""
    words = read_words("Tugs came. Aldmere waited. On Monday, tugs left Aldmere with 12 men.")
    kinds = dict(zip(words.words, words.kinds, strict=True))
    assert (kinds["aldmere"], kinds["12"], kinds["monday"], kinds["tugs"]) == (NAME, FIGURE, FIGURE, 0)
    assert NAME not in read_words("PORT ALDMERE CLOSED AS TANKER RUNS AGROUND").kinds
    read_words(" ".join(f"word{number}" for number in range(1000)))
    assert list(read_words("Tugs came. Meanwhile Halvorsen waited. Commissioner Halvorsen left.").kinds) == [
        0, 0, 0, NAME, 0, NAME, NAME, 0,
    ]  # fmt: skip


def test_dateline_sign_off_and_known_lines_do_not_count():
    """Only the news of an item is compared."""
    body = f"PORT ALDMERE, March 2 (EX) - {TEXT}\n\nRead more: ten ships that never came home\n\nNobody was hurt. EX"
    made = comparable(
        item(
            body,
            lead=body.split(" - ", 1)[1],
            sign_off="EX",
            published=Published(at=AT, on=date(2026, 3, 2), precision="minute", source="t"),
        )
    )
    assert made.text == f"{TEXT}\n\nNobody was hurt."
    assert (made.published_on, made.published_at, made.text_hash) == (date(2026, 3, 2), AT, "t")
    assert fingerprint(made).month == 202603


def test_a_known_line_run_into_a_paragraph_takes_no_news_with_it():
    """Where a source runs its lines together, only the known sentences go."""
    made = comparable(item(f"{TEXT} Nobody was hurt. Copyright The Outlet 25. All rights reserved."))
    assert made.text == f"{TEXT} Nobody was hurt."
    assert comparable(item("Copyright The Outlet. All rights reserved.")).text == ""


def test_exact_is_what_readers_can_see():
    """Case, spacing and punctuation do not change the hash; a letter does."""
    prints = [
        fingerprint(Comparable(item_key="k", text=text)).exact
        for text in (TEXT, TEXT.upper(), TEXT.replace(" ", "\n"), TEXT[:-2])
    ]
    assert prints[0] == prints[1] == prints[2] != prints[3]


def test_fingerprints_are_the_same_on_every_machine():
    """Bands are pinned: a change of them makes every held fingerprint stale, and needs a migration."""
    for text, pinned in ((TEXT, PINNED), ("日本銀行は金融政策を維持した。" * 20, PINNED_UNSPACED)):
        bands = fingerprint(Comparable(item_key="k", text=text)).bands
        assert (bands[0], bands[6], bands[-1]) == pinned


PINNED = (-7366126609830710622, 3640179856832702220, 8902824292875677015)
PINNED_UNSPACED = (-3487252206174963357, -7803156587284714230, 3840924784737600566)


def test_a_fingerprint_is_the_same_whatever_is_read_beside_it():
    """Items read together have the fingerprints that each has alone, texts without words or spaces among them."""
    texts = (TEXT, "", "Port", "日本銀行は金融政策を維持した。", "...", TEXT.upper(), "12 men.", TEXT * 9)
    news = [Comparable(item_key=str(at), text=text) for at, text in enumerate(texts)]
    assert [print_ for _, print_ in with_words(news)] == list(map(fingerprint, news))
    assert [words_of(one) for one, _ in with_words(news)] == [read_words(text) for text in texts]


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint(text):
    """Bands are distinct signed 64-bit integers, whatever the text."""
    found = fingerprint(Comparable(item_key="k", text=text))
    assert len(set(found.bands)) == len(found.bands)
    assert all(-(1 << 63) <= band < 1 << 63 for band in (*found.bands, found.exact))
    assert bool(found.bands) == bool(found.words)


def test_takes_meet_under_their_slugline():
    """Takes share no text, but a band."""
    one, other = (
        Comparable(item_key=k, text=t, agency="EX", slugline=s, published_on=date(2026, 3, d))
        for k, t, s, d in [("a", "One text.", "BC-Port", 2), ("b", "Another of its own.", "BC-Port, take 2", 3)]
    )
    assert list(pairs([fingerprint(one), fingerprint(other)])) == [("a", "b")]


FOOTER = (
    "Opinions in columns are those of their authors, and readers who find a mistake are asked to write to the editor."
)
STORIES = [
    "A tanker ran aground off Aldmere, and tugboats failed to move it before nightfall.",
    "Parliament in Brisko passed a budget that cuts spending on railways and universities.",
    "Scientists at Cartwell found a beetle thought extinct since the previous century.",
    "Shareholders of Dunmore Textiles rejected a takeover by their largest competitor.",
    "The orchestra of Eastvale opens its season with a forgotten symphony by Farrow.",
    "Farmers near Grenholm expect a meagre harvest after months without rainfall.",
]


def carriers(outlet: str, bodies: list[str]) -> list[Carrier]:
    return [
        Carrier(outlet, hashed, f"{outlet}-{n}", body)
        for n, body in enumerate(bodies)
        for hashed in learnable_hashes(read_paragraphs(body))
    ]


def covers(learnt: Boilerplate, outlet: str, line: str) -> bool:
    """Say whether a line is boilerplate at an outlet."""
    return any(learnt.covers(outlet, hashed) for hashed in learnable_hashes(read_paragraphs(line)))


def test_a_footer_is_learnt_from_unrelated_stories():
    """What stands under unrelated stories of one outlet is boilerplate there; at two outlets it is so everywhere."""
    bodies = [f"{story}\n\n{FOOTER}" for story in STORIES]
    one = learn(carriers("a", bodies))
    assert (covers(one, "a", FOOTER), covers(one, "b", FOOTER), covers(one, "a", STORIES[0])) == (True, False, False)
    both = learn(carriers("a", bodies) + carriers("b", bodies))
    assert covers(both, "c", FOOTER)
    assert both.version not in {one.version, EMPTY.version}


def test_what_is_learnt_in_parts_is_what_is_learnt_at_once():
    """A warehouse is read a few paragraphs at a time, and learns the same, under the same version."""
    bodies = [f"{story}\n\n{FOOTER}" for story in STORIES]
    whole = carriers("a", bodies) + carriers("b", bodies)
    hashes = {carrier.paragraph_hash for carrier in whole}
    parts = [learn(c for c in whole if c.paragraph_hash == hashed) for hashed in sorted(hashes)]
    assert united(parts) == learn(whole)


@pytest.mark.parametrize(
    ("line", "learnable"),
    [
        ("radio32.example staff and agencies", True),
        ("Channel 4 staff and agencies", True),
        ("Pay 15 April to holders", False),
        ("Revs 12 mln vs 14 mln", False),
    ],
)
def test_a_number_in_a_name_is_no_figure(line, learnable):
    """What an outlet called by a number prints above its reports is learnt; a repeated dividend is news each time."""
    assert bool(learnable_hashes(read_paragraphs(line))) is learnable


def test_what_few_of_many_items_carry_is_no_boilerplate():
    """A sentence that four stories of many thousands have in common is a background; what an outlet prints is frequent there."""
    assert is_frequent({"a": 4}, {"a": 500})
    assert not is_frequent({"a": 4, "b": 3}, {"a": 9_000, "b": 6_000})
    assert is_frequent({"a": 4, "b": 4}, {"a": 9_000, "b": 900})
    assert is_frequent({f"o{n}": 1 for n in range(16)}, {f"o{n}": 1_000 for n in range(16)})


def test_a_footer_run_into_the_text_is_learnt_too():
    """Where a source runs its lines together, sentences repeat where paragraphs cannot."""
    bodies = [f"{story} {FOOTER}" for story in STORIES]
    learnt = learn(carriers("a", bodies))
    made = comparable(item(f"{TEXT} {FOOTER}", outlet="a"), learnt)
    assert (made.text, made.boilerplate_version) == (TEXT, learnt.version)


def test_a_syndicated_paragraph_is_not_learnt():
    """A paragraph that stands in edited copies of one story is news, however many outlets print it."""
    copies = [
        f"{STORIES[0]}\n\nCaptain Dorsey waits for a third tugboat number {n}, fishermen complained.\n\n{STORIES[1]}"
        for n in range(8)
    ]
    assert learn(carriers("a", copies)) == EMPTY
    assert learn([c for n, body in enumerate(copies) for c in carriers(f"o{n}", [body])]) == EMPTY


def test_a_footer_is_learnt_although_one_story_is_printed_most():
    """Copies of one story count once: it takes unrelated stories to make a line boilerplate, and they suffice."""
    copies = [
        f"{STORIES[0]} Paragraph {word} was added.\n\n{FOOTER}"
        for word in ["one", "two", "three", "four", "five", "six"]
    ]
    assert not covers(learn(carriers("a", copies)), "a", FOOTER)
    others = [f"{story}\n\n{FOOTER}" for story in STORIES[1:]]
    assert covers(learn(carriers("a", copies + others)), "a", FOOTER)


def test_background_that_is_told_again_is_no_frame():
    """A sentence that unrelated reports hold amid others of their own is text; a notice in a dozen of them is not."""
    names = ["Ald", "Bris", "Cart", "Dun", "East", "Far", "Gren", "Hal", "Il", "Jar", "Kel", "Lor"]
    reports = [
        f"{name}mere and {name}son met {name}berg. {FOOTER} {name}ford left {name}ton and {name}by." for name in names
    ]
    assert learn(carriers("a", reports[:6])) == EMPTY
    assert covers(learn(carriers("a", reports)), "a", FOOTER)


def test_a_header_over_briefs_is_learnt_after_the_footer_under_them():
    """Between a header and a long footer a brief has too little of its own to be unrelated, until the footer is known."""
    header = "Harbour newspapers, for readers in town and country since the days of the paddle steamers."
    briefs = [f"{header}\n\n{story}\n\n{FOOTER}" for story in STORIES]
    long = [
        f"{' '.join(f'{name}{letter}' for letter in 'abcdefghijklmnopqrstuv')} met.\n\n{FOOTER}"
        for name in ["Kel", "Lor", "Mir", "Nor"]
    ]
    found = [c for n, body in enumerate(briefs + long) for c in carriers(f"o{n}", [body])]
    first = learn(found)
    assert (covers(first, "", FOOTER), covers(first, "", header)) == (True, False)
    assert covers(learn(found, first.hashes()), "", header)


def test_a_line_of_figures_is_never_boilerplate():
    """Earnings lines repeat their words with other figures."""
    bodies = [f"{story}\n\nRevs {n}.{n} mln vs {n + 3}.1 mln" for n, story in enumerate(STORIES)]
    assert not covers(learn(carriers("a", bodies)), "a", "Revs 4.2 mln vs 3.1 mln")


def test_learning_is_a_pure_function_of_a_set():
    """The order of carriers does not count; case and figures of a paragraph do not either."""
    found = carriers("a", [f"{story}\n\n{FOOTER}" for story in STORIES])
    assert learn(found) == learn(found[::-1])
    assert paragraph_hash("© 2025 The Outlet") == paragraph_hash("© 2026 THE OUTLET")


@pytest.mark.parametrize(
    "line",
    [
        "Read more: ten ships",
        "© 2026 Outlet",
        "All rights reserved.",
        "(Reporting by A. Dorsey; editing by B. Farrow)",
        "Lire aussi : le port",
        "Mehr zum Thema",
        "Reuters",
        "ENDS",
        "Copyright 2026 EX",
        "By Ann Dorsey",
        "By A. Dorsey, Staff Writer",
        "By our foreign staff",
        "Updated: 9 hours ago   Reading time: 11 min",
        "4 min read",
        "Listen to this article (4 minutes)",
    ],
)
def test_known_lines(line):
    """Lines that are no news wherever they stand."""
    assert is_known_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyrighted works will be protected longer, the court ruled.",
        "Readers more often choose print.",
        "Reportings of theft rose by 5 pct.",
        "The end of the war was near.",
        "By the end of March, three ships had left.",
        "Updated figures show that 5 pct more was sold.",
        "Related industries will suffer too, and the minister said that talks had begun with all of them.",
    ],
)
def test_news_that_resembles_a_known_line(line):
    """Sentences that begin like a known line are news."""
    assert not is_known_line(line)
