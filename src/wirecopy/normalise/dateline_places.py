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
from wirecopy.normalise.dateline_agency import is_party_tag, read_credit
from wirecopy.normalise.dateline_dates import month_of, weekday_of
from wirecopy.normalise.dateline_names import SHORTENED, is_known, is_site, runs, signs
from wirecopy.normalise.dateline_tokens import DASH, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import traits, words

# Frankfurt a.M. · Neustadt a.d. Aisch · Halle/Saale
_ON_RIVER = re.compile(r"\s+(?:[aiovb]\.\s?(?=[^\W\d_])|o\.d\.|v\.d\.|i\.d\.)|/")

# Landsberg a. Lech · Neustadt a. d. Aisch · Freiburg i.Br.
_SHORTENED_TOWN = re.compile(r"(?P<town>.+?)\s(?P<by>[aiovb])\.\s?(?P<the>d\.\s?)?(?P<name>[^\W\d_]\w*\.?)")
_SHORT_PREPOSITIONS = {
    "a": ("am", "an der"), "i": ("im", "in der", "in"), "o": ("ob der",), "v": ("vor der", "vor"), "b": ("bei",),
}  # fmt: skip

PROMINENT = 50_000
"""People from which on a place needs less around it to be taken for one."""
# Bolgatanga (U/E), as Ghana's wire writes its regions
_LETTERS = re.compile(r"[A-Z]{1,2}/[A-Z]{1,2}")
_REGION_ITSELF = 0.5
"""Confidence of a region that stands for a town it is not known to hold."""
_MOST_PIECES = 9
_ABBREVIATION = 5


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


@lru_cache(maxsize=8192)
def is_qualifier(text: str) -> bool:
    """Return whether a text names a state, province, region or country."""
    return bool(places.qualifier_of(text))


@lru_cache(maxsize=32768)
def is_label(name: str) -> bool:
    """Return whether a text is a kicker or label, or ends like one."""
    key = fold(name)
    ends_like_one = any(key.endswith(" " + ending) for ending in words().label_endings)
    return key in words().labels or (ends_like_one and not is_known(name))


def read_places(text: str, ts: Sequence[Token], i: int) -> Iterator[Where]:
    """Yield every way to read places at token `i`, longer readings first."""
    for after, piece in _first(text, ts, i):
        yield from reversed(_extended(text, ts, after, piece))


def _first(text: str, ts: Sequence[Token], i: int) -> Iterator[tuple[int, Piece]]:
    for end in runs(text, ts, i):
        if ts[end].text in _SHORT_PREPOSITIONS and (after := _on_spaced_river(ts, end)):
            yield after, _piece(text[ts[i].start : ts[after - 1].end])
            return
        if ts[end].kind == WORD and ts[end].text[0].islower() and not traits(ts[end].text).goes_on:
            continue  # a sentence goes on
        if river := _on_river(ts, end):
            yield river, _piece(text[ts[i].start : ts[river - 1].end])
            return
        raw = text[ts[i].start : ts[end - 1].end]
        split = None if is_known(raw) else _tail_qualifier(text, ts, i, end)
        yield end, split or _piece(raw)


def _on_river(ts: Sequence[Token], end: int) -> int:
    """Return the token after `Frankfurt/Main` or `Frankfurt a.M.`, 0 for any other name."""
    if ts[end].kind == "/" and ts[end + 1].kind == WORD and traits(ts[end + 1].text).river:
        return end + 2
    shortened = ts[end - 1].text.startswith(SHORTENED) and ts[end].kind == "." and ts[end].glued
    return end + 1 if shortened else 0


def _on_spaced_river(ts: Sequence[Token], end: int) -> int:
    """Return the token after `Neustadt a. d. Aisch`, `Freiburg i. Br.` or `Frankfurt a. M.`, 0 for any other name."""
    if not _stops(ts, end):
        return 0
    name = end + 4 if ts[end + 2].text == "d" and _stops(ts, end + 2) else end + 2
    if ts[name].kind != WORD or not ts[name].text[0].isupper():
        return 0
    shortened = len(ts[name].text) <= 2 or ts[name].text in words().short_rivers
    return name + 2 if shortened and _stops(ts, name) else name + 1


def _stops(ts: Sequence[Token], i: int) -> bool:
    return ts[i + 1].kind == "." and ts[i + 1].glued


def spelled_out(raw: str) -> Iterator[str]:
    """Yield the full names that a German town's shortened one may stand for: `Landsberg a. Lech` as `Landsberg am Lech`."""
    found = _SHORTENED_TOWN.fullmatch(raw) if "." in raw else None
    if found is None:
        return
    behind = words().short_rivers.get(found["name"].rstrip("."), found["name"])
    for joined in _SHORT_PREPOSITIONS[found["by"]]:
        if not found["the"] or joined.endswith("der"):
            yield f"{found['town']} {joined} {behind}"


def town_of(raw: str) -> str:
    """Return a name without the river that tells it from others: `Frankfurt a.M.` and `Frankfurt/Main` as `Frankfurt`."""
    return _ON_RIVER.split(raw, maxsplit=1)[0] if "/" in raw or "." in raw else raw


@lru_cache(maxsize=16384)
def _piece(raw: str, qualifier: str | None = None) -> Piece:
    qualified = qualifier is not None and is_qualifier(qualifier)
    known = is_known(raw) or is_known(town_of(raw)) or any(map(is_known, spelled_out(raw)))
    return Piece(raw, qualifier, known, qualified, raw.isupper(), is_site(raw))


def _tail_qualifier(text: str, ts: Sequence[Token], i: int, end: int) -> Piece | None:
    """Split `Landquart GR` and `Ottawa Ontario Canada`: a known place, then a qualifier without a sign."""
    for cut in range(end - 1, i, -1):
        name, tail = text[ts[i].start : ts[cut - 1].end], text[ts[cut].start : ts[end - 1].end]
        if (
            ts[cut].kind == WORD
            and not ts[cut].text[0].islower()
            and _takes_tail(name, tail)
            and _qualifies_as(text, ts, cut, end)
        ):
            return _piece(name, tail)
    return None


def _takes_tail(name: str, tail: str) -> bool:
    """Return whether a name may have a qualifier without a sign: a large town, or any before an abbreviation."""
    return places.is_place(name, least=PROMINENT) or (is_known(name) and tail.isupper() and len(tail) <= 3)


def _qualifies_as(text: str, ts: Sequence[Token], i: int, end: int) -> bool:
    """Return whether words are a qualifier, or two in a row (`Ontario Canada`)."""
    if is_qualifier(text[ts[i].start : ts[end - 1].end]):
        return True
    return any(
        is_qualifier(text[ts[i].start : ts[cut - 1].end]) and is_qualifier(text[ts[cut].start : ts[end - 1].end])
        for cut in range(i + 1, end)
    )


def _extended(text: str, ts: Sequence[Token], i: int, piece: Piece) -> list[Where]:
    """Return the piece alone, then with what follows it: qualifiers and further places, one more at a time."""
    found = [Where(i, (piece,))]
    while len(found) < _MOST_PIECES and (more := _next(text, ts, found[-1].after, found[-1].pieces)):
        found.append(more)
    return found


def _next(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]) -> Where | None:
    kind = ts[i].kind
    if kind == "," and _joins(ts, i + 1):
        return _joined(text, ts, i + 2, pieces)
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
    return token.kind in {"&", "+", "·"} or (token.kind == WORD and traits(token.text).joins)


def _joined(text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...], *, sure: bool = False) -> Where | None:
    """Read a further place after a slash, `and` or a glued dash."""
    ends = runs(text, ts, i)
    names = {end: text[ts[i].start : ts[end - 1].end] for end in ends}
    end = next((end for end in ends if is_known(names[end])), 0)
    if not end and not sure and pieces[-1].capitals:
        end = next((end for end in ends if names[end].isupper() and len(names[end]) > 2), 0)
    if not end or (ts[end].kind == "/" and ts[i - 1].kind == "/" and _is_agency(names[end])):
        return None
    return Where(end, (*pieces, _piece(names[end])))


def _is_agency(raw: str) -> bool:
    """Return whether a text is a known agency's name, and no region's unless it is proof by itself."""
    credit = read_credit(raw)
    return credit is not None and credit.known and not (credit.weak and is_qualifier(raw))


def _after_comma(  # noqa: PLR0911 - one return a meaning of the words
    text: str, ts: Sequence[Token], i: int, pieces: tuple[Piece, ...]
) -> Where | None:
    """Read what follows a comma: a qualifier of the last place, another place, or an unknown region."""
    last = pieces[-1]
    if ts[i].kind != WORD or (traits(ts[i].text).dates and _dates(ts, i)):
        return None
    ends = runs(text, ts, i)
    if end := _spaced_initials(text, ts, i) or (ends and _wide_region(text, ts, i, ends[0])):
        return Where(end, (*pieces[:-1], _qualify(last, text[ts[i].start : ts[end - 1].end])))
    for end in ends:
        raw = text[ts[i].start : ts[end - 1].end]
        if is_qualifier(raw) and _qualifies(last, raw):
            after = end + 1 if _abbreviates(ts, end, raw) else end
            return Where(after, (*pieces[:-1], _qualify(last, raw + "." if after > end else raw)))
    for end in ends:
        raw = text[ts[i].start : ts[end - 1].end]
        if not is_known(raw) and (_is_agency(raw) or signs(text, ts, i)):
            return None
        if is_known(raw) and (last.known or raw.isupper() == last.capitals) and (not last.capitals or raw.isupper()):
            return Where(end, (*pieces, _piece(raw)))
        stop = end + 1 if ts[end].kind == "." and ts[end].glued and len(raw) <= _ABBREVIATION else end
        if last.qualifier is None and not raw.isupper() and _delimited(ts, stop):
            return Where(stop, (*pieces[:-1], last._replace(qualifier=text[ts[i].start : ts[stop - 1].end])))
        if raw.isupper() and last.capitals and _delimited(ts, end):
            return Where(end, (*pieces, _piece(raw)))
    return None


def _spaced_initials(text: str, ts: Sequence[Token], i: int) -> int:
    """Return the token after a shortened region whose initials stand apart: `N. J.`, `W. Va.`, `N. S. W.`; 0 if there is none."""
    j = i
    while ts[j].kind == WORD and ts[j].text[0].isupper() and ts[j + 1].kind == "." and ts[j + 1].glued:
        if len(ts[j].text) > (1 if j == i else _ABBREVIATION - 1):
            break
        j += 2
    return j if j > i + 2 and is_qualifier(text[ts[i].start : ts[j - 1].end]) else 0


def _dates(ts: Sequence[Token], i: int) -> bool:
    """Return whether a date begins at a word: a month before a number, or a weekday."""
    word = ts[i].text
    if ts[i + 1].kind == NUMBER and month_of(word):
        return True
    return len(word) > 3 and weekday_of(word) is not None


def _wide_region(text: str, ts: Sequence[Token], i: int, end: int) -> int:
    """Return the token after a region whose name holds `and`: `Trinidad and Tobago`; 0 if there is none."""
    if not _joins(ts, end):
        return 0
    wide = next(iter(runs(text, ts, end + 1)), 0)
    return wide if wide and is_qualifier(text[ts[i].start : ts[wide - 1].end]) else 0


def _qualifies(last: Piece, raw: str) -> bool:
    """Return whether a known qualifier can belong to the place before it; a city that is also a state often cannot."""
    if last.qualifier is not None:
        return not is_known(raw) or _same_country(last.qualifier, raw)
    if not (raw.isupper() and last.capitals and is_known(raw) and last.known):
        return True
    found = places.resolve(last.raw, qualifier=raw)
    return found is not None and found.confidence > _REGION_ITSELF


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
    if "." in raw:
        return True
    if ts[end + 1].kind == DASH and ts[end + 1].glued and len(ts[end + 1].text) == 1:
        return False
    return len(raw) <= _ABBREVIATION or ts[end + 1].kind in {",", "(", "[", DASH, "/", ";", "_", ":"}


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
    if is_party_tag(raw) or _is_agency(raw):
        return None
    town = is_known(raw) and not raw.isupper() and not traits(raw).caseless
    if is_qualifier(raw) or is_district(raw):
        return Where(close + 1, (*pieces[:-1], _qualify(last, raw)))
    if town:
        return Where(close + 1, (*pieces[:-1], last._replace(qualifier=raw)))
    followed = ts[close + 1].kind in {"(", "["} or (ts[close + 1].kind == "," and ts[close + 2].kind in {NUMBER, WORD})
    if followed and (not raw.isupper() or _LETTERS.fullmatch(raw)) and last.qualifier is None:
        return Where(close + 1, (*pieces[:-1], last._replace(qualifier=raw)))
    return None


@lru_cache(maxsize=4096)
def is_district(text: str) -> bool:
    """Return whether a text says what district a place lies in: `Kreis Pinneberg`, `Hauts-de-Seine`."""
    key = fold(text)
    return key in words().districts or key.startswith(words().district_openings)
