"""Newswire corpora as evaluations and the LDC hand them out, `<DOC>…</DOC>` one behind the other -> Article.

SGML as TREC, TIPSTER, AQUAINT and Gigaword tag it: end tags may be missing, so it is no XML. Which tags hold which
field, and whose texts a document number names, is data (`sgml_doc.toml`).
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.reading import Outcome
from wirecopy.formats.times import month_number

FORMAT = "sgml-doc"
MAX_RECORD = 8_000_000
_BEGIN = re.compile(r"<DOC(?P<attributes>\s[^>]*)?>", re.IGNORECASE)
_END = re.compile(r"</DOC\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_PARAGRAPH = re.compile(r"</?P\s*>", re.IGNORECASE)
# APW_ENG_19980101.0001   XIE19960101.0001   AP880212-0001   WSJ870324-0001   19980107_0132
_NUMBER = re.compile(
    r"(?P<source>[A-Z]*?)(?:_(?P<language>[A-Z]{3})_)?(?P<day>(?:19|20)\d{6}|\d{6})[._-]\d+", re.IGNORECASE
)
# AP-NR-02-12-88 2344EST
_FILED = re.compile(r"[A-Z]{2}-[A-Z]{2}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\b")
# 1998-01-07 23:11   19890101   890101   03/24/87   06/01/1998 00:01:00   January 1, 1989   5 January 1994
_DAYS = tuple(
    re.compile(shape + r"(?!\d)(?: (?P<clock>\d\d:\d\d(?::\d\d)?))?")
    for shape in (
        r"(?P<year>(?:19|20)\d\d)-?(?P<month>\d\d)-?(?P<day>\d\d)",
        r"(?<!\d)(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4}|\d\d)",
        r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})",
        r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})",
    )
)


@dataclass(frozen=True, slots=True)
class _Tags:
    """Which tags hold which field, and which beginnings of a document's number stand for whom."""

    fields: dict[str, tuple[str, ...]]
    sources: dict[str, str]


@cache
def _tags() -> _Tags:
    data = tomllib.loads(files(__package__).joinpath("sgml_doc.toml").read_text(encoding="utf-8"))
    return _Tags({field: tuple(names) for field, names in data["fields"].items()}, data["sources"])


def read_sgml_docs(chunks: Iterable[str]) -> Iterator[Outcome]:
    """Yield the article of each document as it completes; a last one that is cut off is yielded as an error."""
    pending = ""
    for chunk in chunks:
        *records, pending = _END.split(pending + chunk)
        yield from map(_article, records)
        if len(pending) > MAX_RECORD:
            yield MarkupUnreadable(f"a record is longer than {MAX_RECORD} characters", reason="too large")
            return
    if _BEGIN.search(pending):
        yield MarkupUnreadable("the last record is cut off", reason="cut off")


def _article(record: str) -> Outcome:
    begin = _BEGIN.search(record)
    if begin is None:
        return MarkupUnreadable("a record ends that never began")
    attributes = dict(_ATTRIBUTE.findall(begin["attributes"] or ""))
    content = record[begin.end() :]
    number = attributes.get("id") or _line(content, "number")
    named = _NUMBER.search(number)
    dateline = _line(content, "dateline")
    return assemble(
        FORMAT,
        Stamps(version_created=_day(content, named)),
        item_uri=number,
        provider=_source(content, number),
        language=attributes.get("language") or (named["language"] if named else None),
        headline=_line(content, "headline").strip("* "),
        byline=_line(content, "byline"),
        dateline_raw=dateline,
        slugline=_line(content, "slugline"),
        body="\n\n".join(filter(None, (_prose(content, name) for name in _tags().fields["body"]))),
        extra=tuple((name, value) for name, value in (("text_type", attributes.get("type", "")),) if value),
    )


def _line(content: str, field: str) -> str:
    """Return what the likeliest tag of a field holds, on one line; several of one name (two bylines) are the first."""
    held = (" ".join(_bare(_element(content, name), " ").split()) for name in _tags().fields[field])
    return next(filter(None, held), "")


def _bare(text: str, instead: str = "") -> str:
    return html.unescape(_TAG.sub(instead, text)) if "<" in text or "&" in text else text


def _element(content: str, name: str) -> str:
    """Return what stands between the tags of a name; one that is not closed ends where its line does."""
    found = _pattern(name).search(content)
    return (found["held"] or found["line"] or "") if found else ""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"<{name}(?:\s[^>]*)?>(?:(?P<held>.*?)</{name}\s*>|(?P<line>[^\n<]*))", re.IGNORECASE | re.DOTALL
    )


def _prose(content: str, name: str) -> str:
    """Return the text of an element: its `<P>` are paragraphs, or its blank lines and indents are."""
    held = _element(content, name)
    if not _PARAGRAPH.search(held):
        return plain_text(_bare(held))
    paragraphs = (" ".join(_bare(part).split()) for part in _PARAGRAPH.split(held))
    return "\n\n".join(filter(None, paragraphs))


def _source(content: str, number: str) -> str | None:
    """Return whose text it is, from a tag of its own or from the letters with which the document's number begins."""
    letters = re.match(r"[A-Za-z]*", number)
    return _line(content, "provider") or (_tags().sources.get(letters[0].upper()) if letters else None)


def _day(content: str, named: re.Match[str] | None) -> str | None:
    """Return the time that a document states, else the day in the line of its filing or in its number."""
    stated = _line(content, "date")
    if filed := _FILED.search(stated):
        return _told(filed)
    found = next(filter(None, (shape.search(stated) for shape in _DAYS)), None)
    found = found or (named and next(filter(None, (shape.match(named["day"]) for shape in _DAYS)), None))
    return _told(found) if found else None


def _told(found: re.Match[str]) -> str:
    """Return a day of a corpus as ISO writes it; one of two digits for its year is of the last century."""
    parts = found.groupdict()
    year = parts["year"] if len(parts["year"]) == 4 else f"19{parts['year']}"
    month = parts["month"] if parts["month"].isdigit() else f"{month_number(parts['month']) or 0:02}"
    clock = f" {parts['clock']}" if parts.get("clock") else ""
    return f"{year}-{month}-{parts['day']:0>2}{clock}"
