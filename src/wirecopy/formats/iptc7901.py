"""IPTC 7901 -> Article: the text message of the teletype age, as agencies still send it.

    SOH bpa061 4 i 211  xyz 061          source and number, priority, category, words, service and its number
    Harbour/reopening/                   slug, parted by slashes
    STX 1ST LEAD                         labels and headline, to a line that ends in ` =`
    Harbour reopens after storm =
       Aveiro (xyz) - Ships came back.   text, to the notes or ETX
    ETX 131137 GMT Nov 24                day, hour and minute, month, year

Any of the control characters may be gone. A message without its end lands with the doubt `end_missing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wirecopy.agencies import registry
from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble, integer, urgency
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.dialects import dialects
from wirecopy.formats.reading import Outcome
from wirecopy.formats.times import month_number
from wirecopy.model import Article, Doubt, Subject

FORMAT = "iptc7901"

# eca062 4 i 211 ccccb   dpa 061      sf025 3 ec 121   etf 967
HEADER = re.compile(
    r"""^[\x01\x07\x7f\x00\x16\s]* (?P<source>[A-Za-z]{2,4}) (?P<number>\d{3,5}) [ ]+ (?P<priority>\d) [ ]+ (?P<category>[A-Za-z]{1,3})
        (?: [ ]+ (?P<words>\d{1,5}) )? (?: [ ]+ (?P<rest>.*?) )? \s* $""",
    re.VERBOSE,
)
# 131137 GMT Nov 13      091223 dec 18      251100 Sep 24
_TIME = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>GMT|UTC|Z|MEZ|MESZ|CET|CEST)?\s+(?P<month>[^\W\d]{3,9})\.?\s+(?P<year>\d\d)\b",
    re.IGNORECASE,
)
# 2026-04-02/11:20
_FULL_TIME = re.compile(r"\b(?P<date>(?:19|20)\d\d-\d\d-\d\d)[/T ](?P<clock>\d\d:\d\d)\b")
_ZONES = {"GMT": "Z", "UTC": "Z", "Z": "Z", "MEZ": "+01:00", "CET": "+01:00", "MESZ": "+02:00", "CEST": "+02:00"}


@dataclass(frozen=True, slots=True)
class _Message:
    """A message in its parts, as lines."""

    header: re.Match[str]
    slug: list[str]
    head: list[str]
    text: list[str]
    notes: list[str]
    end: str
    complete: bool
    flash: bool


def read_iptc7901(text: str) -> Iterator[Outcome]:
    """Yield the article of each message; a piece without a header line is yielded as an error."""
    for piece in re.split(r"\x04|(?<=\n)(?=[\x07\x7f\s]*\x01)", text):
        if piece.strip(" \t\r\n\0\x07\x7f\x03\x01\x02\x16"):
            message = _message(piece)
            yield _article(message) if message else MarkupUnreadable("a message has no IPTC 7901 header line")


def _message(piece: str) -> _Message | None:
    lines = re.split(r"\r?\n|\r", piece)
    at = next((n for n, line in enumerate(lines) if HEADER.match(line)), None)
    header = HEADER.match(lines[at]) if at is not None else None
    if header is None or at is None:
        return None
    content, etx, end = "\n".join(lines[at + 1 :]).partition("\x03")
    if not etx:
        content, end = _without_time(content)
    slug, stx, rest = content.partition("\x02")
    slugs, rest_lines = (slug.split("\n"), rest.split("\n")) if stx else _first_line(content.split("\n"))
    head, text = _headed(rest_lines)
    cut = next((n for n, line in enumerate(text) if dialects().notes.match(line.strip())), len(text))
    return _Message(header, slugs, head, text[:cut], text[cut:], end, bool(etx or end), "\x07\x07" in piece)


def _without_time(content: str) -> tuple[str, str]:
    """Part a closing line with the time from the text, where the control character before it is gone."""
    lines = content.rstrip("\x7f \n").split("\n")
    return ("\n".join(lines[:-1]), lines[-1]) if _TIME.match(lines[-1].strip()) else (content, "")


def _first_line(lines: list[str]) -> tuple[list[str], list[str]]:
    at = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    return lines[at : at + 1], lines[at + 1 :]


def _headed(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the headline block, which ends in ` =`, from the text; without that sign it ends at a blank line, if soon."""
    end = next((n for n, line in enumerate(lines[:15]) if re.search(r"(?:\s|^)=\s*$", line)), None)
    if end is None:
        blank = next((n for n, line in enumerate(lines[:6]) if n and not line.strip()), None)
        return (lines[:blank], lines[blank:]) if blank and any(map(str.strip, lines[blank:])) else _first_line(lines)
    return [re.sub(r"\s*=\s*$", "", line) for line in lines[: end + 1]], lines[end + 1 :]


def _article(message: _Message) -> Article:
    header = message.header
    lines = [line.strip() for line in message.head if line.strip(" \x07")]
    labels = [line for line in lines if dialects().label.match(line)]
    byline = lines[-1] if len(lines) > 1 and dialects().byline.match(lines[-1]) else ""
    headline = [line for line in lines if line not in labels and line != byline]
    provider, known = _provider(header["rest"] or "")
    if registry().provider(provider) is None and (sender := registry().provider(header["source"])):
        provider = sender.name
    extra = (("labels", "; ".join(labels)), ("service", known), ("message", header["source"] + header["number"]))
    return assemble(
        FORMAT,
        Stamps(version_created=_time(message.end)),
        headline=" ".join(headline or labels),
        byline=byline,
        slugline="/".join(line.strip().strip("/") for line in message.slug if line.strip(" /\x07")),
        urgency=urgency(header["priority"]),
        priority="flash" if message.flash else None,
        provider=provider,
        subjects=(Subject("iptc7901-category", header["category"]),),
        word_count=integer(header["words"]),
        ednote=" ".join(line.strip() for line in message.notes),
        body=plain_text("\n".join(message.text)),
        extra=tuple((name, value) for name, value in extra if value),
        doubts=() if message.complete else (Doubt("end_missing", "the message has no end"),),
    )


def _provider(rest: str) -> tuple[str, str]:
    """Return the agency and the service that the end of the header names: `ccccb   dpa 061` is dpa's, `F /AFP-AB12` AFP's."""
    words = [word.rstrip("0123456789") or word for word in rest.split() if not word.isdigit()]
    service = words[-1] if words else ""
    if service.startswith("/"):
        service = service.strip("/").partition("-")[0]
    return dialects().services.get(service.lower(), service), service


def _time(end: str) -> str | None:
    if full := _FULL_TIME.search(end):
        return f"{full['date']}T{full['clock']}:00"
    found = _TIME.search(end)
    month = month_number(found["month"]) if found else None
    if not found or not month:
        return None
    year = 2000 + int(found["year"]) - (100 if int(found["year"]) > 69 else 0)
    zone = _ZONES.get((found["zone"] or "").upper(), "")
    return f"{year}-{month:02}-{found['day']}T{found['hour']}:{found['minute']}:00{zone}"
