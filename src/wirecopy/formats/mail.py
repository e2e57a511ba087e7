"""E-mail -> Article (RFC 5322, MIME): the plain part before the HTML part, attachments named only.

Copied mail is read too: mbox files, and messages as they went over the line, their dots doubled (RFC 5321, 4.5.2).
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from wirecopy.errors import MarkupUnreadable
from wirecopy.formats.assemble import Stamps, assemble
from wirecopy.formats.blocks import marked_text, plain_text
from wirecopy.formats.reading import Outcome
from wirecopy.markup.wire_encoding import decode_wire
from wirecopy.model import Article, Doubt, NameCandidate

FORMAT = "mail"
MAX_PARTS = 200
MAX_HEADER = 10_000
"""Characters of a header that are decoded: the time it takes grows with the square of the encoded words."""
MAX_MESSAGE = 24_000_000
# From desk@example.org Tue Mar  5 10:15:00 2024
MBOX = re.compile(
    rb"From \S+\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)? [^\n]*\d{4}\s*$"
)
_END = re.compile(rb"\r?\n\.\r?\n\s*$")


def read_mail(lines: Iterable[bytes]) -> Iterator[Outcome]:
    """Yield the article of each message of a file's lines, holding one message at a time."""
    held: list[bytes] = []
    size, after_blank = 0, True
    for line in lines:
        if after_blank and MBOX.match(line):
            yield from _whole(held, size)
            held, size = [], 0
        elif size <= MAX_MESSAGE:
            held.append(line)
        size += len(line)
        after_blank = not line.strip()
    yield from _whole(held, size)


def _whole(lines: list[bytes], size: int) -> Iterator[Outcome]:
    data = b"".join(lines).lstrip(b" \t\r\n")
    if data:
        yield _message(_undotted(data), size)


def _message(data: bytes, size: int) -> Outcome:
    if size > MAX_MESSAGE:
        return MarkupUnreadable(f"the message is larger than {MAX_MESSAGE // 1_000_000} MB", reason="too large")
    try:
        return _article(email.message_from_bytes(data, policy=email.policy.compat32))
    except RecursionError as err:  # the parser calls itself once for each level of parts
        error = MarkupUnreadable("the parts of the message are nested too deeply", reason="too deep")
        error.__cause__ = err
        return error
    except MarkupUnreadable as err:
        return err


def _undotted(data: bytes) -> bytes:
    """Return a message that was copied off the line without its closing dot and its doubled ones."""
    if not _END.search(data):
        return data
    return re.sub(rb"(?m)^\.\.", b".", _END.sub(b"\n", data))


def _article(message: Message) -> Article:
    name, address = parseaddr(_header(message, "From"))
    plain, marked, files = _parts(message)
    domain = address.rpartition("@")[2]
    return assemble(
        FORMAT,
        Stamps(version_created=_header(message, "Date")),
        item_uri=_header(message, "Message-ID").strip("<> "),
        headline=_header(message, "Subject"),
        byline=_header(message, "From"),
        names=(NameCandidate(name, "mail"),) if name else (),
        provider=domain.lower() or name,
        language=_header(message, "Content-Language"),
        priority=_header(message, "X-Priority"),
        keywords=tuple(word.strip() for word in _header(message, "Keywords").split(",") if word.strip()),
        related=tuple(reference.strip("<>") for reference in _header(message, "References").split()),
        body=plain_text(plain) if plain.strip() else marked_text(marked),
        extra=(("attachments", "; ".join(files)),) if files else (),
        doubts=(Doubt("end_missing", "the last part of the message has no end"),) if _is_cut(message) else (),
    )


def _is_cut(message: Message) -> bool:
    return any(isinstance(defect, email.errors.CloseBoundaryNotFoundDefect) for defect in message.defects)


def _header(message: Message, name: str) -> str:
    """Return a header decoded (RFC 2047), raw bytes in it repaired; empty where it is missing."""
    value = message.get(name)
    if value is None:
        return ""
    if len(str(value)) > MAX_HEADER:
        return " ".join(_raw(str(value)[:MAX_HEADER]).split())
    try:
        words = decode_header(str(value) if isinstance(value, str) else value)
    except (email.errors.HeaderParseError, ValueError):  # an encoded word that is none: shown as received
        words = [(str(value), None)]
    return re.sub(r"\s+", " ", "".join(_word(word, charset) for word, charset in words)).strip()


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return _raw(word)
    return decode_wire(word, declared=None if charset in {None, "unknown-8bit"} else charset).text


def _raw(text: str) -> str:
    """Return a string in which the parser kept raw bytes as surrogates, decoded."""
    return decode_wire(text.encode("utf-8", "surrogateescape")).text if not text.isascii() else text


def _parts(message: Message) -> tuple[str, str, list[str]]:
    """Return the plain text, the HTML and the names of attachments."""
    plain, marked, files = "", "", []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        if part.is_multipart():
            continue
        name = part.get_filename()
        kind = part.get_content_type()
        if name or part.get_content_disposition() == "attachment":
            files.append(_raw(name) if name else kind)
        elif kind == "text/plain":
            plain = plain or _text(part)
        elif kind == "text/html":
            marked = marked or _text(part)
    return plain, marked, files


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_param("charset")
    return decode_wire(data, declared=charset if isinstance(charset, str) else None).text
