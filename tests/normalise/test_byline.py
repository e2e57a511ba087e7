"""Bylines become names: people in order, agencies and collectives apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.model import NameCandidate
from wirecopy.normalise.byline import read_names

SITE = "https://www.morninggazette.example/story"


def read(*candidates: tuple[str, str], site: str = SITE):
    return read_names([NameCandidate(raw, source) for source, raw in candidates], site=site)


PEOPLE = [
    ("Por Ada Marsh, corresponsal en el valle, y Ben Cole", ["Ada Marsh", "Ben Cole"]),
    ("Story by Ada Marsh; photographs by Ben Cole", ["Ada Marsh"]),
    ("Texto: Ada Marsh Fotos: Ben Cole", ["Ada Marsh"]),
    ("Ada Marsh is a reporter at the Ledger", ["Ada Marsh"]),
    ("Von unserem Korrespondenten Ben Cole", ["Ben Cole"]),
    ("By ADA MARSH and BEN COLE Associated Press", ["ADA MARSH", "BEN COLE"]),
    ("Ada Marsh — Rio de Janeiro", ["Ada Marsh"]),
    ("本报记者沈若兰 王小明", ["沈若兰", "王小明"]),
    ("記者林若蘭／荊湖報導", ["林若蘭"]),
    ("文・三浦さつき 写真・佐藤一郎", ["三浦さつき"]),
    ("By Ada Marsh", ["Ada Marsh"]),
    ("BY ADA MARSH", ["ADA MARSH"]),
    ("Von Jonas Weiß und Mia Kern", ["Jonas Weiß", "Mia Kern"]),
    ("Par Zoé Lenoir et Paul Petit", ["Zoé Lenoir", "Paul Petit"]),
    ("Por Luz Ríos y Iván Sosa", ["Luz Ríos", "Iván Sosa"]),
    ("di Pia Neri", ["Pia Neri"]),
    ("Oleh Budi Hartono", ["Budi Hartono"]),
    ("Автор: Анна Белова", ["Анна Белова"]),
    ("기자 김민수", ["김민수"]),
    ("김민수 기자", ["김민수"]),
    ("记者 王小明", ["王小明"]),
    ("Ada Marsh, Ben Cole and Cy Dunn", ["Ada Marsh", "Ben Cole", "Cy Dunn"]),
    ("Ada Marsh; Ben Cole", ["Ada Marsh", "Ben Cole"]),
    ("Ada Marsh & Ben Cole", ["Ada Marsh", "Ben Cole"]),
    ("Ada Marsh | Ben Cole", ["Ada Marsh", "Ben Cole"]),
    ("By Ada Marsh, Political Correspondent", ["Ada Marsh"]),
    ("By Dr. Ada Marsh", ["Ada Marsh"]),
    ("Ada Marsh, ada@gazette.example", ["Ada Marsh"]),
    ("Ada Marsh @adamarsh", ["Ada Marsh"]),
    ("Written by: Ada Marsh", ["Ada Marsh"]),
    ("By Ada Marsh and Ada Marsh", ["Ada Marsh"]),
    ("Ada M. Marsh", ["Ada M. Marsh"]),
    ("Seán Ó Briain", ["Seán Ó Briain"]),
    ("Anne-Kathrin von der Heide", ["Anne-Kathrin von der Heide"]),
    ("srf/hob", ["srf/hob"]),
    ("Ada Marsh in Nairobi", ["Ada Marsh"]),
    ("By Ada Marsh and Ben Cole for MailOnline", ["Ada Marsh", "Ben Cole"]),
    ("CNN's Ada Marsh", ["Ada Marsh"]),
    ("Ada Marsh, Nairobi", ["Ada Marsh"]),
    ("Marsh, Ada", ["Ada Marsh"]),
    ("Ada Marsh (Text), Ben Cole (Fotos)", ["Ada Marsh"]),
    ("Text: Ada Marsh, Fotos: Ben Cole", ["Ada Marsh"]),
    ("Analysis by Ada Marsh", ["Ada Marsh"]),
    ("Ada Marsh, MD", ["Ada Marsh"]),
    ("Maria de la Cruz", ["Maria de la Cruz"]),
]
CREDITS = [
    ("By Associated Press", "Associated Press"),
    ("dpa", "dpa"),
    ("Agence France-Presse", "Agence France-Presse"),
    ("By The Morning Gazette", "The Morning Gazette"),
    ("Staff Reporter", None),
    ("Web Desk", "Web Desk"),
    ("Redaktion", "Redaktion"),
    ("Newsroom", "Newsroom"),
]
NOBODY = [
    "",
    "   ",
    "https://morninggazette.example/author/1",
    "12 June 2025",
    "105092",
    "Twitter",
    "Read more about this story. Click here.",
    "Photo by Ada Marsh",
]


@pytest.mark.parametrize(("raw", "names"), PEOPLE)
def test_people_are_named_in_order_and_bare(raw, names):
    """No openings, jobs, titles, addresses or doublets."""
    assert list(read(("json-ld", raw)).authors) == names


@pytest.mark.parametrize(("raw", "credit"), CREDITS)
def test_agencies_sites_and_collectives_are_credit(raw, credit):
    """They write no text as a person does."""
    names = read(("json-ld", raw))
    assert names.authors == ()
    assert names.credit == credit


@pytest.mark.parametrize("raw", NOBODY)
def test_what_names_nobody_names_nobody(raw):
    """Addresses, dates, numbers, share bars, sentences and photo credits."""
    assert read(("visible", raw)).authors == ()


def test_an_agency_beside_people_is_credit_and_agency():
    """The registry tells whose wire it is."""
    names = read(("json-ld", "Ada Marsh and Ben Cole, dpa"))
    assert (names.authors, names.credit, names.agency) == (("Ada Marsh", "Ben Cole"), "dpa", "dpa")


def test_the_trusted_source_decides():
    """What the page prints elsewhere adds nobody."""
    names = read(("visible", "By Cy Dunn"), ("json-ld", "Ada Marsh"), ("meta", "ada marsh"))
    assert names.authors == ("Ada Marsh",)


def test_a_byline_that_ends_in_a_comma_goes_on():
    """Names in links of their own are one byline."""
    assert read(("visible", "Ada Marsh,"), ("visible", "Ben Cole"), ("visible", "Cy Dunn")).authors == (
        "Ada Marsh",
        "Ben Cole",
    )


def test_the_printed_byline_is_the_first_that_opens_as_one():
    """Comments and related stories have authors too."""
    names = read(("visible", "Politics desk page"), ("visible", "By Ada Marsh"), ("visible", "Ben Cole"))
    assert names.authors == ("Ada Marsh",)


def test_editors_count_where_nobody_else_is_named():
    """Indonesian sites put the editor into their metadata."""
    assert read(("json-ld", "Hari Edi"), ("visible", "Naufal Zain"), ("visible", "Editor : Hari Edi")).authors == (
        "Naufal Zain",
    )
    assert read(("visible", "Editor: Hari Edi")).authors == ("Hari Edi",)


def test_the_publisher_as_author_is_credit():
    """A page that names its own house as author has no author."""
    assert read(("json-ld publisher", "Gazette Media")).credit == "Gazette Media"


@given(
    st.lists(
        st.tuples(st.sampled_from(["json-ld", "meta", "visible", "byline", "feed"]), st.text(max_size=80)), max_size=6
    )
)
def test_no_byline_raises(candidates):
    """Any text may stand in a byline, and names come out bare."""
    names = read(*candidates)
    assert all(name and name == name.strip() for name in names.authors)
    assert len(set(names.authors)) == len(names.authors)


def test_a_printed_byline_that_names_everybody_and_more_is_preferred():
    names = read(("json-ld", "Ben Cole"), ("visible", "Ada Marsh, Ben Cole"))
    assert names.authors == ("Ada Marsh", "Ben Cole")
    assert read(("json-ld", "Ben Cole"), ("meta", "Ada Marsh, Ben Cole")).authors == ("Ben Cole",)
    assert read(("json-ld", "Ben Cole"), ("visible", "Ada Marsh")).authors == ("Ben Cole",)


def test_a_line_of_names_in_the_text_signs_it_where_nobody_else_is_named():
    assert read(("json-ld", "AFP"), ("signature", "Ada Marsh/Ben Cole")).authors == ("Ada Marsh", "Ben Cole")
    assert read(("json-ld", "Cy Dunn"), ("signature", "Ada Marsh")).authors == ("Cy Dunn",)
    assert read(("signature", "New York")).authors == ()


def test_a_first_name_that_is_also_a_word_for_a_team_is_a_name_before_a_surname():
    assert read(("visible", "Von Tim Asmussen")).authors == ("Tim Asmussen",)
    assert read(("visible", "Oleh Tim Redaksi")).authors == ()
    assert read(("json-ld", "Tim")).authors == ()
