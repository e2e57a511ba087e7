"""What people ask a backfill for, in the words of commands and flow parameters -> what to read and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wirecopy.errors import SettingsError
from wirecopy.formats import FORMATS
from wirecopy.formats.assemble import language_tag
from wirecopy.formats.columns import match_columns
from wirecopy.pipeline.choice import Choice, Reading
from wirecopy.pipeline.sources import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of a backfill as they are written; days are `2025-06-26`. What is empty or None asks for everything."""

    cc_news: str | None = None
    """Common Crawl's news of these days, `2024-05-01..2024-05-03`."""
    wayback: str | None = None
    """A web archive's captures of these addresses, `example.org/news/*`."""
    first: str | None = None
    """First day of those captures."""
    last: str | None = None
    format: str | None = None
    """Read wire files as this format instead of sniffing it."""
    maps: Sequence[str] = ()
    """`column=field`: which field a dump's column fills."""
    outlets: Sequence[str] = ()
    languages: Sequence[str] = ()
    urls: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    crawled_since: str | None = None
    crawled_until: str | None = None

    def wanted(self, sources: Sequence[str] | None) -> Wanted:
        """Return what to read; raises `SettingsError` for a wrong day, and where nothing is named."""
        if not (sources or self.cc_news or self.wayback):
            raise SettingsError("nothing to read is named", remedy="name files, or use --cc-news or --wayback")
        if "" in (sources or ()):
            raise SettingsError("an empty name names nothing", remedy="name a file, a folder or a glob")
        first, last = _span(self.first, self.last, "--from", "--to")
        if (first or last) and not self.wayback:
            raise SettingsError("--from and --to are days of --wayback", remedy="use --since, or --crawled-since")
        return Wanted(
            sources=sources or (),
            cc_news=_days(self.cc_news) if self.cc_news else None,
            wayback=self.wayback,
            captured=(first or date(1996, 1, 1), last or date(9999, 12, 31)),
        )

    def folders(self, sources: Sequence[str] | None) -> Sequence[str]:
        """Return the folders to watch; raises `SettingsError` where none is named, or more than folders."""
        if not sources or self.cc_news or self.wayback or self.first or self.last:
            raise SettingsError("--watch takes folders, and nothing else to read", remedy="name folders to watch")
        return sources

    def reading(self) -> Reading:
        """Return how to read, and what of it to take; raises `SettingsError` for an option that means nothing."""
        if self.format and self.format not in FORMATS:
            raise SettingsError(
                f"there is no format {self.format!r}", subject="--format", remedy="one of " + ", ".join(FORMATS)
            )
        mapping = tuple(map(_pair, self.maps))
        match_columns((), dict(mapping))
        since, until = _span(self.since, self.until, "--since", "--until")
        crawled = _span(self.crawled_since, self.crawled_until, "--crawled-since", "--crawled-until")
        choice = Choice(
            outlets=tuple(self.outlets),
            languages=tuple(map(_language, self.languages)),
            urls=tuple(self.urls),
            since=since,
            until=until,
            crawled_since=crawled[0],
            crawled_until=crawled[1],
        )
        return Reading(format=self.format, mapping=mapping, choice=choice)


def _span(first: str | None, last: str | None, opens: str, closes: str) -> tuple[date | None, date | None]:
    """Return two days that options name, each None where it is not given."""
    begin = None if first is None else _date(first, opens)
    end = None if last is None else _date(last, closes)
    if begin and end:
        _check_order(begin, end, closes)
    return begin, end


def _check_order(begin: date, end: date, option: str) -> None:
    if end < begin:
        raise SettingsError(f"{end} is before {begin}", subject=option, remedy="give the earlier day first")


def _date(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise SettingsError(f"{text!r} is no date", subject=option, remedy="write it as 2025-06-26") from err


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    begin = _date(first, "--cc-news")
    end = _date(last, "--cc-news") if last else begin
    _check_order(begin, end, "--cc-news")
    return begin, end


def _language(text: str) -> str:
    code = language_tag(text)
    if code is None:
        raise SettingsError(f"{text!r} is no language", subject="--language", remedy="write two letters, as de")
    return code


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.partition("=")
    if not (column and equals and field):
        raise SettingsError(f"{text!r} is no mapping", subject="--map", remedy="write it as column=field")
    return column.strip(), field.strip()
