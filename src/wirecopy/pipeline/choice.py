"""How an archive is read, and what of it is wanted: by outlet, language, address, days of publication and crawl."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from wirecopy.archive import Unit
from wirecopy.formats import sniffed
from wirecopy.model import Arrival, Page, SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to take of an archive; what is empty or None chooses everything. Days are meant inclusive."""

    outlets: tuple[str, ...] = ()
    """Hosts (`news.example.org`), domains with all their hosts (`example.org`, `co.uk`), or agencies by their name."""
    languages: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    """Patterns of whole addresses, `*` for any text, with or without `https://`."""
    since: date | None = None
    """First day of publication; an item whose day is not known is not taken."""
    until: date | None = None
    crawled_since: date | None = None
    """First day on which a page was captured or a wire item's version made, in UTC."""
    crawled_until: date | None = None

    def takes_page(self, page: Page) -> bool:
        """Return whether a page is worth reading, by what is known of it before."""
        return self._takes(page.final_url, (), page.fetched_at)

    def takes_aside(self, aside: SetAside) -> bool:
        """Return whether it is to be told that a page cannot be used: not where its address is not wanted."""
        return not aside.subject.startswith(("http://", "https://")) or self._takes(
            aside.subject, (), None, timed=False
        )

    def takes(self, arrival: Arrival) -> bool:
        """Return whether an item is wanted."""
        item = arrival.item
        day = (item.published.on or item.published.at.date()) if item.published else None
        if not _within(day, self.since, self.until):
            return False
        if self.languages and _primary(item.language or "") not in map(_primary, self.languages):
            return False
        names = (item.outlet, item.provider or "", item.agency or "")
        return self._takes(item.url or item.item_uri or "", names, arrival.sighting.seen_at)

    def _takes(self, url: str, names: Iterable[str], seen_at: datetime | None, *, timed: bool = True) -> bool:
        if self.outlets and not _is_of(_host(url), names, self.outlets):
            return False
        if self.urls and not any(_pattern(one).fullmatch(url) for one in self.urls):
            return False
        return not timed or _within(seen_at and seen_at.astimezone(UTC).date(), self.crawled_since, self.crawled_until)


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an archive is read: what its formats are not sniffed, and what of it is wanted."""

    format: str | None = None
    """Read wire files as this format."""
    mapping: tuple[tuple[str, str], ...] = ()
    """Columns of dumps and the fields that they fill."""
    choice: Choice = EVERYTHING

    def format_of(self, head: bytes, name: str) -> str:
        """Return the format of a wire file by its first bytes, unless one is asked for."""
        return self.format or sniffed(head, name, dict(self.mapping) or None)

    def mark_of(self, unit: Unit) -> str:
        """Return what the ledger knows a unit by: read in another way it is another piece of work."""
        if self == AS_IT_IS:
            return unit.mark
        return f"{unit.mark}-{hashlib.sha256(repr(self).encode()).hexdigest()[:8]}"


AS_IT_IS = Reading()


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return (first is None or first <= day) and (last is None or day <= last)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _host(url: str) -> str:
    try:
        return (urlsplit(url if "://" in url else f"//{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_of(host: str, names: Iterable[str], outlets: Iterable[str]) -> bool:
    """Return whether a host is one of the outlets or lies below one, label by label; `ample.org` is not of `example.org`."""
    held = {name.lower() for name in names if name}
    wanted = [one.lower().strip(".").removeprefix("www.") for one in outlets]
    return any(host == one or host.endswith(f".{one}") or one in held for one in wanted)


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    scheme = "" if "://" in text or text.startswith("*") else r"(?:https?://)?(?:www\.)?"
    return re.compile(scheme + ".*".join(map(re.escape, text.split("*"))), re.DOTALL)
