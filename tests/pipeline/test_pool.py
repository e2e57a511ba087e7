"""The pool loses nothing but the value that killed its worker."""

import itertools
import sys

import pytest

from pipeline.pool_jobs import behave, misconfigured
from wirecopy.errors import ContentError, SettingsError
from wirecopy.pipeline.pool import Pool


@pytest.fixture
def pool():
    with Pool(2, seconds=1.0) as made:
        yield made


def shown(results):
    return [result.reason if isinstance(result, ContentError) else result for result in results]


def test_a_death_costs_only_the_page_that_caused_it(pool):
    assert shown(pool.submit(behave, ["a", "die", "b"]).result()) == ["A", "killed its worker", "B"]


def test_a_stalled_page_is_cut_off_and_its_neighbours_go_on(pool):
    assert shown(pool.submit(behave, ["a", "stall", "b", "refuse"]).result()) == ["A", "too slow", "B", "test"]


def test_results_stream_in_order_whatever_the_batches(pool):
    words = [str(number) for number in range(40)]
    pairs = list(
        pool.stream(
            behave,
            itertools.batched(words, 7)
            if hasattr(itertools, "batched")
            else [words[i : i + 7] for i in range(0, 40, 7)],
        )
    )
    assert [value for value, _ in pairs] == [result for _, result in pairs] == words


def test_a_bug_that_one_page_brings_out_is_told_with_it(pool):
    (outcome, neighbour) = pool.submit(behave, [None, "a"]).result()
    assert (outcome.reason, neighbour) == ("internal error", "A")
    assert "NoneType" in outcome.message


def test_an_error_that_is_about_no_page_stops_the_run(pool):
    with pytest.raises(SettingsError, match="gazetteer"):
        pool.submit(misconfigured, ["a", "b"]).result()


def test_workers_hold_nothing_but_what_reading_takes(pool):
    """Neither the program that started them nor what fetches and writes is loaded in each of them."""
    pages = pool.submit(eval, ["sorted(__import__('sys').modules)", "vars(__import__('__main__')).get('__file__')"])
    modules, main = pages.result()
    assert not {"duckdb", "pyarrow", "aiohttp", "pytest"} & set(modules)
    assert main is None or main != vars(sys.modules["__main__"]).get("__file__")
    assert "feedparser" in modules
