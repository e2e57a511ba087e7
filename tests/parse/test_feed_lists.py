"""Lists of feeds go out and come back; a site's feeds are found."""

from __future__ import annotations

import pytest

from wirecopy.errors import FeedUnreadable
from wirecopy.model import Feed, Page
from wirecopy.parse.discover import common_paths, links_to_feeds, sitemaps_of_robots
from wirecopy.parse.opml import read_opml, write_opml

FEEDS = (
    Feed(
        url="http://one.example/feed?a=1&b=2",
        title="One <Wire>",
        agency="One",
        country="NO",
        language="nb",
        zone="Europe/Oslo",
    ),
    Feed(url="http://two.example/rss", title="Two", agency="Two", outlet="two.example"),
    Feed(url="http://zero.example/rss", title="Zero"),
)


def test_a_list_that_went_out_comes_back():
    assert set(read_opml(write_opml(FEEDS))) == set(FEEDS)


def test_the_name_of_credentials_stays_at_home():
    assert b"SECRET_NAME" not in write_opml([Feed(url="http://one.example/", auth="SECRET_NAME")])


def test_lists_of_other_programs_are_read():
    data = b"""<?xml version="1.0"?><opml version="1.0"><head><title>My feeds</title></head><body>
      <outline text="News"><outline text="One" type="rss" xmlUrl="http://one.example/f" htmlUrl="http://one.example/"/>
      <outline title="Again" xmlurl="http://one.example/f"/><outline text="deep"><outline xmlUrl="https://two.example/f"/></outline></outline>
      <outline text="no feed" htmlUrl="http://x.example"/><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl=""/></body></opml>"""
    assert [(feed.url, feed.title) for feed in read_opml(data)] == [
        ("http://one.example/f", "One"),
        ("https://two.example/f", ""),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"<rss/>", b"not xml", b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///x">]><opml>&a;</opml>']
)
def test_what_is_no_list_is_refused(data):
    with pytest.raises(FeedUnreadable) as refused:
        read_opml(data)
    assert refused.value.reason == "no feed list"


def found(html, url="http://wire.example/news/"):
    page = Page(requested_url=url, final_url=url, body=html.encode())
    return [(feed.url, feed.source, feed.title) for feed in links_to_feeds(page)]


def test_the_head_of_a_page_names_its_feeds():
    assert found("""<head><link rel="alternate" type="application/rss+xml" title="World" href="/world.rss">
      <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom"><link rel=feed href="https://other.example/f">
      <link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/json+oembed" href="/o">
      <link rel=stylesheet href="/rss.css"></head>""") == [
        ("http://wire.example/world.rss", "link", "World"), ("http://wire.example/news/atom", "link", ""),
        ("https://other.example/f", "link", ""),
    ]  # fmt: skip


def test_links_in_the_text_come_after_those_of_the_head_and_only_once():
    html = """<a href="/rss/all">All <b>news</b></a><a href="/feed">x</a><a href="/pressfeeder">no</a><a href="/story?format=rss">y</a>
      <a href="mailto:rss@wire.example">z</a><link rel=alternate type=application/rss+xml href="/feed">"""
    assert [url for url, _, _ in found(html)] == [
        "http://wire.example/feed",
        "http://wire.example/rss/all",
        "http://wire.example/story?format=rss",
    ]


def test_a_base_is_heeded_and_a_broken_page_harmless():
    assert found('<base href="http://cdn.example/x/"><link rel=feed href=f>')[0][0] == "http://cdn.example/x/f"
    assert found("") == found("<!-- -->") == found("\x00") == []
    assert found('<a href="http://[/rss">x</a>') == []


def test_an_address_for_feed_readers_is_a_web_address():
    """`feed:` before it or in place of its scheme is what browsers once opened readers by."""
    urls = (
        "feed://wire.example/rss",
        "feed:https://wire.example/atom",
        " FEED:http://wire.example/x ",
        "feed:x",
        "ftp://w.example/",
    )
    listed = "".join(f'<outline xmlUrl="{url}"/>' for url in urls)
    found = read_opml(f"<opml><body>{listed}</body></opml>".encode())
    assert [feed.url for feed in found] == [
        "http://wire.example/rss",
        "https://wire.example/atom",
        "http://wire.example/x",
    ]


def test_robots_txt_names_sitemaps():
    text = "User-agent: *\nSITEMAP: http://wire.example/news.xml\nsitemap:/s2.xml # x\nSitemap: http://wire.example/news.xml\nDisallow: /sitemap:x"
    assert [feed.url for feed in sitemaps_of_robots(text, "http://wire.example/robots.txt")] == [
        "http://wire.example/news.xml", "http://wire.example/s2.xml",
    ]  # fmt: skip


def test_common_paths_are_tried_at_the_root():
    urls = [feed.url for feed in common_paths("https://wire.example/section/page")]
    assert urls[0] == "https://wire.example/feed"
    assert len(urls) == len(set(urls))
