"""What a page states about its article is found, however broken the statement."""

import json

import pytest

from wirecopy.extract import extract
from wirecopy.model import DateCandidate, NameCandidate, Page

SENTENCE = "The council voted on Monday to keep the old ferry running until the bridge across the river is open again. "
TEXT = "".join(f"<p>{SENTENCE} Item {n} on the list was put off.</p>" for n in range(6))
URL = "https://www.example.org/news/2025/ferry-stays-123"


def read(head="", body=f"<h1>Ferry stays another year</h1>{TEXT}", url=URL):
    html = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    return extract(Page(requested_url=url, final_url=url, body=html.encode()))


def script(raw):
    return f'<script type="application/ld+json">{raw if isinstance(raw, str) else json.dumps(raw)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry stays another year",
    "datePublished": "2025-03-18T09:42:00Z",
    "author": {"@type": "Person", "name": "Jane Doe"},
    "articleSection": "Local",
}

STATED = [
    ("plain", script(ARTICLE)),
    ("in an array", script([{"@type": "WebSite", "name": "Example"}, ARTICLE])),
    ("in a graph", script({"@graph": [{"@type": "Organization", "name": "Example"}, ARTICLE]})),
    ("with a full type", script({**ARTICLE, "@type": ["https://schema.org/NewsArticle", "Article"]})),
    (
        "author by reference",
        script(
            {
                "@graph": [
                    {**ARTICLE, "author": {"@id": "#jane"}},
                    {"@id": "#jane", "@type": "Person", "name": "Jane Doe"},
                ]
            }
        ),
    ),
    ("author as a list of strings", script({**ARTICLE, "author": ["Jane Doe"]})),
    ("nested in a page", script({"@type": "WebPage", "mainEntity": ARTICLE})),
    ("with loose commas", script(json.dumps(ARTICLE)[:-1] + ",}")),
    ("with raw line breaks", script(json.dumps(ARTICLE, indent=1).replace("another year", "another\\n year"))),
    ("in a comment", script(f"<!-- {json.dumps(ARTICLE)} -->")),
    ("in CDATA", script(f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>")),
    ("escaped as HTML", script(json.dumps(ARTICLE).replace('"', "&quot;"))),
    ("two values in one script", script(json.dumps({"@type": "WebSite"}) + json.dumps(ARTICLE))),
    ("cut off", script(json.dumps(ARTICLE)[:-1])),
    (
        "beside other articles",
        script(
            [
                {
                    **ARTICLE,
                    "headline": "Another story",
                    "url": "https://www.example.org/x",
                    "author": {"name": "John Roe"},
                },
                {**ARTICLE, "url": URL},
            ]
        ),
    ),
]


@pytest.mark.parametrize("head", [row[1] for row in STATED], ids=[row[0] for row in STATED])
def test_json_ld_is_read(head):
    article = read(head)
    assert article.headline == "Ferry stays another year"
    assert NameCandidate("Jane Doe", "json-ld") in article.names
    assert NameCandidate("John Roe", "json-ld") not in article.names
    assert DateCandidate("2025-03-18T09:42:00Z", "json-ld") in article.dates
    assert article.section == "Local"


def test_metas_links_and_microdata_are_read():
    article = read(
        '<meta property="article:published_time" content="2025-03-18T10:42:00+01:00"><meta name="author" content="Jane Doe">'
        '<meta property="article:author" content="https://www.example.org/by/jane"><meta property="article:section" content="Local">'
        '<meta name="keywords" content="ferry, bridge ,ferry"><meta property="og:image" content="/a.jpg"><link rel="canonical" href="/news/2025/ferry-stays-123">',
        f'<h1>Ferry stays another year</h1><span itemprop="dateModified" content="2025-03-19">yesterday</span>{TEXT}',
    )
    assert article.names == (NameCandidate("Jane Doe", "meta"),)
    assert article.dates[:2] == (
        DateCandidate("2025-03-18T10:42:00+01:00", "meta"),
        DateCandidate("2025-03-19", "microdata", "modified"),
    )
    assert (article.section, article.keywords) == ("Local", ("ferry", "bridge"))
    assert article.image_url == "https://www.example.org/a.jpg"
    assert article.canonical_url == URL
    assert article.language_raw == "en"


def test_printed_bylines_and_times_are_read():
    article = read(
        body=f'<h1>Ferry stays another year</h1><p class="byline">By <a rel="author">Jane Doe</a></p><time datetime="2025-03-18T09:42Z">today</time>{TEXT}'
    )
    assert article.names[0].raw in {"By Jane Doe", "Jane Doe"}
    assert article.dates[0] == DateCandidate("2025-03-18T09:42Z", "time")
    assert article.body.startswith("The council")


def test_authors_of_other_stories_are_no_candidates():
    others = "".join(
        f'<article class="teaser"><h3><a href="/{n}">Another story of the day</a></h3><span class="author">Other Name</span></article>'
        for n in range(3)
    )
    assert read(
        body=f"<article><h1>Ferry stays another year</h1><span class=author>Jane Doe</span>{TEXT}</article>{others}"
    ).names == (NameCandidate("Jane Doe", "visible"),)


def test_a_site_that_names_itself_as_author_comes_last():
    head = script(
        {
            **ARTICLE,
            "author": {"@type": "Organization", "name": "Example"},
            "publisher": {"@type": "Organization", "name": "Example"},
        }
    )
    article = read(f'{head}<meta name="author" content="Jane Doe">')
    assert [name.source for name in article.names] == ["meta", "json-ld publisher"]


TITLES = [
    ("the site after a bar", {"og": "Ferry stays another year | Example Post", "site": "Example Post"}),
    ("the site by its domain", {"og": "Ferry stays another year - example.org"}),
    ("the site and a word", {"og": "Ferry stays another year | Example News"}),
    ("the site in front", {"og": "Example: Ferry stays another year", "h1": "Ferry stays another year"}),
    (
        "the section behind",
        {"og": "Ferry stays another year", "h1": "Ferry stays another year", "ld": "Ferry stays another year | Local"},
    ),
    (
        "a kicker before the shared one",
        {
            "og": "Ferry stays another year",
            "h1": "Traffic: Ferry stays another year",
            "ld": "Traffic: Ferry stays another year",
        },
    ),
    (
        "one for search engines",
        {
            "og": "Bridge: what we know about the ferry",
            "title": "Bridge: what we know about the ferry",
            "h1": "Ferry stays another year",
            "ld": "Ferry stays another year",
        },
    ),
    ("one cut off", {"og": "Ferry stays anot…", "h1": "Ferry stays another year"}),
    ("the window's alone", {"title": "Ferry stays another year - Example Post", "site": "Example Post"}),
    ("a heading that is the site's", {"h1": "Example", "og": "Ferry stays another year"}),
]


@pytest.mark.parametrize("titles", [row[1] for row in TITLES], ids=[row[0] for row in TITLES])
def test_the_headline_is_the_articles_own(titles):
    head = "".join(
        form.format(titles[name])
        for name, form in (
            ("og", '<meta property="og:title" content="{}">'),
            ("site", '<meta property="og:site_name" content="{}">'),
            ("title", "<title>{}</title>"),
        )
        if name in titles
    )
    if "ld" in titles:
        head += script({**ARTICLE, "headline": titles["ld"]})
    body = f"<h1>{titles['h1']}</h1>{TEXT}" if "h1" in titles else TEXT
    assert read(head, body).headline == "Ferry stays another year"


def test_the_stated_text_fills_in_for_what_a_page_does_not_print():
    whole = "\n".join(f"{SENTENCE}Item {n} was put off until the spring." for n in range(20))
    article = read(
        script({**ARTICLE, "articleBody": whole}),
        f"<h1>Ferry stays another year</h1><p>{SENTENCE}</p><p>Subscribe to continue reading.</p>",
    )
    assert article.body.count("\n\n") == 19
    assert not article.truncated


def test_the_stated_text_weeds_out_what_does_not_belong():
    whole = " ".join(f"{SENTENCE} Item {n} on the list was put off." for n in range(6))
    stray = "<p>This paragraph about a raffle was put in by someone who sells tickets for it.</p>"
    article = read(
        script({**ARTICLE, "articleBody": whole}), f"<h1>Ferry stays another year</h1><div>{TEXT}{stray}</div>"
    )
    assert "raffle" not in article.body
