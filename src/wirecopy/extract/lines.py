"""Which blocks are no part of the text: lines that point elsewhere, offers, machinery, captions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from wirecopy.extract.blocks import Block

_RULES = tomllib.loads((Path(__file__).parent / "boilerplate.toml").read_text("utf-8"))
_LONGEST: int = _RULES.pop("longest")
_WALLS: list[str] = tomllib.loads((Path(__file__).parent / "paywalls.toml").read_text("utf-8"))["lines"]
_LINE = re.compile("|".join(f"(?:{rule})" for rules in _RULES.values() for rule in rules), re.IGNORECASE)
_OFFER = re.compile("|".join(f"(?:{rule})" for rule in (*_RULES["offers"], *_WALLS)), re.IGNORECASE)
_ELSEWHERE = re.compile("|".join(f"(?:{rule})" for rule in _RULES["elsewhere"]), re.IGNORECASE)
_LEADING = re.compile(r"^[\W_]+")

# A picture's credit at the end of its caption:
# ... in Paris on Monday. (AFP / JANE DOE)   ... Bild: Jane Doe/dpa   ... | Moment | Getty Images   ... Photo: Reuters
_CREDITED = re.compile(
    r"""(?:
        \([^()]{0,60}\b(?:AFP|AP|Reuters|Getty|dpa|EPA|EFE|ANSA|Shutterstock|Alamy|PA\ Wire|Photo|Foto|Image)\b[^()]{0,60}\)
        | [|/]\s*(?:Getty(?:\ Images)?|AFP|AP(?:\ Photo)?|Reuters|EPA|Shutterstock|Alamy|dpa|imago|PA(?:\ Wire)?)
        | \b(?:Photo(?:graph)?|Picture|Image|Credit|Foto|Bild|Quelle|Crédit|Grafik|Фото)s?\s?(?:\ by|\ credit|\ courtesy)?:\s?[^.:]{2,70}
        | (?:^|[.!?…)"”»]\s)(?-i:PHOTOS?|Photos?|Pictures?|Images?|Photographs?)\ (?:by|courtesy(?:\ of)?|credit)\s[^.:]{2,50}
        | \((?:(?-i:[A-Z])[\w.’-]+\ ){1,3}(?-i:[A-Z])[\w’-]+\ ?/\ ?(?-i:[A-Z])[^()/]{1,40}\)
        | \b(?:Getty\ Images|AFP\ via\ Getty|AP\ Photo/[\w .]+)
        )\W*$""",
    re.VERBOSE | re.IGNORECASE,
)
_OFFER_CHARS = 300
_TITLE_CHARS = 60
_CAPTION_CHARS = 400
_CREDIT_CHARS = 110
# FUNDA | Kuboshwe abahlanu ...    Lire aussi : Le président ...
_POINTER_CHARS = 45


def is_line(block: Block) -> bool:
    """Tell whether a block is a line that pages print around an article's text rather than in it."""
    text = block.text
    if len(text) > _LONGEST:
        return False
    return (
        _points_elsewhere(block) or bool(_LINE.match(text) or _LINE.match(_LEADING.sub("", text))) or _is_caption(text)
    )


def opens_box(block: Block) -> bool:
    """Tell a block that asks the reader to subscribe, to register or to follow, or is the title of other stories."""
    bare = _LEADING.sub("", block.text)
    return (len(block.text) <= _OFFER_CHARS and bool(_OFFER.match(bare))) or (
        len(block.text) <= _TITLE_CHARS and not block.links and bool(_ELSEWHERE.match(bare))
    )


def _points_elsewhere(block: Block) -> bool:
    """Tell a few words with a colon or bar before a link that fills the rest of the block."""
    before = len(block.text) - block.linked
    mark = re.search(r"[:|»>→–]", block.text[:_POINTER_CHARS])
    return block.links == 1 and 0 < before <= _POINTER_CHARS and mark is not None and mark.end() >= before - 3


def _is_caption(text: str) -> bool:
    return len(text) <= _CAPTION_CHARS and bool(_CREDITED.search(text[-_CREDIT_CHARS:]))
