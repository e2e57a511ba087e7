"""Pages become articles, or a reason why there is none."""

import pickle
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecopy.errors import ArticleMissing
from wirecopy.extract import extract
from wirecopy.model import Article, Page

TEXT = (
    "<p>"
    + "</p><p>".join(f"Sentence number {n} of the report says that the harbour was closed on Monday." for n in range(9))
    + "</p>"
)


def page(body, url="https://example.org/news/harbour-closed", **more):
    return Page(requested_url=url, final_url=url, body=body if isinstance(body, bytes) else body.encode(), **more)


def test_a_plain_page_gives_headline_and_paragraphs():
    article = extract(
        page(
            f"<title>Harbour closed | Example</title><h1>Harbour closed</h1><nav>Home</nav>{TEXT}<footer>Imprint</footer>"
        )
    )
    assert article.headline == "Harbour closed"
    assert article.body.startswith("Sentence number 0")
    assert article.body.count("\n\n") == 8
    assert "Imprint" not in article.body


def test_an_article_survives_pickling():
    article = extract(page(f"<h1>Harbour closed</h1>{TEXT}"))
    assert pickle.loads(pickle.dumps(article)) == article


MISSING = [
    (b"", "page empty"),
    (b"   \n", "page empty"),
    (b"%PDF-1.7 ...", "not html"),
    (b"<h1>Page not found</h1><p>404</p>", "error page"),
    (b"<p>short", "no text"),
    (b"\x00\x00\x00", "markup unreadable"),
    (b"<div>" * 1_000_000 + b"deep", "no text"),
    (b"<p>" * 400_000, "page too large"),
    (b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>", "no text"),
    (b'<script type="application/ld+json">' + b'{"a":' * 200_000 + b"</script>", "no text"),
    (b"x" * 20_000_001, "page too large"),
]


@pytest.mark.parametrize(("body", "reason"), MISSING, ids=[reason for _, reason in MISSING])
def test_a_page_without_an_article_says_why(body, reason):
    with pytest.raises(ArticleMissing) as caught:
        extract(page(body))
    assert caught.value.reason == reason


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "not a url", "http://[", "https://example.org/a", "\x00", "https://e.org:99999/"]),
)
def test_no_bytes_and_no_address_raise_anything_else(data, url):
    for body in (data, b"<h1>" + data + b"</h1>" + TEXT.encode() + data, b'<script type="application/ld+json">' + data):
        with suppress(ArticleMissing):
            assert isinstance(extract(page(body, url)), Article)


def test_an_element_of_a_hundred_thousand_attributes_costs_no_minutes():
    crowded = "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">"
    start = time.process_time()
    assert extract(page(f"{crowded}<h1>Harbour closed</h1>{TEXT}")).body.count("\n\n") == 8
    assert time.process_time() - start < 5
