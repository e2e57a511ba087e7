"""A site's feeds are found, and a feed's earlier pages walked."""

from __future__ import annotations

import pytest

from fetch.wire_server import redirect, reply, run
from wirecopy.errors import FeedUnreadable, SourceError
from wirecopy.fetch.walk import earlier_pages, find_feeds, read_document

SITE = "http://wire.example/"


def feed(title, older=None):
    link = f'<link rel="next" href="{older}"/>' if older else ""
    entry = f"<entry><id>{title}</id></entry>"
    return reply(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{link}{entry}</feed>'.encode())


def found(routes, url=SITE):
    async def story(_, client):
        return [(one.url, one.source, one.title) for one in await find_feeds(client, url)]

    return run(routes, story, connections_per_host=8)


def html(text):
    return reply(text.encode(), content_type="text/html")


def test_the_feeds_that_a_page_names_are_tried_and_those_that_work_returned():
    page = html(
        "<link rel=alternate type=application/rss+xml href=/a title=World><link rel=feed href=/b><a href=/rss>x</a>"
    )
    routes = {"/": page, "/a": feed("A"), "/b": html("<p>no feed</p>"), "/rss": redirect("/c"), "/c": feed("C")}
    assert found(routes) == [(SITE + "a", "link", "World"), (SITE + "rss", "anchor", "x")]


def test_a_feed_is_its_own_answer():
    assert found({"/": feed("A")}) == [(SITE, "itself", "A")]


def test_robots_txt_leads_to_news_sitemaps():
    sitemap = reply(b"<urlset><url><loc>http://wire.example/1</loc></url></urlset>")
    routes = {"/": html("<p>News"), "/robots.txt": reply(b"Sitemap: /news.xml"), "/news.xml": sitemap}
    assert found(routes) == [(SITE + "news.xml", "robots", "")]


def test_the_usual_places_are_tried_where_nobody_names_a_feed_that_works():
    routes = {"/": html("<link rel=feed href=/gone>"), "/rss.xml": feed("A")}
    assert found(routes) == [(SITE + "rss.xml", "common path", "A")]
    assert found({"/": html("<p>News")}) == []


def test_a_site_that_cannot_be_had_says_why():
    with pytest.raises(SourceError):
        found({})


def pages(routes, **options):
    async def story(_, client):
        first = await read_document(client, SITE)
        return [one.content.title async for one in earlier_pages(client, first.content, **options)]

    return run(routes, story)


def test_earlier_pages_are_walked_to_the_end():
    routes = {"/": feed("1", "/2"), "/2": feed("2", "3"), "/3": feed("3")}
    assert pages(routes) == ["2", "3"]
    assert pages(routes, most=1) == ["2"]
    assert pages({"/": feed("1")}) == []


def test_credentials_go_along_to_earlier_pages_of_the_same_site_only():
    routes = {"/": feed("1", "/2"), "/2": feed("2", "http://other.example/3"), "/3": feed("3")}

    async def story(server, client):
        first = await read_document(client, SITE, auth="LOGIN")
        titles = [one.content.title async for one in earlier_pages(client, first.content, auth="LOGIN")]
        return titles, [asked.headers.get("authorization") for asked in server.asked]

    environ = {"LOGIN": "bearer s3cret"}
    assert run(routes, story, environ=environ) == (["2", "3"], ["Bearer s3cret", "Bearer s3cret", None])


def index(*paths):
    listed = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in paths)
    return reply(f"<sitemapindex>{listed}</sitemapindex>".encode(), content_type="application/xml")


def test_the_sitemaps_of_an_index_are_its_history_the_latest_first():
    """News before all else, then by number or date; an index within an index is read in its turn."""
    routes = {
        "/": index("/map-9.xml", "/map-10.xml", "/more.xml", "/news.xml", "/"),
        "/more.xml": index("/map-2025-12.xml", "/map-2026-01.xml"),
    }
    names = ("/news.xml", "/map-10.xml", "/map-9.xml", "/map-2026-01.xml", "/map-2025-12.xml")
    routes |= {path: reply(f"<urlset><url><loc>{path}</loc></url></urlset>".encode()) for path in names}

    async def story(_, client):
        first = await read_document(client, SITE)
        return [one.content.url async for one in earlier_pages(client, first.content)]

    walked = [f"{SITE.rstrip('/')}{path}" for path in (*names[:3], "/more.xml", *names[3:])]
    assert run(routes, story) == walked


def test_pages_that_lead_back_are_walked_once():
    assert pages({"/": feed("1", "/2"), "/2": feed("2", "/3"), "/3": feed("3", "/2")}) == ["2", "3"]
    assert pages({"/": feed("1", "/")}) == []


def test_a_page_on_the_way_that_is_no_feed_ends_the_walk_with_its_reason():
    with pytest.raises(FeedUnreadable):
        pages({"/": feed("1", "/2"), "/2": html("<html>moved")})
