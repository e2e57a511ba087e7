"""Who wrote a text, from its bylines and author fields: names only, in order; agencies and collectives are credit.

Words around names are data (`data/bylines.toml`); agencies are known to the registry. Where bylines stand in a page or wire
file is for `extract` and `formats` to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wirecopy.agencies import Agency, fold, registry
from wirecopy.model import NameCandidate
from wirecopy.normalise.byline_parts import DOMAIN, EDGES, SHORT_MARK, byline_words, parts_of, without_opening
from wirecopy.normalise.places import is_place
from wirecopy.normalise.url import registrable_domain

PUBLISHER: Final = "json-ld publisher"
"""Source of authors that are the publisher itself: credit where no agency is named, and known to be no people."""
SOURCES: Final = (
    "byline",
    "mail",
    "json-ld",
    PUBLISHER,
    "meta",
    "microdata",
    "feed",
    "visible",
    "sign_off",
    "signature",
)
"""Most trusted first; a source not named here comes last."""

SIGNATURE: Final = "signature"
"""Source of lines of the text that look like names and nothing else: they count as people or not at all."""

PRINTED: Final = frozenset({"byline", "mail", "visible"})
"""Sources that show a byline as it was printed."""

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


def read_names(
    candidates: Sequence[NameCandidate],
    *,
    site: str | None = None,
    country: str | None = None,
    language: str | None = None,
) -> Names:
    """Return the authors that the candidates name, without titles, jobs, addresses and doublets; never raises.

    The most trusted source that names a person decides; what a page prints counts by its first byline. `site` is
    the outlet's name or address: it is no author. `country` and `language` tell agencies of one name apart.
    """
    if not candidates:
        return Names()
    context = _Context.of(candidates, site, country, language)
    readings = [_read_source(source, context) for source in _by_source(candidates)]
    people = _fullest(readings)
    editors = {fold(name) for reading in readings for name in reading.editors}
    if people and editors:
        people = _without_editors(people, editors, readings)
    credit = next((reading.credit for reading in readings if reading.credit), ())
    return Names(
        authors=people[:_MOST_NAMES],
        credit=", ".join(credit) or None,
        byline=next((one.raw.strip() for one in candidates if one.source in PRINTED), None),
        agency=next((agency.name for part in (*credit, *_parts(credit)) if (agency := context.agency(part))), None),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one source says."""

    source: str
    people: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    """Agencies and collectives, as printed."""
    editors: tuple[str, ...] = ()
    """People named as editors: authors only where nobody else is named."""


def _by_source(candidates: Sequence[NameCandidate]) -> list[list[NameCandidate]]:
    found: dict[str, list[NameCandidate]] = {}
    for one in sorted(candidates, key=lambda one: _trust(one.source)):
        found.setdefault(one.source, []).append(one)
    return list(found.values())


def _trust(source: str) -> int:
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


def _read_source(source: Sequence[NameCandidate], context: _Context) -> _Reading:
    if source[0].source == PUBLISHER:
        return _Reading(PUBLISHER, credit=_distinct(one.raw.strip() for one in source))
    if source[0].source == SIGNATURE:
        signed = _parts(one.raw for one in source)
        return _Reading(SIGNATURE, _distinct(part for part in signed if context.is_person(part) and not is_place(part)))
    editors = [part for one in source if byline_words().editor.match(one.raw) for part in parts_of(one.raw)]
    raws = [one.raw for one in source if not byline_words().editor.match(one.raw)] or [one.raw for one in source]
    if source[0].source == "visible":
        raws = _one_byline(raws, context)
    people: list[str] = []
    credit: list[str] = []
    for raw in raws:
        parts = parts_of(raw)
        own = [part for at, part in enumerate(parts) if context.is_person(part) and not (at and _is_town(part))]
        others = [part for part in parts if part not in own and context.is_credit(part)]
        people += own
        if others:
            credit += others if own or len(others) < len(parts) else [without_opening(raw.strip()).strip(EDGES)]
    named = tuple(part for part in editors if context.is_person(part))
    return _Reading(source[0].source, _distinct(people), _distinct(credit), named)


def _one_byline(raws: list[str], context: _Context) -> list[str]:
    """Return the byline among the texts that a page marks as one: the first that opens with its word, else the first.

    Pages mark more than their byline so: authors of other stories and of comments, share bars, dates. A byline that ends
    in a comma goes on in the next text.
    """
    chosen = next((at for at, raw in enumerate(raws) if _opens(raw) and _names_somebody(raw, context)), None)
    if chosen is None:
        chosen = next((at for at, raw in enumerate(raws) if _names_somebody(raw, context, full=True)), len(raws))
    end = chosen + 1
    while end < len(raws) and raws[end - 1].rstrip().endswith((",", "&")):
        end += 1
    return raws[chosen:end]


def _opens(raw: str) -> bool:
    return bool(byline_words().opening.match(raw))


def _names_somebody(raw: str, context: _Context, *, full: bool = False) -> bool:
    named = context.is_full_name if full else context.is_person
    return any(named(part) or context.is_credit(part) for part in parts_of(raw))


def _fullest(readings: Sequence[_Reading]) -> tuple[str, ...]:
    """Return the people of the first source that names any, or a printed byline that names all of them and more."""
    first = next((reading.people for reading in readings if reading.people), ())
    known = {fold(name) for name in first}
    printed = (reading.people for reading in readings if reading.source in PRINTED)
    return next((people for people in printed if known < {fold(name) for name in people}), first)


def _without_editors(people: tuple[str, ...], editors: set[str], readings: Sequence[_Reading]) -> tuple[str, ...]:
    """Return the people who are not said to be editors, of the first source that names any; else all."""
    for reading in readings:
        others = tuple(name for name in reading.people if fold(name) not in editors)
        if others:
            return others
    return people


def _parts(lines: Iterable[str]) -> Iterator[str]:
    return (part for line in lines for part in parts_of(line))


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of whoever prints the byline."""

    sites: frozenset[str]
    """Names of the outlet, folded and without blanks."""
    country: str | None
    language: str | None

    @classmethod
    def of(
        cls, candidates: Sequence[NameCandidate], site: str | None, country: str | None, language: str | None
    ) -> _Context:
        names = {one.raw for one in candidates if one.source == PUBLISHER}
        if site:
            names |= {site, registrable_domain(site), registrable_domain(site).partition(".")[0]}
        return cls(frozenset(filter(None, map(_joined, names))), country, language)

    def agency(self, name: str) -> Agency | None:
        found = registry().find(name, country=self.country, language=self.language)
        return found or (registry().of_domain(name) if DOMAIN.fullmatch(name) else None)

    def is_site(self, name: str) -> bool:
        joined = _joined(name)
        if joined in self.sites or f"the{joined}" in self.sites or joined.removeprefix("the") in self.sites:
            return True
        first = _joined(name.partition(" ")[0])
        return len(first) > 2 and first in self.sites and first.isalpha()

    def is_person(self, name: str) -> bool:
        return _looks_like_name(name) and not (
            self.agency(name) or self.is_site(name) or _is_collective(name) or self._has_article(name)
        )

    def _has_article(self, name: str) -> bool:
        """Tell a paper (Le Courrier, El Diario) by its article, in languages whose names have none."""
        first, _, rest = name.casefold().partition(" ")
        return bool(rest) and first in _ARTICLES.get((self.language or "")[:2], ())

    def is_full_name(self, name: str) -> bool:
        """Tell a name of several words, or of a script that writes names in one, from a stray word."""
        one_word = " " not in name and (name[0].isupper() or name[0].islower())
        return self.is_person(name) and (not one_word or bool(SHORT_MARK.fullmatch(name)))

    def is_credit(self, name: str) -> bool:
        """Tell the name of an agency, an outlet or a collective from stray words around a byline."""
        if len(name) > _LONGEST_NAME or re.search(r"\d", name):
            return False
        return bool(self.agency(name) or self.is_site(name) or _is_collective(name) or DOMAIN.fullmatch(name))


def _joined(name: str) -> str:
    return fold(name).replace(" ", "")


_ARTICLES: Final = {"fr": ("le", "les"), "es": ("el", "los", "las"), "it": ("il", "lo", "gli"), "pt": ("o", "os")}
_NOT_IN_NAMES = re.compile(r"[\d<>{}=%$€£#?!_]|\.\w{2,4}$")
_SENTENCE = re.compile(r"\w{4,}[.!?]\s+\w{3,}")


def _looks_like_name(name: str) -> bool:
    words = name.split()
    if len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS or _NOT_IN_NAMES.search(name) or _SENTENCE.search(name):
        return False
    if len(name) < 2 or not any(char.isalpha() for char in name) or name.casefold() in byline_words().noise:
        return False
    return len(words) == 1 or not words[-1][0].islower() or name.islower()


def _is_town(name: str) -> bool:
    """Tell the town behind a name (`Ada Marsh, Nairobi`) from a second person; few of these are called like a big city."""
    return is_place(name, least=250_000 if " " in name else 100_000)


def _is_collective(name: str) -> bool:
    folded = name.casefold()
    collectives = byline_words().collectives
    words = re.split(r"[\s-]+", folded)
    if folded.startswith(("the ", "der ", "die ", "das ")):
        return True
    if folded in byline_words().teams:
        return True
    if folded.endswith(byline_words().paper_endings):
        return True
    return folded in collectives or words[-1] in byline_words().papers or any(word in collectives for word in words)


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
