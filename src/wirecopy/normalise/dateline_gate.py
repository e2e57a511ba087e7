"""What the tokens of a head must hold before any reading of it could be believed: most texts have no dateline.

Nothing is decided here: a head that is let through is read and judged, one that is kept out would be disbelieved.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wirecopy.agencies import fold
from wirecopy.normalise.dateline_agency import is_web_name
from wirecopy.normalise.dateline_dates import read_date
from wirecopy.normalise.dateline_grammar import SEPARATORS, closing, parts_words
from wirecopy.normalise.dateline_heads import BEYOND_DOUBT
from wirecopy.normalise.dateline_names import is_known
from wirecopy.normalise.dateline_tokens import DASH, END, LINE, MOST_STRANGE, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import agency_openings, traits

_BRACKETS = frozenset("()[]")
_CLOSED = frozenset(")]")
_PLAIN = frozenset({WORD, ",", END, "'", '"', "’", "“", "”", ";", "?", "!"})
_ENCLOSING = frozenset("([</|")
_STRONG = frozenset({"_", "=", "~", "|", "•"})
_PARTING = frozenset({LINE, ":", *_STRONG})
_MOST_CAPITALS = 8
"""Words and signs of a place's name."""
_IN_NAMES = frozenset({",", "/", DASH, "&", "+", "·", "'", "’"})


def may_hold(ts: Sequence[Token], text: str, least: float) -> bool:
    """Return whether any reading of a head can be believed as far as `least`; False is certain."""
    if not _may_open(ts):
        return False
    sure = least >= BEYOND_DOUBT
    if any(token.kind in _ENCLOSING and _encloses(ts, at) for at, token in enumerate(ts)):
        return goes_on(ts, text) and (not sure or _is_signed(ts) or (_is_strong(ts) and _is_dated(ts, bare=False)))
    if sure:
        return _is_dated(ts, bare=True) and (
            _is_strong(ts) or (any(one.kind in _PARTING for one in ts) and _is_signed(ts))
        )
    if ts[-1].end == len(text) or _names(ts) or _has_capitals(ts, text):
        return True
    if all(token.kind in _PLAIN for token in ts):
        return False
    return _is_signed(ts) or _is_dated(ts, bare=False)


def _may_open(ts: Sequence[Token]) -> bool:
    """Return whether a slot of a dateline can begin with the first token."""
    first = ts[0]
    if first.kind == WORD:
        return not first.text[0].islower() or "." in first.text or traits(first.text).goes_on
    return first.kind in _ENCLOSING or (first.kind == NUMBER and read_date(ts, 0) is not None)


def _encloses(ts: Sequence[Token], at: int) -> bool:
    """Return whether a bracket may hold a part of a dateline; an angle one only a known agency or a date: `Acme <ACM.N>`."""
    kind, close = ts[at].kind, closing(ts, at)
    if kind != "<" or not close:
        return bool(close) or kind == "|"
    inside = ts[at + 1 : close]
    return any(one.kind == NUMBER or (one.kind == WORD and _tells(one.text)) for one in inside)


def _tells(word: str) -> bool:
    trait = traits(word)
    return trait.signs or trait.dates


def goes_on(ts: Sequence[Token], text: str) -> bool:
    """Return whether more than brackets stands in a head, or a sentence opens behind them: `(ECB) raised` is no signature."""
    first = ts[0].text
    if (first.isupper() and len(first) > 1) or ts[-1].end == len(text):
        return True
    signs = {token.kind for token in ts} - _PLAIN
    return bool(signs) and (not signs <= _BRACKETS or _opens_behind_bracket(ts))


def _opens_behind_bracket(ts: Sequence[Token]) -> bool:
    """Return whether anything but a sentence going on stands behind a bracket."""
    return any(
        before.kind in _CLOSED and not (after.kind == WORD and after.text[0].islower())
        for before, after in pairwise(ts)
    )


def _has_capitals(ts: Sequence[Token], text: str) -> bool:
    """Return whether a head begins with a place in capitals, which needs no sign behind it."""
    for at, token in enumerate(ts[:_MOST_CAPITALS]):
        if not (token.text.isupper() if token.kind == WORD else _in_name(ts, at)):
            return False
        if is_known(text[ts[0].start : token.end]):
            return True
    return False


def _is_signed(ts: Sequence[Token]) -> bool:
    """Return whether an agency's name, or an outlet's in the web, may begin with a word of a head."""
    return any(token.kind == WORD and _opens_name(ts, at, token.text) for at, token in enumerate(ts))


def _opens_name(ts: Sequence[Token], at: int, word: str) -> bool:
    if not traits(word).signs:
        return "." in word and is_web_name(word)
    key = fold(word)
    following = next((token.text for token in ts[at + 1 : at + 3] if token.kind == WORD), "")
    return not agency_openings().isdisjoint({key, f"{key} {fold(following)}"})


def _is_dated(ts: Sequence[Token], *, bare: bool) -> bool:
    """Return whether a date is printed in a head; `bare` says that a day's number is one."""
    return any(
        (token.kind == NUMBER or (token.kind == WORD and traits(token.text).dates))
        and (printed := read_date(ts, at)) is not None
        and (bare or not printed.bare or printed.weekday is not None)
        for at, token in enumerate(ts)
    )


def _is_strong(ts: Sequence[Token]) -> bool:
    """Return whether a sign stands in a head that parts no words of a sentence."""
    return any(token.kind in _STRONG or (token.kind == DASH and parts_words(ts, at)) for at, token in enumerate(ts))


def _names(ts: Sequence[Token]) -> bool:
    """Return whether a head begins with what may be names of places alone, up to a sign that may end a dateline."""
    strange = 0
    for at, token in enumerate(ts):
        if token.kind == WORD:
            strange += token.text[0].islower() and not traits(token.text).goes_on
            if strange > MOST_STRANGE:
                return False
        elif not _in_name(ts, at):
            return token.kind in SEPARATORS
    return False


def _in_name(ts: Sequence[Token], at: int) -> bool:
    """Return whether a sign goes on a name or parts two, the stop of an abbreviation included: `U.S.`, `G7`."""
    token = ts[at]
    if token.kind == ".":
        return "." in ts[at - 1].text
    if token.kind == NUMBER:
        return token.glued and at > 0
    return token.kind in _IN_NAMES and not parts_words(ts, at)
