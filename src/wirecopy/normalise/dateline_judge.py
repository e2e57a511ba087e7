"""Whether a reading is a dateline: shape alone is not enough, so each shape asks for knowledge and punctuation.

Each rule is small and named by its shape; `judge` returns how far it may be believed, 0 for not at all.
"""

from __future__ import annotations

import re
from datetime import date

from wirecopy.normalise import places
from wirecopy.normalise.dateline_agency import is_web_name
from wirecopy.normalise.dateline_alone import View, caseless, dashed_again, is_caption, is_title, place_only, strong
from wirecopy.normalise.dateline_dates import Printed, opens_date, weekday_of
from wirecopy.normalise.dateline_grammar import Head, Parse, Signature
from wirecopy.normalise.dateline_names import is_known
from wirecopy.normalise.dateline_places import Piece, Where, is_district, is_label, is_qualifier
from wirecopy.normalise.dateline_tokens import DASH, END, LINE, NUMBER, WORD, Token
from wirecopy.normalise.dateline_words import words

_ENCLOSING = frozenset("([</|")
_PARTING = frozenset({DASH, LINE, ":", "_", "=", "~", "|", "•"})
_SHORT = 5
"""Letters of an agency's short name."""


def judge(parse: Parse, head: Head) -> float:
    """Return the confidence (0 to 1) that a parse is the dateline of its text; 0 where it is none."""
    lead = head.ts[parse.separator.lead]
    glue = "".join(part.glue for part in parse.parts)
    view = View(parse.where, parse.printed, parse.signature, parse.separator, lead, glue, _opens(lead), head)
    signed = view.signature is not None and view.signature.credit.known and lead.kind != END
    if view.where and not signed and _labelled(parse, head):
        return 0.0
    if view.signature is not None:
        return _signed(view) if _orderly(parse, head) else 0.0
    if view.where and view.printed:
        return _place_and_date(view)
    if view.where:
        return place_only(view)
    return _date_only(view)


def _opens(lead: Token) -> bool:
    return lead.kind != WORD or not lead.text[0].islower()


def _labelled(parse: Parse, head: Head) -> bool:
    """Return whether what would be the places is a kicker, or the byline's opening."""
    part = next(part for part in parse.parts if isinstance(part.value, Where))
    return is_label(head.text[head.ts[part.first].start : head.ts[part.after - 1].end])


def _orderly(parse: Parse, head: Head) -> bool:
    """Return whether the slots hang together: after a dash, a bare name asks for a separator of its own."""
    last = parse.parts[-1]
    if len(parse.parts) > 1 and isinstance(last.value, Where) and not _believable(last.value):
        return False
    if len(parse.parts) < 2 or DASH not in last.glue:
        return True
    if isinstance(last.value, Where):
        return strong(parse.separator) and (last.value.pieces[0].capitals or last.value.pieces[0].known)
    if isinstance(last.value, Signature) and not last.value.sign:
        named = last.value.credit.known and last.value.credit.raw.isupper()
        return bool(parse.separator.kinds) or named or caseless(head.ts[parse.separator.lead].text)
    return True


def _signed(view: View) -> float:
    signature = view.signature
    assert signature is not None
    if not signature.credit.known:
        return _signed_unknown(view, signature)
    weak = signature.credit.weak and not _at_home(view, signature)
    return _enclosed(view, weak=weak) if signature.sign else _bare(view, weak=weak)


def _at_home(view: View, signature: Signature) -> bool:
    """Return whether an agency signs from its own country, so that even a name it shares is surely its own."""
    if view.where is None or signature.credit.country is None:
        return False
    first = view.where.pieces[0]
    place = places.resolve(first.raw, qualifier=first.qualifier) if first.known else None
    return place is not None and place.country == signature.credit.country


def _enclosed(view: View, *, weak: bool) -> float:  # noqa: PLR0911 - one return a separator
    """Weigh a known agency in brackets or slashes, the surest sign; without any separator the rest must agree."""
    where, sep = view.where, view.separator
    believed = where is None or _believable(where) or view.printed is not None
    named = where is not None and not where.pieces[0].known and not where.pieces[0].capitals
    if named and where and view.signature and _shortens(where.pieces[0].raw, view.signature.credit.raw):
        return 0.0
    if strong(sep) or LINE in sep.kinds or view.lead.kind == END:
        if where is None and view.printed is None and weak and not strong(sep):
            return 0.0
        return 0.98 if believed else (0.85 if strong(sep) else 0.0)
    if ":" in sep.kinds:
        return 0.9 if believed or view.opens else 0.0
    if sep.kinds[:1] in {"/", "."} and signature_is_slashed(view):
        return 0.95 if believed else 0.0
    if not view.opens or sep.kinds.startswith(","):
        return 0.0
    if where is None and view.printed is None:
        if weak and view.signature and view.signature.credit.raw.islower():
            return 0.7  # (ats) Le Conseil: no sentence opens with small letters in brackets
        return 0.0 if weak or (view.lead.kind not in {WORD, NUMBER, '"'} and not view.opens) else 0.75
    if (
        weak
        and view.printed is None
        and not (where and (where.pieces[0].known or places.means_region(where.pieces[0].raw)))
    ):
        return 0.0
    return 0.9 if believed else 0.0


def _spells(name: str, short: str) -> bool:
    """Return whether a bracket shortens or repeats the words before it: `The Australian Federal Police (AFP)`."""
    named = re.findall(r"[^\W\d_]+", name)
    initials = "".join(word[0] for word in named if word[0].isupper())
    return short in named or (len(initials) > 1 and initials.endswith(short.replace(".", "").upper()))


def _written(piece: Piece) -> str:
    return f"{piece.raw} {piece.qualifier or ''}"


def _shortens(name: str, short: str) -> bool:
    """Return whether a bracket is an acronym of the words before it, or their exchange's sign: `Rio Tinto (RIO)`."""
    opens = any(word.upper().startswith(short) for word in name.split())
    return (short.isupper() and len(short) > 1 and opens) or _spells(name, short)


def signature_is_slashed(view: View) -> bool:
    """Return whether the agency stands between slashes, as in `/ ACCESSWIRE / June 26, 2025 /`."""
    return view.signature is not None and view.signature.sign == "/"


def _known_town(where: Where) -> bool:
    return where.pieces[0].known or where.pieces[-1].known


def _believable(where: Where) -> bool:
    first = where.pieces[0]
    known = first.known or first.capitals or first.qualified or first.site or where.pieces[-1].known
    return known or places.means_region(first.raw)


def _bare(view: View, *, weak: bool) -> float:  # noqa: PLR0911 - one return a shape
    """Weigh a known agency without brackets: it needs a place or date beside it, or a dash that no sentence has."""
    where, sep = view.where, view.separator
    known = where is not None and (_known_town(where) if weak else _believable(where))
    if view.printed is not None and (where is None or known):
        if strong(sep) or LINE in sep.kinds or ":" in sep.kinds:
            return 0.95
        if view.lead.kind == END:
            return 0.9
        return 0.85 if view.opens and sep.kinds in {".", ""} and (where is not None or not weak) else 0.0
    if where is not None:
        return _bare_beside(view, where, weak=weak) if known and view.opens else 0.0
    if not strong(sep) or not view.opens or is_title(view):
        return 0.0
    if not weak:
        return 0.8
    raw = view.signature.credit.raw if view.signature else ""
    return 0.6 if raw.isupper() and len(raw) > 2 and not is_label(raw) else 0.0


def _bare_beside(view: View, where: Where, *, weak: bool) -> float:
    """Weigh a known agency without brackets beside a place, without a date."""
    sep = view.separator
    if (view.lead.kind == END and _known_town(where)) or strong(sep) or (LINE in sep.kinds and not weak):
        return 0.9
    if not where.pieces[0].known:
        return 0.0
    if DASH in sep.kinds and view.glue == "," and view.lead.kind == WORD:
        return 0.8  # Damascus, SANA-Rain fell.
    small = view.signature is not None and view.signature.credit.raw.islower()
    stopped = sep.kinds == "." and ("," in view.glue or small)
    if not weak and (":" in sep.kinds or stopped):
        return 0.85
    spoken = view.lead.kind == WORD and caseless(view.lead.text)
    dashed = not weak and DASH in view.glue and where.pieces[0].capitals  # BAGHDAD – INA The minister ...
    return 0.6 if (spoken or dashed) and not sep.kinds else 0.0


def _signed_unknown(view: View, signature: Signature) -> float:
    """Weigh an unknown name: it counts in brackets, after a place or date, before a strong separator."""
    where, raw = view.where, signature.credit.raw
    if _no_signature(view, signature):
        return 0.0
    if not signature.sign:
        return _bare_unknown(view, raw)
    if where is not None:
        return _enclosed_unknown(view, where, raw)
    bare = view.printed is None or view.printed.bare
    alone = strong(view.separator) and view.opens and len(raw) > 2 and signature.sign in "(["
    return 0.6 if alone and not (bare and raw.islower()) else 0.0


def _no_signature(view: View, signature: Signature) -> bool:
    """Return whether an unknown name is an acronym of the words before it, a region, a town or a mere word."""
    where, raw = view.where, signature.credit.raw
    if signature.sign and where is not None and _shortens(_written(where.pieces[0]), raw):
        return True
    beside = where is not None and view.printed is None and where.pieces[-1].qualifier is None
    if beside and (is_qualifier(raw) or is_district(raw)):
        return True
    if is_known(raw) and not caseless(raw) and (where is None or not raw.isupper()):
        return True
    small = is_web_name(raw) or (view.head.language or "")[:2] in words().small_names
    town = where is not None and where.pieces[0].known and (small or where.pieces[0].capitals)
    return raw.islower() and not (town and strong(view.separator))


def _bare_unknown(view: View, raw: str) -> float:
    known = view.where is not None and view.where.pieces[0].known
    alone = view.where is None and view.printed is None and raw.isupper()
    if not view.opens or not (known or alone):
        return 0.0
    if known and ":" in view.separator.kinds and view.glue == "," and raw.isupper() and len(raw) <= _SHORT:
        return 0.75
    return (0.75 if known else 0.55) if strong(view.separator) else 0.0


def _enclosed_unknown(view: View, where: Where, raw: str) -> float:
    first, sep = where.pieces[0], view.separator
    if view.lead.kind == END and first.known and first.capitals and raw.isupper():
        return 0.7
    if not view.opens:
        return 0.0
    if strong(sep) and (first.known or first.qualified or first.capitals):
        return 0.85 if first.known else 0.7
    if ":" in sep.kinds and first.capitals and first.known:
        return 0.75
    dated = view.printed is not None and not view.printed.bare and (first.known or first.qualified)
    return 0.7 if dated and (not sep.kinds or sep.kinds[0] in ":.\n") else 0.0


def _place_and_date(view: View) -> float:  # noqa: PLR0911 - one return a separator
    where, printed, sep = view.where, view.printed, view.separator
    assert where is not None
    assert printed is not None
    first = where.pieces[0]
    sure = first.known or (first.capitals and _is_short(first)) or first.qualified or caseless(first.raw)
    if (printed.bare and not printed.weekday) or (
        "," not in view.glue and (opens_date(first.raw) or weekday_of(first.raw))
    ):
        return 0.0
    if (":" in view.glue and not sure) or (not strong(sep) and is_caption(view)):
        return 0.0
    if strong(sep):
        return (
            ((0.97 if view.opens else 0.9) if sure else 0.75 * _is_short(first))
            if view.opens or first.capitals
            else 0.0
        )
    if not view.opens or not sure or printed.bare:
        return 0.0
    if view.lead.kind == END:
        return 0.9 if first.known or first.qualified else 0.0
    if LINE in sep.kinds or ":" in sep.kinds or ("/" in sep.kinds and "/" in view.glue):
        return 0.9
    if sep.kinds not in {".", ""} or not first.known:
        return 0.0
    if first.capitals:
        return 0.8
    if sep.kinds == ".":
        return 0.8 if caseless(first.raw) or _is_fresh(printed, view.head.sent) else 0.0
    return 0.55 if "," in view.glue else 0.0


def _is_fresh(printed: Printed, sent: date | None) -> bool:
    """Return whether a date has no year, or that of the sending: behind a town and a full stop another one tells history."""
    years = {option.year for option in printed.options}
    return years == {None} or (sent is not None and years <= {None, sent.year, sent.year % 100})


def _is_short(piece: Piece) -> bool:
    """Return whether a name nobody knows has the length of one."""
    return piece.site or piece.raw.count(" ") < 4


def _date_only(view: View) -> float:
    printed, sep = view.printed, view.separator
    assert printed is not None
    if printed.bare or not view.opens or is_title(view):
        return 0.0
    if strong(sep):
        return 0.0 if dashed_again(view) or printed.weekday else 0.65
    full = any(option.year is not None for option in printed.options)
    if view.lead.kind == END:
        return 0.7
    return 0.55 if LINE in sep.kinds and full else 0.0
