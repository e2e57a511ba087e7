"""Printed articles -> HTML pages that look like those of agencies, newspapers and press-release sites.

Five templates differ in where they say what: JSON-LD, Open Graph, microdata, old `meta` names, or visible text alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from wirecopy.demo.edition import Printed, printed_date
from wirecopy.demo.stories import Outlet, Template

Related = tuple[Printed, ...]


def _text(text: str) -> str:
    return escape(text, quote=False)


def _paragraphs(article: Printed) -> list[str]:
    texts = [*article.paragraphs, *([article.credit] if article.credit else [])]
    return [f"<p>{_text(text)}</p>" for text in texts]


def _with_advert(article: Printed) -> str:
    """Return the body with an advert after its second paragraph, as most sites have it."""
    body = _paragraphs(article)
    label = _text(article.outlet.advert)
    body.insert(2, f'<div class="ad-slot" aria-hidden="true"><span class="ad-label">{label}</span></div>')
    return "\n".join(body)


def _nav(outlet: Outlet) -> str:
    links = "".join(f'<li><a href="/s/{at}">{_text(name)}</a></li>' for at, name in enumerate(outlet.nav, 1))
    return (
        f'<header class="site-header"><a class="logo" href="/">{_text(outlet.title)}</a>\n'
        f'<nav class="main-nav" aria-label="main"><ul>{links}</ul></nav></header>'
    )


def _related(outlet: Outlet, related: Related) -> str:
    links = "\n".join(f'<li><a href="{escape(other.path)}">{_text(other.headline)}</a></li>' for other in related)
    return f'<aside class="related"><h2>{_text(outlet.related)}</h2>\n<ul>{links}</ul></aside>'


def _footer(outlet: Outlet) -> str:
    return f'<footer class="site-footer"><p>{_text(outlet.footer)}</p></footer>'


def _meta(attribute: str, **values: str | None) -> str:
    """Return meta tags; `__` in a name stands for a colon, `_` for a dot."""
    return "\n".join(
        f'<meta {attribute}="{name.replace("__", ":").replace("_", ".")}" content="{escape(value)}">'
        for name, value in values.items()
        if value
    )


def _open_graph(article: Printed) -> str:
    return _meta(
        "property",
        og__title=article.headline,
        og__url=article.url,
        og__type="article",
        og__description=article.summary,
    )


def _head(article: Printed, *extra: str) -> str:
    title = f"<title>{_text(article.headline)} | {_text(article.outlet.title)}</title>"
    canonical = f'<link rel="canonical" href="{escape(article.url)}">'
    feed = f'<link rel="alternate" type="application/rss+xml" href="{escape(article.outlet.feed_path)}">'
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    parts = "\n".join(part for part in (title, viewport, canonical, feed, *extra) if part)
    return f"<head>\n{parts}\n</head>"


def _json_ld(article: Printed) -> str:
    author = article.story.author
    values = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "url": article.url,
        "mainEntityOfPage": article.url,
        "inLanguage": article.language,
        "articleSection": article.story.section,
        "keywords": ", ".join(article.story.keywords),
        "datePublished": article.published.isoformat() if article.published else None,
        "dateModified": article.updated.isoformat() if article.updated else None,
        "author": {"@type": "Person", "name": author} if author else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet.title},
    }
    held = {name: value for name, value in values.items() if value}
    return f'<script type="application/ld+json">{json.dumps(held, ensure_ascii=False)}</script>'


def _byline(article: Printed) -> str:
    signed = [article.story.author, article.story.agency if article.story.copy else None]
    return _text(", ".join(name for name in signed if name))


def _shown_date(article: Printed) -> str:
    return printed_date(article.published, article.outlet.language) if article.published else ""


def _agency(article: Printed, related: Related) -> str:
    head = _head(article, _open_graph(article), _json_ld(article))
    return f"""<!DOCTYPE html>
<html lang="{article.language}">
{head}
<body>
{_nav(article.outlet)}
<main>
<article class="story">
<h1>{_text(article.headline)}</h1>
<div class="byline"><span class="author">{_byline(article)}</span> <span class="date">{_shown_date(article)}</span></div>
<div class="share"><button>Facebook</button><button>WhatsApp</button><button>Link</button></div>
<div class="article-body">
{_with_advert(article)}
</div>
</article>
{_related(article.outlet, related)}
</main>
{_footer(article.outlet)}
</body>
</html>
"""


def _time(article: Printed) -> str:
    if article.published is None:
        return ""
    return f'<time datetime="{article.published.isoformat()}">{_shown_date(article)}</time>'


def _daily(article: Printed, related: Related) -> str:
    dates = _meta(
        "property",
        article__published_time=article.published.isoformat() if article.published else None,
        article__modified_time=article.updated.isoformat() if article.updated else None,
        article__section=article.story.section,
    )
    names = _meta("name", author=article.story.author, keywords=", ".join(article.story.keywords))
    return f"""<!DOCTYPE html>
<html lang="{article.language}">
{_head(article, _open_graph(article), dates, names)}
<body>
<div id="consent" hidden><p>Cookies</p><button>OK</button></div>
{_nav(article.outlet)}
<div class="layout">
<article>
<p class="kicker">{_text(article.story.section)}</p>
<h1 class="headline">{_text(article.headline)}</h1>
<p class="meta"><a rel="author" href="/s/1">{_byline(article)}</a> {_time(article)}</p>
<section class="content">
{_with_advert(article)}
</section>
<ul class="tags">{"".join(f"<li>{_text(word)}</li>" for word in article.story.keywords)}</ul>
</article>
<aside class="sidebar"><div class="ad-slot">{_text(article.outlet.advert)}</div>
<form action="/" class="newsletter"><label>Newsletter <input type="email" name="mail"></label></form></aside>
</div>
{_related(article.outlet, related)}
{_footer(article.outlet)}
</body>
</html>
"""


def _bulletin(article: Printed, related: Related) -> str:
    dates = _meta(
        "name",
        date=article.published.isoformat() if article.published else None,
        author=article.story.author,
        dc_title=article.headline,
        description=article.summary,
    )
    body = "\n".join(_paragraphs(article))
    return f"""<!DOCTYPE html>
<html lang="{article.language}">
{_head(article, dates)}
<body class="bulletin">
{_nav(article.outlet)}
<div id="content">
<div class="teaser-ad">{_text(article.outlet.advert)}</div>
<h1>{_text(article.headline)}</h1>
<p class="dateinfo">{_shown_date(article)}</p>
<p class="author">{_byline(article)}</p>
<div class="text" itemprop="articleBody">
{body}
</div>
{_related(article.outlet, related)}
</div>
{_footer(article.outlet)}
</body>
</html>
"""


def _table(article: Printed, related: Related) -> str:
    links = "<br>\n".join(f'<a href="{escape(other.path)}">{_text(other.headline)}</a>' for other in related)
    sections = "".join(f'<a href="/s/{at}">{_text(name)}</a> | ' for at, name in enumerate(article.outlet.nav, 1))
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={article.story.encoding}">'
    body = "\n".join(_paragraphs(article))
    return f"""<html>
<head>
{charset}
<title>{_text(article.headline)}</title>
</head>
<body>
<table width="960" align="center"><tr><td colspan="2" class="top"><b>{_text(article.outlet.title)}</b><br>{sections}</td></tr>
<tr><td class="main" valign="top">
<h1>{_text(article.headline)}</h1>
<span class="time">{_shown_date(article)}</span>
<div id="detailContent">
{body}
</div>
</td><td class="right" valign="top"><b>{_text(article.outlet.related)}</b><br>
{links}
<p>{_text(article.outlet.advert)}</p></td></tr>
<tr><td colspan="2" class="bottom"><small>{_text(article.outlet.footer)}</small></td></tr></table>
</body>
</html>
"""


def _release(article: Printed, related: Related) -> str:
    body = "\n".join(_paragraphs(article))
    published = article.published.isoformat() if article.published else ""
    return f"""<!DOCTYPE html>
<html lang="{article.language}">
{_head(article, _open_graph(article))}
<body>
{_nav(article.outlet)}
<main itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{_text(article.headline)}</h1>
<p class="provider">{_text(article.story.agency or "")}
<time itemprop="datePublished" datetime="{published}">{_shown_date(article)}</time></p>
<div class="release-body" itemprop="articleBody">
{body}
</div>
<div class="release-tools"><a href="/">{_text(article.outlet.advert)}</a></div>
</main>
{_related(article.outlet, related)}
{_footer(article.outlet)}
</body>
</html>
"""


_TEMPLATES: dict[Template, Callable[[Printed, Related], str]] = {
    "agency": _agency,
    "daily": _daily,
    "bulletin": _bulletin,
    "table": _table,
    "release": _release,
}


def render_page(article: Printed, related: Related) -> tuple[str, bytes]:
    """Return the content type and the bytes of an article's page, in the encoding that its outlet still uses."""
    encoding = article.story.encoding
    html = _TEMPLATES[article.outlet.template](article, related)
    content_type = "text/html" if encoding == "windows-1251" else f"text/html; charset={encoding}"
    return content_type, html.encode(encoding, "xmlcharrefreplace")


def render_index(outlet: Outlet, section: str, articles: Related) -> bytes:
    """Return a home or section page: links, no article."""
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}">
<head><title>{_text(section)} | {_text(outlet.title)}</title></head>
<body>
{_nav(outlet)}
<h1>{_text(section)}</h1>
{_related(outlet, articles)}
{_footer(outlet)}
</body>
</html>
""".encode()
