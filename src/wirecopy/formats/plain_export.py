"""Plain export -> Article: records that begin with a line such as ` date 2025-06-26 Qingdao, June 26 (XYZ) …`.

A record ends at the next such line or at the end of the file; blank lines inside belong to it. It carries no identifier,
so the hash of the record as received, its date line included, stands for one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.reading import Outcome
from wirecopy.model import Article

FORMAT = "plain-export"
MAX_RECORD = 4_000_000

#  date 2025-06-26 Qingdao, June 26 (XYZ) The minister said
DATE_LINE = re.compile(r"^[ \t]*date[ \t]+(?P<day>\d{4}-\d\d-\d\d)(?:[ \t]+(?P<text>.*))?$")


def read_plain_export(lines: Iterable[str]) -> Iterator[Outcome]:
    """Yield the article of each record; text before the first date line is no record: an error at the end names it."""
    held: list[str] = []
    size = 0
    stray = False
    for line in lines:
        if DATE_LINE.match(line):
            if held:
                yield _article(held)
            held, size = [line], len(line)
        elif held:
            held.append(line)
            size += len(line)
        else:
            stray = stray or bool(line.strip())
        if size > MAX_RECORD:
            yield MarkupUnreadable(f"a record is longer than {MAX_RECORD} characters", reason="too large")
            held, size = [], 0
    if held:
        yield _article(held)
    if stray:
        yield MarkupUnreadable("text outside the records, before a date line, was not read", reason="no record")


def _article(lines: list[str]) -> Article:
    found = DATE_LINE.match(lines[0])
    day, first = (found["day"], found["text"] or "") if found else ("", lines[0])
    received = "\n".join(lines).rstrip()
    return assemble(
        FORMAT,
        Stamps(published=day),
        body=plain_text("\n".join([first, *lines[1:]])),
        record_hash=hashlib.sha256(received.encode("utf-8", "surrogatepass")).hexdigest(),
    )
