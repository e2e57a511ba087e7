"""Whether a place alone, without date or agency, is a dateline: the riskiest shape, so each separator asks for more."""

from __future__ import annotations

import re
from typing import NamedTuple

from wirecopy.agencies import fold
from wirecopy.normalise import places
from wirecopy.normalise.dateline_agency import read_credit
from wirecopy.normalise.dateline_dates import Printed, month_of
from wirecopy.normalise.dateline_grammar import Head, Separator, Signature
from wirecopy.normalise.dateline_names import is_known
from wirecopy.normalise.dateline_places import PROMINENT, Piece, Where
from wirecopy.normalise.dateline_tokens import DASH, END, LINE, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import words

QUOTES = frozenset({'"', "“", "„", "«", "'", "‘"})
TOWN = 20_000
"""People from which on a name of four letters is taken for a town's and not for an acronym."""
_TURN = 800
"""Characters within which a second speaker of an interview shows."""
_SPEAKERS = re.compile(r"\n\s*[^\W\d_][^\n:]{0,30}:\s")
CAPTION = 500
"""Characters within which a caption names its photographer."""
_TITLE = 100
"""Characters that no title is longer than."""
_SENTENCE_ENDS = frozenset(".!…。！।۔")
_CLOSING_QUOTES = "\"'”’»“«」』"
_COLON = re.compile(r"[^.!?:\n]{1,50}:\s")
_ENTRIES = re.compile(r"[.;,|•*]\s+[^\W\d_]+(?: [^\W\d_]+)?:\s")
_SHORT_DASHES = frozenset("-\u2010\u2011\u2013")
_STRONG_SIGNS = frozenset({"_", "=", "~", "|", "•"})


class View(NamedTuple):
    """A parse as the rules see it."""

    where: Where | None
    printed: Printed | None
    signature: Signature | None
    separator: Separator
    lead: Token
    glue: str
    """The signs that part the slots."""
    opens: bool
    """Whether the story opens as stories do: with a capital, a figure, a quote, or a script without cases."""
    head: Head


def caseless(word: str) -> bool:
    """Return whether a word has no cases."""
    return word.upper() == word.lower()


def strong(separator: Separator) -> bool:
    """Return whether a separator is one that no sentence has there: a dash that parts words, `_`, `=`."""
    return (DASH in separator.kinds and separator.spaced) or any(sign in _STRONG_SIGNS for sign in separator.kinds)


def is_caption(view: View) -> bool:
    """Return whether a photographer is credited nearby: captions open with place and date, too."""
    text = view.head.text[view.lead.start : view.lead.start + CAPTION].casefold()
    return any(credit in text for credit in words().photo_credits)


def is_title(view: View) -> bool:
    """Return whether what follows is one short line without the stop that ends a sentence: a title, an entry of a list."""
    line = view.head.text[view.lead.start : view.lead.start + _TITLE].partition("\n\n")[0].rstrip()
    ends = line.rstrip(_CLOSING_QUOTES)[-1:] in _SENTENCE_ENDS or line[-1:] in _SENTENCE_ENDS
    return 0 < len(line) < _TITLE and "\n" not in line and not ends


def place_only(view: View) -> float:  # noqa: PLR0911 - one return a separator
    """Return the confidence in a place without date and agency."""
    where = view.where
    assert where is not None
    if not view.opens:
        return 0.0
    if view.lead.kind == END:
        return _alone(view, where)
    if not all(_stands_alone(piece) for piece in where.pieces):
        return 0.0
    if strong(view.separator):
        return _before_dash(view, where)
    kinds = view.separator.kinds
    if ":" in kinds:
        return _before_colon(view, where)
    if LINE in kinds:
        return 0.7 if _prominent(where) or where.pieces[0].capitals or where.pieces[0].qualified else 0.0
    if kinds == ".":
        return _before_stop(view, where)
    if kinds:
        return 0.0
    return _in_brackets(view, where) if view.head.ts[0].kind == "(" else _before_nothing(view, where)


def _in_brackets(view: View, where: Where) -> float:
    """Weigh a place in brackets before a sentence, as papers of Quebec print it: `(Ottawa) Le premier ministre ...`."""
    french = (view.head.language or "").startswith("fr")
    sentence = view.lead.kind == WORD and (french or fold(view.lead.text) in words().after_capitals)
    return 0.65 if sentence and _prominent(where) and not is_title(view) else 0.0


def _stands_alone(piece: Piece) -> bool:
    """Return whether a place may be all that a dateline says."""
    if piece.qualifier is not None and not piece.qualified:
        return piece.capitals and piece.known and not piece.qualifier.isupper() and len(piece.raw) > 3
    if len(piece.raw) <= 4 and not piece.qualified and not caseless(piece.raw):
        return places.is_place(piece.raw, least=TOWN)  # NATO is a village, too
    return piece.known or (piece.capitals and (piece.qualified or piece.site))


def _alone(view: View, where: Where) -> float:
    """Weigh a field that holds a place and nothing else."""
    sep = view.separator.kinds
    opening, _, rest = where.pieces[0].raw.partition(" ")
    if rest and opening.casefold() in words().byline_words:
        return 0.0
    stopped = not where.pieces[0].capitals and (sep.startswith(".") or (where.pieces[-1].qualifier or "").endswith("."))
    known = all(piece.known or (not stopped and piece.qualified and piece.raw.count(" ") < 3) for piece in where.pieces)
    return 0.8 if known and sep in {"", DASH, ":", ".", "." + DASH, DASH + DASH} else 0.0


def _prominent(where: Where) -> bool:
    return all(
        piece.qualified or (piece.known and places.is_place(piece.raw, least=PROMINENT)) for piece in where.pieces
    )


def _may_speak(where: Where) -> bool:
    """Return whether a lone place is somebody's name as well: `Washington`, `Florence`."""
    return len(where.pieces) == 1 and fold(where.pieces[0].raw) in words().speakers


def _before_dash(view: View, where: Where) -> float:
    first = where.pieces[0]
    if view.lead.kind == WORD and month_of(view.lead.text) and is_caption(view):
        return 0.0
    if _heads_a_title(view, first) or _counts(view) or (caseless(first.raw) and dashed_again(view)):
        return 0.0
    if not first.capitals and view.lead.kind in QUOTES and fold(first.raw) in words().speakers:
        return 0.0
    credit = read_credit(first.raw)
    if credit is not None and credit.known and not credit.weak and not _prominent(where):
        return 0.0
    if first.capitals:
        return 0.9
    return 0.8 if first.qualified or (_prominent(where) and not _pairs_towns(view, first)) else 0.0


def _pairs_towns(view: View, first: Piece) -> bool:
    """Return whether a short dash parts two towns, as in matches and on roads: `Köln - Mainz endet torlos`."""
    short = view.head.text[: view.lead.start].rstrip()[-1:] in _SHORT_DASHES
    name = view.lead.text
    following = view.head.ts[view.separator.lead + 1] if view.lead.kind == WORD else view.lead
    goes_on = following.kind == WORD and following.text[0].islower() and fold(name) != fold(first.raw)
    return short and goes_on and places.is_place(name, least=PROMINENT) and not places.means_region(name)


def _heads_a_title(view: View, first: Piece) -> bool:
    """Return whether a title goes on behind the dash; a town in capitals must have more to be taken for its subject."""
    if first.capitals and not places.means_region(first.raw):
        return _titled(view) and is_title(view)
    return _titled(view) or is_title(view)


def _listed(view: View) -> bool:
    """Return whether a figure and a second colon follow, as in lists: `New York: 3, Boston: 2`, a change or a span."""
    span = view.head.ts[min(view.separator.lead + 1, len(view.head.ts) - 1)].kind == DASH
    return view.lead.kind == "+" or (view.lead.kind == NUMBER and (span or _titled(view)))


def _counts(view: View) -> bool:
    """Return whether a lone figure is all that a sentence says: `Melbourne - 1956. The Games come south`."""
    ts, i = view.head.ts, view.separator.lead
    return ts[i].kind == NUMBER and ts[i + 1].kind == "."


def _titled(view: View) -> bool:
    """Return whether a colon follows soon, as in titles: `Barcelona - Real Madrid: where to watch`."""
    return _COLON.match(view.head.text, view.lead.start) is not None


def dashed_again(view: View) -> bool:
    """Return whether a second dash closes an insertion that the first one opened."""
    ts, i = view.head.ts, view.separator.lead
    return any(ts[j].kind == DASH and not ts[j].glued for j in range(i + 1, min(i + 9, len(ts))))


def _before_colon(view: View, where: Where) -> float:
    first = where.pieces[0]
    text, at = view.head.text, view.lead.start
    spoken = _SPEAKERS.search(text, at, at + _TURN) or _ENTRIES.search(text, at, at + _TITLE)
    if spoken or is_title(view) or _listed(view):
        return 0.0
    if len(where.pieces) == 1 and not first.qualifier and places.means_region(first.raw):
        return 0.0
    if fold(re.split(r"['’]", view.lead.text)[0]) in words().speech_openings and not first.qualified:
        return 0.0
    if first.qualified or (first.capitals and (_prominent(where) or not _may_speak(where)) and not first.site):
        return 0.85
    if _may_speak(where) or view.lead.kind in QUOTES or len(where.pieces) > 2:
        return 0.0
    return 0.65 if _prominent(where) else 0.0


def _before_stop(view: View, where: Where) -> float:
    first = where.pieces[0]
    dotted = "." in f"{first.raw}{first.qualifier}"
    opener = fold(view.lead.text) in words().sentence_openings
    title = is_title(view) and not first.capitals
    if dotted or len(first.raw) < 4 or opener or title or _stops_again(view):
        return 0.0
    if first.capitals or first.qualified:
        return 0.75
    unusual = (view.head.language or "")[:2] in words().no_stop
    return (
        0.6 if _prominent(where) and (not _may_speak(where) or view.head.language is not None) and not unusual else 0.0
    )


def _stops_again(view: View) -> bool:
    """Return whether the next sentence is a word or two as well: `London. Paris. New York.` is no dateline."""
    ts, i = view.head.ts, view.separator.lead
    return any(ts[j].kind in {".", "!", "?"} for j in range(i + 1, min(i + 3, len(ts))))


def _before_nothing(view: View, where: Where) -> float:
    """Weigh a place in capitals before a sentence of its own, never before the rest of one (`LONDON police`).

    Names in house style go on with a word of theirs (`KENYA Airways`), so the sentence must open with a word that
    opens sentences, or with a place.
    """
    first, lead = where.pieces[0], view.lead
    if lead.kind != WORD or len(first.raw) < 4 or first.qualifier or caseless(first.raw):
        return 0.0
    if not all(piece.capitals and piece.known for piece in where.pieces):
        return 0.0
    following = view.head.ts[view.separator.lead + 1].text
    if lead.text.isupper() and len(lead.text) > 1 and (len(lead.text) > 3 or following.isupper()):
        return 0.0
    word = re.split(r"['’]", lead.text)[0]
    if is_known(f"{first.raw} {word}"):
        return 0.0
    return 0.55 if fold(word) in words().after_capitals or places.is_region(word) else 0.0
