"""Figures in the digits and numerals of other scripts -> in ASCII digits: `３億5000万` is `350000000`, `三成` is `30`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from wirecopy.dedupe.words import beyond_ascii

_DIGITS: Final = {
    sign: value
    for value, signs in enumerate(("〇零", "一壹", "二两兩贰", "三叁", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_PLACES: Final = {"十": 1, "百": 2, "千": 3}
_SCALES: Final = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
_TENTHS: Final = "成割"
_COUNTED: Final = (
    "人名个個月日号號年天小時时岁歳次起家所辆輛元円美倍级級台枚本回分秒度吨公平套"
    "项項艘架头頭只隻条條位国國州省市县縣区區点點階阶票岛島周週"
)
"""What a single numeral stands before where it is one."""
_NUMERALS: Final = "".join((*_DIGITS, *_PLACES))
_SIGNS: Final = _NUMERALS + "".join(_SCALES)
_NUMBER_SIGNS: Final = frozenset(_SIGNS + _TENTHS)
_FRACTIONS: Final = {
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅓": "1/3",
    "⅔": "2/3",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_VULGAR: Final = re.compile(rf"(?<=\d)\s?([{''.join(_FRACTIONS)}])")
# 1 200, with a space that breaks no line; 1’200
_GAPS: Final = "\u00a0\u202f\u2009\u2007\u2019"
_PARTED: Final = re.compile(rf"[{_GAPS}](?<=\d[{_GAPS}])(?=\d\d\d(?!\d))")
_FOREIGN_DIGIT: Final = re.compile(r"[^\x00-\x7f\D]")
_NUMBER: Final = re.compile(
    rf"""
    (?:百分之)? (?P<number>
        \d++(?:,\d{{3}})*+(?:\.\d++)?+ (?:[{"".join(_PLACES)}{"".join(_SCALES)}] (?:[{_SIGNS}]|\d++(?:,\d{{3}})*+)*+ )?+
      | [{_NUMERALS}] [{_SIGNS}]++
      | [二两兩三四五六七八九十] (?=[{_COUNTED}{_TENTHS}])
      | (?<=百分之) [{_NUMERALS}]
    ) (?P<tenths>[{_TENTHS}])?
    """,
    re.VERBOSE,
)  # fmt: skip
_PART: Final = re.compile(r"\d[\d,.]*|\D")


def in_digits(text: str) -> str:
    """Return a text with every figure in ASCII digits; what is no figure stays as it is."""
    if text.isascii():
        return text
    signs = beyond_ascii(text)
    if not signs.isdisjoint(_GAPS):
        text = _PARTED.sub("", text)
    if not signs.isdisjoint(_FRACTIONS):
        text = _VULGAR.sub(lambda found: f"-{_FRACTIONS[found[1]]}", text)
    if any(map(str.isdecimal, signs)):
        text = _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    return text if signs.isdisjoint(_NUMBER_SIGNS) else _NUMBER.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    number = found["number"]
    if number.isascii() and not found["tenths"]:
        return found[0]
    value = _value(number)
    return f"{value * 10 if found['tenths'] else value:f}"


def _value(number: str) -> Decimal:
    """Return what a number is worth: digits by their place (`二〇二六`), or each times its power (`三十五万`)."""
    if all(sign in _DIGITS for sign in number):
        return Decimal("".join(str(_DIGITS[sign]) for sign in number))
    total = section = figure = Decimal(0)
    for part in _PART.findall(number):
        if part[0].isdecimal():
            figure = Decimal(part.rstrip(".,").replace(",", ""))
        elif part in _DIGITS:
            figure = Decimal(_DIGITS[part])
        elif part in _PLACES:
            section, figure = section + (figure or 1) * 10 ** _PLACES[part], Decimal(0)
        else:
            total, section, figure = total + (section + figure or 1) * 10 ** _SCALES[part], Decimal(0), Decimal(0)
    return _trimmed(total + section + figure)


def _trimmed(value: Decimal) -> Decimal:
    return value.to_integral_value() if value == value.to_integral_value() else value
