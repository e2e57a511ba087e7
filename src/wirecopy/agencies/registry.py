"""The registry: whose name, domain or provider id is this? Homonyms are settled by evidence or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from wirecopy.agencies.load import Agency, AgencyFeed, DatelineHabit, Forms, read_folder, read_forms
from wirecopy.agencies.naming import fold
from wirecopy.model import Feed

__all__ = ["Agency", "AgencyFeed", "DatelineHabit", "Registry", "build", "registry"]

# Namespaces of qcodes and URNs, partners of a joint credit, a mail's sender: `nprov:dpa`, `afp.com:20160116:PH`, `STT–AFP`,
# `Desk <desk@aap.com.au>`.
_ID_PARTS = re.compile(r"[:/–—@<>]")

_FORM_WORDS = 4
"""The most words that a form around a name has."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """An agency under one of its names."""

    agency: Agency
    weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All agencies and the ways to look one up; immutable."""

    agencies: tuple[Agency, ...]
    """Agencies without their sub-brands, in the order of their keys."""
    sub_brands: tuple[Agency, ...]
    forms: Forms
    _by_name: Mapping[str, tuple[_Holder, ...]] = field(repr=False)
    _by_domain: Mapping[str, Agency] = field(repr=False)
    _by_provider: Mapping[str, Agency] = field(repr=False)

    def find(self, name: str, *, country: str | None = None, language: str | None = None) -> Agency | None:
        """Return the agency of a name in any case and spelling, or None for an unknown name.

        Among homonyms the one of `country` (alpha-2) or, next, of `language` is chosen, then the one whose name it
        foremost is; None where that leaves several. A sub-brand that signs on its own is returned as itself.
        """
        return _choose(self._holders(name), country, language)

    def candidates(self, name: str) -> tuple[Agency, ...]:
        """Return every agency that goes by a name, those whose name it foremost is first."""
        return tuple(holder.agency for holder in self._holders(name))

    def is_weak(self, name: str) -> bool:
        """Return whether a known name is no proof by itself: it needs a clear agency position."""
        holders = self._holders(name)
        return bool(holders) and all(holder.weak for holder in holders)

    def of_domain(self, host: str) -> Agency | None:
        """Return the agency that owns a host or a domain above it, or None; `host` may carry a port."""
        labels = host.strip().rstrip(".").lower().partition(":")[0].split(".")
        for start in range(len(labels) - 1):
            if agency := self._by_domain.get(".".join(labels[start:])):
                return agency
        return None

    def provider(self, name_or_id: str) -> Agency | None:
        """Return the agency that a wire file names as its provider: by name, domain, qcode or URN; else None."""
        if agency := self._by_provider.get(fold(name_or_id)) or self.find(name_or_id):
            return agency
        for part in _ID_PARTS.split(name_or_id):
            if agency := self._by_provider.get(fold(part)) or self.of_domain(part) or self._strong(part):
                return agency
        return None

    def feeds(self) -> tuple[Feed, ...]:
        """Return every public feed, with what is known of whoever stands behind it."""
        return tuple(_declared(agency, feed) for agency in self.agencies for feed in agency.feeds)

    def names(self) -> Mapping[str, Agency]:
        """Return the names that are proof by themselves, as printed, each with its agency."""
        every = (*self.agencies, *self.sub_brands)
        return {name: agency for agency in every for _, name in _strong_names(agency)}

    def weak_names(self) -> frozenset[str]:
        """Return the names, as printed, that count in a clear agency position only."""
        return frozenset(name for agency in self.agencies for name in agency.weak_aliases)

    def _strong(self, name: str) -> Agency | None:
        return None if self.is_weak(name) else self.find(name)

    def _holders(self, name: str) -> tuple[_Holder, ...]:
        key = fold(name)
        if holders := self._by_name.get(key):
            return holders
        bare = _bare(key, self.forms)
        return self._by_name.get(bare, ()) if bare else ()


def _bare(key: str, forms: Forms) -> str:
    """Return a folded name without the desk, office and house words around it; empty if there are none."""
    words = key.split(" ")
    if words[0] not in forms.first_words and words[-1] not in forms.last_words:
        return ""
    last = next(
        (n for n in range(min(_FORM_WORDS, len(words) - 1), 0, -1) if " ".join(words[-n:]) in forms.suffixes), 0
    )
    rest = words[: len(words) - last]
    first = next((n for n in range(min(_FORM_WORDS, len(rest) - 1), 0, -1) if " ".join(rest[:n]) in forms.prefixes), 0)
    return " ".join(rest[first:]) if first or last else ""


def _choose(holders: tuple[_Holder, ...], country: str | None, language: str | None) -> Agency | None:
    if len(holders) < 2:
        return holders[0].agency if holders else None
    spoken = (language or "").partition("-")[0].lower()
    support = [2 * (h.agency.country == country) + (spoken in h.agency.languages) for h in holders]
    best = [h for h, points in zip(holders, support, strict=True) if points == max(support)]
    foremost = [h for h in best if not h.weak]
    for chosen in (best, foremost):
        if len(chosen) == 1:
            return chosen[0].agency
    return None


def _strong_names(agency: Agency) -> Iterator[tuple[str, str]]:
    """Yield the names that are proof by themselves: folded, and as printed."""
    weak = {fold(name) for name in agency.weak_aliases}
    for name in (agency.name, agency.long_name, *agency.aliases):
        if (key := fold(name)) not in weak:
            yield key, name


def _declared(agency: Agency, feed: AgencyFeed) -> Feed:
    return Feed(
        url=feed.url,
        title=feed.title,
        agency=agency.name,
        country=agency.country,
        language=feed.language,
        zone=agency.zone,
        verified=feed.verified,
    )


def _name_table(agencies: Iterable[Agency]) -> dict[str, tuple[_Holder, ...]]:
    strong: dict[str, dict[str, _Holder]] = {}
    weak: dict[str, dict[str, _Holder]] = {}
    for agency in agencies:
        for key, _ in _strong_names(agency):
            strong.setdefault(key, {})[agency.key] = _Holder(agency, weak=False)
        for name in agency.weak_aliases:
            weak.setdefault(fold(name), {})[agency.key] = _Holder(agency, weak=True)
    return {key: (*strong.get(key, {}).values(), *weak.get(key, {}).values()) for key in {**strong, **weak}}


def build(agencies: Iterable[Agency], forms: Forms) -> Registry:
    """Return the registry of some agencies and their sub-brands."""
    every = tuple(agencies)
    return Registry(
        agencies=tuple(agency for agency in every if agency.parent is None),
        sub_brands=tuple(agency for agency in every if agency.parent is not None),
        forms=forms,
        _by_name=_name_table(every),
        _by_domain={domain: agency for agency in every for domain in agency.domains},
        _by_provider={fold(name): agency for agency in every for name in agency.provider_ids},
    )


@cache
def registry() -> Registry:
    """Return the registry of the shipped agencies, read once a process.

    Raises `SettingsError` naming file and field if a file is wrong.
    """
    return build(read_folder(), read_forms())
