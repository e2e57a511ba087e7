"""What is wanted of an archive: outlets by label, languages, addresses, days of publication and of crawl."""

import gzip
import json
from datetime import date, datetime

import pytest

from pipeline.archives import captured_pages, ninjs, settings_of, told
from pipeline.newsroom import ask, page
from wirecopy.errors import SettingsError
from wirecopy.model import Outcome, Page
from wirecopy.pipeline.asked import Asked
from wirecopy.pipeline.backfill import backfill
from wirecopy.pipeline.choice import Choice, Reading

OUTLETS = [
    ("example.org", "https://example.org/a", True),
    ("example.org", "https://www.example.org/a", True),
    ("example.org", "https://news.example.org/a", True),
    ("www.example.org", "https://example.org/a", True),
    ("EXAMPLE.org", "https://Example.ORG:8080/a", True),
    ("news.example.org", "https://news.example.org/a", True),
    ("co.uk", "https://paper.co.uk/a", True),
    ("news.example.org", "https://example.org/a", False),
    ("ample.org", "https://example.org/a", False),
    ("example.org", "https://example.org.evil.test/a", False),
    ("example.org", "https://other.test/?from=example.org", False),
    ("example.org", "", False),
]


@pytest.mark.parametrize(("outlet", "url", "taken"), OUTLETS)
def test_an_outlet_is_a_host_or_all_hosts_of_a_domain(outlet, url, taken):
    """Labels are compared from the right, whole: no part of a name stands for another outlet."""
    wanted = Choice(outlets=("elsewhere.test", outlet))
    assert wanted.takes_page(Page(requested_url=url, final_url=url, body=b"")) is taken


URLS = [
    ("https://example.org/2026/*", "https://example.org/2026/03/a", True),
    ("example.org/2026/*", "https://www.example.org/2026/03/a", True),
    ("*/sport/*", "https://example.org/sport/a", True),
    ("example.org/a?b=*", "https://example.org/a?b=1", True),
    ("example.org/2026", "https://example.org/2026/03/a", False),
    ("example.org/*", "https://example.organic/a", False),
    ("sport", "https://example.org/sport/a", False),
]


@pytest.mark.parametrize(("pattern", "url", "taken"), URLS)
def test_a_pattern_is_of_the_whole_address(pattern, url, taken):
    """Only `*` stands for other text; dots and question marks are themselves."""
    assert Choice(urls=(pattern,)).takes_page(Page(requested_url=url, final_url=url, body=b"")) is taken


def pages(folder):
    """Write three pages of two outlets: published and crawled on days of their own."""
    said = [
        ("a.test", "2026-03-01", "2026-03-05"),
        ("a.test", "2026-03-02", "2026-03-05"),
        ("b.test", "2026-03-02", "2026-03-09"),
    ]
    extra = {
        f"p{n}.html.gz": (
            {"url": f"https://{host}/story-{n}", "crawl_date": f"{crawled} 10:00:00"},
            gzip.compress(page(*told(n), published=datetime.fromisoformat(f"{published}T08:00:00+00:00")), mtime=0),
        )
        for n, (host, published, crawled) in enumerate(said)
    }
    return captured_pages(folder, 0, extra=extra)


CHOICES = [
    (Choice(outlets=("a.test",)), {0, 1}),
    (Choice(until=date(2026, 3, 1)), {0}),
    (Choice(crawled_since=date(2026, 3, 6)), {2}),
    (Choice(crawled_until=date(2026, 3, 5), since=date(2026, 3, 2)), {1}),
    (Choice(languages=("en-GB",)), {0, 1, 2}),
    (Choice(languages=("fr",)), set()),
]


@pytest.mark.parametrize(("choice", "taken"), CHOICES)
def test_what_is_not_wanted_does_not_land_and_is_counted_apart(tmp_path, choice, taken):
    """Only what is wanted is an input with an outcome; how much was left out stands in a note."""
    settings = settings_of(tmp_path)
    report = backfill(settings, [str(pages(tmp_path / "pages"))], reading=Reading(choice=choice))
    assert report.outcomes == ({Outcome.NEW: len(taken)} if taken else {})
    if taken:
        rows = ask(settings, "select url from wire.copies")
        assert {int(url[-1]) for (url,) in rows} == taken
    left = [note for note in report.notes if "left out" in note]
    assert left == ([f"{3 - len(taken):,} pages and items were not wanted and left out"] if len(taken) < 3 else [])


def test_a_unit_read_under_one_choice_is_read_again_under_another(tmp_path):
    """The ledger tells apart what was wanted: a narrower run does not hide the rest for good."""
    settings, folder = settings_of(tmp_path), str(pages(tmp_path / "pages"))
    one = Reading(choice=Choice(outlets=("a.test",)))
    assert backfill(settings, [folder], reading=one).outcomes == {Outcome.NEW: 2}
    assert backfill(settings, [folder], reading=one).outcomes == {}
    assert backfill(settings, [folder]).outcomes == {Outcome.NEW: 1, Outcome.UNCHANGED: 2}


def test_wire_items_are_chosen_by_provider_and_day(tmp_path):
    """A wire item has no address: its provider is its outlet."""
    settings = settings_of(tmp_path)
    (tmp_path / "1.json").write_bytes(ninjs(1))
    wanted = Reading(choice=Choice(outlets=("DPA",), since=date(2026, 3, 1)))
    other = Reading(choice=Choice(outlets=("afp",)))
    assert backfill(settings, [str(tmp_path / "1.json")], reading=other).outcomes == {}
    assert backfill(settings, [str(tmp_path / "1.json")], reading=wanted).outcomes == {Outcome.NEW: 1}


def test_columns_of_a_dump_are_mapped(tmp_path):
    """Columns whose names say nothing fill the fields that they are mapped to, in CSV, JSON and JSON Lines."""
    headline, paragraphs = told(3)
    row = {"nr": "1", "kop": headline, "tekst": " ".join(paragraphs), "house": "gazette.example"}
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "a.csv").write_text("nr;kop;tekst;house\n" + ";".join(row.values()) + "\n")
    (folder / "b.jsonl").write_text("".join(json.dumps({**row, "nr": nr}) + "\n" for nr in "23"))
    (folder / "c.json").write_text(json.dumps([{**row, "nr": "4"}]))
    settings = settings_of(tmp_path)
    mapping = (("nr", "id"), ("kop", "headline"), ("tekst", "body"), ("house", "outlet"))
    assert backfill(settings, [str(folder)], reading=Reading(mapping=mapping)).outcomes == {Outcome.NEW: 4}
    assert ask(settings, "select distinct headline, outlet from wire.copies") == [(headline, "gazette.example")]


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"since": "yesterday"}, "--since"),
        ({"cc_news": "2024-05-03..2024-05-01"}, "is before"),
        ({"since": "2024-05-03", "until": "2024-05-01"}, "--until"),
        ({"first": "2024-05-03"}, "--wayback"),
        ({"first": "x"}, "--from"),
        ({"format": "nitv"}, "no format"),
        ({"maps": ["title"]}, "--map"),
        ({"maps": ["kop=heading"]}, "no field 'heading'"),
        ({"languages": ["Klingonisch"]}, "no language"),
    ],
)
def test_an_option_that_means_nothing_is_told_before_anything_is_read(asked, what):
    """Commands and flows take the same words, and refuse the same ones."""
    with pytest.raises(SettingsError, match=what):
        (Asked(**asked).wanted(["x"]), Asked(**asked).reading())


def test_options_are_read_as_people_write_them():
    """Days, pairs, names of languages."""
    asked = Asked(cc_news="2024-05-01..2024-05-03", languages=["German"], maps=["kop = headline"], since="2024-05-01")
    assert asked.wanted(None).cc_news == (date(2024, 5, 1), date(2024, 5, 3))
    assert asked.reading().choice.languages == ("de",)
    assert asked.reading().mapping == (("kop", "headline"),)
    for named, wrong in (([], "nothing to read"), (["a", ""], "empty name")):
        with pytest.raises(SettingsError, match=wrong):
            Asked().wanted(named)
