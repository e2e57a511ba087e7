"""Which entries of a feed are known from before, and which of those say something else now.

Feeds lie about names: a guid made anew at every request, one guid for all entries, an address with the number of the
visitor in it, the moment of the request as the date of everything. So an entry has two names, guid and address, and is
known by either; and only what it says to a reader makes it another one.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wirecopy.model import FeedEntry
from wirecopy.normalise.url import clean_url

_TAG = re.compile(r"<[^<>]*>")
_TEXT, _DATES = 16, 8
"""Characters of a mark that stand for the text, and after them for the dates; the rest stands for the address."""
FEW = 3
"""Entries from which on a new date for all of them at once is the moment of the request."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The entries of one reading of a feed by their ids, and those that are new or changed by their marks."""

    entries: Mapping[str, FeedEntry]
    fresh: Mapping[str, str]


def recognise(entries: Iterable[FeedEntry], known: Mapping[str, str]) -> Recognised:
    """Return which entries of a feed are known, by the marks of earlier readings by their ids, and which are fresh.

    An entry whose guid is not known is a known one if its address is, and names no other entry.
    """
    found = identified(entries)
    marks = {name: content_mark(entry) for name, entry in found.items()}
    if not known:
        return Recognised(found, marks)
    ids = _ids(found, marks, known)
    changed = {ids[name]: mark for name, mark in marks.items() if _said(known.get(ids[name], "")) != _said(mark)}
    if _is_clock(ids, marks, known):
        changed = {name: mark for name, mark in changed.items() if name not in known}
    return Recognised({ids[name]: entry for name, entry in found.items()}, changed)


def identified(entries: Iterable[FeedEntry]) -> dict[str, FeedEntry]:
    """Return the entries of one document by their names in it: guid, else link, else what they say.

    Entries that share a guid and differ in their link are several; a repeated one is one, the last.
    """
    listed = list(entries)
    links: dict[str, set[str | None]] = {}
    for entry in listed:
        if entry.guid:
            links.setdefault(entry.guid, set()).add(entry.link)
    found: dict[str, FeedEntry] = {}
    for entry in listed:
        name = own_name(entry)
        found[f"{name} {entry.link}" if len(links.get(name, ())) > 1 else name] = entry
    return found


def own_name(entry: FeedEntry) -> str:
    """Return the name of an entry that shares it with no other."""
    return entry.guid or entry.link or content_mark(entry)[:_TEXT]


def name_in_document(entry: FeedEntry, entry_id: str) -> str:
    """Return by what name an entry of some id is found in the document that it was read from."""
    own = own_name(entry)
    return entry_id if entry_id == f"{own} {entry.link}" else own


def content_mark(entry: FeedEntry) -> str:
    """Return a mark that changes when the feed says something else of an entry: hashes of text, dates and address.

    Markup, which carries counters of readers, and the query of an address, which carries their numbers, say nothing.
    """
    link = _link(entry)
    said = (link.partition("?")[0], entry.headline, _plain(entry.summary_html), _plain(entry.content_html))
    dates = (entry.published_raw, entry.updated_raw)
    return _hash(said, _TEXT) + _hash(dates, _DATES) + (_hash((link,), 10) if link else "")


def _link(entry: FeedEntry) -> str:
    """Return an entry's address without what differs between two readings of one feed."""
    link = entry.link or ""
    return clean_url(link) if "?" in link or "#" in link else link.partition("//")[2].removeprefix("www.").rstrip("/")


def _plain(markup: str | None) -> str:
    return " ".join(_TAG.sub(" ", markup).split()) if markup else ""


def _hash(parts: Iterable[str | None], length: int) -> str:
    said = "\0".join(part or "" for part in parts)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=length // 2).hexdigest()


def _ids(found: Mapping[str, FeedEntry], marks: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the id of each name in a document: itself, or that of the known entry with the same address."""
    ids = {name: name for name in marks}
    strangers = [name for name, entry in found.items() if name not in known and name == own_name(entry)]
    if not strangers:
        return ids
    here = Counter(_address(mark) for mark in marks.values())
    by_address: dict[str, list[str]] = {}
    for name, mark in known.items():
        by_address.setdefault(_address(mark), []).append(name)
    for name in strangers:
        address = _address(marks[name])
        held = by_address.get(address, [])
        if address and here[address] == 1 and len(held) == 1 and held[0] not in marks:
            ids[name] = held[0]
    return ids


def _said(mark: str) -> str:
    return mark[: _TEXT + _DATES]


def _address(mark: str) -> str:
    return mark[_TEXT + _DATES :]


def _is_clock(ids: Mapping[str, str], marks: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Tell whether a feed dates everything anew at every request: all its known entries, and nothing else about them."""
    pairs = [(mark, known[ids[name]]) for name, mark in marks.items() if ids[name] in known]
    return len(pairs) >= FEW and all(
        mark[:_TEXT] == held[:_TEXT] and mark[_TEXT : _TEXT + _DATES] != held[_TEXT : _TEXT + _DATES]
        for mark, held in pairs
    )
