"""What polling remembers of feeds and sites between two polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import orjson

Needs = Literal["page", "nothing", "notice"]
"""What an entry still needs to land: its page; nothing, since the feed holds all of it; it is a notice itself."""


class FeedState(NamedTuple):
    """What polling knows of one feed between two polls: rhythm, validators, failures; a row of state.sqlite.

    A named tuple, since thousands are read, made anew and written a minute: a dataclass takes four times as long.
    `fetch.schedule.plan` makes the next one. `to_json` and `from_json` carry it through any store; `due_at` is
    the column to sort by (None = due at once), `retired_at` excludes a feed from polling.
    """

    url: str
    due_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str = ""
    """Hash of the last payload: what tells "changed" when the feed's own validators lie."""
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    """When a poll last brought an entry that the window before did not hold."""
    verified_at: datetime | None = None
    """When the feed was last asked without conditions."""
    unmodified: int = 0
    """Polls in a row that the server answered with "not modified"."""
    suspicion: int = 0
    """How often its "not modified" has turned out a lie: each time it is verified twice as often."""
    interval_seconds: int = 0
    items_a_day: float | None = None
    """New items a day, lately; None before the second reading."""
    usual_a_day: float | None = None
    """The same as of the last new item: what a feed that has gone quiet is measured by."""
    observed_items: float = 0.0
    observed_seconds: float = 0.0
    """What `items_a_day` is the ratio of: both fade with time."""
    new_items: int = 0
    """Entries that the last reading brought and the window before did not hold."""
    read_at: datetime | None = None
    """When the window was last read: a "not modified" is no reading."""
    first_read_at: datetime | None = None
    """When the window was first read: of what came before, nothing is known."""
    window_ids: tuple[str, ...] = ()
    """Short hashes of the entries of the last window, in its order."""
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    fresh_until: datetime | None = None
    """Until when Cache-Control or Expires calls the last answer fresh."""
    failures: int = 0
    """Failed polls in a row."""
    failure_weight: float = 0.0
    """Those failures, weighed by their class: what the backing off goes by."""
    outcome: str = ""
    """Word of the last poll's request (`fetch.outcomes`)."""
    reason: str = ""
    """The last failure, or why the feed is retired, in words."""
    gaps: int = 0
    gap_at: datetime | None = None
    """When items last may have scrolled off unseen."""
    moved_url: str | None = None
    """Where permanent redirects point, while they are not yet believed."""
    moved_seen: int = 0
    former_urls: tuple[str, ...] = ()
    retired_at: datetime | None = None

    def to_json(self) -> str:
        """Return the state as one JSON object; moments as ISO 8601, what is as it was at first left out."""
        said = {name: value for name, value, first in zip(_NAMES, self, _FIRST, strict=True) if value != first}
        return orjson.dumps(said).decode()

    @classmethod
    def from_json(cls, text: str) -> FeedState:
        """Return the state that `to_json` wrote; keys of another version are ignored."""
        stored: dict[str, Any] = orjson.loads(text)
        for name in _MOMENTS & stored.keys():
            stored[name] = datetime.fromisoformat(stored[name]) if stored[name] else None
        for name in _TUPLES & stored.keys():
            stored[name] = tuple(stored[name])
        if not stored.keys() <= _KNOWN:
            stored = {name: value for name, value in stored.items() if name in _KNOWN}
        return cls(**stored)


_NAMES = FeedState._fields
_KNOWN = frozenset(_NAMES)
_FIRST = tuple(FeedState._field_defaults.get(name) for name in _NAMES)
_MOMENTS = frozenset(name for name, kind in FeedState.__annotations__.items() if "datetime" in str(kind))
_TUPLES = frozenset(name for name, kind in FeedState.__annotations__.items() if "tuple" in str(kind))


def hour_of(moment: datetime) -> datetime:
    """Return the start of an instant's hour, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """An entry of a feed as polled: `hash` changes when the feed says something else of it."""

    id: str
    hash: str
    body: str
    """The entry as `FeedEntry.to_json` writes it."""
    needs: Needs = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A site's robots.txt as last read; kept in state.sqlite, so that a poll a minute does not ask for it each time."""

    origin: str
    """Scheme, host and port: `https://wire.example`."""
    text: str = ""
    """Empty where the site has none: everything is allowed."""
    reachable: bool = True
    """False where it could not be had for now: nothing is allowed."""
    outcome: str = ""
    """Word of the request that failed."""
    fetched_at: datetime
