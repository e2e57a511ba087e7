"""Reuters-21578 SGML -> Article. Not XML: references such as `&#3;` stand in it that XML forbids.

A file holds a thousand `<REUTERS …>…</REUTERS>` records (Lewis 1997, README of the collection). Texts of the types
BRIEF and UNPROC have no BODY: a brief is its title, an unprocessed text is what follows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.dateline_line import place_of_line
from wirecopy.formats.reading import Outcome
from wirecopy.model import Article, Subject

FORMAT = "reuters21578"
PROVIDER = "Reuters"
MAX_RECORD = 2_000_000
_LINKS = ("places", "people", "orgs", "exchanges", "companies")

# <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="19419" NEWID="3001">
_RECORD = re.compile(r"<REUTERS\b(?P<attributes>[^>]*)>(?P<content>.*?)</REUTERS\s*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")
_CONTROL = re.compile(r"&#(?:\d|1\d|2\d|3[01]|127);|[\x00-\x08\x0b-\x1f\x7f]")
_ELEMENT = re.compile(r"<(?P<name>[A-Z]+)\b[^>]*>(?P<text>.*?)</(?P=name)>", re.DOTALL)
_FILLER = re.compile(r"^\s*(?:blah\s*)+\.?\s*$", re.IGNORECASE)


def read_reuters(chunks: Iterable[str]) -> Iterator[Outcome]:
    """Yield the article of each record as it completes; a last record that is cut off is yielded as an error."""
    pending = ""
    for chunk in chunks:
        pending += chunk
        consumed = 0
        for found in _RECORD.finditer(pending):
            consumed = found.end()
            yield _article(found["attributes"], found["content"])
        pending = pending[consumed:]
        if len(pending) > MAX_RECORD:
            yield MarkupUnreadable(f"a record is longer than {MAX_RECORD} characters", reason="too large")
            return
    if "<REUTERS" in pending:
        yield MarkupUnreadable("the last record is cut off", reason="cut off")


def _article(attributes: str, content: str) -> Article:
    held = dict(_ATTRIBUTE.findall(attributes))
    content = _CONTROL.sub("", content)
    head, _, text = content.partition("<TEXT")
    kind, _, text = text.partition(">")
    fields = {found["name"]: found["text"] for found in _ELEMENT.finditer(head)}
    lines = {found["name"]: html.unescape(found["text"]) for found in _ELEMENT.finditer(text)}
    return assemble(
        FORMAT,
        Stamps(version_created=fields.get("DATE")),
        item_uri=held.get("NEWID"),
        provider=PROVIDER,
        language="en",
        headline=lines.get("TITLE", "").strip("* \n"),
        byline=lines.get("AUTHOR"),
        dateline_raw=lines.get("DATELINE"),
        dateline_place=place_of_line(lines.get("DATELINE", "")),
        subjects=tuple(Subject("reuters-topic", code, code) for code in _codes(fields.get("TOPICS", ""))),
        body=plain_text(_body(lines, text)),
        extra=_extra(held, fields, kind),
    )


def _body(lines: dict[str, str], text: str) -> str:
    if "BODY" in lines:
        return lines["BODY"]
    rest = re.sub(r"<[^<>]*>", "", _ELEMENT.sub("", text))
    return "" if _FILLER.match(rest) else html.unescape(rest)


def _codes(listed: str) -> list[str]:
    return [html.unescape(code) for code in re.findall(r"<D>(.*?)</D>", listed)]


def _extra(held: dict[str, str], fields: dict[str, str], kind: str) -> tuple[tuple[str, str], ...]:
    kinds = _ATTRIBUTE.findall(kind)
    links = ((name, ",".join(_codes(fields.get(name.upper(), "")))) for name in _LINKS)
    known = (("text_type", kinds[0][1] if kinds else "NORM"), ("old_id", held.get("OLDID", "")), *links)
    return tuple((name, value) for name, value in known if value)
