"""Two items -> whether they share text, how, and on what evidence.

`match` looks at nothing but its two items. Which matched items make one story is decided in `story`; that two keys
mean one item (`same_as`) is decided from identifiers by the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from functools import lru_cache
from typing import Final

from wirecopy.dedupe.align import Alignment, InCommon, Passage, align, in_common
from wirecopy.dedupe.carried import words_of
from wirecopy.dedupe.continues import LINKED, continuation, is_announced, is_late, is_other_take
from wirecopy.dedupe.facts import LONG_PROSE, TEMPLATE_SHORT, differs_throughout, tells_apart
from wirecopy.dedupe.gaps import GAP
from wirecopy.dedupe.glance import reads_alike
from wirecopy.dedupe.measures import as_if_converted, without_converted
from wirecopy.dedupe.reading import Words
from wirecopy.dedupe.series import is_next_of_series
from wirecopy.dedupe.subject import named_otherwise, same_subject
from wirecopy.dedupe.words import PLAIN
from wirecopy.model import Comparable, Match, Relation

SHORT: Final = 40
"""Texts of fewer words are flashes and briefs: most of one must stand in the other."""
_MEMBER: Final = 0.5
"""Share of the shorter text that makes two items one story by itself."""
_MEMBER_ANYHOW: Final = 0.7
"""The share that is enough even without a whole passage in common."""
_PASSAGE: Final = 16
_LONG_PASSAGE: Final = 26
_MEMBER_BY_LEAD: Final = 0.3
"""The share that is enough where both open alike."""
_MEMBER_SHORT: Final = 0.7
_MEMBER_SCATTERED: Final = 0.85
"""The share of a brief that is enough where fewer words in a row are the same:"""
_RUN: Final = 6
_MEMBER_BACKED: Final = 0.45
"""The share that is enough where so many facts agree and none differs:"""
_BACKING: Final = 4
_TOLD_ALIKE: Final = 10
"""Words in a row that two who tell the same on their own hardly have in common."""
_OPENING: Final = 40
"""Words at the top of a text, a quarter of which the other must have somewhere."""
_HEADER: Final = 20
_AMID: Final = 30
"""Words before and after a text that stands whole in another, more than outlets print around a copy."""
_SCRAPS: Final = 6
"""Words in common beside a passage that say nothing."""
_LEAST: Final = 8
"""Fewer words are no report."""
_EXCERPT: Final = 0.8
"""Share of an excerpt that stands in the longer text."""
_CUT: Final = 6
_CUT_SHARE: Final = 0.07
"""Words, and share of the longer text, that an excerpt leaves out at the end."""
_CUT_SURELY: Final = 0.35
"""The share that nobody adds: whichever came first, one is cut."""
_REUSE: Final = 30
"""A passage of so many words is taken over, not said alike by chance."""


def match(a: Comparable, b: Comparable, *, window_days: int = 30, boilerplate_version: str = "") -> Match | None:
    """Return the evidence that two items share text, or None where they do not tell the same report.

    Symmetric: the result's `a` is the lesser key. Items further apart in publication than the window never match;
    an item without publication matches equal text only. `reuse` is a match that makes no member.
    """
    if a.item_key == b.item_key:
        return None
    if a.item_key > b.item_key:
        a, b = b, a
    if not _within(a, b, window_days):
        return None
    if reads_alike(a.text, b.text):
        return _exact(a, b, boilerplate_version)
    if a.published_on is None or b.published_on is None:
        return None
    return _compared(a, b, boilerplate_version)


def _within(a: Comparable, b: Comparable, window_days: int) -> bool:
    if a.published_on is None or b.published_on is None:
        return True
    return abs((a.published_on - b.published_on).days) <= window_days


def _exact(a: Comparable, b: Comparable, version: str) -> Match | None:
    """Equal text is one report; a brief that names nobody is so only under headlines of one subject."""
    words = len(words_of(a).words)
    if not may_be_one(a, b, words):
        return None
    return Match(
        a=a.item_key,
        b=b.item_key,
        relation=Relation.EXACT,
        jaccard=1.0,
        containment_a=1.0,
        containment_b=1.0,
        shared_words=words,
        longest_passage=words,
        shared_facts=words - words_of(a).kinds.count(PLAIN),
        boilerplate_version=version,
        reason="equal text",
    )


def _compared(a: Comparable, b: Comparable, version: str) -> Match | None:
    words_a, words_b = words_of(a), words_of(b)
    if not words_a.words or not words_b.words:
        return None
    one, first, other, second = a, words_a, b, words_b
    if words_b.words < words_a.words:
        one, first, other, second = b, words_b, a, words_a
    lengths = (len(first.words), len(second.words))
    found = align(first, second) if is_other_take(a, b) else _aligned(first, second)
    if found is None:
        return None
    if found.changed:
        # Units are costly to read: were all that differs the same in other units, would it help?
        hopeful = as_if_converted(found, found.other_figures)
        if not continuation(a, b) and _judge(one, other, hopeful, lengths) is None:
            return None
        found = without_converted(found, a.text, b.text)
    judged = _judge(one, other, found, lengths)
    if judged is None:
        return None
    relation, reason = judged
    return Match(
        a=a.item_key,
        b=b.item_key,
        relation=relation,
        jaccard=round(found.jaccard, 4),
        containment_a=round(found.shared / len(words_a.words), 4),
        containment_b=round(found.shared / len(words_b.words), 4),
        shared_words=found.shared,
        longest_passage=found.longest,
        shared_facts=found.figures + found.names,
        other_facts=found.other_figures + found.other_names,
        boilerplate_version=version,
        reason=reason,
    )


@lru_cache(maxsize=4096)
def _aligned(first: Words, second: Words) -> Alignment | None:
    """Return how two texts run along each other, None where their passages rule it out that they tell the same report.

    Copies that differ in style alone are the same words: they run along any third text alike.
    """
    common = in_common(first, second)
    hopeless = is_hopeless(common, min(len(first.words), len(second.words)))
    return None if hopeless else align(first, second, common)


def is_hopeless(common: InCommon, shorter: int) -> bool:
    """Say whether no rule joins two texts, and none calls a passage taken over, whatever stands in the gaps."""
    if common.longest >= max(_REUSE, common.ending + 1):
        return False
    least = _MEMBER_BY_LEAD if common.longest >= _PASSAGE else min(_MEMBER_BACKED, _MEMBER)
    return common.most() < least * shorter or not _shares_opening(common.passages, shorter)


def _judge(a: Comparable, b: Comparable, found: Alignment, lengths: tuple[int, int]) -> tuple[Relation, str] | None:
    shorter, longer = min(lengths), max(lengths)
    sign = continuation(a, b)
    if is_other_take(a, b):
        return Relation.TAKE, "takes of one slugline"
    goes_on = (
        sign and found.shared * 2 >= shorter and (sign == LINKED or not differs_throughout(found, found.other_figures))
    )
    announced = is_announced(a, b)
    other = not goes_on and (
        tells_apart(a, b, found, shorter, announced=announced)
        or (not announced and is_next_of_series(a, b, found, shorter))
    )
    if not other and _is_member(a, b, found, (shorter, longer)) and not _is_taken_over(found, lengths):
        if sign:
            return Relation.VERSION, sign
        if found.shared >= _EXCERPT * shorter and _is_cut(a, b, found, lengths):
            return Relation.EXCERPT, "contained"
        return Relation.NEAR, "shared wording"
    taken_over = found.longest >= max(_REUSE, found.ending + 1) and not (other and found.shared * 2 >= shorter)
    return (Relation.REUSE, "a passage taken over") if taken_over else None


def _is_cut(a: Comparable, b: Comparable, found: Alignment, lengths: tuple[int, int]) -> bool:
    """Say whether the shorter text breaks off where the longer one goes on, a little further only if it is no later."""
    last = found.passages[-1] if found.passages else Passage(0, 0, 0)
    left = (lengths[0] - last.a - last.length, lengths[1] - last.b - last.length)
    short, long = (0, 1) if lengths[0] <= lengths[1] else (1, 0)
    if left[long] < max(_CUT, _CUT_SHARE * lengths[long]) or left[short] > _CUT + lengths[short] // _CUT:
        return False
    return left[long] >= _CUT_SURELY * lengths[long] or not _is_earlier((a, b)[short], (a, b)[long])


def _is_earlier(one: Comparable, other: Comparable) -> bool:
    """Say whether one item was surely published before another: midnight of the same day may stand for the day."""
    if one.published_at is None or other.published_at is None or one.published_at >= other.published_at:
        return False
    return one.published_on != other.published_on or one.published_at.time() != time.min


def _is_member(a: Comparable, b: Comparable, found: Alignment, lengths: tuple[int, int]) -> bool:
    shorter, longer = lengths
    if not may_be_one(a, b, shorter) or (shorter < SHORT and not _is_in_time(a, b, found, longer)):
        return False
    return _is_copy(found, shorter) and not _ends_alike_only(found, shorter, longer)


def may_be_one(a: Comparable, b: Comparable, words: int) -> bool:
    """Say whether headlines let two texts be one, the shorter of so many words: little text, or a table, may name nobody."""
    if words >= LONG_PROSE:
        return True
    return not named_otherwise(a, b) and (words >= SHORT or same_subject(a, b))


def _is_in_time(a: Comparable, b: Comparable, found: Alignment, longer: int) -> bool:
    """Say whether a brief of figures came as soon as copies do: a part of one, days later, is the next of a series cut short."""
    few = found.figures < TEMPLATE_SHORT * found.shared or found.shared >= _MEMBER_SCATTERED * longer
    return few or not is_late(a, b)


def _ends_alike_only(found: Alignment, shorter: int, longer: int) -> bool:
    """Say whether two texts have next to nothing in common but a header and how they end: a frame not yet learnt."""
    if not found.ending or longer - found.ending < _LEAST:
        return False
    header = found.passages[0].length if len(found.passages) > 1 and _is_header(found.passages) else 0
    rest = shorter - found.ending - header
    return rest >= _LEAST and found.shared - found.ending - header < _MEMBER_BY_LEAD * rest


def _is_copy(found: Alignment, shorter: int) -> bool:
    """Say whether enough of the shorter text runs along the longer one.

    Little in common must at least be a whole passage: reports of one series share turns of phrase. And one of the
    openings must be in common: what is equal at the end alone is the outlet's, or the background of another report.
    """
    share = found.shared / shorter
    if share < _MEMBER_BY_LEAD or not _shares_opening(found.passages, shorter):
        return False
    backed = found.figures + found.names >= _BACKING and not found.other_figures + found.other_names
    if backed and share >= _MEMBER_BACKED and found.longest >= _TOLD_ALIKE:
        return True
    if shorter < SHORT:
        return share >= (_MEMBER_SHORT if found.is_noisy or found.longest >= _RUN else _MEMBER_SCATTERED)
    if share >= _MEMBER_ANYHOW or (found.is_noisy and share >= _MEMBER):
        return True
    return found.longest >= (_PASSAGE if share >= _MEMBER else _LONG_PASSAGE) and share >= _MEMBER_BY_LEAD


def _is_taken_over(found: Alignment, lengths: tuple[int, int]) -> bool:
    """Say whether two texts share one passage alone, and one of them tells something else before and after it.

    A brief that stands whole amid a report of twice its length was taken into it; around a copy outlets add less.
    """
    if found.shared - found.longest > _SCRAPS:
        return False
    passage = max(found.passages, key=lambda run: run.length)
    sides = list(zip(passage[:2], lengths, strict=True))
    least = _HEADER
    if found.shared >= _MEMBER_ANYHOW * min(lengths):
        sides = [side for side in sides if side[1] >= 2 * min(lengths)]
        least = _AMID
    return any(start > least and length - start - passage.length > least for start, length in sides)


def _shares_opening(runs: Sequence[Passage], shorter: int) -> bool:
    if runs and _is_header(runs) and runs[0].length * 2 < shorter:
        runs = runs[1:]
    zone = min(_OPENING, shorter)
    least = 0.25 * zone
    covered = other_covered = 0
    for i, j, length in runs:
        covered += max(0, min(length, zone - i))
        other_covered += max(0, min(length, zone - j))
        if covered >= least or other_covered >= least:
            return True
    return False


def _is_header(runs: Sequence[Passage]) -> bool:
    """Say whether the first passage stands alone above two texts that go on differently."""
    first = runs[0]
    if first.a or first.b or first.length > _HEADER:
        return False
    return len(runs) == 1 or min(runs[1].a, runs[1].b) - first.length > GAP
