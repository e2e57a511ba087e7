"""Many things at once come back in batches, each once, whatever their order; what one raises ends all."""

import asyncio
from contextlib import aclosing

import pytest

from wirecopy.pipeline.stream import in_batches, mixed


def taken(values, work, **options):
    async def run():
        async with aclosing(in_batches(values, work, **options)) as batches:
            return [batch async for batch in batches]

    return asyncio.run(run())


async def twice(value):
    for _ in range(value % 7):
        await asyncio.sleep(0)
    return 2 * value


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 1000])
def test_every_value_comes_back_once(count):
    batches = taken(range(count), twice, at_once=8, size=10)
    assert sorted(value for batch in batches for value in batch) == [2 * value for value in range(count)]
    assert all(len(batch) >= 10 for batch in batches[:-1])


def test_nothing_runs_ahead_of_a_slow_taker():
    begun = []

    async def note(value):
        begun.append(value)

    async def run():
        async with aclosing(in_batches(range(1000), note, at_once=5, size=10)) as batches:
            await anext(batches)
            for _ in range(50):
                await asyncio.sleep(0)
            return len(begun)

    assert asyncio.run(run()) < 100


def test_an_error_is_raised_and_ends_the_others():
    async def fail(value):
        await asyncio.sleep(0)
        if value == 30:
            raise ValueError(value)

    with pytest.raises(ValueError, match="30"):
        taken(range(1000), fail, at_once=5, size=10)


def test_those_of_one_host_lie_far_apart():
    urls = [f"http://{host}.example/{number}" for host in "ab" for number in range(3)]
    assert [url[7] for url in mixed(urls)] == list("ababab")
