"""Pages that print nothing but hold their article in the data of their scripts give that article."""

import json

import pytest

from wirecopy.api import extract_article

TITLE = "Ferry stays another year"
TEXT = (
    "The council of Marsh Harbour voted on Monday to keep the old ferry running until the bridge is open again.",
    "Its chair, Ada Bright, said that nobody who works on the other bank should have to drive for an hour to get home.",
    "“Nobody asked us,” said a fisherman.",
    "The bridge was closed in March after a barge struck its second pier, and engineers found cracks in it.",
    "A decision on the budget is due in May, when the region's assembly meets for the last time before the election.",
)
HTML = "".join(f"<p>{text}</p>" for text in TEXT)
OTHERS = [
    {"title": f"Another story {n}", "url": "/x", "excerpt": "A line about that other story which says in a sentence what it is about."}
    for n in range(9)
]  # fmt: skip
LONGER = {"headline": "How the bridge was built", "body": "".join(f"<p>{n} {TEXT[0]}</p>" for n in range(20))}
RICH = [
    {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text[:30], "marks": []}, {"nodeType": "hyperlink", "data": {"uri": "https://x.example/a"}, "content": [{"nodeType": "text", "value": text[30:]}]}]}
    for text in TEXT
]  # fmt: skip


def in_json(value):
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'


def in_stream(value):
    return f"<script>self.__next_f.push([1,{json.dumps('3:' + json.dumps(value))}])</script>"


PAGES = {
    "blocks": in_json({"props": {"article": {"title": TITLE, "body": [{"type": "paragraph", "text": t} for t in TEXT]}, "more": OTHERS}}),
    "texts": in_json({"page": {"headline": TITLE, "paragraphs": list(TEXT)}}),
    "markup": in_json({"data": {"post": {"title": {"rendered": TITLE}, "content": {"rendered": HTML}}, "posts": OTHERS}}),
    "rich text": in_json({"entry": {"fields": {"title": TITLE, "text": {"nodeType": "document", "content": RICH}}}}),
    "beside a longer story": in_json({"story": {"headline": TITLE, "body": HTML}, "next": LONGER}),
    "headlines": in_json({"headlines": {"basic": TITLE}, "content_elements": [{"type": "text", "_id": "AB12", "content": t} for t in TEXT]}),
    "assigned": f"<script>window.__STATE__ = {json.dumps({'a': {'title': TITLE, 'html': HTML}})};(function(){{}}());</script>",
    "undefined": f"<script>window.__S__=JSON.parse({json.dumps(json.dumps({'title': TITLE, 'html': HTML}))})</script>",
    "arguments": f"<script>window.__NUXT__=(function(a,b){{return {{t:a,b:b}}}}({json.dumps(TITLE)},{json.dumps(HTML)}))</script>",
    "escaped": in_json({"G.x": {"body": {"title": TITLE, "text": HTML}}}).replace('"', "&q;").replace("&q;", '"', 4),
    "elements": in_stream(["$", "article", None, {"children": [["$", "p", str(n), {"children": [t[:20], ["$", "b", None, {"children": t[20:]}]]}] for n, t in enumerate(TEXT)]}]),
    "a text in a stream": f"<script>self.__next_f.push([1,{json.dumps(f'1a:T{len(HTML.encode()):x},{HTML}2:[]')}])</script>",
}  # fmt: skip


def read(scripts, kind="article", printed="<div id=app>Loading…</div>"):
    head = (
        f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}"><meta property="og:type" content="{kind}">'
    )
    page = f"<html><head>{head}</head><body>{printed}{scripts}</body></html>"
    return extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")


@pytest.mark.parametrize("scripts", PAGES.values(), ids=PAGES)
def test_the_article_is_found_in_the_data_of_the_page(scripts):
    """However the data is carried and the text laid out in it."""
    article = read(scripts)
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT
    assert not article.truncated


def test_the_data_tells_author_and_date_as_well():
    data = {"title": TITLE, "publishedAt": "2025-03-18T09:42:11.000Z", "authors": [{"name": "Ada Marsh"}], "body": HTML}
    article = read(in_json({"article": data}))
    assert article is not None
    assert article.authors == ("Ada Marsh",)
    assert article.published is not None
    assert article.published.at.isoformat() == "2025-03-18T09:42:11+00:00"


def test_a_page_that_is_no_article_takes_none_from_its_data():
    """Consent texts and other stories lie in the data of every page."""
    assert read(in_json({"consent": {"text": HTML}, "stories": [LONGER, *OTHERS]}), kind="website") is None
    assert read(in_json({"next": [LONGER, {**LONGER, "body": HTML}]})) is None
    assert (
        read(in_json({"list": [{"title": f"Another story {n}", "text": text} for n, text in enumerate(TEXT)]})) is None
    )


def test_what_a_page_prints_counts_where_it_prints_its_article():
    printed = f"<article><h1>{TITLE}</h1>{HTML}</article>"
    article = read(in_json({"title": TITLE, "body": HTML.replace("Monday", "Tuesday")}), printed=printed)
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


def test_broken_data_costs_nothing():
    for text in ("{" * 5000, '{"a":' * 3000, '{"title": "' + "x" * 900, "[1,2," * 400):
        for script in (f'<script type="application/json">{text}</script>', f"<script>window.a={text}</script>"):
            assert read(script) is None
