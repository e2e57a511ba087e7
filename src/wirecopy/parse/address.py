"""Relative addresses -> absolute web addresses."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(address: str | None, base: str) -> str | None:
    """Return the web address that `address` means on a document at `base`.

    None where it is none: empty, `mailto:` and the like, or brackets that no host may have.
    """
    if not address or not address.strip():
        return None
    try:
        joined = urljoin(base, address.strip())
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None
