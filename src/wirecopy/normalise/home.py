"""Whose clock and whose country: what an outlet's feed, agency or domain says of where it sits."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wirecopy.agencies import Agency, registry
from wirecopy.model import Article, Feed
from wirecopy.normalise.places import gazetteer
from wirecopy.normalise.url import registrable_domain


@dataclass(frozen=True, slots=True)
class Home:
    """Where an outlet or agency sits; None where nothing says so."""

    zone: str | None = None
    """IANA name."""
    country: str | None = None
    agency: Agency | None = None
    """The agency whose own outlet or wire this is."""


def home_of(article: Article, source: Feed | None = None) -> Home:
    """Return where an article's outlet sits: by its feed, else the agency that sent or hosts it, else its domain."""
    agency = _sender(article.provider or "") or _host_agency(registrable_domain(article.url or ""))
    zone, country = _of_domain(registrable_domain(article.url or article.outlet or ""))
    if agency:
        zone, country = agency.zone, agency.country
    if source:
        zone, country = source.zone or zone, source.country or country
    return Home(zone, country, agency)


@lru_cache(maxsize=1024)
def _sender(provider: str) -> Agency | None:
    return registry().provider(provider) if provider else None


@lru_cache(maxsize=4096)
def _host_agency(domain: str) -> Agency | None:
    return registry().of_domain(domain) if domain else None


def likely_zone(article: Article, language: str | None) -> str | None:
    """Return the zone (IANA) by which a page's bare times are most likely meant: by domain, locale or language, else None.

    It is for outlets of whose home nothing certain is known, and better than UTC, no more.
    """
    label = registrable_domain(article.url or article.outlet or "").rpartition(".")[2].lower()
    locale = _LOCALE.fullmatch(article.language_raw or "")
    return _mostly(label) or _mostly(locale["country"].lower() if locale else "") or _spoken(language or "")


# en-IN   zh-Hant-TW   ru_RU
_LOCALE = re.compile(r"[a-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?(?P<country>[A-Za-z]{2})\b.*", re.DOTALL)


def _spoken(language: str) -> str | None:
    zone: str | None = _rules()["likely"]["languages"].get(re.split(r"[-_]", language.lower())[0])
    return zone


@lru_cache(maxsize=1024)
def _mostly(label: str) -> str | None:
    """Return the zone that most outlets of a country keep, by its top-level domain; None for any other label."""
    zone, country = _of_domain(f"x.{label}")
    if zone or not country or label not in _rules()["likely"]["seats"]:
        return zone
    seat = gazetteer().country(_domains()["countries"].get(label, country)).seat
    return gazetteer().zones[gazetteer().row(seat).zone] if seat >= 0 else None


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "zones.toml").read_text(encoding="utf-8"))


def _domains() -> dict[str, Any]:
    found: dict[str, Any] = _rules()["domains"]
    return found


@lru_cache(maxsize=4096)
def _of_domain(domain: str) -> tuple[str | None, str | None]:
    """Return zone and country of a domain under a country's top level, the zone only where the country has one."""
    label = domain.rpartition(".")[2].lower()
    rules = _domains()
    if len(label) != 2 or label in rules["sold"]:
        return None, None
    code = rules["countries"].get(label, label.upper())
    try:
        country = gazetteer().country(code)
    except KeyError:
        return None, None
    if label in rules["many_zones"] or country.seat < 0:
        return None, code
    return gazetteer().zones[gazetteer().row(country.seat).zone], code
