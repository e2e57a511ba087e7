"""A row of a dump -> Article: the values of cells, whatever JSON, dataframes and databases make of them.

Columns that nobody knows are kept as received in `extra`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import line_text, marked_text
from wirecopy.formats.columns import Columns, has_lines_for_paragraphs, is_prose, is_universal
from wirecopy.markup.json import parse_json_text
from wirecopy.model import Article, NameCandidate

# https://n.example/a   //n.example/a   n.example/a   but not 7346
_ADDRESS = re.compile(r"(?:[a-z]+:)?//\S|[\w-]+(?:\.[\w-]+)+(?:/|$)", re.IGNORECASE)
_NAMES = (
    "rendered",
    "main",
    "original",
    "name",
    "title",
    "value",
    "uri",
    "requested_url",
    "responded_url",
    "url",
    "href",
)
_TEXTS = ("rendered", "summary", "sections", "headline", "paragraphs", "text", "value", "content", "blocks", "html")
"""Where the parts of a text lie that is written as an object, in the order in which they are read."""
_STAMPS = ("published", "modified")
# 2026-03-02T10:00:00   2026-03-02 10:00
_ZONELESS = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$")
_NOTHING = frozenset({"", "nan", "none", "null", "n/a", "nat", "<na>", "\\n"})
"""What exports write into an empty cell."""


def article_of_row(row: Mapping[str, Any], columns: Columns, *, format_name: str) -> Article:
    """Return the article of one row; `columns` says which columns feed which field."""
    values, used = _values(row, columns)
    extra = [(column, text) for column, cell in row.items() if column not in used and (text := text_of(cell))]
    names = _texts(values.pop("byline", None))
    abstract = text_of(values.pop("abstract", None))
    body = "\n\n".join(_prose(values.pop("body", None)))
    stamps = Stamps(**{name: _stamp(values.pop(name, None)) for name in _STAMPS})
    if "headline" in values:
        values["headline"] = line_text(text_of(values["headline"]))
    if "url" in values and not _ADDRESS.match(text_of(values["url"])):
        values.setdefault("dump_id", values.pop("url"))
    keywords = _keywords(values.pop("keywords", None))
    fields: dict[str, Any] = {field: text_of(value) for field, value in values.items()}
    return assemble(
        format_name,
        stamps,
        body=body,
        byline=", ".join(names),
        names=tuple(NameCandidate(name, "byline") for name in names),
        keywords=keywords,
        extra=(*extra, ("abstract", abstract)) if abstract else tuple(extra),
        **fields,
    )


def _values(row: Mapping[str, Any], columns: Columns) -> tuple[dict[str, Any], set[str]]:
    """Return the value of each field, and the columns that gave them."""
    values: dict[str, Any] = {}
    used: set[str] = set()
    for field, names in columns.fed:
        name = next((name for name in names if text_of(row.get(name))), None)
        if name is not None:
            values[field] = _in_its_column(row[name], name, field)
            used.add(name)
    return values, used


def _in_its_column(value: Any, name: str, field: str) -> Any:
    """Return a value with what its column's name says of it: that its lines are paragraphs, or its times of Greenwich."""
    if field == "body" and isinstance(value, str) and has_lines_for_paragraphs(name):
        return value.replace("\n", "\n\n")
    if field in _STAMPS and is_universal(name) and _ZONELESS.search(stamp := text_of(value)):
        return stamp + "Z"
    return value


def text_of(value: Any) -> str:
    """Return a cell's value as text, empty for what means nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):  # dataframes write a missing cell so
        return ""
    if isinstance(value, str):
        bare = value.strip()
        return "" if len(bare) <= 4 and bare.casefold() in _NOTHING else bare
    if isinstance(value, dict):
        return _of_object(value)
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    return _of_scalar(value)


def _of_scalar(value: Any) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():  # a column of numbers with a gap becomes one of fractions
        return str(int(value))
    return str(value)


def _of_object(value: dict[str, Any]) -> str:
    """Return what an object stands for: `{"$date": …}` of a database its value, others their name or address."""
    if len(value) == 1 and next(iter(value)).startswith("$"):
        return text_of(next(iter(value.values())))
    named = next((value[name] for name in _NAMES if isinstance(value.get(name), str) and value[name].strip()), None)
    if named is not None:
        return str(named).strip()
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""


def _prose(value: Any) -> Iterator[str]:
    """Yield the paragraphs of a text that is a string, a list of strings, or an object of such parts."""
    if isinstance(value, dict):
        if not is_prose(value.get("type")):
            return
        for name in _TEXTS:
            yield from _prose(value.get(name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _prose(one)
    elif text := marked_text(text_of(value)):
        yield text


def _texts(value: Any) -> tuple[str, ...]:
    """Return the strings of a list, of a string that writes a list, or of a plain string."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = parse_json_text(value.replace("'", '"'))
        except MarkupUnreadable:
            return (value.strip(),)
    many: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(text for one in many if (text := text_of(one))))


def _keywords(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):  # {"name": "subject", "value": "Ports"}: the name is of the kind
        value = [one.get("value", one) if isinstance(one, dict) else one for one in value]
    texts = _texts(value)
    if len(texts) == 1:
        texts = tuple(part.strip() for part in re.split(r"[,;|]", texts[0]))
    return tuple(dict.fromkeys(text for text in texts if text))


# Seconds or milliseconds since 1970 between 1973 and 2286.
_SECONDS = (100_000_000, 10_000_000_000)


def _stamp(value: Any) -> str:
    text = text_of(value)
    number = float(text) if text.replace(".", "", 1).isdecimal() and len(text) in {9, 10, 12, 13} else 0.0
    number = number / 1000 if number >= _SECONDS[1] else number
    if _SECONDS[0] <= number < _SECONDS[1]:
        return dt.datetime.fromtimestamp(number, dt.UTC).isoformat()
    return text
