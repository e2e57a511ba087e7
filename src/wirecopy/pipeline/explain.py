"""What `explain` and `diff` tell of items that are held; looks only."""

from __future__ import annotations

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
# An item is dated by its first revision that is (see item_insert.sql), so that one is explained.
_DATES = """
select i.item_key as item, r.headline, r.published_at as published, r.published_on as "day at source", r.published_precision as precision,
    r.published_source as source, r.published_raw as "as written", r.published_zone as zone, r.modified_at as modified,
    r.modified_source as "modified source", r.modified_raw as "modified as written",
    r.first_created_at as "wire created", r.version_created_at as "wire version", d.filed_on as "dateline day",
    list_transform(coalesce(r.published_doubts, []) || coalesce(r.doubts, []), d -> trim(d.code || ' ' || d.detail)) as doubts,
    r.first_seen_at as captured, i.revisions, coalesce(r.capture_file, r.origin_address) as "read from",
    coalesce(r.capture_offset, r.origin_offset) as "at byte", r.rules_version as rules
from core.item i
join core.revision r using (item_key)
left join core.dateline d on d.revision_key = r.revision_key and d.position = 0
where i.item_key = $key
order by r.published_at is null, try_cast(r.version as double) nulls first, r.version nulls first,
    r.version_created_at nulls first, r.first_seen_at nulls first, r.text_hash
limit 1
"""
_HIDDEN = "select reason from wire.hidden where item_key = $key order by reason"
_REVISIONS = "select headline, body, coalesce(first_seen_at, landed_at), kind from wire.revisions where item_key = $key order by number"
_HEADLINES = """
select i.item_key, r.headline || ' (' || r.outlet || coalesce(', ' || r.published_on, '') || ')'
from core.item i join core.revision r using (revision_key)
where contains(lower(r.headline), lower($name)) order by r.published_on, i.item_key limit 6
"""
# What somebody may have meant who mistyped a key or an identifier.
_NEAR = """
select name from (
    select item_key as name from core.item union select value as name from core.identifier
)
where jaro_winkler_similarity(name, $name) > 0.9
order by levenshtein(name, $name), name limit 3
"""


def find_item(settings: Settings, name: str) -> str:
    """Return the key of the item that goes by a name: key, address, another identifier, or else words of its headline.

    Raises `WarehouseError` where none or several do.
    """
    warehouse = Warehouse(settings.warehouse)
    found = [(str(key), str(key)) for (key,) in run(warehouse, _KEYS, {"name": name}).rows]
    found = found or [(str(key), f"{key} {shown}") for key, shown in run(warehouse, _HEADLINES, {"name": name}).rows]
    if len(found) == 1:
        return found[0][0]
    listed = "; ".join(shown for _, shown in found[:5])
    if found:
        raise WarehouseError(f"{_several(len(found))} go by that name: {listed}", subject=name, remedy=_LOOK_UP)
    near = ", ".join(str(other) for (other,) in run(warehouse, _NEAR, {"name": name}).rows)
    remedy = f"did you mean {near}?" if near else _LOOK_UP
    raise WarehouseError("no item goes by that name", subject=name, remedy=remedy)


_LOOK_UP = 'look it up: wirecopy sql "from wire.copies"'


def _several(count: int) -> str:
    return f"{count} items" if count <= _LISTED else f"more than {_LISTED} items"


_LISTED = 5


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
