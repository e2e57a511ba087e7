"""What is asked for, what comes back, and the steps in between: the values and rules of one request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from wirecopy.errors import SourceError
from wirecopy.fetch.addresses import wire_url
from wirecopy.fetch.credentials import Credentials
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.model import Page, RequestRecord

Kind = Literal["feed", "page", "robots", "sitemap", "archive"]
Headers = tuple[tuple[str, str], ...]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "sitemap": "application/xml, text/xml, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
    "archive": "*/*",
}
_NO_TEXT = ("image/", "video/", "audio/", "font/")
_NO_PAGE = (*_NO_TEXT, "application/pdf", "application/zip", "application/vnd.", "application/msword")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to ask for: an address, what is known of it from before, and by what name its credentials go."""

    url: str
    kind: Kind = "page"
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str = ""
    """Hash of the payload held: equal bytes end as `same bytes`."""
    auth: str | None = None
    """Name of an environment variable (`fetch.credentials`)."""
    auth_url: str = ""
    """Whom the credentials are for: the feed's address, when one of its pages is asked. Feeds have their own."""

    @property
    def owner(self) -> str:
        """Return the address whose site gets the credentials, empty for none: a page must say whose they are."""
        return self.auth_url or ("" if self.kind == "page" else self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back: a page, or the word that nothing changed, and what the answer says about the next time."""

    record: RequestRecord
    page: Page | None = None
    not_modified: bool = False
    conditional: bool = False
    """Whether the server was told what we hold, and so could say that nothing changed."""
    redirects: tuple[tuple[int, str], ...] = ()
    """Each redirect's status and where it led."""
    permanent_url: str | None = None
    """Where an unbroken chain of permanent redirects leads, from the first step on."""
    content_hash: str = ""
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One server's answer to one step of a request."""

    status: int
    headers: Headers
    body: bytes = b""
    location: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first header of that name (lower case), or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(slots=True)
class Walk:
    """What is known of a request so far, also when it fails half-way."""

    request: FetchRequest
    credentials: Credentials
    url: str
    trail: list[tuple[int, str]] = field(default_factory=list)
    status: int | None = None
    size: int = 0
    retry_after: datetime | None = None

    @property
    def conditional(self) -> bool:
        """Return whether the request tells the server what we hold."""
        return bool(self.request.etag or self.request.last_modified)


def next_step(walk: Walk, answer: Answer) -> str:
    """Return where a redirect leads, having noted it; raises where it must not be followed."""
    if not answer.location:
        raise RequestOutcome.REDIRECT_BROKEN.error(f"status {answer.status} without Location")
    try:
        target = wire_url(answer.location, walk.url)
    except SourceError as err:
        raise RequestOutcome.REDIRECT_BROKEN.error(err.message) from err
    if walk.url.startswith("https:") and target.startswith("http:"):
        raise RequestOutcome.DOWNGRADE.error(target)
    seen = {wire_url(walk.request.url), *(url for _, url in walk.trail)}
    walk.trail.append((answer.status, target))
    if target in seen:
        raise RequestOutcome.REDIRECT_LOOP.error(target)
    return target


def permanent_step(trail: list[tuple[int, str]]) -> str | None:
    """Return where an unbroken chain of permanent redirects leads, None if the first step is none."""
    found = None
    for status, url in trail:
        if status not in PERMANENT:
            break
        found = url
    return found


def check_type(kind: Kind, content_type: str | None) -> None:
    """Raise for a media type that cannot be what was asked for; most that are wrong are harmless."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    unwanted = _NO_PAGE if kind == "page" else _NO_TEXT
    if kind in {"page", "feed"} and media_type.startswith(unwanted):
        raise RequestOutcome.WRONG_TYPE.error(media_type)


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers of an answer, without cookies: they are not ours to keep."""
    return tuple(
        (name.decode("latin-1"), value.decode("utf-8", "replace"))
        for name, value in raw
        if name.lower() != b"set-cookie"
    )
