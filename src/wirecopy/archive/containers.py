"""Zip and tar files -> their members as byte streams; nothing is unpacked to disk, and no name is trusted."""

from __future__ import annotations

import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from wirecopy.archive.streams import BROKEN
from wirecopy.errors import ContentError

MEMBER_BROKEN = (*BROKEN, zipfile.BadZipFile, tarfile.TarError, NotImplementedError)
"""What a damaged member raises, or one packed by a method that the standard library lacks."""
_TAR_SIGN, _TAR_SIGN_AT = b"ustar", 257
_ENCRYPTED = 0x1
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""Members that make a zip file a document or a program."""
_WACZ = frozenset({"datapackage.json", "pages/pages.jsonl"})
_WACZ_PARTS = ("archive/",)
"""Members that make a zip file a WACZ, and where its captures lie: what else it holds describes them."""
# ../../etc/passwd  /etc/passwd  C:\news.xml  a\0b
_TRICK = re.compile(r"(?:\A|[/\\])\.\.(?:[/\\]|\Z)|\A[/\\]|\A[A-Za-z]:|[\x00-\x1f\x7f]")
# .DS_Store  a/.git/config  __MACOSX/a, but not ./a and ../a
_HIDDEN = re.compile(r"(?:\A|/)(?:\.(?!\.?(?:/|\Z))|__MACOSX(?:/|\Z))")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container; its stream can be read until the next member is asked for."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read, and why."""

    name: str
    reason: str
    detail: str


def is_zip(head: bytes) -> bool:
    """Tell whether bytes begin a zip file, an empty one included."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(head: bytes) -> bool:
    """Tell whether bytes begin a tar file (POSIX or GNU)."""
    return head[_TAR_SIGN_AT : _TAR_SIGN_AT + len(_TAR_SIGN)] == _TAR_SIGN


def zip_members(file: IO[bytes], subject: str) -> Iterator[Member | Refused]:
    """Yield the members of a seekable zip file; raises `ContentError` for one that is broken, or is a document."""
    try:
        archive = zipfile.ZipFile(file)
    except (*MEMBER_BROKEN, ValueError) as err:
        raise ContentError(f"the zip file is broken: {err}", reason="archive broken", subject=subject) from err
    with archive:
        if _OFFICE & archive.NameToInfo.keys():
            raise ContentError("this is a document or a program", reason="unsupported", subject=subject)
        listed = _WACZ_PARTS if archive.NameToInfo.keys() >= _WACZ else ("",)
        for info in archive.infolist():
            if not info.is_dir() and not _HIDDEN.search(info.filename) and info.filename.startswith(listed):
                yield from _zip_member(archive, info)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Member | Refused]:
    if _TRICK.search(info.orig_filename):
        yield Refused(_shown(info.orig_filename), "unsafe name", "its name leads out of the archive")
        return
    if info.flag_bits & _ENCRYPTED:
        yield Refused(info.filename, "encrypted", "it is locked by a password")
        return
    try:
        stream = archive.open(info)
    except MEMBER_BROKEN as err:
        yield Refused(info.filename, "archive broken", str(err))
        return
    with stream:
        yield Member(info.filename, stream)


def tar_members(stream: IO[bytes], subject: str) -> Iterator[Member | Refused]:
    """Yield the members of a tar stream; raises `ContentError` where it is broken or cut off."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if not info.isdir() and not _HIDDEN.search(info.name):
                    yield _tar_member(archive, info)
    except (tarfile.TarError, EOFError, zlib.error) as err:
        raise ContentError(f"the tar file is broken: {err}", reason="archive broken", subject=subject) from err


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member | Refused:
    if _TRICK.search(info.name):
        return Refused(_shown(info.name), "unsafe name", "its name leads out of the archive")
    stream = archive.extractfile(info) if info.isreg() else None
    if stream is None:
        return Refused(info.name, "no file", "it is a link or a device")
    return Member(info.name, stream)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
