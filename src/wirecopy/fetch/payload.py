"""A body as it comes over the wire -> its bytes: bounded while it comes, and while it is unpacked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable

import brotli
import zstandard

from wirecopy.fetch.outcomes import RequestOutcome

_CHUNK = 1 << 18
_PIECE = 512
MAX_WINDOW = 1 << 27
"""Largest zstd window, 128 MB: the memory that unpacking may take (RFC 9659 asks for 8 MB, servers exceed it)."""


def content_hash(body: bytes) -> str:
    """Return the hash by which payloads are told apart: SHA-256, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def unpack(body: bytes, coding: str, limit: int) -> bytes:
    """Return a body without its content codings (`gzip, br` lists them in the order applied), at most `limit` bytes.

    Raises `SourceRefused` (`decompression bomb`) beyond the limit, `SourceUnavailable` (`bad coding`) for a coding
    that is unknown, broken or cut off.
    """
    codings = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if len(codings) > 3:
        raise RequestOutcome.BAD_CODING.error(f"{len(codings)} codings over each other")
    for name in reversed(codings):
        if name != "identity" and body:
            body = _without(name, body, limit)
    return body


def _without(name: str, body: bytes, limit: int) -> bytes:
    reader = _READERS.get(name)
    if reader is None:
        raise RequestOutcome.BAD_CODING.error(f"unknown coding {name[:40]!r}")
    try:
        return reader(body, limit)
    except (zlib.error, brotli.error, zstandard.ZstdError) as err:
        raise RequestOutcome.BAD_CODING.error(f"{name}: {err}") from err


def _bomb(limit: int) -> Exception:
    return RequestOutcome.BOMB.error(f"more than {limit:,} bytes")


def _gzip(body: bytes, limit: int) -> bytes:
    """Return the members of a gzip file one after the other (RFC 1952, 2.2); what follows them is padding."""
    parts: list[bytes] = []
    size = 0
    while body[:2] == b"\x1f\x8b" or not parts:
        unpacker = zlib.decompressobj(wbits=31)
        parts.append(unpacker.decompress(body, limit - size + 1))
        size += len(parts[-1])
        if size > limit:
            raise _bomb(limit)
        if not unpacker.eof:
            raise zlib.error("cut off")
        body = unpacker.unused_data
    return b"".join(parts)


def _deflate(body: bytes, limit: int) -> bytes:
    """Return a zlib stream, or the bare deflate stream that some servers send under the same name."""
    zlib_head = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    unpacker = zlib.decompressobj(wbits=15 if zlib_head else -15)
    data = unpacker.decompress(body, limit + 1)
    if len(data) > limit:
        raise _bomb(limit)
    if not unpacker.eof:
        raise zlib.error("cut off")
    return data


def _brotli(body: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    parts = [unpacker.process(body, output_buffer_limit=_CHUNK)]
    size = len(parts[0])
    while not unpacker.is_finished():
        if unpacker.can_accept_more_data():
            raise brotli.error("cut off")
        parts.append(unpacker.process(b"", output_buffer_limit=_CHUNK))
        size += len(parts[-1])
        if size > limit:
            raise _bomb(limit)
    if size > limit:
        raise _bomb(limit)
    return b"".join(parts)


def _zstd(body: bytes, limit: int) -> bytes:
    """Return the frames of a zstd stream; fed in small pieces, because a block of 4 bytes may mean 128 KB."""
    frame = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj
    unpacker = frame()
    parts: list[bytes] = []
    size = 0
    for start in range(0, len(body), _PIECE):
        piece = body[start : start + _PIECE]
        while piece:
            unpacker = frame() if unpacker.eof else unpacker
            parts.append(unpacker.decompress(piece))
            size += len(parts[-1])
            piece = unpacker.unused_data if unpacker.eof else b""
        if size > limit:
            raise _bomb(limit)
    if not unpacker.eof:
        raise zstandard.ZstdError("cut off")
    return b"".join(parts)


_READERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
