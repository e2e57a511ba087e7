"""The dateline that a wire file states in fields against the one printed at the head of its text.

The fields are filled as stated; where the printed line names another place it wins, and what was stated is kept in a
doubt. Without stated fields the printed line fills them. How a printed line is read is `dateline`'s matter.
"""

from __future__ import annotations

from dataclasses import replace

from wirecopy.model import Article, Dateline, Doubt, Place
from wirecopy.normalise.dateline import parse_dateline
from wirecopy.normalise.home import Home, home_of
from wirecopy.normalise.places import resolve


def settle_dateline(article: Article) -> Article:
    """Return a decided article with `dateline_raw`, `dateline_place` and `dateline_country` settled; never raises.

    The place is as written, the country ISO 3166-1 alpha-2 or None. Doubt: `dateline_differs`, with the stated place.
    """
    home = home_of(article, None)
    article = _of_line(article, home)
    printed = _read(_text(article), article, home)
    if printed is None or not printed.places or not (printed.places[0].place or printed.agency):
        return replace(article, dateline_country=_country(article, home))
    first = printed.places[0]
    if not article.dateline_place:
        found = replace(article, dateline_raw=article.dateline_raw or printed.raw, dateline_place=first.raw)
        return replace(found, dateline_country=first.place.country if first.place else article.dateline_country)
    stated = _resolved(article.dateline_place, article, home)
    if _same(article.dateline_place, stated, first.raw, first.place):
        country = article.dateline_country or (first.place.country if first.place else None)
        raw = article.dateline_raw or printed.raw
        return replace(article, dateline_raw=raw, dateline_country=country or _country(article, home))
    return replace(
        article,
        dateline_raw=printed.raw,
        dateline_place=first.raw,
        dateline_country=first.place.country if first.place else None,
        doubts=(*article.doubts, Doubt("dateline_differs", article.dateline_place)),
    )


def _of_line(article: Article, home: Home) -> Article:
    """Return an article whose stated line, where it has no place beside it, gives the place."""
    line = article.dateline_raw
    if not line or article.dateline_place:
        return article
    found = _read(line, article, home)
    name = found.places[0].raw if found and found.places else line.partition("(")[0].partition(",")[0].strip(" -–—:")
    known = found is not None or _resolved(name, article, home)
    return replace(article, dateline_place=name) if known else article


def _text(article: Article) -> str:
    """Return the body without a headline that it repeats."""
    headline, body = article.headline, article.body
    repeated = headline and body.startswith(headline) and body[len(headline) :].startswith("\n\n")
    return body[len(headline or "") :].lstrip() if repeated else body


def _read(text: str, article: Article, home: Home) -> Dateline | None:
    if not text:
        return None
    sent_at = article.published.on if article.published else article.version_created
    agency = home.agency.name if home.agency else None
    return parse_dateline(text, sent_at=sent_at, language=article.language, agency=agency)


def _country(article: Article, home: Home) -> str | None:
    """Return the stated country, else that of the stated place, read from its line where there is one."""
    if article.dateline_country or not article.dateline_place:
        return article.dateline_country
    line = _read(article.dateline_raw or "", article, home)
    place = line.places[0].place if line and line.places else None
    place = place or _resolved(article.dateline_place, article, home)
    return place.country if place else None


def _resolved(name: str, article: Article, home: Home) -> Place | None:
    bare, _, qualifier = name.partition(",")
    return resolve(bare.strip(), qualifier=qualifier.strip() or None, country=home.country, language=article.language)


def _same(stated: str, place: Place | None, raw: str, printed: Place | None) -> bool:
    ours, theirs = stated.casefold(), raw.casefold()
    named = theirs in ours or ours in theirs
    return named or bool(place and printed and place.geoname_id == printed.geoname_id)
