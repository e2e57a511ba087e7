"""The dateline line that some formats carry as a field: whether it names a place, and which.

Datelines in running text are read by normalise; here a field of its own is taken apart without a gazetteer.
"""

from __future__ import annotations

import re

# 4/4/2018   28/01/2025   15.7.2019 12:09:11 CEST   2019-07-05
_ONLY_DATE = re.compile(r"^[\d\s./:,-]+(?:[A-Z]{2,5}|Z)?[\s.]*$")
# MADRID, March 3 (XYZ) -   Peine (dpa/lni) -   BEIJING -   København /ritzau/:
_PLACE = re.compile(r"^\W*(?P<place>[^\W\d_](?:(?!\s[-–—]+(?:\s|$)|--)[^,،(/:\d])*)")
_TWO_PLACES = re.compile(r"^[^\W\d_]+(?:[ -][^\W\d_]+)?/[^\W\d_]+(?:[ -][^\W\d_]+)?$")


def is_only_date(line: str) -> bool:
    """Return whether a dateline field holds a date and no place."""
    return bool(_ONLY_DATE.match(line))


def place_of_line(line: str) -> str:
    """Return the place of a dateline field as printed, both of two (`Lagos/Abuja`); empty where it names none."""
    if _TWO_PLACES.match(line.strip()):
        return line.strip()
    found = _PLACE.match(line)
    return found["place"].strip(" .-–—") if found else ""
