"""ANPA 1312 -> Article: the wire format of North American agencies, seven bits and control characters.

    SYN SYN SOH a0123 US selector       service letter and number
    r i DC3 DC1 BC-Harbor  03-05 0211   priority, category, format, keyword, date, words
    STX ^BC-Harbor, 1st Ld,211<         `^` lines: keyword, headline, notes, byline, in this order
    ^Harbor reopens after storm<
       AVEIRO (XYZ) _ Ships came back.  text: lines without `^`
    ETX XY-WF-03-05-24 1015GMT<         agency, date and time

Some senders set STX behind the `^` lines. A message without its end lands with the doubt `end_missing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble, integer
from wirecopy.formats.blocks import plain_text
from wirecopy.formats.dialects import dialects
from wirecopy.formats.reading import Outcome
from wirecopy.model import Article, Doubt, Subject

FORMAT = "anpa"

# SYN SYN SOH a0105KYODO US -koko-          the same without its controls, known by the line that follows
HEADER = re.compile(
    r"""^[\x01\x16\x7f\s]*(?P<service>[A-Za-z])(?P<number>\d{4})(?P<sender>[A-Za-z]*)
        (?: \s?\x1f | (?=[-\w]{0,12}\s*\n[a-z]\ [a-z][\x10-\x1f\s]+\S.*\s\d\d-\d\d\s+\d{3,5}\s*\n) )""",
    re.VERBOSE,
)
# r z DC3 DC1 BC-BKN--Heat-Hawks 1stLd-Writethru   02-20 0500
_KEYWORDS = re.compile(
    r"^(?P<priority>[a-z]) (?P<category>[a-z])[\x10-\x1f\s]+(?P<keyword>.*?)\s+(?P<one>\d\d)-(?P<two>\d\d)\s+(?P<number>\d{1,5})\s*$"
)
# AP-WF-11-13-13 1509GMT<       KWS-21:37-09-12-18
_CLOSING = re.compile(
    r"(?P<agency>[A-Z]{2,8})-(?:[A-Z]+-)*(?:(?P<early>\d\d:\d\d)-)?(?P<one>\d\d)-(?P<two>\d\d)-(?P<year>\d\d)(?:\s+(?P<late>\d{4})(?P<zone>GMT|UTC|Z)?)?"
)
_COUNT = re.compile(r",\s?0*(\d{1,5})$")
_SELECTOR = re.compile(r"^\*\d+$")
# A line's end: `<` closes it, `=` breaks it.
_LINE_END = re.compile(r"[<=+]\s*$")


@dataclass(frozen=True, slots=True)
class _Closing:
    """The line behind the text: who sent the message and when."""

    agency: str = ""
    at: str | None = None


def read_anpa(text: str) -> Iterator[Outcome]:
    """Yield the article of each message; a piece without a header line is yielded as an error."""
    for piece in re.split(r"\x04|(?<=\n)(?=\x16*\x01)", text):
        if not piece.strip(" \t\r\n\0\x0c\x03\x16\x7f"):
            continue
        header = HEADER.match(piece)
        yield _article(piece, header) if header else MarkupUnreadable("a message has no ANPA 1312 header line")


def _article(piece: str, header: re.Match[str]) -> Article:
    opening, stx, rest = piece.partition("\x02")
    if not stx:
        opening, rest = _split_opening(piece)
    early = [line for line in opening.splitlines() if line.startswith("^")]
    content, etx, after = "\n".join([*early, rest]).partition("\x03")
    closed = _CLOSING.search(content) if not etx else None
    if closed and not content[closed.end() :].strip("< \r\n\x0c"):
        content, etx, after = content[: closed.start()], "gone", closed.group()
    keywords = next((found for line in opening.splitlines() if (found := _KEYWORDS.match(line))), None)
    marked, lines = _parted(content)
    closing = _closing(after)
    provider = closing.agency or header["sender"].title()
    return assemble(
        FORMAT,
        Stamps(version_created=closing.at),
        provider=dialects().anpa_providers.get(provider, provider),
        subjects=(Subject("anpa-category", keywords["category"]),) if keywords else (),
        priority=keywords["priority"] if keywords else None,
        body=plain_text(_readable("\n".join(lines))),
        extra=(("message", header["service"] + header["number"]),),
        doubts=() if etx else (Doubt("end_missing", "the message has no end"),),
        **_head(marked, keywords["keyword"] if keywords else ""),
    )


def _split_opening(piece: str) -> tuple[str, str]:
    """Part the two header lines from the rest where the control character between them is gone."""
    lines = piece.split("\n")
    at = next((n for n, line in enumerate(lines[:4]) if _KEYWORDS.match(line.rstrip("\r"))), 0)
    return "\n".join(lines[: at + 1]), "\n".join(lines[at + 1 :])


def _parted(content: str) -> tuple[list[str], list[str]]:
    """Part the `^` lines from the text; without any, the lines before the first indented one are as good as marked."""
    lines = [line.rstrip("\r") for line in content.split("\n")]
    if not any(line.startswith("^") for line in lines):
        at = next((n for n, line in enumerate(lines) if re.match(r"\s{2,}\S", line)), min(2, len(lines)))
        return [_bare(line) for line in lines[:at] if line.strip()], lines[at:]
    marked = [part for line in lines if line.startswith("^") for part in line.split("^")]
    return [bare for part in marked if (bare := _bare(part))], [line for line in lines if not line.startswith("^")]


def _bare(line: str) -> str:
    return _readable(_LINE_END.sub("", line.rstrip())).strip()


def _head(marked: list[str], keyword: str) -> dict[str, object]:
    """Return what the marked lines say: the first is the keyword line, the next one of no other kind the headline."""
    lines = [line for line in marked if not _SELECTOR.match(line)]
    slug = lines[0] if lines else keyword
    count = _COUNT.search(slug)
    notes = [line for line in lines[1:] if dialects().anpa_notes.match(line)]
    byline = next((line for line in lines[1:] if dialects().byline.match(line)), "")
    plain = [
        line for line in lines[1:] if line not in notes and line != byline and not dialects().anpa_media.match(line)
    ]
    return {
        "slugline": _COUNT.sub("", slug),
        "word_count": integer(count.group(1)) if count else None,
        "headline": plain[0] if plain else "",
        "byline": byline,
        "ednote": " ".join(notes),
    }


def _closing(after: str) -> _Closing:
    found = _CLOSING.search(after)
    if not found:
        return _Closing()
    one, two = int(found["one"]), int(found["two"])
    day_first = found["agency"] in dialects().anpa_day_first or one > 12
    month, day = (two, one) if day_first else (one, two)
    clock = found["early"] or (f"{found['late'][:2]}:{found['late'][2:]}" if found["late"] else "")
    year = 2000 + int(found["year"]) - (100 if int(found["year"]) > 69 else 0)
    date = f"{year}-{month:02}-{day:02}"
    return _Closing(found["agency"], f"{date}T{clock}:00{'Z' if found['zone'] else ''}" if clock else date)


def _readable(text: str) -> str:
    """Return the seven-bit signs as what they stand for: fixed spaces, halves, dashes and quotation marks."""
    text = text.replace("\x10", " ").replace("\x08", "").replace("\x1e", "").replace("\x1f", " ")
    text = re.sub(r"(?<=\d)\{|(?<=;)\{", "½", text)
    text = re.sub(r"(?<=\s)_(?=\s)", "—", text)
    return re.sub(r"[<=]\s*$", "", text.replace("``", "“").replace("''", "”"), flags=re.MULTILINE)
