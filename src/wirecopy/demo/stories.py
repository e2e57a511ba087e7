"""The sample as data: outlets, stories, their copies at other outlets, and what the second edition changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

SAMPLE = Path(__file__).parent / "sample"

FeedKind = Literal["rss", "atom", "rdf", "json", "malformed", "unreadable"]
Template = Literal["agency", "daily", "bulletin", "table", "release"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A host of the sample and the house style of its pages and feed."""

    host: str
    title: str
    country: str
    language: str
    zone: str
    feed: FeedKind
    feed_path: str
    template: Template
    path: str
    """How an article is addressed, with `{slug}`, `{id}` and the fields of a date."""
    nav: tuple[str, ...]
    advert: str
    related: str
    footer: str
    agency: str | None = None
    """The agency whose own site this is; None for newspapers and mixed desks."""

    @property
    def feed_url(self) -> str:
        """Return the address of its feed."""
        return f"http://{self.host}{self.feed_path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of one outlet, with the dates still open: ages are in minutes before the start."""

    slug: str
    outlet: str
    headline: str
    paragraphs: tuple[str, ...]
    minutes: int
    filed_minutes: int
    """Age of the report that this is a copy of, else its own: what its dateline tells."""
    filed_at: str
    """Host of the outlet that filed it: its zone dates the dateline."""
    dateline: str = ""
    author: str | None = None
    section: str = ""
    keywords: tuple[str, ...] = ()
    credit: str | None = None
    agency: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    undated: bool = False
    status: int = 200
    copy: bool = False
    kind: Literal["", "update", "correction", "kill"] = ""
    updated_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that the sample wires ever publish."""

    outlets: tuple[Outlet, ...]
    first: tuple[Story, ...]
    second: tuple[Story, ...]
    """The first edition with the update, the correction and the kill in the place of what they replace."""


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))


def _outlet(table: dict[str, Any]) -> Outlet:
    return Outlet(**(table | {"nav": tuple(table["nav"])}))


def _front_matter(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields between the `+++` lines of a file and the paragraphs after them."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), tuple(part.strip() for part in body.split("\n\n") if part.strip())


def _story(slug: str, fields: dict[str, Any], paragraphs: tuple[str, ...]) -> Story:
    fields = fields | {"keywords": tuple(fields.get("keywords", ()))}
    filed = {"filed_minutes": fields["minutes"], "filed_at": fields["outlet"]}
    return Story(slug=slug, paragraphs=paragraphs, **filed, **fields)


def _copied_paragraphs(story: Story, table: dict[str, Any]) -> tuple[str, ...]:
    dropped = table.get("drop", ())
    kept = [text for at, text in enumerate(story.paragraphs) if at not in dropped][: table.get("keep")]
    for old, new in table.get("swap", ()):
        kept = [text.replace(old, new) for text in kept]
    return (*kept, *table.get("add", ()))


def _copy(story: Story, table: dict[str, Any]) -> Story:
    own = {name: table[name] for name in ("headline", "dateline", "credit") if name in table}
    return replace(
        story,
        outlet=table["outlet"],
        minutes=table["minutes"],
        paragraphs=_copied_paragraphs(story, table),
        credit=own.pop("credit", None),
        encoding="utf-8",
        copy=True,
        **own,
    )


def _replaced(story: Story, fields: dict[str, Any], paragraphs: tuple[str, ...]) -> Story:
    kill = fields["kind"] == "kill"
    return replace(
        story,
        headline=fields["headline"],
        kind=fields["kind"],
        updated_minutes=fields["minutes"],
        paragraphs=paragraphs,
        credit=fields.get("credit"),
        dateline="" if kill else story.dateline,
    )


def _stories() -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    for path in sorted((SAMPLE / "stories").glob("*.md")):
        yield path.stem, *_front_matter(path)


@cache
def sample() -> Sample:
    """Return the sample, read once a process."""
    outlets = tuple(_outlet(table) for table in _toml("outlets.toml")["outlet"])
    houses = {outlet.host: outlet for outlet in outlets}
    filed: dict[str, Story] = {}
    changes: list[tuple[str, dict[str, Any], tuple[str, ...]]] = []
    for slug, fields, paragraphs in _stories():
        if target := fields.pop("replaces", None):
            changes.append((target, fields, paragraphs))
        else:
            fields.setdefault("agency", houses[fields["outlet"]].agency)
            filed[slug] = _story(slug, fields, paragraphs)
    copies = tuple(_copy(filed[table["of"]], table) for table in _toml("copies.toml")["copy"])
    changed = {slug: _replaced(filed[slug], fields, text) for slug, fields, text in changes}
    return Sample(outlets, (*filed.values(), *copies), (*(filed | changed).values(), *copies))
