"""Datelines of the scripts that set no blanks: `新华社北京6月26日电`, `【北京共同】`, `(서울=연합뉴스) 홍길동 기자 =`.

Agency and place stand side by side without a sign, so the registry and the gazetteer tell where one ends.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wirecopy.normalise.dateline_agency import Credit, read_credit
from wirecopy.normalise.dateline_dates import Option, Printed
from wirecopy.normalise.dateline_names import is_known
from wirecopy.normalise.dateline_places import Piece, is_label

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KANA = "\u3040-\u30ff\uff66-\uff9f"
_HANGUL = "\uac00-\ud7a3"
_FIRST = re.compile(
    rf"[\s\u3000]*[(（\[［【〔「]?[\s\u3000]*[A-Za-z/／]{{0,16}}[\s\u3000=＝]*[\d]{{0,4}}[{_HAN}{_KANA}{_HANGUL}]"
)
_NUMERALS = "〇零一二三四五六七八九"
_DAY = (
    rf"(?:(?P<y>\d{{4}}|[{_NUMERALS}]{{4}})\s*年\s*)?"
    rf"(?:(?P<m>\d{{1,2}}|[{_NUMERALS}十]{{1,3}})\s*月\s*)?(?P<d>\d{{1,2}}|[{_NUMERALS}十]{{1,3}})\s*日"
)
# (평양 4월 15일발 조선중앙통신)
_KOREAN_DAY = re.compile(r"(?:(?P<y>\d{4})\s*년\s*)?(?:(?P<m>\d{1,2})\s*월\s*)(?P<d>\d{1,2})\s*일발?")
_OPEN, _SHUT = r"[(（\[［【〔]", r"[)）\]］】〕]"
# 新华社北京6月26日电（记者张三）正文 · （中央社記者張三台北26日電）正文 · 路透北京6月26日 - 正文
_WIRE_HEAD = re.compile(
    rf"""
    (?P<open>{_OPEN})?\s*
    (?P<who>[^\d\n，。：:（）()【】\[\]「」“”]{{0,24}}?)\s*
    (?P<date>{_DAY})
    (?: (?P<tail>[{_HAN}]{{0,6}}?(?:电|電|讯|訊|报道|報道|報導|消息)(?:报道|報道|報導)?) | (?P<dash>(?=\s*(?:[-—–－]|{_SHUT}))) )
    (?:\s*(?P<shut>{_SHUT}))?
    """,
    re.VERBOSE,
)
# 央视网消息： · 新华社消息， · 本报讯（记者张三）
_NEWS_HEAD = re.compile(
    rf"(?P<open>{_OPEN})?(?P<who>[^\d\s，。：:（）()]{{2,14}}?)(?:消息|讯|訊|电|電)(?:(?P<shut>{_SHUT})|(?=\s*[:：（(【]))"
)
# 【北京共同】 · ［東京　26日　ロイター］ · (도쿄 AFP=연합뉴스) · [이데일리 홍길동 기자]
_BRACKET = re.compile(rf"(?P<open>{_OPEN})(?P<inside>[^\n()（）\[\]［］【】〔〕]{{2,60}})(?P<shut>{_SHUT})")
_BYLINE = re.compile(
    rf"\s*{_OPEN}\s*(?:(?:本报|本報|新华社|中央社)?(?:记者|記者|通讯员|通訊員)|文[/／])[\s:：]*(?P<names>[^\n)）]{{1,60}})[)）]"
)
# 中新网广州6月26日电 (王坚)正文: names alone, of two to four signs each
_NO_NAMES = "资料|图|組圖|组图|完|视频|综合|综述|更新|独家|快讯|国际|财经|体育"
_NAMES_ALONE = re.compile(
    rf"\s*{_OPEN}\s*(?P<names>(?!{_NO_NAMES})[\u4e00-\u9fff·]{{2,4}}(?:[ \u3000、][\u4e00-\u9fff·]{{2,4}}){{0,4}})"
    r"\s*[)）](?=[^\s，。、,])"
)
# 홍길동·김철수 기자 = · 홍길동 특파원 =
_REPORTERS = re.compile(
    rf"\s*(?P<names>[{_HANGUL} ·,]{{2,60}}?)\s*(?:선임|전문|인턴|객원|수습)?(?:기자|특파원|통신원|논설위원)\s*[=＝]"
)
_REPORTER = re.compile(rf"(?P<rest>.*?)[\s=＝]*(?P<names>[{_HANGUL}·]{{2,16}})\s*(?:기자|특파원)")
# 电 记者 沙晗汀 (and a line of its own)
_BYLINE_LINE = re.compile(r"\s*(?:记者|記者)[ \u3000:：]*(?P<names>[^\n，。,]{2,24})\n")
# 〔記者王五／台北報導〕
_REPORTED = re.compile(
    rf"(?P<open>{_OPEN})(?:特派)?(?:記者|记者)(?P<names>[^／/\n]{{2,20}})[／/](?P<place>[^\n／/]{{2,10}}?)(?:綜合|综合)?(?:報導|報道|报道)(?P<shut>{_SHUT})"
)
_PERSON = re.compile(rf"[{_HAN}\u3000 {_KANA}]{{2,8}}")
_SEPARATOR = re.compile(r"[\s\u3000]*(?:[-—–－―]+|[:：=＝/／丨|])*[\s\u3000]*")
_PIECES = re.compile(r"[、,，/／·・]|\s+和|和(?=.)")
_LONGEST_NAME = 12
_WINDOW = 160


class Glyphs(NamedTuple):
    """A dateline of an unspaced script: where it lies, where its story begins, and what it says."""

    start: int
    end: int
    lead: int
    pieces: tuple[Piece, ...]
    printed: Printed | None
    on_raw: str | None
    credit: Credit | None
    byline: str | None
    rule: str
    confidence: float


def read_glyphs(text: str, at: int) -> Glyphs | None:
    """Return the dateline of an unspaced script that begins at `at`, or None."""
    if not _FIRST.match(text, at, at + _WINDOW):
        return None
    return _wire_head(text, at) or _reported(text, at) or _bracket(text, at) or _news_head(text, at)


def _wire_head(text: str, at: int) -> Glyphs | None:
    match = _WIRE_HEAD.match(text, at, at + _WINDOW)
    if match is None or bool(match["open"]) != bool(match["shut"]):
        return None
    who = _who(match["who"])
    if who is None or (who.credit is None and not who.pieces):
        return None
    if match["tail"] is None and match["m"] is None and not match["open"]:
        return None
    return _glyphs(text, match, who, _printed(match), match["date"], "agency, place, date, wire word")


def _reported(text: str, at: int) -> Glyphs | None:
    match = _REPORTED.match(text, at, at + _WINDOW)
    if match is None or not (pieces := _pieces(match["place"])):
        return None
    return _glyphs(text, match, _Who(None, pieces, match["names"].strip()), None, None, "bracket of reporter and place")


def _printed(match: re.Match[str]) -> Printed:
    year, month = (_number(match[part]) if match[part] else None for part in "ym")
    return Printed(0, (Option(year, month, _number(match["d"])),), bare=month is None)


def _number(written: str) -> int:
    """Return the number that digits or Chinese numerals write: `８`, `二十一`, `二〇〇八`; 0 for no number."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    digits = "".join(str(max(0, _NUMERALS.index(sign) - 1)) for sign in (ones if ten else written) if sign in _NUMERALS)
    return (_NUMERALS.index(tens) - 1 if tens in _NUMERALS[2:] and tens else 1) * 10 * bool(ten) + int(digits or 0)


def _news_head(text: str, at: int) -> Glyphs | None:
    match = _NEWS_HEAD.match(text, at, at + _WINDOW)
    if match is None or bool(match["open"]) != bool(match["shut"]):
        return None
    who = _who(match["who"])
    if who is None or who.credit is None:
        return None
    return _glyphs(text, match, who, None, None, "agency, wire word")


class _Who(NamedTuple):
    credit: Credit | None
    pieces: tuple[Piece, ...]
    byline: str | None = None


def _who(written: str) -> _Who | None:
    """Split `新华社北京`, `中央社記者張三台北`, `北京`: agency first, place last, a reporter between them."""
    written = written.strip().removeprefix("据")
    if not written:
        return None
    credit, rest = _leading_credit(written)
    byline = None
    if match := re.match(r"[\s/／]*(?:记者|記者|驻|駐)", rest):
        place = _trailing_place(rest[match.end() :])
        byline, rest = rest[match.end() : len(rest) - len(place)] or None, place
    rest = rest.strip(" /／　")
    pieces = _pieces(rest) if rest else ()
    if pieces is not None:
        return _Who(credit, pieces, byline)
    if (
        credit is None
        and (place := _trailing_place(rest))
        and (house := rest.removesuffix(place))[-1:] in "社网網报報台"
    ):
        return _Who(Credit(house, house, known=False), (_piece(place),))
    if credit is None and rest[-1:] in "社网網报報":
        return _Who(Credit(rest, rest, known=False), ())
    return None


def _leading_credit(written: str) -> tuple[Credit | None, str]:
    for length in range(min(len(written), _LONGEST_NAME), 1, -1):
        credit = read_credit(written[:length])
        if credit is not None and credit.known and not is_known(written[:length]):
            return credit, written[length:]
    return None, written


def _trailing_place(written: str) -> str:
    return next((written[i:] for i in range(len(written) - 1) if is_known(written[i:])), "")


def _pieces(written: str) -> tuple[Piece, ...] | None:
    names = [name.strip() for name in _PIECES.split(written) if name.strip()]
    return tuple(_piece(name) for name in names) if names and all(is_known(name) for name in names) else None


def _piece(name: str) -> Piece:
    return Piece(name, None, is_known(name), qualified=False, capitals=True, site=False)


def _bracket(text: str, at: int) -> Glyphs | None:
    match = _BRACKET.match(text, at, at + _WINDOW)
    if match is None or is_label(match["inside"]):
        return None
    return _korean(text, match) if re.search(f"[{_HANGUL}]", match["inside"]) else _japanese(text, match)


def _japanese(text: str, match: re.Match[str]) -> Glyphs | None:
    """Read 【北京共同】, 【パリ＝山田太郎】, ［東京　26日　ロイター］, 【6月26日 AFP】, （ブルームバーグ）."""
    inside, printed, on_raw = match["inside"], None, None
    if day := re.search(_DAY, inside):
        printed, on_raw = _printed(day), day[0]
        inside = f"{inside[: day.start()]} {inside[day.end() :]}"
    if match["open"] != "[" and (pairs := _correspondents(inside)):
        return _glyphs(text, match, pairs, printed, on_raw, "bracket of place and reporter")
    found = _elements(re.split(r"[\s\u3000=＝]+", inside))
    if found is None:
        return None
    pieces, credits_, byline = found
    sure = bool(credits_) or (bool(pieces) and (byline is not None or printed is not None or match["open"] == "【"))
    goes_on = not credits_ and re.match("[\u3041-\u3096]", text[match.end() : match.end() + 1])
    if (
        not sure
        or goes_on
        or (credits_ and not pieces and match["open"] in "(（" and not _separated(text, match.end()))
    ):
        return None
    if not credits_ and printed is None and byline is None and "。" not in text[match.end() : match.end() + _WINDOW]:
        return None  # 【キーウ】戦火の街を歩く is a title
    who = _Who(_joint(credits_, match["inside"]), pieces, byline)
    return _glyphs(text, match, who, printed, on_raw, "bracket of place and agency")


def _correspondents(inside: str) -> _Who | None:
    """Read `パリ＝山田太郎` and `カイロ＝久門武史、ドバイ＝福冨隼太郎`: each place with its reporter.

    An unknown place counts where a name of Chinese characters follows it.
    """
    pairs = [re.split(r"[=＝]", part) for part in inside.split("、")]
    if any(len(pair) != 2 or not _PERSON.fullmatch(pair[1]) or len(pair[0]) > _LONGEST_NAME for pair in pairs):
        return None
    if any(_side_by_side(side) and not _pieces(pair[0]) for pair in pairs for side in pair) or _side_by_side(
        pairs[0][1]
    ):
        return None
    return _Who(None, tuple(_piece(pair[0]) for pair in pairs), "、".join(pair[1] for pair in pairs))


def _elements(parts: list[str]) -> tuple[tuple[Piece, ...], list[Credit], str | None] | None:
    """Sort the parts of a bracket into places, credits and one reporter's name; None if something else is among them."""
    pieces: tuple[Piece, ...] = ()
    credits_: list[Credit] = []
    byline = None
    for part in filter(None, parts):
        found = _side_by_side(part)
        if found is None and (byline or not (pieces or credits_)):
            return None
        if found is None:
            byline = part
        else:
            pieces, credits_ = pieces + found.pieces, [*credits_, *([found.credit] if found.credit else [])]
    return pieces, credits_, byline


def _separated(text: str, at: int) -> bool:
    match = _SEPARATOR.match(text, at)
    return match is not None and match.end() > at


def _joint(credits_: list[Credit], inside: str) -> Credit | None:
    if len(credits_) < 2:
        return credits_[0] if credits_ else None
    begin, last = inside.find(credits_[0].raw), credits_[-1].raw
    printed = inside[begin : inside.rfind(last) + len(last)]
    return credits_[-1]._replace(name=printed, raw=printed)


def _side_by_side(part: str) -> _Who | None:
    """Split `北京共同` and `パリAFP時事`: a place, then one agency or two."""
    whole = read_credit(part)
    if whole is not None and whole.known and not is_known(part):
        return _Who(whole, ())
    if (places_ := _pieces(part)) is not None:
        return _Who(None, places_)
    for cut in range(1, len(part) - 1):
        credit = read_credit(part[cut:])
        if credit is None or not credit.known:
            continue
        if (places_ := _pieces(part[:cut])) is not None:
            return _Who(credit, places_)
        front = _side_by_side(part[:cut]) if cut > 1 else None
        if front is not None and front.credit is not None:
            name = front.credit.raw + part[cut:]
            return _Who(credit._replace(name=name, raw=name), front.pieces)
    return None


def _korean(text: str, match: re.Match[str]) -> Glyphs | None:
    """Read (서울=연합뉴스), [서울=뉴시스], (도쿄 AFP=연합뉴스), [아시아경제 홍길동 기자]."""
    inside, byline, printed, on_raw = match["inside"].strip(), None, None, None
    if day := _KOREAN_DAY.search(inside):
        printed, on_raw = _printed(day), day[0].removesuffix("발")
        inside = f"{inside[: day.start()].strip()}={inside[day.end() :].strip()}"
    if reporter := _REPORTER.fullmatch(inside):
        inside, byline = reporter["rest"].strip(" =＝"), reporter["names"]
    found = _korean_parts(inside)
    if found is None and byline and inside and " " not in inside:
        found = _Who(Credit(inside, inside, known=False), ())
    if found is None:
        return None
    return _glyphs(text, match, found._replace(byline=byline), printed, on_raw, "bracket of place and agency")


def _korean_parts(inside: str) -> _Who | None:
    left, sign, right = inside.replace("＝", "=").partition("=")
    if not sign:
        credit = read_credit(inside)
        return _Who(credit, ()) if credit and credit.known else None
    credit, pieces = read_credit(right), _pieces(left)
    if credit is None:
        return None
    if pieces is not None:
        return _Who(credit, pieces)
    town, _, partner = left.rpartition(" ")
    pieces = _pieces(town) if town else None
    foreign = read_credit(partner)
    if foreign is None or not foreign.known or (town and pieces is None):
        unknown = credit.known and len(left) <= _LONGEST_NAME and not is_label(left)
        return _Who(credit, (_piece(left),)) if unknown else None
    name = f"{partner}={right}"
    return _Who(credit._replace(name=name, raw=name), pieces or ())


def _glyphs(
    text: str, match: re.Match[str], who: _Who, printed: Printed | None, on_raw: str | None, rule: str
) -> Glyphs:
    lead, byline = match.end(), who.byline
    for pattern in (_BYLINE, _NAMES_ALONE, _BYLINE_LINE, _REPORTERS):
        if said := pattern.match(text, lead, lead + _WINDOW):
            lead, byline = said.end(), byline or said["names"].strip()
    separator = _SEPARATOR.match(text, lead)
    lead = separator.end() if separator else lead
    sure = 0.95 if who.credit and who.credit.known else 0.75
    return Glyphs(match.start(), match.end(), lead, who.pieces, printed, on_raw, who.credit, byline, rule, sure)
