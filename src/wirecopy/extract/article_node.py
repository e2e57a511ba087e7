"""Which of a page's JSON-LD objects is its article: by its address, its headline, and how much it says."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from wirecopy.extract import jsonld
from wirecopy.extract.jsonld import Node
from wirecopy.extract.meta import letters


def article_node(found: tuple[Node, ...], url: str, canonical: str | None, titles: tuple[str, ...]) -> Node:
    """Return the object that speaks of this page's article: by its address, its headline, and how much it says."""
    articles = [node for node in found if jsonld.is_article(node)]
    if not articles:
        articles = [node for node in found if "headline" in node and ("datePublished" in node or "author" in node)]
    wanted = {path for path in (_path(url), _path(canonical or "")) if path}
    keys = {key for title in titles if (key := letters(title))}
    ranked = sorted(enumerate(articles), key=lambda pair: (-_evidence(pair[1], wanted, keys), pair[0]))
    return ranked[0][1] if ranked else {}


def _evidence(node: Node, wanted: set[str], keys: set[str]) -> int:
    addresses = [jsonld.text(node.get(name)) for name in ("url", "@id", "mainEntityOfPage")]
    entity = node.get("mainEntityOfPage")
    if isinstance(entity, dict):
        addresses.append(jsonld.text(entity.get("@id")))
    key = letters(jsonld.text(node.get("headline")) or jsonld.text(node.get("name")))
    told = sum(name in node for name in ("datePublished", "author", "headline", "articleBody", "image"))
    same_title = bool(key) and any(key == other or (len(key) > 15 and (key in other or other in key)) for other in keys)
    return 6 * bool(wanted & {_path(address) for address in addresses if address}) + 6 * same_title + told


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path).rstrip("/").lower()
    except ValueError:
        return ""
