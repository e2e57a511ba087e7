"""Pages -> WARC files -> pages: nothing that led to an item is only in memory.

Each process writes files of its own, `….warc.gz.open`, a new one when one is full or the day ends, which it holds by
locks; they are renamed when it ends well. What kill -9 leaves behind is cut back to its last whole record.
"""

from __future__ import annotations

import fcntl
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from wirecopy.errors import MarkupUnreadable
from wirecopy.fetch.payload import content_hash
from wirecopy.fetch.records import file_info, metadata, page_records, resource, revisit_records
from wirecopy.fetch.warc import Fields, Record, read_http_head, read_record, read_records, record_id
from wirecopy.model import Capture, Page

OPEN = ".open"
PAYLOADS = frozenset({"response", "revisit", "resource"})
MAX_FILE = 512 * 1024 * 1024
"""Bytes after which a file is full."""
REMEMBERED = 50_000
"""Payloads of this process that a revisit record can point to."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One page in a capture file, with what was said about it when it was written."""

    capture: Capture
    kind: str
    page: Page
    about: Mapping[str, str]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class CaptureWriter:
    """Appends pages to this process's capture file; use as a context manager, or call `close`."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = _utc_now,
        *,
        max_file: int = MAX_FILE,
        agent: str = "wirecopy",
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._max_file = max_file
        self._agent = agent
        self._file: BinaryIO | None = None
        self._full: list[tuple[BinaryIO, str]] = []
        self._name = ""
        self._day: date | None = None
        self._offset = 0
        self._written: OrderedDict[tuple[str, str], tuple[Capture, datetime]] = OrderedDict()

    def __enter__(self) -> Self:
        """Return the writer; the file is made with the first page."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; after an error it stays an orphan, whose pages the next run lands."""
        if error is None:
            self.close()
            return
        self._put_by()
        for file, _ in self._full:
            file.close()
        self._full.clear()

    def write(self, page: Page, kind: str, about: Mapping[str, str] | None = None, *, hashed: str = "") -> Capture:
        """Append a page and return where it stands; durable after the next `sync`.

        `kind` is what was asked for (`feed`, `page`); `about` names the feed capture, entry and agency that led
        there; `hashed` is the payload's `content_hash`, where it is known. A payload that this process already wrote
        for the same address becomes a revisit record.
        Raises `OSError` if the disk does not take it.
        """
        at = page.fetched_at or self._clock()
        key = (page.final_url, hashed or content_hash(page.body))
        earlier = self._written.get(key)
        if earlier:
            return self._put(revisit_records(page, kind, about or {}, at, self._agent, earlier), key[1])
        capture = self._put(page_records(page, kind, about or {}, at, self._agent), key[1])
        self._remember(key, capture, at)
        return capture

    def write_unchanged(self, page: Page, kind: str) -> None:
        """Note, without its payload, that a page was fetched and held what an earlier run captured."""
        at = page.fetched_at or self._clock()
        self._put(revisit_records(page, kind, {}, at, self._agent, None), "")

    def _put(self, records: list[bytes], hashed: str) -> Capture:
        """Append records and return where the last one stands."""
        file = self._ready()
        capture = Capture(self._name, self._offset + sum(map(len, records[:-1])), hashed)
        self._append(file, b"".join(records))
        file.flush()  # a killed process takes along what is in its memory only
        return capture

    def write_resource(
        self,
        uri: str,
        data: bytes,
        *,
        media_type: str = "",
        at: datetime | None = None,
        about: Mapping[str, str] | None = None,
    ) -> Capture:
        """Append a file or mail that came without HTTP, and return where it stands."""
        moment = at or self._clock()
        name = record_id()
        said = metadata("resource", about or {}, name, uri, moment)
        return self._put([said, resource(uri, data, name, moment, media_type)], content_hash(data))

    def wrote(self, capture: Capture) -> bool:
        """Tell whether a capture is one of this writer's, not of an earlier run."""
        return any(capture.file == name for name in (self._name, *(name for _, name in self._full)))

    def sync(self) -> None:
        """Return when everything written so far is on the disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Finish all files under their final names."""
        self._put_by()
        if not self._full:
            return
        for file, name in self._full:
            os.rename(self._folder / (name + OPEN), self._folder / name)  # noqa: PTH104 - beside fsync of the folder
            file.close()
        self._full.clear()
        _sync_folder(self._folder)

    def _put_by(self) -> None:
        """Leave the file as it is until all are finished: what it holds may not have landed yet."""
        if self._file is not None:
            self.sync()
            self._full.append((self._file, self._name))
            self._file = None

    # --- files ---

    def _ready(self) -> BinaryIO:
        today = self._clock().date()
        if self._file is not None and (self._offset >= self._max_file or self._day != today):
            self._put_by()
        if self._file is None:
            self._file = self._open()
            self._day = today
            self._offset = 0
            self._append(self._file, file_info(self._name, self._clock(), self._agent))
        return self._file

    def _open(self) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = self._clock().strftime("%Y%m%d%H%M%S%f")
        for serial in range(10_000):
            self._name = f"wirecopy-{stamp}-{os.getpid()}-{serial:04}.warc.gz"
            path = self._folder / (self._name + OPEN)
            if (self._folder / self._name).exists():
                continue
            try:
                file = path.open("xb", buffering=1 << 20)
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (FileExistsError, BlockingIOError):
                continue
            if path.exists():  # not taken for an orphan, and removed, before it was locked
                return file
        raise FileExistsError(self._name)

    def _append(self, file: BinaryIO, data: bytes) -> None:
        file.write(data)
        self._offset += len(data)

    def _remember(self, key: tuple[str, str], capture: Capture, at: datetime) -> None:
        self._written[key] = (capture, at)
        if len(self._written) > REMEMBERED:
            self._written.popitem(last=False)


# --- reading ---


def read_capture(folder: Path, capture: Capture) -> Page:
    """Return the page that a capture points to, equal to the one that was written.

    Raises `MarkupUnreadable` (`broken capture`) if it is not there any more or not whole.
    """
    return _page(folder, _record_at(folder, capture))


def _record_at(folder: Path, capture: Capture) -> Record:
    for name in (capture.file, capture.file + OPEN):
        try:
            with (folder / name).open("rb") as file:
                record = read_record(file, capture.offset)
        except FileNotFoundError:
            continue
        if record is not None:
            return record
    raise MarkupUnreadable("the capture is gone", reason="broken capture", subject=f"{capture.file}@{capture.offset}")


def _page(folder: Path, record: Record) -> Page:
    url = record.field("warc-target-uri")
    at = datetime.strptime(record.field("warc-date"), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if record.field("warc-type") == "resource":
        headers: Fields = (("Content-Type", record.field("content-type")),)
        return Page(requested_url=url, final_url=url, body=record.block, headers=headers, fetched_at=at)
    status, headers, body = read_http_head(record.block)
    if record.field("warc-type") == "revisit":
        file, offset = record.field("warc-refers-to-filename"), record.field("warc-refers-to-file-offset")
        body = read_capture(folder, Capture(file, int(offset))).body
    requested = record.field("wirecopy-requested-uri") or url
    return Page(requested_url=requested, final_url=url, body=body, status=status, headers=headers, fetched_at=at)


def capture_files(folder: Path) -> list[Path]:
    """Return the capture files of a folder, oldest first, those still being written included."""
    return sorted([*folder.glob("*.warc.gz"), *folder.glob("*.warc.gz" + OPEN)], key=lambda path: path.name)


def iter_captures(folder: Path, files: Iterable[Path] | None = None) -> Iterator[Captured]:
    """Yield every page of a folder's captures (or of some of its files) in the order written.

    What is not whole at a file's end is left out.
    """
    for path in capture_files(folder) if files is None else files:
        with path.open("rb") as file:
            yield from _captured(folder, path, file)


def _captured(folder: Path, path: Path, file: BinaryIO) -> Iterator[Captured]:
    about: dict[str, str] = {}
    for record in _whole_records(file):
        kind = record.field("warc-type")
        if kind == "metadata":
            lines = record.block.decode("utf-8").splitlines()
            about = {name: value for name, _, value in (line.partition(": ") for line in lines)}
        elif kind in PAYLOADS and (kind != "revisit" or record.field("warc-refers-to-filename")):
            page = _page(folder, record)
            capture = Capture(path.name.removesuffix(OPEN), record.offset, content_hash(page.body))
            yield Captured(capture, about.pop("kind", ""), page, about)
            about = {}


def _whole_records(file: BinaryIO) -> Iterator[Record]:
    records = read_records(file)
    while True:
        try:
            record = next(records, None)
        except MarkupUnreadable:
            return
        if record is None:
            return
        yield record


# --- after a crash ---


def recover(folder: Path) -> list[Path]:
    """Cut every orphaned file back to its last whole record and return those files, to be finished once they have landed.

    A file that a living process still holds is left alone. One that holds no page at all is removed.
    """
    found = (_recover(path) for path in sorted(folder.glob("*.warc.gz" + OPEN)))
    return [path for path in found if path is not None]


def _recover(path: Path) -> Path | None:
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        end, pages = 0, 0
        for record in _whole_records(file):
            end = record.offset + record.length
            pages += record.field("warc-type") in PAYLOADS
        if not pages:
            path.unlink()
            return None
        file.truncate(end)
        os.fsync(file.fileno())
    return path


def finish(files: Iterable[Path]) -> None:
    """Give files that were recovered their final names."""
    for path in files:
        path.rename(path.with_name(path.name.removesuffix(OPEN)))
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
