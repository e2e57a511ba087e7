"""Where the units of a backfill come from: here, elsewhere, Common Crawl's news, a web archive; and how each is opened."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from wirecopy.archive import Opened, Unit, find_units, open_local
from wirecopy.errors import SourceUnavailable
from wirecopy.fetch.remote import Remote, RemoteFile, is_remote
from wirecopy.fetch.wayback import Wayback
from wirecopy.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backfill is asked to read."""

    sources: Sequence[str] = ()
    """Files, folders, globs, http(s) and s3 addresses."""
    cc_news: tuple[date, date] | None = None
    """First and last day of Common Crawl's news files."""
    wayback: str | None = None
    """Address pattern to ask a web archive for, as `example.org/news/*`."""
    captured: tuple[date, date] = (date(1996, 1, 1), date(9999, 12, 31))
    """First and last day of the captures asked for."""


class Sources:
    """Finds and opens units; use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._remote = Remote(settings)
        self._wayback: Wayback | None = None
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        """Return the sources; what needs a session opens it when it is asked."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""
        self._opened.close()

    def units(self, wanted: Wanted) -> Iterator[Unit]:
        """Yield all units; raises `SettingsError` for a source that names nothing, `SourceError` where one cannot be had."""
        yield from find_units(source for source in wanted.sources if not is_remote(source))
        for source in filter(is_remote, wanted.sources):
            yield from map(_unit, self._remote.files(source))
        if wanted.cc_news:
            yield from self._crawls(*wanted.cc_news)
        if wanted.wayback:
            yield from self._captures(wanted.wayback, *wanted.captured)

    def _crawls(self, first: date, last: date) -> Iterator[Unit]:
        """Yield Common Crawl's files of some days; a month of several that it does not list is a unit with a problem."""
        months = list(_months(first, last))
        for month in months:
            try:
                crawls = list(self._remote.listed_crawls(month, first, last))
            except SourceUnavailable as err:
                if err.outcome != "not found" or len(months) == 1:
                    raise
                mark = hashlib.sha256(err.subject.encode()).hexdigest()[:32]
                yield Unit(address=err.subject, size=0, mark=mark, problem=("not found", err.message))
                continue
            for url in crawls:
                yield from map(_unit, self._remote.files(url))

    def _captures(self, pattern: str, first: date, last: date) -> Iterator[Unit]:
        if self._wayback is None:
            self._wayback = self._opened.enter_context(Wayback(self._settings))
        for one in self._wayback.captures(pattern, first, last):
            yield Unit(address=one.address, size=one.size, mark=one.mark, url=one.url, seen_at=one.seen_at)

    def open(self, address: str) -> Opened:
        """Open a unit; raises `SourceError` for one that cannot be had, or not now: a file may have been taken away."""
        if self._wayback and self._wayback.has(address):
            held = self._wayback.open(address)
            return Opened(io.BytesIO(held.body), held.url, held.seen_at)
        if is_remote(address):
            return Opened(self._remote.open(address))
        try:
            return open_local(address)
        except OSError as err:
            raise SourceUnavailable(err.strerror or str(err), outcome="failed", subject=address) from err


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _unit(file: RemoteFile) -> Unit:
    return Unit(address=file.url, size=file.size, mark=file.mark)


def is_own(unit: Unit, settings: Settings) -> bool:
    """Return whether a file is part of this very warehouse, which may lie in the folder that is read."""
    path, warehouse = Path(unit.address), settings.warehouse.resolve()
    return path in {warehouse, warehouse.with_name(warehouse.name + ".wal")} or path.is_relative_to(
        settings.data_dir.resolve()
    )
