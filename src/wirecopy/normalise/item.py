"""Article -> Item: what was found becomes what is said, each part by the module whose rule it is.

`decide` settles names, dates and language among their candidates; `make_item` adds dateline, agency, key, hash and cues.
Both are pure: feed, clock and registry are arguments or data.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from operator import attrgetter
from typing import Final

from wirecopy.agencies import Agency, credited_by, registry
from wirecopy.model import COUNTRY_STATED, Article, Dateline, DatelinePlace, Doubt, Feed, Item, NameCandidate, Published
from wirecopy.model.changed import changed
from wirecopy.normalise import RULES_VERSION
from wirecopy.normalise.byline import read_names
from wirecopy.normalise.byline_parts import parts_of
from wirecopy.normalise.cues import read_cues
from wirecopy.normalise.dateline import parse_dateline
from wirecopy.normalise.home import Home, home_of, likely_zone
from wirecopy.normalise.key import item_key, outlet_of
from wirecopy.normalise.places import country_name, qualifier_of, resolve
from wirecopy.normalise.published import resolve_published
from wirecopy.normalise.text import choose_language, text_hash
from wirecopy.normalise.zone_text import zone_of

_WITHHELD: Final = frozenset({"withheld", "hold", "held"})
_EMBARGOED: Final = frozenset({"embargoed", "embargo"})
_CANCELED: Final = frozenset({"canceled", "cancelled", "killed", "kill", "withdrawn", "deleted"})
_FAR_DAYS: Final = 3
_LONGEST_LINE: Final = 200
"""Characters of a dateline field that is remembered."""
_SHORT: Final = 3
"""Letters of which a division's abbreviation is not believed alone: `(AP)` is an agency, not Andhra Pradesh."""
_DUMPS: Final = frozenset({"csv", "json", "jsonl", "parquet", "newsplease", "fundus"})
_OF_SITES: Final = frozenset({"page", "feed"})
# 2025-06-26 14:30:00   2025-06-26T14:30   but not 2025-06-26T14:30+05:30
_LOCAL_TIME = re.compile(r"\d[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*\Z")
_PRINTED_YEAR = re.compile(r"\d{4}|['’]\d{2}")


def decide(article: Article, *, captured_at: datetime | None = None, source: Feed | None = None) -> Article:
    """Return the article with its publication, modification, authors, credit and language decided among candidates."""
    home = home_of(article, source)
    language = choose_language(
        article.body, article.language or article.language_raw or (source.language if source else None), article.format
    )
    candidates = article.names or ((NameCandidate(article.byline, "byline"),) if article.byline else ())
    names = read_names(candidates, site=article.outlet or article.url, country=home.country, language=language)
    dates = resolve_published(
        article.dates,
        captured_at=captured_at,
        zone=home.zone or _agency_zone(article, language),
        likely_zone=likely_zone(article, language) if article.format in _OF_SITES else None,
        language=language,
    )
    return changed(
        article,
        language=language,
        authors=article.authors or names.authors,
        byline=article.byline or names.byline,
        credit=article.credit or names.credit,
        published=article.published or dates.published,
        modified=article.modified or dates.modified,
        dateline_country=article.dateline_country or _country_stated(article),
        doubts=(*article.doubts, *dates.doubts),
    )


def _agency_zone(article: Article, language: str | None) -> str | None:
    """Return the zone of the agency whose dateline a dump's text bears, for a time of day that names no zone itself."""
    if article.format not in _DUMPS or not any(_LOCAL_TIME.search(one.raw) for one in article.dates):
        return None
    printed = parse_dateline(article.body, language=language)
    agency = registry().provider(printed.agency) if printed and printed.agency else None
    return agency.zone if agency else None


def _country_stated(article: Article) -> str | None:
    """Return the country that a wire names in its own language, or by a division of it, as its code."""
    name = dict(article.extra).get(COUNTRY_STATED)
    found = qualifier_of(name) if name else None
    return found.country if found and (len(name or "") > _SHORT or not found.admin1) else None


def make_item(article: Article, *, source: Feed | None = None, captured_at: datetime | None = None) -> Item:
    """Return the item of a decided article (see `decide`): dateline, lead, agency, outlet, key, text hash and cues added.

    `captured_at` helps to read a dateline without year where nothing says when the text was published.
    """
    home = home_of(article, source)
    dateline, doubts = _dateline(article, home, captured_at)
    published = _checked(article.published, dateline, home)
    key = item_key(article)
    agency = _agency(article, dateline, source, home)
    return Item(
        item_key=key.value,
        key_rule=key.rule,
        identifiers=key.identifiers,
        outlet=outlet_of(article),
        headline=article.headline or "",
        body=article.body,
        lead=dateline.lead if dateline else article.body,
        text_hash=text_hash(article.body),
        rules_version=RULES_VERSION,
        agency=agency,
        dateline=dateline,
        published=published,
        pub_status=_status(article),
        cues=_cues(article),
        doubts=(*article.doubts, *doubts),
        **dict(zip(_CARRIED, _carried(article), strict=True)),
    )


_CARRIED: Final = (
    "provider", "language", "authors", "byline", "credit", "sign_off", "modified", "section", "keywords", "subjects",
    "image_url", "image_caption", "truncated", "url", "canonical_url", "item_uri", "version", "slugline", "genre", "urgency",
    "priority", "embargo_until", "first_created", "version_created", "ednote", "usage_terms", "word_count", "related",
    "extra", "extractor",
)  # fmt: skip
"""Fields that an item has from its article as they are."""
_carried: Final = attrgetter(*_CARRIED)


def _cues(article: Article) -> tuple[str, ...]:
    """Return the signs in an item's text and status, and in what a wire states apart from it: labels and signals."""
    stated = dict(article.extra)
    texts = read_cues(
        headline=article.headline or "",
        slugline=article.slugline,
        ednote=article.ednote,
        body=article.body,
        status=article.pub_status,
        language=article.language,
    )
    labels = [label for label in stated.get("labels", "").split("; ") if label]
    signs = [read_cues(headline=f"{label}:") for label in labels]
    signals = read_cues(headline="", ednote=stated["signals"]) if "signals" in stated else ()
    return tuple(dict.fromkeys((*texts, *(cue for found in signs for cue in found), *signals)))


def _status(article: Article) -> str:
    """Return a publishing status in the words of IPTC's pubstatusg2: `usable`, `withheld` or `canceled`.

    An embargo that names its time hides by that time; one that names none withholds until a usable version.
    """
    word = re.split(r"[:/]", article.pub_status.strip().lower())[-1] if article.pub_status else ""
    if word in _EMBARGOED and article.embargo_until is None:
        return "withheld"
    return "canceled" if word in _CANCELED else "withheld" if word in _WITHHELD else "usable"


# --- dateline ---


def _dateline(article: Article, home: Home, captured_at: datetime | None) -> tuple[Dateline | None, tuple[Doubt, ...]]:
    """Return the dateline printed in the text, else the one in the wire's own fields; where both differ, a doubt."""
    sent_at = article.published.on if article.published else captured_at
    sent_on = sent_at.date() if isinstance(sent_at, datetime) else sent_at
    sender = home.agency.name if home.agency else None
    printed = parse_dateline(article.body, sent_at=sent_on, language=article.language, agency=sender)
    raw = article.dateline_raw
    field = None
    if raw and not (printed and raw.startswith(printed.raw)):
        field = (_of_line if len(raw) < _LONGEST_LINE else _of_line.__wrapped__)(raw, sent_on, article.language, sender)
    if printed and (field is None or _opens(printed)):
        return printed, _differing(printed, field, article)
    if field:
        return changed(field, start=0, end=0, lead=article.body, rule=f"field {field.rule}".strip()), ()
    return _of_fields(article, home), ()


@lru_cache(maxsize=4_096)
def _of_line(line: str, sent_on: date | None, language: str | None, sender: str | None) -> Dateline | None:
    """Return the dateline of a field; remembered, since a day's reports from one place have the same."""
    return parse_dateline(line, sent_at=sent_on, language=language, agency=sender)


def _opens(printed: Dateline) -> bool:
    """Tell a dateline with which a text opens, or that signs, from a line further down that looks like one."""
    return printed.start == 0 or bool(printed.byline or printed.agency)


def _of_fields(article: Article, home: Home) -> Dateline | None:
    """Return a dateline made of the place that a wire file states in a field of its own."""
    name = article.dateline_place
    if not name:
        return None
    qualifier = country_name(article.dateline_country) if article.dateline_country else None
    place = resolve(name, qualifier=qualifier, country=home.country, language=article.language)
    return Dateline(
        raw=article.dateline_raw or name,
        start=0,
        end=0,
        lead=article.body,
        places=(DatelinePlace(raw=name, qualifier=article.dateline_country, place=place),),
        rule="field",
    )


def _differing(printed: Dateline, field: Dateline | None, article: Article) -> tuple[Doubt, ...]:
    stated = field.places[0].raw if field and field.places else article.dateline_place
    if not stated or not printed.places:
        return ()
    ours, theirs = printed.places[0].place, resolve(stated)
    same = stated.casefold() == printed.places[0].raw.casefold() or (
        ours and theirs and ours.geoname_id == theirs.geoname_id
    )
    return () if same else (Doubt("dateline_field_differs", stated),)


# --- dates ---


def _checked(published: Published | None, dateline: Dateline | None, home: Home) -> Published | None:
    """Compare publication and dateline; a dateline with its year printed stands in where nothing else is known."""
    if dateline is None or dateline.on is None:
        return published
    if published is None:
        return _of_dateline(dateline, home)
    if abs((published.on - dateline.on).days) <= _FAR_DAYS:
        return published
    return replace(published, doubts=(*published.doubts, Doubt("dateline_differs", dateline.on.isoformat())))


def _of_dateline(dateline: Dateline, home: Home) -> Published | None:
    if dateline.on is None or not _PRINTED_YEAR.search(dateline.on_raw or ""):
        return None
    zone = zone_of(home.zone or "")
    at = datetime.combine(dateline.on, time(), zone or UTC)
    doubts = () if zone else (Doubt("zone_unknown"),)
    return Published(
        at=at,
        on=dateline.on,
        precision="day",
        source="dateline",
        raw=dateline.on_raw or "",
        zone=home.zone or "",
        doubts=doubts,
    )


# --- agency ---


def _agency(article: Article, dateline: Dateline | None, source: Feed | None, home: Home) -> str | None:
    """Return who wrote a text: the printed dateline says so first, then credit and byline, provider, host, feed and source."""
    if dateline and dateline.agency:
        return dateline.agency
    for line in (article.credit, article.byline, article.sign_off):
        found = _credited(line, home, article.language)
        if found:
            return found.name
    told = "\n".join(part for part in (article.body, article.sign_off) if part)
    if found := credited_by(told, country=home.country, language=article.language):
        return found.name
    if home.agency:
        return home.agency.name
    if source and source.agency:
        return source.agency
    named = registry().provider(article.outlet) if article.outlet else None
    return named.name if named else None


def _credited(line: str | None, home: Home, language: str | None) -> Agency | None:
    if not line or len(line) > 300:
        return None
    names = (registry().find(part, country=home.country, language=language) for part in parts_of(line))
    return next((agency for agency in names if agency), None)
