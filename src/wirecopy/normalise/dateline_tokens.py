"""The head of a text as tokens: words, numbers, dashes and signs, read once from left to right.

One rule of datelines lives here: reading stops where no dateline can go on, at the first lower-case word outside
brackets that no dateline knows, or at a sign with which only a story opens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wirecopy.normalise.dateline_words import traits, words

WINDOW = 480
"""Characters of a head that are looked at; no agency prints a longer dateline."""
MOST_TOKENS = 80
MOST_STRANGE = 2
"""Lower-case words outside brackets that no dateline is known to hold (`Nations unies`, `A bord de l'avion papal`)."""

# Spelled out, since a class with \s or \d in it is several times slower.
_BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f\u2060\u2066-\u2069\u3000\ufeff\xad"
_DIGIT = (
    r"0-9"
    r"\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f"
    r"\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29"
    r"\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\u1810-\u1819\u1946-\u194f\u19d0-\u19d9\u1a80-\u1a89\u1a90-\u1a99"
    r"\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\ua620-\ua629\ua8d0-\ua8d9\ua900-\ua909\ua9d0-\ua9d9"
    r"\ua9f0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9\uff10-\uff19"
)
# A letter is whatever is no blank, digit or sign: vowel signs and other marks, and U+200C and U+200D, stay inside
# their word.
_LETTER = (
    rf"[^{_BLANK}{_DIGIT}\x00-\x40\x5b-\x60\x7b-\x9f\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    r"\u055d\u0589\u060c\u061b\u061f\u06d4\u0964\u0965\u104a\u104b\u1361-\u1366\u17d4\u17d6\u2010-\u206f\u20a0-\u20bf\u3000-\u3004\u3008-\u301f\u30fb\uff01-\uff0f"
    r"\uff1a-\uff20\uff3b-\uff3d\uff3f\uff40\uff5b-\uff65\ufffd]"
)
# Dashes, and what is left of them after a wrong decoding or in HTML.
_DASH = (
    r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+|\u00c3\u00a2\u00e2[\u20ac\u201a\u00ac\u0080\u00c2]*(?:\u00e2\u20ac[\u0153\u009d]?)?"
    r"|\u00e2\u20ac[\u201c\u201d\u2013\u2014\x93\x94\"]?|\u00e2\x80[\x90-\x95]|\ufffd+|[\x96\x97]"
    r"|&(?:amp;)?(?:[mn]dash|\#821[12]|\#x201[34]);"
)
# A word goes on behind a full stop, an ampersand, an apostrophe or Latin digits if a letter follows: `N.C`, `AT&T`,
# `N'Djamena`, `Liputan6.com`; `'s-Hertogenbosch` begins with its apostrophe.
_INSIDE = rf"(?:(?:[.&\ufffd]|['\u2018\u2019\u02bc`]|[0-9]+\.?(?=[A-Za-z]))(?={_LETTER}){_LETTER}+)*"
# Where accents cannot be sent, an apostrophe stands for one at a word's end: `CITTA' DEL VATICANO`, `FORLI'`.
_INSIDE += rf"(?:(?<=[AEIOU])'(?=[{_BLANK},)]))?"
_WORD = rf"(?:['\u2019](?=s-))?{_LETTER}+{_INSIDE}"
# Most words begin with a plain letter: no misread dash does, so they are tried first.
_TOKEN = re.compile(rf"[{_BLANK}]*(?:([A-Za-z]{_LETTER}*{_INSIDE})|({_DASH})|({_WORD})|([{_DIGIT}]+)|([^{_BLANK}]))")
_BLANKS = re.compile(rf"[{_BLANK}]*")
WORD, NUMBER, DASH, LINE, END = "w", "n", "-", "\n", ""
_PLAIN = {
    "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]", "〔": "[", "〕": "]", "〈": "<", "〉": ">",
    "，": ",", "،": ",", "、": ",", "：": ":", "；": ";", "。": ".", "।": ".", "۔": ".", "／": "/", "＝": "=", "｜": "|",
    "・": "·", "׃": ":",
    "։": ":", "՝": ",", "፣": ",", "፤": ";", "፡": ":", "፥": ":", "፦": ":", "።": ".", "៖": ":", "។": ".", "၊": ",", "။": ".", "–": DASH,
}  # fmt: skip
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
# Signs with which only a story opens: outside brackets no dateline holds one.
_STORY = frozenset('"“”„«»‹›¿¡!?$€£¥₹%{}<>*†@#')
_LONG_DASHES = frozenset("—―–")
_INNER = frozenset({NUMBER, ",", "."})
_MISREAD = words().misread_dashes


class Token(NamedTuple):
    """One token: its kind (`w`, `n`, `-`, a line break, or the sign itself in ASCII), its text and where it stands."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool
    """Whether no blank stands before it."""


def tokens(text: str, start: int = 0) -> list[Token]:
    """Return the tokens of the head that begins at `start`, closed by one of kind `END`.

    Work is bounded by `WINDOW` and `MOST_TOKENS`, whatever the text.
    """
    found: list[Token] = []
    # A named tuple's own constructor costs more than all else here.
    _new = tuple.__new__
    at, reach, lined = start, _Reach(), text.find("\n", start, start + WINDOW) >= 0
    for match in _TOKEN.finditer(text, start, min(len(text), start + WINDOW)):
        group = match.lastindex or 5
        word = match[group]
        begin, end = match.span(group)
        apart = begin > at
        if lined and apart and found and "\n" in text[at:begin]:
            found.append(Token(LINE, text[at:begin], at, begin, glued=True))
        kind = _KINDS[group] or _PLAIN.get(word, word)
        if len(word) == 1 and word in _MISREAD and _stands_for_dash(text, found, begin, end):
            kind = DASH
        found.append(_new(Token, (kind, word, begin, end, not apart)))
        at = end
        counts = word[0].islower() if kind == WORD else kind not in _INNER
        if (counts and reach.ends(kind, word, apart=apart)) or len(found) >= MOST_TOKENS:
            break
    end = after_blanks(text, at)
    found.append(Token(END, "", end, end, glued=False))
    return found


def after_blanks(text: str, at: int) -> int:
    """Return the offset of the first sign at or behind `at` that can be seen."""
    match = _BLANKS.match(text, at)
    return match.end() if match else at


class _Reach:
    """How far a head goes: counts open brackets, and lower-case words that no dateline is known to hold."""

    __slots__ = ("_depth", "_strange")

    def __init__(self) -> None:
        self._depth, self._strange = 0, 0

    def ends(self, kind: str, word: str, *, apart: bool) -> bool:
        """Return whether no dateline goes on behind this sign or lower-case word."""
        if kind in _OPEN:
            self._depth += 1
        elif kind in _CLOSE:
            self._depth -= 1
        elif self._depth > 0:
            return False
        elif kind == WORD:
            self._strange += not traits(word).goes_on
            return self._strange > MOST_STRANGE
        elif kind == DASH and (apart or len(word) > 1 or word in _LONG_DASHES):
            # Behind a dash that no word holds, there is no name that only knowledge could confirm.
            self._strange = MOST_STRANGE
        return self._depth <= 0 and kind in _STORY


def _stands_for_dash(text: str, found: list[Token], begin: int, end: int) -> bool:
    """Return whether a sign is what a wrong encoding made of a dash: alone between blanks, after a bracket."""
    closed = bool(found) and found[-1].kind in {")", "]", "/"}
    return closed and found[-1].end < begin and text[end : end + 1].isspace()


_KINDS = {1: WORD, 2: DASH, 3: WORD, 4: NUMBER, 5: ""}
