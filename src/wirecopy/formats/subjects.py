"""Subject codes -> subjects with scheme and name: IPTC media topics and subject codes are named, others as received."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from wirecopy.model import Subject

_IPTC = re.compile(r"(?:^|[:/_#])(?P<code>\d{8})$")
_PARTS = re.compile(r"^(?P<scheme>[A-Za-z][\w.-]*):(?P<code>[^/].*)$")
_MEDIA_TOPICS = ("medtop", "mediatopic")
_OWN_NAMES = frozenset({"subj", "subject", "subjectcode", "iptc", "iptcsubjectcode", "http", "https", "urn"})


@cache
def _names() -> dict[str, dict[str, str]]:
    folder = files(__package__)
    read = {
        name: folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ("mediatopics", "subjectcodes")
    }
    return {name: tomllib.loads(text) for name, text in read.items()}


def subject(code: str, *, name: str = "", scheme: str = "") -> Subject:
    """Return a subject of a code as received (`medtop:20000822`, a URI, `04000000`, free text).

    Eight-digit codes are IPTC's: `medtop` where the scheme says so or the number can be a media topic's only, else
    `subj`, unless an agency's own scheme extends them. They are named in IPTC's words, others as received.
    """
    code = code.strip()
    found = _IPTC.search(code)
    parts = _PARTS.match(code)
    scheme = scheme or (parts["scheme"] if parts else "")
    if found:
        return _iptc(found["code"], name, scheme, code)
    if scheme.lower() in _OWN_NAMES and parts and re.fullmatch(r"\d{7}", parts["code"]):  # its leading nought is lost
        return replace(_iptc("0" + parts["code"], name, scheme, code), code=parts["code"])
    return Subject(scheme, parts["code"] if parts else code, name)


def unique(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Return the subjects without repetition of a code, in order; the first that has a name wins."""
    held: dict[tuple[str, str], Subject] = {}
    for one in subjects:
        key = (one.scheme, one.code)
        if key not in held or (one.name and not held[key].name):
            held[key] = one
    return tuple(held.values())


def _iptc(code: str, name: str, scheme: str, received: str) -> Subject:
    hints = f"{scheme} {received}".lower()
    topics = code.startswith("20") or any(word in hints for word in _MEDIA_TOPICS)
    table = _names()["mediatopics" if topics else "subjectcodes"]
    own = scheme.lower() if scheme and "/" not in scheme and scheme.lower() not in _OWN_NAMES else ""
    return Subject("medtop" if topics else own or "subj", code, table.get(code) or name or _above(code, table))


def _above(code: str, table: dict[str, str]) -> str:
    return table.get(code[:5] + "000") or table.get(code[:2] + "000000", "")
