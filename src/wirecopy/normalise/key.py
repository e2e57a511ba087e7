"""Who an item is: `item_key` as a pure function of the identifiers that it came with.

The first that applies: wire item (provider and id, without version), page (canonical address on the same domain, else its
own), dump record (outlet and id, else address), record without identifier (hash of the record as received). A feed's guid is
never a key: archives lack it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from wirecopy.agencies import Agency, registry
from wirecopy.model import Article, Identifier
from wirecopy.normalise.text import text_hash
from wirecopy.normalise.url import canonical_for, clean_url, registrable_domain

KEY_VERSION: Final = "1"
"""Changed only together with a migration: every stored key starts with it."""


@dataclass(frozen=True, slots=True)
class Key:
    """An item's key, the rule that gave it, and every identifier the item was seen under."""

    value: str
    rule: str
    """`wire`, `page`, `dump`, `record` or `text`."""
    identifiers: tuple[Identifier, ...] = ()


def item_key(article: Article, *, page_url: str | None = None) -> Key:
    """Return the key of an article: the version, then 24 hex digits.

    `page_url` is the address from which the page came in the end; unset, the article's own stands for it.
    """
    rule, parts = _identity(article, page_url or article.url)
    return Key(_hash(rule, *parts), rule, _identifiers(article, page_url))


def _hash(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return KEY_VERSION + blake2b(joined, digest_size=12).hexdigest()


def _identity(article: Article, url: str | None) -> tuple[str, tuple[str, ...]]:
    if article.item_uri and article.format != "page" and not _ids_unusable(article.provider):
        return "wire", (_provider(article), unversioned(article.item_uri, article.version))
    if article.dump_id:
        return "dump", (article.outlet or article.provider or "", article.dump_id)
    if url:
        return "page", (canonical_for(url, article.canonical_url) or clean_url(url),)
    if article.record_hash:
        return "record", (article.record_hash,)
    return "text", (article.provider or article.outlet or "", article.headline or "", text_hash(article.body))


def _ids_unusable(provider: str | None) -> bool:
    agency = _agency(provider) if provider else None
    return agency is not None and agency.unusable_ids


def _provider(article: Article) -> str:
    """Return the provider as the registry names it, so that `AFP` and `afp.com` are one."""
    name = (article.provider or "").strip()
    agency = _agency(name) if name else None
    return agency.key if agency else name.casefold()


@lru_cache(maxsize=1024)
def _agency(provider: str) -> Agency | None:
    return registry().provider(provider)


# urn:newsml:afp.com:20160116T093000Z:TX-PAR-ABC12:3 and the update marks of NewsML 1: 3A, 1N, 2U
_NEWSML_VERSION = re.compile(r"^(?P<id>urn:newsml:[^:]+:[^:]+:.+):(?P<version>\d+[NUA]?)$", re.IGNORECASE)


def unversioned(uri: str, version: str | None = None) -> str:
    """Return an item id without the version that it ends in: the last part of a NewsML URN, or `version` itself."""
    uri = uri.strip()
    if match := _NEWSML_VERSION.match(uri):
        return match["id"]
    if version:
        for sign in (":", "#", ";", "/v", "?version=", "&version="):
            if uri.endswith(sign + version) and len(uri) > len(sign + version):
                return uri.removesuffix(sign + version)
    return uri


def _identifiers(article: Article, page_url: str | None) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    if article.url:
        found.append(Identifier("url", article.url))
    if page_url and page_url != article.url:
        found.append(Identifier("requested_url", page_url))
    if article.canonical_url:
        found.append(Identifier("canonical_url", article.canonical_url))
    if article.item_uri:
        found.append(Identifier("item_uri", article.item_uri))
    if article.dump_id:
        found.append(Identifier("dump_id", article.dump_id))
    if article.record_hash:
        found.append(Identifier("record", article.record_hash))
    return tuple(found)


def outlet_of(article: Article) -> str:
    """Return who published an article: the registrable domain of its page, else who sent or held it."""
    if article.outlet:
        return article.outlet
    if article.url and (domain := registrable_domain(article.url)):
        return domain
    return article.provider or "unknown"
