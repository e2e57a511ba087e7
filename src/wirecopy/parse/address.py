"""Relative addresses -> absolute web addresses."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_FOR_READERS = re.compile(r"^feed:(?=https?:)", re.IGNORECASE)


def absolute(address: str | None, base: str) -> str | None:
    """Return the web address that `address` means on a document at `base`.

    None where it is none: empty, `mailto:` and the like, or brackets that no host may have. `feed:` before an address
    tells browsers what to open it with.
    """
    if not address or not address.strip():
        return None
    try:
        joined = urljoin(base, _FOR_READERS.sub("", address.strip()))
        joined = f"http{joined[4:]}" if joined.lower().startswith("feed://") else joined
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None
