"""Bytes of a wire file -> text. Wires declare encodings carelessly but use few, so the order is fixed.

Byte order mark, strict UTF-8, what is declared, windows-1252: a stray byte in UTF-8 is read as windows-1252 too, so that
nothing is lost. Statistics are asked only where windows-1252 would give letters that no language strings together.
"""

from __future__ import annotations

import codecs
import re

from wirecopy.markup.alphabets import other_latin
from wirecopy.markup.decode import Decoded, decode
from wirecopy.model import Doubt

STRAY = "wirecopy-cp1252"
"""Name of the error handler that reads what is no UTF-8 as windows-1252."""

_SAMPLE = 20_000
_FOREIGN_SHARE = 0.3
"""Share of letters beyond ASCII from which on a text in windows-1252 is not believed to be in it."""
# WHATWG Encoding Standard, section 4.2: labels that mean windows-1252; C1 controls in a relative of theirs mean it too.
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_NO_CHARACTER_SETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
"""Python's own codecs that no sender means."""
_EBCDIC = "<?xml".encode("cp037")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_wire(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of a wire file's bytes, the encoding found and what was doubtful about it; never raises.

    Doubts: `encoding_declared_wrongly`, `encoding_guessed`.
    """
    if wide := _unmarked(data):
        return Decoded(data.decode(wide, "replace"), wide, (Doubt("encoding_guessed", wide),))
    if data.startswith(_MARKS) or data[:200].count(0) >= 0.4 * len(data[:200]):
        return decode(data)
    if b"\x1b$" in data and data.isascii():
        return decode(data)
    name = _codec(declared)
    if name and name.startswith(("utf-16", "utf-32", "utf_32")):
        name = None  # bytes of these had been seen above
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, name)
    wrongly = name not in {None, "utf-8", "ascii"} and not data.isascii()
    return Decoded(text, "utf-8", (Doubt("encoding_declared_wrongly", name or ""),) if wrongly else ())


def _unmarked(data: bytes) -> str | None:
    """Return the encoding of UTF-32 without its mark and of EBCDIC, which give themselves away by their blanks."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if not data.startswith(_MARKS) and len(sample) >= 8:
        if not any(sample[0::4]) and not any(sample[1::4]) and all(sample[3::4]):
            return "utf-32-be"
        if not any(sample[3::4]) and not any(sample[2::4]) and all(sample[0::4]):
            return "utf-32-le"
    high = len(sample.translate(None, bytes(range(128))))
    blanks = sample.count(0x40) >= 0.05 * len(sample) > 100 * sample.count(0x20)
    named = data.startswith(_EBCDIC) or (len(sample) >= 40 and high > 0.6 * len(sample) and blanks)
    return "cp037" if named else None


def _legacy(data: bytes, name: str | None) -> Decoded:
    western = name in _WESTERN and bool(re.search(rb"[\x80-\x9f]", data))
    if name not in {None, "utf-8", "ascii"} and not western:
        try:
            return Decoded(data.decode(name or ""), name or "")
        except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is none of text
            pass  # the declaration does not hold: the next in the order is tried
    text = data.decode("utf-8", STRAY)
    if _is_foreign(data):
        return decode(data)
    encoding = "utf-8" if len(text) < len(data) - _stray_count(data) else "windows-1252"
    if encoding == "windows-1252" and (other := other_latin(data[:_SAMPLE])):
        return Decoded(data.decode(other, "replace"), other, (Doubt("encoding_guessed", other),))
    wrongly = name is not None and encoding != "utf-8" and name not in _WESTERN
    doubt = Doubt("encoding_declared_wrongly", name or "") if wrongly else Doubt("encoding_guessed", encoding)
    return Decoded(text, encoding, () if western else (doubt,))


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
    except (LookupError, ValueError):  # unknown, or no name at all
        return None
    return None if name in _NO_CHARACTER_SETS else name


def _is_foreign(data: bytes) -> bool:
    """Return whether a text is all but made of bytes beyond ASCII, and those not UTF-8: Cyrillic, Greek, Chinese."""
    sample = data[:_SAMPLE]
    high = len(re.findall(rb"[\x80-\xff]", sample))
    plain = len(re.findall(rb"[A-Za-z]", re.sub(rb"<[^<>]*>", b"", sample)))
    valid = len(sample) - len(sample.decode("utf-8", "ignore").encode())
    return high >= 20 and high > _FOREIGN_SHARE * (high + plain) and valid > 0.5 * high


def _stray_count(data: bytes) -> int:
    return len(data) - len(data.decode("utf-8", "ignore").encode())


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return "".join(_WINDOWS.get(byte) or chr(byte) for byte in stray), error.end


_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(128, 256)}
codecs.register_error(STRAY, _stray_byte)
