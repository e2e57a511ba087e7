"""The article's own headline: agreement among what the page calls it, without site name, section or kicker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from wirecopy.extract import jsonld
from wirecopy.extract.meta import letters, squeeze
from wirecopy.extract.metadata import Metadata

# Storms escalate in Gauteng | The Citizen   …wins presidency – POLITICO   ..._新华网   ...--时政--人民网
_SEPARATOR = re.compile(r"\s+[|·•»›:/]+\s+|\s+[-–—]{1,2}\s+|\s*[|｜_]\s*|--+|\s*‖\s*")
# ...（茨沼新聞）   ... (The Citizen)
_BRACKETED = re.compile(r"\s*[（(](?P<site>[^()（）]{2,60})[）)]$")
# Olympics: ...   Crisis in Anytown - ...   OPINION | ...
_KICKER_END = re.compile(r"(?:\s*[:|｜]|\s+[-–—.])\s*$")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,8});")
# What templates put where the headline belongs.
_GENERIC = re.compile(
    r"(?:news |full )?(?:article|story|detail(?:s)?|post|page|home|index|untitled|none|null|undefined)s?", re.IGNORECASE
)
_MAX_CHARS = 500
_SITE_WORDS = 4
_LEAST_CHARS = 8


@dataclass(frozen=True, slots=True)
class _Titles:
    """The page's names for its article, cleaned; empty where it has none."""

    stated: str
    shared: str
    printed: str
    tweeted: str
    window: str
    is_branded: bool
    """Whether the shared title carries the site's name."""


def choose_headline(meta: Metadata, url: str, lines: Iterable[str] = ()) -> str | None:
    """Return the article's headline, or None if the page names none; `lines` are the first that the page prints.

    What is shared (Open Graph) is the headline, unless the article's own statement (JSON-LD) and its `h1` agree against
    it and the window title, or it merely adds a kicker, a section or a site to what they say.
    """
    sites = _site_names(meta, url)
    stated, shared = squeeze(jsonld.text(meta.node.get("headline"))), meta.head.first("og:title") or ""
    titles = _Titles(
        stated=_own(stated, sites),
        shared=_own(shared, sites),
        printed=_own(_heading(meta, (stated, shared, meta.head.title), sites), sites),
        tweeted=_own(meta.head.first("twitter:title") or "", sites),
        window=_own(meta.head.title, sites),
        is_branded=letters(shared) != letters(without_site(shared, sites)),
    )
    choice = _chosen(titles) or titles.tweeted or _printed_again(titles.window, lines)
    choice = choice or without_site(shared or meta.head.title, sites)
    if letters(choice) not in map(letters, meta.headings):
        # The page prints another kicker over the very same words.
        choice = _without_additions(choice, list(meta.bare_headings), [])
    return _in_lower_case(choice, titles)[:_MAX_CHARS].strip() or None


def _own(title: str, sites: frozenset[str]) -> str:
    """Return a title without the site's name, nothing of one that is no more; entities that were escaped twice are read."""
    text = without_site(unescape(title) if _REFERENCE.search(title) else title, sites)
    return "" if letters(text) in sites or _GENERIC.fullmatch(text) else text


def _in_lower_case(choice: str, titles: _Titles) -> str:
    """Return a headline that is printed in capitals as another title has it in small letters."""
    others = (titles.shared, titles.stated, titles.printed, titles.tweeted, titles.window) if choice.isupper() else ()
    return next((other for other in others if not other.isupper() and letters(other) == letters(choice)), choice)


def _chosen(titles: _Titles) -> str:
    named = [title for title in (titles.shared, titles.stated, titles.printed) if title]
    if not named:
        return ""
    return _without_additions(_by_evidence(titles), named, [*named, titles.tweeted, titles.window]) or named[0]


def _by_evidence(titles: _Titles) -> str:
    shared, stated, printed, window, tweeted = map(
        letters, (titles.shared, titles.stated, titles.printed, titles.window, titles.tweeted)
    )
    if not shared:
        return titles.stated if stated and stated in {printed, window} else titles.printed or titles.stated
    agreed = printed == (stated or window) != ""
    by_the_desk = stated and (
        titles.is_branded  # a title with the site's name in it was not written by the desk
        or (stated == window and printed not in {"", stated, shared})  # three titles, and the only two that agree
        or (stated == printed and tweeted not in {"", shared})  # the shared title is one of its kind
        # The desk's first headline, before the printed one was made for search engines.
        or (printed == shared == window and not _overlap(stated, shared))
    )
    if by_the_desk:
        return titles.stated
    return titles.printed if agreed and (shared == window or titles.is_branded) else titles.shared


def _printed_again(window: str, lines: Iterable[str]) -> str:
    """Return the line of the page that the window title repeats beside the site's name, else the window title."""
    key = letters(window)
    repeated = (line for line in lines if len(letters(line)) > _LEAST_CHARS and letters(line) in key)
    return max(repeated, key=len, default=window)


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one or one[:24] == other[:24]


def _without_additions(choice: str, named: list[str], others: list[str]) -> str:
    """Return the choice without a kicker before, or a section behind, what another title says alone; never cut off."""
    key = letters(choice)
    for other in named:
        bare = letters(other)
        if len(bare) < _LEAST_CHARS or bare == key or bare not in key:
            continue
        if key.startswith(bare) and _SEPARATOR.match(_rest_behind(choice, bare)):
            return other
        if key.endswith(bare) and _KICKER_END.search(_rest_before(choice, bare)):
            return other
    if _CUT_OFF.search(choice):
        start = letters(_CUT_OFF.sub("", choice))
        return next((other for other in others if letters(other).startswith(start) and letters(other) != start), choice)
    return choice


def _rest_behind(text: str, bare: str) -> str:
    seen = 0
    for at, char in enumerate(text):
        seen += len(letters(char))
        if seen >= len(bare):
            return text[at + 1 :].lstrip("?!.…»”“’\"'«›)")
    return ""


def _rest_before(text: str, bare: str) -> str:
    left = len(letters(text)) - len(bare)
    seen = 0
    for at, char in enumerate(text):
        if seen >= left and char.isalnum():
            return text[:at].rstrip("«„“‘\"'")
        seen += len(letters(char))
    return ""


def _heading(meta: Metadata, named: tuple[str, ...], sites: frozenset[str]) -> str:
    """Return the heading that is the article's: one that another title repeats, else the first that is no mere word."""
    keys = [key for title in named if (key := letters(title)) and key not in sites]
    headings = [heading for heading in meta.headings if letters(heading) not in sites]
    for heading in headings:
        own = letters(heading)
        if len(own) >= _LEAST_CHARS and any(own in key or key in own for key in keys):
            return heading
    return next((heading for heading in headings if len(letters(heading)) >= _LEAST_CHARS), "")


# --- the site's name ----------------------------------------------------------------------------


def without_site(headline: str, sites: frozenset[str]) -> str:
    """Return a headline without the parts at its ends that name the site."""
    text = squeeze(headline)[: 2 * _MAX_CHARS]
    while True:
        bracketed = _BRACKETED.search(text)
        if bracketed and bracketed.start() and _is_site(bracketed["site"], sites):
            text = text[: bracketed.start()].strip()
            continue
        cuts = list(_SEPARATOR.finditer(text))
        if cuts and cuts[-1].start() and _is_site(text[cuts[-1].end() :], sites):
            text = text[: cuts[-1].start()].strip()
        elif cuts and _is_site(text[: cuts[0].start()], sites) and text[cuts[0].end() :].strip():
            text = text[cuts[0].end() :].strip()
        else:
            return text


def _is_site(part: str, sites: frozenset[str]) -> bool:
    key = letters(part)
    if not key or key in sites:
        return bool(key)
    # BBC News, NTV Haber: the site's short name and a word or two.
    first = letters(part.split(maxsplit=1)[0])
    return len(part.split()) <= _SITE_WORDS and len(first) > 2 and first in sites and part[:1].isupper()


def _site_names(meta: Metadata, url: str) -> frozenset[str]:
    """Return what the site may be called: by its own statement, its publisher, its domain."""
    host = _host(url).removeprefix("www.")
    labels = host.split(".")
    names = [meta.site_name, meta.publisher, host, *labels[-3:-1]]
    keys = {key for name in names if len(key := letters(name)) > 1}
    return frozenset(keys | {f"the{key}" for key in keys} | {key.removeprefix("the") for key in keys if len(key) > 6})


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""
