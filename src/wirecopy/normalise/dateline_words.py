"""The words of the dateline grammar, read from data once: who joins, who opens, who labels, which words go on a head."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from wirecopy.agencies import fold, registry

DATA = Path(__file__).parent / "data"


def read_data(name: str) -> dict[str, Any]:
    """Return one TOML file of the data that stands beside this module."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Closed lists of the grammar; every form folded unless its name says `printed`."""

    inner: frozenset[str]
    joiners: frozenset[str]
    abbreviations: frozenset[str]
    site_openings: tuple[str, ...]
    after_capitals: frozenset[str]
    misread_dashes: frozenset[str]
    no_stop: frozenset[str]
    note_openings: tuple[str, ...]
    note_heads: tuple[str, ...]
    byline_openings: tuple[str, ...]
    byline_words: frozenset[str]
    titles: tuple[str, ...]
    labels: frozenset[str]
    label_endings: tuple[str, ...]
    speakers: frozenset[str]
    no_agency: frozenset[str]
    pictures: frozenset[str]
    parties: frozenset[str]
    rivers: frozenset[str]
    short_rivers: dict[str, str]
    """As printed, without full stop -> in full."""
    districts: frozenset[str]
    district_openings: tuple[str, ...]
    sentence_openings: frozenset[str]
    speech_openings: frozenset[str]
    small_names: frozenset[str]
    """Languages whose agencies have names without capitals."""
    correspondents: frozenset[str]
    desks: frozenset[str]
    houses: frozenset[str]
    """Casefolded."""
    photo_credits: tuple[str, ...]
    """Casefolded."""
    worldwide: frozenset[str]
    """Canonical names, as the registry has them."""


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


@cache
def words() -> Words:
    """Return the shipped lists, read once a process."""
    table, labels = read_data("dateline_words.toml"), read_data("dateline_labels.toml")
    return Words(
        inner=_folded(table["places"]["inner"]),
        joiners=frozenset(word.casefold() for word in table["places"]["joiners"]),
        abbreviations=_folded(table["places"]["abbreviations"]),
        site_openings=tuple(table["places"]["site_openings"]),
        after_capitals=_folded(table["sentence"]["after_capitals"]),
        misread_dashes=frozenset(table["separators"]["misread_dashes"]),
        no_stop=frozenset(table["separators"]["no_stop"]),
        note_openings=tuple(table["notes"]["openings"]),
        note_heads=tuple(table["notes"]["heads"]),
        byline_openings=tuple(sorted(table["notes"]["bylines"], key=len, reverse=True)),
        byline_words=frozenset(table["notes"]["bylines"]),
        titles=tuple(table["notes"]["titles"]),
        labels=_folded([*labels["labels"], *labels["titles"]]),
        label_endings=tuple(fold(word) for word in labels["label_endings"]),
        speakers=_folded(labels["speakers"]),
        no_agency=_folded(labels["no_agency"]),
        pictures=_folded(labels["pictures"]),
        parties=_folded(labels["parties"]),
        rivers=_folded(table["places"]["rivers"]),
        short_rivers=table["places"]["short_rivers"],
        districts=_folded(table["places"]["districts"]),
        district_openings=tuple(fold(word) + " " for word in table["places"]["district_openings"]),
        speech_openings=_folded(table["sentence"]["speech"]),
        sentence_openings=_folded(table["sentence"]["openings"]),
        small_names=frozenset(table["agencies"]["small_names"]),
        correspondents=_folded(table["agencies"]["correspondents"]),
        desks=_folded(table["agencies"]["desks"]),
        houses=frozenset(table["agencies"]["houses"]),
        photo_credits=tuple(table["sentence"]["photo_credits"]),
        worldwide=frozenset(table["agencies"]["worldwide"]),
    )


class Traits(NamedTuple):
    """What the grammar knows of one word, whatever its case."""

    joins: bool
    inner: bool
    shortened: bool
    river: bool
    caseless: bool
    goes_on: bool
    """Whether it may stand in a dateline although it is lower-case."""
    dates: bool
    """Whether a date may begin with it."""
    signs: bool
    """Whether an agency's name may begin with it."""


@lru_cache(maxsize=32768)
def traits(word: str) -> Traits:
    """Return the traits of a word."""
    key, lists = fold(word), words()
    return Traits(
        joins=word.casefold() in lists.joiners,
        inner=key in lists.inner,
        shortened=key in lists.abbreviations,
        river=key in lists.rivers,
        caseless=word.upper() == word.lower(),
        goes_on=key in head_words() or word.casefold() in spelled_days(),
        dates=key in _date_openings() or key.split(" ", 1)[0] in _date_openings() or word.casefold() in spelled_days(),
        signs=key.split(" ", 1)[0] in agency_first_words(),
    )


@cache
def _date_openings() -> frozenset[str]:
    """Return the folded words with which a date may begin, months of two words by their first."""
    names = frozenset(form.split(" ", 1)[0] for form in (*months(), *weekdays()))
    return (
        names
        | frozenset(months())
        | frozenset(weekdays())
        | date_words()["before"]
        | date_words()["hijri"]
        | date_words()["uncounted"]
    )


@cache
def months() -> dict[str, dict[int, frozenset[str]]]:
    """Return every folded month form with the months that it means and the languages in which it does."""
    return _by_form(read_data("dateline_months.toml")["months"])


@cache
def weekdays() -> dict[str, dict[int, frozenset[str]]]:
    """Return every folded weekday form with the days that it means (Monday 1) and their languages."""
    return _by_form(read_data("dateline_months.toml")["weekdays"])


@cache
def spelled_days() -> dict[str, int]:
    """Return the days of a month that are written as words, as written: folding would make several of them one."""
    rows = read_data("dateline_months.toml")["days"].values()
    return {form: day for row in rows for day, forms in enumerate(row, start=1) for form in forms.split()}


@cache
def date_words() -> dict[str, frozenset[str]]:
    """Return the small words of dates, folded, by their place in a date."""
    return {place: _folded(forms) for place, forms in read_data("dateline_months.toml")["words"].items()}


def _by_form(table: dict[str, list[str]]) -> dict[str, dict[int, frozenset[str]]]:
    found: dict[str, dict[int, frozenset[str]]] = {}
    for language, rows in table.items():
        for number, row in enumerate(rows, start=1):
            for form in row.split():
                meanings = found.setdefault(fold(form.replace("_", " ")), {})
                meanings[number] = meanings.get(number, frozenset()) | {language}
    return found


@cache
def agency_names() -> dict[str, frozenset[str]]:
    """Return every folded agency name with the forms in which it is printed."""
    found: dict[str, set[str]] = {}
    for name in (*registry().names(), *registry().weak_names()):
        found.setdefault(fold(name), set()).add(name)
    return {key: frozenset(forms) for key, forms in found.items()}


@cache
def agency_first_words() -> frozenset[str]:
    """Return the folded first words of all agency names: a quick no for every other word."""
    return frozenset(name.split(" ", 1)[0] for name in agency_names() if name)


@cache
def agency_openings() -> frozenset[str]:
    """Return the first two words of every agency's folded name, and its only word where it has but one."""
    return frozenset(" ".join(name.split(" ", 2)[:2]) for name in agency_names() if name)


@cache
def head_words() -> frozenset[str]:
    """Return the folded lower-case words with which a head may go on."""
    small = words().inner | {fold(word) for word in words().joiners}
    spoken = frozenset(form.split(" ", 1)[0] for form in (*months(), *weekdays()))
    dates = frozenset(form for forms in date_words().values() for form in forms)
    openings = frozenset(fold(word) for opening in words().site_openings for word in opening.split())
    return small | spoken | dates | openings | _printed_small()


def _printed_small() -> frozenset[str]:
    """Return the folded first words of agency names that are printed in lower case (dpa, ots, sda)."""
    names = (*registry().names(), *registry().weak_names())
    return frozenset(fold(name).split(" ", 1)[0] for name in names if name[:1].islower())
