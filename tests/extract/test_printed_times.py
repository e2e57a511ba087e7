"""When a page was published is read where it prints it, and the headline is none of what templates put in its place."""

import pytest

from wirecopy.api import extract_article

SENTENCE = "The council voted on Monday to keep the old ferry running until the bridge across the river is open again."
TEXT = "".join(f"<p>{SENTENCE} Item {n} on the list was put off.</p>" for n in range(6))
TITLE = "Ferry stays another year on the river"


def read(head="", body=f"<h1>{TITLE}</h1>", url="https://www.rivernews.com/news/ferry-stays-123"):
    page = f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"
    article = extract_article(page.encode(), url)
    assert article is not None
    return article


@pytest.mark.parametrize(
    "printed",
    [
        "<div>Posted 5:42 a.m. EDT, Tue March 18, 2025</div>",
        "<div>12:42 MSK, 18 марта 2025</div>",
        '<span class="date" data-timestamp="1742290920">5 hours ago</span>',
        '<span class="timestamp" data-published="2025-03-18T09:42:00Z">Just now</span>',
        '<span class="timeago" title="2025-03-18T09:42:00Z">today</span>',
        "<div>18 मार्च 2025, 15:12 IST</div>",
        "<div>2025. március 18. 10:42 CET</div>",
    ],
)
def test_a_time_is_read_however_it_is_printed(printed):
    """Before the date or behind it, in the script of its language, or in an attribute from which the page makes it."""
    published = read(body=f"<h1>{TITLE}</h1>{printed}").published
    assert published is not None
    assert published.at.timestamp() == 1742290920


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>River News</title>", f"<h1 class=logo>River News</h1><h1>{TITLE}</h1>"),
        (f"<title>{TITLE} | River News</title>", f"<h1><a href=/>River News</a></h1><h2>{TITLE}</h2>"),
        ('<title>River News</title><meta property="og:title" content="River News">', f"<h1>{TITLE}</h1>"),
        ('<title>Article</title><meta property="og:title" content="Article">', f"<h1>{TITLE}</h1>"),
        (f'<title>x</title><meta property="og:title" content="{TITLE}">', f"<h1>{TITLE.upper()}</h1>"),
    ],
)
def test_what_names_the_site_or_nothing_is_no_headline(head, body):
    assert read(head, body).headline == TITLE


def test_a_title_that_was_escaped_twice_is_read_twice():
    head = '<meta property="og:title" content="Ferry&amp;#8217;s chair &amp;quot;glad&amp;quot; to stay">'
    assert read(head, "<h1>Ferry’s chair</h1>").headline == 'Ferry’s chair "glad" to stay'
