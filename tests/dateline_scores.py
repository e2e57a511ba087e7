"""Measures the dateline parser on the corpus: one verdict a lead, shares by list, style and language."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from wirecopy.model import Dateline
from wirecopy.normalise.dateline import parse_dateline

CORPUS = Path(__file__).parent / "corpus" / "datelines"
LISTS = ("designed", "as_printed", "blind")
MEASURES = ("found", "places", "country", "date", "agency", "lead", "all")


def leads(name: str) -> list[dict[str, Any]]:
    """Return the leads of one list."""
    return tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["lead"]


def floors() -> dict[str, dict[str, float]]:
    """Return the least share of each measure on each list."""
    return tomllib.loads((CORPUS / "floors.toml").read_text(encoding="utf-8"))


def read(lead: dict[str, Any]) -> Dateline | None:
    """Return what the parser reads in a lead."""
    return parse_dateline(lead["text"], sent_at=lead.get("sent_at"), language=lead["language"])


def right(lead: dict[str, Any], found: Dateline | None) -> dict[str, bool]:
    """Return which measures a reading passes."""
    if found is None:
        return dict.fromkeys(MEASURES, False)
    wanted = lead["places"]
    passed = {
        "found": True,
        "places": [(p.raw, p.qualifier) for p in found.places] == [(w["raw"], w.get("qualifier")) for w in wanted],
        "country": [p.place and p.place.country for p in found.places] == [w.get("country") for w in wanted],
        "date": found.on == lead.get("on"),
        "agency": found.agency == lead.get("agency"),
        "lead": found.lead == lead["lead"],
    }
    return {**passed, "all": all(passed.values())}


def shares(results: Iterable[dict[str, bool]]) -> dict[str, float]:
    """Return the share of leads that pass each measure."""
    rows = list(results)
    return {measure: sum(row[measure] for row in rows) / len(rows) for measure in MEASURES}


def scores(name: str) -> dict[str, float]:
    """Return the shares of a whole list."""
    return shares(right(lead, read(lead)) for lead in leads(name))


def grouped(key: Callable[[dict[str, Any]], str]) -> Iterator[tuple[str, int, dict[str, float]]]:
    """Yield group, number of leads and shares over all lists with datelines."""
    groups: dict[str, list[dict[str, bool]]] = defaultdict(list)
    for name in LISTS:
        for lead in leads(name):
            groups[key(lead)].append(right(lead, read(lead)))
    for group, rows in sorted(groups.items()):
        yield group, len(rows), shares(rows)


def false_positives() -> list[str]:
    """Return the openings without a dateline in which the parser sees one."""
    return [lead["text"] for lead in leads("must_not_match") if read(lead) is not None]
