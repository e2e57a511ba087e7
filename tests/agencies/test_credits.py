"""A line at the end of a text says which agency it comes from; a sentence that mentions one does not."""

from __future__ import annotations

import pytest

from wirecopy.agencies import credited_by, is_credit_line, read_credit

TEXT = "The harbour was closed on Monday after a tanker ran aground, the coastguard said.\n\nNobody was hurt.\n\n{}"


@pytest.mark.parametrize(
    ("agency", "line"),
    [
        ("Reuters", "(Reporting by Jane Doe in Oslo; Editing by Tom Ford)"),
        ("Reuters", "Reporting By Jane Doe; Additional reporting by Sam Poe, writing by Al Cole; editing by Ann Lee"),
        ("Reuters", "(Reportage Jean Dupont, version française Marie Durand, édité par Paul Petit)"),
        ("Reuters", "(Reporte de Juan Pérez. Editado por Ana López)"),
        ("Reuters", "Our Standards: The Thomson Reuters Trust Principles."),
        ("AFP", "© Agence France-Presse"), ("AFP", "Copyright AFP 2026"), ("AFP", "Avec AFP"), ("AFP", "Le Monde avec AFP"),
        ("AP", "Copyright 2026 The Associated Press. All rights reserved."),
        ("AP", "Associated Press writers Jane Doe in Oslo and Tom Ford in Paris contributed to this report."),
        ("dpa", "Mit Material von dpa"), ("dpa", "Quelle: dpa"), ("dpa-AFX", "/rwi/DP/jha (dpa-AFX)"), ("EFE", "Con información de EFE"),
        ("ANSA", "RIPRODUZIONE RISERVATA © Copyright ANSA"), ("Xinhua", "来源:新华社"), ("TASS", "Источник: ТАСС"), ("IANS", "Source: IANS"),
        ("PTI", "(With inputs from PTI)"), ("Bernama", "— Bernama"), ("CP", "This report by The Canadian Press was first published March 2, 2026."),
        ("PR Newswire", "/PRNewswire/"), ("Lusa", "Lusa/Fim"), ("Belga", "Belga"),
    ],
)  # fmt: skip
def test_a_credit_names_its_agency(agency, line):
    """Credit lines of many houses, by their words or by an agency's own habit."""
    assert credited_by(TEXT.format(line)).name == agency


@pytest.mark.parametrize(
    "line",
    [
        "The minister told Reuters that he would resign.", "“We will appeal,” he told the Associated Press.", "Photo: Reuters",
        "(Photo by AFP)", "Foto: dpa", "According to AFP, the talks went on.", "Der Minister sagte der dpa, er bleibe.",
        "Shares of Thomson Reuters rose 2 percent.", "Copyright 2026 The Aldmere Ledger. All rights reserved.", "Reporting by Jane Doe",
        "By Jane Doe", "Source: the ministry of transport", "With friends like these", "Reuters said on Monday that it would cut jobs.",
    ],
)  # fmt: skip
def test_a_mention_is_no_credit(line):
    """Who is quoted, pictured or reported on wrote nothing."""
    assert credited_by(TEXT.format(line)) is None
    assert read_credit(line) is None


def test_a_report_that_opens_with_whose_it_is():
    """Chinese papers say it in the first words."""
    assert credited_by("据新华社报道,港口管理局表示,一艘油轮在沙洲搁浅。\n\n没有人员受伤。").name == "Xinhua"


def test_a_name_that_others_share_counts_at_home():
    """`TT` in brackets is the Swedish agency in a Swedish text alone."""
    assert read_credit("(TT)", language="sv").name == "TT"
    assert read_credit("(TT)", language="en") is None


def test_a_sentence_with_a_credit_behind_it_is_no_credit_line():
    """Such a line holds news."""
    assert read_credit("Nobody was hurt. (AFP)").name == "AFP"
    assert not is_credit_line("Nobody was hurt. (AFP)")
    assert is_credit_line("Source: AFP")


@pytest.mark.parametrize(
    ("agency", "line"),
    [
        ("AFP", "(AFP et Reuters)"), ("EFE", "EFE y agencias"), ("dpa", "dpa und Agenturen"), ("dpa", "(dpa, AFP)"), ("EFE", "Redacción (con EFE)"), ("AP", "Additional reporting by AP"),
        ("AP", "Information from The Associated Press was used in this report."), ("AFP", "Reporting by AFP and staff"),
    ],
)  # fmt: skip
def test_the_first_of_several_is_credited(agency, line):
    """Who shares a line with another agency, with unnamed ones or with an outlet's desk wrote the text."""
    assert read_credit(line).name == agency


@pytest.mark.parametrize(
    "line",
    ["Le Monde (avec agences)", "Redacción y agencias", "(mit Agenturen)", "Agencies", "Staff and agencies", "From wire reports", "La rédaction avec agences."],
)  # fmt: skip
def test_agencies_without_a_name_are_a_credit_that_names_none(line):
    """Such a line is none of the text's own words, and says nothing of who wrote it."""
    assert is_credit_line(line)
    assert credited_by(TEXT.format(line)) is None


@pytest.mark.parametrize(
    "line",
    ["He spoke to agencies.", "The ministry and its agencies.", "Travel agencies", "Police and intelligence agencies"],
)
def test_prose_on_agencies_credits_none(line):
    """Agencies are of many kinds."""
    assert not is_credit_line(line)
