"""The article's own headline: agreement among what the page calls it, without site name, section or kicker."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from wirecopy.extract import jsonld
from wirecopy.extract.meta import squeeze
from wirecopy.extract.metadata import Metadata

# Storms escalate in Gauteng | The Citizen   …wins presidency – POLITICO   ... _新华网   ...--时政--人民网
_SEPARATOR = re.compile(r"\s+[|·•»›:]+\s+|\s+[-–—]{1,2}\s+|\s*[|｜_]\s*|--+|\s*‖\s*")
_MAX = 400


def choose_headline(meta: Metadata, url: str) -> str | None:
    """Return the article's headline, or None if the page names none."""
    sites = _site_names(meta, url)
    candidates = [cleaned for raw in _candidates(meta) if raw and (cleaned := without_site(raw, sites))]
    if not candidates:
        return None
    return max(candidates, key=lambda text: (_votes(text, candidates), -candidates.index(text)))[:_MAX]


def _candidates(meta: Metadata) -> list[str]:
    stated = squeeze(jsonld.text(meta.node.get("headline")))
    og = meta.head.first("og:title") or ""
    return [stated, og, *meta.headings[:1], meta.head.first("twitter:title") or "", meta.head.title]


def _votes(text: str, candidates: list[str]) -> int:
    key = _key(text)
    return sum(_key(other) == key for other in candidates)


def without_site(headline: str, sites: frozenset[str]) -> str:
    """Return a headline without the parts at its ends that name the site, and without a section beside those."""
    text = squeeze(headline)
    while True:
        cuts = list(_SEPARATOR.finditer(text))
        if cuts and _is_site(text[cuts[-1].end() :], sites):
            text = text[: cuts[-1].start()].strip()
        elif cuts and _is_site(text[: cuts[0].start()], sites):
            text = text[cuts[0].end() :].strip()
        else:
            return text


def _is_site(part: str, sites: frozenset[str]) -> bool:
    key = _key(part)
    return bool(key) and key in sites


def _site_names(meta: Metadata, url: str) -> frozenset[str]:
    """Return what the site may be called: by its own statement, its publisher, its domain."""
    host = _host(url).removeprefix("www.")
    labels = host.split(".")
    names = [meta.site_name, meta.publisher, host, *(labels[-2:-1] if len(labels) > 1 else []), *labels[-3:-2]]
    keys = {key for name in names if (key := _key(name))}
    return frozenset(keys | {f"the{key}" for key in keys} | {key.removeprefix("the") for key in keys if len(key) > 6})


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
