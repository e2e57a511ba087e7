"""Whether a page prints only the beginning of its article: what it says itself, and how its text ends."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from wirecopy.extract.blocks import Block
from wirecopy.extract.metadata import Metadata

_LONGEST = 300
_SHORT = 1500
_SHARE = 0.6
_WALLS = re.compile(
    "|".join(tomllib.loads((Path(__file__).parent / "paywalls.toml").read_text("utf-8"))["lines"]), re.IGNORECASE
)


def is_truncated(meta: Metadata, blocks: list[Block], paragraphs: tuple[str, ...]) -> bool:
    """Tell whether `paragraphs` are but the beginning of the article; `blocks` are all that the page prints."""
    if not paragraphs:
        return False
    size = sum(map(len, paragraphs))
    if paragraphs[-1].rstrip("\"'”“»’)] ").endswith(("…", "...")) and (size < _SHORT or meta.free is False):
        return True
    if meta.free is False:
        return size < _SHORT or _is_part(meta, paragraphs) or _has_wall(blocks)
    return size < _SHORT and meta.free is None and _has_wall(blocks)


def _has_wall(blocks: list[Block]) -> bool:
    return any(_WALLS.search(block.text) for block in blocks if len(block.text) <= _LONGEST)


def _is_part(meta: Metadata, paragraphs: tuple[str, ...]) -> bool:
    stated = str(meta.node.get("wordCount") or "")
    return (
        stated.isdecimal() and len(stated) < 7 and sum(len(text.split()) for text in paragraphs) < _SHARE * int(stated)
    )
