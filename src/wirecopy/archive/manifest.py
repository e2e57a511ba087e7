"""The manifest of a folder of captured pages: under which address each was got, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wirecopy.errors import ContentError

MANIFEST = "meta.info"
"""A folder of captured pages says in this JSON file which address each page was got from, and when."""
Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """What a manifest says of one page."""

    url: str | None = None
    seen_at: datetime | None = None


def parse_manifest(data: bytes, subject: str) -> Manifest:
    """Return what a manifest says, by file name; raises `ContentError` for what is none."""
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as err:
        raise ContentError("the manifest is no JSON object", subject=subject, reason="manifest unreadable") from err
    if not isinstance(content, dict):
        raise ContentError("the manifest is no JSON object", subject=subject, reason="manifest unreadable")
    return content


def about(manifest: Manifest, name: str) -> About:
    """Return what a manifest says of a page: its address alone, or an object with `url` and `crawl_date`."""
    said = manifest.get(name, {})
    if not isinstance(said, dict):
        return About(url=str(said))
    url = said.get("url")
    return About(url=str(url) if url else None, seen_at=_crawled(said.get("crawl_date")))


def _crawled(text: Any) -> datetime | None:
    """Read a crawl date; crawlers write UTC where they write no zone."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
