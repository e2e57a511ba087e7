"""Feeds of every format are read as far as they go; what is no feed says what it is instead."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecopy.errors import FeedUnreadable
from wirecopy.model import Doubt, Enclosure, Page
from wirecopy.parse import read_feed

FEED = "http://wire.example/feeds/world.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Test Wire</title><link>http://wire.example/</link><language>en-gb</language><ttl>15</ttl>
<skipHours><hour>2</hour><hour>0</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<atom:link rel="self" href="world.xml"/><atom:link rel="next" href="?page=2"/>
<item><title>Harbour &amp;amp; ferries &lt;i&gt;reopen&lt;/i&gt;</title><link>../story/1.html</link>
<guid isPermaLink="false">tw-1</guid><pubDate>Mon, 02 Mar 2026 10:00:00 IST</pubDate><dc:creator>Ann Lee</dc:creator>
<dc:creator>Jo Doe</dc:creator><category domain="x">World</category><category>Sea</category>
<enclosure url="/pictures/1.jpg" type="image/jpeg" length="1200"/><source url="http://other.example/">Other Wire</source>
<description>&lt;p&gt;The harbour reopened.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The harbour reopened on Monday, and the ferries sail.</p>]]></content:encoded></item>
</channel></rss>"""


def feed(body, *, content_type=None, url=FEED, final=None):
    headers = (("Content-Type", content_type),) if content_type else ()
    data = body.encode() if isinstance(body, str) else body
    return read_feed(Page(requested_url=url, final_url=final or url, body=data, headers=headers))


def item(inner, wrap='<rss version="2.0"><channel><title>T</title>{}</channel></rss>'):
    (entry,) = feed(wrap.format(f"<item>{inner}</item>")).entries
    return entry


def reason(body, **options):
    with pytest.raises(FeedUnreadable) as refused:
        feed(body, **options)
    assert refused.value.subject == FEED
    return refused.value.reason


def test_everything_that_an_rss_feed_says_is_kept():
    content = feed(RSS, content_type="application/rss+xml")
    assert (content.kind, content.title, content.link, content.language) == (
        "rss",
        "Test Wire",
        "http://wire.example/",
        "en-gb",
    )
    assert (content.ttl_minutes, content.skip_hours, content.skip_days) == (15, (0, 2), (6,))
    assert (content.self_url, content.older_url) == (FEED, FEED + "?page=2")
    assert content.doubts == ()
    (entry,) = content.entries
    assert (entry.feed_url, entry.position, entry.guid) == (FEED, 0, "tw-1")
    assert entry.link == "http://wire.example/story/1.html"
    assert entry.headline == "Harbour & ferries reopen"
    assert entry.summary_html == "<p>The harbour reopened.</p>"
    assert entry.content_html == "<p>The harbour reopened on Monday, and the ferries sail.</p>"
    assert entry.authors == ("Ann Lee", "Jo Doe")
    assert entry.credit == "Other Wire"
    assert entry.published_raw == "Mon, 02 Mar 2026 10:00:00 IST"
    assert entry.updated_raw is None
    assert entry.categories == ("World", "Sea")
    assert entry.enclosures == (Enclosure("http://wire.example/pictures/1.jpg", "image/jpeg", 1200),)
    assert entry.image_url == "http://wire.example/pictures/1.jpg"


def test_atom_with_its_bases_types_and_both_dates():
    content = feed("""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://wire.example/a/" xml:lang="de">
      <title type="html">Test &amp;amp; Wire</title><link rel="self" href="/feed"/><link rel="prev-archive" href="old.xml"/>
      <entry xml:base="b/"><id>tag:wire.example,2026:1</id><title type="text">3 &lt; 5</title><link href="1"/>
      <published>2026-03-02T10:00:00+01:00</published><updated>2026-03-02T11:00:00+01:00</updated>
      <author><name>Ann Lee</name></author><category term="sea" label="Sea"/><rights>All</rights>
      <summary type="text">A &lt; B\n\nNext</summary>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Full <b>text</b></p></div></content></entry></feed>""")
    assert (content.kind, content.title, content.language) == ("atom", "Test & Wire", "de")
    assert (content.self_url, content.older_url) == ("http://wire.example/feed", "http://wire.example/a/old.xml")
    (entry,) = content.entries
    assert (entry.guid, entry.link, entry.headline) == ("tag:wire.example,2026:1", "http://wire.example/a/b/1", "3 < 5")
    assert (entry.published_raw, entry.updated_raw) == ("2026-03-02T10:00:00+01:00", "2026-03-02T11:00:00+01:00")
    assert (entry.authors, entry.categories, entry.rights) == (("Ann Lee",), ("Sea",), "All")
    assert entry.summary_html == "<p>A &lt; B</p><p>Next</p>"
    assert entry.content_html == "<p>Full <b>text</b></p>"


def test_an_atom_entry_without_publication_has_none():
    (entry,) = feed("""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id>
      <updated>2026-03-02T11:00:00Z</updated></entry></feed>""").entries
    assert (entry.published_raw, entry.updated_raw) == (None, "2026-03-02T11:00:00Z")


def test_rdf_with_its_syndication_module():
    content = feed("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel rdf:about="http://wire.example/"><title>T</title><sy:updatePeriod>daily</sy:updatePeriod>
      <sy:updateFrequency>4</sy:updateFrequency></channel><item rdf:about="http://wire.example/1"><title>One</title>
      <link>http://wire.example/1</link><dc:date>2026-03-02T10:00+09:00</dc:date></item></rdf:RDF>""")
    assert (content.kind, content.ttl_minutes) == ("rdf", 360)
    assert (content.entries[0].link, content.entries[0].published_raw) == (
        "http://wire.example/1",
        "2026-03-02T10:00+09:00",
    )


JSON = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Test Wire", "home_page_url": "/", "feed_url": "world.json",
    "next_url": "?page=2", "language": "fr", "authors": [{"name": "Desk"}],
    "items": [
        {"id": 7, "url": "/1", "title": "One", "content_text": "First <b>.\n\nSecond.", "date_published": "2026-03-02T10:00:00Z",
         "date_modified": "2026-03-02T11:00:00Z", "tags": ["sea", 3], "image": "/i.png", "author": {"name": "Ann Lee"},
         "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}, {"mime_type": "x"}, 4]},
        {"id": "http://wire.example/2", "content_html": "<p>Two</p>", "summary": "S", "authors": "odd"},
    ],
}  # fmt: skip


def test_json_feeds_with_numbers_for_ids_and_texts_for_html():
    content = feed(json.dumps(JSON))
    assert (content.kind, content.title, content.language, content.link) == (
        "json",
        "Test Wire",
        "fr",
        "http://wire.example/",
    )
    assert content.older_url == FEED + "?page=2"
    one, two = content.entries
    assert (one.guid, one.link, one.headline) == ("7", "http://wire.example/1", "One")
    assert one.content_html == "<p>First &lt;b&gt;.</p><p>Second.</p>"
    assert (one.published_raw, one.updated_raw) == ("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z")
    assert (one.authors, two.authors, one.categories) == (("Ann Lee",), ("Desk",), ("sea",))
    assert one.enclosures == (Enclosure("http://wire.example/a.mp3", "audio/mpeg", 9),)
    assert (two.link, two.content_html, two.summary_html) == ("http://wire.example/2", "<p>Two</p>", "<p>S</p>")


def test_half_characters_in_json_become_whole_ones():
    (entry,) = feed('{"items": [{"id": "\\ud83d", "title": "\\ud83d\\ude00", "tags": ["\\udc00x"]}]}').entries
    assert (entry.guid, entry.headline, entry.categories) == ("\ufffd", "\U0001f600", ("\ufffdx",))


def test_a_json_feed_that_breaks_off_is_read_up_to_there():
    content = feed(json.dumps(JSON)[:-60])
    assert [entry.guid for entry in content.entries] == ["7"]
    assert content.doubts[0].code == "malformed feed"


SITEMAP = """<?xml version="1.0"?><!-- news --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://wire.example/1 </loc><lastmod>2026-03-02</lastmod><news:news><news:publication><news:name>Test Wire</news:name>
<news:language>de</news:language></news:publication><news:publication_date>2026-03-02T10:00:00Z</news:publication_date>
<news:title>Harbour reopens</news:title><news:keywords>sea, ferry,, sea</news:keywords></news:news>
<image:image><image:loc>/1.jpg</image:loc></image:image></url><url><loc>/2</loc></url><url><lastmod>x</lastmod></url></urlset>"""


def test_a_news_sitemap_gives_entries():
    content = feed(SITEMAP)
    assert content.kind == "sitemap"
    one, two, three = content.entries
    assert (one.link, one.headline, one.credit, one.language) == (
        "http://wire.example/1",
        "Harbour reopens",
        "Test Wire",
        "de",
    )
    assert (one.published_raw, one.updated_raw) == ("2026-03-02T10:00:00Z", "2026-03-02")
    assert (one.categories, one.image_url) == (("sea", "ferry"), "http://wire.example/1.jpg")
    assert (two.link, two.headline) == ("http://wire.example/2", None)
    assert three.link is None


def test_a_sitemap_index_gives_children_and_may_come_as_a_gzip_file():
    text = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://wire.example/s1.xml.gz</loc>
      <lastmod>2026-03-02</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>"""
    for body in (text.encode(), gzip.compress(text.encode())):
        content = feed(body)
        assert content.kind == "sitemap index"
        assert content.children == ("http://wire.example/s1.xml.gz", "http://wire.example/s2.xml")
        assert content.entries == ()


def test_a_sitemap_that_breaks_off_is_read_up_to_there():
    content = feed(SITEMAP[: SITEMAP.index("<url><loc>/2") + 8])
    assert [entry.link for entry in content.entries] == ["http://wire.example/1"]
    assert content.doubts[0].code == "malformed feed"


@pytest.mark.parametrize("cut", [0.45, 0.7, 0.99])
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(cut):
    many = RSS.replace(
        "</channel></rss>", "".join(f"<item><guid>{n}</guid><title>N {n}</title></item>" for n in range(40))
    )
    content = feed(many[: int(len(many) * cut)])
    assert content.entries[0].guid == "tw-1"
    assert "malformed feed" in {doubt.code for doubt in content.doubts}


@pytest.mark.parametrize("spoil", [
    lambda text: text.replace("</item>", ""), lambda text: text.replace("<channel>", "<channel><br>"),
    lambda text: text.replace("reopened.", "reopened & more."), lambda text: text.replace("Test Wire", "Test \x02Wire"),
    lambda text: text + "<script>count()</script>", lambda text: "\n\n\ufeff " + text, lambda text: text.replace("xmlns:dc", "xmlns:dd"),
    lambda text: text.replace("Ann Lee", "Ann&nbsp;Lee"), lambda text: text.replace("Ann Lee", "Ann &#xD800;&#9999999999;Lee"),
])  # fmt: skip
def test_a_malformed_feed_still_gives_its_entry(spoil):
    (entry,) = feed(spoil(RSS)).entries
    assert (entry.guid, entry.link) == ("tw-1", "http://wire.example/story/1.html")


def test_entries_may_lack_everything():
    assert item("").guid is None
    bare = item("<description>Only a text</description>")
    assert (bare.link, bare.headline, bare.published_raw, bare.summary_html) == (None, None, None, "Only a text")
    assert item("<guid>http://wire.example/9</guid>").link == "http://wire.example/9"
    assert item('<guid isPermaLink="false">http://wire.example/9</guid>').link is None
    assert item("<link>javascript:alert(1)</link>").link is None
    assert item("<link>http://[broken/</link>").link is None


def test_an_entry_gives_its_dublin_core_date_where_it_has_no_other():
    dublin = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{}</channel></rss>'
    entry = item("<dc:date>2026-03-02</dc:date>", dublin)
    assert (entry.published_raw, entry.updated_raw) == ("2026-03-02", None)


def test_addresses_are_meant_against_where_the_feed_was_found():
    text = '<rss version="2.0"><channel><item><link>a.html</link></item></channel></rss>'
    assert feed(text, final="http://other.example/x/f").entries[0].link == "http://other.example/x/a.html"
    assert feed(text, final="http://other.example/x/f").entries[0].feed_url == FEED


@pytest.mark.parametrize(("encoding", "declared", "header"), [
    ("iso-8859-15", 'encoding="iso-8859-15"', None), ("windows-1251", 'encoding="windows-1251"', None), ("utf-8", "", None),
    ("utf-16", "", None), ("utf-8", 'encoding="iso-8859-1"', None), ("windows-1251", "", "text/xml; charset=windows-1251"),
    ("shift_jis", "", "application/rss+xml; charset=Shift_JIS"), ("utf-8", 'encoding="utf-8"', "text/plain"),
])  # fmt: skip
def test_feeds_come_in_many_encodings(encoding, declared, header):
    words = {"windows-1251": "Гавань снова открыта", "shift_jis": "港が再開した"}.get(encoding, "Häfen öffnen wieder")
    text = f'<?xml version="1.0" {declared}?><rss version="2.0"><channel><title>T</title><item><title>{words}</title></item></channel></rss>'
    assert feed(text.encode(encoding), content_type=header).entries[0].headline == words


@pytest.mark.parametrize("body", [
    "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/feed", "feed:http://127.0.0.1:1/", "https://wire.example/feed.xml",
    "pyproject.toml", "ftp://127.0.0.1/x", "plain words", "42", '"text"', "<opml version='2.0'/>",
])  # fmt: skip
def test_a_body_that_is_no_feed_is_not_one_and_nothing_it_names_is_opened(body, tmp_path, monkeypatch):
    """A real feed lies where the body points; reading it would give entries."""
    (tmp_path / "pyproject.toml").write_text(RSS)
    monkeypatch.chdir(tmp_path)
    import socket

    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was made"))
    assert reason(body) in {"no feed", "feed unreadable"}


@pytest.mark.parametrize(("body", "word"), [
    ("", "empty"), ("  \n", "empty"), ("\ufeff", "empty"), ("<!doctype html><html><body>News</body></html>", "html page"),
    ("<html><form><input name=p type=password></form></html>", "login page"),
    ("<!-- x --><HTML><HEAD></HEAD>", "html page"), ('{"error": "no such feed"}', "no feed"), ("[1, 2]", "no feed"),
    ('{"items": 3}', "no feed"), (gzip.compress(b"\0" * 60_000_000), "too large"), (b"\x1f\x8bnonsense", "feed unreadable"),
])  # fmt: skip
def test_what_stands_where_the_feed_was_is_named(body, word):
    assert reason(body) == word


BOMBS = [
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>',
    f'<!DOCTYPE x [<!ENTITY a "{"ha" * 5000}">]>',
]


@pytest.mark.parametrize("doctype", BOMBS)
@pytest.mark.parametrize(
    "root",
    ['<rss version="2.0"><channel><title>&a;</title></channel></rss>', "<urlset><url><loc>&a;</loc></url></urlset>"],
)
def test_entities_that_swell_or_reach_out_are_refused(doctype, root):
    assert reason(f'<?xml version="1.0"?>{doctype}{root}') == "entities"


def test_harmless_entities_are_text():
    text = '<!DOCTYPE rss [<!ENTITY co "Test Co">]><rss version="2.0"><channel><title>&co;&nbsp;&eacute;</title></channel></rss>'
    assert feed(text).title == "Test Co é"


@pytest.mark.parametrize("inner", [
    '<georss:polygon xmlns:georss="http://www.georss.org/georss">1 2 x</georss:polygon>', '<link xml:base="http://[/">a</link>',
    '<x:y:z xmlns:x="y"/>', "<media:content><media:credit/></media:content>", '<enclosure url="" length="many"/>',
    '<content type="application/octet-stream" mode="base64">%%%</content>',
])  # fmt: skip
def test_what_breaks_parsers_does_not_break_the_feed(inner):
    assert item(f"<title>Harbour reopens</title>{inner}").headline == "Harbour reopens"


@pytest.mark.parametrize(("head", "expected"), [
    ("<ttl>0</ttl>", (None, (), ())), ("<ttl>soon</ttl>", (None, (), ())), ("<ttl> 60 </ttl>", (60, (), ())),
    ("<skipHours><hour>24</hour><hour>99</hour></skipHours>", (None, (0,), ())),
    ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", (None, (), ())),
    ("<skipDays><day>monday</day><day>Caturday</day></skipDays>", (None, (), (0,))),
    ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", (30, (), ())),
    ("<sy:updatePeriod>\nhourly </sy:updatePeriod>", (60, (), ())), ("<sy:updatePeriod>now</sy:updatePeriod>", (None, (), ())),
])  # fmt: skip
def test_the_rhythm_a_feed_asks_for(head, expected):
    content = feed(
        f'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>{head}</channel></rss>'
    )
    assert (content.ttl_minutes, content.skip_hours, content.skip_days) == expected


def test_a_feed_without_entries_is_a_feed():
    assert feed('<rss version="2.0"><channel><title>Quiet</title></channel></rss>').entries == ()
    assert feed("<rss><channel/></rss>").entries == ()


TOKENS = st.sampled_from([
    "<item>", "</item>", "<title>", "<![CDATA[", "]]>", "&#xD800;", "&bogus;", "http://[", "<svg>", "<div>", 'xml:base="//["', "<link/>",
    "<georss:point>x</georss:point>", "\x00", "<!--", '{"items":[', "<url><loc>", "é", "<!DOCTYPE x [", "\ud7ff", " encoding='utf-7'",
])  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    base=st.sampled_from([RSS, SITEMAP, json.dumps(JSON)]),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), TOKENS), max_size=5),
)
def test_no_feed_whatever_is_in_it_ends_in_anything_but_a_feed_or_a_reason(base, edits):
    text = base
    for where, drop, token in edits:
        at = int(where * len(text))
        text = text[:at] + token + text[at + drop :]
    content = attempt(text)
    if isinstance(content, FeedUnreadable):
        assert content.reason
        return
    assert all(isinstance(doubt, Doubt) for doubt in content.doubts)
    assert [entry.position for entry in content.entries] == list(range(len(content.entries)))
    links = [entry.link for entry in content.entries if entry.link]
    assert all(link.startswith(("http://", "https://")) for link in links)


def attempt(text):
    try:
        return feed(text)
    except FeedUnreadable as err:
        return err
