"""Who signs: reads the agency slot of a dateline, in brackets, in slashes or bare, with desks and joint credits.

Whose name it is stands in the registry; here stands only how several names and desks are put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wirecopy.agencies import Agency, fold, registry
from wirecopy.normalise import places
from wirecopy.normalise.dateline_tokens import DASH, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import agency_names, traits, words


class Credit(NamedTuple):
    """A signature: the canonical name (joint and unknown names as printed), the raw text, and what is known of it."""

    name: str
    raw: str
    known: bool
    weak: bool = False
    """Whether the name is shared with others or with common words."""
    country: str | None = None
    language: str | None = None
    order: str | None = None
    """In which order it prints day and month."""


_JOINT = re.compile(
    r"\s*[/+,;&=|·]\s*|\s+-\s+|\s*[-–—]\s*|\s+(?:and|und|et|y|e|og|och|via|with|con|avec|ile|и|та|و)\s+"
)
_SOFT_JOINT = re.compile(r"\s+via\s+", re.IGNORECASE)
# A. P.   U. P.   I. N. S.
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,4}[A-Z]\.?")
_DESK = re.compile(r"[a-z]{2,4}|[A-Z]{1,3}\d?|\d{1,2}")
_PARTY_TAG = re.compile(r"[DRI]\.?\s?[-–—‑]\s?[\w. ]{2,20}|[DRI]")
_STATION = re.compile(r"[A-Z]{3,5} \d{1,2}")
"""A station by its channel: `FOX 2`."""
_EDGE = " \t\r\n.,:;|=*_-–—"
_MOST_WORDS = 5
_LONGEST_NAME = 9


def only_language(agency: Agency) -> str | None:
    """Return the language of an agency that has one; where it has several, its name says nothing of the text's."""
    return agency.languages[0] if len(agency.languages) == 1 else None


@lru_cache(maxsize=8192)
def read_credit(raw: str, country: str | None = None, language: str | None = None) -> Credit | None:
    """Return the credit that a bracketed text is, or None for a text that signs nothing.

    `country` and `language` choose among homonyms. An unknown name comes back as printed, `known` False.
    """
    text = " ".join(raw.strip(_EDGE).split())
    if not text or len(text) > 60:
        return None
    if not words().pictures.isdisjoint(fold(text).split()):
        return _known(text, country, language)
    if _INITIALS.fullmatch(text) and (letters := _known(re.sub(r"[.\s]", "", text), country, language)):
        return letters._replace(raw=text)
    return (
        _known(text, country, language)
        or _housed(text, country, language)
        or _reported(text, country, language)
        or _joint(text, country, language)
        or _unknown(text)
    )


def _known(text: str, country: str | None, language: str | None) -> Credit | None:
    found = registry().find(text, country=country, language=language)
    if found is not None:
        weak = registry().is_weak(text)
        return Credit(
            found.name,
            text,
            known=True,
            weak=weak,
            country=found.country,
            language=only_language(found),
            order=found.dateline.order,
        )
    several = registry().candidates(text)
    if not several:
        return None
    # Homonyms that nothing tells apart: the name stands as printed, whoever it is.
    return Credit(text, text, known=True, weak=registry().is_weak(text))


def _housed(text: str, country: str | None, language: str | None) -> Credit | None:
    """Return the agency that stands behind a word for an agency: `КНИА Кабар`, `Agencija Fena`."""
    house, _, name = text.partition(" ")
    credit = _known(name, country, language) if name and house.casefold() in words().houses else None
    return credit._replace(raw=text) if credit else None


def _reported(text: str, country: str | None, language: str | None) -> Credit | None:
    """Return the agency of `Корр. ТАСС Иван Петров` and `TASS Correspondent Ann Lee`."""
    parts = text.split()
    told = next((n for n, part in enumerate(parts) if fold(part) in words().correspondents), None)
    if told is None or len(parts) < 2:
        return None
    if told:
        credit = _known(" ".join(parts[:told]), country, language)
        return credit._replace(raw=text) if credit else None
    rest = parts[1:]
    for end in range(min(len(rest), _MOST_WORDS), 0, -1):
        if credit := _known(" ".join(rest[:end]), country, language):
            return credit._replace(raw=text)
    return None


def _joint(  # noqa: PLR0911 - one return a way to put names together
    text: str, country: str | None, language: str | None
) -> Credit | None:
    first, *rest = _SOFT_JOINT.split(text)
    if rest and (carried := _known(first, country, language)):
        return carried._replace(raw=text)
    parts = [part for part in _JOINT.split(text) if part]
    if len(parts) < 2:
        parts = text.split()
    if len(parts) < 2 or any(fold(part) in words().labels for part in parts):
        return None
    if " " in text and (housed := _desk_of(text, country, language)):
        return housed
    if not _JOINT.search(text) and (branded := _regional(parts, country, language)):
        return branded
    credits_ = [_known(part, country, language) for part in parts]
    known = [credit for credit in credits_ if credit is not None and not (credit.weak and len(credit.raw) < 3)]
    if credits_[0] is not None and all(
        _is_desk(p) or c == credits_[0] for p, c in list(zip(parts, credits_, strict=True))[1:]
    ):
        return credits_[0]._replace(raw=text)
    if len(known) == len(parts) or (known and _JOINT.search(text) and all(_is_name(part) for part in parts)):
        strong = next((credit for credit in known if not credit.weak), known[0])
        names = {credit.name for credit in known}
        name = strong.name if len(names) == 1 and len(known) == len(parts) else text
        return strong._replace(name=name, raw=text)
    return None


def _desk_of(text: str, country: str | None, language: str | None) -> Credit | None:
    """Return the agency of `dpa-AFX Broker`: its name, then the name of one of its services."""
    name, _, desk = text.rpartition(" ")
    credit = _known(name, country, language)
    return credit._replace(raw=text) if credit and fold(desk) in words().desks else None


def _regional(parts: list[str], country: str | None, language: str | None) -> Credit | None:
    """Return the credit of a house's edition for a country, which signs under its own name: `CNN Indonesia`."""
    house = _known(parts[0], country, language)
    tail = " ".join(parts[1:])
    if house is None or house.weak or not places.is_region(tail) or registry().find(tail) is not None:
        return None
    return house._replace(name=" ".join(parts), raw=" ".join(parts))


def _is_desk(part: str) -> bool:
    return bool(_DESK.fullmatch(part)) and not registry().candidates(part)


def _is_name(part: str) -> bool:
    return part[:1].isupper() or not part[:1].islower()


def _unknown(text: str) -> Credit | None:
    """Return a name nobody knows, if it has the shape of one: few words, no number, no label, no party tag."""
    parts = text.split()
    counted = any(part.isdigit() for part in parts) and not _STATION.fullmatch(text)
    if len(parts) > _MOST_WORDS or counted or ":" in text or "=" in text:
        return None
    key = fold(text)
    lists = words()
    if key in lists.no_agency or key in lists.labels or key in lists.parties or _PARTY_TAG.fullmatch(text):
        return None
    named = all(_is_name(part) or fold(part) in lists.inner for part in parts) or _is_small_name(text)
    if not named or not parts[0][:1].isalnum() or sum(sign.isalpha() for sign in text) < 2:
        return None
    return Credit(text, text, known=False)


def _is_small_name(text: str) -> bool:
    """Return whether a text is one short lower-case word, as some sign (`apro`, `dts`), or a web name."""
    return (text.isalpha() and text.islower() and len(text) <= 5) or is_web_name(text)


def is_web_name(text: str) -> bool:
    """Return whether a text is an outlet's name in the web: `elmundo.cr`, `TEMPO.CO`."""
    name, _, ending = text.rpartition(".")
    return len(name) > 1 and 2 <= len(ending) <= 4 and text.isascii() and ending.isalpha() and " " not in text


def is_party_tag(text: str) -> bool:
    """Return whether a bracket's text is a party, or party and state: `R-Texas`, `D-Calif.`, `CDU`."""
    return bool(_PARTY_TAG.fullmatch(text)) or fold(text) in words().parties


def bare_credit(
    text: str, ts: Sequence[Token], i: int, country: str | None, language: str | None
) -> tuple[int, Credit] | None:
    """Return the token after a known agency's name that stands at token `i` without brackets, and the credit.

    The longest name wins; it must be printed as the registry prints it, or in capitals.
    """
    if ts[i].kind != WORD or not traits(ts[i].text).signs:
        return None
    found: tuple[int, Credit] | None = None
    j = i
    for _ in range(_LONGEST_NAME):
        if ts[j].kind not in {WORD, NUMBER} or (j > i and not _same_line(text, ts[j - 1], ts[j])):
            break
        credit = _as_printed(text[ts[i].start : ts[j].end], country, language)
        if credit is not None:
            found = (j + 1, credit)
        j += 1
        if ts[j].kind in {DASH, ".", "/"} and ts[j].glued and (ts[j + 1].glued or ts[j].kind == "."):
            j += 1
    return _with_region(text, ts, i, found) if found else None


def _with_region(text: str, ts: Sequence[Token], i: int, found: tuple[int, Credit]) -> tuple[int, Credit]:
    """Take in a regional house in capitals, which signs under its own name: `ИНТЕРФАКС-ЗАПАД`."""
    after, credit = found
    tight = ts[after].kind == DASH and ts[after].glued and ts[after + 1].glued and len(ts[after].text) == 1
    if not (tight and ts[after + 1].text.isupper() and credit.raw.isupper() and len(ts[after + 1].text) > 2):
        return found
    whole = text[ts[i].start : ts[after + 1].end]
    return after + 2, credit._replace(name=whole, raw=whole)


def _same_line(text: str, before: Token, token: Token) -> bool:
    return "\n" not in text[before.end : token.start]


@lru_cache(maxsize=8192)
def _as_printed(raw: str, country: str | None, language: str | None) -> Credit | None:
    raw = " ".join(raw.split())
    printed = agency_names().get(fold(raw))
    if printed is None:
        parts = raw.split()
        return (
            _regional(parts, country, language)
            if len(parts) > 1 and parts[0] in agency_names().get(fold(parts[0]), ())
            else None
        )
    caseless = raw.lower() == raw.upper()
    if not (caseless or raw in printed or (raw.isupper() and len(raw) > 1)):
        return None
    return _known(raw, country, language)
