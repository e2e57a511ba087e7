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
from wirecopy.model import Subject

FORMAT = "reuters21578"
PROVIDER = "Reuters"
MAX_RECORD = 2_000_000
_LINKS = ("places", "people", "orgs", "exchanges", "companies")

_END = re.compile(r"</REUTERS\s*>")
# TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="19419" NEWID="3001"
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")
_CODE = re.compile(r"<D>(.*?)</D>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CONTROL_NUMBER = re.compile(r"&#(?:\d|1\d|2\d|3[01]|127);")
_FILLER = re.compile(r"^\s*(?:blah\s*)+\.?\s*$", re.IGNORECASE)


def read_reuters(chunks: Iterable[str]) -> Iterator[Outcome]:
    """Yield the article of each record as it completes; a last record that is cut off is yielded as an error."""
    pending = ""
    for chunk in chunks:
        *records, pending = _END.split(pending + chunk)
        yield from (_article(record) for record in records)
        if len(pending) > MAX_RECORD:
            yield MarkupUnreadable(f"a record is longer than {MAX_RECORD} characters", reason="too large")
            return
    if "<REUTERS" in pending:
        yield MarkupUnreadable("the last record is cut off", reason="cut off")


def _article(record: str) -> Outcome:
    _, opened, content = record.partition("<REUTERS")
    if not opened:
        return MarkupUnreadable("a record ends that never began")
    attributes, _, content = _printable(content).partition(">")
    head, _, text = content.partition("<TEXT")
    kind, _, text = text.partition(">")
    held = dict(_ATTRIBUTE.findall(attributes))
    title, dateline = _line(text, "TITLE"), _line(text, "DATELINE")
    return assemble(
        FORMAT,
        Stamps(version_created=_element(head, "DATE")),
        item_uri=held.get("NEWID"),
        provider=PROVIDER,
        language="en",
        headline=title.strip("* \n"),
        byline=_line(text, "AUTHOR"),
        dateline_raw=dateline,
        dateline_place=place_of_line(dateline),
        subjects=tuple(Subject("reuters-topic", code, code) for code in _codes(_element(head, "TOPICS"))),
        body=plain_text(_body(text)),
        extra=_extra(held, head, kind),
    )


def _printable(text: str) -> str:
    if "&#" in text:
        text = _CONTROL_NUMBER.sub("", text)
    return text if text.replace("\n", "").replace("\t", "").isprintable() else _CONTROL.sub("", text)


def _element(text: str, name: str) -> str:
    """Return what stands between the tags of a name, or an empty string."""
    opened = f"<{name}>"
    start = text.find(opened) + len(opened)
    end = text.find(f"</{name}>", start) if start >= len(opened) else -1
    return text[start:end] if end >= 0 else ""


def _line(text: str, name: str) -> str:
    return html.unescape(_element(text, name))


def _body(text: str) -> str:
    body = _line(text, "BODY")
    if body or "<BODY" in text:
        return body
    for name in ("TITLE", "AUTHOR", "DATELINE"):
        text = text.replace(_element(text, name), "", 1)
    rest = re.sub(r"<[^<>]*>", "", text)
    bare = rest.strip("* \n")
    return "" if not bare or _FILLER.match(bare) else html.unescape(rest)


def _codes(listed: str) -> list[str]:
    return [html.unescape(code) for code in _CODE.findall(listed)] if listed else []


def _extra(held: dict[str, str], head: str, kind: str) -> tuple[tuple[str, str], ...]:
    kinds = _ATTRIBUTE.findall(kind)
    links = ((name, ",".join(_codes(_element(head, name.upper())))) for name in _LINKS)
    known = (("text_type", kinds[0][1] if kinds else "NORM"), ("old_id", held.get("OLDID", "")), *links)
    return tuple((name, value) for name, value in known if value)
