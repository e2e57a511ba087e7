"""Which of the dates found for a text is its publication: one arbiter with one order.

1. What cannot be is left out, with a doubt: later than the capture, the epoch, years away from all others, the moment of
   the capture where others speak of an earlier day.
2. The most trusted source (`SOURCES`) says which day is meant.
3. Among all candidates for that day the best known instant is taken: with a zone before without, a time before a day.
The time of collection never counts as a publication. How a date is read is `date_text.py`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from wirecopy.model import DateCandidate, DateRole, Doubt, Published
from wirecopy.normalise.date_text import ReadDate, read_date
from wirecopy.normalise.relative_text import read_relative

SOURCES: Final = ("wire", "json-ld", "meta", "microdata", "json-ld page", "feed", "time", "visible", "url", "dateline")
"""Most trusted first; a source not named here comes last. HTTP headers speak of the server and are never taken."""
STATED: Final = frozenset({"wire", "json-ld", "json-ld page", "meta", "microdata", "feed"})
"""Sources that state a date on purpose: one that cannot be read is a doubt. A page shows much that is none."""

_SHOWN: Final = frozenset({"time", "visible", "feed"})
"""Sources that a reader sees, which may count from when he does."""
_PRECISIONS: Final = ("second", "minute", "hour", "day", "month")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEAR_EPOCH: Final = timedelta(days=1.1)
_SLACK: Final = timedelta(hours=1)
"""Clocks of servers differ by that much."""
_SLACK_UNZONED: Final = timedelta(hours=15)
"""A local time or day without a zone may lie that far from where it seems to lie."""
_OF_CAPTURE: Final = timedelta(minutes=2)
_SAME_DAY: Final = timedelta(hours=36)
_FAR: Final = timedelta(days=365)
_TOGETHER: Final = timedelta(days=14)
_DATELINE_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Dates:
    """What the arbiter decided; the doubts of each date stand in it, those about left-out candidates here."""

    published: Published | None = None
    modified: Published | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    candidate: DateCandidate
    read: ReadDate
    trust: int

    @property
    def at(self) -> datetime:
        return self.read.at


def resolve_published(
    candidates: Sequence[DateCandidate],
    *,
    captured_at: datetime | None = None,
    zone: str | None = None,
    likely_zone: str | None = None,
    dateline_on: date | None = None,
    language: str | None = None,
) -> Dates:
    """Return when a text was published and last modified, as far as its candidates say so; never raises.

    `captured_at` (aware) bounds what is possible; `zone` (IANA) is the outlet's, taken for local times with a doubt;
    `likely_zone` stands in for want of any other, even of an offset that another date states; `dateline_on` is compared
    with the result. A text that states only when it was modified or created counts as published then, with the doubt
    `modified_only` or `created_only`.
    """
    doubts: list[Doubt] = []
    found = _read_all(candidates, zone, language, captured_at, doubts)
    found = found or _counted_back(candidates, zone or likely_zone, captured_at)
    if likely_zone and not zone:
        found = [one if one.read.zone else _read_in(one, likely_zone, language, captured_at) for one in found]
    possible = _possible(found, captured_at, doubts)
    published = _published(possible)
    modified = _pick([one for one in possible if one.candidate.role == "modified"])
    if published and modified and modified.at < published.at - _SLACK:
        doubts.append(Doubt("modified_before_published", modified.raw))
        modified = None
    if published and dateline_on and abs((published.on - dateline_on).days) > _DATELINE_DAYS:
        published = _doubting(published, Doubt("dateline_differs", dateline_on.isoformat()))
    return Dates(published, modified, tuple(doubts))


def _read_all(
    candidates: Sequence[DateCandidate],
    zone: str | None,
    language: str | None,
    captured_at: datetime | None,
    doubts: list[Doubt],
) -> list[_Found]:
    found = []
    before = captured_at.date() if captured_at else None
    for candidate in dict.fromkeys(candidates):
        if candidate.source == "http" or candidate.role in {"embargo", "expires"}:
            continue
        read = read_date(candidate.raw, zone=zone, language=language, before=before)
        if read is None and candidate.source in STATED:
            doubts.append(Doubt("date_unreadable", f"{candidate.source}: {candidate.raw[:80]}"))
        elif read is not None:
            found.append(_Found(candidate, read, _trust(candidate.source)))
    return found if zone else _with_neighbours_offset(found)


def _counted_back(candidates: Sequence[DateCandidate], zone: str | None, captured_at: datetime | None) -> list[_Found]:
    """Return dates that a page counts from the moment of its capture, where it states no other: `3 hours ago`."""
    if captured_at is None:
        return []
    now = captured_at.astimezone(ZoneInfo(zone)) if zone else captured_at
    shown = (one for one in dict.fromkeys(candidates) if one.source in _SHOWN and one.role in {"published", "modified"})
    read = ((one, read_relative(one.raw, now)) for one in shown)
    return [_Found(one, found, _trust(one.source)) for one, found in read if found]


def _trust(source: str) -> int:
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


def _with_neighbours_offset(found: list[_Found]) -> list[_Found]:
    """Give local times the offset that other dates of the same text state, where those agree on one."""
    stated = {one.read.zone: one.at.tzinfo for one in found if one.read.zone[:1] in {"+", "-"}}
    if len(stated) != 1:
        return found
    ((name, zone),) = stated.items()
    return [one if one.read.zoned or _is_day(one.read) else _moved(one, name, zone) for one in found]


def _moved(one: _Found, name: str, zone: tzinfo | None) -> _Found:
    """Return a local time under another offset; summer time may part the two, so that the doubt stays."""
    at = one.read.local.replace(tzinfo=zone)
    return replace(one, read=replace(one.read, at=at, zone=name, doubts=(Doubt("zone_assumed", name),)))


def _read_in(one: _Found, zone: str, language: str | None, captured_at: datetime | None) -> _Found:
    """Return a date of which no zone is known as read in the likely one."""
    before = captured_at.date() if captured_at else None
    read = read_date(one.candidate.raw, zone=zone, language=language, before=before)
    return replace(one, read=read) if read else one


def _is_day(read: ReadDate) -> bool:
    return read.precision in {"day", "month"}


# --- what cannot be ---


def _possible(found: list[_Found], captured_at: datetime | None, doubts: list[Doubt]) -> list[_Found]:
    kept = []
    for one in found:
        reason = _impossible(one, found, captured_at)
        if reason:
            doubts.append(Doubt(reason, f"{one.candidate.source}: {one.candidate.raw[:80]}"))
        else:
            kept.append(one)
    return kept


def _impossible(one: _Found, found: list[_Found], captured_at: datetime | None) -> str:
    if abs(one.at - _EPOCH) < _NEAR_EPOCH and not _agrees(one, found):
        return "date_epoch"
    if captured_at and one.at > captured_at + (_SLACK if one.read.zoned else _SLACK_UNZONED):
        return "date_after_capture"
    if captured_at and _of_the_capture(one, found, captured_at):
        return "date_of_capture"
    return "date_outlier" if _is_outlier(one, found) else ""


def _agrees(one: _Found, found: list[_Found]) -> bool:
    return any(other.candidate.source != one.candidate.source and abs(other.at - one.at) < _SAME_DAY for other in found)


def _of_the_capture(one: _Found, found: list[_Found], captured_at: datetime) -> bool:
    """Tell a date that the server made up when asked: the very moment of the capture, while others know an earlier day."""
    if one.candidate.role != "published" or abs(one.at - captured_at) > _OF_CAPTURE or _is_day(one.read):
        return False
    return any(other.candidate.role == "published" and other.at < captured_at - _SAME_DAY for other in found)


def _is_outlier(one: _Found, found: list[_Found]) -> bool:
    """Tell a date that lies years from all others, while at least two of those agree."""
    if one.candidate.role == "modified":
        return False  # a text may be touched again years later
    others = [other for other in found if other is not one and other.candidate.role != "modified"]
    if len(others) < 2 or any(abs(other.at - one.at) <= _FAR for other in others):
        return False
    return any(abs(a.at - b.at) <= _TOGETHER for at, a in enumerate(others) for b in others[at + 1 :])


# --- what is taken ---


def _published(possible: list[_Found]) -> Published | None:
    roles: tuple[tuple[DateRole, str], ...] = (
        ("published", ""),
        ("created", "created_only"),
        ("modified", "modified_only"),
    )
    for role, doubt in roles:
        chosen = _pick([one for one in possible if one.candidate.role == role])
        if chosen:
            return _doubting(chosen, Doubt(doubt)) if doubt else chosen
    return None


def _pick(found: Sequence[_Found]) -> Published | None:
    """Return the best known instant of the day that the most trusted candidate names."""
    if len(found) < 2:
        return _as_published(found[0]) if found else None
    anchor = min(found, key=lambda one: (one.read.precision == "month", one.trust))
    same = [one for one in found if _same_day(one.read, anchor.read)]
    best = min(same, key=_rank)
    published = _as_published(best)
    differing = [one for one in found if one not in same and one.candidate.role == best.candidate.role]
    if differing:
        published = _doubting(
            published, Doubt("dates_differ", f"{differing[0].candidate.source}: {differing[0].candidate.raw[:80]}")
        )
    return published


def _same_day(read: ReadDate, anchor: ReadDate) -> bool:
    if _is_day(read) or _is_day(anchor):
        return abs((read.on - anchor.on).days) <= 1
    return abs(read.at - anchor.at) <= _SAME_DAY


def _rank(one: _Found) -> tuple[int, int, int]:
    timed = not _is_day(one.read)
    known = 0 if timed and one.read.zoned else 1 if timed else 2
    return known, one.trust, _PRECISIONS.index(one.read.precision)


def _as_published(one: _Found) -> Published:
    return Published(
        at=one.at,
        on=one.read.on,
        precision=one.read.precision,
        source=one.candidate.source,
        raw=one.candidate.raw,
        zone=one.read.zone,
        doubts=one.read.doubts,
    )


def _doubting(published: Published, doubt: Doubt) -> Published:
    return replace(published, doubts=(*published.doubts, doubt))
