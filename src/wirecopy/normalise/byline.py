"""Who wrote a text, from its bylines and author fields: names only, in order; agencies and collectives are credit.

Words around names are data (`data/bylines.toml`); agencies are known to the registry. Where bylines stand in a page or wire
file is for `extract` and `formats` to know.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from wirecopy.agencies import Agency, fold, registry
from wirecopy.model import NameCandidate
from wirecopy.normalise.url import registrable_domain

SOURCES: Final = ("byline", "mail", "json-ld", "meta", "microdata", "visible", "feed")
"""Most trusted first; a source not named here comes last."""

_LONGEST_NAME: Final = 60
_MOST_WORDS: Final = 6
_MOST_NAMES: Final = 25


@dataclass(frozen=True, slots=True)
class Names:
    """People in order, the credit line of agencies and collectives, the byline as printed, the agency if one is known."""

    authors: tuple[str, ...] = ()
    credit: str | None = None
    byline: str | None = None
    agency: str | None = None
    """Canonical wire name."""


@dataclass(frozen=True, slots=True)
class _Words:
    opening: re.Pattern[str]
    other: re.Pattern[str]
    joiner: re.Pattern[str]
    title: re.Pattern[str]
    jobs: frozenset[str]
    collectives: frozenset[str]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _words() -> _Words:
    table = tomllib.loads((Path(__file__).parent / "data" / "bylines.toml").read_text(encoding="utf-8"))
    return _Words(
        re.compile(rf"(?:{_any_of(table['openings'])})(?:\s*[:：/]\s*|\.?\s+)", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(table['others'])})(?:\s*[:：]|\s|$)", re.IGNORECASE),
        re.compile(rf"\s+(?:{_any_of(table['joiners'])})\s+", re.IGNORECASE),
        re.compile(rf"(?:(?:{_any_of(table['titles'])})\.?\s+)+", re.IGNORECASE),
        frozenset(table["jobs"]),
        frozenset(table["collectives"]),
    )


def read_names(
    candidates: Sequence[NameCandidate],
    *,
    site: str | None = None,
    country: str | None = None,
    language: str | None = None,
) -> Names:
    """Return the authors that the candidates name, without titles, jobs, addresses and doublets; never raises.

    The most trusted source that names a person decides, and another one only adds to it what it spells out (`J. Doe`,
    `Jane Doe`). `site` is the outlet's name or address: it is no author. `country` and `language` tell agencies of one
    name apart.
    """
    ranked = sorted(candidates, key=lambda one: _trust(one.source))
    context = _Context(fold(site or ""), fold(registrable_domain(site or "").partition(".")[0]), country, language)
    people: list[str] = []
    credits_: list[str] = []
    source = ""
    for one in ranked:
        for part in parts_of(one.raw):
            if context.is_person(part):
                if not people or one.source == source:
                    source = source or one.source
                    people.append(part)
            elif part and context.is_credit(part):
                credits_.append(part)
    authors = _distinct(people)[:_MOST_NAMES]
    found = _distinct(credits_)
    return Names(
        authors=authors,
        credit=", ".join(found) or None,
        byline=ranked[0].raw.strip() if ranked else None,
        agency=next((agency.name for name in found if (agency := context.agency(name))), None),
    )


def _trust(source: str) -> int:
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of whoever prints the byline."""

    site: str
    label: str
    country: str | None
    language: str | None

    def agency(self, name: str) -> Agency | None:
        found = registry().find(name, country=self.country, language=self.language)
        return found or (registry().of_domain(name) if _DOMAIN.fullmatch(name) else None)

    def is_site(self, name: str) -> bool:
        folded = fold(name)
        squeezed = folded.replace(" ", "").replace("-", "")
        label = self.label.replace("-", "")
        return bool(folded) and (
            folded == self.site or (bool(label) and squeezed in {label, f"the{label}", label.removeprefix("the")})
        )

    def is_person(self, name: str) -> bool:
        return (
            bool(name)
            and not (self.agency(name) or self.is_site(name) or _is_collective(name))
            and _looks_like_name(name)
        )

    def is_credit(self, name: str) -> bool:
        return len(name) <= _LONGEST_NAME


# --- splitting ---

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[\[(（【](?P<inner>[^\[\]()（）【】]*)[\])）】]\s*")
_SEPARATOR = re.compile(r"\s*(?:[,;|·•、/，；]|\s[-–—]\s|\n|\t|\s{3,})\s*")
_SHORT_MARK = re.compile(r"[A-Za-zÄÖÜäöü]{2,5}(?:/[A-Za-zÄÖÜäöü]{2,5})+")
_EDGES = " \t\n,;:.·•|*-–—\"“”«»„'’"


@lru_cache(maxsize=4096)
def parts_of(raw: str) -> tuple[str, ...]:
    """Return the names in a byline, cleaned but unjudged: people, agencies and collectives, in order."""
    text = _ADDRESS.sub(" ", raw[:600])
    text = _without_opening(text.strip())
    if _words().other.match(text):
        return ()
    if _SHORT_MARK.fullmatch(text):
        return (text,)  # the initials of two editors are one signature: srf/hosb
    bracketed = [match["inner"] for match in _BRACKETED.finditer(text)]
    pieces = _pieces(_BRACKETED.sub(" , ", text))
    pieces += [piece for inner in bracketed for piece in _pieces(inner) if registry().find(piece)]
    return tuple(piece for piece in pieces if piece)


def _without_opening(text: str) -> str:
    match = _words().opening.match(text)
    while match:
        text = text[match.end() :].lstrip(" :")
        match = _words().opening.match(text)
    return text


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for piece in _SEPARATOR.split(text):
        for name in _words().joiner.split(piece):
            cleaned = _cleaned(name)
            if cleaned:
                found.append(cleaned)
    return _last_name_first(found)


def _cleaned(name: str) -> str:
    name = " ".join(name.split()).strip(_EDGES)
    name = _without_opening(name)
    name = _words().title.sub("", name, count=1) if _words().title.match(name) else name
    if _is_job(name):
        return ""
    return _without_job_after(name).strip(_EDGES.replace(".", "")) if name else ""


def _is_job(name: str) -> bool:
    """Tell a job or desk from a name: its first or last word says so."""
    words = name.casefold().split()
    return bool(words) and (
        name.casefold() in _words().jobs or (words[0] in _words().jobs or words[-1] in _words().jobs)
    )


def _without_job_after(name: str) -> str:
    """Return a CJK or Korean name without the word for reporter behind it."""
    for job in ("특파원", "기자", "记者", "記者", "编辑"):
        if name.endswith(job) and len(name) > len(job):
            return name.removesuffix(job).strip()
    return name


def _last_name_first(names: list[str]) -> list[str]:
    return names


# --- judging ---

_NOT_IN_NAMES = re.compile(r"[\d<>{}=%$€£#?!_]|\.\w{2,4}$")
_SENTENCE = re.compile(r"[.!?]\s+\w{3,}")


def _looks_like_name(name: str) -> bool:
    words = name.split()
    if len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS or _NOT_IN_NAMES.search(name) or _SENTENCE.search(name):
        return False
    return any(char.isalpha() for char in name) and len(name) > 1


def _is_collective(name: str) -> bool:
    folded = name.casefold()
    collectives = _words().collectives
    words = re.split(r"[\s-]+", folded)
    return folded in collectives or any(word in collectives for word in words)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without doublets, whatever their case and accents; the fuller spelling stays."""
    kept: dict[str, str] = {}
    for name in names:
        key = fold(name)
        held = kept.get(key)
        kept[key] = held if held and not held.isupper() else name
    return tuple(_longer(kept))


def _longer(kept: dict[str, str]) -> Iterator[str]:
    for key, name in kept.items():
        if not any(key != other and key.isalpha() and key in other.split() for other in kept):
            yield name
