"""Plain text -> Article: `ZCZC … NNNN` copy, press releases, tag lines; other text is kept as it is.

ZCZC XYZ           sender
#Harbour           slug
$Harbour reopens   headline
*04000000          subject
Ships came back.
NNNN
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.dialects import dialects
from wirecopy.formats.reading import Outcome
from wirecopy.formats.subjects import subject
from wirecopy.formats.times import month_number
from wirecopy.model import Article, Doubt

FORMAT = "text"

_OPENING = re.compile(r"^\s*ZCZC\b[ \t]*(?P<sender>[^\r\n]*)", re.MULTILINE)
_CLOSING = re.compile(r"^\s*NNNN\b[^\r\n]*$", re.MULTILINE)
_SYMBOL = re.compile(r"^(?P<symbol>[#$*%:&@])(?P<value>.*)$")
# YY TDR
_ROUTING = re.compile(r"[A-Z]{1,3}(?: [A-Z]{1,4})+$")
# :POTTED :Harbour Park MARKET DAY
_COLONS = re.compile(r":(?P<slug>[^:]+?)\s*:\s*(?P<headline>\S.*)$")
# KENYA-FLOODS   Bundestag/Haushalt
_SLUG = re.compile(r"[^\W\d_]\w+(?:[-/]+\w+)+/?$")
_TAG = re.compile(r"^(?P<tag>[A-Z]{2})#(?P<value>.*)$")
_SOURCE = re.compile(r"\A\s*Source:\s*(?P<source>.+)$", re.MULTILINE | re.IGNORECASE)
_RELEASE = re.compile(r"^\s*(?:MEDIA|PRESS|NEWS) RELEASE\b[ \t]*(?P<number>[A-Z]{0,4}\d{3,})?.*$", re.MULTILINE)
# IDX12345 / Example Bureau of Weather
_BULLETIN = re.compile(r"\A\s*(?P<number>[A-Z]{2,4}\d{4,6})[ \t]*\n(?P<source>[A-Z][^\n]{5,100})\n")
# Issued at 9:27 am EST on Thursday 5 July 2018.
_ISSUED = re.compile(
    r"""^Issued\ at\ (?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s*(?P<half>[ap]m)?\b[^\n]{0,30}?\bon\ (?:\w+day,?\ )?
        (?P<day>\d{1,2})\ (?P<month>[A-Z][a-z]{2,8})\ (?P<year>\d{4})""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_HEADLINE_LENGTH = 180


def read_text(text: str) -> Iterator[Outcome]:
    """Yield the article of each wrapped message, or the one article of a text without wrappers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [found.start() for found in _OPENING.finditer(text)] or [0]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield _article(text[start:end])


def _article(text: str) -> Article:
    opening, closing = _OPENING.match(text), _CLOSING.search(text)
    inside = text[opening.end() if opening else 0 : closing.start() if closing else len(text)]
    lines = inside.split("\n")
    if sum(bool(_TAG.match(line)) for line in lines) >= 2:
        found = _tagged(lines)
    elif _SOURCE.match(inside) and _RELEASE.search(inside[:600]):
        found = _release(inside)
    elif _BULLETIN.match(inside) and _ISSUED.search(inside[:1500]):
        found = _bulletin(inside)
    elif sum(bool(_SYMBOL.match(line)) for line in lines[:12]) >= 2:
        found = _symbols(lines)
    else:
        found = _wrapped(lines) if opening else _plain(lines)
    sender = re.match(r"([A-Z]{2,6})\d*$", opening["sender"].strip()) if opening else None
    if sender:
        found.setdefault("provider", dialects().senders.get(sender.group(1), sender.group(1)))
    stamps = Stamps(published=found.pop("published", None), version_created=found.pop("version_created", None))
    doubts = (Doubt("end_missing", "the message has no end"),) if opening and not closing else ()
    return assemble(FORMAT, stamps, doubts=doubts, **found)


def _wrapped(lines: list[str]) -> dict[str, Any]:
    """Read a message within wrappers: a line of routing codes may open it, then one of slug and headline."""
    held = [n for n, line in enumerate(lines) if line.strip()]
    if held and _ROUTING.match(lines[held[0]].strip()):
        lines = lines[held.pop(0) + 1 :]
    first = next((line.strip() for line in lines if line.strip()), "")
    if named := _COLONS.match(first):
        rest = lines[next(n for n, line in enumerate(lines) if line.strip()) + 1 :]
        return {"slugline": named["slug"], "headline": named["headline"], "body": plain_text("\n".join(rest))}
    if _SLUG.match(first) and _headline(rest := lines[lines.index(first) + 1 :] if first in lines else []):
        return _plain(rest) | {"slugline": first}
    return _plain(lines)


def _plain(lines: list[str]) -> dict[str, Any]:
    at = next((n for n, line in enumerate(lines) if line.strip() and not dialects().release.match(line)), 0)
    headline = _headline(lines[at:])
    if headline:
        lines = [*lines[: at + 1], "", *lines[at + 1 :]]
    return {"headline": headline, "body": plain_text("\n".join(lines))}


def _symbols(lines: list[str]) -> dict[str, Any]:
    """Read the lines that begin with a sign: `#` slug, `$` headline, `*` subject; others are desk matters."""
    held: dict[str, list[str]] = {}
    end = next((n for n, line in enumerate(lines) if line.strip() and not _SYMBOL.match(line)), len(lines))
    for found in filter(None, map(_SYMBOL.match, lines[:end])):
        held.setdefault(found["symbol"], []).append(found["value"].strip())
    rest = lines[end:]
    headlines = [value for value in held.get("$", ()) if len(value) > 2]
    codes = [code for value in held.get("*", ()) for code in re.findall(r"\d{8}", value)]
    return {
        "slugline": " ".join(held.get("#", ())),
        "headline": headlines[0] if headlines else _headline(rest),
        "subjects": tuple(subject(code) for code in codes),
        "body": plain_text("\n".join(rest)),
    }


def _release(text: str) -> dict[str, Any]:
    """Read a press release as AsiaNet and others send it: source, number, headline, blank line, text."""
    source, release = _SOURCE.match(text), _RELEASE.search(text)
    head, _, body = text[release.end() if release else 0 :].strip().partition("\n\n")
    return {
        "provider": source["source"].strip() if source else None,
        "item_uri": release["number"] if release else None,
        "headline": head,
        "body": plain_text(body),
    }


def _bulletin(text: str) -> dict[str, Any]:
    """Read an official bulletin: its number, who issues it, a headline of its own block, and when it was issued."""
    found, issued = _BULLETIN.match(text), _ISSUED.search(text)
    blocks = [block for block in re.split(r"\n[ \t]*\n", text[: issued.start() if issued else 0]) if block.strip()]
    return {
        "provider": found["source"].strip() if found else None,
        "headline": " ".join(blocks[1].split()) if len(blocks) > 1 else None,
        "version_created": _issued_at(issued) if issued else None,
        "body": plain_text(text),
    }


def _issued_at(issued: re.Match[str]) -> str | None:
    month = month_number(issued["month"])
    hour = int(issued["hour"]) % 12 if issued["half"] else int(issued["hour"])
    hour += 12 * ((issued["half"] or "").lower() == "pm")
    return f"{issued['year']}-{month:02}-{int(issued['day']):02}T{hour:02}:{issued['minute']}" if month else None


def _tagged(lines: list[str]) -> dict[str, Any]:
    """Read `XX#value` lines; a value runs on to the next tag."""
    held: dict[str, list[str]] = {}
    field = ""
    for line in lines:
        found = _TAG.match(line)
        if found:
            field = dialects().tags.get(found["tag"], "")
        if field:
            held.setdefault(field, []).append(found["value"] if found else line)
    values: dict[str, Any] = {name: " ".join(parts).strip() for name, parts in held.items() if name != "body"}
    if "keywords" in values:
        values["keywords"] = tuple(word.strip() for word in re.split(r"[,;/]", values["keywords"]) if word.strip())
    return values | {"body": plain_text("\n".join(held.get("body", ())))}


def _headline(lines: list[str]) -> str:
    """Return the first line if it stands like a headline: short, and not the beginning of a paragraph."""
    bare = [line.strip() for line in lines]
    at = next((n for n, line in enumerate(bare) if line), None)
    if at is None or len(bare[at]) > _HEADLINE_LENGTH or bare[at].endswith((".", ",", ";")):
        return ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    return bare[at] if not after.strip() or after.startswith((" ", "\t")) or len(after) > len(bare[at]) else ""
