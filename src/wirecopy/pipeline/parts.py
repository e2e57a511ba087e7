"""Parts of a backfill's units: what a worker is handed, in what batches, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wirecopy.archive import Unit
from wirecopy.errors import ContentError
from wirecopy.model import Arrival, SetAside
from wirecopy.pipeline.choice import Choice
from wirecopy.pipeline.work import Made, PageJob, WireJob, make

PAGES_A_JOB = 8
Job = PageJob | WireJob | SetAside


@dataclass(frozen=True, slots=True)
class Part:
    """What a worker is handed: a job, the unit that it is part of, and what of it is wanted."""

    unit: Unit
    job: Job
    choice: Choice


@dataclass(frozen=True, slots=True)
class Given:
    """What a part of a unit gave, and how many items of it were not wanted."""

    made: tuple[Made, ...]
    left_out: int = 0


def make_part(part: Part) -> Given:
    """Return what a part of a unit gives; what cannot be used is a `SetAside`."""
    try:
        made = make(part.job)
    except ContentError as err:
        return Given((unusable(part, err),))
    wanted = tuple(one for one in made if not isinstance(one, Arrival) or part.choice.takes(one))
    return Given(wanted, len(made) - len(wanted))


def unusable(part: Part, err: ContentError) -> SetAside:
    """Return a part that gives nothing, as it is set aside."""
    if not isinstance(part.job, PageJob):
        subject = part.job.origin.address or part.unit.address
        return SetAside(stage="formats", reason=err.reason, detail=err.message, subject=subject, origin=part.job.origin)
    page = part.job.page
    subject = page.final_url or part.unit.address
    return SetAside(
        stage="extract", reason=err.reason, detail=err.message, subject=subject, at=page.fetched_at, origin=page.origin
    )


def offset(job: Job) -> int:
    """Return where in its unit a part stands."""
    origin = job.page.origin if isinstance(job, PageJob) else job.origin
    return origin.offset or 0


def batches(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield parts in batches: pages by the dozen, a wire file by itself."""
    batch: list[Part] = []
    for part in parts:
        batch.append(part)
        if len(batch) >= PAGES_A_JOB or isinstance(part.job, WireJob):
            yield batch
            batch = []
    if batch:
        yield batch


def weight(batch: Sequence[Part]) -> int:
    """Return the bytes that a batch holds."""
    return sum(_bytes(part.job) for part in batch)


def _bytes(job: Job) -> int:
    if isinstance(job, PageJob):
        return len(job.page.body)
    return len(job.data) if isinstance(job, WireJob) else 0
