"""What readers see: stories and copies, kills and embargoes, search, differences, time travel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from store.landing_values import NOON, OSLO, arrive, batch, body, make_item, published, with_dateline
from wirecopy.model import Identifier, Notice
from wirecopy.store.land import land
from wirecopy.store.query import run
from wirecopy.store.search import build_search

VIEWS = (
    "stories",
    "copies",
    "revisions",
    "datelines",
    "feeds",
    "places",
    "killed",
    "embargoed",
    "hidden",
    "notices",
    "same_items",
    "versions",
)
MACROS = ("search('harbour')", "as_of(now())", "published_by(now())", "diff('x')", "near(59.9, 10.7, 50)")
LATER = NOON + timedelta(hours=3)


def rows(warehouse, sql):
    return list(run(warehouse, sql).rows)


def headlines(warehouse, source="stories"):
    return sorted(row[0] for row in rows(warehouse, f"select headline from {source}"))


@pytest.fixture
def filled(warehouse):
    """A warehouse with two stories, one of them with a copy elsewhere."""
    first = with_dateline(make_item(1, headline="Grain ships sail", body=f"OSLO, March 2 (NNA) - {body(1)}"))
    other = make_item(2, headline="Harbour closed")
    copy = make_item(
        7,
        outlet="south.example",
        text=body(1),
        headline="Ships sail again",
        published=published(NOON + timedelta(hours=2)),
    )
    land(warehouse, batch("b1", first, other, copy), at=NOON)
    return warehouse


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_a_plain_client_reads_views_and_macros(filled, zone):
    """No extension, no attach, any session time zone."""
    with duckdb.connect(str(filled.path), read_only=True) as client:
        client.execute("set autoload_known_extensions = false; set autoinstall_known_extensions = false")
        client.execute(f"set TimeZone = '{zone}'")
        for name in (*VIEWS, *MACROS):
            assert (
                client.execute(f"select count(*) from {name}").fetchone()
                == client.execute(f"select count(*) from wire.{name}").fetchone()
            )
        assert client.execute("select count(*) from search('ships sail')").fetchone() == (2,)
        for (name,) in client.execute("select view_name from duckdb_views() where schema_name = 'report'").fetchall():
            client.execute(f"from report.{name}").fetchall()


def test_an_attached_file_reads_the_same(filled):
    """After attach the views work under the database's name, and the macros after use."""
    with duckdb.connect() as client:
        client.execute(f"attach '{filled.path}' as x (read_only)")
        assert client.execute("select count(*) from x.stories").fetchone() == (2,)
        for name in VIEWS:
            client.execute(f"from x.{name}").fetchall()
            client.execute(f"from x.wire.{name}").fetchall()
        client.execute("use x")
        for name in MACROS:
            client.execute(f"from {name}").fetchall()
            client.execute(f"from wire.{name}").fetchall()


def test_a_story_shows_place_copies_and_outlets(filled):
    """One row a story, shown by its leader, with where it was filed."""
    assert rows(
        filled, "select headline, place, country, len(dateline_voters), copies, outlets from stories order by headline"
    ) == [
        ("Grain ships sail", "Oslo", "NO", 1, 2, 2),
        ("Harbour closed", None, None, None, 1, 1),
    ]
    assert rows(
        filled, "select outlet, relation, similarity, via_key is null from copies where copies.headline like '%again'"
    ) == [("south.example", "exact", 1.0, False)]


def test_copies_that_agree_say_where_a_story_was_filed(warehouse):
    """A leader without a dateline shows the place that most copies print, with its voters; its own row stays bare."""
    leader = make_item(1, headline="Grain ships sail")
    copies = [
        with_dateline(
            make_item(n, outlet=f"paper{n}.example", text=body(1), published=published(NOON + timedelta(hours=n)))
        )
        for n in (7, 8)
    ]
    land(warehouse, batch("b1", leader, copies[0]), at=NOON)
    assert rows(warehouse, "select place, country, dateline_voters from stories") == [(None, None, None)]
    land(warehouse, batch("b2", copies[1]), at=LATER)
    voters = sorted(copy.item_key for copy in copies)
    assert rows(warehouse, "select place, country, dateline_voters from stories") == [("Oslo", "NO", voters)]
    assert rows(warehouse, "select place, country from copies where relation = 'leader'") == [(None, None)]


BERGEN = replace(OSLO, geoname_id=3161732, name="Bergen")


@pytest.mark.parametrize(
    ("places", "shown", "voters"),
    [
        ((OSLO, BERGEN, BERGEN), "Oslo", (0,)),  # the leader speaks for itself, against any number of copies
        ((OSLO, BERGEN, OSLO), "Oslo", (0, 2)),
        ((None, BERGEN, BERGEN, OSLO), "Bergen", (1, 2)),  # its place is one that nobody knows
        ((None, OSLO), None, None),  # one copy says nothing
        ((None, OSLO, OSLO, BERGEN, BERGEN), None, None),  # nor does a tie
    ],
)
def test_a_vote_is_no_coin_toss(warehouse, places, shown, voters):
    """Copies vote where the leader has no place; without a quorum of two, or in a tie, nobody knows."""
    hours = range(len(places))
    members = [
        with_dateline(
            make_item(n + 1, outlet=f"paper{n}.example", text=body(1), published=published(NOON + timedelta(hours=n))),
            place,
        )
        for n, place in zip(hours, places, strict=True)
    ]
    land(warehouse, batch("b", *members), at=LATER)
    keys = sorted(members[n].item_key for n in voters) if voters else None
    assert rows(warehouse, "select if(country is null, null, place), dateline_voters from stories") == [(shown, keys)]


def test_near_finds_what_was_filed_around_a_point(filled):
    """Kilometres on the sphere, nearest first."""
    assert rows(
        filled, f"select headline, round(kilometres) from near({OSLO.latitude + 0.09}, {OSLO.longitude}, 11)"
    ) == [("Grain ships sail", 10.0)]
    assert rows(filled, "from near(0, 0, 100)") == []


KILL = Notice(kind="kill", at=LATER, target="https://north.example/1")


@pytest.mark.parametrize("notice_first", [True, False])
def test_a_kill_hides_its_item_whichever_comes_first(warehouse, notice_first):
    """The killed item leaves the default views; its copy elsewhere stays and is marked."""
    killed = make_item(1, headline="Wrong report")
    copy = make_item(7, outlet="south.example", text=body(1), headline="Copy of it")
    parts = [batch("n", notices=(KILL,)), batch("i", killed, copy)]
    for part in parts if notice_first else reversed(parts):
        land(warehouse, part, at=NOON)
    assert headlines(warehouse, "killed") == ["Wrong report"]
    assert rows(warehouse, "select headline, relation, killed_upstream_at, via_key from copies") == [
        ("Copy of it", "leader", LATER, None)
    ]
    assert rows(warehouse, "select headline, copies from stories") == [("Copy of it", 1)]
    assert headlines(warehouse, "revisions") == ["Copy of it"]
    assert rows(warehouse, "select * from search('report')") == []


def test_a_kill_of_an_item_under_two_keys_means_that_item(warehouse):
    """A moved address is one item: a kill that both keys answer to hides it."""
    shared = Identifier("guid", "tag:north.example,2026:17")
    one, other = (make_item(n, identifiers=(shared,), headline="Twice") for n in (1, 2))
    land(warehouse, batch("b1", one, other, notices=(Notice(kind="kill", at=LATER, target=shared.value),)), at=NOON)
    assert headlines(warehouse) == []
    assert rows(warehouse, "from report.unresolved_notices") == []


def test_a_later_usable_version_ends_a_kill(warehouse):
    """An item that is issued again is shown again; an earlier version that arrives late changes nothing."""
    land(warehouse, batch("b1", make_item(1, headline="First"), notices=(KILL,)), at=NOON)
    late = make_item(1, text=body(50), headline="Older, seen late", published=published(NOON - timedelta(hours=1)))
    land(warehouse, batch("b2", arrive(late, seen_at=LATER + timedelta(days=1))), at=NOON)
    assert headlines(warehouse) == []
    again = make_item(1, text=body(51), headline="Issued again", published=published(LATER + timedelta(hours=1)))
    land(warehouse, batch("b3", arrive(again, seen_at=LATER + timedelta(days=2))), at=NOON)
    assert headlines(warehouse) == ["Issued again"]
    assert headlines(warehouse, "killed") == []


def test_a_kill_by_slugline_means_the_single_item_of_that_day(warehouse):
    """Agency, slugline and day name one item; where they name two, nothing is hidden and the notice is listed."""
    slugged = [make_item(n, slugline="grain", headline=f"Grain {n}") for n in (1, 2)]
    notice = Notice(kind="withdrawal", at=LATER, agency="NNA", slugline="grain", on=NOON.date())
    land(warehouse, batch("b1", slugged[0], notices=(notice,)), at=NOON)
    assert headlines(warehouse, "killed") == ["Grain 1"]
    land(warehouse, batch("b2", slugged[1]), at=NOON)
    assert headlines(warehouse, "killed") == []
    assert rows(warehouse, "select slugline, items from report.unresolved_notices") == [("grain", 2)]


def test_an_embargo_covers_every_revision_until_its_time(warehouse):
    """The view's own clock decides; versions without an embargo do not break it."""
    now = datetime.now(UTC)
    held = make_item(1, headline="Not yet", version="1", embargo_until=now + timedelta(days=1), pub_status="embargoed")
    past = make_item(2, headline="By now", embargo_until=now - timedelta(days=1))
    land(warehouse, batch("b1", held, past), at=NOON)
    land(warehouse, batch("b2", make_item(1, text=body(60), headline="Still not", version="2")), at=NOON)
    assert headlines(warehouse) == ["By now"]
    assert rows(warehouse, "select headline, reason from embargoed") == [("Still not", "embargo")]
    assert headlines(warehouse, "revisions") == ["By now"]
    lift = Notice(kind="embargo lift", at=now, target=held.item_key)
    land(warehouse, batch("b3", notices=(lift,)), at=NOON)
    assert headlines(warehouse) == ["By now", "Still not"]


def test_withheld_without_a_time_waits_for_a_usable_version(warehouse):
    """Withheld hides until a usable version comes."""
    land(warehouse, batch("b1", make_item(1, version="1", pub_status="withheld")), at=NOON)
    assert headlines(warehouse) == []
    land(warehouse, batch("b2", make_item(1, text=body(61), version="2", headline="Usable")), at=NOON)
    assert headlines(warehouse) == ["Usable"]
    assert rows(warehouse, "select number, kind from revisions") == [(1, "original"), (2, "embargo lift")]


def test_search_finds_digits_accents_and_scripts_without_spaces(filled):
    """Every word must stand in headline or text; an index changes nothing of what is found."""
    texts = {
        "Budget 2026 passed": "The budget of 1,250 million for 2026 was passed in a long session of the house.",
        "Élections à Évry": "Les élections municipales à Évry ont commencé dimanche matin dans le calme.",
        "港口关闭": "北方港口因大风关闭，谷物船只推迟出发。",
    }
    for number, (headline, text) in enumerate(texts.items(), 70):
        land(filled, batch(f"s{number}", make_item(number, text=text, headline=headline)), at=NOON)
    asked = {
        "2026": "Budget 2026 passed",
        "budget 1": "Budget 2026 passed",
        "elections evry": "Élections à Évry",
        "谷物船": "港口关闭",
        "ÉLECTIONS": "Élections à Évry",
    }
    for _ in range(2):
        for query, headline in asked.items():
            assert headlines(filled, f"search('{query}')") == [headline], query
        assert headlines(filled, "search('budge')") == []
        assert headlines(filled, "search('budget nowhere')") == []
        assert headlines(filled, "search('')") == []
        assert build_search(filled, always=True) == 6
    land(
        filled,
        batch("s9", make_item(90, text="A budget for the year 2027 was drawn up on Monday.", headline="Next budget")),
        at=NOON,
    )
    assert headlines(filled, "search('budget')") == ["Budget 2026 passed", "Next budget"]


def test_diff_shows_paragraphs_added_and_removed(warehouse):
    """What changed between one text and the next, repeated paragraphs counted."""
    first, second = "Alpha one.\n\nBeta two.\n\nBeta two.", "Alpha one.\n\nBeta two.\n\nGamma three."
    item = make_item(1, text=first, version="1")
    land(warehouse, batch("b1", item, make_item(1, text=second, version="2")), at=NOON)
    assert rows(warehouse, f"select number, change, paragraph from diff('{item.item_key}')") == [
        (2, "removed", "Beta two."),
        (2, "added", "Gamma three."),
    ]


def test_as_of_shows_what_the_warehouse_said_then(warehouse):
    """Texts and stories as they stood, by when they landed."""
    item = make_item(1, headline="First text", version="1")
    land(warehouse, batch("b1", item, make_item(2, headline="Other")), at=NOON)
    land(warehouse, batch("b2", replace(make_item(1, text=body(80)), version="2", headline="Second text")), at=LATER)
    land(warehouse, batch("b3", make_item(9, outlet="s.example", text=body(2), headline="Copy")), at=LATER)
    then = "as_of(timestamptz '2026-03-02 13:00:00Z')"
    assert rows(warehouse, f"select headline, copies, revisions from {then} order by headline") == [
        ("First text", 1, 1),
        ("Other", 1, 1),
    ]
    assert rows(warehouse, "select headline, copies, revisions from as_of(now()) order by headline") == [
        ("Other", 2, 1),
        ("Second text", 1, 2),
    ]
    assert rows(warehouse, "from as_of(timestamptz '2026-03-02 11:00:00Z')") == []


def test_published_by_goes_by_publication(filled):
    """Stories up to an instant of publication."""
    assert headlines(filled, "published_by(timestamptz '2026-03-02 12:01:30Z')") == ["Grain ships sail"]


def test_first_to_wire_tells_the_lag(filled):
    """Every outlet's time behind the first."""
    assert rows(filled, "select outlet, lag from report.first_to_wire order by lag") == [
        ("north.example", timedelta(0)),
        ("south.example", timedelta(hours=1, minutes=59)),
    ]


def test_one_outlet_is_no_race(warehouse):
    """An outlet stands once in a story's race, with its first item; a story that one outlet has is no race."""
    early, late, other = (
        make_item(n, outlet=outlet, text=body(1), published=published(NOON + timedelta(minutes=minutes)))
        for n, outlet, minutes in ((1, "north.example", 0), (2, "north.example", 9), (3, "south.example", 20))
    )
    land(warehouse, batch("b1", early, late), at=NOON)
    assert rows(warehouse, "from report.first_to_wire") == []
    land(warehouse, batch("b2", other), at=NOON)
    assert rows(warehouse, "select item_key, outlet, lag from report.first_to_wire order by lag") == [
        (early.item_key, "north.example", timedelta(0)),
        (other.item_key, "south.example", timedelta(minutes=20)),
    ]


def test_pickup_tells_who_runs_whose_copy(filled):
    """Who printed it first runs the agency's copy as well; how much is kept and how late is told of those that follow."""
    assert rows(filled, "select outlet, agency, copies, led, kept, mean_lag from report.pickup order by outlet") == [
        ("north.example", "NNA", 1, 1, None, None),
        ("south.example", "NNA", 1, 0, 1.0, timedelta(hours=1, minutes=59)),
    ]


@pytest.mark.parametrize(
    ("printed", "agency", "voters"),
    [
        (
            [("a.example", "Reuters"), ("b.example", "AFP"), ("b.example", "AFP"), ("c.example", "Reuters")],
            "Reuters",
            "ac",
        ),
        ([("a.example", "Reuters"), ("b.example", "AFP"), ("b.example", "AFP")], "Reuters", "a"),
        ([("a.example", None), ("b.example", "AFP"), ("c.example", None)], "AFP", "b"),
    ],
)
def test_outlets_vote_on_whose_story_it_is(warehouse, printed, agency, voters):
    """One vote an outlet, however often it prints the story; votes being equal, the first copy decides."""
    copies = [
        make_item(n, outlet=outlet, agency=name, text=body(1), published=published(NOON + timedelta(minutes=n)))
        for n, (outlet, name) in enumerate(printed)
    ]
    land(warehouse, batch("b1", *copies), at=NOON)
    assert rows(warehouse, "select agency, voters from report.origin") == [(agency, [f"{v}.example" for v in voters])]


def test_who_credits_nobody_runs_the_copy_all_the_same(warehouse):
    """An outlet that leaves the agency out is in the report as one that names it."""
    texts = [make_item(number, outlet=outlet, text=body(1), agency=agency) for number, outlet, agency in (
        (1, "north.example", "NNA"), (2, "south.example", "NNA"), (3, "west.example", None))]  # fmt: skip
    land(warehouse, batch("b1", *texts), at=NOON)
    assert rows(warehouse, "select outlet, agency, copies from report.pickup order by 1") == [
        ("north.example", "NNA", 1), ("south.example", "NNA", 1), ("west.example", "NNA", 1)]  # fmt: skip


def test_what_an_outlet_adds_hides_nothing_of_what_it_cut(warehouse):
    """`kept` is the share of the agency's text in the copy, however long the copy; no lag is negative."""
    paragraphs = body(1).split("\n\n")
    cut = "\n\n".join([*paragraphs[:2], *body(40).split("\n\n")])
    own = make_item(1, outlet="NNA", text=body(1), published=published(NOON + timedelta(minutes=5)))
    early = make_item(7, outlet="south.example", text=cut, published=published(NOON))
    late = make_item(8, outlet="west.example", text=body(1), published=published(NOON + timedelta(minutes=9)))
    land(warehouse, batch("b1", own, early, late), at=NOON)
    assert rows(warehouse, "select outlet, kept, mean_lag from report.pickup order by outlet") == [
        ("south.example", 0.5, None),
        ("west.example", 1.0, timedelta(minutes=9)),
    ]
    assert rows(warehouse, "select first_outlet, min(lag) from report.first_to_wire group by 1") == [
        ("south.example", timedelta(0))
    ]


def test_a_later_version_may_lift_an_embargo(warehouse):
    """A usable version that says that the embargo is over ends it; one that says nothing leaves it."""
    until = datetime.now(UTC) + timedelta(days=1)
    held = make_item(1, version="1", embargo_until=until)
    land(warehouse, batch("b1", held, make_item(1, version="2", text=body(60))), at=NOON)
    assert headlines(warehouse) == []
    lift = make_item(1, version="3", text=body(61), headline="Out", cues=("embargo lift",))
    land(warehouse, batch("b2", lift), at=NOON)
    assert headlines(warehouse) == ["Out"]
    assert headlines(warehouse, "as_of(now())") == ["Out"]
