"""What outlets print around every report: known lines, and paragraphs learnt from repetition.

A paragraph is learnt where it stands in reports that otherwise have nothing to do with one another. Text that repeats
because one story was syndicated is not: its carriers resemble one another in the rest. Nor is background that an agency
tells again and again: it stands amid other words each time.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import chain
from typing import Any, Final, NamedTuple

from wirecopy.dedupe.words import CALENDAR

_DATA: Final[dict[str, Any]] = tomllib.loads(
    files("wirecopy.dedupe").joinpath("data/boilerplate.toml").read_text("utf-8")
)
_PHRASES: Final[tuple[str, ...]] = tuple(_DATA["phrases"])
# What a group held is never asked, and to note it takes a third of the time.
_OPENINGS: Final = re.compile(
    "|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", f"({pattern})") for pattern in _DATA["openings"])
)
_KNOWN_CHARACTERS: Final[int] = _DATA["longest"] * 8

MIN_CARRIERS: Final = 4
"""A paragraph is judged once so many items of one outlet, or of all, carry it."""
MAX_CARRIERS: Final = 16
"""So many carriers are compared at most, those with the least item keys."""


_SHARE_AT_ONE: Final = 0.002
"""Share of an outlet's items that carry what it prints around them."""
_SHARE_ANYWHERE: Final = 0.001
"""The same of all items, where no outlet prints it so often."""


def is_frequent(carriers: Mapping[str, int], items: Mapping[str, int]) -> bool:
    """Say whether a paragraph is printed often enough to be no news: `carriers` of how many `items`, by outlet.

    What four stories of millions have in common is a background that they share.
    """
    return any(count >= max(MIN_CARRIERS, _SHARE_AT_ONE * items[outlet]) for outlet, count in carriers.items()) or sum(
        carriers.values()
    ) >= max(MIN_CARRIERS, _SHARE_ANYWHERE * sum(items.values()))


class Carrier(NamedTuple):
    """An item in which a repeated paragraph stands."""

    outlet: str
    paragraph_hash: int
    item_key: str
    body: str


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Paragraph hashes that are no news, at one outlet or anywhere; `version` is a hash of them."""

    version: str = ""
    shared: frozenset[int] = frozenset()
    by_outlet: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def covers(self, outlet: str, hashed: int | None) -> bool:
        """Say whether the piece of text that a hash stands for is boilerplate, learnt at an outlet or anywhere."""
        return hashed in self.shared or hashed in self.by_outlet.get(outlet, _NONE)

    def hashes(self) -> frozenset[int]:
        """Return all that is boilerplate somewhere."""
        return self.shared.union(*self.by_outlet.values())


_NONE: Final[frozenset[int]] = frozenset()
EMPTY: Final = Boilerplate()


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a body, without empty ones."""
    return [part for part in (piece.strip() for piece in _BREAK.split(body)) if part]


def paragraph_hash(paragraph: str) -> int:
    """Return a signed 64-bit hash of a paragraph's letters and figures; case and years do not count (`© 2026`).

    `The bank gave the market 57 mln stg of help.` repeats with other figures, and is news each time.
    """
    return _hash(_letters(_undated(paragraph)))


def _undated(text: str) -> str:
    return _YEAR.sub("", text) if "19" in text or "20" in text else text


def _hash(letters: bytes) -> int:
    return int.from_bytes(blake2b(letters, digest_size=8).digest(), "big", signed=True)


def _letters(text: str) -> bytes:
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, "")
    if text.isascii():
        return text.encode().translate(_SMALL, _NO_LETTERS)
    return "".join(_LETTERS.findall(text)).lower().encode()


def pieces(body: str) -> list[str]:
    """Return the sentences of a body, each line's end ending one: the unit in which text repeats.

    Sentences and not paragraphs, since many sources run their lines together. An abbreviation may be parted, which harms
    nothing.
    """
    for stop, end in _STOPS if body.isascii() else _ALL_STOPS:
        body = body.replace(stop, end)
    return [part for piece in body.split("\n") if (part := piece.strip())]


class Paragraph(NamedTuple):
    """A paragraph, its pieces, and for each its hash if repetition can make it boilerplate."""

    text: str
    pieces: list[str]
    hashes: list[int | None]


def read_paragraphs(body: str) -> list[Paragraph]:
    """Return the paragraphs of a body, piece by piece."""
    return [
        Paragraph(text, parts, list(map(_learnable, parts))) for text in paragraphs(body) for parts in [pieces(text)]
    ]


def learnable_hashes(read: Iterable[Paragraph]) -> tuple[int, ...]:
    """Return the distinct hashes of those pieces of a text that repetition can make boilerplate, in order."""
    hashes = chain.from_iterable([paragraph.hashes for paragraph in read])
    return tuple([hashed for hashed in dict.fromkeys(hashes) if hashed is not None])


@lru_cache(maxsize=1024)
def _learnable(piece: str) -> int | None:
    """Return a piece's hash if repetition can make it boilerplate: not a few words, which are anyone's, and not figures.

    `Revs 1.2 mln vs 1.1 mln` is news however often its words repeat.
    """
    if len(piece.split(None, _LEAST_WORDS - 1)) < _LEAST_WORDS and _count_words(piece) < _LEAST_WORDS:
        return None
    letters = _letters(piece)
    if letters.isalpha():
        return _hash(letters)
    if _is_of_figures(piece):
        return None
    undated = _undated(piece)
    return _hash(letters if undated is piece else _letters(undated))


def _is_of_figures(piece: str) -> bool:
    """Say whether one word in eight or more is a figure.

    `Channel 4 staff`, `radio1.example` are names: their number is no figure.
    """
    words = _count_words(piece)
    figures = len(_FIGURES.findall(piece))
    if figures * _WORDS_A_FIGURE < words:
        return False
    numbered = len(_NUMBERED.findall(piece))
    if numbered and not any(word.strip(_MARKS).lower() in CALENDAR for word in piece.split()):
        figures -= numbered
    return figures * _WORDS_A_FIGURE >= words


def _count_words(piece: str) -> int:
    """Return how many words a piece has; two characters of a script without spaces are one."""
    spaced = len(piece.split())
    return spaced if piece.isascii() else max(spaced, len(_WORDS.findall(piece)) // 2)


@lru_cache(maxsize=4096)
def is_known_line(line: str) -> bool:
    """Say whether a line opens or reads like one that is no news wherever it stands (rights, credits, read on)."""
    if len(line) > _KNOWN_CHARACTERS:
        return False
    return _opens_known(line) or (any(phrase in line.lower() for phrase in _PHRASES) and len(pieces(line)) == 1)


def _opens_known(line: str) -> bool:
    return len(line) <= _KNOWN_CHARACTERS and _OPENINGS.match(line.lower()) is not None


def news_of(body: str, read: Iterable[Paragraph], outlet: str, boilerplate: Boilerplate) -> list[str]:
    """Return what the paragraphs of a body tell at an outlet, without known lines and boilerplate."""
    suspect = _may_hold_known_line(body.lower())
    kept = []
    for paragraph in read:
        if is_known_line(paragraph.text) if suspect else _opens_known(paragraph.text):
            continue
        told = paragraph.pieces
        if boilerplate is not EMPTY:
            told = [
                piece
                for piece, hashed in zip(told, paragraph.hashes, strict=True)
                if not boilerplate.covers(outlet, hashed)
            ]
        if suspect:
            told = [piece for piece in told if not is_known_line(piece)]
        if told:
            kept.append(" ".join(told))
    return kept


def _may_hold_known_line(lowered: str) -> bool:
    return _INSIDE.search(lowered) is not None or any(map(lowered.__contains__, _PHRASES))


def learn(carriers: Iterable[Carrier], known: frozenset[int] = frozenset()) -> Boilerplate:
    """Return the boilerplate among repeated paragraphs: those whose carriers are unrelated otherwise.

    What is `known` to be boilerplate counts for nothing in them: a brief between a header and a long footer has less of its
    own than the two together, and teaches the one once the other is learnt.

    Pass, for every paragraph that at least `MIN_CARRIERS` items carry, up to `MAX_CARRIERS` of them an outlet. The
    result does not depend on their order. A paragraph learnt at one of several outlets that print it is boilerplate at all.
    """
    groups: dict[int, dict[str, list[Carrier]]] = defaultdict(lambda: defaultdict(list))
    for carrier in carriers:
        groups[carrier.paragraph_hash][carrier.outlet].append(carrier)
    by_outlet: dict[str, set[int]] = defaultdict(set)
    shared: set[int] = set()
    for hashed, outlets in groups.items():
        learnt = [
            outlet
            for outlet, found in outlets.items()
            if _is_boilerplate(hashed, found, _OWN_ANYWHERE if outlet in NOBODY else _OWN_AT_ONE, known)
        ]
        for outlet in learnt:
            by_outlet[outlet].add(hashed)
        everywhere = [carrier for found in outlets.values() for carrier in found]
        if len(outlets) > 1 and (learnt or _is_boilerplate(hashed, everywhere, _OWN_ANYWHERE, known)):
            shared.add(hashed)
    return _versioned(shared, by_outlet)


def united(parts: Iterable[Boilerplate]) -> Boilerplate:
    """Return what several lessons taught together; the carriers of one paragraph must not have been parted among them."""
    shared: set[int] = set()
    by_outlet: dict[str, set[int]] = defaultdict(set)
    for part in parts:
        shared |= part.shared
        for outlet, found in part.by_outlet.items():
            by_outlet[outlet] |= found
    return _versioned(shared, by_outlet)


def _versioned(shared: set[int], by_outlet: Mapping[str, set[int]]) -> Boilerplate:
    rows = sorted(
        [("", hashed) for hashed in shared] + [(o, hashed) for o, found in by_outlet.items() for hashed in found]
    )
    if not rows:
        return EMPTY
    version = blake2b("\n".join(f"{outlet}\t{hashed}" for outlet, hashed in rows).encode(), digest_size=8).hexdigest()
    return Boilerplate(version, frozenset(shared), {outlet: frozenset(found) for outlet, found in by_outlet.items()})


def _is_boilerplate(hashed: int, carriers: list[Carrier], own: float, known: frozenset[int]) -> bool:
    """Say whether at least `MIN_CARRIERS` carriers have nothing to do with one another, and the piece frames them.

    Such a witness has `own` times as much of its own as it has in common with another: what five outlets print with a
    paragraph of their own each is a story.
    """
    chosen = sorted(set(carriers), key=lambda carrier: carrier.item_key)[:MAX_CARRIERS]
    witnesses: list[_Pieces] = []
    for carrier in sorted(chosen, key=lambda carrier: -len(carrier.body)) if len(chosen) >= MIN_CARRIERS else ():
        body = _read(carrier.body)
        if all(_unrelated(body, other, own, known) for other in witnesses):
            witnesses.append(body)
    return len(witnesses) >= MIN_CARRIERS and (len(witnesses) >= _ANYWHERE or _frames(hashed, witnesses))


_ANYWHERE: Final = 12
"""So many unrelated reports make boilerplate of what stands amid other words in each of them."""


def _frames(hashed: int, witnesses: Sequence[_Pieces]) -> bool:
    """Say whether a piece is at one edge of most carriers, or beside one other: background that is told again is not."""
    beside: Counter[tuple[int, int]] = Counter()
    for body in witnesses:
        order = (_EDGE, *body, _EDGE)
        # What opens a body after its dateline is not found in it as it stands.
        at = order.index(hashed) if hashed in body else 1
        beside.update(((-1, order[at - 1]), (1, order[at + 1])))
    return 2 * max(beside.values()) > len(witnesses)


_EDGE: Final = 0

_Pieces = Mapping[int, frozenset[int]]
"""What a body is made of: each piece's hash, with the hashes of its word shingles."""


@lru_cache(maxsize=2048)
def _read(body: str) -> _Pieces:
    return {paragraph_hash(part): _shingles(part) for part in pieces(body)}


def _shingles(piece: str) -> frozenset[int]:
    words = _WORDS.findall(piece.lower())
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


def _unrelated(one: _Pieces, other: _Pieces, own: float, known: frozenset[int]) -> bool:
    """Say whether two carriers tell of something else by what is left of them without the pieces that both have."""
    left = frozenset[int]().union(*(found for hashed, found in one.items() if hashed not in other))
    right = frozenset[int]().union(*(found for hashed, found in other.items() if hashed not in one))
    shared = sum(len(found) for hashed, found in one.items() if hashed in other and hashed not in known)
    smaller = min(len(left), len(right))
    return smaller >= max(_LEAST_LEFT, own * shared) and len(left & right) < max(1, _RELATED * smaller)


_RELATED: Final = 0.06
"""Share of word shingles in common from which on two texts have to do with each other."""
_LEAST_LEFT: Final = 4
_OWN_AT_ONE: Final = 0.1
_OWN_ANYWHERE: Final = 0.6
NOBODY: Final = frozenset({"", "unknown"})
"""Outlets that are none."""
_LEAST_WORDS: Final = 3
_BREAK: Final = re.compile(r"\n\s*\n")
_STOPS: Final = tuple((f"{stop} ", f"{stop}\n") for stop in ".!?")
_ALL_STOPS: Final = (*_STOPS, ("… ", "…\n"), *((stop, f"{stop}\n") for stop in "。！？"))
_INSIDE: Final = re.compile(rf"[.!?…] +(?:{_OPENINGS.pattern})")
# What precedes is looked at behind the first characters: a pattern that begins with some is fast to look for.
_FIGURES: Final = re.compile(r"\d(?<![^\W_]\d)\d*(?:[.,]\d+)*")
_NUMBERED: Final = re.compile(r"[^\W\d_a-z](?<![^\W_].)[^\W\d_]{2,} \d{1,3}(?![^\W_]|[.,]\d)")
_WORDS_A_FIGURE: Final = 8
_MARKS: Final = ".,;:()"
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL: Final = bytes(range(256)).lower()
_SIGNS: Final = "“”‘’–—…\u00a0"
_LETTERS: Final = re.compile(r"[^\W_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?<!\d{5})(?!\d)")
# Words, or characters of a script without spaces.
_WORDS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
