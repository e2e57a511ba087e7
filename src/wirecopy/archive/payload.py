"""The payload of an HTTP message whose headers do not tell the truth: crawlers unpack bodies and keep the headers.

Rules that live here: chunks with extensions or without an end, a coding that is named and not used. What the library can
decode never comes here.
"""

from __future__ import annotations

import re
import zlib

# 2bc;ext=1
_CHUNK = re.compile(rb"[ \t]*(?P<size>[0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP = b"\x1f\x8b"
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<|\w)")


def plain_payload(body: bytes, limit: int) -> bytes | None:
    """Return a body without chunks and coding, as far as its own bytes show that it has them, `limit` bytes at most.

    None where it is packed in a way that its bytes do not show.
    """
    data = _unpacked(_without_chunks(body), limit)
    return data if _TEXT.match(data) else None


def _without_chunks(body: bytes) -> bytes:
    """Return the joined chunks of a body, as many as are whole; a body that is not in chunks as it is."""
    parts, at = [], 0
    while found := _CHUNK.match(body, at):
        size = int(found["size"], 16)
        at = found.end() + size
        parts.append(body[found.end() : at])
        ending = body[at : at + 2]
        if not size or not ending.startswith((b"\r\n", b"\n")):
            break
        at += 2 if ending == b"\r\n" else 1
    return b"".join(parts) if parts and (len(parts) > 1 or not body[at:].strip()) else body


def _unpacked(data: bytes, limit: int) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, limit)
    except zlib.error:
        return data
