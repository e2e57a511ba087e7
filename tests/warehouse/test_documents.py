"""What the documents tell a reader to type."""

import re
from pathlib import Path

import pytest

from store.landing_values import NOON, batch, make_item
from wirecopy.store.land import land
from wirecopy.store.query import run

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`(select [^`]+)`")


def statements(document):
    """Yield each SQL statement of a document: fenced, one a line, or quoted in its prose."""
    text = (ROOT / document).read_text(encoding="utf-8")
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    for line in lines:
        head, prompt, query = line.partition("sql> ")
        if prompt or ";" in head:
            yield (query or head).partition(";")[0]
    yield from QUOTED.findall(text)


@pytest.mark.parametrize("document", ["README.md", "warehouse/README.md"])
def test_every_query_of_a_document_runs(warehouse, document):
    """A reader who types it gets an answer, if only one without rows."""
    land(warehouse, batch("b1", make_item(1)), at=NOON)
    asked = list(statements(document))
    assert asked
    for sql in asked:
        assert run(warehouse, sql).columns, sql


def test_every_view_and_macro_has_a_query_that_shows_it():
    """A reader of the warehouse's page meets all that can be asked."""
    told = "\n".join(statements("warehouse/README.md"))
    for path in [*(ROOT / "warehouse/views").glob("*/*.sql"), *(ROOT / "warehouse/macros").glob("*/*.sql")]:
        name = path.stem if path.parent.name == "wire" else f"{path.parent.name}.{path.stem}"
        assert re.search(rf"\bfrom {re.escape(name)}\b", told), name
