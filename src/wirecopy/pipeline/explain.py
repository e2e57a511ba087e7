"""What `explain` and `diff` tell of items that are held; looks only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from wirecopy.dedupe.diff import Span, diff_words
from wirecopy.errors import WarehouseError
from wirecopy.settings import Settings
from wirecopy.store.connection import Warehouse
from wirecopy.store.query import run

_KEYS = """
select item_key from core.item where item_key = $name
union select item_key from core.identifier where value = $name or value = regexp_replace($name, '^https?://(www\\.)?', '')
union select item_key from core.item where url = $name or canonical_url = $name
order by item_key
"""
_DATES = """
select i.item_key as item, r.headline, r.published_at as published, r.published_on as "day at source", r.published_precision as precision,
    r.published_source as source, r.published_raw as "as written", r.published_zone as zone, r.modified_at as modified,
    r.modified_source as "modified source", r.modified_raw as "modified as written",
    list_transform(coalesce(r.published_doubts, []) || coalesce(r.doubts, []), d -> d.code || ' ' || d.detail) as doubts,
    r.first_seen_at as "first seen", r.capture_file as capture, r.capture_offset as "at byte", r.rules_version as rules
from core.item i join core.revision r using (revision_key) where i.item_key = $key
"""
_HIDDEN = "select reason from wire.hidden where item_key = $key order by reason"
_REVISIONS = "select headline, body, coalesce(first_seen_at, landed_at), kind from wire.revisions where item_key = $key order by number"
_TEXTS = "select r.headline, r.body, r.outlet from core.item i join core.revision r using (revision_key) where i.item_key = $key"
_MATCH = """
select relation, jaccard, containment_a, containment_b, shared_words, longest_passage, shared_facts, other_facts, reason
from core.match where a_key = least($a, $b) and b_key = greatest($a, $b)
"""


def find_item(settings: Settings, name: str) -> str:
    """Return the key of the item that goes by a name: key, address or another identifier.

    Raises `WarehouseError` where none or several do.
    """
    found = [row[0] for row in run(Warehouse(settings.warehouse), _KEYS, {"name": name}).rows]
    if len(found) == 1:
        return str(found[0])
    message = (
        "no item goes by that name" if not found else f"{len(found)} items go by that name: {', '.join(found[:5])}"
    )
    raise WarehouseError(message, subject=name, remedy='look it up: wirecopy sql "from wire.copies"')


def date_rows(settings: Settings, name: str) -> list[tuple[str, Any]]:
    """Return what is known of an item's dates, as (label, value)."""
    result = run(Warehouse(settings.warehouse), _DATES, {"key": find_item(settings, name)})
    return list(zip(result.columns, result.rows[0], strict=True))


@dataclass(frozen=True, slots=True)
class TextRevision:
    """One text of an item."""

    headline: str
    body: str
    seen_at: datetime
    kind: str

    @property
    def text(self) -> str:
        """Return headline and body as one text."""
        return f"{self.headline}\n\n{self.body}"


def revisions(settings: Settings, name: str) -> list[TextRevision]:
    """Return the texts of an item, oldest first; raises `WarehouseError` for one that readers do not see."""
    warehouse, key = Warehouse(settings.warehouse), find_item(settings, name)
    rows = run(warehouse, _REVISIONS, {"key": key}).rows
    if not rows and (hidden := run(warehouse, _HIDDEN, {"key": key}).rows):
        raise WarehouseError(
            f"its texts are not shown: {hidden[0][0]}", subject=name, remedy='wirecopy sql "from wire.hidden"'
        )
    return [TextRevision(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two items side by side, with the evidence that the warehouse holds of them."""

    keys: tuple[str, str]
    texts: tuple[str, str]
    outlets: tuple[str, str]
    evidence: tuple[tuple[str, Any], ...]
    same_story: bool


def compare(settings: Settings, a: str, b: str) -> Compared:
    """Return two items with what joins them; `evidence` is empty where nothing does."""
    warehouse = Warehouse(settings.warehouse)
    keys = (find_item(settings, a), find_item(settings, b))
    rows = [run(warehouse, _TEXTS, {"key": key}).rows[0] for key in keys]
    found = run(warehouse, _MATCH, {"a": keys[0], "b": keys[1]})
    evidence = tuple(zip(found.columns, found.rows[0], strict=True)) if found.rows else ()
    stories = run(
        warehouse,
        "select count(distinct story_key) from core.member where item_key in ($a, $b)",
        {"a": keys[0], "b": keys[1]},
    )
    return Compared(
        keys,
        (f"{rows[0][0]}\n\n{rows[0][1]}", f"{rows[1][0]}\n\n{rows[1][1]}"),
        (rows[0][2], rows[1][2]),
        evidence,
        same_story=stories.rows[0][0] == 1,
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """How one text of an item became the next."""

    heading: str
    pieces: tuple[Span, ...]


def changes(settings: Settings, name: str, *, first: int | None = None, last: int | None = None) -> list[Changed]:
    """Return how an item's text changed, one step a revision, or between two of its revisions, by number from 1.

    Empty where it has one text only; raises `WarehouseError` for a number that it does not have.
    """
    texts = revisions(settings, name)
    if first is not None or last is not None:
        begin, end = first or 1, last or len(texts)
        for number in (begin, end):
            if not 1 <= number <= len(texts):
                raise WarehouseError(f"it has no revision {number}", subject=name, remedy=f"1 to {len(texts)}")
        heading = f"revision {begin} to revision {end}, {texts[end - 1].kind}"
        return [Changed(heading, diff_words(texts[begin - 1].text, texts[end - 1].text))]
    return [
        Changed(
            f"revision {number + 1}, {after.kind}, seen {after.seen_at:%Y-%m-%d %H:%M}Z",
            diff_words(before.text, after.text),
        )
        for number, (before, after) in enumerate(pairwise(texts), 1)
    ]


def evidence_lines(compared: Compared) -> Iterator[str]:
    """Yield, in words, why two items are one story or not."""
    verdict = "are copies of one story" if compared.same_story else "are two stories"
    yield f"{compared.keys[0]} ({compared.outlets[0]}) and {compared.keys[1]} ({compared.outlets[1]}) {verdict}."
    if not compared.evidence:
        yield "No evidence joins them directly."
    for name, value in compared.evidence:
        yield f"  {name:<16} {value:.3f}" if isinstance(value, float) else f"  {name:<16} {value}"
