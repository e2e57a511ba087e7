"""Replay: captures -> the rows derived from them, under today's rules; no network, no revision made by a rule."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from wirecopy.errors import ContentError, WarehouseError
from wirecopy.fetch.capture import Captured, capture_files, iter_captures, read_capture
from wirecopy.fetch.payload import content_hash
from wirecopy.model import (
    Arrival,
    Capture,
    FeedContent,
    FeedEntry,
    Notice,
    Origin,
    Outcome,
    PageRecord,
    SetAside,
)
from wirecopy.normalise.entry import notice_of_entry
from wirecopy.normalise.recognise import identified, own_name, recognise
from wirecopy.parse import read_feed
from wirecopy.pipeline.about import About, Archived, read_about
from wirecopy.pipeline.feedread import needs_of, unreadable
from wirecopy.pipeline.landing import Lander, utc_now
from wirecopy.pipeline.pool import Pool
from wirecopy.pipeline.report import Progress, RunReport, SourceLine
from wirecopy.pipeline.work import EntryJob, Made, PageJob, WireJob, make
from wirecopy.settings import Settings

PAGES_A_JOB = 8
LAND_ITEMS = 2_000
Watch = Callable[[Progress], None]


def replay(settings: Settings, *, dry_run: bool = False, progress: Watch | None = None) -> RunReport:
    """Rewrite the rows derived from all captures; with `dry_run` in a copy, so that only the changes are shown.

    On an empty warehouse it builds the same rows that the captures gave when they were new.
    """
    if not capture_files(settings.captures_dir):
        raise WarehouseError(
            "there are no captures",
            subject=str(settings.captures_dir),
            remedy="poll first; archives are read again by backfill --again",
        )
    if not dry_run:
        return _replay(settings, settings, progress)
    with tempfile.TemporaryDirectory() as folder:
        copy = replace(settings, warehouse=Path(folder) / settings.warehouse.name)
        if settings.warehouse.exists():
            shutil.copy(settings.warehouse, copy.warehouse)
        return _replay(settings, copy, progress, rows=True)


@dataclass(frozen=True, slots=True)
class _Captured:
    """A capture to be read again: the job for a worker, and the row of raw.page that it had."""

    job: PageJob | EntryJob | WireJob | Notice | SetAside | None
    """None for a feed of which only the row of raw.page is made again."""
    subject: str
    capture: Capture
    record: PageRecord | None = None


def make_captured(captured: _Captured) -> tuple[Made, ...]:
    """Return what a capture gives, in a worker; what it does not give any more is a `SetAside`.

    A page without an article gives nothing where the feed has the text: that was taken, and is a capture of its own.
    """
    try:
        return make(captured.job) if captured.job else ()
    except ContentError as err:
        entry = captured.job.entry if isinstance(captured.job, PageJob) else None
        if entry and needs_of(entry) == "nothing":
            return ()
        at = captured.record.seen_at if captured.record else None
        return (
            SetAside(
                stage="formats" if isinstance(captured.job, WireJob) else "extract",
                reason=err.reason,
                detail=err.message,
                subject=captured.subject,
                at=at,
                capture=captured.capture,
                origin=_origin(captured.job),
            ),
        )


def _origin(job: object) -> Origin:
    if isinstance(job, PageJob):
        return job.page.origin
    return job.origin if isinstance(job, WireJob) else Origin()


def _replay(source: Settings, target: Settings, progress: Watch | None, *, rows: bool = False) -> RunReport:
    began, since = time.monotonic(), utc_now()
    lander = Lander(target, clock=utc_now, patient=True)
    counts: Counter[Outcome] = Counter()
    with Pool(source.worker_count, seconds=source.page_seconds) as pool:
        for landed in land_captures(source, lander, pool):
            counts.update(landed)
            if progress:
                done = sum(counts.values())
                progress(
                    Progress(done=done, total=0, stories=done, seconds=time.monotonic() - began, outcomes=dict(counts))
                )
    lander.settle()
    line = SourceLine(subject=str(source.captures_dir), outcomes=counts)
    return RunReport(
        kind="replay",
        lines=(line,),
        seconds=time.monotonic() - began,
        notes=lander.replay_changes(since),
        changed=lander.replayed_rows(since) if rows else (),
    )


def land_captures(
    settings: Settings, lander: Lander, pool: Pool, files: Iterable[Path] | None = None
) -> Iterator[list[Outcome]]:
    """Land what captures (all of them, or those in some files) hold, batch by batch; yield the outcomes of each."""
    results = pool.stream(make_captured, _batches(_Reader(settings.captures_dir, lander, files).jobs()))
    while held := list(islice(results, LAND_ITEMS)):
        yield list(_land(lander, held))


def _batches(jobs: Iterable[_Captured]) -> Iterator[list[_Captured]]:
    held = iter(jobs)
    while batch := list(islice(held, PAGES_A_JOB)):
        yield batch


def _land(lander: Lander, held: list[tuple[_Captured, Any]]) -> Iterator[Outcome]:
    """Land some results; yield an outcome for each."""
    made = [one for captured, result in held for one in _usable(captured, result)]
    arrivals = [one for one in made if isinstance(one, Arrival)]
    notices = [one for one in made if isinstance(one, Notice)]
    aside = [one for one in made if isinstance(one, SetAside)]
    pages = [captured.record for captured, _ in held if captured.record]
    yield from lander.land(arrivals, notices=notices, set_aside=aside, pages=pages)
    yield from (Outcome.NOTICE for _ in notices)
    yield from (Outcome.SET_ASIDE for _ in aside)


def _usable(captured: _Captured, result: Any) -> tuple[Made, ...]:
    """Return a worker's result; a capture that killed its worker is a `SetAside`."""
    if isinstance(result, ContentError):
        return (
            SetAside(
                stage="extract",
                reason=result.reason,
                detail=result.message,
                subject=captured.subject,
                capture=captured.capture,
            ),
        )
    return tuple(result)


class _Reader:
    """Reads captures in the order written; entries of feeds are looked up in the capture of their feed.

    Of some files only, feeds give no entries: what was known when they were read is the state's to tell.
    """

    def __init__(self, folder: Path, lander: Lander, files: Iterable[Path] | None = None) -> None:
        self._folder = folder
        self._files = files
        self._boilerplate = lander.boilerplate
        self._known: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._contents = lru_cache(maxsize=512)(self._read_content)
        self._names = lru_cache(maxsize=512)(self._read_names)

    def jobs(self) -> Iterator[_Captured]:
        """Yield the jobs of all captures."""
        for captured in iter_captures(self._folder, self._files):
            about = read_about(captured.about)
            if captured.kind == "feed":
                yield from self._of_feed(captured, about)
            elif about.archived:
                yield self._of_archive(captured, about.archived)
            elif captured.kind == "page":
                yield self._of_page(captured, about)
            elif about.entry:
                yield from self._of_entry(about, self._entry(about), about.feed_capture)

    def _of_page(self, captured: Captured, about: About) -> _Captured:
        job = PageJob(
            page=captured.page,
            feed=about.feed,
            entry=self._entry(about),
            capture=captured.capture,
            boilerplate=self._boilerplate,
        )
        return _Captured(job, captured.page.final_url, captured.capture, _record(captured))

    def _of_archive(self, captured: Captured, said: Archived) -> _Captured:
        """Return the job of a page or wire file that came out of an archive."""
        page = replace(captured.page, origin=said.origin, fetched_at=captured.page.fetched_at if said.dated else None)
        if captured.kind == "page":
            job = PageJob(page=page, capture=captured.capture, boilerplate=self._boilerplate)
            return _Captured(job, page.final_url, captured.capture, PageRecord.of("page", page, captured.capture))
        wire = WireJob(
            data=page.body,
            name=said.name,
            origin=said.origin,
            format=said.format,
            mapping=said.mapping,
            before=said.before,
            capture=captured.capture,
            boilerplate=self._boilerplate,
        )
        return _Captured(wire, said.origin.address or said.name, captured.capture)

    def _of_feed(self, captured: Captured, about: About) -> Iterator[_Captured]:
        """Yield what a feed gave when it was new: its notices and, where its entries land from it, those."""
        content = self._contents(captured.capture)
        if isinstance(content, ContentError):
            aside = unreadable(content, about.feed.url if about.feed else captured.page.requested_url, captured.capture)
            yield _Captured(aside, aside.subject, captured.capture, _record(captured))
            return
        yield _Captured(None, captured.page.final_url, captured.capture, _record(captured))
        if self._files is not None:
            return
        known = self._known[about.feed.url if about.feed else captured.page.requested_url]
        read = recognise(content.entries, known)
        known |= read.fresh
        for name in read.fresh:
            entry = read.entries[name]
            agency = about.feed.agency if about.feed else None
            notice = notice_of_entry(entry, agency=agency, at=captured.page.fetched_at)
            if notice:
                yield _Captured(notice, entry.link or entry.feed_url, captured.capture)
            elif about.whole and needs_of(entry) == "nothing":
                yield from self._of_entry(about, entry, captured.capture)

    def _of_entry(self, about: About, entry: FeedEntry | None, feed_capture: Capture | None) -> Iterator[_Captured]:
        if entry is None or feed_capture is None:
            return
        page = read_capture(self._folder, feed_capture)
        if page.fetched_at is not None:
            capture = replace(feed_capture, content_hash=content_hash(page.body))
            job = EntryJob(
                entry=entry, seen_at=page.fetched_at, feed=about.feed, capture=capture, boilerplate=self._boilerplate
            )
            yield _Captured(job, entry.link or entry.feed_url, capture)

    def _entry(self, about: About) -> FeedEntry | None:
        """Return the entry that a page was fetched for, None where its feed was unreadable when it was new, too."""
        return self._names(about.feed_capture).get(about.entry) if about.feed_capture else None

    def _read_names(self, capture: Capture) -> dict[str, FeedEntry]:
        content = self._contents(capture)
        if isinstance(content, ContentError):
            return {}
        found = identified(content.entries)
        longer = {f"{own_name(entry)} {entry.link}": entry for entry in found.values()}
        return {" ".join(name.split()): entry for name, entry in (longer | found).items()}

    def _read_content(self, capture: Capture) -> FeedContent | ContentError:
        try:
            return read_feed(read_capture(self._folder, capture))
        except ContentError as err:
            return err


def _record(captured: Captured) -> PageRecord:
    return PageRecord.of(captured.kind, captured.page, captured.capture)
