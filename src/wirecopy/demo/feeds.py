"""Printed articles -> the bytes of a feed: RSS 2.0, Atom, RSS 1.0, JSON Feed, and two ways to get one wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from wirecopy.demo.edition import Printed
from wirecopy.demo.stories import FeedKind, Outlet

RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
RDF = "application/rdf+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
HTML = "text/html; charset=utf-8"

Articles = tuple[Printed, ...]


def _element(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def _rfc822(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _newest(articles: Articles) -> datetime:
    return max(article.updated or article.published for article in articles if article.published)


def _rss_item(article: Printed) -> str:
    parts = [
        _element("title", article.headline),
        _element("link", article.url),
        f'<guid isPermaLink="false">{article.outlet.host}:{article.ident}</guid>',
        _element("description", article.summary),
        _element("dc:creator", article.story.author or article.story.agency),
        _element("category", article.story.section),
        _element("pubDate", _rfc822(article.published)),
        _element("atom:updated", _iso(article.updated)),
    ]
    return "<item>\n  " + "\n  ".join(part for part in parts if part) + "\n</item>"


def _rss(outlet: Outlet, articles: Articles) -> str:
    items = "\n".join(_rss_item(article) for article in articles)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{escape(outlet.title)}</title>
<link>http://{outlet.host}/</link>
<description>{escape(", ".join(outlet.nav))}</description>
<language>{outlet.language}</language>
<lastBuildDate>{format_datetime(_newest(articles))}</lastBuildDate>
<atom:link href="{escape(outlet.feed_url)}" rel="self" type="application/rss+xml"/>
{items}
</channel>
</rss>
"""


def _atom_entry(article: Printed) -> str:
    changed = article.updated or article.published
    author = escape(article.story.author or article.story.agency or article.outlet.title)
    parts = [
        f"<id>tag:{article.outlet.host},2024:{article.ident}</id>",
        _element("title", article.headline),
        f'<link rel="alternate" type="text/html" href="{escape(article.url)}"/>',
        _element("published", _iso(article.published)),
        _element("updated", _iso(changed)),
        f"<author><name>{author}</name></author>",
        f'<category term="{escape(article.story.section)}"/>',
        f'<summary type="text">{escape(article.summary)}</summary>',
    ]
    return "<entry>\n  " + "\n  ".join(part for part in parts if part) + "\n</entry>"


def _atom(outlet: Outlet, articles: Articles) -> str:
    entries = "\n".join(_atom_entry(article) for article in articles)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
<id>http://{outlet.host}/</id>
<title>{escape(outlet.title)}</title>
<updated>{_newest(articles).isoformat()}</updated>
<link rel="self" href="{escape(outlet.feed_url)}"/>
<link rel="alternate" href="http://{outlet.host}/"/>
{entries}
</feed>
"""


def _rdf_item(article: Printed) -> str:
    url = escape(article.url)
    parts = [
        _element("title", article.headline),
        _element("link", article.url),
        _element("description", article.summary),
        _element("dc:creator", article.story.author or article.story.agency),
        _element("dc:subject", article.story.section),
        _element("dc:language", article.language),
        _element("dc:date", _iso(article.published)),
        _element("dcterms:modified", _iso(article.updated)),
    ]
    return f'<item rdf:about="{url}">\n  ' + "\n  ".join(part for part in parts if part) + "\n</item>"


def _rdf(outlet: Outlet, articles: Articles) -> str:
    listed = "".join(f'<rdf:li rdf:resource="{escape(article.url)}"/>' for article in articles)
    items = "\n".join(_rdf_item(article) for article in articles)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<channel rdf:about="{escape(outlet.feed_url)}">
<title>{escape(outlet.title)}</title>
<link>http://{outlet.host}/</link>
<description>{escape(", ".join(outlet.nav))}</description>
<items><rdf:Seq>{listed}</rdf:Seq></items>
</channel>
{items}
</rdf:RDF>
"""


def _json_item(article: Printed) -> dict[str, object]:
    author = article.story.author or article.story.agency
    item = {
        "id": f"{article.outlet.host}/{article.ident}",
        "url": article.url,
        "title": article.headline,
        "summary": article.summary,
        "content_html": "".join(f"<p>{escape(text, quote=False)}</p>" for text in article.paragraphs[:2]),
        "date_published": _iso(article.published),
        "date_modified": _iso(article.updated),
        "authors": [{"name": author}] if author else None,
        "tags": list(article.story.keywords),
        "language": article.language,
    }
    return {name: value for name, value in item.items() if value}


def _json(outlet: Outlet, articles: Articles) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.title,
        "home_page_url": f"http://{outlet.host}/",
        "feed_url": outlet.feed_url,
        "language": outlet.language,
        "items": [_json_item(article) for article in articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _malformed(outlet: Outlet, articles: Articles) -> str:
    """Return an RSS feed as a careless template makes it: a bare ampersand, an open tag, and the end missing."""
    whole = _rss(outlet, articles)
    careless = whole.replace("<title>", "<title>Local & regional: ", 1).replace("</category>", "<b></category>", 1)
    return careless[: careless.rindex("</channel>")]


def _unreadable(outlet: Outlet, _articles: Articles) -> str:
    """Return what a site under maintenance answers under its feed's address."""
    title = escape(outlet.title)
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>Back soon</h1></body></html>\n"


_KINDS: dict[FeedKind, tuple[str, Callable[[Outlet, Articles], str]]] = {
    "rss": (RSS, _rss),
    "atom": (ATOM, _atom),
    "rdf": (RDF, _rdf),
    "json": (JSON, _json),
    "malformed": (RSS, _malformed),
    "unreadable": (HTML, _unreadable),
}


def render_feed(outlet: Outlet, articles: Articles) -> tuple[str, bytes]:
    """Return the content type and the bytes of an outlet's feed of these articles."""
    content_type, render = _KINDS[outlet.feed]
    return content_type, render(outlet, articles).encode()
