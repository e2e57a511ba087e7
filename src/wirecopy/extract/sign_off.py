"""The agency's trailing credit lines: (Reporting by …), ENDS, Copyright …: no part of the text that copies share."""

from __future__ import annotations

import re

_LINES = 8
_LONGEST = 400

_CREDIT = re.compile(
    r"""^\W*(?:
        # (Reporting by Jane Doe in Paris; Editing by John Roe)
        (?:additional\s+|with\s+)?(?:reporting|writing|editing|compiled|reportage|translat\w+|redaktion|bearbeit\w+)\s+(?:by|von|par)\b
        # ENDS   -ENDS-   ends/ab/cd   (END)   FIN   ###
        | -*\s*ends?\s*-*\s*\W*$ | ends/\w+ | \#\#\#+\s*$ | fin\W*$
        # Copyright 2024 The Associated Press. All rights reserved.   © AFP   (c) dpa
        | (?:copyright|©|\(c\))\s* (?:©|\(c\)|\d{4}|by|the|[A-Z]) | all\s+rights\s+reserved
        # © dpa-infocom, dpa:240517-99-123/4   dpa xx yy
        | ©?\s*dpa-infocom\b | dpa:\d{6}
        )""",
    re.VERBOSE | re.IGNORECASE,
)


def split_sign_off(paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Return the paragraphs without trailing credit lines, and those lines joined by newlines, or None."""
    end = len(paragraphs)
    for at in range(len(paragraphs) - 1, max(0, len(paragraphs) - _LINES) - 1, -1):
        if len(paragraphs[at]) > _LONGEST or not _CREDIT.search(paragraphs[at]):
            break
        end = at
    return paragraphs[:end], "\n".join(paragraphs[end:]) or None
