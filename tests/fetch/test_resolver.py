"""Names are looked up many at once; where no network is, that is known after a few."""

import asyncio
import socket
import threading

import pytest

from wirecopy.fetch.addresses import read_detours, read_guard
from wirecopy.fetch.resolver import OFFLINE_AFTER, GuardedResolver, OfflineError


@pytest.fixture
def asked(monkeypatch):
    """Stand in for the system's look-up: `*.known` are found, `*.slow` never answer, others do not exist."""
    names = []

    def look_up(host, port, *_):
        names.append(host)
        if host.endswith(".known"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]
        if host.endswith(".slow"):
            threading.Event().wait(5)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


async def end(resolver, host):
    try:
        return [found["host"] for found in await resolver.resolve(host, 443)]
    except OSError as err:
        return type(err)


def ends(*waves):
    """Look up each wave of names at once, one wave after the other; return the last one's ends."""

    async def story():
        resolver = GuardedResolver(read_guard(()), read_detours(()))
        found = []
        for names in waves:
            found = await asyncio.gather(*(end(resolver, name) for name in names))
        return found

    return asyncio.run(story())


NOBODY = [f"www.paper-{number}.none" for number in range(OFFLINE_AFTER)]


def test_where_no_name_can_be_looked_up_none_is_waited_for(asked):
    """Look-ups under way are left, later ones are not begun."""
    assert ends([*NOBODY, "www.wire.slow"])[-1] is OfflineError
    assert ends(NOBODY, ["www.late.known"]) == [OfflineError]
    assert "www.late.known" not in asked


def test_one_name_that_is_found_shows_that_there_is_a_network(asked):
    assert ends(["www.wire.known"], NOBODY, ["www.late.known"]) == [["93.184.216.34"]]


def test_many_names_of_one_dead_house_say_nothing_of_the_network(asked):
    assert ends([f"w{number}.house.none" for number in range(50)], ["www.late.known"]) == [["93.184.216.34"]]


def test_a_name_that_is_not_there_is_not_asked_for_at_once_again(asked):
    assert ends(["www.wire.none"], ["www.wire.none"]) == [socket.gaierror]
    assert asked == ["www.wire.none"]


def test_a_name_that_was_found_is_remembered(asked):
    """Pages of one host, fetched one after the other, cost one look-up."""
    assert ends(["www.wire.known"], ["www.wire.known"]) == [["93.184.216.34"]]
    assert asked == ["www.wire.known"]
