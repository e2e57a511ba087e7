"""Why two items are no copies of each other, in words for the person who asks; the same rules as `match`."""

from __future__ import annotations

from collections.abc import Iterator

from wirecopy.dedupe.align import Alignment, align, gaps_between
from wirecopy.dedupe.boilerplate import pieces
from wirecopy.dedupe.carried import words_of
from wirecopy.dedupe.facts import tells_apart
from wirecopy.dedupe.gaps import compare_gaps, read_as_noise
from wirecopy.dedupe.match import match, may_be_one
from wirecopy.dedupe.measures import count_converted, read_measures, without_converted
from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.series import is_next_of_series
from wirecopy.dedupe.words import FIGURE, NAME
from wirecopy.model import Comparable, Relation

Facts = tuple[tuple[str, ...], tuple[str, ...]]


def differing_facts(a: Words, b: Words) -> tuple[Facts, ...]:
    """Return the figures and names that stand in place of others, place by place: `((of a, of b), …)`."""
    found = align(a, b)
    gaps = compare_gaps(gaps_between(found.passages, a, b), a, b)
    if found.is_noisy:
        gaps = read_as_noise(gaps)
    changes = [
        (tuple(w for w, of in gap.left if of == kind), tuple(w for w, of in gap.right if of == kind))
        for gap in gaps
        for kind in (FIGURE, NAME)
    ]
    return tuple(dict.fromkeys((left, right) for left, right in changes if left and right))


def why_apart(a: Comparable, b: Comparable, *, window_days: int = 30) -> tuple[str, ...]:
    """Return the reasons why `match` does not join two items, the deciding one first; empty where it does."""
    found = match(a, b, window_days=window_days)
    if found is not None and found.relation != Relation.REUSE:
        return ()
    return tuple(_reasons(a, b, window_days))


def shared_boilerplate(bodies: tuple[str, str], told: tuple[str, str]) -> tuple[str, ...]:
    """Return the sentences that two bodies share, but not the texts that were compared: what counts for nothing."""
    one, other = (
        # The latter half: a sentence that has only lost its dateline counts.
        [piece for piece in pieces(body) if piece[len(piece) // 2 :] not in text]
        for body, text in zip(bodies, told, strict=True)
    )
    return tuple(piece for piece in one if piece in set(other))


def _reasons(a: Comparable, b: Comparable, window_days: int) -> Iterator[str]:
    if a.published_on and b.published_on and abs((a.published_on - b.published_on).days) > window_days:
        yield f"They were published {abs((a.published_on - b.published_on).days)} days apart: copies are sought within {window_days} days."
        return
    if a.published_on is None or b.published_on is None:
        yield "One of them has no date of publication, so that only equal text joins them."
        return
    words_a, words_b = words_of(a), words_of(b)
    if not words_a.words or not words_b.words:
        yield "One of them has no text of its own beside what outlets print around every report."
        return
    if a.language and b.language and a.language.partition("-")[0] != b.language.partition("-")[0]:
        yield f"They are written in different languages ({a.language}, {b.language})."
    found, shorter = (
        without_converted(align(words_a, words_b), a.text, b.text),
        min(len(words_a.words), len(words_b.words)),
    )
    if tells_apart(a, b, found, shorter):
        yield _facts(a, b)
    elif is_next_of_series(a, b, found, shorter):
        yield f"{_facts(a, b)} So differ the reports of a series."
    if not may_be_one(a, b, shorter):
        yield "Their headlines speak of different things or name different ones: many stories may be told in such words."
    yield f"{_told(found, shorter)}."


def _facts(a: Comparable, b: Comparable) -> str:
    measures = read_measures(a.text), read_measures(b.text)
    facts = [
        (one, other)
        for one, other in differing_facts(words_of(a), words_of(b))
        if not count_converted([frozenset((frozenset(one), frozenset(other)))], *measures)
    ]
    shown = [f"{' '.join(one)} / {' '.join(other)}" for one, other in facts[:_SHOWN]]
    return f"Figures or names differ where the wording is the same: {'; '.join(shown)}."


_SHOWN = 8


def _told(found: Alignment, shorter: int) -> str:
    if not found.shared:
        return "They have no wording in common"
    where = ", the longest run at the end" if found.ending and found.ending * 2 > found.shared else ""
    return (
        f"{found.shared} words run along each other, {found.shared / shorter:.0%} of the shorter text{where}; "
        f"the longest passage has {found.longest} words"
    )
