"""The agency's trailing credit lines: (Reporting by …), ENDS, Copyright …: no part of the text that copies share."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_LINES = 8
_LONGEST = 400

_RULES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "sign_offs.toml").read_text("utf-8"))
_LINE = re.compile("|".join(f"(?:{rule})" for rule in _RULES["lines"]), re.IGNORECASE)
_INLINE = re.compile(rf"(?:{'|'.join(f'(?:{rule})' for rule in _RULES['inline'])})+$", re.IGNORECASE)
_NAMES = re.compile("|".join(_RULES["names"]), re.IGNORECASE)
_LEADING = re.compile(r"^[\s(\[（*•—–-]+")


def split_sign_off(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Return the paragraphs without trailing credit lines, and those lines joined by newlines, or None.

    At least one paragraph stays: a text of nothing but credits is left as it is.
    """
    end = len(paragraphs)
    while end > max(1, len(paragraphs) - _LINES) and _is_credit(paragraphs[end - 1]):
        end -= 1
    kept, lines = list(paragraphs[:end]), list(paragraphs[end:])
    if kept and (found := _INLINE.search(kept[-1])) and found.start() > 0:
        lines.insert(0, kept[-1][found.start() :].strip())
        kept[-1] = kept[-1][: found.start()].rstrip()
    return tuple(kept), "\n".join(lines) or None


def names_in(sign_off: str | None) -> list[str]:
    """Return the parts of trailing credit lines that name who wrote the report, as printed."""
    lines = (_LEADING.sub("", line) for line in (sign_off or "").splitlines())
    return [re.split(r"[;；]", line)[0].strip(" ().（）") for line in lines if _NAMES.match(line)]


def _is_credit(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST and bool(_LINE.match(_LEADING.sub("", paragraph)) or _LINE.match(paragraph))
