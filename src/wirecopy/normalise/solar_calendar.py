"""Dates of the solar calendars of Iran and Afghanistan (`۱۴ خرداد ۱۳۸۷`, `1387/03/14`) and of Ethiopia (`ሰኔ 23፣ 2016`)."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from wirecopy.agencies import fold
from wirecopy.normalise.dateline_words import read_data

_YEARS: Final = range(1366, 1407)
"""1987 to 2027; later years are as well those of the lunar calendar that Arabic papers print."""
_CENTURIES: Final = tuple({str(year)[:2] for year in _YEARS})
_OFFSET: Final = 356032
_NUMERIC = re.compile(r"(?<!\d)(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\d)")
_NAMED = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s(?P<month>[^\W\d_]+)(?:\sماه)?[\s،,]{1,2}(?P<year>\d{4})(?!\d)")


# ሰኔ 23፣ 2016   ሰኔ 23 ቀን 2016 ዓ.ም
_ETHIOPIAN = re.compile(
    r"(?P<month>[\u1200-\u135a]{2,5})\s(?P<day>\d{1,2})(?:\s?[፣,/]\s?|\s(?:ቀን\s)?)(?P<year>19[89]\d|20[0-3]\d)(?!\d)"
)


def find_solar(text: str) -> date | None:
    """Return the day that a text with ASCII digits states in the solar calendar, or None; raises ValueError for no such day."""
    if named := _ETHIOPIAN.search(text):
        month = _months("ethiopian").get(fold(named["month"]), 0)
        return _of_ethiopia(int(named["year"]), month, int(named["day"])) if month else None
    if not any(century in text for century in _CENTURIES):
        return None
    if match := _NUMERIC.search(text):
        month = int(match["month"])
    elif match := _NAMED.search(text):
        month = _months("solar").get(fold(match["month"]), 0)
    year = int(match["year"]) if match else 0
    return _of_solar(year, month, int(match["day"])) if match and month and year in _YEARS else None


@cache
def _months(calendar: str) -> dict[str, int]:
    rows = read_data("dateline_months.toml")[calendar]
    return {fold(form): number for number, row in enumerate(rows, start=1) for form in row.split()}


def _of_ethiopia(year: int, month: int, day: int) -> date:
    """Return the Gregorian day: years of thirteen months begin on 11 September, after a leap year a day later."""
    if not 1 <= day <= (30 if month < 13 else 6):
        raise ValueError(month, day)
    return date.fromordinal(date(year + 7, 9, 12 if year % 4 == 0 else 11).toordinal() + (month - 1) * 30 + day - 1)


def _of_solar(year: int, month: int, day: int) -> date:
    """Return the Gregorian day, by the cycle of 33 years, which holds for centuries around ours."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError(month, day)
    return date.fromordinal(_new_year(year) + (month - 1) * 30 + min(month - 1, 6) + day - 1)


def _new_year(year: int) -> int:
    """Return the ordinal of the first day of a year."""
    shifted = year + 1595
    leaps = shifted // 33 * 8 + (shifted % 33 + 3) // 4
    return 365 * shifted + leaps - _OFFSET
