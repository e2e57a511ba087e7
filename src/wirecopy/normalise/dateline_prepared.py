"""What a head prints in ways that the grammar does not know -> ways it knows, sign for sign, and back again.

Georgian has no capitals, yet counts as small letters: its words are read with raised first letters. An agency's name
in quotation marks within its brackets or behind the word for an agency (`/ИА «Ховар»/`) is read without the marks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from wirecopy.model import Dateline

GEORGIAN: Final = ("\u1c90", "\u1cbf")
"""Raised letters, from first to last."""
ETHIOPIC: Final = ("\u1200", "\u137f")
_HEAD: Final = 160
"""Signs of a head that are looked at: no dateline is longer in these scripts."""
_MARK = re.compile(r'[/( А-Я][«"“„]')
_GEORGIAN_WORD = re.compile(r"(?<![\u10d0-\u10ff])[\u10d0-\u10ff]")
_RAISED: Final = {sign: sign - 0x10D0 + 0x1C90 for sign in (*range(0x10D0, 0x10FB), *range(0x10FD, 0x1100))}
_LOWERED: Final = {raised: sign for sign, raised in _RAISED.items()}
_OPENING: Final = '«"“„'
_CLOSING: Final = '»”"“'
# /ИА «Дунё»/   (Агентство «Кабар»)   ИА «Росбалт» -   /“Dunyo” AA/
_QUOTED = re.compile(
    r'(?:(?<=[/(])|(?<=[/(]\s)|(?<=\b[А-ЯA-Z]{2}\s)|(?<=\b[А-ЯA-Z]{3}\s)|(?<=\b[А-Я]{4}\s))[«“"„](?P<name>[\w .-]{2,25})[»”"“]'
)


def prepared(text: str) -> str:
    """Return a text of the same length that the grammar reads; the text itself where nothing is to be done."""
    head = text[:_HEAD]
    plain = head.isascii()
    if plain and '"' not in head:
        return text
    ready = head
    if not plain and _GEORGIAN_WORD.search(head):
        ready = _GEORGIAN_WORD.sub(lambda found: found[0].translate(_RAISED), head)
    if _MARK.search(head):
        ready = _QUOTED.sub(lambda found: f" {found['name']} ", ready)
    return text if ready == head else ready + text[_HEAD:]


def restored(found: Dateline, text: str) -> Dateline:
    """Return what was read in a prepared text as the text itself prints it."""
    end = found.end + _is_left_out(text, found)
    return replace(
        found,
        raw=text[found.start : end],
        end=end,
        lead=text[len(text) - len(found.lead) :],
        places=tuple([replace(place, raw=place.raw.translate(_LOWERED)) for place in found.places]),
        on_raw=found.on_raw.translate(_LOWERED) if found.on_raw else None,
        agency=found.agency.translate(_LOWERED) if found.agency else None,
        agency_raw=_as_printed(found.agency_raw, text[found.start : end]) if found.agency_raw else None,
        byline=found.byline.translate(_LOWERED) if found.byline else None,
    )


def _is_left_out(text: str, found: Dateline) -> bool:
    """Return whether the mark that closes a name stands right behind what was read."""
    return text[found.end : found.end + 1] in set(_CLOSING) and any(
        mark in _OPENING for mark in text[found.start : found.end]
    )


def _as_printed(name: str, raw: str) -> str:
    """Return a name with the marks with which it is printed."""
    words = r"[^\w]+".join(map(re.escape, name.translate(_LOWERED).split()))
    printed = re.search(f"[{_OPENING}]?{words}[{_CLOSING}]?", raw)
    return printed[0] if printed else name.translate(_LOWERED)
