"""Bytes to text: the one place that chooses an encoding, says when it had to guess, and repairs provable mojibake.

Order: byte order mark, strict UTF-8, what is declared (HTTP, then the document itself) if the text is plausible under
it, the encodings that wires still use, statistics, windows-1252. A declaration is believed only if it holds.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wirecopy.markup.plausible import best_guess, plausibility
from wirecopy.model import Doubt


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding (WHATWG name, or Python's where WHATWG has none) that gave it, and what was doubtful."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SNIFFED = 4096
_SAMPLE = 60_000

# An XML declaration, as in <?xml version="1.0" encoding="ISO-8859-15"?>
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*(?P<name>[\w.:-]{2,40})""")
# In HTML: <meta charset=gb2312> or <meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*(?P<name>[\w.:-]{2,40})""", re.IGNORECASE)
# In HTTP: text/html; charset="windows-1251"
_LABEL = re.compile(r"""charset\s*=\s*["']?\s*(?P<name>[\w.:-]{2,40})""", re.IGNORECASE)

# WHATWG Encoding Standard, section 4.2: what a label of the web means; Python's superset where the web needs one.
_WEB_LABELS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "johab": "cp949", "big5": "big5hkscs", "cp950": "big5hkscs",
}  # fmt: skip
_SPELLINGS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932", "x-gbk": "gb18030", "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "windows-949": "cp949", "x-euc-kr": "cp949", "x-euc-jp": "euc_jp",
    "x-cp1251": "cp1251", "x-cp1252": "cp1252", "win-1251": "cp1251", "win1251": "cp1251", "koi8": "koi8-r",
    "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "windows-874": "cp874", "dos-874": "cp874",
    "unicode": "utf-16", "utf8mb4": "utf-8", "utf-8-sig": "utf-8",
}  # fmt: skip
_WHATWG_NAMES = {
    "cp1252": "windows-1252", "cp1251": "windows-1251", "cp1250": "windows-1250", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "cp1255": "windows-1255", "cp1256": "windows-1256", "cp1257": "windows-1257",
    "cp1258": "windows-1258", "cp874": "windows-874", "cp932": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5",
    "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp", "mac_roman": "macintosh", "mac_cyrillic": "x-mac-cyrillic",
}  # fmt: skip


def decode(data: bytes, *, declared: str | None = None, html: bool = False) -> Decoded:
    """Return the text of `data`, whatever it claims to be; never raises.

    `declared` is an HTTP content type or a bare label; with `html` the labels inside the document mean what browsers
    take them to mean (WHATWG Encoding Standard, section 4.2), else they are taken literally. Byte order marks are
    gone from the text, line ends and NULs are left alone. Doubts: `encoding_declared_wrongly`, `encoding_guessed`,
    `bytes_replaced`, `mojibake_repaired`.
    """
    text, encoding, doubts = _decode(data, declared, html=html)
    repaired = repair(text)
    if repaired != text:
        doubts = (*doubts, Doubt("mojibake_repaired", encoding))
    name = codecs.lookup(encoding).name
    return Decoded(repaired, _WHATWG_NAMES.get(name, name), doubts)


def _decode(data: bytes, declared: str | None, *, html: bool) -> tuple[str, str, tuple[Doubt, ...]]:
    marked = _by_mark(data)
    if marked:
        return (*marked, ())
    labels = list(dict.fromkeys(_labels(data, declared, html=html)))
    if data.isascii():
        return _seven_bits(data, labels)
    try:
        return data.decode("utf-8"), "utf-8", _wrongly(labels, "utf-8")
    except UnicodeDecodeError as err:
        flaw = err.start
    if _mostly_utf8(data, flaw):
        return data.decode("utf-8", "wirecopy-stray"), "utf-8", (Doubt("bytes_replaced", "utf-8"),)
    return _legacy(data, labels)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    # UTF-16 without its mark: every other byte of "<!do" or of any Latin text is NUL.
    head = data[:200]
    if len(head) >= 8 and head.count(0) >= 0.4 * len(head):
        encoding = "utf-16-be" if head[0] == 0 else "utf-16-le"
        return data.decode(encoding, "replace"), encoding
    return None


def _labels(data: bytes, declared: str | None, *, html: bool) -> Iterator[str]:
    if declared:
        found = _LABEL.search(declared)
        yield from _codec(found["name"] if found else declared, html=html)
    head = data[:_SNIFFED]
    for pattern in (_XML, _META):
        label = pattern.search(head)
        if label:
            yield from _codec(label["name"].decode("ascii", "replace"), html=html)


def python_codec(label: str) -> str | None:
    """Return the name of the Python codec that reads all that a label of the web stands for, or None for an unknown one."""
    return next(_codec(label, html=True), None)


def _codec(label: str, *, html: bool) -> Iterator[str]:
    name = _SPELLINGS.get(label.strip().lower(), label.strip().lower())
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a label with a NUL in it
        return
    # rot13, base64 and the like are codecs to Python, but not of texts; idna and its kin are no encodings of documents.
    if not getattr(info, "_is_text_encoding", True) or info.name in {"idna", "punycode", "undefined", "utf-7"}:
        return
    yield _WEB_LABELS.get(info.name, info.name) if html or info.name in {"ascii", "gb2312", "shift_jis"} else info.name


def _seven_bits(data: bytes, labels: list[str]) -> tuple[str, str, tuple[Doubt, ...]]:
    """Read bytes below 128: ASCII, unless the escapes of ISO-2022 say that they are Japanese or Korean."""
    if b"\x1b$" in data:
        for encoding in ("iso2022_jp", "iso2022_jp_ext", "iso2022_kr"):
            try:
                return data.decode(encoding), encoding, _wrongly(labels, encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("ascii"), "utf-8", ()


def _wrongly(labels: list[str], truth: str) -> tuple[Doubt, ...]:
    return (Doubt("encoding_declared_wrongly", labels[0]),) if labels and labels[0] != truth else ()


def _mostly_utf8(data: bytes, flaw: int) -> bool:
    """Tell whether bytes are UTF-8 that was cut off or has a few foreign bytes in it."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if len(data) - flaw <= 3 and broken <= 3 and not data[:flaw].isascii():
        return True
    sound = sum(not char.isascii() for char in text[:_SAMPLE]) - text.count("\ufffd", 0, _SAMPLE)
    return sound >= 20 * max(1, text.count("\ufffd", 0, _SAMPLE)) and broken * 20 <= sound * max(
        1, len(text) // _SAMPLE
    )


def _stray(err: UnicodeError) -> tuple[str, int]:
    """Read a byte that is no UTF-8 as windows-1252: where the two are mixed, that is what it is."""
    if not isinstance(err, UnicodeDecodeError):
        raise err
    return err.object[err.start : err.end].decode("cp1252", "replace"), err.end


codecs.register_error("wirecopy-stray", _stray)


def _legacy(data: bytes, labels: list[str]) -> tuple[str, str, tuple[Doubt, ...]]:
    sample = _telling(data)
    for number, encoding in enumerate(labels):
        if encoding != "utf-8" and plausibility(sample, encoding) > 0.85:
            doubts = _wrongly(labels, encoding) if number else ()
            return _with(data, encoding, doubts)
    encoding = best_guess(sample) or next((label for label in labels if label != "utf-8"), "cp1252")
    doubt = (
        Doubt("encoding_declared_wrongly", labels[0])
        if labels and labels[0] != encoding
        else Doubt("encoding_guessed", encoding)
    )
    return _with(data, encoding, (doubt,))


def _with(data: bytes, encoding: str, doubts: tuple[Doubt, ...]) -> tuple[str, str, tuple[Doubt, ...]]:
    try:
        return data.decode(encoding), encoding, doubts
    except UnicodeError:  # utf-16 and utf-32 raise UnicodeError itself
        return data.decode(encoding, "replace"), encoding, (*doubts, Doubt("bytes_replaced", encoding))


# What opens and never closes goes to the end: nothing is searched twice.
_MARKUP = re.compile(
    rb"<script\b(?:(?!</script).)*|<style\b(?:(?!</style).)*|<!--(?:(?!-->).)*|<[^<>]{0,2000}>",
    re.DOTALL | re.IGNORECASE,
)


def _telling(data: bytes) -> bytes:
    """Return the part of a document that tells encodings apart: its text from the first high byte on."""
    first = next((at for at in range(0, len(data), 4096) if not data[at : at + 4096].isascii()), 0)
    window = data[max(0, first - 512) : first + 20 * _SAMPLE]
    return _MARKUP.sub(b" ", window)[:_SAMPLE]


# --- mojibake ---------------------------------------------------------------------------------

# What the bytes 0x80..0xFF look like when read as windows-1252, its five holes as C1 controls.
_HIGH = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100))
_BYTE_OF = {char: 0x80 + at for at, char in enumerate(_HIGH)}
_TAIL = "".join(re.escape(char) for char in _HIGH[:0x40])
_RUN = re.compile("[" + "".join(re.escape(char) for char in _HIGH) + "]{2,}")
# The UTF-8 of U+0080..U+00FF, of general punctuation and of the euro sign, each read as windows-1252: Ã© â€™ â‚¬
_TWICE = re.compile(f"[ÂÃ][{_TAIL}]|â[€‚„][{_TAIL}]")


def repair(text: str) -> str:
    """Return a text with UTF-8 that was read as windows-1252 and encoded again put right; else the text itself.

    Only where the evidence is proof: all runs of high characters in it, and at least two, are valid UTF-8 when taken
    back to bytes. A single doubtful run leaves the text as it was.
    """
    if text.isascii() or not ("Ã" in text or "â€" in text or "Ð" in text or "Â" in text):
        return text
    runs = [run[0] for run in _RUN.finditer(text)]
    broken = [run for run in runs if _taken_back(run)]
    if (
        len(broken) < 2
        or len(broken) < 0.95 * len(runs)
        or not any(_TWICE.search(run) or len(run) >= 6 for run in broken)
    ):
        return text
    return _RUN.sub(lambda run: _taken_back(run[0]) or run[0], text)


def _taken_back(run: str) -> str | None:
    try:
        return bytes(_BYTE_OF[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
