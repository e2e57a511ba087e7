"""A unit -> the pages, wire files and set-asides in it, as a stream; what lies in a zip or tar file is read in place."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from wirecopy.archive.containers import (
    MEMBER_BROKEN,
    Member,
    Refused,
    is_tar,
    is_zip,
    tar_members,
    zip_members,
)
from wirecopy.archive.manifest import MANIFEST, Manifest, about, parse_manifest
from wirecopy.archive.members import is_framed_zstandard
from wirecopy.archive.streams import BombRefused, Meter, begun, consume, opener_of, read_whole
from wirecopy.archive.unit import Found, Opened, Unit, WireFile
from wirecopy.archive.warc import read_warc
from wirecopy.errors import ContentError, MarkupUnreadable
from wirecopy.formats import pieces, sniff, whole_records
from wirecopy.model import Origin, Page, SetAside

MAX_DEPTH = 2
"""Containers within one another: an archive of archives is read, what nests deeper is refused."""
MAX_MANIFEST = 32_000_000
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 65_536
_PACKED_HEAD = 1 << 18
"""Enough for the first block of any compression to be whole."""
MAX_HELD = 64_000_000
LARGE = 1_000_000
"""Bytes from which on a wire file is handed on in pieces."""
_IN_LINES = frozenset({"csv", "jsonl"})
"""Formats of which a part is as good as the whole, as far as its lines go."""
TellFormat = Callable[[bytes, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A file, or a member of one: what it is called, and what is known of it from outside."""

    address: str
    name: str
    mark: str
    meter: Meter
    tell_format: TellFormat
    mapped: bool
    url: str | None = None
    seen_at: datetime | None = None
    depth: int = 0

    def member(self, name: str) -> _Place:
        return replace(
            self,
            address=f"{self.address}!{name}",
            name=name.rpartition("/")[2],
            depth=self.depth + 1,
            url=None,
            seen_at=None,
        )

    def origin(self, offset: int = 0) -> Origin:
        return Origin("archive", self.address, offset, self.mark)

    def aside(self, reason: str, detail: str, offset: int = 0) -> SetAside:
        return SetAside(stage="archive", reason=reason, detail=detail, subject=self.address, origin=self.origin(offset))


def open_local(address: str) -> Opened:
    """Open the file of a unit that lies here."""
    return Opened(Path(address).open("rb"))


def read_unit(
    unit: Unit,
    open_unit: Callable[[str], Opened] = open_local,
    *,
    tell_format: TellFormat = sniff,
    mapped: bool = False,
) -> Iterator[Found]:
    """Yield what a unit holds, told apart by its first bytes; what cannot be read is a `SetAside`, never an error.

    Long wire files come in pieces, cut as `tell_format` (first bytes, name) says; `mapped` as for `formats.pieces`.
    What `open_unit` raises of a source that cannot be had (`SourceError`) goes on to the caller, who tries again later.
    """
    place = _Place(
        address=unit.address,
        name=Path(unit.address).name,
        mark=unit.mark,
        meter=Meter.of_file(unit.size),
        tell_format=tell_format,
        mapped=mapped,
        url=unit.url,
        seen_at=unit.seen_at,
    )
    if unit.problem:
        yield place.aside(*unit.problem)
        return
    try:
        with open_unit(unit.address) as opened:
            yield from _filled(
                opened.file, replace(place, url=opened.url or place.url, seen_at=opened.seen_at or place.seen_at)
            )
    except ContentError as err:
        yield place.aside(err.reason, err.message)
    except MEMBER_BROKEN as err:
        yield place.aside("unreadable", str(err))


def _filled(file: IO[bytes], place: _Place) -> Iterator[Found]:
    """Yield what a stream holds; where that is nothing at all, that."""
    empty = True
    for found in _read(file, place):
        empty = False
        yield found
    if empty:
        yield place.aside("nothing in it", "it holds no page and no wire file")


def _read(file: IO[bytes], place: _Place) -> Iterator[Found]:
    """Yield what a stream holds; raises `ContentError`, or one of `MEMBER_BROKEN`, where it breaks."""
    packed_head, packed = begun(file, _PACKED_HEAD)
    opener = opener_of(packed_head)
    if _is_packed_warc(packed_head):
        yield from read_warc(_for_warc(file, packed), place.address)
        return
    head, plain = begun(opener(packed), _HEAD, place.meter) if opener else (packed_head, packed)
    if head.startswith(b"WARC/"):
        yield from read_warc(plain if opener else _for_warc(file, packed), place.address)
    elif is_zip(head) or is_tar(head):
        yield from _container(file, plain, place, zipped=is_zip(head), packed=opener is not None)
    elif place.url or _HTML.search(head):
        yield _page(place, read_whole(plain, place.address))
    else:
        yield from _wire_files(place, plain, None if opener else file)


def _is_packed_warc(head: bytes) -> bool:
    """Tell whether bytes begin a WARC file whose records are packed one by one: it is read as it is."""
    if is_framed_zstandard(head):
        return True
    opener = opener_of(head) if head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")) else None
    return opener is not None and begun(opener(io.BytesIO(head)), 5)[0] == b"WARC/"


def _for_warc(file: IO[bytes], stream: IO[bytes]) -> IO[bytes]:
    """Return a WARC file that can be sought, so that it is read past broken records: what flows once is held if small."""
    if again := _again(file):
        return again
    held, stream = begun(stream, MAX_HELD)
    return io.BytesIO(held) if len(held) < MAX_HELD else stream


def _again(file: IO[bytes]) -> IO[bytes] | None:
    """Return a file from its start on; None for a stream that flows once."""
    if not file.seekable():
        return None
    file.seek(0)
    return file


def _page(place: _Place, body: bytes) -> Page:
    url = place.url or ""
    return Page(requested_url=url, final_url=url, body=body, fetched_at=place.seen_at, origin=place.origin())


def _wire_files(place: _Place, stream: IO[bytes], whole: IO[bytes] | None) -> Iterator[WireFile | SetAside]:
    """Yield a file, a long one in pieces; `whole` is the file itself, unless it is packed."""
    held, stream = begun(stream, LARGE)
    if len(held) < LARGE:
        yield from _short_file(place, held, stream)
        return
    try:
        chosen = place.tell_format(held[:_HEAD], place.name)
    except ContentError:
        if whole is None or place.depth:  # a bomb is called one, whatever it looks like
            consume(stream)
        raise
    if chosen == "parquet":
        stream = (whole and _again(whole)) or io.BytesIO(read_whole(stream, place.address))
    for at, data, before in pieces(stream, held[:_HEAD], chosen, mapped=place.mapped):
        if isinstance(data, MarkupUnreadable):
            yield place.aside(data.reason, data.message, at)
        else:
            yield WireFile(name=place.name, data=data, origin=place.origin(at), before=before)


def _short_file(place: _Place, held: bytes, stream: IO[bytes]) -> Iterator[WireFile]:
    """Yield a file that is held whole; one whose compression breaks as far as its records are whole, then its error."""
    try:
        yield WireFile(name=place.name, data=read_whole(stream, place.address), origin=place.origin())
    except ContentError:
        with suppress(ContentError):
            chosen = place.tell_format(held[:_HEAD], place.name)
            if chosen in _IN_LINES and (whole := whole_records(held, chosen)):
                yield WireFile(name=place.name, data=whole, origin=place.origin())
        raise


# --- containers ---

Members = Iterator[Member | Refused]


def _container(file: IO[bytes], plain: IO[bytes], place: _Place, *, zipped: bool, packed: bool) -> Iterator[Found]:
    """Yield what the members of a zip or tar file hold; a bad member costs none of its neighbours."""
    if place.depth >= MAX_DEPTH:
        raise ContentError("an archive within an archive within an archive", reason="nested too deep")
    if zipped:
        whole = (None if packed else _again(file)) or io.BytesIO(read_whole(plain, place.address))
        manifests = _manifests(zip_members(whole, place.address))
        yield from _members(zip_members(whole, place.address), place, manifests)
    elif again := _again(file):
        # A tar file has no table of contents: its manifests are looked for before its pages are read.
        manifests = _manifests(_tar(again, place.address, Meter(place.meter.limit)))
        yield from _members(_tar(again, place.address, place.meter), place, manifests)
    else:
        yield from _members(tar_members(plain, place.address), place, {})


def _tar(file: IO[bytes], address: str, meter: Meter) -> Members:
    file.seek(0)
    head, packed = begun(file, _HEAD)
    opener = opener_of(head)
    return tar_members(begun(opener(packed), 0, meter)[1] if opener else packed, address)


def _manifests(members: Members) -> dict[str, Manifest]:
    """Return the manifests of a container by their folders; one that cannot be read is told when its turn comes."""
    found = {}
    for member in members:
        folder, _, name = member.name.rpartition("/")
        if name == MANIFEST and isinstance(member, Member):
            with suppress(ContentError, *MEMBER_BROKEN):
                found[folder] = parse_manifest(read_whole(member.stream, member.name, limit=MAX_MANIFEST), member.name)
    return found


def _members(members: Members, place: _Place, manifests: Mapping[str, Manifest]) -> Iterator[Found]:
    for member in members:
        folder, _, name = member.name.rpartition("/")
        listed = manifests.get(folder)
        if listed is not None and name not in listed:
            continue  # the manifest itself, and what it does not name, are no pages
        inside = place.member(member.name)
        if isinstance(member, Refused):
            yield inside.aside(member.reason, member.detail)
        else:
            said = about(listed or {}, name)
            yield from _member(member, replace(inside, url=said.url, seen_at=said.seen_at))


def _member(member: Member, place: _Place) -> Iterator[Found]:
    try:
        yield from _filled(begun(member.stream, 0, place.meter)[1], place)
    except BombRefused:
        raise
    except ContentError as err:
        yield place.aside(err.reason, err.message)
    except MEMBER_BROKEN as err:
        yield place.aside("archive broken", str(err))
