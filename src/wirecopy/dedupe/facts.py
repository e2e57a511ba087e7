"""Figures and names that differ where the wording is the same -> two reports of one template, or one that was put right."""

from __future__ import annotations

from typing import Final

from wirecopy.dedupe.align import Alignment
from wirecopy.dedupe.continues import is_late
from wirecopy.dedupe.unmarked import count_other_names
from wirecopy.model import Comparable

_WORDS_A_CORRECTION: Final = 60
"""Prose that may hold one corrected fact."""
_WORDS_AN_OTHER: Final = 120
"""Prose that may hold one more."""
_SELDOM: Final = 4
"""So much more prose must hold one that came late: what differs then is mostly the next of a series."""
_FIGURES_A_SLIP: Final = 4
"""Figures that agree for each that may be mistyped."""
_TEMPLATE: Final = 0.08
"""Share of figures from which on a text may be filled into a template."""
TEMPLATE_SHORT: Final = 0.05
"""The same for a text of fewer words than long prose."""
LONG_PROSE: Final = 120
_TABLE: Final = 0.12
"""Share of figures from which on even long text is a table: one figure that differs makes another report."""
_LONG_TEMPLATE: Final = 80
"""Words from which on a text that tells many figures may hold a corrected one."""
_BESIDE_A_CORRECTION: Final = 15
"""Facts that agree in such a text where one is corrected."""
_CORRECTED: Final = 0.25
"""Share of its facts that a correction or an update puts right at most."""


def tells_apart(a: Comparable, b: Comparable, found: Alignment, words: int, *, announced: bool = False) -> bool:
    """Say whether figures and names that differ in one place make two reports of one template of two texts, the shorter of so many words.

    In prose a few differing facts among many that agree are a correction, an update, or noise; so is one where a
    correction or update is `announced`. In a text dense with figures one is another report if it is brief or came late.
    """
    late = is_late(a, b)
    figures = found.other_figures
    if found.mistyped and not late and found.figures >= _FIGURES_A_SLIP * found.mistyped:
        figures -= found.mistyped
    names = count_other_names(a, b, found, in_template=is_template(found, words))
    if figures + names > _forgiven(found, words, late=late) + announced:
        return True
    return differs_throughout(found, figures)


def differs_throughout(found: Alignment, figures: int) -> bool:
    """Say whether so many of the figures or of the names differ that nothing was put right: the next report of a series."""
    names = found.other_names
    return (figures > 1 and figures > _CORRECTED * (found.figures + figures)) or (
        names > 1 and names > _CORRECTED * (found.names + names)
    )


def is_template(found: Alignment, words: int) -> bool:
    """Say whether what two texts have in common, the shorter of so many words, is dense enough with figures for a template."""
    return _density(found) >= (_TEMPLATE if words >= LONG_PROSE * found.stretch else TEMPLATE_SHORT)


def _density(found: Alignment) -> float:
    return (found.figures + found.other_figures) * found.stretch / (found.shared or 1)


def _forgiven(found: Alignment, words: int, *, late: bool) -> int:
    """Return how many facts may differ between copies of so many words at least."""
    if not is_template(found, words):
        least = _WORDS_A_CORRECTION * found.stretch * (_SELDOM if late and not found.is_noisy else 1)
        if found.is_noisy:
            return 2 * words // least
        return max(words >= least, words // max(least, _WORDS_AN_OTHER * found.stretch))
    table = _TABLE if words >= LONG_PROSE * found.stretch else _TEMPLATE
    if late or words < _LONG_TEMPLATE * found.stretch or _density(found) >= table:
        return 0
    return int(found.figures + found.names >= _BESIDE_A_CORRECTION)
