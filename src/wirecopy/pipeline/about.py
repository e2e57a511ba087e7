"""What a capture says about itself, so that a replay needs nothing else: the feed, the entry, where the feed was captured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from wirecopy.model import Capture, Feed, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """For what an archive held: where in it, whether that said when it was seen, and how a wire file was read."""

    origin: Origin
    dated: bool = True
    name: str = ""
    format: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    before: int = 0

    def to_json(self) -> str:
        """Return it on one line."""
        held = {**asdict(self), "mapping": list(map(list, self.mapping))}
        return json.dumps(held, ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Archived:
        """Return what `to_json` wrote."""
        held = json.loads(text)
        mapping = tuple((column, field) for column, field in held.pop("mapping"))
        return cls(**{**held, "origin": Origin(**held["origin"]), "mapping": mapping})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The origin of a captured payload."""

    feed: Feed | None = None
    entry: str = ""
    """Id of the entry within its feed; empty for a feed itself."""
    feed_capture: Capture | None = None
    whole: bool = False
    """For a feed: whether the entries that it holds in full land from it."""
    archived: Archived | None = None

    def to_fields(self) -> dict[str, str]:
        """Return it as the fields of a WARC metadata record, one line each."""
        written = {
            "feed": _feed_json(self.feed),
            "entry": " ".join(self.entry.split()),
            "whole": "yes" if self.whole else "",
        }
        if self.feed_capture:
            written["feed-capture"] = f"{self.feed_capture.file}@{self.feed_capture.offset}"
        if self.archived:
            written["archived"] = self.archived.to_json()
        return {name: value for name, value in written.items() if value}


def read_about(written: Mapping[str, str]) -> About:
    """Return what `to_fields` wrote."""
    names = {entry.name for entry in fields(Feed)}
    feed = json.loads(written["feed"]) if written.get("feed") else None
    file, _, offset = written.get("feed-capture", "").rpartition("@")
    return About(
        feed=Feed(**{name: value for name, value in feed.items() if name in names}) if feed else None,
        entry=written.get("entry", ""),
        feed_capture=Capture(file, int(offset)) if file else None,
        whole=written.get("whole") == "yes",
        archived=Archived.from_json(written["archived"]) if written.get("archived") else None,
    )


def _feed_json(feed: Feed | None) -> str:
    if feed is None:
        return ""
    values = {entry.name: value for entry in fields(feed) if (value := getattr(feed, entry.name))}
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"))
