"""Whatever the text: no exception, offsets that hold, a lead that is the text's own end, work that grows with length."""

from __future__ import annotations

from datetime import UTC, date, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_scores import LISTS, leads
from wirecopy.model import Dateline
from wirecopy.normalise.dateline import LEAST, forget_heads, parse_dateline
from wirecopy.normalise.dateline_gate import goes_on, may_hold
from wirecopy.normalise.dateline_grammar import Head, parses
from wirecopy.normalise.dateline_heads import BEYOND_DOUBT, is_running_text
from wirecopy.normalise.dateline_judge import judge
from wirecopy.normalise.dateline_tokens import tokens

_PIECES = st.sampled_from([
    "LONDON", "Paris", "NEW YORK", "BADEN-BADEN", "ST. LOUIS", "U.S.", "26 June", "São Paulo", "Москва", "القاهرة", "नई दिल्ली", "北京", "東京", "서울", "N.C.", "Texas", "June 26", "26 juin", "26 июня", "6月26日",
    "2025", "31", "(AP)", "(Reuters)", "/TASS/", "AFP", "dpa", "新华社", "=연합뉴스", "By Ann Lee", "the", "and", "e", "电", "기자", ",", ".", "-", "--", "—", ":", "(", ")",
    "[", "]", "/", "=", "_", "\n", "\n\n", " ", "�", "â€”", "&mdash;", "“", "$", "<", "’", "'", "1234567890123", "Ⅷ", "²", "٢٦",
])  # fmt: skip
_HEADS = (
    st.lists(_PIECES, max_size=25).map(" ".join) | st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=300)
)
_SENT = st.none() | st.dates() | st.datetimes(timezones=st.just(UTC))


def _holds(text: str, sent_at: date | datetime | None = None) -> None:
    found = parse_dateline(text, sent_at=sent_at)
    if found is None:
        return
    assert text[found.start : found.end] == found.raw
    assert found.raw == found.raw.strip()
    assert text.endswith(found.lead)
    assert found.end <= len(text) - len(found.lead)
    assert 0 < found.confidence <= 1
    assert found.rule


@settings(max_examples=400, deadline=None)
@given(_HEADS, _SENT)
def test_any_text_is_read_without_an_exception(text: str, sent_at: date | datetime | None) -> None:
    """No text raises, and every offset holds."""
    _holds(text, sent_at)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([lead["text"] for name in LISTS for lead in leads(name)]), st.integers(0, 80), st.text(max_size=4)
)
def test_a_damaged_dateline_is_read_without_an_exception(text: str, at: int, damage: str) -> None:
    """A dateline with signs put in or cut off still keeps its offsets."""
    _holds(text[:at] + damage + text[at:])
    _holds(text[:at])


def _surest(text: str) -> float:
    """Return the confidence of the surest reading of a head, whatever is told of it at a glance; 0 for words alone."""
    head = Head(text, tokens(text), None, None, date(2025, 6, 27))
    return max((judge(parse, head) for parse in parses(head)), default=0.0) if goes_on(head.ts, text) else 0.0


def _is_told_right(text: str) -> None:
    found = _surest(text)
    assert found < LEAST or not is_running_text(text, 0)
    assert found < LEAST or may_hold(tokens(text), text, 0)
    assert found < BEYOND_DOUBT or may_hold(tokens(text), text, BEYOND_DOUBT)


@settings(max_examples=400, deadline=None)
@given(_HEADS, st.sampled_from(["", " The bank said on Monday that prices rose.", " goes on and on here."]))
def test_no_head_is_left_unread_that_would_be_believed(head: str, story: str) -> None:
    """What is told at a glance to be no dateline is none when it is read in full."""
    _is_told_right(head + story)


def test_no_dateline_of_the_corpus_is_left_unread() -> None:
    """Nor is any head of the corpus, also where its story goes on behind a line break."""
    for lead in (lead for name in LISTS for lead in leads(name)[::5]):
        _is_told_right(lead["text"])
        _is_told_right(lead["text"] + "\nMore of it follows here.")


_STORIES = (
    "Ministers met on Friday.",
    "Le ministre a parlé.",
    "25 June 2018 - A fund opened.",
    "AYŞE YILMAZ - Meclis toplandı.",
    "“We won,” he said.",
)


def _forgetting(text: str, sent: date | None, language: str) -> Dateline | None:
    forget_heads()
    return parse_dateline(text, sent_at=sent, language=language)


def test_what_is_remembered_of_a_head_never_shows() -> None:
    """A head gives the same reading whatever story stood behind it when it was read first."""
    for lead in (lead for name in LISTS for lead in leads(name)[::7]):
        text, sent, language = lead["text"], lead.get("sent_at"), lead["language"]
        head = text.removesuffix(lead["lead"])
        alone = [_forgetting(head + story, sent, language) for story in _STORIES]
        parse_dateline(head + _STORIES[0], sent_at=sent, language=language)
        assert [parse_dateline(head + story, sent_at=sent, language=language) for story in _STORIES] == alone


_HOSTILE = ["A", "A ", "A, ", "(", "(A", "[(", "/A", "- ", "--", ".", "1", "1 ", "1/", "June ", "June 1 ", "LONDON/", "LONDON, ", "LONDON and ", "\n", " ", "By A\n", "* x\n", "新", "新华社", "【", "（1", "(서=", "기자 ", "e ", "de ", "AP-", "a.", "'", "�"]  # fmt: skip


def _work(text: str) -> float:
    begin = process_time()
    for _ in range(3):
        parse_dateline(text)
    return process_time() - begin


@pytest.mark.parametrize("unit", _HOSTILE)
def test_work_does_not_grow_faster_than_the_text(unit: str) -> None:
    """Twice a hostile text takes no more than about twice the time, however often a sign is repeated."""
    small, large = unit * (20_000 // len(unit)), unit * (160_000 // len(unit))
    _work(small)
    assert _work(large) < 8 * 4 * _work(small) + 0.2
