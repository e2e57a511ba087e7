"""A byline -> its parts: openings, titles, jobs, addresses and picture credits gone; nothing is judged yet.

The words around names are data (`data/bylines.toml`). Who of the parts is a person is decided in `byline.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from wirecopy.agencies import registry


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around names in bylines."""

    opening: re.Pattern[str]
    source: re.Pattern[str]
    editor: re.Pattern[str]
    other: re.Pattern[str]
    other_inside: re.Pattern[str]
    joiner: re.Pattern[str]
    leading_joiner: re.Pattern[str]
    title: re.Pattern[str]
    jobs: frozenset[str]
    collectives: frozenset[str]
    teams: frozenset[str]
    papers: frozenset[str]
    paper_endings: tuple[str, ...]
    noise: frozenset[str]
    marks: tuple[str, ...]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def byline_words() -> Words:
    """Return the shipped lists, read once a process."""
    table = tomllib.loads((Path(__file__).parent / "data" / "bylines.toml").read_text(encoding="utf-8"))
    return Words(
        re.compile(rf"(?:{_any_of(table['openings'])})(?:\s*[:：/／・＝=]\s*|\s[-–]\s|\.?\s+)", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(table['sources'])})(?:\s*[:：/]\s*|\s+)", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(table['editors'])})\s*[:：]\s*", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(table['others'])})(?:\s*[:：]|\s|$)", re.IGNORECASE),
        re.compile(rf"[\s.,;|]+(?:{_any_of(table['others'])})\s*[:：・].*$", re.IGNORECASE | re.DOTALL),
        re.compile(rf"\s+(?:{_any_of(table['joiners'])})\s+", re.IGNORECASE),
        re.compile(rf"^(?:{_any_of(table['joiners'])})\s+(?=[^\W\d_a-z])"),
        re.compile(rf"(?:(?:{_any_of(table['titles'])})\.?\s+)+", re.IGNORECASE),
        frozenset(table["jobs"]),
        frozenset(table["collectives"]),
        frozenset(table["teams"]),
        frozenset(table["papers"]),
        tuple(table["paper_endings"]),
        frozenset(table["noise"]),
        tuple(table["marks"]),
    )


_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+", re.IGNORECASE)
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[\[(（【](?P<inner>[^\[\]()（）【】]*)[\])）】]\s*")
_SEPARATOR = re.compile(r"\s*(?:[,;|·•、，；]|\s[-–—]\s|\n|\t|\s{3,})\s*")
# Ada Marsh in Nairobi, Ben Cole for MailOnline: what follows is no part of the name.
_ELSEWHERE = re.compile(
    r"(?<=\w)\s(?:in|at|for|im|aus|à|dal|reports from|reporting from)\s(?:the\s)?(?=[^\W\d_a-z]).*$"
)
# Ada Marsh is a reporter for the Ledger
_SAID = re.compile(r"(?<=\w)\s(?:is|ist|est|es|è|é)\s(?:an?|the|eine?|une?|una?|uma?)\s.*$", re.DOTALL)
# CNN's Ada Marsh
_HOUSE = re.compile(r"^[^\W\d_]+['’]s\s(?=\w+\s\w)")
# Ada Marsh (Text), Ben Cole (Fotos): those who took pictures wrote nothing.
_PICTURES = re.compile(
    r"(?:^|[,;|]|\b(?:und|and|et|y|e)\b)[^,;|()]+\((?:photo|foto|video|bild|image|grafik|graphic|illustration)[^)]*\)",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with|and|mit|und|avec|con|y|et)\s+", re.IGNORECASE)
_TURNED = re.compile(r"(?P<last>[A-Z][^\W\d_]+),\s(?P<first>[A-Z][^\W\d_]+(?:\s[A-Z]\.?)?)")
# 本报记者沈若兰   新华社记者 沈若兰
_SIGNED = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:记者|記者|通讯员))\s*")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN_REPORT = re.compile(r"(?:[\u4e00-\u9fff]{1,6}(?:報導|报道|報道|综合报道|電|电))")
SHORT_MARK = re.compile(r"[^\W\d_]{2,5}(?:/[^\W\d_]{2,5})+")
EDGES = " \t\n,;:.·•|*-–—\"“”«»„'’"


@lru_cache(maxsize=4096)
def parts_of(raw: str) -> tuple[str, ...]:
    """Return the names in a byline, cleaned but unjudged: people, agencies and collectives, in order."""
    text = _ADDRESS.sub(" ", raw[:600]).strip()
    if text.casefold() in byline_words().collectives:
        return (text,)
    text = without_opening(text)
    if text.casefold() in byline_words().collectives:
        return (text,)
    if (source := byline_words().source.match(text)) and registry().find(text[source.end() :].strip(EDGES)):
        return (text[source.end() :].strip(EDGES),)
    text = _from_names(text)
    text = _SAID.sub("", byline_words().other_inside.sub("", text))
    text = _PICTURES.sub(" , ", text)
    bracketed = [match["inner"] for match in _BRACKETED.finditer(text)]
    pieces = _pieces(_BRACKETED.sub(" , ", text))
    pieces += [piece for inner in bracketed for piece in _pieces(inner) if registry().find(piece)]
    return tuple(piece for piece in pieces if piece)


def _from_names(text: str) -> str:
    """Return a byline from its first part that does not name makers of pictures or the like; empty if all do."""
    while byline_words().other.match(text):
        parted = _SEPARATOR.search(text)
        text = text[parted.end() :] if parted else ""
        if not byline_words().opening.match(text):
            return ""
    return without_opening(text)


def without_opening(text: str) -> str:
    """Return a byline without `By`, `Von`, `Oleh` and their like."""
    match = byline_words().opening.match(text)
    while match:
        text = text[match.end() :].lstrip(" :")
        match = byline_words().opening.match(text)
    return text


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for piece in _names_apart(text):
        if byline_words().other.match(_WITH.sub("", piece.lstrip())) or (
            found and byline_words().editor.match(piece.lstrip())
        ):
            continue
        # The initials of two editors are one signature: srf/hosb.
        halves = _halves(piece)
        for name in (name for half in halves for name in _joined_names(half)):
            found += filter(None, _without_agency(_cleaned(name)))
    return found


def _halves(piece: str) -> list[str]:
    """Return what strokes part; of an agency and its editors' initials (dpa/abc) the agency alone."""
    halves = re.split("[/／]", piece)
    if not SHORT_MARK.fullmatch(piece.strip()):
        return halves
    return [half for half in halves if registry().find(half)] or [piece]


def _joined_names(text: str) -> list[str]:
    """Return the names that words join: none where a job is joined with where it is done (`corresponsal en el valle`)."""
    names: list[str] = byline_words().joiner.split(byline_words().leading_joiner.sub("", text.strip(), count=1))
    if len(names) > 1 and names[0].strip().casefold() in byline_words().jobs:
        return []
    signed = _SIGNED.match(text.strip())
    tokens = text.strip()[signed.end() :].split() if signed else []
    # Chinese names have no blank in them: behind the word for reporter each one is a name.
    return tokens if len(tokens) > 1 and all(map(_HAN_NAME.fullmatch, tokens)) else names


def _without_agency(name: str) -> list[str]:
    """Return a name and the agency that is printed right behind it: Ada Marsh Associated Press."""
    words = name.split()
    for count in (1, 2, 3):
        agency = " ".join(words[-count:])
        if len(words) >= count + 2 and agency[:1].isupper() and registry().find(agency):
            return [" ".join(words[:-count]), agency]
    return [name]


def _names_apart(text: str) -> list[str]:
    """Return the parts of a byline; `Marsh, Ada` is one name, turned."""
    turned = _TURNED.fullmatch(text.strip())
    if turned and not (registry().find(turned["last"]) or registry().find(turned["first"])):
        return [f"{turned['first']} {turned['last']}"]
    return _SEPARATOR.split(text)


def _cleaned(name: str) -> str:
    name = " ".join(name.split()).strip(EDGES)
    name = without_opening(name)
    name = _HOUSE.sub("", _ELSEWHERE.sub("", name))
    if titled := byline_words().title.match(name):
        # Professor of Hydrology: no name behind the title.
        name = "" if name[titled.end() :][:1].islower() else name[titled.end() :]
    name = _without_job(name)
    name = _without_mark(name)
    return "" if _is_job(name) or _HAN_REPORT.fullmatch(name) else name.strip(EDGES.replace(".", ""))


def _without_job(name: str) -> str:
    """Return a name without the job printed right behind it: Ada Marsh Special Correspondent."""
    words = name.split()
    for count in (2, 1):
        while len(words) >= count + 2 and " ".join(words[-count:]).casefold() in byline_words().jobs:
            words = words[:-count]
    return " ".join(words)


def _is_job(name: str) -> bool:
    """Tell a job or desk from a name: its first or last word says so."""
    words = name.casefold().split()
    return bool(words) and not byline_words().jobs.isdisjoint((words[0], words[-1], name.casefold()))


def _without_mark(name: str) -> str:
    """Return a Korean or Chinese name without the word for reporter before or behind it."""
    signed = _SIGNED.match(name)
    if signed and _HAN_NAME.fullmatch(name[signed.end() :]):
        return name[signed.end() :]
    for mark in byline_words().marks:
        if name != mark:
            name = name.removeprefix(mark).removesuffix(mark).strip()
    return name
