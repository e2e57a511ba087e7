"""A unit -> the pages, wire files and set-asides in it, as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wirecopy.archive.slices import boundary, slices
from wirecopy.archive.streams import BROKEN, head, read_whole, unpacked, warc_stream
from wirecopy.archive.unit import Found, Unit, WireFile
from wirecopy.archive.warc import read_warc
from wirecopy.errors import ContentError
from wirecopy.model import Origin, Page, SetAside

_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8_192


def read_unit(unit: Unit) -> Iterator[Found]:
    """Yield what a unit holds, told apart by its first bytes; what cannot be read is a `SetAside`, never an error."""
    path = Path(unit.address)
    if unit.problem:
        yield _set_aside(unit, *unit.problem)
        return
    try:
        start = head(path, _HEAD)
        if start.startswith(b"WARC/"):
            with path.open("rb") as file:
                yield from read_warc(warc_stream(file), unit.address)
        elif unit.url or _HTML.search(start):
            yield _page(unit, read_whole(path))
        else:
            yield from _wire_files(unit, path, start)
    except ContentError as err:
        yield _set_aside(unit, err.reason, err.message)
    except BROKEN as err:
        yield _set_aside(unit, "unreadable", str(err))


def _set_aside(unit: Unit, reason: str, detail: str) -> SetAside:
    return SetAside(stage="archive", reason=reason, detail=detail, subject=unit.address, origin=_origin(unit, 0))


def _origin(unit: Unit, offset: int) -> Origin:
    return Origin("archive", unit.address, offset, unit.mark)


def _page(unit: Unit, body: bytes) -> Page:
    url = unit.url or ""
    return Page(requested_url=url, final_url=url, body=body, fetched_at=unit.seen_at, origin=_origin(unit, 0))


def _wire_files(unit: Unit, path: Path, start: bytes) -> Iterator[WireFile]:
    name = path.name
    record_start = boundary(start)
    if record_start is None:
        yield WireFile(name=name, data=read_whole(path), origin=_origin(unit, 0))
        return
    with path.open("rb") as file:
        for offset, data in slices(unpacked(file), record_start):
            yield WireFile(name=name, data=data, origin=_origin(unit, offset))
