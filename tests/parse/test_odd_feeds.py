"""What feeds of the world get wrong, or say in words of their own, is read as it was meant."""

import pytest

from wirecopy.errors import FeedUnreadable
from wirecopy.model import FeedEntry, Page
from wirecopy.normalise.entry import article_of_entry, full_text
from wirecopy.parse import read_feed

URL = "https://wire.example/rss/news.xml"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "media": "http://search.yahoo.com/mrss/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "yandex": "http://news.yandex.ru",
    }.items()
)


def read(body, kind="application/rss+xml"):
    page = Page(
        requested_url=URL, final_url=URL, body=body.encode(), headers=(("Content-Type", f"{kind}; charset=utf-8"),)
    )
    return read_feed(page)


def first(item):
    return read(f'<rss version="2.0" {NAMES}><channel><title>T</title><item>{item}</item></channel></rss>').entries[0]


PICTURE = '<media:content url="/i.jpg" medium="image"><media:title>Quay</media:title><media:description>The quay on Monday</media:description><media:credit>A. Lens</media:credit></media:content>'


@pytest.mark.parametrize("order", ["{text}{picture}", "{picture}{text}"])
def test_a_caption_is_neither_headline_nor_text(order):
    text = "<title>Port shut</title><description>Ships wait outside.</description>"
    entry = first(order.format(text=text, picture=PICTURE))
    assert (entry.headline, entry.summary_html, entry.content_html) == ("Port shut", "Ships wait outside.", None)
    assert (entry.image_url, entry.credit) == ("https://wire.example/i.jpg", "A. Lens")


def test_a_picture_within_an_item_keeps_its_title_to_itself():
    entry = first("<title>Port shut</title><image><url>/i.png</url><title>Quay</title><link>/q</link></image>")
    assert (entry.headline, entry.link, entry.image_url) == ("Port shut", None, "https://wire.example/i.png")
    assert first("<title>Port shut</title><image>/i.png</image>").image_url == "https://wire.example/i.png"


def test_a_second_summary_is_no_full_text():
    entry = first("<description>One.</description><itunes:summary>One, in other words.</itunes:summary>")
    assert (entry.summary_html, entry.content_html) == ("One.", None)
    assert first("<itunes:summary>Only here</itunes:summary>").summary_html == "<p>Only here</p>"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("desk@news.agency (Ann Lee)", ("Ann Lee",)),
        ("Ann Lee &lt;ann@news.media&gt;", ("Ann Lee",)),
        ("ann@news.com (Ann Lee)", ("Ann Lee",)),
        ("desk@news.agency", ()),
        ("desk@news.com", ()),
        ("Ann Lee", ("Ann Lee",)),
    ],
)
def test_a_mail_address_is_no_name(author, name):
    assert first(f"<author>{author}</author>").authors == name


def test_the_address_of_a_story_is_that_of_the_story():
    clicks = "<link>http://feedproxy.example/~r/1</link><feedburner:origLink>https://w.example/1</feedburner:origLink>"
    assert first(clicks).link == "https://w.example/1"
    assert first("<guid>2026-0302-17</guid>").link is None
    assert first("<link>/a/1</link><guid>/a/1</guid>").link == "https://wire.example/a/1"
    assert first("<guid>https://w.example/2</guid>").link == "https://w.example/2"


def test_ampersands_may_stand_for_themselves():
    entry = first("<title>AT&T and R&D caf&eacute; <![CDATA[& more]]></title><link>/s?a=1&b=2&copy=3</link>")
    assert (entry.headline, entry.link) == ("AT&T and R&D café & more", "https://wire.example/s?a=1&b=2&copy=3")


def test_tags_that_do_not_match_cost_no_entry():
    broken = "<rss version='2.0'><channel><item><title>One</titel><link>http://w.example/1</link></item><item><title>Two</title></item></channel></rss>"
    content = read(broken)
    assert [(entry.headline, entry.link) for entry in content.entries] == [("One", "http://w.example/1"), ("Two", None)]
    assert [doubt.code for doubt in content.doubts] == ["malformed feed"]


def test_whole_texts_stand_in_elements_of_many_names():
    for element in ("content:encoded", "yandex:full-text", "fulltext"):
        assert "Whole" in first(f"<title>t</title><{element}>&lt;p&gt;Whole&lt;/p&gt;</{element}>").content_html


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {names}><url><loc>https://w.example/1</loc>
<image:image><image:loc>/i.jpg</image:loc><image:title>Quay</image:title></image:image>
<news:news><news:publication><news:name>The W</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-02</news:publication_date><news:title>Port shut</news:title></news:news></url></urlset>"""


@pytest.mark.parametrize(
    "names",
    [
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
        "",
    ],
)
def test_a_sitemap_tells_news_from_pictures_whether_it_declares_them_or_not(names):
    (entry,) = read(SITEMAP.format(names=names), "text/xml").entries
    assert (entry.headline, entry.published_raw, entry.credit) == ("Port shut", "2026-03-02", "The W")
    assert entry.image_url == "https://wire.example/i.jpg"


def test_a_title_of_json_is_one_line_of_text_though_escaped():
    """Plain text by the book, but what writes such feeds hands on what it has for web pages."""
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Port&#8217;s \\n AT&amp;T line"}]}'
    assert [entry.headline for entry in read(feed, "application/json").entries] == ["Port’s AT&T line"]


def test_a_wire_file_is_no_web_page():
    """Its element for the text has the name of one of HTML."""
    with pytest.raises(FeedUnreadable) as caught:
        read("<?xml version='1.0'?><nitf><body><body.content><p>Text</p></body.content></body></nitf>", "text/xml")
    assert caught.value.reason == "no feed"


def test_the_sitemaps_of_an_index_come_with_the_latest_first():
    listed = "".join(
        f"<sitemap><loc>/{name}.xml</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, day in (("old", "2019-01-01"), ("undated", ""), ("today", "2026-03-02T10:00:00Z"))
    )
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    content = read(f"<sitemapindex {namespace}>{listed}</sitemapindex>", "text/xml")
    assert [child.rpartition("/")[2] for child in content.children] == ["today.xml", "old.xml", "undated.xml"]


def test_a_list_of_feeds_is_no_web_page():
    with pytest.raises(Exception, match="neither RSS"):
        read('<opml version="2.0"><body><outline xmlUrl="http://x.example/"/></body></opml>', "text/xml")


LONG = "<p>Ships wait outside the port, and no one can say for how long.</p>" * 12


@pytest.mark.parametrize(
    ("content", "summary", "whole"),
    [
        ("<p>Ships wait outside the port today.</p>", "Ships wait.", True),
        ("<p>Ships wait outside […]</p>", "Ships wait.", False),
        ("<p>Ships wait outside... Read more</p>", None, False),
        ("<p>Ships wait outside.</p>", "Ships wait outside.", False),
        ("<img src='/i.jpg'>", "Ships wait outside.", False),
        (LONG, LONG, True),
        (None, LONG, False),
    ],
)
def test_a_whole_text_is_told_from_a_teaser(content, summary, whole):
    entry = FeedEntry(feed_url=URL, position=0, link="https://w.example/1", content_html=content, summary_html=summary)
    assert bool(full_text(entry)) == whole


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("AT&amp;amp;T &amp;#8216;to close&amp;#8217; shops", "AT&T ‘to close’ shops"),
        ("Port &amp;lt;i&amp;gt;shut&amp;lt;/i&amp;gt;", "Port shut"),
        ("<![CDATA[Port &lt;strong&gt;shut&lt;/strong&gt; &amp;amp; quiet]]>", "Port shut & quiet"),
        ("Profits &amp;lt; forecasts, love &amp;lt;3", "Profits < forecasts, love <3"),
    ],
)
def test_a_title_that_was_escaped_twice_is_read_twice(title, headline):
    assert first(f"<title>{title}</title>").headline == headline
    assert read(SITEMAP.format(names="").replace("Port shut", title), "text/xml").entries[0].headline == headline


def test_a_text_that_was_escaped_twice_is_read_twice():
    """Where its tags are all spelt out; one that quotes a tag amid markup means what it says."""
    assert (
        first("<description>&amp;lt;p&amp;gt;Boats stay.&amp;lt;/p&amp;gt;</description>").summary_html
        == "<p>Boats stay.</p>"
    )
    quoted = first("<description>&lt;p&gt;The tag &amp;lt;b&amp;gt; is bold.&lt;/p&gt;</description>").summary_html
    assert quoted == "<p>The tag &lt;b&gt; is bold.</p>"


def test_an_aggregator_prints_the_source_behind_the_headline():
    """Only what stands in a field of its own is taken off."""
    source = '<source url="https://sea.example">The Daily Sea</source>'
    assert first(f"<title>Port shut - again - The Daily Sea</title>{source}").headline == "Port shut - again"
    assert first(f"<title>Port shut - again</title>{source}").headline == "Port shut - again"
    assert first(f"<title> - The Daily Sea</title>{source}").headline


@pytest.mark.parametrize(
    ("item", "picture"),
    [
        ('<media:group><media:content url="/s.jpg" type="image/jpeg" width="100"/><media:content url="/l.jpg" type="image/jpeg" width="900"/></media:group>', "l.jpg"),
        ('<media:content url="/a.jpg" medium="image" isDefault="true"/><media:content url="/b.jpg" medium="image" width="9"/>', "a.jpg"),
        ('<media:content url="/v.mp4" type="video/mp4" width="900"/><media:thumbnail url="/t.jpg"/>', "t.jpg"),
        ('<description>&lt;img src="/dot.gif" width="1" height="1"/&gt;&lt;img src="/d.jpg?a=1&amp;amp;b=2"/&gt; Boats stay.</description>', "d.jpg?a=1&b=2"),
    ],
)  # fmt: skip
def test_the_picture_of_an_entry_is_its_default_or_widest_or_the_first_in_its_text(item, picture):
    assert first(item).image_url == f"https://wire.example/{picture}"


@pytest.mark.parametrize(
    "line",
    [
        "The post <a>Port shut</a> appeared first on <a>Sea News</a>.",
        "Der Beitrag Hafen zu erschien zuerst auf See-Blick.",
        "L’article Le port fermé est apparu en premier sur Mer.",
        "La entrada El puerto cerrado se publicó primero en Mar.",
        "Сообщение Порт закрыт появились сначала на Море.",
    ],
)
def test_the_line_of_a_blogs_software_is_no_text(line):
    """A last paragraph that tells where the post first appeared, in any language of WordPress."""
    text = "<p>Boats stayed in port on Tuesday.</p><p>The ferry first appeared in 1950.</p>"
    entry = FeedEntry(feed_url=URL, position=0, content_html=f"{text}<p>{line}</p>")
    assert article_of_entry(entry).body == "Boats stayed in port on Tuesday.\n\nThe ferry first appeared in 1950."
