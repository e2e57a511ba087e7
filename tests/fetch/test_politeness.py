"""Turns at a host, with a clock that is passed in: nobody waits in these stories."""

from __future__ import annotations

import asyncio

import pytest

from wirecopy.errors import SourceUnavailable
from wirecopy.fetch.politeness import CROWD, DOWN_AFTER, MAX_WAIT, SWEEP, Politeness


class Clock:
    """Moves only when somebody sleeps on it, and wakes sleepers in the order of their time."""

    def __init__(self):
        self.now = 0.0
        self.sleepers = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + seconds, len(self.sleepers), woken))
        asyncio.get_running_loop().call_soon(self._tick)
        await woken

    def _tick(self):
        if self.sleepers:
            self.sleepers.sort(key=lambda sleeper: sleeper[:2])
            at, _, woken = self.sleepers.pop(0)
            self.now = max(self.now, at)
            woken.set_result(None)


def starts(hosts, *, spacing=1.0, per_host=2, total=10, takes=0.0, delay=0.0):
    """Return (host, start) of one request to each of the hosts, all wanted at once."""
    clock = Clock()
    seen = []

    async def one(politeness, host):
        async with politeness.turn(host, delay=delay) as turn:
            seen.append((host, clock.now))
            turn.sent()
            if takes:
                await clock.sleep(takes)

    async def story():
        politeness = Politeness(per_host, spacing, total, clock, clock.sleep)
        await asyncio.gather(*(one(politeness, host) for host in hosts))

    asyncio.run(story())
    return seen


def test_requests_to_one_host_are_spaced():
    assert starts(["a"] * 4) == [("a", 0.0), ("a", 1.0), ("a", 2.0), ("a", 3.0)]


def test_hosts_do_not_wait_for_each_other():
    assert sorted(starts(["a", "b", "a", "b"])) == [("a", 0.0), ("a", 1.0), ("b", 0.0), ("b", 1.0)]


def test_a_site_may_ask_for_more_distance_but_not_for_less():
    assert [at for _, at in starts(["a"] * 3, delay=5.0)] == [0.0, 5.0, 10.0]
    assert [at for _, at in starts(["a"] * 3, delay=0.2)] == [0.0, 1.0, 2.0]


def test_a_slow_host_gets_no_more_at_once_than_allowed():
    assert [at for _, at in starts(["a"] * 6, spacing=0.0, per_host=2, takes=10.0)] == [
        0.0,
        0.0,
        10.0,
        10.0,
        20.0,
        20.0,
    ]


def test_all_connections_together_are_limited():
    assert [at for _, at in starts(list("abcdef"), total=2, takes=10.0)] == [0.0, 0.0, 10.0, 10.0, 20.0, 20.0]


def test_the_spacing_counts_from_when_a_request_has_left():
    clock = Clock()

    async def story():
        politeness = Politeness(2, 1.0, 10, clock, clock.sleep)
        async with politeness.turn("a") as first:
            clock.now = 7.0  # connecting took its time
            first.sent()
        async with politeness.turn("a"):
            return clock.now

    assert asyncio.run(story()) == 8.0


def test_a_short_pause_is_sat_out_and_a_long_one_refused():
    clock = Clock()

    async def story():
        politeness = Politeness(2, 1.0, 10, clock, clock.sleep)
        politeness.hold("a", MAX_WAIT)
        async with politeness.turn("a"):
            assert clock.now == MAX_WAIT
        politeness.hold("a", MAX_WAIT + 1)
        with pytest.raises(SourceUnavailable) as refused:
            await politeness.turn("a").__aenter__()
        assert refused.value.outcome == "held back"
        async with politeness.turn("b"):
            pass
        clock.now += MAX_WAIT
        async with politeness.turn("a"):
            pass

    asyncio.run(story())


def test_a_turn_that_fails_gives_back_all_it_held():
    async def story():
        politeness = Politeness(1, 0.0, 1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with politeness.turn("a"):
                    raise ZeroDivisionError
        waiting = asyncio.ensure_future(politeness.turn("a").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        async with politeness.turn("b"):
            pass

    asyncio.run(asyncio.wait_for(story(), 5))


def test_one_answer_clears_a_host_of_earlier_failures():
    async def story():
        politeness = Politeness(1, 0.0, 1)
        for reached in [*[False] * (DOWN_AFTER - 1), True, *[False] * (DOWN_AFTER - 1)]:
            politeness.reached("a", reached=reached)
        async with politeness.turn("a"):
            pass
        politeness.reached("a", reached=False)
        with pytest.raises(SourceUnavailable):
            await politeness.turn("a").__aenter__()

    asyncio.run(story())


def test_connections_are_kept_only_while_hosts_are_few_or_waited_for():
    async def story():
        politeness = Politeness(1, 0.0, 1000)
        async with politeness.turn("a") as turn:
            assert not turn.last
        for number in range(CROWD + 1):
            async with politeness.turn(str(number)):
                pass
        async with politeness.turn("a") as turn:
            assert turn.last

    asyncio.run(story())


def test_hosts_that_owe_nothing_are_forgotten():
    clock = Clock()

    async def story():
        politeness = Politeness(1, 1.0, 10, clock, clock.sleep)
        for number in range(3 * SWEEP):
            async with politeness.turn(str(number)):
                clock.now += 0.001
        return len(politeness._hosts)

    assert asyncio.run(story()) <= 2 * SWEEP
