"""All addresses of one page are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.normalise.url import canonical_for, clean_url, is_index, registrable_domain

ONE = [
    ("http://www.daily.example/News/Story-1/", "daily.example/News/Story-1"),
    ("https://daily.example:8443/News/Story-1#comments", "daily.example/News/Story-1"),
    ("//m.daily.example/News/Story-1?utm_source=x&utm_medium=rss&fbclid=1", "daily.example/News/Story-1"),
    ("https://mobile.daily.example/story/amp/", "daily.example/story"),
    ("https://amp.daily.example/story", "daily.example/story"),
    ("https://daily.example/amp/story", "daily.example/story"),
    ("https://daily.example/story.amp.html", "daily.example/story.html"),
    ("https://daily.example/story?outputType=amp", "daily.example/story"),
    ("https://daily-example.cdn.ampproject.org/c/s/daily.example/story", "daily.example/story"),
    ("https://www.google.com/amp/s/www.daily.example/story", "daily.example/story"),
    ("https://user:secret@daily.example//a///b", "daily.example/a/b"),
    ("https://daily.example/?p=12&gclid=4", "daily.example?p=12"),
    ("https://DAILY.example/Path?ID=7", "daily.example/Path?ID=7"),
    ("https://daily.example/caf\u00e9", "daily.example/caf%C3%A9"),
    ("https://daily.example/caf%c3%a9", "daily.example/caf%C3%A9"),
    ("https://пример.рф/новость", "xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
    ("http://[2001:db8::1]:80/x", "[2001:db8::1]/x"),
    (" https://daily.example/a\n b ", "daily.example/ab"),
]
DIFFERENT = [
    ("https://daily.example/a", "https://daily.example/A"),
    ("https://daily.example/a?id=1", "https://daily.example/a?id=2"),
    ("https://daily.example/a?page=2", "https://daily.example/a"),
    ("https://news.daily.example/a", "https://daily.example/a"),
    ("https://daily.example/camp/a", "https://daily.example/c/a"),
]


@pytest.mark.parametrize(("url", "clean"), ONE)
def test_spellings_of_an_address_are_one(url, clean):
    """Scheme, port, prefixes, AMP, fragment, tracking and slashes do not count."""
    assert clean_url(url) == clean


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_addresses_of_different_pages_stay_apart(a, b):
    """Case of the path, unknown parameters and other hosts count."""
    assert clean_url(a) != clean_url(b)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.news.daily.co.uk/a", "daily.co.uk"), ("daily.com.au", "daily.com.au"), ("https://a.b.example:81/x", "b.example"),
        ("https://someone.blogspot.com/2025", "someone.blogspot.com"), ("http://10.0.0.1/x", "10.0.0.1"), ("localhost", "localhost"), ("", ""),
    ],
)  # fmt: skip
def test_the_registrable_domain_goes_by_the_public_suffix_list(url, domain):
    """Who registered the name, not who runs the host."""
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("canonical", "taken"),
    [
        ("https://daily.example/story-7", "daily.example/story-7"), ("https://m.daily.example/story-7?utm_source=a", "daily.example/story-7"),
        ("https://news.daily.example/story-7", "news.daily.example/story-7"), ("https://other.example/story-7", None), ("https://daily.example/", None),
        ("https://daily.example/index.html", None), ("https://daily.example/news/", None), ("https://daily.example/de/politik", None),
        ("/story-7", None), ("", None), (None, None), ("https://daily.example/?p=7", "daily.example?p=7"), ("not an address", None),
    ],
)  # fmt: skip
def test_a_canonical_address_counts_on_its_own_domain_and_for_a_report_only(canonical, taken):
    """Home pages, sections, indexes and other sites are nobody's identity."""
    assert canonical_for("https://www.daily.example/story-7?ref=home", canonical) == taken


def test_an_index_is_told_from_a_report():
    """A path of section names lists reports; one with anything else is a report."""
    assert is_index("https://daily.example/world/politics")
    assert not is_index("https://daily.example/world/story-7")


@given(st.one_of(st.text(max_size=60), st.text("htps:/.wamp?=&#%[]@-aé\x00 ", max_size=60)))
def test_any_text_is_cleaned_once_and_for_all(text):
    """Idempotent, and nothing raises."""
    once = clean_url(text)
    assert clean_url(once) == once
    assert clean_url(f"http://www.{once}") in {once, clean_url(f"www.{once}")}
    registrable_domain(text)
    canonical_for(text, text)
    is_index(text)
