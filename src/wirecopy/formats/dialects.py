"""What single agencies do in their own way, read from `dialects.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from wirecopy.agencies import registry
from wirecopy.model import Article

_EMPTY = {name: entry.default for name, entry in Article.__dataclass_fields__.items()}


@dataclass(frozen=True, slots=True)
class Dialects:
    """Compiled habits of agencies."""

    byline: re.Pattern[str]
    label: re.Pattern[str]
    notes: re.Pattern[str]
    initials: re.Pattern[str]
    no_headline: re.Pattern[str]
    release: re.Pattern[str]
    anpa_media: re.Pattern[str]
    anpa_notes: re.Pattern[str]
    anpa_providers: Mapping[str, str]
    anpa_day_first: frozenset[str]
    services: Mapping[str, str]
    senders: Mapping[str, str]
    tags: Mapping[str, str]
    languages: Mapping[str, str]
    drop: tuple[Mapping[str, Any], ...]


@cache
def dialects() -> Dialects:
    """Return the habits of all agencies."""
    data = tomllib.loads(files(__package__).joinpath("dialects.toml").read_text(encoding="utf-8"))
    lines, anpa = data["lines"], data["anpa"]
    bylines = "|".join(re.escape(word) for word in lines["bylines"])
    return Dialects(
        byline=re.compile(rf"^(?:{bylines}|{bylines.upper()})\s+\S", re.UNICODE),
        label=_whole("|".join(lines["labels"])),
        notes=_whole("|".join(lines["notes"])),
        initials=re.compile(rf"^(?:{lines['initials']})$"),
        no_headline=_whole(lines["no_headline"]),
        release=re.compile(rf"^\W*(?:{lines['release']})\W*$", re.IGNORECASE),
        anpa_media=_whole(anpa["media"]),
        anpa_notes=_whole(anpa["notes"]),
        anpa_providers=anpa["providers"],
        anpa_day_first=frozenset(anpa["day_first"]["prefixes"]),
        services=data["iptc7901"]["services"],
        senders=data["text"]["senders"],
        tags=data["tags"],
        languages={name: code for code, names in data["languages"].items() for name in names},
        drop=tuple(data["drop"]),
    )


def in_own_words(article: Article) -> Article:
    """Return an article without the fields in which its agency is known to put something else."""
    dropped = [name for habit in dialects().drop if _applies(habit, article) for name in habit["fields"]]
    if article.byline and dialects().initials.match(article.byline) and not registry().find(article.byline):
        dropped += ["byline", "names"]
    cleared: dict[str, Any] = {name: _EMPTY[name] for name in dropped}
    return replace(article, **cleared) if cleared else article


def _applies(habit: Mapping[str, Any], article: Article) -> bool:
    if habit["format"] != article.format:
        return False
    agency = registry().provider(article.provider) if article.provider else None
    return agency is not None and agency.name == habit["provider"]


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern})$", re.IGNORECASE)
