"""What the `feeds` commands do: list, add, check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wirecopy.agencies import registry
from wirecopy.errors import SettingsError
from wirecopy.fetch.addresses import without_secret
from wirecopy.fetch.http import Client, FetchRequest
from wirecopy.fetch.outcomes import WORDS
from wirecopy.fetch.session import open_runner
from wirecopy.fetch.walk import find_feeds
from wirecopy.formats.assemble import language_tag
from wirecopy.model import Feed, FeedContent, FeedState
from wirecopy.normalise.places import country_name
from wirecopy.normalise.recognise import recognise
from wirecopy.parse import read_feed
from wirecopy.parse.address import absolute
from wirecopy.parse.discover import FoundFeed
from wirecopy.parse.opml import read_opml, write_opml
from wirecopy.settings import Settings
from wirecopy.store.state import State

_HOW_TO_AUTHENTICATE = "keep them in an environment variable and name it: wirecopy feeds add URL --auth NAME"
COLUMNS = ("agency", "feed", "state", "last success", "last new item", "items a day", "failures", "next poll", "reason")


def listed(settings: Settings) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return column names and a row a feed: those of the state, or the bundled list while no feed was added or polled."""
    return COLUMNS, [_row(feed, state) for feed, state in _feeds(settings)]


def _feeds(settings: Settings) -> list[tuple[Feed, FeedState]]:
    if settings.state_path.exists():
        with State(settings.state_path) as state:
            if held := state.feeds():
                return held
    return [(feed, FeedState(url=feed.url)) for feed in registry().feeds()]


def _row(feed: Feed, state: FeedState) -> tuple[Any, ...]:
    usual = state.usual_a_day or state.items_a_day
    rate = None if usual is None else round(usual, 1)
    times = (state.last_success_at, state.last_new_at)
    return (
        feed.agency or feed.title,
        feed.url,
        _word(feed, state),
        *times,
        rate,
        state.failures,
        state.due_at,
        state.reason,
    )


def _word(feed: Feed, state: FeedState) -> str:
    if state.retired_at:
        return "retired"
    if state.last_polled_at is None:
        return "new" if feed.verified else "new, unverified"
    return "failing" if state.failures else "fine"


def add_feed(settings: Settings, feed: Feed) -> str:
    """Add a feed and say so in a sentence. Raises `SettingsError` for an address, zone, country or language that is none."""
    feed = replace(
        feed,
        url=absolute(feed.url, "") or feed.url,
        country=feed.country and feed.country.upper(),
        language=language_tag(feed.language) or feed.language,
    )
    parts = urlsplit(feed.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            "is no web address", subject=without_secret(feed.url), remedy="write it as https://host/path"
        )
    if parts.username is not None:
        raise SettingsError(
            "an address is no place for credentials", subject=without_secret(feed.url), remedy=_HOW_TO_AUTHENTICATE
        )
    _check_home(feed)
    with State(settings.state_path) as state:
        new = state.add_feeds([feed])
        again = state.revive([feed.url])
        count = sum(not held.retired_at for _, held in state.feeds())
    known = "was retired, and is polled again" if again else "was there already, what is known of it is renewed"
    return f"{feed.url} {'added' if new else known}; {count} {'feed is' if count == 1 else 'feeds are'} polled"


def _check_home(feed: Feed) -> None:
    """Raise for a zone, country or language that nobody knows: it would have every story of the feed misread."""
    if feed.zone and not _is_zone(feed.zone):
        raise SettingsError("is no time zone", subject=feed.zone, remedy="write it as Europe/Paris")
    if feed.country and country_name(feed.country) == feed.country:
        raise SettingsError("is no country", subject=feed.country, remedy="write two letters, as NO")
    if feed.language and language_tag(feed.language) is None:
        raise SettingsError("is no language", subject=feed.language, remedy="write two letters, as de")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not listed; not a relative path; a folder of zones
        return False
    return True


def import_feeds(settings: Settings, data: bytes, *, name: str = "") -> str:
    """Add the feeds of an OPML list and say so in a sentence; raises `FeedUnreadable` for bytes that are none."""
    found = read_opml(data, subject=name)
    usable = [feed for feed in found if urlsplit(feed.url).username is None]
    with State(settings.state_path) as state:
        new = state.add_feeds(usable)
        again = state.revive(feed.url for feed in usable)
    left_out = len(found) - len(usable)
    said = f"; left out for the credentials in their addresses: {left_out} ({_HOW_TO_AUTHENTICATE})" if left_out else ""
    revived = f", polled again that were retired: {again}" if again else ""
    return f"feeds read: {len(found)}, new: {new}{revived}{said}"


def export_feeds(settings: Settings) -> bytes:
    """Return the feeds that are polled as an OPML list: those retired are not."""
    return write_opml(feed for feed, state in _feeds(settings) if not state.retired_at)


def discovered(settings: Settings, url: str) -> list[tuple[str, str, str]]:
    """Return (address, title, where it is named) of the feeds of a site, each fetched and found to be one.

    Raises `SourceError` where the site itself cannot be had.
    """
    with open_runner() as runner:
        return [(found.url, found.title, found.source) for found in runner.run(_discovered(settings, url))]


async def _discovered(settings: Settings, url: str) -> tuple[FoundFeed, ...]:
    async with Client(settings) as client:
        return await find_feeds(client, url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a feed would add."""

    url: str
    content: FeedContent
    outcome: str
    milliseconds: int
    rows: tuple[tuple[str, str, str, str], ...]

    def summary(self) -> str:
        """Return what was found in a sentence."""
        new = sum(row[3] == "new" for row in self.rows)
        doubts = "; ".join(doubt.detail or doubt.code for doubt in self.content.doubts)
        title = self.content.title or self.url
        entries = "1 entry" if len(self.rows) == 1 else f"{len(self.rows)} entries"
        found = f"{entries}, {new} of them new"
        if self.content.children:
            found = f"{len(self.content.children)} sitemaps, polled as feeds of their own"
        line = f"{title}: {self.content.kind}, {found}, in {self.milliseconds:,} ms"
        return f"{line} ({doubts})" if doubts else line

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        names = ("headline", "published_raw", "link", "state")
        return {
            "url": self.url,
            "kind": self.content.kind,
            "title": self.content.title,
            "doubts": [doubt.code for doubt in self.content.doubts],
            "sitemaps": list(self.content.children),
            "entries": [dict(zip(names, row, strict=True)) for row in self.rows],
        }


def checked(settings: Settings, url: str, *, auth: str | None = None) -> Checked:
    """Fetch and read a feed, landing nothing; with the credentials that `auth` names, else those of a feed held.

    Raises `SourceError` where it cannot be had and `FeedUnreadable` where it cannot be read.
    """
    with open_runner() as runner:
        return runner.run(_checked(settings, url, auth))


async def _checked(settings: Settings, url: str, auth: str | None) -> Checked:
    auth = auth or next((feed.auth for feed, _ in _feeds(settings) if feed.url == url), None)
    async with Client(settings) as client:
        fetched = await client.fetch(FetchRequest(url=url, kind="feed", auth=auth))
    assert fetched.page is not None, "an unconditional request brings a page"
    content = read_feed(fetched.page)
    known: dict[str, str] = {}
    if settings.state_path.exists():
        with State(settings.state_path) as state:
            known = {name: held.hash for name, held in state.known(url).items()}
    found = recognise(content.entries, known)
    rows = []
    for name, entry in found.entries.items():
        word = "new" if name not in known else "changed" if name in found.fresh else "held"
        rows.append((entry.headline or "", entry.published_raw or entry.updated_raw or "", entry.link or "", word))
    outcome = WORDS[fetched.record.outcome].sentence
    return Checked(
        url=url, content=content, outcome=outcome, milliseconds=fetched.record.milliseconds, rows=tuple(rows)
    )
