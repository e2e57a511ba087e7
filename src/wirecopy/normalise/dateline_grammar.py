"""The grammar of datelines: places, a date and a signature, each at most once and in any order, then a separator.

It says what *could* be read; `dateline_judge` says what may be believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wirecopy.normalise.dateline_agency import Credit, bare_credit, is_web_name, read_credit
from wirecopy.normalise.dateline_dates import Printed, read_date
from wirecopy.normalise.dateline_names import is_known
from wirecopy.normalise.dateline_places import Where, is_label, read_places
from wirecopy.normalise.dateline_tokens import DASH, LINE, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import traits

_GLUE = frozenset({"•", ",", ".", DASH, "/", ":", "|", LINE, ";", "·", "=", "_"})
SEPARATORS = frozenset({",", ".", DASH, ":", "=", "_", "|", LINE, ";", "/", "*", "~", "…", "·", ">", "•"})
_CLOSING = {"(": ")", "[": "]", "<": ">", "/": "/"}
_MOST_INSIDE = 14


class Signature(NamedTuple):
    """A credit, and the sign that encloses it (`(`, `[`, `/`, `<`, `|`; empty if bare)."""

    credit: Credit
    sign: str


class Reporter(NamedTuple):
    """A reporter's name after the agency: `РИА Новости, Иван Петров` has one."""

    name: str


class Part(NamedTuple):
    """One slot that was filled: where its tokens lie, and what stood between it and the part before."""

    first: int
    after: int
    value: Where | Printed | Signature | Reporter
    glue: str


class Separator(NamedTuple):
    """What stands between a dateline and its story: kinds of signs, and the token with which the story begins."""

    kinds: str
    lead: int
    spaced: bool
    """Whether a dash in it has a blank on either side, is doubled, or stands after a bracket."""


class Parse(NamedTuple):
    """A head read to its end: its slots, what filled them, and the separator after them."""

    parts: tuple[Part, ...]
    separator: Separator
    where: Where | None = None
    printed: Printed | None = None
    signature: Signature | None = None
    reporter: Reporter | None = None


_NOTHING = Separator("", 0, spaced=False)


class Head(NamedTuple):
    """A head to be read: its text and tokens, and what is known of the sender and the day of sending."""

    text: str
    ts: Sequence[Token]
    country: str | None
    language: str | None
    sent: date | None = None


def parses(head: Head) -> Iterator[Parse]:
    """Yield every way to read the head as a dateline, fullest readings first, without regard to belief."""
    yield from _walk(head, 0, Parse((), _NOTHING))


def _walk(head: Head, i: int, sofar: Parse) -> Iterator[Parse]:
    parts = sofar.parts
    if len(parts) < 4:
        glue, j = _glue(head.ts, i) if parts else ("", i)
        for new in _slots(head, j, sofar, glue):
            yield from _walk(head, new[-1].after, _filled(sofar, new))
    if parts:
        separator = _separator(head.ts, i)
        yield Parse(parts, separator, sofar.where, sofar.printed, sofar.signature, sofar.reporter)


def _filled(sofar: Parse, new: tuple[Part, ...]) -> Parse:
    where, printed, signature, reporter = sofar.where, sofar.printed, sofar.signature, sofar.reporter
    for part in new:
        value = part.value
        if isinstance(value, Where):
            where = value
        elif isinstance(value, Printed):
            printed = value
        elif isinstance(value, Signature):
            signature = value
        else:
            reporter = value
    return Parse((*sofar.parts, *new), _NOTHING, where, printed, signature, reporter)


def _glue(ts: Sequence[Token], i: int) -> tuple[str, int]:
    """Return the signs that may part two slots, and the token after them; an agency's slash is left standing."""
    glue = ""
    while len(glue) < 3 and ts[i].kind in _GLUE and not (ts[i].kind == "/" and closing(ts, i)):
        glue, i = glue + ts[i].kind, i + 1
    return glue, i


def _slots(head: Head, i: int, sofar: Parse, glue: str) -> Iterator[tuple[Part, ...]]:
    kind = head.ts[i].kind
    if kind == WORD:
        yield from _worded(head, i, sofar, glue)
    elif kind == NUMBER:
        if sofar.printed is None and (printed := read_date(head.ts, i)):
            yield (Part(i, printed.after, printed, glue),)
    elif kind in _CLOSING:
        yield from _enclosed(head, i, sofar, glue)


def _worded(head: Head, i: int, sofar: Parse, glue: str) -> Iterator[tuple[Part, ...]]:
    """Read the slots that may open with a word."""
    trait = traits(head.ts[i].text)
    if head.ts[i].text[0].islower() and not trait.goes_on and "." not in head.ts[i].text:
        return
    last = sofar.parts[-1].value if sofar.parts else None
    if isinstance(last, Signature) and (reporter := _reporter(head, i, glue)):
        yield (Part(i, reporter, Reporter(head.text[head.ts[i].start : head.ts[reporter - 1].end]), glue),)
    if trait.dates and sofar.printed is None and (printed := read_date(head.ts, i)):
        yield (Part(i, printed.after, printed, glue),)
    if sofar.signature is None and glue == "|" and (barred := _between_bars(head, i)):
        yield (barred,)
    if sofar.signature is None and (trait.signs or "." in head.ts[i].text):
        yield from _bare(head, i, glue)
    if sofar.where is None and (glue or _may_follow(last, head.ts[i].text)):
        for where in read_places(head.text, head.ts, i):
            yield (Part(i, where.after, where, glue),)


def _may_follow(last: object, word: str) -> bool:
    """Return whether a place may follow without a sign: after a bare agency only one in other letters (`Reuters LONDON -`)."""
    if not isinstance(last, Signature) or last.sign:
        return True
    return last.credit.raw.islower() or (word.isupper() and len(word) > 1 and not last.credit.raw.isupper())


def _bare(head: Head, i: int, glue: str) -> Iterator[tuple[Part, ...]]:
    if found := bare_credit(head.text, head.ts, i, head.country, head.language):
        yield (Part(i, found[0], Signature(found[1], ""), glue),)
    elif site := _web_name(head.ts, i):
        yield (Part(i, i + 1, Signature(site, ""), glue),)


def _between_bars(head: Head, i: int) -> Part | None:
    """Read a name that two bars enclose: `Kampala, Uganda | THE INDEPENDENT | The bank ...`."""
    close = next((j for j in range(i + 1, min(i + _MOST_INSIDE, len(head.ts))) if head.ts[j].kind != WORD), 0)
    if not close or head.ts[close].kind != "|":
        return None
    credit = read_credit(head.text[head.ts[i].start : head.ts[close - 1].end], head.country, head.language)
    return Part(i, close, Signature(credit, "|"), "|") if credit else None


def _reporter(head: Head, i: int, glue: str) -> int:
    """Return the token after two or three capitalised words that a full stop or dash ends, 0 for anything else.

    They follow the agency's comma; or, all in capitals, they stand between two dashes: `ANKARA (AA) - AYŞE YILMAZ -`.
    """
    if glue == DASH:
        return _between_dashes(head, i)
    if glue != ",":
        return 0
    j = i
    while j < i + 3 and head.ts[j].kind == WORD and head.ts[j].text[0].isupper():
        j += 1
    return j if j > i + 1 and head.ts[j].kind in {".", DASH, ":"} else 0


def _between_dashes(head: Head, i: int) -> int:
    j = i
    while j < i + 4 and head.ts[j].kind == WORD and head.ts[j].text.isupper() and len(head.ts[j].text) > 1:
        j += 1
    end = head.ts[j]
    parted = end.kind == DASH and not end.glued and not head.ts[j + 1].glued
    name = head.text[head.ts[i].start : head.ts[j - 1].end]
    return j if j > i + 1 and parted and not is_known(name) and not is_label(name) else 0


def _web_name(ts: Sequence[Token], i: int) -> Credit | None:
    """Return an outlet that signs by its web name: `TEMPO.CO, Jakarta -`."""
    if "." not in ts[i].text or not is_web_name(ts[i].text):
        return None
    return read_credit(ts[i].text) if ts[i + 1].kind in {",", DASH, "(", "."} else None


def closing(ts: Sequence[Token], i: int) -> int:
    """Return the token that closes the bracket or slash at `i`, 0 if none does nearby on the same line."""
    sign = _CLOSING.get(ts[i].kind)
    depth = 0
    for j in range(i + 1, min(i + _MOST_INSIDE, len(ts))):
        if ts[j].kind == LINE:
            return 0
        if ts[j].kind == sign and depth == 0:
            return j if j > i + 1 else 0
        depth += (ts[j].kind in {"(", "["}) - (ts[j].kind in {")", "]"})
    return 0


def _enclosed(head: Head, i: int, sofar: Parse, glue: str) -> Iterator[tuple[Part, ...]]:
    """Read brackets and slash pairs: an agency, a date, or both."""
    close = closing(head.ts, i)
    if not close:
        return
    sign = head.ts[i].kind
    if sofar.printed is None and (both := _date_inside(head, i, close, glue)):
        yield both
        return
    raw = head.text[head.ts[i + 1].start : head.ts[close - 1].end]
    credit = read_credit(raw, head.country, head.language)
    signs = credit is not None and credit.known and not credit.weak
    if sofar.where is None and sign in "([" and not signs:
        yield from _place_inside(head, i, close, sofar, glue)
    if sofar.signature is not None:
        return
    if credit is not None and (credit.known or sign != "<"):
        yield (Part(i, close + 1, Signature(credit, sign), glue),)


def _place_inside(head: Head, i: int, close: int, sofar: Parse, glue: str) -> Iterator[tuple[Part, ...]]:
    """Read `(ANKARA)` and `(New York, NY - October 21)`."""
    if head.ts[i + 1].kind != WORD:
        return
    for where in read_places(head.text, head.ts, i + 1):
        part = Part(i, close + 1, where, glue)
        if where.after == close:
            yield (part,)
        elif where.after < close and sofar.printed is None:
            _, j = _glue(head.ts, where.after)
            if (printed := read_date(head.ts, j)) and printed.after == close:
                yield part, Part(j, close + 1, printed, ",")


def _date_inside(head: Head, i: int, close: int, glue: str) -> tuple[Part, ...]:
    """Read `(June 26)`, `(AFP, 26 juin)`, `(Marketwired - June 26, 2025)`, `(26/6 AFP)`; empty if no date is inside."""
    for j in range(i + 1, close):
        printed = read_date(head.ts, j)
        if printed is None or (printed.bare and j > i + 1):
            continue
        if j == i + 1 and printed.after == close:
            return (Part(i, close + 1, printed, glue),)
        first, last = (printed.after, close) if j == i + 1 else (i + 1, j)
        if j > i + 1 and printed.after != close:
            return ()
        credit = read_credit(head.text[head.ts[first].start : head.ts[last - 1].end], head.country, head.language)
        if credit is None or not credit.known:
            return ()
        signature = Signature(credit, head.ts[i].kind)
        if j == i + 1:
            return Part(i, close + 1, printed, glue), Part(i, close + 1, signature, "")
        return Part(i, close + 1, signature, glue), Part(j, close + 1, printed, "")
    return ()


def _separator(ts: Sequence[Token], i: int) -> Separator:
    kinds, j, spaced = "", _behind_note(ts, i), False
    while ts[j].kind in SEPARATORS:
        if ts[j].kind == "/" and closing(ts, j):
            break
        kinds += ts[j].kind
        spaced = spaced or parts_words(ts, j)
        j += 1
    return Separator(kinds, j, spaced)


def _behind_note(ts: Sequence[Token], i: int) -> int:
    """Return the token behind a note on the version in brackets: `MANILA (UPDATE 2) -`."""
    noted = ts[i].kind in {"(", "["} and ts[i + 1].kind == WORD and is_label(ts[i + 1].text)
    close = closing(ts, i) if noted else 0
    return close + 1 if close == i + 2 or (close == i + 3 and ts[i + 2].kind == NUMBER) else i


def parts_words(ts: Sequence[Token], j: int) -> bool:
    """Return whether a dash is more than a hyphen: doubled, long, after a bracket, or beside a blank."""
    if ts[j].kind != DASH:
        return False
    hyphen = ts[j].text in {"-", "\u2010"} and ts[j].glued and ts[j + 1].glued
    if hyphen and ts[j - 1].kind == "." and "." in ts[j - 2].text and ts[j - 2].text.isupper():
        return False  # U.S.-Japanese
    return not hyphen or ts[j - 1].kind not in {WORD, NUMBER}
