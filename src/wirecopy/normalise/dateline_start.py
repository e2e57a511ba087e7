"""Where in a text a dateline may begin: at once, after bylines and notes, or after a teaser paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wirecopy.normalise.dateline_tokens import WINDOW, after_blanks
from wirecopy.normalise.dateline_words import words

_LINE = re.compile(r"[^\n]*\n\s*")
# By Daniel Holloway LOS ANGELES (Variety.com) -
_INLINE = re.compile(
    r"(?P<by>[^\W\d_]{2,5}) (?P<names>(?:[^\W\d_][\w.'’-]*,? (?:and |und |et |y )?){1,6}?)(?P<place>[^\W\d_a-zß-ÿ]{3,}\b)"
)
# Por Jorge Ruiz     Varsovia, 1 ene (EFE).-
_WIDE = re.compile(r"[^\W\d_]{2,5} (?P<names>[^\W\d_][^\n(:]{3,60}?)[ \t]{2,}(?P<place>[^\W\d_])")
# - LONDON (AP) - · * LONDON (AP) -
_BULLET = re.compile(r"[*•·>–—-]{1,3}\s{1,3}(?=\w)")
# (Adds analyst comment) LONDON, Jan 2 (Reuters) -
_NOTE = re.compile(r"([(\[][^()\[\]\n]{3,120}[)\]])[ \t]+(?=\w)")
_NOTE_OPENS = frozenset("([")
_SENTENCE_ENDS = (".", "!", "?", "。")
_MOST_LINES = 12
_LONGEST_TEASER = 400
SURE = 0.95
"""Below the first paragraph only a dateline beyond doubt counts."""


class Start(NamedTuple):
    """A place to begin: offset, the byline before it, and the confidence that a dateline there must have."""

    at: int
    byline: str | None = None
    least: float = 0.0


def starts(text: str) -> Iterator[Start]:
    """Yield the offsets at which a dateline may begin, likeliest first."""
    first = after_blanks(text, 0)
    if match := _BULLET.match(text, first, first + WINDOW):
        yield Start(match.end(), least=SURE)
    if (
        text[first : first + 1] in _NOTE_OPENS
        and (note := _NOTE.match(text, first, first + WINDOW))
        and is_note(note[1])
    ):
        yield Start(note.end(), least=SURE)
    if text.find("\n", first, first + WINDOW) < 0:
        yield from _inline_byline(text, first)
        yield Start(first)
        return
    after = list(_after_notes(text, first))
    if not after:
        yield from _inline_byline(text, first)
    if after and after[0].byline is not None:
        yield from after
        yield Start(first)
    else:
        yield Start(first)
        yield from after
    last = after[-1] if after else Start(first)
    yield from _after_teaser(text, last.at, last.byline)


def _after_notes(text: str, at: int) -> Iterator[Start]:
    """Yield where a dateline may begin after lines that are not of the story: bylines, titles, notes, bullets."""
    byline = None
    for _ in range(_MOST_LINES):
        match = _LINE.match(text, at, at + WINDOW)
        if match is None:
            return
        line = match[0].strip()
        name = byline_of(line)
        if name is None and not is_note(line):
            return
        byline = byline or name
        at = match.end()
        yield Start(at, byline)


def _inline_byline(text: str, at: int) -> Iterator[Start]:
    """Yield where capitals begin after a byline on the same line: `By Ann Lee TOKYO (Reuters) -`."""
    if text[at : at + 6].partition(" ")[0].casefold() not in words().byline_words:
        return
    if match := _WIDE.match(text, at, at + WINDOW) or _INLINE.match(text, at, at + WINDOW):
        yield Start(match.start("place"), match["names"].strip(" ,"), SURE)


def _after_teaser(text: str, at: int, byline: str | None) -> Iterator[Start]:
    """Yield the lines behind a title or a teaser; a sentence that only a line break ends belongs to the story."""
    for _ in range(2):
        match = _LINE.match(text, at, at + _LONGEST_TEASER)
        if match is None or (match[0].count("\n") < 2 and match[0].rstrip().endswith(_SENTENCE_ENDS)):
            return
        at = match.end()
        yield Start(at, byline, SURE)


def byline_of(line: str) -> str | None:
    """Return the names of a line that says who wrote (empty for the writer's title), None for any other line."""
    if len(line) > 120 or not line:
        return None
    low = line.casefold().lstrip("*• ")
    for opening in words().byline_openings if low.startswith(words().byline_openings) else ():
        if low.startswith(opening) and low[len(opening) : len(opening) + 1] in {" ", ":", "\t"}:
            rest = line[len(line) - len(low.lstrip()) + len(opening) :].strip(" :\t")
            if not rest[:1].islower():
                return rest
            break
    if (
        len(line) < 70
        and line[:1].isupper()
        and line[-1:] not in ".!?:"
        and any(title in low for title in words().titles)
    ):
        return "" if "(" not in line and " - " not in line and "--" not in line else None
    return None


def is_note(line: str) -> bool:
    """Return whether a line stands above the story without being of it: a bullet, a note in brackets, a rule of signs."""
    if not line or not (line[0].isalnum() or any(sign.isalnum() for sign in line)):
        return True
    if (line[0] in "*•^" or line.casefold().startswith(words().note_heads)) and len(line) < 200:
        return True
    inner = line.strip("()[] ").casefold()
    return line[0] in "([" and line[-1] in ")]" and inner.startswith(words().note_openings)
