"""How a wire's own words about its copy reach readers: updates, corrections, kills, holds and embargoes, from files to SQL."""

import json

import pytest

from pipeline.archives import settings_of
from pipeline.newsroom import ask
from wirecopy.errors import WarehouseError
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.explain import changes

LEAD = "AVEIRO, Portugal, March 5 (Reuters) - Ships came back to the harbour of Aveiro on Tuesday after the storm that had shut it."
NITF = """<nitf><head><docdata management-status="{status}" {target}><doc-id regsrc="NTB" id-string="{uri}"/>
<date.issue norm="20240305T{hour}0000Z"/></docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline></body.head>
<body.content><p>{body}</p></body.content></body></nitf>"""
ANPA = """\x16\x16\x01a2870\x1f-----\r\nr i\x13\x11 BC-Bridge   03-05 0211\r\n\x02^{slug},211<\r\n^{headline}<\r\n   {body}\r\n\x03AP-WF-03-05-24 {hour}00GMT<\r\n\x04"""


def ninjs(uri, version, headline, *paragraphs, hour=None, **given):
    """Return a version of a text; each is an hour later than the one before unless `hour` says otherwise."""
    at = f"2024-03-05T{hour or 8 + version:02}:00:00Z"
    told = {"uri": uri, "version": str(version), "versioncreated": at, "headline": headline, "source": "Reuters",
            "language": "en", "pubstatus": "usable", "body_html": "".join(f"<p>{text}</p>" for text in paragraphs)}  # fmt: skip
    return json.dumps(told | given).encode()


def nitf(uri, headline, body, *, hour=9, status="usable", target=""):
    return NITF.format(uri=uri, headline=headline, body=body, hour=f"{hour:02}", status=status, target=target).encode()


def landed(tmp_path, *files):
    """Land files in the order given and return the settings."""
    settings = settings_of(tmp_path)
    folder = tmp_path / f"wires-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    for number, data in enumerate(files):
        (folder / f"{number:02}.dat").write_bytes(data)
    backfill(settings, [str(folder)])
    return settings


def test_each_version_is_what_its_wire_says_it_is(tmp_path):
    """An update, a correction and a silent edit are told apart; a new version of the same text is no edit."""
    berths = "All {} berths are open again, and the pilots are at work, the port authority said on Tuesday."
    settings = landed(
        tmp_path,
        ninjs("urn:a", 1, "Aveiro port reopens", LEAD, berths.format("ten")),
        ninjs("urn:a", 2, "UPDATE 1-Aveiro port reopens", LEAD + " More are due.", berths.format("ten")),
        ninjs("urn:a", 3, "Aveiro port reopens", LEAD, "(Corrects number of berths)", berths.format("nine")),
        ninjs("urn:a", 4, "Aveiro port reopens", LEAD, berths.format("eight")),
        ninjs("urn:a", 5, "Aveiro port  reopens", LEAD, berths.format("eight") + "  "),
    )
    kinds = ask(settings, "select number, kind from wire.revisions order by number")
    assert kinds == [(1, "original"), (2, "update"), (3, "correction"), (4, "edit"), (5, "update")]
    (step,) = changes(settings, "urn:a", first=1, last=4)
    assert [piece.text.strip() for piece in step.pieces if piece.kind != "same"] == ["ten", "eight"]
    with pytest.raises(WarehouseError, match="no revision 9"):
        changes(settings, "urn:a", first=9)
    with pytest.raises(WarehouseError, match="did you mean urn:a"):
        changes(settings, "urn:b")


def test_signs_are_read_in_the_languages_of_the_desks(tmp_path):
    """The same story in French, German and Spanish."""
    desks = {
        "fr": ("ACTUALISATION - Le port rouvre", "RECTIFICATIF - Le port rouvre"),
        "de": ("AKTUALISIERT: Hafen offen", "BERICHTIGUNG: Hafen offen"),
        "es": ("AMPLIACIÓN - Reabre el puerto", "CORRECCIÓN: Reabre el puerto"),
    }
    files = [
        ninjs(f"urn:{language}", n, headline, LEAD, f"{language} " * n, language=language)
        for language, signed in desks.items()
        for n, headline in enumerate(["Port", *signed], 1)
    ]
    settings = landed(tmp_path, *files)
    assert ask(settings, "select kind, count(*) from wire.revisions group by kind order by kind") == [
        ("correction", 3), ("original", 3), ("update", 3)]  # fmt: skip


@pytest.mark.parametrize("kill_first", [True, False])
def test_a_kill_may_name_another_document_and_may_come_before_it(tmp_path, kill_first):
    """NITF cancels by the other document's id; the kill's own document is no item."""
    story = nitf(
        "nk-1",
        "Oslo havn stenger",
        "OSLO (NTB): Oslo havn stenger tirsdag på grunn av storm, opplyser havnevesenet til NTB.",
    )
    kill = nitf(
        "nk-2",
        "Trekkes",
        "Saken trekkes.",
        hour=12,
        target='management-doc-idref="nk-1" management-idref-status="canceled"',
    )
    settings = landed(tmp_path, *([kill, story] if kill_first else [story, kill]))
    assert ask(settings, "select headline, kind from wire.killed") == [("Oslo havn stenger", "kill")]
    assert ask(settings, "select * from wire.copies") == []
    assert ask(settings, "select * from report.unresolved_notices") == []
    with pytest.raises(WarehouseError, match="killed"):
        changes(settings, "nk-1")


def test_a_story_issued_again_after_its_kill_is_shown_again(tmp_path):
    """The later usable version ends the kill; until then the warehouse did not show it, and says so."""
    first, again = (
        f"LAGOS, March 5 (Reuters) - The Bank of Lagos cut its rate by {cut} point on Tuesday, officials said."
        for cut in ("half a", "a quarter")
    )
    kill = ninjs("urn:r", 2, "KILL: Bank of Lagos", "Please kill the story.", pubstatus="canceled")
    settings = landed(tmp_path, ninjs("urn:r", 1, "Bank of Lagos cuts rate", first), kill)
    killed_at = ask(settings, "select now()")[0][0]
    assert ask(settings, "select headline from wire.stories") == []
    landed(tmp_path, ninjs("urn:r", 3, "Bank of Lagos cuts rate", again))
    assert ask(settings, "select lead from wire.stories") == [(again.partition(" - ")[2],)]
    assert ask(settings, f"from wire.as_of(timestamptz '{killed_at}')") == []
    assert len(ask(settings, "from wire.as_of(now())")) == 1


def test_a_kill_by_slugline_finds_the_version_that_bears_a_label(tmp_path):
    """`BC-Bridge, 1st Ld` is meant by a kill of `BC-Bridge`; a kill of nothing held is listed and hides nothing."""
    body = (
        "PORTO, Portugal (AP) _ The old bridge of Porto was closed on Tuesday after cracks were found in its pillars."
    )
    settings = landed(
        tmp_path,
        ANPA.format(slug="BC-Bridge, 1st Ld-Writethru", headline="Bridge closed", body=body, hour=10).encode(),
        ANPA.format(slug="BC-Bridge, KILL", headline="Kill", body="Kill BC-Bridge. It is wrong.", hour=11).encode(),
        ANPA.format(slug="BC-Nowhere, MANDATORY KILL", headline="Kill", body="Kill BC-Nowhere.", hour=12).encode(),
    )
    assert ask(settings, "select headline from wire.killed") == [("Bridge closed",)]
    assert ask(settings, "select slugline, items from report.unresolved_notices") == [("BC-Nowhere", 0)]


def test_what_is_held_back_waits_for_its_time_or_its_release(tmp_path):
    """An embargo covers later versions too; a status alone, withheld or embargoed without a time, waits for a usable one."""
    budget = (
        "DEN HAAG (ANP) - The budget of {} is ready, the minister of finance told parliament in a letter on Tuesday."
    )
    settings = landed(
        tmp_path,
        ninjs("urn:e", 1, "Timed", budget.format("roads"), embargoed="2099-01-01T00:00:00Z"),
        ninjs("urn:e", 2, "Timed, new", budget.format("roads and rails")),
        ninjs("urn:w", 1, "Held", budget.format("schools"), pubstatus="withheld"),
        nitf("n-1", "No time", budget.format("courts"), status="embargoed"),
        ninjs("urn:o", 1, "Over", budget.format("ports"), embargoed="2024-03-05T10:00:00Z"),
        ninjs("urn:v", 1, "Vague", budget.format("parks"), embargoed=""),
    )
    assert ask(settings, "select headline, reason from wire.embargoed order by 1") == [
        ("Held", "withheld"), ("No time", "withheld"), ("Timed, new", "embargo")]  # fmt: skip
    assert ask(settings, "select headline from wire.stories order by 1") == [("Over",), ("Vague",)]
    assert ask(settings, "select headline from wire.as_of(now()) order by 1") == [("Over",), ("Vague",)]
    before = ask(settings, "select now()")[0][0]
    landed(tmp_path, ninjs("urn:w", 2, "Released", budget.format("schools")))
    assert ask(settings, "select number, kind from wire.revisions where headline in ('Held', 'Released') order by 1") == [
        (1, "original"), (2, "embargo lift")]  # fmt: skip
    assert "Held" not in str(ask(settings, f"from wire.as_of(timestamptz '{before}')"))


def test_an_embargo_whose_time_cannot_be_read_holds_until_it_can_or_is_lifted(tmp_path):
    """Nobody knows that it is over: silence does not end it, a readable time or a lift does, and a report asks to look."""
    report = "DEN HAAG (ANP) - The report on {} is ready, the court of audit told parliament in a letter on Tuesday."
    first = [
        ninjs(f"urn:{name}", 1, name, report.format(name), embargoed="Montag, 18 Uhr", slugline=name)
        for name in ("bridges", "canals", "dykes")
    ]
    silent = ninjs("urn:bridges", 2, "bridges", report.format("bridges and quays"), hour=11, slugline="bridges")
    settings = landed(tmp_path, *first, silent)
    assert ask(settings, "select headline, reason, embargo_raw from wire.embargoed order by 1") == [
        (name, "time unreadable", "Montag, 18 Uhr") for name in ("bridges", "canals", "dykes")]  # fmt: skip
    asked = "select kind, slugline, items, text from report.unresolved_notices order by 2"
    assert ask(settings, asked)[0] == ("embargo", "bridges", 1, "bridges: embargo until Montag, 18 Uhr")
    assert ask(settings, "from wire.stories") == ask(settings, "from wire.as_of(now())") == []
    before = ask(settings, "select now()")[0][0]
    landed(
        tmp_path,
        ninjs("urn:canals", 2, "canals", report.format("the canals"), hour=12, embargoed="2024-03-05T11:00:00Z"),
        ninjs("urn:dykes", 2, "dykes", report.format("the dykes"), hour=12, ednote="Die Sperrfrist ist aufgehoben."),
    )
    assert ask(settings, "select headline from wire.stories order by 1") == [("canals",), ("dykes",)]
    assert ask(settings, "select headline from wire.as_of(now()) order by 1") == [("canals",), ("dykes",)]
    assert [row[1] for row in ask(settings, asked)] == ["bridges"]
    assert ask(settings, "select kind, body from wire.revisions where headline = 'dykes' and number = 2") == [
        ("embargo lift", report.format("the dykes"))]  # fmt: skip
    assert "canals" not in str(ask(settings, f"from wire.as_of(timestamptz '{before}')"))


def test_what_was_published_by_a_moment_is_told_in_the_text_of_that_moment(tmp_path):
    """Later copies do not count and later versions do not show."""
    copy = {
        "id": 7,
        "title": "Port open",
        "text": LEAD + "\n\nThe pilots are at work.",
        "source": "paper.example",
        "date": "2024-03-05T11:30:00Z",
    }
    settings = landed(
        tmp_path,
        ninjs(
            "urn:a", 1, "Aveiro port reopens", LEAD, "The pilots are at work.", firstpublished="2024-03-05T09:00:00Z"
        ),
        ninjs(
            "urn:a",
            2,
            "Aveiro port reopens fully",
            LEAD,
            "The pilots are at work again.",
            firstpublished="2024-03-05T09:00:00Z",
        ),
        json.dumps(copy).encode(),
    )
    by = "select headline, copies, outlets, revisions from wire.published_by(timestamptz '2024-03-05 {}:00Z')"
    assert ask(settings, by.format("08:00")) == []
    assert ask(settings, by.format("09:30")) == [("Aveiro port reopens", 1, 1, 1)]
    assert ask(settings, by.format("12:00")) == [("Aveiro port reopens fully", 2, 2, 2)]


def test_a_withdrawal_under_an_identifier_of_its_own_means_the_story_of_its_slugline(tmp_path):
    """A desk that only writes finds its story by slugline; one that names a story means no other, held or not."""
    word = "The story has been withdrawn."
    settings = landed(
        tmp_path,
        ninjs("urn:a", 1, "Aveiro port reopens", LEAD, slugline="PORT-AVEIRO"),
        ninjs("urn:n", 1, "WITHDRAWN: Aveiro port", word, hour=12, slugline="PORT-AVEIRO"),
        ninjs("urn:b", 1, "Braga fair opens", LEAD.replace("AVEIRO", "BRAGA") + " A fair opened.", slugline="FAIR"),
        ninjs("urn:m", 1, "KILL", "Kill urn:gone:7, moved earlier today.", hour=12, slugline="FAIR"),
        ninjs("urn:d", 1, "Porto", "Rogamos anulen la noticia.", pubstatus="canceled", slugline="FAIR"),
    )
    assert ask(settings, "select headline from wire.killed") == [("Aveiro port reopens",)]
    assert ask(settings, "select target, slugline from report.unresolved_notices order by 1") == [
        ("urn:d", None), ("urn:gone:7", None)]  # fmt: skip
