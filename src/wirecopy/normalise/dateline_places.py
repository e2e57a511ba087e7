"""Where it was filed: reads the places of a dateline with their qualifiers, one after another.

What is a place and what a qualifier stands in the gazetteer (`places`); here stands how they are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from wirecopy.agencies import fold
from wirecopy.normalise import places
from wirecopy.normalise.dateline_agency import bare_credit, is_party_tag, read_credit
from wirecopy.normalise.dateline_dates import month_of, opens_date, weekday_of
from wirecopy.normalise.dateline_tokens import DASH, END, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import words

# Frankfurt a.M. · Neustadt a.d. Aisch · Halle/Saale
_ON_RIVER = re.compile(r"\s+a\.|/")
_MOST_WORDS = 8
_MOST_PIECES = 6
_MOST_LOOSE = 2


class Piece(NamedTuple):
    """One place as written, its qualifier, and whether the gazetteer knows either."""

    raw: str
    qualifier: str | None
    known: bool
    qualified: bool
    """Whether the qualifier is known to be one."""
    capitals: bool
    site: bool


class Where(NamedTuple):
    """Places in a row, and the token after them."""

    after: int
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=32768)
def is_known(name: str) -> bool:
    """Return whether the gazetteer knows a place of that name, or, in capitals, a country or region."""
    return len(name) > 1 and (places.is_place(name) or (name.isupper() and len(name) > 3 and places.is_region(name)))


@lru_cache(maxsize=8192)
def is_qualifier(text: str) -> bool:
    """Return whether a text names a state, province, region or country."""
    return bool(places.qualifier_of(text))


@lru_cache(maxsize=8192)
def is_site(name: str) -> bool:
    """Return whether a name opens like a ship, a summit or another site that is no town."""
    low = name.casefold()
    return any(low == opening or low.startswith(opening + " ") for opening in words().site_openings)


@lru_cache(maxsize=32768)
def is_label(name: str) -> bool:
    """Return whether a text is a kicker or label, or ends like one."""
    key = fold(name)
    ends_like_one = any(key.endswith(" " + ending) for ending in words().label_endings)
    return key in words().labels or (ends_like_one and not is_known(name))


def read_places(text: str, ts: Sequence[Token], i: int) -> Iterator[Where]:
    """Yield every way to read places at token `i`, longer readings first."""
    for after, piece in _first(text, ts, i):
        yield from reversed(list(_extended(text, ts, after, (piece,))))


def _first(text: str, ts: Sequence[Token], i: int) -> Iterator[tuple[int, Piece]]:
    for end in _runs(text, ts, i):
        if river := _on_river(text, ts, i, end):
            yield river, _piece(text[ts[i].start : ts[river - 1].end])
            return
        raw = text[ts[i].start : ts[end - 1].end]
        split = None if is_known(raw) else _tail_qualifier(text, ts, i, end)
        yield end, split or _piece(raw)


def _on_river(text: str, ts: Sequence[Token], i: int, end: int) -> int:
    """Return the token after `Frankfurt/Main` or `Frankfurt a.M.`, 0 for any other name."""
    if ts[end].kind == "/" and ts[end + 1].kind == WORD and fold(ts[end + 1].text) in words().rivers:
        return end + 2
    shortened = ts[end - 1].text.startswith("a.") and ts[end].kind == "." and ts[end].glued
    return end + 1 if shortened else 0


def town_of(raw: str) -> str:
    """Return a name without the river that tells it from others: `Frankfurt a.M.` and `Frankfurt/Main` as `Frankfurt`."""
    return _ON_RIVER.split(raw, maxsplit=1)[0]


def _piece(raw: str, qualifier: str | None = None) -> Piece:
    qualified = qualifier is not None and is_qualifier(qualifier)
    return Piece(raw, qualifier, is_known(raw) or is_known(town_of(raw)), qualified, raw.isupper(), is_site(raw))


def _tail_qualifier(text: str, ts: Sequence[Token], i: int, end: int) -> Piece | None:
    """Split `Landquart GR` and `Ottawa Ontario Canada`: a known place, then a qualifier without a sign."""
    for cut in range(end - 1, i, -1):
        name, tail = text[ts[i].start : ts[cut - 1].end], text[ts[cut].start : ts[end - 1].end]
        if ts[cut].kind == WORD and is_known(name) and _qualifies_as(text, ts, cut, end):
            return _piece(name, tail)
    return None


def _qualifies_as(text: str, ts: Sequence[Token], i: int, end: int) -> bool:
    """Return whether words are a qualifier, or two in a row (`Ontario Canada`)."""
    if is_qualifier(text[ts[i].start : ts[end - 1].end]):
        return True
    return any(
        is_qualifier(text[ts[i].start : ts[cut - 1].end]) and is_qualifier(text[ts[cut].start : ts[end - 1].end])
        for cut in range(i + 1, end)
    )


def _runs(text: str, ts: Sequence[Token], i: int) -> list[int]:
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
        ends.append(j)
    elif strange:
        ends.extend(_first_loose(ts, i, j))
    return sorted(set(ends), reverse=True)


def _is_name(text: str, ts: Sequence[Token], i: int, j: int) -> bool:
    raw = text[ts[i].start : ts[j - 1].end]
    return is_known(raw) or is_site(raw)


def _is_loose(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a lower-case word at `j` goes on a name that only knowledge can confirm (`Nations unies`)."""
    return j > i and ts[j].kind == WORD and ts[j].text[0].islower() and ts[j].text.casefold() not in words().joiners


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
    if not word[0].islower():
        return j > i and word.casefold() in words().joiners and not word.isupper() and _caseless(word)
    if is_site(word):
        return False
    joins = (
        j > i and word.casefold() in words().joiners and not (fold(word) in words().inner and ts[j - 1].kind == DASH)
    )
    return j == i or fold(word) not in words().inner or joins


def _keeps_stop(ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a full stop after the word at `j` is part of the name: `ST. PAUL`, `GERALD R. FORD`."""
    if not (ts[j + 1].kind == "." and ts[j + 1].glued and ts[j + 2].kind == WORD):
        return False
    initial = j > i and len(ts[j].text) == 1 and ts[j].text.isupper()
    return initial or fold(ts[j].text) in words().abbreviations


def _hyphen(ts: Sequence[Token], j: int) -> bool:
    return len(ts[j].text) == 1 and ts[j].glued and ts[j + 1].glued and ts[j + 1].kind == WORD


def _is_date_word(text: str, ts: Sequence[Token], i: int, j: int) -> bool:
    """Return whether the word at `j` belongs to a date: a month beside a number, a weekday after a known place."""
    if ts[j].kind != WORD:
        return False
    near = ts[j + 1] if ts[j + 1].kind != "." else ts[j + 2]
    if month_of(ts[j].text):
        return near.kind == NUMBER or (j > 0 and ts[j - 1].kind == NUMBER)
    if j > i and near.kind == NUMBER and opens_date(ts[j].text):
        return True
    if j == i or weekday_of(ts[j].text) is None or len(ts[j].text) <= 3:
        return False
    known = is_known(text[ts[i].start : ts[j - 1].end]) and not is_known(text[ts[i].start : ts[j].end])
    return known and near.kind in {NUMBER, "(", ",", DASH}


def _may_end(text: str, ts: Sequence[Token], j: int, step: int) -> bool:
    """Return whether a name may end before token `j` although words go on: capitals end, or an agency signs."""
    if ts[j].kind == DASH:
        return _signs(text, ts, step) or _capitals_end(ts, j - 1, step)
    if ts[j - 1].kind == DASH:
        return False
    return (
        _capitals_end(ts, j - 1, j) or _signs(text, ts, j) or (_caseless(ts[j].text) and not _caseless(ts[j - 1].text))
    )


def _signs(text: str, ts: Sequence[Token], j: int) -> bool:
    return bare_credit(text, ts, j, None, None) is not None


def _caseless(word: str) -> bool:
    return word.upper() == word.lower()


def _capitals_end(ts: Sequence[Token], before: int, j: int) -> bool:
    left, right = ts[before].text, ts[j].text
    return left.isupper() and len(left) > 1 and not right.isupper() and not _caseless(right)


def _trim(ts: Sequence[Token], i: int, j: int) -> int:
    """Drop small words and hyphens that a run ends with."""
    while j > i + 1 and (ts[j - 1].kind == DASH or (ts[j - 1].kind == WORD and ts[j - 1].text[0].islower())):
        j -= 1
    return j


def _extended(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]) -> Iterator[Where]:
    """Yield the pieces so far, then with what follows them: qualifiers and further places."""
    yield Where(i, pieces)
    if len(pieces) >= _MOST_PIECES:
        return
    found = _next(text, ts, i, pieces)
    if found is not None:
        yield from _extended(text, ts, found.after, found.pieces)


def _next(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]) -> Where | None:
    kind = ts[i].kind
    if kind == ",":
        return _after_comma(text, ts, i + 1, pieces)
    if kind in {"(", "["}:
        return _bracketed(text, ts, i, pieces)
    if kind == "/" or _joins(ts, i):
        return _joined(text, ts, i + 1, pieces)
    if kind == DASH and ts[i].glued and ts[i + 1].glued and ts[i + 1].kind == WORD:
        return _joined(text, ts, i + 1, pieces, sure=True)
    return None


def _joins(ts: Sequence[Token], i: int) -> bool:
    token = ts[i]
    return token.kind in {"&", "+", "·"} or (token.kind == WORD and token.text.casefold() in words().joiners)


def _joined(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...], *, sure: bool = False) -> Where | None:
    """Read a further place after a slash, `and` or a glued dash."""
    for end in _runs(text, ts, i):
        raw = text[ts[i].start : ts[end - 1].end]
        fits = is_known(raw) or (not sure and raw.isupper() and pieces[-1].capitals and len(raw) > 2)
        if fits and not (ts[end].kind == "/" and ts[i - 1].kind == "/" and _is_agency(raw)):
            return Where(end, (*pieces, _piece(raw)))
    return None


def _is_agency(raw: str) -> bool:
    credit = read_credit(raw)
    return credit is not None and credit.known


def _after_comma(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]) -> Where | None:
    """Read what follows a comma: a qualifier of the last place, another place, or an unknown region."""
    last = pieces[-1]
    if ts[i].kind == WORD and weekday_of(ts[i].text) is not None and len(ts[i].text) > 3:
        return None
    ends = _runs(text, ts, i)
    if ends and (end := _wide_region(text, ts, i, ends[0])):
        return Where(end, (*pieces[:-1], _qualify(last, text[ts[i].start : ts[end - 1].end])))
    for end in ends:
        raw = text[ts[i].start : ts[end - 1].end]
        if is_qualifier(raw) and _qualifies(last, raw):
            after = end + 1 if _abbreviates(ts, end, raw) else end
            return Where(after, (*pieces[:-1], _qualify(last, raw + "." if after > end else raw)))
    for end in ends:
        raw = text[ts[i].start : ts[end - 1].end]
        if not is_known(raw) and (_is_agency(raw) or _signs(text, ts, i)):
            return None
        if is_known(raw) and (last.known or raw.isupper() == last.capitals) and (not last.capitals or raw.isupper()):
            return Where(end, (*pieces, _piece(raw)))
        if last.qualifier is None and not raw.isupper() and _delimited(ts, end):
            return Where(end, (*pieces[:-1], last._replace(qualifier=raw)))
        if raw.isupper() and last.capitals and _delimited(ts, end):
            return Where(end, (*pieces, _piece(raw)))
    return None


def _wide_region(text: str, ts: Sequence[Token], i: int, end: int) -> int:
    """Return the token after a region whose name holds `and`: `Trinidad and Tobago`; 0 if there is none."""
    if not _joins(ts, end):
        return 0
    wide = next(iter(_runs(text, ts, end + 1)), 0)
    return wide if wide and is_qualifier(text[ts[i].start : ts[wide - 1].end]) else 0


def _qualifies(last: Piece, raw: str) -> bool:
    """Return whether a known qualifier can belong to the place before it; a city that is also a state often cannot."""
    if last.qualifier is not None:
        return not is_known(raw) or _same_country(last.qualifier, raw)
    if not (raw.isupper() and last.capitals and is_known(raw) and last.known):
        return True
    return places.resolve(last.raw, qualifier=raw) is not None


def _same_country(first: str, second: str) -> bool:
    """Return whether two qualifiers lie in one country: `CA, UNITED STATES`."""
    lands = {qualifier.country for qualifier in places.qualifiers_of(first)}
    return any(qualifier.country in lands for qualifier in places.qualifiers_of(second))


def _qualify(last: Piece, printed: str) -> Piece:
    whole = printed if last.qualifier is None else f"{last.qualifier}, {printed}"
    return last._replace(qualifier=whole, qualified=True)


def _abbreviates(ts: Sequence[Token], end: int, raw: str) -> bool:
    """Return whether the full stop after a qualifier belongs to it: `Ala.`, `N.C.`, `Calif.` do."""
    if ts[end].kind != "." or not ts[end].glued:
        return False
    if ts[end + 1].kind == DASH and ts[end + 1].glued and len(ts[end + 1].text) == 1:
        return False
    return "." in raw or is_short(raw) or ts[end + 1].kind in {",", "(", "[", DASH, "/", ";", END, "_", ":"}


def is_short(raw: str) -> bool:
    """Return whether a qualifier is short enough to be an abbreviation."""
    return len(raw) <= 5


def _delimited(ts: Sequence[Token], i: int) -> bool:
    """Return whether the name before token `i` is followed by what only a dateline has there."""
    kind = ts[i].kind
    if kind == ",":
        return ts[i + 1].kind == NUMBER or (ts[i + 1].kind == WORD and bool(month_of(ts[i + 1].text)))
    return kind in {"(", "[", "_", "="} or (
        kind == DASH and not (ts[i].glued and ts[i + 1].glued and len(ts[i].text) == 1)
    )


def _bracketed(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]) -> Where | None:
    """Read a qualifier in round or square brackets: `Paris (France)`, `Patna (Bihar) [India]`."""
    close = next((j for j in range(i + 1, min(i + 8, len(ts))) if ts[j].kind in {")", "]"}), 0)
    last = pieces[-1]
    if not close or close == i + 1 or ts[i + 1].kind != WORD or (last.qualifier is not None and ts[i - 1].kind != ")"):
        return None
    raw = text[ts[i + 1].start : ts[close - 1].end]
    if is_party_tag(raw) or (_is_agency(raw) and not is_qualifier(raw)):
        return None
    if is_qualifier(raw) or (is_known(raw) and not raw.isupper()) or is_district(raw):
        return Where(close + 1, (*pieces[:-1], _qualify(last, raw)))
    followed = ts[close + 1].kind in {"(", "["} or (ts[close + 1].kind == "," and ts[close + 2].kind in {NUMBER, WORD})
    if followed and not raw.isupper() and last.qualifier is None:
        return Where(close + 1, (*pieces[:-1], last._replace(qualifier=raw)))
    return None


@lru_cache(maxsize=4096)
def is_district(text: str) -> bool:
    """Return whether a text says what district a place lies in: `Kreis Pinneberg`, `Hauts-de-Seine`."""
    key = fold(text)
    return key in words().districts or key.startswith(words().district_openings)
