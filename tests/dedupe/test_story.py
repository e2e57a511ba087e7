"""Stories are a pure function of sets of items and matches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wirecopy.dedupe.story import stories
from wirecopy.model import Comparable, Match, Relation

DAY = date(2026, 3, 2)
START = datetime(2026, 3, 2, 6, tzinfo=UTC)


def item(key: str, hour: int | None = 0, **given) -> Comparable:
    at = None if hour is None else START + timedelta(hours=hour)
    return Comparable(item_key=key, text=key, published_on=at and at.date(), published_at=at, **given)


def near(
    a: str, b: str, share: float = 0.9, other: float | None = None, relation: Relation = Relation.NEAR, **given
) -> Match:
    a, b = sorted((a, b))
    other = share if other is None else other
    base = {"jaccard": share, "containment_a": share, "containment_b": other, "shared_words": 300, "shared_facts": 30}
    return Match(a=a, b=b, relation=relation, **(base | given))


def groups(items, matches) -> set[frozenset[str]]:
    return {frozenset(member.item_key for member in story.members) for story in stories(items, matches)}


def test_a_lone_item_is_a_story():
    """Every item belongs to exactly one story."""
    (story,) = stories([item("a")], [])
    assert (story.key, story.members[0].relation, story.members[0].rank, story.members[0].via_key) == (
        "a",
        Relation.LEADER,
        0,
        None,
    )


def test_a_chain_of_copies_is_one_story():
    """What matches a member joins, and says through whom."""
    (story,) = stories([item("a", 0), item("b", 1), item("c", 2)], [near("a", "b"), near("b", "c", 0.8)])
    assert [(m.item_key, m.rank, m.via_key, m.similarity) for m in story.members] == [
        ("a", 0, None, 1.0),
        ("b", 1, "a", 0.9),
        ("c", 2, "b", 0.8),
    ]


def test_the_agency_s_own_item_leads_and_the_earliest_names_the_story():
    """Rank 0 is the agency's own item; the story's key is its first item in canonical order."""
    items = [
        item("a", 5, agency="EX", outlet="EX"),
        item("b", 1, agency="EX", outlet="b.example"),
        item("c", None, agency="EX", outlet="c.example"),
    ]
    (story,) = stories(
        items, [near("a", "b"), near("a", "c", relation=Relation.EXACT), near("b", "c", relation=Relation.EXACT)]
    )
    assert story.key == "b"
    assert [m.item_key for m in story.members] == ["a", "b", "c"]
    assert [m.via_key for m in story.members] == [None, "a", "a"]


def test_reuse_makes_no_member():
    """A passage taken over is evidence, not membership; matches with strangers are left aside."""
    assert groups([item("a"), item("b")], [near("a", "b", relation=Relation.REUSE), near("a", "z")]) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_a_digest_is_no_bridge():
    """A round-up that holds two stories joins neither group to the other."""
    one, two = ["a1", "a2", "a3"], ["b1", "b2", "b3"]
    firm = [near(x, y) for side in (one, two) for x in side for y in side if x < y]
    digest = [near(key, "digest", 1.0, 0.3) for key in one + two]
    made = groups([item(k) for k in [*one, *two, "digest"]], firm + digest)
    assert not any({"a1", "b1"} <= group for group in made)


def test_one_wrong_match_joins_no_two_groups():
    """A single firm match between two well-connected groups is refused."""
    one, two = [f"a{n}" for n in range(5)], [f"b{n}" for n in range(5)]
    firm = [near(x, y) for side in (one, two) for x in side for y in side if x < y]
    assert len(groups([item(k) for k in one + two], [*firm, near("a0", "b0", 0.6)])) == 2


def test_what_resembles_two_reports_of_one_template_belongs_to_one():
    """A misread brief that fits two briefs with other figures is no bridge between them."""
    fits, fits_less = near("a", "noisy", shared_words=40), near("b", "noisy", 0.8, shared_words=40, other_facts=1)
    assert groups([item(k) for k in ("a", "b", "noisy")], [fits, fits_less]) == {
        frozenset({"a", "noisy"}),
        frozenset("b"),
    }


def test_a_spoilt_brief_that_fits_two_reports_to_the_last_word_belongs_to_one():
    """Where a scanner spoilt the figures that differ, a copy resembles both twins in full and is no bridge either."""
    fits = [near(twin, "noisy", 1.0, shared_words=40) for twin in "ab"]
    assert len(groups([item(k) for k in ("a", "b", "noisy")], fits)) == 2


def test_a_spoiled_copy_joins_by_the_member_that_holds_its_story_together():
    """Copies cut and misread differently need not match each other."""
    made = groups([item(k) for k in "abcde"], [near("a", other, shared_words=40) for other in "bcde"])
    assert frozenset("abc") in made or frozenset("abcde") in made


def test_a_cut_copy_joins_by_a_weak_match():
    """A third of a story still belongs to it."""
    made = groups([item(k) for k in "abc"], [near("a", "b"), near("a", "c", 0.3, 1.0), near("b", "c", 0.3, 1.0)])
    assert made == {frozenset("abc")}


KEYS = [f"k{n}" for n in range(9)]


@st.composite
def graphs(draw):
    shares = st.sampled_from([0.2, 0.4, 0.6, 0.9])
    pairs = draw(
        st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] < p[1]), max_size=20)
    )
    relations = st.sampled_from([Relation.NEAR, Relation.EXCERPT, Relation.EXACT, Relation.REUSE, Relation.VERSION])
    matches = [near(a, b, draw(shares), draw(shares), draw(relations)) for a, b in sorted(pairs)]
    return [item(key, draw(st.integers(0, 3) | st.none())) for key in KEYS], matches


@given(graphs(), st.randoms(use_true_random=False))
def test_order_does_not_count(graph, random):
    """Items and matches in any order make the same stories, and every item is in one."""
    items, matches = graph
    expected = stories(items, matches)
    random.shuffle(items)
    random.shuffle(matches)
    assert stories(items, matches) == expected
    assert sorted(m.item_key for story in expected for m in story.members) == sorted(KEYS)
    assert all([m.rank for m in story.members] == list(range(len(story.members))) for story in expected)


@given(graphs())
def test_components_can_be_made_apart(graph):
    """The stories of all items are those of each connected component by itself."""
    items, matches = graph
    part = {key: {key} for key in KEYS}
    for m in matches:
        if m.relation != Relation.REUSE:
            joined = part[m.a] | part[m.b]
            part |= dict.fromkeys(joined, joined)
    parts = {frozenset(keys) for keys in part.values()}
    apart = [s for keys in parts for s in stories([i for i in items if i.item_key in keys], matches)]
    assert {(s.key, s.members) for s in apart} == {(s.key, s.members) for s in stories(items, matches)}
