"""Stories -> what is printed: dates filled in, datelines set before the text, every article under its address."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from wirecopy.demo.stories import SAMPLE, Outlet, Story, sample

Edition = Literal[1, 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article as its readers get it."""

    story: Story
    outlet: Outlet
    path: str
    headline: str
    paragraphs: tuple[str, ...]
    language: str
    credit: str | None
    published: datetime | None
    """In the outlet's zone; None for the story without a date."""
    updated: datetime | None
    ident: int

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{self.outlet.host}{self.path}"

    @property
    def summary(self) -> str:
        """Return its first paragraph, dateline included, as feeds carry it."""
        return self.paragraphs[0]


@cache
def _calendar() -> Mapping[str, Any]:
    return tomllib.loads((SAMPLE / "calendar.toml").read_text(encoding="utf-8"))


def date_fields(moment: datetime, language: str) -> dict[str, str]:
    """Return the fields of a date as a language prints them: `d m mm dd y month mon MON weekday time`."""
    words = _calendar()[language]
    short = words["short"][moment.month - 1]
    return {
        "d": str(moment.day),
        "dd": f"{moment.day:02}",
        "m": str(moment.month),
        "mm": f"{moment.month:02}",
        "y": str(moment.year),
        "month": words["months"][moment.month - 1],
        "mon": short,
        "MON": short.upper(),
        "weekday": words["weekdays"][moment.weekday()],
        "time": f"{moment:%H:%M}",
    }


def printed_date(moment: datetime, language: str) -> str:
    """Return a moment as pages of a language show it."""
    pattern: str = _calendar()[language]["printed"]
    return pattern.format_map(date_fields(moment, language))


def _moment(start: datetime, minutes: int, zone: str) -> datetime:
    return (start - timedelta(minutes=minutes)).replace(microsecond=0).astimezone(ZoneInfo(zone))


def _set_type(story: Story, outlet: Outlet, filing: Outlet, start: datetime) -> Printed:
    language = story.language or outlet.language
    filed = date_fields(_moment(start, story.filed_minutes, filing.zone), story.language or filing.language)
    first, *rest = (text.format_map(filed) for text in story.paragraphs)
    published = _moment(start, story.minutes, outlet.zone)
    ident = 100_000 + zlib.crc32(f"{outlet.host} {story.slug}".encode()) % 900_000
    updated = None if story.updated_minutes is None else _moment(start, story.updated_minutes, outlet.zone)
    return Printed(
        story=story,
        outlet=outlet,
        path=outlet.path.format(slug=story.slug, id=ident, **date_fields(published, outlet.language)),
        headline=story.headline,
        paragraphs=(story.dateline.format_map(filed) + first, *rest),
        language=language,
        credit=story.credit.format_map(filed) if story.credit else None,
        published=None if story.undated else published,
        updated=updated,
        ident=ident,
    )


def print_edition(start: datetime, edition: Edition) -> tuple[Printed, ...]:
    """Return every article of an edition, newest first within its outlet, with dates relative to `start` (aware)."""
    held = sample()
    houses = {outlet.host: outlet for outlet in held.outlets}
    stories = sorted(held.first if edition == 1 else held.second, key=lambda story: story.minutes)
    return tuple(_set_type(story, houses[story.outlet], houses[story.filed_at], start) for story in stories)
