"""robots.txt is asked once, kept, and honoured: for pages always, for feeds where the settings say so."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from fetch.wire_server import ask, cut, drip, outcome, redirect, reply, run, silence
from wirecopy.fetch.robots import MAX_DELAY, Rules
from wirecopy.model import RobotsFile

PAGE = b"<html>Harbour reopens</html>"
URL = "http://wire.example/story"
CLOSED = b"User-agent: *\nDisallow: /\n"


def page(robots, path="/story", **options):
    routes = {path: reply(PAGE)}
    if robots is not None:
        routes["/robots.txt"] = robots
    return ask(routes, f"http://wire.example{path}", "page", **options)[0]


@pytest.mark.parametrize(("text", "path", "word"), [
    (b"", "/story", "fetched"),
    (CLOSED, "/story", "robots refused"),
    (b"User-agent: *\nDisallow: /private\n", "/private/1", "robots refused"),
    (b"User-agent: *\nDisallow: /private\n", "/story", "fetched"),
    (b"User-agent: *\nDisallow: /\nAllow: /story\n", "/story", "fetched"),
    (b"User-agent: wirecopy\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "/story", "robots refused"),
    (b"User-agent: otherbot\nDisallow: /\n", "/story", "fetched"),
    (b"User-agent: *\nDisallow: /*?print=\n", "/story?print=1", "robots refused"),
    (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /story$\r\n", "/story", "robots refused"),
    (b"\x00\xff\xfe no rules at all \n::::", "/story", "fetched"),
    (b"<html>no such page</html>", "/story", "fetched"),
])  # fmt: skip
def test_pages_are_fetched_as_far_as_the_site_allows(text, path, word):
    assert page(reply(text), path) == word


@pytest.mark.parametrize(("status", "word"), [
    ("404 Not Found", "fetched"), ("403 Forbidden", "fetched"), ("401 Who", "fetched"), ("410 Gone", "fetched"),
    ("429 Often", "robots unavailable"), ("500 Oops", "robots unavailable"), ("503 Busy", "robots unavailable"),
])  # fmt: skip
def test_no_robots_txt_allows_everything_and_a_broken_one_nothing(status, word):
    assert page(reply(b"", status)) == word


@pytest.mark.parametrize("answer", [silence, drip, cut(b"")])
def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(answer):
    assert page(answer, timeout_seconds=0.4) == "robots unavailable"


def test_a_robots_txt_behind_redirects_counts():
    routes = {"/robots.txt": redirect("/r2", "301 Moved"), "/r2": reply(CLOSED), "/story": reply(PAGE)}
    assert ask(routes, URL, "page")[0] == "robots refused"


def test_of_an_endless_robots_txt_the_beginning_counts():
    endless = CLOSED + b"# filling\n" * 100_000
    assert page(reply(endless)) == "robots refused"


def test_feeds_need_no_permission_unless_the_settings_say_so():
    routes = {"/robots.txt": reply(CLOSED), "/feed": reply(PAGE)}
    assert ask(routes, "http://wire.example/feed")[0] == "fetched"
    assert ask(routes, "http://wire.example/feed", robots_for_feeds=True)[0] == "robots refused"


def test_where_a_redirect_leads_the_rules_of_that_site_count():
    routes = {"wire.example/story": redirect("http://other.example/story"), "other.example/robots.txt": reply(CLOSED)}
    assert ask({**routes, "other.example/story": reply(PAGE)}, URL, "page")[0] == "robots refused"


def test_robots_txt_is_asked_once_however_many_pages_wait_for_it():
    async def story(server, client):
        await asyncio.gather(*(outcome(client, f"{URL}/{n}", "page") for n in range(8)))
        return server.paths.count("/robots.txt"), client.take_robots()

    asked, (files, records) = run({"/robots.txt": reply(CLOSED)}, story)
    assert asked == 1
    assert [(file.origin, file.text) for file in files] == [("http://wire.example", CLOSED.decode())]
    assert [(record.kind, record.outcome) for record in records] == [("robots", "fetched")]


def test_what_was_read_is_remembered_for_a_day_and_given_out_once():
    async def story(server, client):
        words = [(await outcome(client, URL, "page"))[0]]
        files, _ = client.take_robots()
        assert client.take_robots() == ((), ())
        server.routes["/robots.txt"] = reply(CLOSED)
        async with server.client(robots=files) as later:
            words.append((await outcome(later, URL, "page"))[0])
            server.now += timedelta(days=1, minutes=1)
            words.append((await outcome(later, URL, "page"))[0])
        return words, server.paths.count("/robots.txt")

    words, asked = run({"/robots.txt": reply(b""), "/story": reply(PAGE)}, story)
    assert words == ["fetched", "fetched", "robots refused"]
    assert asked == 2


def test_a_failure_is_remembered_for_half_an_hour():
    async def story(server, client):
        words = [(await outcome(client, URL, "page"))[0]]
        server.routes["/robots.txt"] = reply(b"")
        words.append((await outcome(client, URL, "page"))[0])
        server.now += timedelta(minutes=31)
        return [*words, (await outcome(client, URL, "page"))[0]]

    words = run({"/robots.txt": reply(b"", "500 Oops"), "/story": reply(PAGE)}, story)
    assert words == ["robots unavailable", "robots unavailable", "fetched"]


def test_a_crawl_delay_is_kept_between_pages():
    times = []

    async def story(server, client):
        loop = asyncio.get_running_loop()

        async def note(_asked, writer):
            times.append(loop.time())
            writer.write(reply(PAGE))
            await writer.drain()

        server.routes.update({f"/{n}": note for n in range(3)})
        await asyncio.gather(*(outcome(client, f"http://wire.example/{n}", "page") for n in range(3)))

    run({"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.06\n")}, story)
    assert min(times[1] - times[0], times[2] - times[1]) >= 0.045  # the server notes arrivals, which lag by a little


def test_an_absurd_crawl_delay_is_cut():
    file = RobotsFile(origin="http://wire.example", text="User-agent: *\nCrawl-delay: 86400\n", fetched_at=None)
    from protego import Protego

    assert Rules(reachable=True, parsed=Protego.parse(file.text)).delay == MAX_DELAY
