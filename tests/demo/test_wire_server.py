"""The loopback server answers as real hosts do: by Host header, conditionally, and counting."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from wirecopy.demo.edition import print_edition
from wirecopy.demo.server import WireServer
from wirecopy.demo.stories import sample
from wirecopy.demo.wires import sample_hosts

START = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def wires():
    with WireServer(START) as server:
        yield server


def get(wires, host, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", wires.port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host} | {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def feed_statuses(wires, etags):
    feeds = [(outlet.host, outlet.feed_path) for outlet in sample().outlets]
    return {host: get(wires, host, path, If_None_Match=etags[host])[0] for host, path in feeds}


def feed_etags(wires):
    return {outlet.host: get(wires, outlet.host, outlet.feed_path)[1]["ETag"] for outlet in sample().outlets}


def test_every_article_is_reachable_over_a_socket(wires):
    articles = print_edition(START, 1)
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda article: get(wires, article.outlet.host, article.path)[0], articles))
    assert statuses == [article.story.status for article in articles]


def test_every_host_has_robots_txt_a_home_page_and_sections(wires):
    for outlet in sample().outlets:
        paths = ["/robots.txt", "/", *(f"/s/{at}" for at in range(1, len(outlet.nav) + 1))]
        assert [get(wires, outlet.host, path)[0] for path in paths] == [200] * len(paths)


def test_hosts_are_told_apart_and_unknown_ones_are_missing(wires):
    outlet = sample().outlets[0]
    assert get(wires, outlet.host.upper() + ":80", outlet.feed_path)[0] == 200
    assert get(wires, "elsewhere.example", outlet.feed_path)[0] == 404
    assert get(wires, outlet.host, "/no/such/page")[0] == 404


def test_an_etag_or_a_date_that_is_current_gets_304_without_a_body(wires):
    outlet = sample().outlets[0]
    _, headers, body = get(wires, outlet.host, outlet.feed_path)
    assert body
    for validator in ({"If_None_Match": headers["ETag"]}, {"If_None_Match": 'W/"x", ' + headers["ETag"]}):
        assert get(wires, outlet.host, outlet.feed_path, **validator)[::2] == (304, b"")
    assert get(wires, outlet.host, outlet.feed_path, If_Modified_Since=headers["Last-Modified"])[::2] == (304, b"")


@pytest.mark.parametrize(
    "validator",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Thu, 01 Jan 1998 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Fri, 26 Jun 2026 09:00:00"},
        {"If_Modified_Since": "Sun, 01 Jan 2090 00:00:00 GMT", "If_None_Match": '"other"'},
    ],
)
def test_a_stale_or_unreadable_validator_gets_the_document(wires, validator):
    outlet = sample().outlets[0]
    assert get(wires, outlet.host, outlet.feed_path, **validator)[0] == 200


def test_after_the_update_unchanged_feeds_answer_304(wires):
    etags = feed_etags(wires)
    assert set(feed_statuses(wires, etags).values()) == {304}
    wires.publish_update()
    changed = {host for host, status in feed_statuses(wires, etags).items() if status == 200}
    assert changed == {"wire-ap.example", "wire-reuters.example", "desk-ians.example"}


def test_requests_are_counted_by_host_path_and_status(wires):
    outlet = sample().outlets[0]
    etag = get(wires, outlet.host, outlet.feed_path)[1]["ETag"]
    get(wires, outlet.host, outlet.feed_path, If_None_Match=etag)
    get(wires, outlet.host, "/missing?q=1")
    assert wires.requests == {
        (outlet.host, outlet.feed_path, 200): 1,
        (outlet.host, outlet.feed_path, 304): 1,
        (outlet.host, "/missing?q=1", 404): 1,
    }
    wires.forget_requests()
    assert not wires.requests


def test_head_has_the_headers_and_no_body(wires):
    outlet = sample().outlets[0]
    status, headers, body = get(wires, outlet.host, outlet.feed_path, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_resolve_leads_every_sample_host_to_the_server(wires):
    assert wires.resolve == tuple(f"{host}=127.0.0.1:{wires.port}" for host in sample_hosts())


def test_two_servers_live_side_by_side_and_close(wires):
    with WireServer(START) as other:
        assert other.port != wires.port
        port = other.port
    with pytest.raises(OSError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/")
