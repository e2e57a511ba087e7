"""Agencies' trailing credit lines leave the text."""

import pytest

from wirecopy.api import extract_article
from wirecopy.extract.sign_off import split_sign_off

TEXT = ("BERLIN (Example) — The ferry stays.", "The council voted on Monday.")

DESIGNED = [
    "(Reporting by Jane Doe in Paris; Editing by John Roe)",
    "Additional reporting by Jane Doe in Paris",
    "ENDS",
    "-- ENDS --",
    "(END)",
    "###",
    "Copyright 2024 The Example Press. All rights reserved.",
    "© 2025 Example",
    "All rights reserved",
]
AS_PRINTED = [
    "bur-jd/kl/mno",
    "dpa xy yyon z2 abc",
    "© dpa-infocom, dpa:240517-99-123456/4",
    "Example Press writers Jane Doe in Paris and John Roe in Rome contributed to this report.",
    "（完）",
    "（责编：王小明、李华）",
    "--IANS",
    "ab/cd",
    "With inputs from PTI",
    "Our Standards: The Thomson Reuters Trust Principles.",
    "RIPRODUZIONE RISERVATA",
    "© RIPRODUZIONE RISERVATA",
    "Lusa/Fim",
    "Enditem",
    "-- BERNAMA",
    "==Kyodo",
    "SOURCE Example Widgets Inc.",
    "This report by The Canadian Press was first published March 18, 2025.",
    "Ce texte de La Presse Canadienne a été publié le 18 mars 2025.",
    "(PAP)",
    "(NAN) (www.nannews.ng)",
    "GNA",
    "/ritzau/",
    "(END) Dow Jones Newswires",
    "Pewarta: Ada Marsh",
    "Reach Ada Marsh at 555-0142 or amarsh@example.com.",
    "Ada Marsh can be reached at 555-0142.",
    "Staff writer Ada Marsh covers the port. Contact her at amarsh@example.com.",
    "Ada Marsh is a reporter for the Ledger.",
    "Follow Ada Marsh on X: @adamarsh",
    "E-Mail an die Autorin: marsh@example.de",
    "Kaynak: DHA",
    "Πηγή: ΑΠΕ-ΜΠΕ",
    "المصدر: رويترز",
    "Sumber: Antara",
    "Got a tip? Email tips@example.com.",
    "The views expressed in this article are the author's own.",
    "(Except for the headline, this story has not been edited by our staff.)",
]
BEHIND_A_SENTENCE = [
    "(AFP)",
    "--IANS",
    "Lusa/Fim",
    "-- BERNAMA",
    "==Kyodo",
    "ab/cd/efg",
    "/ritzau/",
    "GNA",
    "© Example Press",
]
MUST_NOT = [
    "He sold the yard in May. Bloomberg L.P. bought what was left of it.",
    "The ferry is run by the city (and the port).",
    "The ferry's owner, the harbour board, is paid by Bernama",
    "Source and goal of the river are far apart. The port is old (1931).",
    "The reporting by the council was late, the opposition said.",
    "Ends meet only in spring, said a fisherman.",
    "The copyright law of the country dates from a time before the radio.",
    "He finished first.",
    "Anyone with information is asked to call 555-0142 or email police@example.gov.",
    "Contact police at 555-0142, a spokesman said.",
    "Ada Marsh is the mayor of the town, and its first.",
    "Follow the money, Ada Marsh told the council.",
    "The views from the tower are the best in the county.",
    "Source of the fire was a heater.",
]


@pytest.mark.parametrize("line", DESIGNED + AS_PRINTED)
def test_a_credit_line_at_the_end_is_signed_off(line):
    assert split_sign_off((*TEXT, line)) == (TEXT, line)


@pytest.mark.parametrize("line", MUST_NOT)
def test_the_last_sentence_of_a_report_stays(line):
    assert split_sign_off((*TEXT, line)) == ((*TEXT, line), None)


def test_several_lines_are_signed_off_in_their_order():
    lines = ("(Reporting by Jane Doe)", "ENDS")
    assert split_sign_off((*TEXT, *lines)) == (TEXT, "\n".join(lines))


def test_a_credit_at_the_end_of_a_paragraph_is_cut_off():
    last = TEXT[1] + " (Reporting by Jane Doe; Editing by John Roe)"
    assert split_sign_off((TEXT[0], last)) == (TEXT, "(Reporting by Jane Doe; Editing by John Roe)")


def test_a_credit_amid_the_text_stays():
    paragraphs = (TEXT[0], "(Reporting by Jane Doe)", *TEXT)
    assert split_sign_off(paragraphs) == (paragraphs, None)


def test_a_text_of_nothing_but_credits_is_left_alone():
    assert split_sign_off(("ENDS",)) == (("ENDS",), None)


@pytest.mark.parametrize("unit", ['" © aa', ". © aa", ". ab/cd", '" ab/cd-ef ', "ENDS ", ". (AFP"])
def test_a_text_of_half_credits_is_read_in_one_pass(unit):
    text = "x. " + unit * 2000 + " z. q 9!x"
    assert split_sign_off((text,)) == ((text,), None)


@pytest.mark.parametrize("line", BEHIND_A_SENTENCE)
def test_a_credit_behind_the_last_sentence_is_cut_off(line):
    """As agencies print them: on the line of the last sentence."""
    assert split_sign_off((TEXT[0], f"{TEXT[1]} {line}")) == (TEXT, line)


@pytest.mark.parametrize("line", ["--IANS", "ENDS", "(AFP)", "RIPRODUZIONE RISERVATA", "© RIPRODUZIONE RISERVATA"])
def test_short_credit_lines_of_a_page_are_kept_as_its_sign_off(line):
    text = "".join(
        f"<p>The council voted on Monday to keep the old ferry running. Item {n} was put off.</p>" for n in "123456"
    )
    page = f"<html><body><article><h1>Ferry stays another year</h1>{text}<p>{line}</p></article></body></html>"
    article = extract_article(page.encode(), "https://www.example.org/news/ferry-stays-123")
    assert article is not None
    assert article.sign_off == line
    assert article.body.endswith("Item 6 was put off.")


def test_the_last_paragraph_stays_though_an_agency_is_named_at_its_end():
    text = "".join(
        f"<p>The council voted on Monday to keep the old ferry running. Item {n} was put off. (AFP)</p>"
        for n in "12345"
    )
    page = (
        f"<html><body><article><h1>Ferry stays another year</h1>{text.replace(' (AFP)', '', 4)}</article></body></html>"
    )
    article = extract_article(page.encode(), "https://www.example.org/news/ferry-stays-123")
    assert article is not None
    assert article.sign_off == "(AFP)"
    assert article.body.endswith("Item 5 was put off.")
