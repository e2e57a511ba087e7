"""Dates that number their months with a word, or write numbers in characters, in the figures that `date_text` reads.

`30 tháng 6 năm 2024` and `2024 оны 6 сарын 30` become 2024-6-30, `二〇二四年六月三十日` becomes 2024年6月30日.
"""

from __future__ import annotations

import re

# ngày 30 tháng 6 năm 2024   30 tháng 6, 2024
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[\s,-]+(?:tháng|thg)\s(?P<month>\d{1,2})[\s,]+(?:năm\s)?(?P<year>\d{4})", re.IGNORECASE
)
# 2024 оны 6 сарын 30   2024 оны 6-р сарын 30
_MONGOLIAN = re.compile(
    r"(?P<year>\d{4})\s?оны?\s(?P<month>\d{1,2})(?:-?\s?(?:р|дугаар|дүгээр))?\sсарын\s(?P<day>\d{1,2})", re.IGNORECASE
)
_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
# 二〇二四年   六月   三十日
_CHINESE = re.compile(
    r"(?P<year>[〇零一二三四五六七八九]{4})(?=年)|(?P<number>[一二三四五六七八九十廿卅]{1,3})(?=[月日号號])"
)


def in_figures(text: str) -> str:
    """Return a text whose dates stand in figures; what is no such date is left as it is."""
    if text.isascii():
        return text
    for form in (_VIETNAMESE, _MONGOLIAN):
        text = form.sub(lambda found: f"{found['year']}-{found['month']}-{found['day']}", text)
    return _CHINESE.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    if found["year"]:
        return "".join(_DIGITS[sign] for sign in found["year"])
    number = found["number"].replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(_DIGITS[sign] for sign in number)
    return str(int(_DIGITS.get(tens[-1:], "1")) * 10 + int(_DIGITS.get(ones[:1], "0")))
