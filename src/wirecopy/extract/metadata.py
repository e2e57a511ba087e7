"""What a page states about its article: JSON-LD first, then Open Graph and article metas, then microdata.

Everything is gathered as found, in the order in which it deserves belief; deciding among dates and names is left to
`normalise`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from lxml import etree

from wirecopy.extract import jsonld
from wirecopy.extract.article_node import article_node
from wirecopy.extract.jsonld import Node
from wirecopy.extract.meta import Head, elements, letters, read_head, squeeze, words_of
from wirecopy.extract.survey import roles_of
from wirecopy.model import DateCandidate, DateRole, NameCandidate

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_at", "publication_date", "published-date",
    "published_time_telegram", "dc.date.issued", "dcterms.created",
    "dcterms.issued", "dc.date", "dc.date.created", "dcterms.date", "ptime",
    "publishtime", "publication-date", "rnews:datepublished", "date", "article.published", "article_date_original",
    "og:pubdate", "og:regdate", "originalpublicationdate", "weibo: article:create_at", "bytedance:published_time",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "updated_at", "article_date_updated",
    "bytedance:updated_time",
)  # fmt: skip
_AUTHOR = (
    "article:author", "og:article:author", "author", "authors", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "byline", "cxenseparse:author", "article:author_name", "dable:author",
    "rnews:author", "article.author", "mediator_author", "og:author", "article:authors", "author_name", "author-name",
    "citation_author", "shareaholic:article_author_name",
)  # fmt: skip
_SECTION = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:category",
    "section",
    "category",
    "rnews:articlesection",
)
_KEYWORDS = (
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "keywords",
    "parsely-tags",
    "sailthru.tags",
    "dc.subject",
    "rnews:keywords",
)
_IMAGE = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "thumbnailurl",
)

# /2024/05/17/  /2024-05-17/  /20240517/  /2024/0517/
_URL_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_LEAST_HEADLINE = 12
_MOST_CHARS = 1000
_WRITTEN_BY = re.compile(
    r"writ|by\b|author|autor|verfasst|von\b|écrit|par\b|escrito|scritto|geschreven|skrevet|napisa|автор|作者|執筆|작성",
    re.IGNORECASE,
)
_DATED: tuple[tuple[str, DateRole], ...] = (
    ("datePublished", "published"),
    ("dateModified", "modified"),
    ("dateCreated", "created"),
)
# Blogs set the title of a post as a heading of lower rank.
_HEADED = etree.XPath(
    "(//*[self::h2 or self::h3][contains(@class, 'entry-title') or contains(@class, 'post-title')"
    " or contains(@class, 'headline') or contains(@class, 'article-title')])[1]"
)
_WITH_PROPERTY = etree.XPath("//*[@itemprop]")
_Items: TypeAlias = "dict[str, list[etree._Element]]"  # noqa: SLF001 -- lxml's name of the type
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^/|^@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page states about its article; texts on one line, addresses absolute."""

    node: Node
    """The JSON-LD object of the article, empty if there is none."""
    head: Head
    headings: tuple[str, ...]
    """The texts of the page's `h1` elements and of its microdata headline."""
    bare_headings: tuple[str, ...] = ()
    """The same without what their markup names a kicker."""
    dates: tuple[DateCandidate, ...] = ()
    names: tuple[NameCandidate, ...] = ()
    description: str = ""
    section: str | None = None
    keywords: tuple[str, ...] = ()
    image_url: str | None = None
    image_caption: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    publisher: str = ""
    site_name: str = ""
    """What the page calls the site it is on."""
    types: tuple[str, ...] = ()
    """The JSON-LD types of all that is on the page."""
    article_body: str = ""
    updates: tuple[str, ...] = ()
    """The texts of the entries, if the page is a live blog."""
    free: bool | None = None
    """False where the page says that its text is for subscribers."""


def read_metadata(root: etree._Element, url: str) -> Metadata:
    """Return what a page states about its article; every part may be missing. Never raises."""
    head = read_head(root)
    items = _items(root)
    found = jsonld.nodes(root)
    headings = tuple(_headings(root, items))
    canonical = _absolute(url, _first(*head.links.get("canonical", ()), head.first("og:url")))
    node = article_node(found, url, canonical, (*headings, head.first("og:title") or ""))
    by_id = {str(item["@id"]): item for item in reversed(found) if "@id" in item and len(item) > 1}
    return Metadata(
        node=node,
        head=head,
        headings=headings,
        bare_headings=tuple(_without_kickers(root)),
        dates=tuple(dict.fromkeys(_dates(items, head, node, found, url))),
        names=tuple(dict.fromkeys(_names(head, node, by_id))),
        description=_first(
            head.first("og:description"), head.first("description"), jsonld.text(node.get("description"))
        )
        or "",
        section=_first(jsonld.text(node.get("articleSection")), head.first(*_SECTION)),
        keywords=_keywords(head, node),
        image_url=_absolute(url, _first(_image(node.get("image")), head.first(*_IMAGE))),
        image_caption=_caption(node.get("image")),
        canonical_url=canonical,
        language=_first(
            jsonld.text(node.get("inLanguage")), head.language, head.first("og:locale", "content-language", "language")
        ),
        publisher=_publisher(node, by_id),
        site_name=_first(
            head.first("og:site_name", "application-name", "apple-mobile-web-app-title"), _publisher(node, by_id)
        )
        or "",
        types=tuple(dict.fromkeys(name for item in found[:400] for name in jsonld.types(item))),
        article_body=_article_body(node),
        updates=tuple(_updates(found)),
        free=_free(node, head),
    )


def _first(*values: str | None) -> str | None:
    return next((squeezed for value in values if value and (squeezed := squeeze(value))), None)


def _absolute(url: str, target: str | None) -> str | None:
    if not target:
        return None
    try:
        joined = urljoin(url, target) if url else target
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:  # an address whose host is no host
        return None


def _items(root: etree._Element) -> _Items:
    """Return the elements of a page's microdata by the property they give, those of the head left to `read_head`."""
    found: _Items = {}
    for element in elements(_WITH_PROPERTY, root):
        if element.tag != "meta":
            for name in (element.get("itemprop") or "").split():
                found.setdefault(name, []).append(element)
    return found


def _headings(root: etree._Element, items: _Items) -> Iterator[str]:
    for element in root.iter("h1"):
        if words := words_of(element)[:_MOST_CHARS]:
            yield words
    if root.find(".//h1") is None:
        yield from (words for element in elements(_HEADED, root) if (words := words_of(element)[:_MOST_CHARS]))
    for element in items.get("headline", ()):
        if element.tag != "h1" and (words := words_of(element)[:_MOST_CHARS]):
            yield words


def _without_kickers(root: etree._Element) -> Iterator[str]:
    for element in root.iter("h1"):
        words = words_of(element)
        for part in element.iterdescendants(etree.Element):
            if "kicker" in roles_of(part.get("class") or ""):
                bare = words.removeprefix(words_of(part)).lstrip(" :-–—|·")
                if _LEAST_HEADLINE < len(bare) < len(words):
                    yield bare


# --- dates --------------------------------------------------------------------------------------


def _dates(items: _Items, head: Head, node: Node, found: tuple[Node, ...], url: str) -> Iterator[DateCandidate]:
    yield from _node_dates(node, "json-ld")
    for value in head.all(*_PUBLISHED):
        yield DateCandidate(value, "meta", "published")
    for value in head.all(*_MODIFIED):
        yield DateCandidate(value, "meta", "modified")
    for name, role in _DATED:
        for element in items.get(name, ()):
            if value := squeeze(element.get("content") or element.get("datetime") or words_of(element)[:80]):
                yield DateCandidate(value, "microdata", role)
    for page in found:
        if page is not node and any(name in {"WebPage", "ItemPage"} for name in jsonld.types(page)):
            yield from _node_dates(page, "json-ld page")
    match = _URL_DATE.search(url)
    if match:
        yield DateCandidate(f"{match['year']}-{match['month']}-{match['day']}", "url", "published")


def _node_dates(node: Node, source: str) -> Iterator[DateCandidate]:
    for name, role in _DATED:
        if value := squeeze(jsonld.text(node.get(name))):
            yield DateCandidate(value, source, role)


# --- names --------------------------------------------------------------------------------------


def _names(head: Head, node: Node, by_id: dict[str, Node]) -> Iterator[NameCandidate]:
    organisation = letters(_publisher(node, by_id) or head.first("og:site_name") or "")
    stated = [name for key in ("author", "creator") for name in _people(node.get(key), by_id)]
    by_others = [name for name in stated if letters(name) != organisation]
    for name in stated if by_others else ():
        yield NameCandidate(name, "json-ld")
    for value in (*head.all(*_AUTHOR), *_tweeted(head)):
        if not _ADDRESS.search(value) and not value.isdigit():
            yield NameCandidate(value, "meta")
    for name in () if by_others else stated:
        yield NameCandidate(name, "json-ld publisher")


def _tweeted(head: Head) -> Iterator[str]:
    """Yield the author among the labelled data of a Twitter card, as WordPress writes them."""
    for number in ("1", "2"):
        label, value = head.first(f"twitter:label{number}"), head.first(f"twitter:data{number}")
        if label and value and _WRITTEN_BY.search(label):
            yield value


def _people(value: object, by_id: dict[str, Node], depth: int = 0) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:50]:
            yield from _people(item, by_id, depth + 1) if depth < 5 else ()
    elif isinstance(value, dict):
        names = value.get("name") or _full_name(value)
        if not names and (known := by_id.get(str(value.get("@id")))) is not None and known is not value:
            names = known.get("name")
        yield from _people(names, by_id, depth + 1) if depth < 5 else ()
    elif isinstance(value, str) and (name := squeeze(jsonld.text(value))) and not _ADDRESS.search(name):
        yield name


def _full_name(person: Node) -> str:
    return " ".join(filter(None, (jsonld.text(person.get(key)) for key in ("givenName", "familyName"))))


def _publisher(node: Node, by_id: dict[str, Node]) -> str:
    return next(_people(node.get("publisher"), by_id), "")


# --- the rest -----------------------------------------------------------------------------------


def _keywords(head: Head, node: Node) -> tuple[str, ...]:
    stated = node.get("keywords")
    raw = [jsonld.text(item) for item in stated] if isinstance(stated, list) else [jsonld.text(stated)]
    for name in _KEYWORDS:
        raw.extend(head.metas.get(name, ()))
    words = (squeeze(word) for value in raw for word in re.split(r"[,;、，|]", value))
    return tuple(dict.fromkeys(word for word in words if word and len(word) < 100))[:60]


def _image(value: object) -> str:
    if isinstance(value, list):
        return next((found for item in value if (found := _image(item))), "")
    if isinstance(value, dict):
        return jsonld.text(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value if isinstance(value, str) else ""


def _caption(value: object) -> str | None:
    if isinstance(value, list):
        return next((found for item in value if (found := _caption(item))), None)
    if isinstance(value, dict):
        return _first(jsonld.text(value.get("caption")), jsonld.text(value.get("description")))
    return None


def _article_body(node: Node) -> str:
    value = node.get("articleBody") or node.get("text")
    return "\n".join(jsonld.text(item) for item in value) if isinstance(value, list) else jsonld.text(value)


def _updates(found: tuple[Node, ...]) -> Iterator[str]:
    for node in found:
        entries = node.get("liveBlogUpdate")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and (words := squeeze(jsonld.text(entry.get("articleBody")))):
                yield words


def _free(node: Node, head: Head) -> bool | None:
    stated = node.get("isAccessibleForFree")
    if stated is None:
        tier = (head.first("article:content_tier") or "").lower()
        return {"free": True, "locked": False, "metered": None}.get(tier)
    return str(stated).strip().lower().rpartition("/")[2] not in {"false", "0", "no"}
