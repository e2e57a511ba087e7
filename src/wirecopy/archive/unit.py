"""What a backfill is made of: units, each one file, found in the folders, globs and addresses that a user names."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wirecopy.errors import ContentError, SettingsError
from wirecopy.model import Origin, Page, SetAside

MANIFEST = "meta.info"
"""A folder of captured pages says in this JSON file which address each page was got from, and when."""
_ENDS = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One file of an archive: the slice of a backfill that is done, or done again, whole."""

    address: str
    size: int
    mark: str
    """Hash of the size and of both ends of the content: the same on any machine, another when the file changed."""
    url: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFile:
    """The bytes of a wire file, or of a slice of one, on their way to `formats`."""

    name: str
    data: bytes
    origin: Origin


Found = Page | WireFile | SetAside


def find_units(sources: Iterable[str]) -> Iterator[Unit]:
    """Yield the units of files, folders and globs, in sorted order, each once.

    Raises `SettingsError` for a source that names nothing.
    """
    seen: set[str] = set()
    for source in sources:
        for path in _files(source):
            if str(path) not in seen:
                seen.add(str(path))
                yield unit_of(path)


def _files(source: str) -> Iterator[Path]:
    path = Path(source).expanduser()
    if path.is_dir():
        yield from _in_folder(path)
    elif path.is_file():
        yield path
    else:
        found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not found:
            raise SettingsError("no such file or folder", subject=source, remedy="name a file, a folder or a glob")
        for name in found:
            yield from _files(name)


def _in_folder(folder: Path) -> Iterator[Path]:
    """Walk a folder; where a manifest lists the captured pages, the other files are none."""
    manifest = folder / MANIFEST
    listed = set(_manifest(manifest)) if manifest.is_file() else None
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.endswith(".open"):
            continue
        if path.is_dir():
            yield from _in_folder(path)
        elif listed is None or path.name in listed:
            yield path


def unit_of(path: Path) -> Unit:
    """Describe one local file, with what its folder's manifest knows of it."""
    about = _about(path)
    return Unit(
        address=str(path.resolve()),
        size=path.stat().st_size,
        mark=_mark(path),
        url=about.get("url"),
        seen_at=_crawled(about.get("crawl_date")),
    )


def _about(path: Path) -> dict[str, str]:
    manifest = path.with_name(MANIFEST)
    if not manifest.is_file():
        return {}
    about = _manifest(manifest).get(path.name, {})
    return about if isinstance(about, dict) else {"url": str(about)}


_read_manifests: dict[tuple[Path, int], dict[str, dict[str, str]]] = {}


def _manifest(path: Path) -> dict[str, dict[str, str]]:
    """Read a manifest, once for all pages of its folder."""
    key = (path, path.stat().st_mtime_ns)
    if key not in _read_manifests:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as err:
            raise ContentError(
                "the manifest is no JSON object", subject=str(path), reason="manifest unreadable"
            ) from err
        if not isinstance(content, dict):
            raise ContentError("the manifest is no JSON object", subject=str(path), reason="manifest unreadable")
        _read_manifests.clear()
        _read_manifests[key] = content
    return _read_manifests[key]


def _crawled(text: str | None) -> datetime | None:
    """Read a crawl date; crawlers write UTC where they write no zone."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _mark(path: Path) -> str:
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(_ENDS))
        if size > 2 * _ENDS:
            file.seek(-_ENDS, 2)
        digest.update(file.read(_ENDS))
    return digest.hexdigest()[:32]
