"""How far a place's name goes: the words, hyphens and full stops that a name may hold, and where it may end.

Several ends are possible (`LONDON The bank`, `New York Times`, `دمشق-سانا`); all are named, the longest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from wirecopy.normalise import places
from wirecopy.normalise.dateline_agency import bare_credit
from wirecopy.normalise.dateline_dates import month_of, opens_date, weekday_of
from wirecopy.normalise.dateline_tokens import DASH, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import spelled_days, traits, words

_MOST_WORDS = 8
_MOST_LOOSE = 2
SHORTENED = ("a.", "o.d.", "v.d.", "i.d.")
"""Openings of rivers and regions that German towns bear shortened: `Frankfurt a.M.`, `Bad Homburg v.d.H.`."""


@lru_cache(maxsize=32768)
def is_known(name: str) -> bool:
    """Return whether the gazetteer knows a place of that name, or, in capitals, a country or region."""
    return len(name) > 1 and (places.is_place(name) or (name.isupper() and len(name) > 3 and places.is_region(name)))


@lru_cache(maxsize=8192)
def is_site(name: str) -> bool:
    """Return whether a name opens like a ship, a summit or another site that is no town."""
    low = name.casefold()
    return low.startswith(_site_openings()) or (" " in low and low in words().site_openings)


@cache
def _site_openings() -> tuple[str, ...]:
    return tuple(f"{opening} " for opening in words().site_openings)


def runs(text: str, ts: Sequence[Token], i: int) -> list[int]:
    """Return the token indices at which a name that starts at `i` may end, longest first."""
    ends: list[int] = []
    j, loose, strange = i, 0, False
    for _ in range(_MOST_WORDS):
        step = _step(ts, i, j) if not _is_date_word(text, ts, i, j) else 0
        if not step and _is_loose(ts, i, j) and not _is_date_word(text, ts, i, j):
            strange, step, loose = True, j + 1, loose + (not is_site(text[ts[i].start : ts[j].end]))
        if not step or loose > _MOST_LOOSE:
            break
        if j > i and _may_end(text, ts, j, step):
            ends.append(j)
        j = step
        if strange and _is_name(text, ts, i, j):
            ends.append(j)
    j = _trim(ts, i, j)
    if j > i and (not strange or _is_name(text, ts, i, j)):
        whole = bool(ends) and is_known(text[ts[i].start : ts[j - 1].end])
        ends = [end for end in ends if end > j or not whole] + [j]
    elif strange:
        ends.extend(_first_loose(ts, i, j))
    return sorted({*ends, *_joined_in(text, ts, i, j)}, reverse=True)


def _joined_in(text: str, ts: Sequence[Token], i: int, j: int) -> list[int]:
    """Return where a known name ends that holds a word which elsewhere joins two: `Treinta y Tres`."""
    if j == i or ts[j].kind != WORD or not traits(ts[j].text).joins or ts[j + 1].kind != WORD:
        return []
    return [end for end in runs(text, ts, j + 1) if is_known(text[ts[i].start : ts[end - 1].end])]


def _is_name(text: str, ts: Sequence[Token], i: int, j: int) -> bool:
    raw = text[ts[i].start : ts[j - 1].end]
    return is_known(raw) or is_site(raw)


def _is_loose(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a lower-case word at `j` goes on a name that only knowledge can confirm (`Nations unies`)."""
    return j > i and ts[j].kind == WORD and ts[j].text[0].islower() and not traits(ts[j].text).joins


def _first_loose(ts: Sequence[Token], i: int, j: int) -> list[int]:
    """Return where the capitalised start of a run ends whose lower-case words nobody knows."""
    first = next((n for n in range(i, j) if ts[n].kind == WORD and _is_loose(ts, i, n) and not _step(ts, i, n)), j)
    return [_trim(ts, i, first)] if first > i else []


def _step(ts: Sequence[Token], i: int, j: int) -> int:
    """Return the token after the word of a name at `j` (0 if the name ends), its hyphen or full stop included."""
    token = ts[j]
    if token.kind == DASH:
        return j + 1 if _hyphen(ts, j) and j > i else 0
    if token.kind == NUMBER:
        return j + 1 if _numbered(ts, i, j) else 0
    if token.kind != WORD or _is_small_end(ts, i, j):
        return 0
    return j + 2 if _keeps_stop(ts, i, j) else j + 1


def _numbered(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a number belongs to the word before it: `G7`."""
    return j > i and ts[j].glued and len(ts[j].text) <= 2 and ts[j - 1].kind == WORD and len(ts[j - 1].text) <= 2


def _is_small_end(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a lower-case word ends a name: no name holds it, or it joins two."""
    word = ts[j].text
    if word[0].isupper():
        return False
    trait = traits(word)
    if not word[0].islower():
        return j > i and trait.joins and trait.caseless
    if is_site(word) or (j > i and word.startswith(SHORTENED)):
        return False
    joins = j > i and trait.joins and not (trait.inner and ts[j - 1].kind == DASH)
    return j == i or not trait.inner or joins


def _keeps_stop(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a full stop after the word at `j` is part of the name: `ST. PAUL`, `GERALD R. FORD`."""
    if not (ts[j + 1].kind == "." and ts[j + 1].glued and ts[j + 2].kind == WORD):
        return False
    initial = j > i and len(ts[j].text) == 1 and ts[j].text.isupper()
    return initial or traits(ts[j].text).shortened


def _hyphen(ts: Sequence[Token], j: int) -> bool:
    return len(ts[j].text) == 1 and ts[j].glued and ts[j + 1].glued and ts[j + 1].kind == WORD


def _is_date_word(text: str, ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether the word at `j` belongs to a date: a month beside a number, a weekday after a known place."""
    if ts[j].kind != WORD or not traits(ts[j].text).dates:
        return False
    near = ts[j + 1] if ts[j + 1].kind != "." else ts[j + 2]
    if month_of(ts[j].text):
        return near.kind == NUMBER or (j > 0 and ts[j - 1].kind == NUMBER)
    if j > i and opens_date(ts[j].text) and (near.kind == NUMBER or near.text in spelled_days()):
        return True
    if j == i or weekday_of(ts[j].text) is None or len(ts[j].text) <= 3:
        return False
    known = is_known(text[ts[i].start : ts[j - 1].end]) and not is_known(text[ts[i].start : ts[j].end])
    return known and near.kind in {NUMBER, "(", ",", DASH}


def _may_end(text: str, ts: Sequence[Token], j: int, step: int) -> bool:
    """Return whether a name may end before token `j` although words go on: capitals end, or an agency signs."""
    if ts[j].kind == DASH:
        return signs(text, ts, step) or _capitals_end(ts, j - 1, step)
    if ts[j - 1].kind == DASH:
        return False
    return (
        _capitals_end(ts, j - 1, j)
        or signs(text, ts, j)
        or (traits(ts[j].text).caseless and not traits(ts[j - 1].text).caseless)
    )


def signs(text: str, ts: Sequence[Token], j: int) -> bool:
    """Return whether a known agency's name stands at token `j`."""
    return ts[j].kind == WORD and traits(ts[j].text).signs and bare_credit(text, ts, j, None, None) is not None


def _capitals_end(ts: Sequence[Token], before: int, j: int) -> bool:
    left, right = ts[before].text, ts[j].text
    ends = len(right) == 1 or not right.isupper()
    return left.isupper() and len(left) > 1 and ends and not traits(right).caseless


def _trim(ts: Sequence[Token], i: int, j: int) -> int:
    """Drop small words and hyphens that a run ends with."""
    while j > i + 1 and (ts[j - 1].kind == DASH or _is_small(ts[j - 1])):
        j -= 1
    return j


def _is_small(token: Token) -> bool:
    return token.kind == WORD and token.text[0].islower() and not token.text.startswith(SHORTENED)
