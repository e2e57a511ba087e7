"""RSS 0.9x, 1.0, 2.0 and Atom, by feedparser: its only user.

feedparser opens whatever a plain string names, so it only ever sees a byte stream; it takes IST for Indian, Irish
or Israeli time by chance, so its parsed dates are never looked at.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Literal

import feedparser

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.xml import prepare_xml
from wirecopy.model import Doubt, Enclosure, FeedContent, FeedEntry, Page
from wirecopy.parse.address import absolute
from wirecopy.parse.plain import as_html, escaped_once, one_line, without_markup
from wirecopy.parse.repair import OURS, count_items, recovered, with_ampersands, without_traps
from wirecopy.parse.rhythm import read_rhythm

# What feedparser was seen to stumble over:
# <georss:polygon>45 -110 x</georss:polygon>  xml:base="http://[/"  <x:y:z/>  &#9999999999;
_FATAL = re.compile(
    r"""</?(?:georss|gml)\b[^<>]*> | \sxml:base\s*=\s*(?:"[^"]*"|'[^']*') | </?[^<>\s/]*:[^<>\s/]*:[^<>]*>
        | &\#(?:\d{8,}|x[0-9a-f]{7,});?""",
    re.IGNORECASE | re.VERBOSE,
)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
"""What feedparser is told: the text comes decoded. Not the address: joining it to all others costs a fifth of the time."""

_CRASHES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)
"""What feedparser was seen to raise, in twenty thousand mutated feeds (Unicode errors are ValueErrors)."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
# desk@wire.agency (The Desk) -> "cy (The Desk";  Jane Doe <jane@wire.agency> -> "Jane Doe <cy>";  desk@wire.agency -> "cy"
_LEFT = re.compile(r"[a-z]{1,20}(?:\s*[(<](?P<behind>[^()<>]*)[)>]?)?|(?P<before>[^()<>]+?)\s*[(<][a-z]{1,20}[)>]?")
_FULL_TEXTS = ("yandex_full-text", "full-text", "fulltext", "turbo_content")
"""Elements beside content:encoded in which feeds carry whole texts."""
_SUMMARIES = tuple(
    f"{prefix}_{OURS}{name}"
    for prefix, name in (
        ("dc", "description"), ("itunes", "summary"), ("dcterms", "abstract"), ("googleplay", "description")
    )
)  # fmt: skip

# Its parsed dates are never looked at, so they need not be made: the first handler that answers is the last one asked.
feedparser.registerDateHandler(lambda _: (1970, 1, 1, 0, 0, 0, 3, 1, 0))

_IMG = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_SRC = re.compile(r"""\ssrc\s*=\s*(["'])([^"'<>]+)\1""", re.IGNORECASE)
_PIXEL = re.compile(r"""\s(?:width|height)\s*=\s*["']?[01](?:px)?["'\s/>]""", re.IGNORECASE)

Kind = Literal["rss", "atom", "rdf"]
Values = Mapping[str, Any]


def read_xml(body: bytes, page: Page) -> FeedContent | None:
    """Return the RSS, RDF or Atom feed in these bytes, or None if they hold none.

    A feed that is not well-formed is read as far as it goes and carries the doubt `malformed feed`.
    Raises `MarkupUnreadable` for entities that could swell or reach outside, and for a document that feedparser
    cannot survive.
    """
    xml = prepare_xml(body)
    text = with_ampersands(xml.text)
    doubts = (
        xml.doubts if text == xml.text else (*xml.doubts, Doubt("malformed feed", "ampersands stand for themselves"))
    )
    parsed = _as_far_as_it_goes(without_traps(text))
    if not parsed.version and not parsed.entries:
        return None
    return _content(parsed, body, page, doubts)


def _as_far_as_it_goes(text: str) -> Any:
    """Return what feedparser makes of a text; where broken tags cost it entries, of the text as they were meant."""
    parsed = _parse(text)
    if not parsed.bozo or _usable(parsed) >= count_items(text):
        return parsed
    mended = recovered(text)
    again = _parse(mended) if mended else parsed
    if _usable(again) <= _usable(parsed):
        return parsed
    again.bozo, again["bozo_exception"] = parsed.bozo, parsed.get("bozo_exception")
    return again


def _usable(parsed: Any) -> int:
    return sum(1 for values in parsed.entries if values.get("title") or values.get("link"))


def _parse(text: str) -> Any:
    """Return what feedparser makes of a text; if it breaks, without the things known to break it."""
    try:
        return _feedparser(text)
    except _CRASHES:
        pass
    try:
        return _feedparser(_FATAL.sub("", text))
    except _CRASHES as err:
        raise MarkupUnreadable(f"the feed breaks its parser: {type(err).__name__}", reason="feed unreadable") from err


def _feedparser(text: str) -> Any:
    stream = io.BytesIO(text.encode("utf-8", "replace"))  # never a string: feedparser opens what it names
    return feedparser.parse(stream, response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)


def _content(parsed: Any, body: bytes, page: Page, doubts: tuple[Doubt, ...]) -> FeedContent:
    feed: Values = dict(parsed.feed)
    rhythm = read_rhythm(body)
    kind = _kind(parsed.version)
    return FeedContent(
        url=page.requested_url,
        kind=kind,
        title=_plain(feed, "title") or "",
        link=absolute(feed.get("link"), page.final_url),
        language=feed.get("language") or page.header("content-language") or None,
        entries=tuple(_entry(values, number, kind, page) for number, values in enumerate(parsed.entries)),
        older_url=_link(feed, "prev-archive", page) or _link(feed, "next", page),
        self_url=_link(feed, "self", page),
        ttl_minutes=rhythm.ttl_minutes,
        skip_hours=rhythm.skip_hours,
        skip_days=rhythm.skip_days,
        doubts=(*doubts, *_doubts(parsed)),
    )


def _kind(version: str) -> Kind:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss10", "rss090"} else "rss"


def _doubts(parsed: Any) -> tuple[Doubt, ...]:
    if not parsed.bozo:
        return ()
    return (Doubt("malformed feed", (one_line(str(parsed.get("bozo_exception"))) or "")[:200]),)


def _link(values: Values, relation: str, page: Page) -> str | None:
    for link in values.get("links", ()):
        if link.get("rel") == relation and link.get("href"):
            return absolute(link["href"], page.final_url)
    return None


def _entry(found: Values, number: int, kind: Kind, page: Page) -> FeedEntry:
    values = dict(found)  # feedparser's own look-up is slow, and lends `published` for a missing `updated`
    base = _base(values, page)
    published, updated = _dates(values, kind)
    enclosures = tuple(_enclosures(values, base))
    credit = _credit(values)
    headline = _plain(values, "title") or one_line(without_markup(_own(values, f"media_{OURS}title") or ""))
    return FeedEntry(
        feed_url=page.requested_url,
        position=number,
        guid=_own(values, "id"),
        link=_entry_link(values, base),
        headline=_without_source(headline, credit),
        summary_html=_markup(values.get("summary_detail")) or _described(values),
        content_html=_content_html(values),
        authors=_authors(values),
        credit=credit,
        published_raw=published,
        updated_raw=updated,
        categories=tuple(_categories(values)),
        enclosures=enclosures,
        image_url=_image(values, enclosures, base),
        language=_own(values, "language") or _own(values.get("title_detail") or {}, "language"),
        rights=_own(values, "rights"),
    )


def _own(values: Values, name: str) -> str | None:
    value = values.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def _base(values: Values, page: Page) -> str:
    """Return the address that an entry's relative ones are meant against: its xml:base, else the feed's own."""
    stated = (str((values.get(name) or {}).get("base") or "") for name in ("title_detail", "summary_detail"))
    return next((found for base in stated if (found := absolute(base, page.final_url))), page.final_url)


def _entry_link(values: Values, base: str) -> str | None:
    """Return the address of an entry's page: not that of a service that counts clicks, and no id that is no address."""
    link = _own(values, "feedburner_origlink") or _own(values, "link")
    named = any(one.get("rel") == "alternate" and one.get("href") for one in values.get("links", ()))
    if link == _own(values, "id") and not named and not _WEB.match(link or ""):
        return None
    return absolute(link, base)


def _dates(values: Values, kind: Kind) -> tuple[str | None, str | None]:
    """Return the raw dates of publication and update; dc:date is the only one that RDF has."""
    published = _own(values, "published") or _own(values, "created")
    updated = _own(values, "updated")
    if published is None and kind != "atom":
        return updated, None
    return published, updated


def _plain(values: Values, name: str) -> str | None:
    detail = values.get(f"{name}_detail") or {}
    text = str(detail.get("value") or "")
    return one_line(text if detail.get("type") == "text/plain" else without_markup(text))


def _without_source(headline: str | None, source: str | None) -> str | None:
    """Return a headline without the source that an aggregator prints behind it and states in a field of its own."""
    end = f" - {source}"
    return headline[: -len(end)].rstrip() or headline if headline and source and headline.endswith(end) else headline


def _markup(detail: Values | None) -> str | None:
    """Return a text as HTML, whatever it came as."""
    value = str((detail or {}).get("value") or "")
    if not detail or not value.strip():
        return None
    return as_html(value) if detail.get("type") == "text/plain" else escaped_once(value)


def _content_html(values: Values) -> str | None:
    """Return the longest text among the contents of an entry; pictures and sounds are none."""
    texts = [_markup(detail) or "" for detail in values.get("content", ()) if _is_text(detail.get("type") or "text")]
    texts += [_either(_own(values, name)) or "" for name in _FULL_TEXTS]
    return max(texts, key=len, default="") or None


def _described(values: Values) -> str | None:
    return next((_either(text) for name in _SUMMARIES if (text := _own(values, name))), None)


def _either(text: str | None) -> str | None:
    """Return as HTML what may be HTML or plain text."""
    return text if text is None or "<" in text else as_html(text)


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text") or "html" in media_type


def _authors(values: Values) -> tuple[str, ...]:
    names = (_name(str(author.get("name") or ""), author.get("email")) for author in values.get("authors", ()))
    return tuple(dict.fromkeys(name for name in names if name))


def _name(name: str, mail: str | None) -> str:
    """Return an author's name; feedparser takes addresses to end after four letters, and leaves the rest in the name."""
    if mail and (found := _LEFT.fullmatch(name.strip())):
        name = found["before"] or found["behind"] or ""
    return name.strip()


def _credit(values: Values) -> str | None:
    source = values.get("source")
    titles = (
        (source or {}).get("title") if isinstance(source, Mapping) else source,
        _own(values, "credit"),
        _own(values, "publisher"),
    )
    return next((title.strip() for title in titles if isinstance(title, str) and title.strip()), None)


def _categories(values: Values) -> Iterable[str]:
    terms = (tag.get("label") or tag.get("term") for tag in values.get("tags", ()))
    return dict.fromkeys(term.strip() for term in terms if term and term.strip())


def _enclosures(values: Values, base: str) -> Iterable[Enclosure]:
    found: dict[str, Enclosure] = {}
    links = [link for link in values.get("links", ()) if link.get("rel") == "enclosure"]
    for link in [*links, *values.get("media_content", ())]:
        url = absolute(link.get("href") or link.get("url"), base)
        if url and url != base:
            length = str(link.get("length") or link.get("filesize") or "")
            media_type = link.get("type") or link.get("medium") or ""
            found.setdefault(url, Enclosure(url, media_type, int(length) if length.isdecimal() else None))
    return found.values()


def _image(values: Values, enclosures: Iterable[Enclosure], base: str) -> str | None:
    """Return the picture of an entry: the default or widest that it states, else the first that its text shows."""
    listed = [one for one in values.get("media_content", ()) if _is_picture(one)]
    best = max(listed, key=lambda one: (one.get("isdefault") == "true", _width(one)), default=None)
    stated = [best.get("url")] if best else []
    stated += [enclosure.url for enclosure in enclosures if enclosure.media_type.startswith("image")]
    stated += [picture.get("url") for picture in values.get("media_thumbnail", ())]
    stated += [(values.get("image") or {}).get("href"), _own(values, f"{OURS}image")]
    shown = (found for text in (_content_html(values), _own(values, "summary")) if text for found in _shown(text))
    return next((found for url in chain(stated, shown) if url and (found := absolute(url, base))), None)


def _is_picture(media: Values) -> bool:
    return (media.get("type") or media.get("medium") or "").startswith("image")


def _width(media: Values) -> int:
    width = str(media.get("width") or "")
    return int(width) if width.isdecimal() and len(width) < 7 else 0


def _shown(text: str) -> Iterable[str]:
    """Return the addresses of the pictures in a text, but for those of one pixel, which count readers."""
    tags = (tag for tag in _IMG.findall(text) if not _PIXEL.search(tag))
    return (html.unescape(found[2]) for tag in tags if (found := _SRC.search(tag)))
