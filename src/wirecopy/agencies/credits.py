"""A line of a text -> the agency that it credits: `© Agence France-Presse`, `Mit Material von dpa`, `Source: IANS`.

Words of credit are data (`words/credits.toml`); so are an agency's own lines (`credit`, `signs` in its file). A sentence that
mentions an agency (`told Reuters`, `Photo: AFP`) credits none: a credit opens or fills its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from wirecopy.agencies.load import HERE, Agency
from wirecopy.agencies.naming import fold
from wirecopy.agencies.registry import registry

_LONGEST = 260
_LONGEST_NAME = 80
"""No agency has a longer name."""
_LAST = 5
"""So many paragraphs at the end of a text may be credits."""
_GLYPHS = "\u2e7f"
"""The scripts that set no blanks come behind."""
_MOST_WORDS = 6
_JOINT_WORDS = 7
_EDGES = " \t\"'“”„«»*•·.…"
_ENCLOSED = re.compile(r"[(\[（【/–—=-]+\s*(?P<inner>[^()\[\]（）【】]+?)\s*[)\]）】/–—=.-]*")
_AT_END = re.compile(r"(?:^|(?<=[.!?。…”\"»’)\w]))\s*[(\[（](?P<inner>[^()\[\]（）]{2,40})[)\]）]\W*$")
_AFTER_SENTENCE = re.compile(r"[.!?。…”\"»’)]\s+(?=[(\[（©—–-]|[^\W\d_])")
_BEFORE_NAME = re.compile(
    r"(?:[\s:：\d,–—-]|©|\(c\)|(?:by|the|der|die|la|le|l['’]|el|de|by the)\b(?!-))*", re.IGNORECASE
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Rules:
    opening: re.Pattern[str]
    copyright: re.Pattern[str]
    joint: re.Pattern[str]
    tail: re.Pattern[str]
    contributed: re.Pattern[str]
    glyphs: tuple[re.Pattern[str], ...]
    between: re.Pattern[str]
    """What stands between agencies that share a line."""
    unnamed: re.Pattern[str]
    """A line that credits agencies without a name,"""
    unnamed_words: frozenset[str]
    """and how it calls them."""
    signs: tuple[tuple[re.Pattern[str], Agency], ...]
    openings: tuple[str, ...]
    rights: tuple[str, ...]
    contributions: tuple[str, ...]
    """Pieces, in small letters, of which whatever those patterns match begins with one or holds one: they are fast to look for."""
    signed: tuple[str, ...]
    """How the signs that are plain text begin, in small letters,"""
    patterned: re.Pattern[str]
    """any of the others that stands at the beginning,"""
    named: tuple[str, ...]
    """and the names, in small letters, of which those hold one that stand further on."""


def credited_by(body: str, *, country: str | None = None, language: str | None = None) -> Agency | None:
    """Return the agency that the last lines of a text, or the first words of a CJK one, credit with it; None where none does."""
    for line in _tail(_lines_at_end(body)):
        if found := read_credit(line, country=country, language=language):
            return found
    first = body.lstrip()
    return _glyphs(first.splitlines()[0].rstrip(), country, language) if first[:1] > _GLYPHS else None


def _lines_at_end(body: str) -> list[str]:
    """Return the lines that say something, of a long text only more of the last ones than may be credits."""
    pieces = body.rsplit("\n", 3 * _LAST)
    if len(pieces) > 3 * _LAST:
        lines = _lines("\n".join(pieces[1:]))
        if len(lines) > _LAST:
            return lines
    return _lines(body)


def _lines(text: str) -> list[str]:
    return [bare for line in text.splitlines() if (bare := line.strip())]


def _tail(lines: list[str]) -> Iterator[str]:
    """Yield the last lines in order, and what follows the last sentences of the last one."""
    yield from lines[max(1, len(lines) - _LAST) :]
    for start in [found.end() for found in _AFTER_SENTENCE.finditer(lines[-1])][-3:] if lines else ():
        yield lines[-1][start:]


@lru_cache(maxsize=8192)
def read_credit(line: str, *, country: str | None = None, language: str | None = None) -> Agency | None:
    """Return the agency that a line credits with a text, None for any other line.

    `country` and `language` tell agencies of one name apart; a name that others share counts only in its own language.
    """
    if len(line) <= _LONGEST and (found := next(_whole_line(line.strip(), country, language), None)):
        return found
    ends_enclosed = any(sign in line for sign in ")]）")
    at_end = _AT_END.search(line, max(0, len(line) - 60) if len(line) > _LONGEST else 0) if ends_enclosed else None
    return _enclosed(at_end["inner"], country, language) if at_end else None


def _enclosed(inner: str, country: str | None, language: str | None) -> Agency | None:
    """Return the agency that stands in brackets at the end: `(AFP)`, `(con EFE)`, `(dpa und Agenturen)`."""
    if found := _named([inner], country, language, weak=False) or _jointly(inner, country, language):
        return found
    opened = _rules().opening.match(inner)
    return next(_following(inner, opened.end(), country, language), None) if opened else None


def _jointly(line: str, country: str | None, language: str | None) -> Agency | None:
    """Return the first of the agencies of which a line consists, be they named or not: `dpa, AFP`, `EFE y agencias`."""
    parts = [part.strip(_EDGES) for part in _rules().between.split(line)] if len(line) <= _LONGEST_NAME else []
    if not 2 <= len(parts) <= _JOINT_WORDS or not all(parts):
        return None
    found = [
        _named([part], country, language, weak=False) for part in parts if part.casefold() not in _rules().unnamed_words
    ]
    return found[0] if all(found) and found else None


def is_credit_line(line: str, *, language: str | None = None) -> bool:
    """Say whether a line does nothing but credit an agency with a text, or agencies that it does not name."""
    bare = line.strip()
    if len(bare) > _LONGEST:
        return False
    return bool(_rules().unnamed.fullmatch(bare)) or next(_whole_line(bare, None, language), None) is not None


def _whole_line(line: str, country: str | None, language: str | None) -> Iterator[Agency]:
    rules = _rules()
    enclosed = _ENCLOSED.fullmatch(line)
    bare = (enclosed["inner"] if enclosed else line).strip(_EDGES)
    if found := _jointly(bare, country, language) or _named(bare.split("/"), country, language, weak=bool(enclosed)):
        yield found
    small, whole = _small(bare), _small(line)
    if small.startswith(rules.openings) and (opened := rules.opening.match(bare)):
        yield from _following(bare, opened.end(), country, language)
    for right in rules.copyright.finditer(line) if any(map(whole.__contains__, rules.rights)) else ():
        yield from _following(line, right.end(), country, language)
    if any(map(small.__contains__, rules.contributions)) and rules.contributed.match(bare):
        yield from _opening(bare, country, language)
    is_plain = whole.startswith(rules.signed) or small.startswith(rules.signed)
    if is_plain or any(map(whole.__contains__, rules.named)) or _is_patterned(line, bare):
        yield from _signed(line, bare)
    if len(bare.split()) <= _JOINT_WORDS and not line.endswith((".", "?", "!")):
        for joint in rules.joint.finditer(bare):
            if found := _named([bare[joint.end() :]], country, language, weak=False):
                yield found
    if found := _glyphs(bare, country, language):
        yield found


# Letters that no other case makes plain, but that count as plain ones where case is ignored.
_PLAIN = str.maketrans("İıſ", "iis")


def _small(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_PLAIN).lower()


def _named(names: Iterable[str], country: str | None, language: str | None, *, weak: bool) -> Agency | None:
    """Return the agency of the first name that is one's; of weak names only those that are at home in country or language."""
    known = registry()
    for name in names:
        bare = name.strip(_EDGES)
        found = known.find(bare, country=country, language=language) if 0 < len(bare) <= _LONGEST_NAME else None
        if found and (not known.is_weak(name) or (weak and _is_at_home(found, country, language))):
            return found
    return None


def _is_at_home(agency: Agency, country: str | None, language: str | None) -> bool:
    return agency.country == country or (language or "").partition("-")[0].lower() in agency.languages


def _following(line: str, at: int, country: str | None, language: str | None) -> Iterator[Agency]:
    """Yield the agency whose name stands in a line from a place on, if nothing but a credit's tail follows it."""
    gap = _BEFORE_NAME.match(line, at)
    start = gap.end() if gap else at
    ends = [found.end() for found in _WORD.finditer(line, start)][:_MOST_WORDS]
    for end in reversed(ends):
        name, rest = line[start:end], line[end:]
        found = registry().find(name.strip(_EDGES + ",;:/()（）[]|–—-"), country=country, language=language)
        if found and (name[-1] in ".,;:/)|" or not rest.strip(_EDGES) or _rules().tail.match(rest)):
            yield found
            return


def _opening(line: str, country: str | None, language: str | None) -> Iterator[Agency]:
    """Yield the agency whose name opens a line."""
    words = line.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    if found := _named(names, country, language, weak=False):
        yield found


def _signed(line: str, bare: str) -> Iterator[Agency]:
    for pattern, agency in _rules().signs:
        if pattern.match(line) or pattern.match(bare):
            yield agency


def _is_patterned(line: str, bare: str) -> bool:
    pattern = _rules().patterned
    return bool(pattern.match(line) or (bare != line and pattern.match(bare)))


def _glyphs(line: str, country: str | None, language: str | None) -> Agency | None:
    for pattern in _rules().glyphs if line[:1] > _GLYPHS else ():
        found = pattern.match(line)
        if found and (agency := _named([found["name"]], country, language, weak=False)):
            return agency
    return None


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) + (r"(?![^\W\d_])" if word[-1].isalpha() else "") for word in ordered)


@cache
def _rules() -> _Rules:
    table = tomllib.loads((HERE / "words" / "credits.toml").read_text("utf-8"))
    signs = tuple(_signs())
    return _Rules(
        opening=re.compile(rf"(?:{_any_of(table['openings'])})\s*[:：]?\s*", re.IGNORECASE),
        copyright=re.compile(rf"(?:{_any_of(table['copyrights'])})", re.IGNORECASE),
        joint=re.compile(rf"(?<=\s)(?:{_any_of(table['joints'])})(?=\s)|[/|]", re.IGNORECASE),
        tail=re.compile(rf"\s*(?:[\d,;:.()/|–—-]|(?:{_any_of(table['tails'])}))", re.IGNORECASE),
        contributed=re.compile(rf".*(?<![^\W\d_])(?:{_any_of(table['contributed'])})", re.IGNORECASE),
        glyphs=tuple(re.compile(pattern) for pattern in table["glyphs"]),
        between=re.compile(rf"\s*[,/&+]\s*|\s(?:{_any_of(table['jointly'])})\s", re.IGNORECASE),
        unnamed=_unnamed_line(table),
        unnamed_words=frozenset(table["unnamed"]),
        signs=signs,
        openings=tuple(map(_small, table["openings"])),
        rights=_shortest(map(_small, table["copyrights"])),
        contributions=_shortest(map(_small, table["contributed"])),
        signed=tuple(_small(line) for agency in registry().agencies for line in _plain_signs(agency)),
        patterned=re.compile(
            "|".join(f"(?:{sign})" for _, sign in _patterns() if not sign.startswith(_FURTHER_ON)) or "(?!)",
            re.IGNORECASE,
        ),
        named=tuple({_name_in(sign, agency) for agency, sign in _patterns() if sign.startswith(_FURTHER_ON)}),
    )


def _unnamed_line(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return what a line that credits agencies without a name looks like: an outlet or a desk, and they, in brackets or not."""
    before = _any_of([*table["desks"], *table["openings"], *table["joints"]])
    outlet = r"(?:[^\W\d_a-z][\w’'.-]*\s){1,4}(?=[(\[/|–—-])"
    return re.compile(
        rf"(?:{outlet})?[(\[/|–—\s-]*(?:(?i:{before})[\s,:/&+(–—-]*)*(?i:{_any_of(table['unnamed'])})[\s)\].–—-]*"
    )


# Tried at every place of a line, such a pattern costs what all others cost together.
_FURTHER_ON = ".{0,"


def _patterns() -> Iterator[tuple[Agency, str]]:
    return ((agency, sign) for agency in registry().agencies for sign in agency.signs)


def _name_in(sign: str, agency: Agency) -> str:
    """Return the agency's name that a pattern holds, in small letters; nothing, which every line holds, where it holds none."""
    names = map(_small, (agency.name, agency.long_name, *agency.aliases))
    return max((name for name in names if name.isalpha() and name in sign), key=len, default="")


def _shortest(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return the pieces of which none holds another: a text that holds any of all holds one of these."""
    known = tuple(pieces)
    return tuple(piece for piece in known if not any(other in piece for other in known if other != piece))


def _signs() -> Iterator[tuple[re.Pattern[str], Agency]]:
    """Yield how agencies' own lines begin: those that hold one of the agency's names, and those given as patterns."""
    for agency in registry().agencies:
        patterns = [*agency.signs, *(re.escape(line) + r"(?![^\W\d_])" for line in _plain_signs(agency))]
        if patterns:
            yield re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE), agency


def _plain_signs(agency: Agency) -> list[str]:
    """Return the lines of an agency that hold one of its names, and are more than a name."""
    names = {fold(name) for name in (agency.name, agency.long_name, *agency.aliases)}
    own = [line.strip() for line in agency.credit if any(f" {name} " in f" {fold(line)} " for name in names)]
    return [line for line in own if not registry().find(line)]
