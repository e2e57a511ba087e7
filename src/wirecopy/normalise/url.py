"""Addresses as identity: one form for all spellings of the address of one page. No network, never raises.

Scheme, `www.`, `m.`, AMP forms, port, fragment, tracking parameters and the trailing slash go; the case of the path and
unknown parameters stay. What counts as tracking or as a section page is data (`data/urls.toml`).
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tld import get_tld
from tld.utils import Result

_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")
# urn:newsml:agency.example:20260302:story-1, tag:agency.example,2026:1; a host with its port is none of these
_OPAQUE = re.compile(r"^[a-zA-Z][a-zA-Z0-9+-]*:(?!//|\d+(?:[/?#]|$)|[^/?#]*@)(?=[^/?#\s])")
_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_CACHE = re.compile(r"^(?:[^/]+\.)?cdn\.ampproject\.org/[vci]/(?:s/)?")
_GOOGLE_AMP = re.compile(r"^(?:www\.)?google\.[a-z.]+/amp/(?:s/)?")
_AMP_PATH = re.compile(r"(?:/amp(?:/|$)|\.amp(?=$|\.html?$)|^/amp(?=/))")
_MOST_LAYERS: Final = 20
_SLASHES = re.compile(r"/{2,}")
_ESCAPES = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f]+")


@dataclass(frozen=True, slots=True)
class _Rules:
    tracking: frozenset[str]
    tracking_openings: tuple[str, ...]
    amp_parameters: frozenset[str]
    index_names: frozenset[str]
    sections: frozenset[str]


@cache
def _rules() -> _Rules:
    table = tomllib.loads((Path(__file__).parent / "data" / "urls.toml").read_text(encoding="utf-8"))
    return _Rules(
        frozenset(table["tracking"]["names"]),
        tuple(table["tracking"]["openings"]),
        frozenset(table["tracking"]["amp"]),
        frozenset(table["pages"]["index"]),
        frozenset(table["pages"]["sections"]),
    )


@lru_cache(maxsize=8192)
def clean_url(url: str) -> str:
    """Return the one form of an address: `example.com/path?id=7`, without scheme; idempotent.

    An address that is none comes back as a text without blanks and control characters; so does a name such as a URN.
    """
    text = _UNSAFE.sub("", url)
    if _OPAQUE.match(text):
        return text
    cleaned = _cleaned(text)
    for _ in range(_MOST_LAYERS):
        again = _cleaned(cleaned)
        if again == cleaned or _OPAQUE.match(cleaned):
            break
        cleaned = again  # an address within an address: caches of caches
    return cleaned


def _cleaned(url: str) -> str:
    host, rest = _split(_bare(url))
    if not host:
        return rest
    path, _, query = rest.partition("?")
    path, query = _clean_path(path), _clean_query(query)
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _bare(url: str) -> str:
    """Return an address without scheme and blanks, and for one in Google's AMP caches that of the page itself."""
    text = _SCHEME.sub("", _UNSAFE.sub("", url.strip()))
    for form in (_AMP_CACHE, _GOOGLE_AMP):
        if match := form.match(text):
            return text[match.end() :]
    return text


def _split(text: str) -> tuple[str, str]:
    """Return the host, cleaned, and what follows it up to the fragment."""
    text = text.partition("#")[0]
    end = min((at for at in (text.find("/"), text.find("?")) if at >= 0), default=len(text))
    return _clean_host(text[:end]), text[end:]


def _clean_host(host: str) -> str:
    host = host.rpartition("@")[2].lower().rstrip(".")
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    host = host.partition(":")[0].rstrip(".")
    while (shorter := _HOST_PREFIX.sub("", host)) != host:
        host = shorter
    if host.isascii():
        return host
    try:
        encoded = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host  # no name that a resolver would take: kept as it is
    return encoded if _NAME.fullmatch(encoded) and _HOST_PREFIX.sub("", encoded) == encoded else host


def _clean_path(path: str) -> str:
    while (shorter := _AMP_PATH.sub(lambda match: "/" if match[0].endswith("/") else "", path)) != path:
        path = shorter
    path = _SLASHES.sub("/", path)
    if not path.isascii():
        path = quote(path, safe="%/:@!$&'()*+,;=~-._", errors="replace")
    return _ESCAPES.sub(lambda match: match[0].upper(), path).rstrip("/")


def _clean_query(query: str) -> str:
    if not query:
        return ""
    kept = [part for part in re.split("[&;]", query) if part and not _is_tracking(part)]
    return "&".join(kept)


def _is_tracking(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    rules = _rules()
    if name in rules.amp_parameters:
        return value.lower() in {"", "1", "true", "amp", "html"}
    return name in rules.tracking or name.startswith(rules.tracking_openings)


@lru_cache(maxsize=8192)
def registrable_domain(url: str) -> str:
    """Return the domain that somebody registered (`bbc.co.uk`), by the public suffix list; else the host.

    Takes an address or a host. Returns an empty text where there is no host.
    """
    host = "" if _OPAQUE.match(url) else _split(_bare(url))[0]
    if not host or "." not in host or _is_address(host):
        return host
    found = get_tld(host, fix_protocol=True, fail_silently=True, search_private=True, as_object=True)
    return found.fld if isinstance(found, Result) else ".".join(host.split(".")[-2:])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def canonical_for(page_url: str, canonical: str | None) -> str | None:
    """Return the canonical address that a page gives itself, cleaned, or None where it cannot be its identity.

    It must lie on the page's own registrable domain and be neither home page, section nor index.
    """
    if not canonical or _UNSAFE.search(canonical.strip()):
        return None
    if not _SCHEME.match(canonical.strip()):
        return None
    cleaned = clean_url(canonical)
    if registrable_domain(cleaned) != registrable_domain(page_url) or is_index(cleaned):
        return None
    return cleaned


def is_index(url: str) -> bool:
    """Tell whether an address is that of a home page, a section or an index rather than of one report."""
    host, rest = _split(clean_url(url))
    path, _, query = rest.partition("?")
    parts = [part for part in path.lower().split("/") if part]
    if not host or query:
        return not host
    if not parts or parts[-1] in _rules().index_names:
        return True
    return all(part in _rules().sections or _LOCALE.fullmatch(part) for part in parts)


_LOCALE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
