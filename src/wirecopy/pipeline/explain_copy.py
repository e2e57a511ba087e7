"""What `explain copy` tells of two items that are held; looks only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wirecopy.dedupe.apart import shared_boilerplate, why_apart
from wirecopy.dedupe.match import match
from wirecopy.model import Comparable
from wirecopy.pipeline.explain import find_item
from wirecopy.settings import Settings
from wirecopy.store.connection import Warehouse
from wirecopy.store.matches import comparables
from wirecopy.store.query import run

_ITEM = """
select i.item_key as key, r.revision_key as revision, r.revision_key = i.revision_key as current,
    r.headline, r.body, r.outlet, i.published_on, i.published_at, i.published_precision as precision,
    m.story_key as story, m.via_key as via, m.relation
from core.item i
join core.revision r on r.item_key = i.item_key
left join core.member m on m.item_key = i.item_key
where i.item_key = $key and r.revision_key = coalesce($revision, i.revision_key)
"""
_MATCH = """
select a_key, a_revision_key, b_revision_key, relation, reason, jaccard, containment_a, containment_b, shared_words,
    longest_passage, shared_facts, other_facts
from core.match where a_key = least($a, $b) and b_key = greatest($a, $b)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two items that are compared, in the text that matches best, else as it stands."""

    key: str
    revision: int
    current: bool
    headline: str | None
    body: str
    outlet: str
    published_on: date | None
    published_at: datetime | None
    precision: str | None
    story: str
    via: str | None
    relation: str | None

    @property
    def text(self) -> str:
        """Return headline and body as one text."""
        return f"{self.headline}\n\n{self.body}" if self.headline else self.body

    @property
    def name(self) -> str:
        """Return who printed it, and when."""
        if self.published_at and self.precision in {"second", "minute"}:
            return f"{self.outlet}, {self.published_at:%Y-%m-%d %H:%M}Z"
        return f"{self.outlet}, {self.published_on or 'undated'}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two items side by side; `evidence` is empty where the warehouse holds none, `reasons` where they are one story."""

    a: Side
    b: Side
    evidence: Mapping[str, Any]
    reasons: tuple[str, ...]
    ignored: tuple[str, ...]
    """Sentences that both print and that count for nothing, since they stand around unrelated reports."""

    @property
    def same_story(self) -> bool:
        """Say whether they are copies of one story."""
        return self.a.story == self.b.story


def compare(settings: Settings, a: str, b: str) -> Compared:
    """Return two items with what joins them, or what keeps them apart.

    Each goes by its key, its address, another identifier or words of its headline; raises `WarehouseError` where none or
    several go by that name.
    """
    warehouse = Warehouse(settings.warehouse)
    keys = (find_item(settings, a), find_item(settings, b))
    evidence, revisions = _evidence(warehouse, keys)
    one, other = (_side(warehouse, key, revision) for key, revision in zip(keys, revisions, strict=True))
    with warehouse.reader() as connection:
        held = comparables(connection, (one.revision, other.revision))
    texts = (held.get(one.revision), held.get(other.revision))
    return Compared(
        one, other, evidence, _reasons(one, other, texts, joined=bool(evidence)), _ignored(one, other, texts)
    )


def _evidence(warehouse: Warehouse, keys: tuple[str, str]) -> tuple[dict[str, Any], tuple[int | None, int | None]]:
    """Return what is held of a match, seen from the first key, and the revisions that matched; empty for none."""
    found = run(warehouse, _MATCH, {"a": keys[0], "b": keys[1]})
    if not found.rows:
        return {}, (None, None)
    row = dict(zip(found.columns, found.rows[0], strict=True))
    first, one, other = (row.pop(name) for name in ("a_key", "a_revision_key", "b_revision_key"))
    if first == keys[0]:
        return row, (one, other)
    row["containment_a"], row["containment_b"] = row["containment_b"], row["containment_a"]
    return row, (other, one)


def _side(warehouse: Warehouse, key: str, revision: int | None) -> Side:
    return Side(*run(warehouse, _ITEM, {"key": key, "revision": revision}).rows[0])


_Texts = tuple[Comparable | None, Comparable | None]


def _reasons(a: Side, b: Side, texts: _Texts, *, joined: bool) -> tuple[str, ...]:
    one, other = texts
    if a.story == b.story or a.key == b.key or one is None or other is None:
        return ()
    if joined or match(one, other) is not None:
        return tuple(why_apart(one, other)) or (_BRIDGE,)
    return why_apart(one, other)


_BRIDGE = (
    "They resemble each other, but less than each resembles its own story: "
    "one match between two groups that have little else in common is no bridge."
)


def _ignored(a: Side, b: Side, texts: _Texts) -> tuple[str, ...]:
    one, other = texts
    return shared_boilerplate((a.body, b.body), (one.text, other.text)) if one and other else ()


def verdict_lines(compared: Compared) -> Iterator[str]:
    """Yield, in words, why two items are one story or not."""
    a, b = compared.a, compared.b
    yield f"{a.headline or a.key!r} ({a.name})"
    yield f"{b.headline or b.key!r} ({b.name})"
    if a.key == b.key:
        yield "are one item."
        return
    yield "are copies of one story." if compared.same_story else "are two stories."
    yield from _evidence_lines(compared.evidence)
    if earlier := " and ".join(side.outlet for side in (a, b) if not side.current):
        yield f"  They match best in an earlier text of {earlier}, shown here; `wirecopy diff` shows what changed since."
    if compared.same_story and not compared.evidence:
        yield from (f"  {side.name}: {side.relation} of {side.via}" for side in (a, b) if side.via)
    yield from (f"  {reason}" for reason in compared.reasons)
    yield from (f"  Not counted, printed around unrelated reports: {sentence}" for sentence in compared.ignored)


def _evidence_lines(found: Mapping[str, Any]) -> Iterator[str]:
    if not found:
        return
    yield f"  {found['relation']}: {found['reason']}"
    if found["jaccard"] is not None and found["shared_words"]:
        yield (
            f"  {found['shared_words']} words run along each other: {found['containment_a']:.0%} of the first text, "
            f"{found['containment_b']:.0%} of the second; the longest passage has {found['longest_passage']}."
        )
    if found["shared_facts"] is not None:
        other = found["other_facts"]
        differing = f"{other} {'differs' if other == 1 else 'differ'}" if other else "none differs"
        yield f"  {found['shared_facts']} figures and names agree, {differing}."
