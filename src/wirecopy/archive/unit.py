"""What a backfill is made of: units, each one file, found in the folders, globs and addresses that a user names."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wirecopy.archive.manifest import MANIFEST, About, Manifest, about, parse_manifest
from wirecopy.errors import ContentError, SettingsError
from wirecopy.model import Origin, Page, SetAside

_WHOLE = 16_000_000
"""Bytes up to which a file is known by all its content."""
_SAMPLE, _SAMPLES = 65_536, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One file of an archive: the slice of a backfill that is done, or done again, whole."""

    address: str
    size: int
    mark: str
    """Hash of the content and what the manifest says, of a large file of its size and of samples all over it: the same
    on any machine, another when the file changed."""
    url: str | None = None
    seen_at: datetime | None = None
    problem: tuple[str, str] | None = None
    """Reason code and detail of why it cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open unit; `url` and `seen_at` where it turned out to be another page than was listed. A context manager."""

    file: IO[bytes]
    url: str | None = None
    seen_at: datetime | None = None

    def __enter__(self) -> Self:
        """Return the open unit."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFile:
    """The bytes of a wire file, or of a slice of one, on their way to `formats`."""

    name: str
    data: bytes
    origin: Origin
    before: int = 0
    """Lines of the file that stand before a slice of it."""


Found = Page | WireFile | SetAside


def find_units(sources: Iterable[str]) -> Iterator[Unit]:
    """Yield the units of files, folders and globs, in sorted order, each content once: a second copy of a file is none.

    Raises `SettingsError` for a source that names nothing.
    """
    seen: set[str] = set()
    for source in sources:
        for unit in _units(source):
            if unit.mark not in seen:
                seen.add(unit.mark)
                yield unit


def _units(source: str) -> Iterator[Unit]:
    """Yield the units of one source; a folder without any is one that has a problem."""
    empty = True
    for path in _files(source):
        empty = False
        yield unit_of(path)
    if empty:
        yield _unreadable(
            os.path.realpath(Path(source).expanduser()), "nothing in it", "the folder holds no file to read"
        )


def _files(source: str) -> Iterator[Path]:
    path = Path(source).expanduser()
    if path.is_dir():
        yield from folder_files(path)
    elif path.is_file():
        yield path
    else:
        found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not found and "://" in source:
            raise SettingsError("such addresses are not read", subject=source, remedy="http, https and s3 are")
        if not found:
            raise SettingsError("no such file or folder", subject=source, remedy="name a file, a folder or a glob")
        for name in found:
            yield from _files(name)


def folder_files(folder: Path, *, above: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Walk a folder; where a manifest lists the captured pages, the other files are none.

    Of a folder whose manifest cannot be read only the manifest is told: its pages would have no address. A link to a
    folder `above` is not followed; a folder that may not be read is yielded itself, one that has just gone is not.
    """
    above |= {os.path.realpath(folder)}
    manifest = folder / MANIFEST
    try:
        listed = set(_manifest(manifest)) if manifest.is_file() else None
    except (ContentError, PermissionError):
        listed = {MANIFEST}
    try:
        held = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    for path in held:
        if path.name.startswith(".") or path.name.endswith(".open"):
            continue
        if _is_folder(path):
            if os.path.realpath(path) not in above:
                yield from folder_files(path, above=above)
        elif listed is None or path.name in listed:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may be listed and not entered
        return False


def unit_of(path: Path) -> Unit:
    """Describe one local file, with what its folder's manifest knows of it; one that cannot be read has a `problem`."""
    address = os.path.realpath(path)  # a circle of links raises nothing here
    try:
        said = _about(path)
        mark = _mark(path, f"{said.url} {said.seen_at}")
        return Unit(address=address, size=path.stat().st_size, mark=mark, url=said.url, seen_at=said.seen_at)
    except ContentError as err:
        return _unreadable(address, err.reason, err.message)
    except OSError as err:
        return _unreadable(address, "unreadable", err.strerror or str(err))


def _unreadable(address: str, reason: str, detail: str) -> Unit:
    mark = hashlib.sha256(f"{address} {reason}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return Unit(address=address, size=0, mark=mark, problem=(reason, detail))


def _about(path: Path) -> About:
    manifest = path.with_name(MANIFEST)
    return about(_manifest(manifest), path.name) if manifest.is_file() else About()


_read_manifests: dict[tuple[Path, int], Manifest] = {}


def _manifest(path: Path) -> Manifest:
    """Read a manifest, once for all pages of its folder."""
    key = (path, path.stat().st_mtime_ns)
    if key not in _read_manifests:
        try:
            content = parse_manifest(path.read_bytes(), str(path))
        except OSError as err:
            raise ContentError(str(err), subject=str(path), reason="manifest unreadable") from err
        _read_manifests.clear()
        _read_manifests[key] = content
    return _read_manifests[key]


def _mark(path: Path, said: str) -> str:
    if path.is_dir():
        raise ContentError("the folder cannot be listed", subject=str(path), reason="unreadable")
    if not path.is_file():
        raise ContentError("this is no file", subject=str(path), reason="no file")
    size = path.stat().st_size
    digest = hashlib.sha256(f"{size} {said}".encode())
    with path.open("rb") as file:
        if size <= _WHOLE:
            while block := file.read(_SAMPLE):
                digest.update(block)
        else:
            for number in range(_SAMPLES):
                file.seek((size - _SAMPLE) * number // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:32]
