"""Desk signs -> what a text says that it is to an earlier one: update, correction, kill, take, embargo.

The signs are data (`data/cues.toml`). What follows from a cue is decided elsewhere: kinds of revisions in the views,
membership in `dedupe.match`, hiding by the notices' join.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

from wirecopy.model import Notice

Place = Literal["headline", "slugline", "ednote", "opening", "directive"]

_OPENING: Final = 4_000
"""Characters within which most texts have their first lines."""
_NOTICE_WORDS: Final = 120
"""A notice says what is withdrawn and little else; a longer text is a report on something withdrawn."""
_NEWS_WORDS: Final = 20
"""Words that a notice has besides its announcement at most."""


_Find = Callable[[str], re.Match[str] | None]
_NUMBER: Final = "(?P<number>"
_NOWHERE: Final = re.compile(r"(?!)")


class _Sign(NamedTuple):
    kind: str
    find: _Find
    at: str
    """`^` where it stands at the beginning, `(` where it opens with a bracket, empty where it may stand anywhere."""


def _sign(kind: str, pattern: str) -> _Sign:
    """Return a sign that looks at the beginning alone where its pattern stands there."""
    compiled, at = re.compile(pattern), _at(pattern)
    return _Sign(kind, compiled.match if at == "^" else compiled.search, at)


def _at(pattern: str) -> str:
    bare = pattern.removeprefix("(?i)")
    return "^" if bare.startswith("^") else "(" if bare.startswith(_BRACKET) else ""


_BRACKET: Final = r"[(\[]"


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs of one place, and what tells at a glance that a text holds none of them."""

    signs: tuple[_Sign, ...]
    needs: tuple[str, ...]
    opens: _Find
    encloses: _Find

    def may_stand(self, text: str) -> str:
        """Return the kinds of signs of which one may stand in a text; what is not among them is certain not to."""
        lowered = text.lower()
        found = "^" if self.opens(text) else ""
        if ("(" in text or "[" in text) and self.encloses(text):
            found += "("
        return found + "*" if any(map(lowered.__contains__, self.needs)) else found


def _signs_of(cues: Sequence[Mapping[str, Any]], shared: Sequence[str]) -> _Signs:
    patterns = [(cue["kind"], pattern) for cue in cues for pattern in cue["patterns"]]
    bracketed = [_scoped(pattern, _BRACKET) for _, pattern in patterns if _at(pattern) == "("]
    return _Signs(
        signs=tuple(_sign(kind, pattern) for kind, pattern in patterns),
        needs=tuple(dict.fromkeys(piece for cue in cues for piece in cue.get("needs", ()))),
        opens=_opening([pattern for _, pattern in patterns if _at(pattern) == "^"], shared).match,
        encloses=_any_of(bracketed, _BRACKET).search,
    )


def _any_of(patterns: Sequence[str], opening: str = "") -> re.Pattern[str]:
    return re.compile(f"{opening}(?:{'|'.join(patterns)})".replace(_NUMBER, "(?:")) if patterns else _NOWHERE


def _opening(patterns: Sequence[str], shared: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern of those that stand at the beginning; what many of them open with is read once for all of these."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        opening = next((one for one in shared if pattern.removeprefix("(?i)").startswith(f"^{one}")), "")
        groups.setdefault(opening, []).append(_scoped(pattern, f"^{opening}" if opening else ""))
    return _any_of([f"{opening}(?:{'|'.join(behind)})" for opening, behind in groups.items()])


def _scoped(pattern: str, opening: str = "") -> str:
    """Return a pattern behind its opening, as one of several."""
    bare = pattern.removeprefix("(?i)")
    rest = bare.removeprefix(opening)
    return f"(?i:{rest})" if bare != pattern else f"(?:{rest})"


@dataclass(frozen=True, slots=True)
class _Desks:
    places: dict[str, _Signs]
    notices: dict[str, tuple[_Sign, ...]]
    """Of those, the signs of notices: every entry of every feed is searched for them."""
    stems: tuple[str, ...]
    replaces: re.Pattern[str]
    """What a version that stands in place of a withdrawn one says of that."""
    status: dict[str, tuple[str, ...]]


_WORD_LIST: Final = re.compile(r"\{([a-z]+)\}")


def read_signs() -> dict[str, Any]:
    """Return the signs as `data/cues.toml` has them, the lists of words in the place of their names."""
    data: dict[str, Any] = tomllib.loads(files("wirecopy.normalise").joinpath("data/cues.toml").read_text("utf-8"))
    for cue in data["cue"]:
        cue["patterns"] = [_WORD_LIST.sub(lambda name: data["words"][name[1]], one) for one in cue["patterns"]]
    return data


@cache
def _desks() -> _Desks:
    data = read_signs()
    cues: dict[str, list[Any]] = {}
    for cue in data["cue"]:
        for place in cue["places"]:
            cues.setdefault(place, []).append(cue)
    shared = [data["words"]["note"], data["words"]["labels"], f"(?:{data['words']['attn']})*"]
    places = {place: _signs_of(found, shared) for place, found in cues.items()}
    return _Desks(
        places=places,
        notices={place: tuple(sign for sign in found.signs if sign.kind in _KINDS) for place, found in places.items()},
        stems=tuple(data["notice_stems"]),
        replaces=re.compile(data["words"]["replaces"], re.IGNORECASE),
        status={word: tuple(kinds) for word, kinds in data["status"].items()},
    )


def read_cues(
    *,
    headline: str,
    slugline: str | None = None,
    ednote: str | None = None,
    body: str = "",
    status: str | None = None,
    language: str | None = None,  # noqa: ARG001 - desks sign in a language that need not be the text's
) -> tuple[str, ...]:
    """Return the signs found in an item's text and status, each once, in the order in which they were found.

    `update`, `correction`, `write-through`, `lead`, `take`, `embargo`, `embargo lift`, `kill`, `withdrawal`,
    `withheld`; a numbered one also as `update 2`, `lead 1`, `take 3`. Empty where there is none.
    """
    found = list(_desks().status.get(_bare(status), ()))
    texts: tuple[tuple[Place, str], ...] = (
        ("headline", headline),
        ("slugline", slugline or ""),
        ("ednote", ednote or ""),
        *(("opening", line) for line in _openings(body)),
    )
    for place, text in texts:
        found += _read(place, text) if text else ()
    if ednote and _desks().replaces.search(ednote):
        found = [cue for cue in found if cue not in _ENDED]
    return tuple(dict.fromkeys(found))


def read_notice(
    *,
    headline: str,
    body: str = "",
    status: str | None = None,
    identifier: str | None = None,
    related: Sequence[str] = (),
    agency: str | None = None,
    slugline: str | None = None,
    ednote: str | None = None,
    at: datetime | None = None,
) -> Notice | None:
    """Return the kill, withdrawal, hold or lifted embargo that an entry announces, or None for one that is news.

    `target` is what the notice names (a linked item, an address in its text), else the entry's own identifier, which
    holds where a wire sends the notice under the identifier of its story; `slugline` is told where neither status nor link
    says which document is meant. `at` is passed through, `on` is its day.
    """
    by_status = _desks().status.get(_bare(status), ())
    announced = _kind(_announced(headline, body, slugline, ednote))
    # One status stands for both, so the words tell which of the two it is.
    kind = "withdrawal" if (_kind(by_status), announced) == ("kill", "withdrawal") else _kind(by_status) or announced
    if kind is None or (kind == "embargo lift" and _tells_news(body)):
        return None
    named = related[0] if related else _address(body)
    own = by_status and not (related and announced)
    slugged = _slugline_meant(headline, body, None if own or named else slugline)
    return Notice(
        kind=kind,
        at=at,
        target=identifier if own or named is None else named,
        agency=agency,
        slugline=slugged,
        on=at.date() if at else None,
        text="\n\n".join(part for part in (headline, body) if part),
    )


def may_announce(text: str) -> bool:
    """Tell, fast, whether a text may hold the sign of a notice; False is certain."""
    lowered = text.lower()
    return any(map(lowered.__contains__, _desks().stems))


def _tells_news(body: str) -> bool:
    """Say whether a text holds more than what it announces: a report whose embargo is over is a version of it."""
    return sum(len(line.split()) for line in body.split("\n") if not may_announce(line)) >= _NEWS_WORDS


def _bare(status: str | None) -> str:
    """Return a status without its scheme: `stat:canceled`, `http://…/pubstatusg2/canceled` are `canceled`."""
    return re.split(r"[:/]", status.strip().lower())[-1] if status else ""


@lru_cache(maxsize=4_096)
def _read(place: Place, text: str) -> tuple[str, ...]:
    """Return the signs in a text; remembered, since headlines are asked for twice and labels by the thousand."""
    text = text.strip()
    known = _desks().places[place]
    stands = known.may_stand(text)
    return tuple(_found(known.signs, text, stands)) if stands else ()


@lru_cache(maxsize=1_024)
def _read_notice(place: Place, text: str) -> tuple[str, ...]:
    """Return the signs of a notice in a text."""
    return tuple(_found(_desks().notices.get(place, ()), text.strip(), "^(*")) if may_announce(text) else ()


def _found(signs: Sequence[_Sign], text: str, stands: str) -> Iterator[str]:
    for kind, find, at in signs:
        if (at or "*") in stands and (found := find(text)):
            yield kind
            if number := found.groupdict().get("number"):
                yield f"{kind} {int(number)}"


def _openings(body: str) -> list[str]:
    """Return the lines in which desks explain themselves: the first three, and the last."""
    first = [line for line in body[:_OPENING].split("\n")[:-1] if line and not line.isspace()][:3]
    if len(first) < 3:
        lines = [line for line in body.split("\n") if line and not line.isspace()]
        return [line[:400] for line in (*lines[:3], *lines[-1:])]
    return [line[:400] for line in (*first, body.rstrip().rpartition("\n")[2])]


def _announced(headline: str, body: str, slugline: str | None, ednote: str | None) -> tuple[str, ...]:
    """Return the signs of a notice: a kill by its headline or slugline, anything else only in a text as short as one."""
    found = (*_read_notice("headline", headline), *_read_notice("slugline", slugline or ""))
    if len(body.split(None, _NOTICE_WORDS)) > _NOTICE_WORDS:
        return tuple(kind for kind in found if kind == "kill")
    for line in _openings(body) if may_announce(body) else ():
        found = (*found, *_read_notice("directive", line))
    return found if _desks().replaces.search(ednote or "") else (*found, *_read_notice("ednote", ednote or ""))


_ENDED: Final = frozenset({"kill", "withdrawal"})
"""What a version that stands in place of an earlier one says of that, and not of itself."""
NoticeKind = Literal["kill", "withdrawal", "withheld", "embargo lift"]
_KINDS: Final[tuple[NoticeKind, ...]] = ("kill", "withdrawal", "withheld", "embargo lift")


def _kind(cues: Sequence[str]) -> NoticeKind | None:
    return next((kind for kind in _KINDS if kind in cues), None)


_ADDRESS: Final = re.compile(r"(?:https?://|urn:|tag:)[^\s<>()\"']+[^\s<>()\"'.,;:]")


def _address(body: str) -> str | None:
    found = _ADDRESS.search(body)
    return found.group() if found else None


# Attention editors: kill the story slugged BC-EX--Port Fire, 2nd Ld, moved at 0915 GMT.
_SLUGGED: Final = re.compile(
    r"\b(?i:slugged|slug|slugline)[:\s]+[\"“']?(?P<slugline>[A-Z][^\s,;.\"”]*(?: [A-Z][^\s,;.\"”]*)*)"
)
# BC-EX--Port Fire, MANDATORY KILL
_MARK: Final = re.compile(
    r"""
    (?:^|[\s,:–—-]+) (?:(?i:mandatory|bulletin|story)[ -])? (?:KILL|Kill|WITHDRAWN|WITHDRAWAL|RETRACTED) (?:[\s,:–—-]+|$)
    """,
    re.VERBOSE,
)


def _slugline_meant(headline: str, body: str, slugline: str | None) -> str | None:
    """Return the slugline of the story that a notice means, without the mark of the notice itself."""
    if named := _SLUGGED.search(f"{headline}\n{body}"):
        return named["slugline"].strip()
    return _MARK.sub("", slugline).strip() or None if slugline else None
