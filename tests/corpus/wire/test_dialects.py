"""Wire files as agencies write them, invented in their dialects: every field that a careful reader finds is found."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from wirecopy import read_items
from wirecopy.errors import ContentError

FOLDER = Path(__file__).with_name("dialects")
ESCAPED = frozenset({"anpa1312", "iptc7901", "reuters_sgml", "rfc822", "text"})
"""Formats whose samples write control characters and line ends as `\\x01`, `\\r`, `\\n`."""
ESCAPE = re.compile(r"\\(x[0-9a-f]{2}|r|n|t)")
ENDS = {"r": "\r", "n": "\n", "t": "\t"}


@dataclass(frozen=True)
class Sample:
    """A file, and of each of its items the fields that are asked for."""

    name: str
    data: bytes
    items: tuple[dict[str, object], ...]


def samples():
    """Read every sample: a name behind `===`, expected fields as JSON, `---`, the file."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, raw = block.partition("\n---\n")
            name, _, fields = head.partition("\n")
            encoding = re.search(r"(?m)^encoding: (\S+)$", fields)
            items = tuple(
                {key: json.loads(value) for key, value in re.findall(r"(?m)^(\w+): (.*)$", part) if key != "encoding"}
                for part in re.split(r"(?m)^-- item$", fields)
            )
            raw = raw.rstrip("\n")
            text = ESCAPE.sub(unescaped, raw) if path.stem in ESCAPED else raw + "\n"
            yield Sample(f"{path.stem}: {name}", text.encode(encoding[1] if encoding else "utf-8"), items)


def unescaped(found):
    return ENDS.get(found[1]) or chr(int(found[1][1:], 16))


def shown(article, field, wanted):
    """Return a field of an article in the shape in which a sample states it."""
    if field in {"first", "last"}:
        words = article.body.split()
        count = len(str(wanted).split())
        return " ".join(words[:count] if field == "first" else words[-count:])
    if field == "doubt":
        return wanted if wanted in {None, *(doubt.code for doubt in article.doubts)} else None
    if field == "subjects":
        return [subject.code for subject in article.subjects]
    value = getattr(article, field)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


SAMPLES = list(samples())


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_a_dialect_is_read_as_a_careful_reader_reads_it(sample):
    """Each item comes in its turn, with the fields as stated; what holds no news says so."""
    if message := sample.items[0].get("error"):
        with pytest.raises(ContentError, match=str(message)):
            list(read_items(sample.data))
        return
    found = list(read_items(sample.data, sample.name))
    assert len(found) == len(sample.items)
    for article, wanted in zip(found, sample.items, strict=True):
        assert {field: shown(article, field, value) for field, value in wanted.items()} == wanted
