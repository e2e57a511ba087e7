"""Datelines: where, when and by whom a report says it was filed, read from the head of its text.

The way of a text: `dateline_tokens` cuts its head into tokens, `dateline_grammar` tells every way to read them as
places, a date and a signature (`dateline_places`, `dateline_dates`, `dateline_agency`), `dateline_judge` says what may
be believed, and this module picks the best reading and resolves it. Scripts without blanks have their own forms
(`dateline_cjk`). Plain sentences, and heads that were read before, are told at a glance (`dateline_heads`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from wirecopy.agencies import Agency, registry
from wirecopy.model import Dateline, DatelinePlace, Doubt, Place
from wirecopy.normalise import places
from wirecopy.normalise.dateline_agency import only_language
from wirecopy.normalise.dateline_cjk import Glyphs, read_glyphs
from wirecopy.normalise.dateline_dates import Printed
from wirecopy.normalise.dateline_gate import goes_on, may_hold
from wirecopy.normalise.dateline_grammar import Head, Parse, Signature, parses
from wirecopy.normalise.dateline_heads import BEYOND_DOUBT, Heads, is_running_text
from wirecopy.normalise.dateline_judge import judge
from wirecopy.normalise.dateline_places import Piece, Where, spelled_out, town_of
from wirecopy.normalise.dateline_prepared import ETHIOPIC, GEORGIAN, prepared, restored
from wirecopy.normalise.dateline_settle import settle
from wirecopy.normalise.dateline_start import Start, starts
from wirecopy.normalise.dateline_tokens import DASH, LINE, tokens
from wirecopy.normalise.dateline_words import words

# beijing, may 1 (xinhua) --
_SMALL_HEAD = re.compile(r"\s{0,20}(?P<place>[a-z][a-z0-9 .,/'-]{1,60})\([a-z][a-z -]{1,20}\)(?=\s{0,3}-)")
_heads = Heads()
_A_YEAR = timedelta(days=366)
LEAST = 0.5
"""Confidence below which a text has no dateline."""


class _Known(NamedTuple):
    """What is known besides the text: the sender, the language, and when it was sent."""

    sender: Agency | None
    language: str | None
    sent: date | None

    @property
    def country(self) -> str | None:
        return self.sender.country if self.sender else None


def parse_dateline(
    text: str, *, sent_at: date | datetime | None = None, language: str | None = None, agency: str | None = None
) -> Dateline | None:
    """Return the dateline with which a text or a dateline field opens, or None if it has none; never raises on a text.

    `sent_at` settles a missing year, `language` (BCP 47) and `agency` (any of its names) are evidence for homonyms.
    `text[start:end]` is `raw`, without byline and separator; `lead` is the story's own text. What cannot be told is
    None with a doubt: `year_unknown`, `date_impossible`, `date_ambiguous`, `place_unknown`, ...
    """
    sender = _sender(agency)
    sent = sent_at.date() if isinstance(sent_at, datetime) else sent_at
    known = _Known(sender, language or (only_language(sender) if sender else None), sent)
    ready = prepared(text)
    found = _first_found(ready, known)
    return restored(found, text) if found and ready is not text else found


def _first_found(text: str, known: _Known) -> Dateline | None:
    for start in starts(text):
        reading = read_glyphs(text, start.at) or _best(text, start, known)
        if reading is not None:
            found = _dateline(text, reading, start.byline, known)
            return None if _recalls(found, known.sent) or _is_guessed(found) else found
    return _small(text, known)


def disbelieved(text: str, *, language: str | None = None) -> tuple[str, str] | None:
    """Return words and shape of the fullest reading of a head without a dateline, None where nothing in it is known.

    It tells somebody who asks why what came near: `('SMITH', 'place, colon')`.
    """
    head = Head(text, tokens(text, next(iter(starts(text))).at), None, language)
    near = [parse for parse in parses(head) if _knows(parse)] if goes_on(head.ts, text) else []
    if not near:
        return None
    parse = max(near, key=lambda parse: (len(parse.parts), parse.parts[-1].after))
    first, last = head.ts[parse.parts[0].first], head.ts[parse.parts[-1].after - 1]
    return text[first.start : last.end], _rule(parse)


def _knows(parse: Parse) -> bool:
    if parse.where is not None:
        return parse.where.pieces[0].known
    return parse.printed is not None or (parse.signature is not None and parse.signature.credit.known)


def forget_heads() -> None:
    """Forget the heads that were read before; readings stay the same, only slower, as tests prove."""
    _heads.forget()


def _recalls(found: Dateline, sent: date | None) -> bool:
    """Return whether an unsigned date is a year or more from the sending: `Dresden, 13. Februar 1945 -` recalls a day."""
    if sent is None or found.on is None or found.agency is not None:
        return False
    return abs(found.on - sent) > _A_YEAR


def _is_guessed(found: Dateline) -> bool:
    """Return whether an unsigned head in a script without capitals, where every word may be a name, names no place known."""
    if found.agency is not None or not found.places or any(place.place for place in found.places):
        return False
    first = found.places[0].raw[0]
    return GEORGIAN[0] <= first <= GEORGIAN[1] or ETHIOPIC[0] <= first <= ETHIOPIC[1]


def _small(text: str, known: _Known) -> Dateline | None:
    """Read a head that was keyed without capitals: a known place and a known agency in brackets must be there."""
    match = _SMALL_HEAD.match(text)
    if match is None:
        return None
    raised = match[0].title() + text[match.end() :]
    found = _best(raised, Start(match.start("place"), least=BEYOND_DOUBT), known)
    if found is None or not found.credit or not found.pieces or not all(piece.known for piece in found.pieces):
        return None
    pieces = tuple(piece._replace(raw=piece.raw.lower()) for piece in found.pieces)
    credit = found.credit._replace(raw=found.credit.raw.lower())
    on_raw = found.on_raw.lower() if found.on_raw else None
    return _dateline(text, found._replace(pieces=pieces, credit=credit, on_raw=on_raw), None, known)


@lru_cache(maxsize=256)
def _sender(agency: str | None) -> Agency | None:
    return registry().find(agency) if agency else None


def _best(text: str, start: Start, known: _Known) -> Glyphs | None:
    if is_running_text(text, start.at):
        return None
    key = _heads.key(text, start.at, known.country, known.language)
    if key and (kept := _heads.find(key, start.at)) and kept.confidence >= start.least:
        return kept
    found = _read(text, start, known)
    if key and found:
        _heads.keep(key, found, start.at)
    return found


def _read(text: str, start: Start, known: _Known) -> Glyphs | None:
    ts = tokens(text, start.at)
    if not may_hold(ts, text, start.least):
        return None
    head = Head(text, ts, known.country, known.language, known.sent)
    best: tuple[Parse, float] | None = None
    for parse in parses(head):
        confidence = judge(parse, head)
        if best is None and confidence >= BEYOND_DOUBT and len(parse.parts) > 1:
            return _reading(head, parse, confidence)
        if confidence >= max(LEAST, start.least) and (best is None or _rank(parse, confidence) > _rank(*best)):
            best = parse, confidence
    return _reading(head, *best) if best else None


def _rank(parse: Parse, confidence: float) -> tuple[int, float, int]:
    """More slots explain more of the head; then the surer, then the longer reading."""
    return len(parse.parts), confidence, parse.parts[-1].after


def _reporter(head: Head, pieces: tuple[Piece, ...], at: int) -> tuple[str | None, tuple[Piece, ...], int]:
    """Take a reporter's name from before the place: `Ayşe Yılmaz/ANTALYA, (DHA)-`; return it, the places, the start."""
    if len(pieces) < 2 or not pieces[1].capitals or not pieces[1].known:
        return None, pieces, at
    first = pieces[0]
    if first.known or first.capitals or first.qualifier or " " not in first.raw:
        return None, pieces, at
    return first.raw, pieces[1:], head.text.index(pieces[1].raw, at + len(first.raw))


def _reading(head: Head, parse: Parse, confidence: float) -> Glyphs:
    ts = head.ts
    where, printed, signature = parse.where, parse.printed, parse.signature
    name, pieces, start = _reporter(head, where.pieces if where else (), ts[parse.parts[0].first].start)
    return Glyphs(
        start=start,
        end=ts[parse.parts[-1].after - 1].end,
        lead=ts[parse.separator.lead].start,
        pieces=pieces,
        printed=printed,
        on_raw=_printed_text(head, parse),
        credit=signature.credit if signature else None,
        byline=name or (parse.reporter.name if parse.reporter else None),
        rule=_rule(parse),
        confidence=confidence,
    )


def _dateline(text: str, found: Glyphs, byline: str | None, known: _Known) -> Dateline:
    credit = found.credit
    sender = known.sender
    country = (credit.country if credit else None) or (sender.country if sender else None)
    language = known.language or (credit.language if credit else None)
    order = (credit.order if credit else None) or (sender.dateline.order if sender else None)
    on, doubts = settle(found.printed, known.sent, language=language, order=order) if found.printed else (None, ())
    signed = credit.name if credit else sender.name if sender else ""
    roams = signed in words().worldwide
    where = [_resolved(piece, country, language, roams=roams) for piece in found.pieces]
    lost = [Doubt("place_unknown", place.raw) for place in where if place.place is None]
    return Dateline(
        raw=text[found.start : found.end],
        start=found.start,
        end=found.end,
        lead=text[found.lead :],
        places=tuple(where),
        on=on,
        on_raw=found.on_raw,
        agency=credit.name if credit else None,
        agency_raw=credit.raw if credit else None,
        byline=found.byline or byline or None,
        rule=found.rule,
        confidence=found.confidence,
        doubts=(*doubts, *lost),
    )


@lru_cache(maxsize=16384)
def _resolved(piece: Piece, country: str | None, language: str | None, *, roams: bool) -> DatelinePlace:
    """Resolve a place; the home of an agency that files from everywhere counts only where nothing else decides."""
    place = _place(piece, None, language) if roams else None
    return DatelinePlace(raw=piece.raw, qualifier=piece.qualifier, place=place or _place(piece, country, language))


def _place(piece: Piece, country: str | None, language: str | None) -> Place | None:
    found = places.resolve(piece.raw, qualifier=piece.qualifier, country=country, language=language)
    for full in spelled_out(piece.raw) if found is None else ():
        if found := places.resolve(full, qualifier=piece.qualifier, country=country, language=language):
            return found
    if found is None and (town := town_of(piece.raw)) != piece.raw:
        return places.resolve(town, qualifier=piece.qualifier, country=country, language=language)
    return found


def _printed_text(head: Head, parse: Parse) -> str | None:
    part = next((part for part in parse.parts if isinstance(part.value, Printed)), None)
    if part is None or not isinstance(part.value, Printed):
        return None
    raw = head.text[head.ts[part.first].start : head.ts[part.value.after - 1].end].lstrip("([")
    return raw if "(" in raw or "[" in raw else raw.rstrip(")]")


_SIGNED = {"": "agency", "(": "(agency)", "[": "[agency]", "/": "/agency/", "|": "|agency|", "<": "<agency>"}
_NAMES = {DASH: "dash", ":": "colon", ".": "full stop", LINE: "line", "_": "underscore", "=": "equals", "|": "bar"}


def _rule(parse: Parse) -> str:
    """Return the shape that was recognised, in words: `place, date, (agency), dash`."""
    sign = parse.signature.sign if parse.signature else ""
    return _shape(tuple([type(part.value) for part in parse.parts]), sign, parse.separator.kinds)


@lru_cache(maxsize=1024)
def _shape(slots: tuple[type, ...], sign: str, kinds: str) -> str:
    names = {Signature: _SIGNED[sign], Where: "place", Printed: "date"}
    ending = next((_NAMES[kind] for kind in kinds if kind in _NAMES), "nothing")
    return ", ".join([*(names.get(slot, "reporter") for slot in slots), ending])


__all__ = ["disbelieved", "forget_heads", "parse_dateline"]
