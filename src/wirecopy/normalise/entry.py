"""A feed entry and its page are one report: what each knows that the other does not."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from wirecopy.markup.fragment import paragraphs
from wirecopy.markup.invisible import visible
from wirecopy.model import Article, DateCandidate, Enclosure, FeedEntry, Identifier, Item, NameCandidate, Notice
from wirecopy.normalise.cues import may_announce, read_notice

_TAG = re.compile(r"<[^<>]*>")
# Dock workers will be moved […]   Dock workers will be moved... Read more
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.)\s*[\])]?(?:\s+[^\s.][^.!?\n]{0,40})?[»›>→.\s]*$")
_TEASER = 2_000
"""Characters from which on dots at the end are the author's."""
_SHORT = 600
"""Characters below which a text that says no more than its summary is taken for a summary."""
_LONGEST_LINE = 400
_FULLER = 1.2
"""A feed's text replaces the page's only where it is clearly longer: pages carry later corrections."""


def full_text(entry: FeedEntry) -> str:
    """Return the whole text of a report where the feed carries it, else an empty one.

    Not whole is what breaks off with dots, and what is no longer than the summary beside it while a page is named.
    """
    text = _text(entry.content_html)
    if not text or (len(text) < _TEASER and _BREAKS_OFF.search(text[-200:])):
        return ""
    if entry.link and len(text) < _SHORT and len(text) <= len(_text(entry.summary_html)):
        return ""
    return text


def _text(fragment: str | None) -> str:
    """Return the paragraphs of a text without the line in which a blog's software tells where it first appeared."""
    found = paragraphs(fragment) if fragment else ""
    body, parted, last = found.rpartition("\n\n")
    return body if parted and len(last) < _LONGEST_LINE and _first_appeared().fullmatch(last) else found


@cache
def _first_appeared() -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "data" / "feed_lines.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{rule})" for rule in table["first_appeared"]), re.IGNORECASE)


def article_of_entry(entry: FeedEntry) -> Article:
    """Return the report that the feed itself carries, for entries whose page cannot be had."""
    full = full_text(entry)
    body = full or max(_text(entry.content_html), _text(entry.summary_html), key=len)
    return with_entry(Article(body=body, truncated=not full, url=entry.link, format="feed"), entry)


def with_entry(article: Article, entry: FeedEntry) -> Article:
    """Return the article with what the feed knows of it: dates, names, headline, keywords, a fuller text."""
    full = full_text(entry)
    fuller = len(full) > _FULLER * len(article.body)
    return replace(
        article,
        headline=article.headline or entry.headline,
        body=full if fuller else article.body,
        truncated=article.truncated and not fuller,
        url=article.url or entry.link,
        credit=article.credit or entry.credit,
        keywords=article.keywords or entry.categories,
        image_url=article.image_url or entry.image_url or _picture(entry.enclosures),
        usage_terms=article.usage_terms or entry.rights,
        dates=article.dates + _dates(entry),
        names=article.names + tuple(NameCandidate(name, "feed") for name in entry.authors),
        language_raw=article.language_raw or entry.language,
    )


def _dates(entry: FeedEntry) -> tuple[DateCandidate, ...]:
    found = []
    if entry.published_raw:
        found.append(DateCandidate(entry.published_raw, "feed"))
    if entry.updated_raw:
        found.append(DateCandidate(entry.updated_raw, "feed", "modified"))
    return tuple(found)


def _picture(enclosures: tuple[Enclosure, ...]) -> str | None:
    return next((one.url for one in enclosures if one.media_type.startswith("image/")), None)


def named_by(item: Item, entry: FeedEntry) -> Item:
    """Return the item with the names under which the feed knows it; a guid never makes the key."""
    names = [Identifier("guid", entry.guid)] if entry.guid else []
    if entry.link:
        names.append(Identifier("requested_url", entry.link))
    return replace(item, identifiers=tuple(dict.fromkeys((*item.identifiers, *names))))


def notice_of_entry(entry: FeedEntry, *, agency: str | None, at: datetime | None) -> Notice | None:
    """Return the kill or withdrawal that an entry announces of the item under its link or guid, or None for news."""
    if not _may_be_notice(entry):
        return None
    notice = read_notice(
        headline=entry.headline or "",
        body=paragraphs(entry.content_html or entry.summary_html or ""),
        identifier=entry.link or entry.guid,
        agency=agency,
        at=at,
    )
    return replace(notice, alias=entry.guid) if notice and entry.link and entry.guid != entry.link else notice


def _may_be_notice(entry: FeedEntry) -> bool:
    """Tell, without reading its markup properly, whether an entry may be a notice: nearly none is."""
    said = f"{entry.headline or ''} {entry.content_html or entry.summary_html or ''}"
    return may_announce(" ".join(visible(html.unescape(_TAG.sub(" ", said))).split()))
