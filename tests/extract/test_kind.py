"""Pages that are no article say what they are; doubtful ones with a real text come back with a doubt."""

import pytest

from wirecopy.errors import ArticleMissing
from wirecopy.extract import extract
from wirecopy.model import Page

SENTENCE = "The council voted on Monday to keep the old ferry running until the bridge across the river is open again. "
TEXT = "".join(f"<p>{SENTENCE} Item {n} on the list was put off.</p>" for n in range(8))
LINKS = "".join(
    f'<li><a href="/news/{n}">A headline of another report that stands on this page, number {n}</a></li>'
    for n in range(40)
)
TEASERS = "".join(
    f'<div><h3><a href="/news/{n}">A headline of another report, number {n}</a></h3><p>{SENTENCE}</p></div>'
    for n in range(9)
)


def read(body, url="https://www.example.org/news/2025/ferry-stays-123", status=200):
    return extract(
        Page(requested_url=url, final_url=url, body=f"<html><body>{body}</body></html>".encode(), status=status)
    )


def ld(kind, more=""):
    return f'<script type="application/ld+json">{{"@type":"{kind}","headline":"Ferry stays"{more}}}</script>'


REFUSED = [
    ("a server's error", f"<h1>Sorry</h1>{TEXT}", {"status": 503}, "error page"),
    (
        "a missing page",
        "<title>404 Not Found</title><h1>Page not found</h1><p>We could not find what you asked for.</p>",
        {},
        "error page",
    ),
    (
        "a bot wall",
        "<title>Just a moment...</title><p>Checking your browser before you reach the site, please wait.</p>",
        {},
        "error page",
    ),
    ("a home page", f"<h1>Example</h1><ul>{LINKS}</ul>{TEXT}", {"url": "https://www.example.org/"}, "index page"),
    (
        "a section",
        f"{ld('CollectionPage')}<h1>Politics</h1><ul>{LINKS}</ul>",
        {"url": "https://www.example.org/politics"},
        "index page",
    ),
    (
        "a list of links",
        f"<h1>Politics</h1><ul>{LINKS}</ul>",
        {"url": "https://www.example.org/politics"},
        "index page",
    ),
    (
        "a section of teasers",
        f"<h1>Politics</h1>{TEASERS}",
        {"url": "https://www.example.org/politics"},
        "index page",
    ),
    ("a video", f"{ld('VideoObject')}<h1>Watch the ferry leave</h1><p>{SENTENCE}</p>", {}, "video page"),
    (
        "a video by its address",
        f"<h1>Watch the ferry leave</h1><p>{SENTENCE}</p>",
        {"url": "https://www.example.org/video/ferry-1"},
        "video page",
    ),
    ("a gallery", f"{ld('ImageGallery')}<h1>The ferry in pictures</h1><p>{SENTENCE}</p>", {}, "gallery"),
    ("a short live blog", f"{ld('LiveBlogPosting')}<h1>Live: the ferry debate</h1><p>{SENTENCE}</p>", {}, "live blog"),
    ("a page of a single word", "<h1>Ferry</h1><p>Soon.</p>", {}, "no text"),
]


@pytest.mark.parametrize(("body", "more", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_article_says_what_it_is(body, more, reason):
    with pytest.raises(ArticleMissing) as caught:
        read(body, **more)
    assert caught.value.reason == reason


DOUBTFUL = [
    ("a video page with a full story", f"{ld('VideoObject')}<h1>Ferry stays</h1>{TEXT}", {}, "video_page"),
    (
        "a story amid links that nothing names an article",
        f"<ul>{LINKS}</ul><h1>Ferry stays</h1>{TEXT}",
        {},
        "index_page",
    ),
    ("a gallery with a full story", f"{ld('ImageGallery')}<h1>Ferry stays</h1>{TEXT}", {}, "gallery"),
]


@pytest.mark.parametrize(("body", "more", "code"), [row[1:] for row in DOUBTFUL], ids=[row[0] for row in DOUBTFUL])
def test_a_real_text_on_another_kind_of_page_is_doubtful(body, more, code):
    article = read(body, **more)
    assert article.body.count("\n\n") == 7
    assert [doubt.code for doubt in article.doubts] == [code]


def test_a_live_blog_gives_its_opening_report_alone():
    updates = [
        {"@type": "BlogPosting", "articleBody": f"At {n} o'clock the speaker called the next member to the desk."}
        for n in range(9)
    ]
    script = ld("LiveBlogPosting", f', "liveBlogUpdate": {__import__("json").dumps(updates)}')
    entries = "".join(
        f"<div class=entry><time>0{n}:00</time><p>{entry['articleBody']}</p></div>" for n, entry in enumerate(updates)
    )
    article = read(f"{script}<h1>Ferry stays</h1><div>{TEXT}</div>{entries}")
    assert article.body.count("\n\n") == 7
    assert "next member" not in article.body
    assert [doubt.code for doubt in article.doubts] == ["live_blog"]


def test_a_live_blog_of_nothing_but_entries_is_set_aside():
    updates = [
        {
            "@type": "BlogPosting",
            "articleBody": f"At {n} o'clock the speaker called the next member to the desk, who spoke for long.",
        }
        for n in range(19)
    ]
    script = ld("LiveBlogPosting", f', "liveBlogUpdate": {__import__("json").dumps(updates)}')
    entries = "".join(f"<p>{entry['articleBody']}</p>" for entry in updates)
    with pytest.raises(ArticleMissing) as caught:
        read(f"{script}<h1>Ferry stays</h1><div>{entries}</div>")
    assert caught.value.reason == "live blog"


def test_an_article_with_a_video_in_it_is_no_video_page():
    script = '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Ferry stays","video":{"@type":"VideoObject"}}]</script>'
    assert read(f"{script}<h1>Ferry stays</h1>{TEXT}").doubts == ()


WALLED = [
    (
        "said in JSON-LD",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry stays","isAccessibleForFree":"False"}</script>',
        TEXT[:700],
        True,
    ),
    (
        "said on the page",
        "",
        f"{TEXT[:700]}<div class=wall><p>Subscribe now to continue reading this article and all others.</p></div>",
        True,
    ),
    ("cut off by dots", "", f"<p>{SENTENCE}</p><p>{SENTENCE}</p><p>The mayor said that …</p>", True),
    (
        "free",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry stays","isAccessibleForFree":true}</script>',
        TEXT,
        False,
    ),
    ("silent", "", TEXT, False),
]


@pytest.mark.parametrize(("script", "text", "truncated"), [row[1:] for row in WALLED], ids=[row[0] for row in WALLED])
def test_a_text_behind_a_wall_is_flagged(script, text, truncated):
    assert read(f"{script}<h1>Ferry stays</h1><div class=text>{text}</div>").truncated is truncated


def test_a_page_whose_address_is_a_query_is_no_home_page():
    assert read(f"<h1>Ferry stays</h1>{TEXT}", url="https://www.example.org/?p=118").doubts == ()


def test_a_short_report_in_the_section_for_videos_is_a_report():
    assert read(
        f"{ld('NewsArticle')}<h1>Ferry stays</h1><p>{SENTENCE}</p>", url="https://www.example.org/tv/ferry-1"
    ).body
