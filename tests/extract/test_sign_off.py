"""Agencies' trailing credit lines leave the text."""

import pytest

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
]
MUST_NOT = [
    "The reporting by the council was late, the opposition said.",
    "Ends meet only in spring, said a fisherman.",
    "The copyright law of the country dates from a time before the radio.",
    "He finished first.",
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
