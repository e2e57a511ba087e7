"""Every way in which a request can end, provoked over real sockets, ends under its own word."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from datetime import timedelta

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from fetch.wire_server import (
    IMPATIENT,
    NOON,
    ask,
    cut,
    drip,
    http_date,
    outcome,
    redirect,
    reply,
    run,
    self_signed,
    silence,
    stall,
)
from wirecopy.errors import SettingsError, SourceRefused, SourceUnavailable
from wirecopy.fetch.addresses import read_detours, read_guard, wire_url
from wirecopy.fetch.http import Client
from wirecopy.fetch.outcomes import WORDS, RequestOutcome
from wirecopy.settings import Settings

FEED = b"<rss version='2.0'><channel><title>Test Wire</title></channel></rss>"
URL = "http://wire.example/"
HTTPS = "https://wire.example/"

STATUSES = [
    ("206 Partial", "unexpected status"), ("300 Choices", "unexpected status"),
    ("400 Bad", "refused"), ("401 Who", "login needed"), ("402 Pay", "refused"),
    ("403 No", "forbidden"), ("404 Not Found", "not found"), ("407 Proxy", "login needed"), ("408 Slow", "no answer"),
    ("410 Gone", "gone"), ("418 Teapot", "refused"), ("429 Often", "rate limited"), ("451 Law", "forbidden"),
    ("500 Oops", "server error"), ("502 Bad Gateway", "server error"), ("503 Busy", "busy"), ("522 Cloud", "server error"),
    ("799 Odd", "unexpected status"),
]  # fmt: skip

LARGE = b"x" * 100_001
ANSWERS = [
    (reply(FEED), "fetched"),
    (reply(FEED, "203 Non-Authoritative"), "fetched"),
    (cut(b"HTTP/1.0 200 OK\r\n\r\n" + FEED), "fetched"),
    (reply(b""), "empty"),
    (reply(LARGE), "too large"),
    (cut(b"HTTP/1.1 200 OK\r\n\r\n" + LARGE), "too large"),
    (cut(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"), "wrong length"),
    (cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwire\r\nzz\r\nnonsense"), "bad response"),
    (cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhalf"), "bad response"),
    (cut(b"SSH-2.0-OpenSSH_9.7\r\n"), "bad response"),
    (cut(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nwire"), "bad response"),
    (cut(b""), "connection lost"),
    (cut(b"HTTP/1.1 200 OK\r\nContent-"), "connection lost"),
    (cut(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n"), "headers too large"),
    (cut(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(400)) + b"\r\n"), "headers too large"),
    (reply(FEED, content_encoding="rot13"), "bad coding"),
    (reply(b"no gzip at all", content_encoding="gzip"), "bad coding"),
    (reply(gzip.compress(FEED)[:-9], content_encoding="gzip"), "bad coding"),
    (reply(brotli.compress(FEED)[:-2], content_encoding="br"), "bad coding"),
    (reply(zstandard.compress(FEED)[:-3], content_encoding="zstd"), "bad coding"),
    (reply(gzip.compress(FEED), content_encoding="gzip, gzip, gzip, gzip"), "bad coding"),
    (reply(gzip.compress(b"\0" * 10_000_000), content_encoding="gzip"), "decompression bomb"),
    (reply(zlib.compress(b"\0" * 10_000_000), content_encoding="deflate"), "decompression bomb"),
    (reply(brotli.compress(b"\0" * 10_000_000), content_encoding="br"), "decompression bomb"),
    (reply(zstandard.compress(b"\0" * 10_000_000), content_encoding="zstd"), "decompression bomb"),
    (reply(gzip.compress(gzip.compress(b"\0" * 10_000_000)), content_encoding="gzip, gzip"), "decompression bomb"),
    (reply(FEED, content_type="image/png"), "wrong type"),
    (reply(b"", "204 No Content", content_length=None), "unexpected status"),
    (reply(b"", "304 Not Modified", content_length=None), "unexpected status"),
    (redirect(""), "broken redirect"),
    (reply(b"", "301 Moved"), "broken redirect"),
    (redirect("mailto:desk@wire.example"), "broken redirect"),
    (redirect("http://[broken/"), "broken redirect"),
    (redirect("/"), "redirect loop"),
    (redirect("http://127.0.0.1:1/"), "private address"),
    (redirect("http://169.254.169.254/latest/meta-data/"), "private address"),
    (redirect("http://localhost/"), "private address"),
]


@pytest.mark.parametrize(("status", "word"), STATUSES, ids=[status for status, _ in STATUSES])
def test_each_status_has_its_word(status, word):
    found, end = ask({"/": reply(b"text", status)})
    assert found == word
    assert end.record.status == int(status[:3])


@pytest.mark.parametrize(("answer", "word"), ANSWERS, ids=[f"{n}-{word}" for n, (_, word) in enumerate(ANSWERS)])
def test_each_answer_ends_in_its_word(answer, word):
    found, end = ask({"/": answer})
    assert found == word
    kind = {"fine": object, "retry": SourceUnavailable, "record": SourceRefused}[WORDS[word].reaction]
    assert isinstance(end, kind)


@pytest.mark.parametrize(("answer", "word"), [(silence, "no answer"), (stall, "stalled"), (drip, "too slow")])
def test_each_way_of_never_ending_has_its_word(answer, word):
    found, end = ask({"/": answer}, timeout_seconds=IMPATIENT)
    assert found == word
    assert isinstance(end, SourceUnavailable)


@pytest.mark.parametrize("url", [
    "", "wire.example", "ftp://wire.example/", "file:///etc/passwd", "http://", "http:///x", "http://user:secret@wire.example/",
    "http://wire.example:99999/", "http://[::1", "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://017700000001/",
    "http://wi re.example/", "http://wire.example/" + "x" * 5000, "javascript:alert(1)", "http://\u0000/", "http://wire.example/\ud800",
])  # fmt: skip
def test_what_is_no_web_address_is_never_asked(url):
    found, end = ask({}, url)
    assert found == "bad address"
    assert "secret" not in f"{end} {end.record}"


@pytest.mark.parametrize("url", [
    "http://127.0.0.1/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.9.9/", "http://169.254.169.254/",
    "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[::1]/", "http://[fe80::1]/",
    "http://[fd00::1]/", "http://[::ffff:10.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://localhost/", "http://192.0.2.1/", "http://[::]/",
    "http://[fec0::1]/", "http://[3fff::1]/", "http://168.63.129.16/", "http://192.88.99.1/", "http://[2606:4700::5efe:7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/", "http://127\u30020\u30020\u30021/", "http://\uff11\uff12\uff17.0.0.1/",
])  # fmt: skip
@pytest.mark.parametrize("kind", ["feed", "page"])
def test_private_addresses_are_never_connected_to(url, kind):
    assert ask({}, url, kind)[0] == "private address"


def test_a_private_address_may_be_allowed_by_network_or_by_name():
    async def story(server, _):
        words = []
        url = f"http://127.0.0.1:{server.port}/"
        for allowed in ((), ("127.0.0.0/8",), (f"127.0.0.1:{server.port}",), ("127.0.0.1:1",), ("10.0.0.0/8",)):
            async with server.client(allow_private=allowed) as client:
                words.append((await outcome(client, url))[0])
        async with server.client(allow_private=(f"localhost:{server.port}",)) as client:
            words.append((await outcome(client, f"http://localhost:{server.port}/"))[0])
        return words

    private = "private address"
    assert run({"/": reply(FEED)}, story) == [private, "fetched", "fetched", private, private, "fetched"]


def test_settings_that_make_no_sense_stop_the_run():
    with pytest.raises(SettingsError, match="ALLOW_PRIVATE"):
        read_guard(("everything",))
    with pytest.raises(SettingsError, match="RESOLVE"):
        read_detours(("wire.example",))


def test_a_port_where_nobody_listens_and_a_name_that_nobody_has():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found, _ = ask({}, f"http://127.0.0.1:{port}/", allow_private=("127.0.0.0/8",))
    assert found == "connection failed"
    assert ask({}, "http://nobody.invalid/")[0] in {
        "name unknown",
        "name failed",
    }  # the latter where there is no network


def test_redirects_without_end_are_left():
    routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    assert ask(routes, f"{URL}0")[0] == "too many redirects"


def test_redirects_that_lead_round_in_a_circle_are_left():
    assert ask({"/a": redirect("/b"), "/b": redirect("/c"), "/c": redirect("/a")}, f"{URL}a")[0] == "redirect loop"


def test_only_an_unbroken_chain_of_permanent_redirects_is_reported_as_a_move():
    def moves(*statuses):
        routes = {f"/{n}": redirect(f"/{n + 1}", f"{status} Moved") for n, status in enumerate(statuses)}
        end = ask({**routes, f"/{len(statuses)}": reply(FEED)}, f"{URL}0")[1]
        assert end.page.final_url == f"{URL}{len(statuses)}"
        assert end.page.requested_url == f"{URL}0"
        return end.permanent_url

    assert moves() is None
    assert moves(301) == f"{URL}1"
    assert moves(308, 301) == f"{URL}2"
    assert moves(301, 302) == f"{URL}1"
    assert [moves(status) for status in (302, 303, 307)] == [None, None, None]
    assert moves(302, 301) is None


def test_relative_and_strange_redirect_targets_are_understood():
    routes = {"/a/b": redirect("../c d?x=é#part"), "/c%20d?x=%C3%A9": reply(FEED)}
    end = ask(routes, f"{URL}a/b")[1]
    assert end.page.final_url == f"{URL}c%20d?x=%C3%A9"


def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path):
    context, _ = self_signed(tmp_path)
    assert ask({"/": reply(FEED)}, HTTPS, tls=context)[0] == "tls failed"


def test_a_plain_server_behind_https_is_a_failure_of_tls():
    assert ask({"/": reply(FEED)}, HTTPS)[0] == "tls failed"


def test_a_redirect_from_https_to_http_is_not_followed(tmp_path, monkeypatch):
    context, pem = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", pem)
    routes = {"/": redirect("http://wire.example/feed"), "/ok": reply(FEED)}

    async def story(_, client):
        return [(await outcome(client, HTTPS + path))[0] for path in ("ok", "")]

    assert run(routes, story, tls=context) == ["fetched", "downgrade"]


@pytest.mark.parametrize(("coding", "pack"), [
    ("gzip", gzip.compress), ("x-gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress),
    ("deflate", zlib.compress), ("deflate", lambda data: zlib.compress(data, wbits=-15)), ("identity", bytes),
    ("gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]) + b"\0\0"),
    ("zstd", lambda data: zstandard.compress(data[:9]) + zstandard.compress(data[9:])),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
])  # fmt: skip
def test_every_coding_that_is_asked_for_is_unpacked(coding, pack):
    text = FEED * 500
    end = ask({"/": reply(pack(text), content_encoding=coding)})[1]
    assert end.page.body == text
    assert end.record.bytes == len(pack(text))


def test_nothing_is_asked_for_in_vain_when_validators_hold():
    async def story(server, client):
        first = (await outcome(client, URL))[1]
        server.routes["/"] = reply(b"", "304 Not Modified", content_length=None, cache_control="max-age=60")
        word, second = await outcome(client, URL, etag=first.etag, last_modified=first.last_modified)
        return word, first, second, server.asked[-1].headers

    routes = {"/": reply(FEED, etag='W/"7"', last_modified="Wed, 04 Mar 2026 10:00:00 GMT")}
    word, first, second, headers = run(routes, story)
    assert word == "not modified"
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"7"', "Wed, 04 Mar 2026 10:00:00 GMT")
    assert second.not_modified
    assert second.page is None
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)
    assert second.fresh_until == NOON + timedelta(minutes=1)


def test_a_304_with_a_body_is_asked_again_without_conditions():
    async def lying(asked, writer):
        surprise = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nsurprise!"
        writer.write(surprise if "if-none-match" in asked.headers else reply(FEED))
        await writer.drain()

    word, end = ask({"/": lying}, request={"etag": '"1"'})
    assert word == "fetched"
    assert not end.conditional


def test_the_same_bytes_have_a_word_of_their_own():
    first = ask({"/": reply(FEED)})[1]
    word, second = ask({"/": reply(FEED)}, request={"content_hash": first.content_hash})
    assert word == "same bytes"
    assert second.page.body == FEED


@pytest.mark.parametrize(("header", "seconds"), [
    ("120", 120), (http_date(NOON + timedelta(hours=2)), 7200), ("99999999", 86_400), (http_date(NOON - timedelta(1)), 0),
    ("soon", None), ("-5", None), ("0", 0), ("9" * 400, 86_400), ("Wed, 99 Foo 2026", None),
])  # fmt: skip
@pytest.mark.parametrize("status", ["429 Often", "503 Busy"])
def test_retry_after_is_read_in_seconds_or_as_a_date_and_capped(status, header, seconds):
    end = ask({"/": reply(b"later", status, retry_after=header)})[1]
    expected = None if seconds is None else NOON + timedelta(seconds=seconds)
    assert end.record.retry_after == expected


@pytest.mark.parametrize(("headers", "minutes"), [
    ({"cache_control": "max-age=3600"}, 60), ({"cache_control": "max-age=3600", "age": "600"}, 50),
    ({"cache_control": "max-age=60", "age": "600"}, None), ({"cache_control": "no-cache, max-age=60"}, None),
    ({"expires": http_date(NOON + timedelta(minutes=5))}, 5), ({"expires": "0"}, None), ({}, None),
    ({"expires": http_date(NOON + timedelta(days=3, minutes=5)), "date": http_date(NOON + timedelta(days=3))}, 5),
    ({"cache_control": "max-age=600", "expires": "0"}, 10), ({"cache_control": "max-age=99999999"}, 1440),
])  # fmt: skip
def test_an_answer_is_fresh_for_as_long_as_it_says_by_its_own_clock(headers, minutes):
    end = ask({"/": reply(FEED, **headers)})[1]
    assert end.fresh_until == (None if minutes is None else NOON + timedelta(minutes=minutes))


def test_a_pause_until_a_date_is_meant_by_the_servers_clock():
    late = NOON + timedelta(days=3)
    answer = reply(b"later", "503 Busy", date=http_date(late), retry_after=http_date(late + timedelta(minutes=10)))
    assert ask({"/": answer})[1].record.retry_after == NOON + timedelta(minutes=10)


def test_a_host_that_asked_for_a_pause_is_left_alone():
    async def story(server, client):
        words = [(await outcome(client, URL + path))[0] for path in ("busy", "feed")]
        words.append((await outcome(client, "http://other.example/feed"))[0])
        return words, server.paths

    words, paths = run({"/busy": reply(b"", "429 Often", retry_after="600"), "/feed": reply(FEED)}, story)
    assert words == ["rate limited", "held back", "fetched"]
    assert paths == ["/busy", "/feed"]


def test_a_host_that_is_down_does_not_hold_up_the_others():
    async def story(server, client):
        words = [(await outcome(client, f"{URL}{n}"))[0] for n in range(5)]
        return words, len(server.asked), (await outcome(client, "http://other.example/"))[0]

    words, asked, other = run({"/": reply(FEED), **{f"/{n}": cut(b"") for n in range(5)}}, story)
    assert words == ["connection lost"] * 3 + ["held back"] * 2
    assert asked == 3
    assert other == "fetched"


def test_a_kept_connection_that_the_server_has_closed_is_no_failure():
    connections = []

    async def close_at_the_second(asked, writer):
        connections.append(writer)
        if len(connections) != 2:
            writer.write(reply(FEED))
            await writer.drain()
            if len(connections) == 1:
                return True
        return False

    async def story(server, client):
        return [(await outcome(client, URL))[0] for _ in range(2)], server.connections, len(server.asked)

    assert run({"/": close_at_the_second}, story) == (["fetched"] * 2, 2, 3)


def test_cookies_are_neither_sent_back_nor_kept():
    async def story(server, client):
        first = (await outcome(client, URL))[1]
        await outcome(client, URL)
        return first, server.asked

    first, asked = run({"/": reply(FEED, set_cookie="session=secret")}, story)
    assert all("cookie" not in request.headers for request in asked)
    assert first.page.header("set-cookie") is None


def test_who_asks_says_so():
    async def story(server, client):
        await outcome(client, URL)
        return server.asked[0].headers

    headers = run({"/": reply(FEED)}, story)
    assert headers["user-agent"].startswith("wirecopy ")
    assert "desk@wire.example" in headers["user-agent"]
    assert headers["host"] == "wire.example"


@pytest.mark.parametrize(("kind", "content_type", "word"), [
    ("page", "application/pdf", "wrong type"), ("page", "video/mp4", "wrong type"), ("page", "text/html; charset=utf-8", "fetched"),
    ("page", "text/plain", "fetched"), ("page", "application/octet-stream", "fetched"), ("feed", "text/html", "fetched"),
    ("feed", "application/octet-stream", "fetched"), ("feed", "audio/mpeg", "wrong type"), ("page", None, "fetched"),
])  # fmt: skip
def test_a_picture_where_a_text_should_be_is_not_taken(kind, content_type, word):
    assert ask({"/": reply(b"text", content_type=content_type)}, kind=kind)[0] == word


SECRETS = {
    "BASIC": "basic desk:s3cret",
    "BEARER": "bearer s3cret",
    "HEADER": "header X-Api-Key: s3cret",
    "BOTH": "bearer s3cret\nheader X-Desk: s3cret",
    "EMPTY": " ",
    "ODD": "s3cret",
    "CERT": "certificate /nowhere/s3cret.pem",
}


@pytest.mark.parametrize(("name", "expected"), [
    ("BASIC", {"authorization": "Basic ZGVzazpzM2NyZXQ="}), ("BEARER", {"authorization": "Bearer s3cret"}),
    ("HEADER", {"x-api-key": "s3cret"}), ("BOTH", {"authorization": "Bearer s3cret", "x-desk": "s3cret"}),
])  # fmt: skip
def test_credentials_go_to_the_host_they_are_for_and_no_further(name, expected):
    routes = {
        "/": redirect("/here"),
        "/here": redirect("http://other.example/there"),
        "/there": redirect("http://wire.example/back"),
        "/back": reply(FEED),
    }

    async def story(server, client):
        word, end = await outcome(client, URL, auth=name)
        return word, repr(end), server.asked

    word, shown, asked = run(routes, story, environ=SECRETS)
    assert word == "fetched"
    assert "s3cret" not in shown
    assert "ZGVz" not in shown
    sent = {request.target: {key: request.headers.get(key) for key in expected} for request in asked}
    nothing = dict.fromkeys(expected)
    assert sent == {"/": expected, "/here": expected, "/there": nothing, "/back": expected}


def test_a_feeds_credentials_go_to_pages_of_its_own_site_only():
    async def story(server, client):
        for page in ("http://wire.example/1", "http://other.example/2", "http://wire.example:8080/3"):
            await outcome(client, page, "page", auth="BEARER", auth_url=f"{URL}feed")
        await outcome(client, f"{URL}4", "page", auth="BEARER")
        pages = [request for request in server.asked if request.target != "/robots.txt"]
        return [request.headers.get("authorization") for request in pages]

    assert run({}, story, environ=SECRETS) == ["Bearer s3cret", None, None, None]


def test_no_move_takes_an_address_away_from_whom_its_credentials_are_for():
    """A permanent redirect to another host is followed without them, and never stored as the feed's address."""
    moved = "301 Moved Permanently"
    routes = {
        "/away": redirect("http://www.wire.example/feed", moved),
        "/here": redirect("/feed", moved),
        "/feed": reply(FEED),
    }

    async def story(_, client):
        ends = [
            await outcome(client, f"{URL}{path}", auth=name)
            for path, name in (("away", "BASIC"), ("here", "BASIC"), ("away", None))
        ]
        return [end.permanent_url for _, end in ends]

    assert run(routes, story, environ=SECRETS) == [None, f"{URL}feed", "http://www.wire.example/feed"]


@pytest.mark.parametrize("name", ["EMPTY", "ODD", "CERT", "UNSET"])
def test_credentials_that_are_not_there_are_named_but_never_shown(name):
    word, end = ask({"/": reply(FEED)}, request={"auth": name}, environ=SECRETS)
    assert word == "credentials missing"
    assert name in str(end)
    assert "s3cret" not in f"{end} {end.record}"


def test_a_client_certificate_is_shown_to_the_server(tmp_path, monkeypatch):
    context, pem = self_signed(tmp_path)
    context.load_verify_locations(pem)
    import ssl

    context.verify_mode = ssl.CERT_REQUIRED
    monkeypatch.setenv("SSL_CERT_FILE", pem)

    async def story(_, client):
        return [(await outcome(client, HTTPS, auth=name))[0] for name in ("CERT", None)]

    words = run({"/": reply(FEED)}, story, tls=context, environ={"CERT": f"certificate {pem}"})
    assert words[0] == "fetched"
    assert words[1] in {"tls failed", "connection lost", "connection failed"}


@pytest.mark.parametrize(("written", "sent"), [
    ("http://Wire.Example", "http://wire.example/"), ("http://wire.example:80/a", "http://wire.example/a"),
    ("https://wire.example:443/", "https://wire.example/"), ("http://wire.example/a b", "http://wire.example/a%20b"),
    ("http://wire.example/%7Ea?b=%2F&c=d+e", "http://wire.example/%7Ea?b=%2F&c=d+e"), ("  http://wire.example/x#y ", "http://wire.example/x"),
    ("http://m\u00fcnchen.example/\u00fc", "http://xn--mnchen-3ya.example/%C3%BC"), ("http://stra\u00dfe.example/", "http://xn--strae-oqa.example/"), ("http://wire.example/a;b,c=1:2@3", "http://wire.example/a;b,c=1:2@3"),
])  # fmt: skip
def test_an_address_goes_over_the_wire_as_written_but_clean(written, sent):
    assert wire_url(written) == sent


@given(st.from_regex(r"https?://[a-z0-9._-]{1,40}/[\w/%:@!$&'()*+,;=~._|-]{0,30}([?][\w=&%+;]{0,20})?", fullmatch=True))
def test_an_address_that_looks_clean_is_clean(written):
    """What is taken as it is would have come out of the cleaning the same."""
    try:
        cleaned = wire_url(f"{written}#fragment")
    except SourceRefused:
        with pytest.raises(SourceRefused):
            wire_url(written)
    else:
        assert wire_url(written) == cleaned


def test_a_host_is_never_asked_more_at_once_than_allowed():
    running, most = [0], [0]

    async def slow(_asked, writer):
        running[0] += 1
        most[0] = max(most[0], running[0])
        await asyncio.sleep(0.01)
        running[0] -= 1
        writer.write(reply(FEED))
        await writer.drain()

    async def story(_, client):
        return await asyncio.gather(*(outcome(client, f"{URL}{n}") for n in range(12)))

    ends = run({f"/{n}": slow for n in range(12)}, story, connections_per_host=3)
    assert [word for word, _ in ends] == ["fetched"] * 12
    assert most[0] == 3


def test_requests_to_one_host_keep_their_distance_and_others_do_not_wait():
    """The n-th request to a host comes no earlier than n spacings after the first could: true on a busy machine too."""
    seen, began = [], []

    async def story(server, client):
        loop = asyncio.get_running_loop()
        began.append(loop.time())

        async def note(asked, writer):
            seen.append((asked.host, loop.time()))
            writer.write(reply(FEED))
            await writer.drain()

        server.routes.update(dict.fromkeys(map(str, (f"/{n}" for n in range(5))), note))
        urls = [f"http://{host}.example/{n}" for host in ("a", "b", "c") for n in range(5)]
        await asyncio.gather(*(outcome(client, url) for url in urls))

    run({}, story, spacing_seconds=0.05)
    for host in ("a", "b", "c"):
        times = sorted(at for name, at in seen if name == f"{host}.example")
        assert len(times) == 5
        assert all(at - began[0] >= 0.05 * number for number, at in enumerate(times))
    assert {name for name, _ in seen[:3]} == {"a.example", "b.example", "c.example"}


def test_every_word_of_the_list_says_what_it_means():
    assert len({word.sentence for word in RequestOutcome}) == len(RequestOutcome)
    assert all(word.sentence.endswith(".") for word in RequestOutcome)


def test_a_client_is_used_as_a_context():
    async def story():
        with pytest.raises(AssertionError):
            await outcome(Client(Settings()), "http://93.184.216.34/")

    asyncio.run(story())
