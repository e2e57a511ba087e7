"""What a format's reader found, as raw strings -> Article with typed fields. One place for cleaning and for zones.

Rules that live here: what an empty field is, how languages and urgencies are written, which zone a time without one
is in. Candidates for dates and names are only collected; normalise decides among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from wirecopy.agencies import registry
from wirecopy.formats.countries import country_code
from wirecopy.formats.dialects import dialects, in_own_words
from wirecopy.formats.times import Instant, read_instant
from wirecopy.markup.invisible import visible
from wirecopy.model import COUNTRY_STATED, Article, DateCandidate, DateRole, Doubt, NameCandidate, Subject

_LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?(?:[-_].*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """The times of an item as its file prints them."""

    version_created: str | None = None
    first_created: str | None = None
    published: str | None = None
    modified: str | None = None
    embargo_until: str | None = None

    def __iter__(self) -> Any:
        """Iterate over name and value of those that it prints."""
        return ((name, raw) for name in self.__slots__ if (raw := getattr(self, name)))


_ROLES: dict[str, DateRole] = {
    "version_created": "published",
    "first_created": "created",
    "published": "published",
    "modified": "modified",
    "embargo_until": "embargo",
}


def assemble(format_name: str, stamps: Stamps, *, doubts: Iterable[Doubt] = (), **found: Any) -> Article:
    """Return an article of what a reader found; blank strings become None, times aware instants.

    A time without a zone is taken in the zone of the providing agency, else in UTC, with the doubt `zone_assumed`;
    one that cannot be read stays a candidate with the doubt `time_unreadable`, of an embargo `embargo_unreadable`.
    """
    zone = _zone(found.get("provider"))
    times, time_doubts = _times(stamps, zone)
    fields: dict[str, Any] = {name: _clean(name, value) for name, value in found.items()}
    language = fields.pop("language", None)
    fields |= _country(fields.pop("dateline_country", None), fields.get("extra", ()))
    byline = fields.get("byline")
    fields.setdefault("names", (NameCandidate(byline, "byline"),) if byline else ())
    typed: dict[str, Any] = {name: instant.at for name, instant in times.items() if name in _TYPED}
    article = Article(
        **{name: value for name, value in fields.items() if value not in (None, "")},
        **typed,
        language=language_tag(language),
        language_raw=language or None,
        dates=candidates(stamps),
        format=format_name,
        extractor=format_name,
        doubts=(*doubts, *time_doubts),
    )
    return in_own_words(article)


_TYPED = frozenset({"version_created", "first_created", "embargo_until"})


def _country(raw: str | None, extra: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return a country as its code; in a language of its own it stays as stated, for who knows the names of places."""
    code = country_code(raw)
    return {"dateline_country": code, "extra": extra if code or not raw else (*extra, (COUNTRY_STATED, raw))}


def _clean(name: str, value: object) -> object:
    """Return a value without what readers cannot see; fields but the body and unknown columns are lines."""
    if isinstance(value, str):
        return value if name == "body" else one_line(value)
    if name == "extra" and isinstance(value, tuple):
        return tuple([(visible(key).strip(), visible(said).strip()) for key, said in value])
    if isinstance(value, Subject):
        return _subject(value)
    if isinstance(value, NameCandidate):
        return NameCandidate(one_line(value.raw) or "", value.source)
    return tuple(_clean(name, one) for one in value) if isinstance(value, tuple) else value


@lru_cache(maxsize=4096)
def _subject(found: Subject) -> Subject:
    return Subject(one_line(found.scheme) or "", one_line(found.code) or "", one_line(found.name) or "")


def candidates(stamps: Stamps) -> tuple[DateCandidate, ...]:
    """Return the dates of an item as candidates, each with its role."""
    return tuple(
        DateCandidate(one_line(raw) or "", "wire", _ROLES[name]) for name, raw in stamps if raw and raw.strip()
    )


def one_line(value: str | None) -> str | None:
    """Return a field's text on one line, or None where it says nothing."""
    if not value or (value.isascii() and value.isprintable() and "  " not in value and value == value.strip()):
        return value or None
    return " ".join(visible(value).split()) or None


def language_tag(raw: str | None) -> str | None:
    """Return the lower-case primary language of a tag however written (`nb-NO`, `EN`, `fr_CA`, `eng`), or None."""
    text = (raw or "").strip()
    found = _LANGUAGE.match(text)
    primary = found.group(1).lower() if found else text.casefold()
    return dialects().languages.get(primary) or (primary if found else None)


def urgency(raw: object) -> int | None:
    """Return an urgency of 1 to 9 (IPTC), or None."""
    text = str(raw).strip() if raw is not None else ""
    return int(text) if re.fullmatch(r"[1-9]", text) else None


def words_of(keywords: Iterable[str]) -> tuple[str, ...]:
    """Return keywords without repetition; a single one that holds commas is a list."""
    held = [word for word in keywords if word]
    parts = held[0].split(",") if len(held) == 1 else held
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def integer(raw: object) -> int | None:
    """Return a count that a file gives in digits, or None."""
    text = str(raw).strip() if raw is not None else ""
    return int(text) if re.fullmatch(r"\d{1,7}", text) else None


@lru_cache(maxsize=1024)
def _zone(provider: str | None) -> tzinfo:
    agency = registry().provider(provider) if provider else None
    return ZoneInfo(agency.zone) if agency and agency.zone else UTC


def _times(stamps: Stamps, zone: tzinfo) -> tuple[dict[str, Instant], list[Doubt]]:
    times: dict[str, Instant] = {}
    doubts: list[Doubt] = []
    for name, raw in stamps:
        instant = read_instant(raw, zone) if raw else None
        if instant:
            times[name] = instant
        elif raw and raw.strip() and name in _TYPED:
            said = raw.strip()[:60]
            withheld = name == "embargo_until"
            doubts.append(
                Doubt("embargo_unreadable", said) if withheld else Doubt("time_unreadable", f"{name}: {said}")
            )
    assumed = [name for name, instant in times.items() if name in _TYPED and not instant.zone_known]
    if assumed:
        doubts.append(Doubt("zone_assumed", f"{', '.join(assumed)} in {zone}"))
    return times, doubts
