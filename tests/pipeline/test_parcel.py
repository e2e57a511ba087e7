"""Values travel between processes as they are."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from wirecopy.errors import ContentError
from wirecopy.model import Origin, Published, SetAside
from wirecopy.pipeline.garbage import collecting_seldom
from wirecopy.pipeline.parcel import packed, unpacked


@dataclass(frozen=True, slots=True)
class _Alone:
    word: str


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


@pytest.mark.parametrize(
    "value",
    [
        None,
        SetAside(stage="formats", reason="no text", detail="", subject="a", origin=Origin("archive", "a.zip", 7)),
        (
            Published(at=datetime(2024, 5, 1, 12, tzinfo=UTC), on=date(2024, 5, 1), precision="hour", source="wire"),
            "word",
            3.5,
        ),
        _Alone("one field"),
        _Nothing(),
        len,
    ],
)
def test_a_value_arrives_as_it_was_sent(value: object) -> None:
    """Frozen values, whatever they hold, arrive equal; so do functions and plain values."""
    assert unpacked(packed(value)) == value


def test_what_a_worker_says_of_a_bad_page_arrives_whole() -> None:
    """An error keeps its words, its reason and its subject."""
    arrived = unpacked(packed(ContentError("no article in it", reason="no article", subject="https://a.example/x")))
    assert (arrived.message, arrived.reason, arrived.subject) == (
        "no article in it",
        "no article",
        "https://a.example/x",
    )


def test_looking_for_cycles_goes_on_as_before_after_a_run() -> None:
    """What a run changes of the collector it puts back."""
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before
