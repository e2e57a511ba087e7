"""The time left of a long run, as it is told while batches land in jerks."""

import pytest

from wirecopy.pipeline.pace import Pace


def _landing(batches: int, seconds_a_batch: float, size: int = 1_000, start: float = 5.0) -> Pace:
    pace = Pace()
    pace.begin(start)
    for number in range(1, batches + 1):
        pace.landed(start + number * seconds_a_batch, number * size)
    return pace


def test_nothing_is_told_before_anything_is_read():
    """A run that has read nothing has nothing to go by."""
    assert Pace().seconds_left(10, 0, 100) is None


def test_before_the_first_landing_the_time_left_goes_by_what_is_read_without_the_start():
    """Twenty seconds for a fifth, after five of preparing: eighty are left."""
    assert _landing(0, 0).seconds_left(25, 20, 100) == pytest.approx(80)


def test_between_landings_the_time_left_falls_second_by_second():
    """Workers that read ahead while a batch lands, and the silence after it, change nothing."""
    pace = _landing(4, 10)
    assert pace.seconds_left(45, 4_000, 10_000) == pytest.approx(60)
    assert pace.seconds_left(48, 4_100, 10_000) == pytest.approx(59)
    assert pace.seconds_left(52, 4_900, 10_000) == pytest.approx(53)


def test_what_is_not_yet_read_cannot_be_done_sooner_than_the_pace_allows():
    """A batch that takes long does not make the time left run out."""
    assert _landing(4, 10).seconds_left(100, 4_500, 10_000) == pytest.approx(55)


def test_a_run_that_slows_down_goes_by_its_later_pace():
    """The first third of what has landed says nothing of the rest."""
    pace = _landing(2, 1)
    for number in range(3, 7):
        pace.landed(7 + (number - 2) * 10, number * 1_000)
    assert pace.seconds_left(47, 6_000, 12_000) == pytest.approx(60)
