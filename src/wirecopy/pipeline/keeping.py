"""What archives hold, kept among our own captures, so that a replay needs no archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from wirecopy.fetch.capture import CaptureWriter
from wirecopy.model import Arrival, Capture, PageRecord, SetAside
from wirecopy.pipeline.about import About, Archived
from wirecopy.pipeline.work import Made, PageJob, WireJob


@dataclass(slots=True)
class Keeping:
    """Writes each payload that led to something, or was set aside, into a capture file; `take` gives its rows of raw.page."""

    writer: CaptureWriter
    _pages: list[PageRecord] = field(default_factory=list)

    def kept(self, job: PageJob | WireJob, made: Iterable[Made]) -> tuple[Made, ...]:
        """Write the payload of a job and return what it made as made of that capture; what was not wanted keeps nothing."""
        found = tuple(made)
        if not found:
            return found
        capture = self._page(job) if isinstance(job, PageJob) else self._wire(job)
        return tuple(_of(one, capture) for one in found)

    def take(self) -> Iterator[PageRecord]:
        """Return the rows of what was written since the last call, all of it on the disk."""
        self.writer.sync()
        pages, self._pages = self._pages, []
        return iter(pages)

    def _page(self, job: PageJob) -> Capture:
        page = job.page
        said = Archived(origin=page.origin, dated=page.fetched_at is not None)
        capture = self.writer.write(page, "page", About(archived=said).to_fields())
        self._pages.append(PageRecord.of("page", page, capture))
        return capture

    def _wire(self, job: WireJob) -> Capture:
        said = Archived(
            origin=job.origin, dated=False, name=job.name, format=job.format, mapping=job.mapping, before=job.before
        )
        return self.writer.write_resource(_uri(job), job.data, about=About(archived=said).to_fields())


def _uri(job: WireJob) -> str:
    address = job.origin.address or job.name
    return address if "://" in address else f"file://{address}"


def _of(made: Made, capture: Capture) -> Made:
    if isinstance(made, SetAside):
        return replace(made, capture=capture)
    return replace(made, sighting=replace(made.sighting, capture=capture)) if isinstance(made, Arrival) else made
