"""The agency's trailing credit lines: (Reporting by …), ENDS, Copyright …: no part of the text that copies share."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from wirecopy.agencies import registry

_LINES = 8
_LONGEST = 400

_RULES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "sign_offs.toml").read_text("utf-8"))
_LINE = re.compile("|".join(f"(?:{rule})" for rule in _RULES["lines"]), re.IGNORECASE)
_INLINE = re.compile(rf"(?:{'|'.join(f'(?:{rule})' for rule in _RULES['inline'])})++$", re.IGNORECASE)
_NAMES = re.compile("|".join(_RULES["names"]), re.IGNORECASE)
_LEADING = re.compile(r"^[\s(\[（*•—–=/-]+")
# ... on Monday. (AFP)   ... on Monday. -- BERNAMA   ... on Monday.==Kyodo
_NAME_ONLY = re.compile(r"[^\W\d_](?:[^\W\d_]|[. ](?!$)|\.){1,18}")
_NAMED = re.compile(
    r"(?:^|(?<=[.!?。”\"»’)]))\s*(?:[(\[（]|[-–—=/]+\s?)(?P<name>[^\W\d_][\w. ]{1,40}?)\s*[)\]）/=]*\W*$"
)


def split_sign_off(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Return the paragraphs without trailing credit lines, and those lines joined by newlines, or None.

    At least one paragraph stays: a text of nothing but credits is left as it is.
    """
    end = len(paragraphs)
    while end > max(1, len(paragraphs) - _LINES) and _is_credit(paragraphs[end - 1]):
        end -= 1
    kept, lines = list(paragraphs[:end]), list(paragraphs[end:])
    if kept and 0 < (start := _start_of_credit(kept[-1])) < len(kept[-1]):
        lines.insert(0, kept[-1][start:].strip())
        kept[-1] = kept[-1][:start].rstrip()
    return tuple(kept), "\n".join(lines) or None


def without_credit(text: str) -> str:
    """Return a block of text without the credit it ends in; nothing of a block that is a credit line."""
    return "" if _is_credit(text) else text[: _start_of_credit(text)].rstrip()


def _start_of_credit(text: str) -> int:
    """Return where in a paragraph the credit at its end begins; its length if it has none."""
    tail = max(0, len(text) - _LONGEST)
    found = _INLINE.search(text, tail) or _credits()[1].search(text, tail) or _NAMED.search(text, tail)
    if found is None or (found.re is _NAMED and registry().find(found["name"]) is None):
        return len(text)
    return found.start()


@cache
def _credits() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how agencies' own lines look: as paragraphs, and behind the last sentence of one.

    A short name is a credit alone; anything else also opens one.
    """
    known = registry()
    stated = {_LEADING.sub("", line) for one in (*known.agencies, *known.sub_brands) for line in one.credit}
    words = "|".join(re.escape(line) for line in stated if _NAME_ONLY.fullmatch(line))
    openings = "|".join(re.escape(line) for line in stated if not _NAME_ONLY.fullmatch(line))
    alone = rf"(?:(?:{words})\W*$|(?:{openings}))"
    behind = rf"(?:(?:{words})\W*|(?:{openings})[^.!?]{{0,80}}(?:[.!?]\W*)?)$"
    return re.compile(alone), re.compile(rf"(?<=[.!?。”\"»’)])\s*[(\[（*—–=/-]*\s*{behind}")


def names_in(sign_off: str | None) -> list[str]:
    """Return the parts of trailing credit lines that name who wrote the report, as printed."""
    lines = (_LEADING.sub("", line) for line in (sign_off or "").splitlines())
    return [re.split(r"[;；]", line)[0].strip(" ().（）") for line in lines if _NAMES.match(line)]


def _is_credit(paragraph: str) -> bool:
    if len(paragraph) > _LONGEST:
        return False
    bare = _LEADING.sub("", paragraph)
    return bool(
        _LINE.match(bare) or _LINE.match(paragraph) or _credits()[0].match(bare) or _start_of_credit(paragraph) == 0
    )
