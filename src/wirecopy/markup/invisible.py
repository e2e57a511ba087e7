"""What readers cannot see leaves a text here, and nowhere else: soft hyphens, zero-width and control characters."""

from __future__ import annotations

import re
import unicodedata

# Line ends of every convention become one newline; PARAGRAPH SEPARATOR is a blank line.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028]")

# Never seen, whatever the script: controls, SOFT HYPHEN, joiners of nothing, zero-width space, word joiner, BOM,
# interlinear annotation, language tags, noncharacters, surrogates, and bidi embeddings, overrides and isolates.
_ALWAYS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_ALWAYS}]+")

# ZERO WIDTH NON-JOINER shapes Arabic and Indic words, ZERO WIDTH JOINER also composes emoji: elsewhere they do nothing.
_JOINED_SCRIPTS = (
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
    "\ufb50-\ufdcf\ufe70-\ufefc"
)
_IDLE_NON_JOINER = re.compile(f"(?<![{_JOINED_SCRIPTS}])\u200c+|\u200c+(?![{_JOINED_SCRIPTS}])")
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_IDLE_JOINER = re.compile(f"(?<![{_JOINED_SCRIPTS}{_EMOJI}])\u200d+|\u200d+(?![{_JOINED_SCRIPTS}{_EMOJI}])")

# LEFT-TO-RIGHT and RIGHT-TO-LEFT MARK order digits and brackets beside right-to-left letters only.
_MARKS = re.compile("[\u200e\u200f]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefc]")


def visible(text: str) -> str:
    """Return a text as readers see it, in NFC; the function is idempotent.

    Lines end in a newline, a paragraph separator becomes a blank line. Joiners stay where they shape letters, direction
    marks where a text has right-to-left letters. Spaces of every width stay as they are. Never raises.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _UNSEEN.sub("", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _direction(_joiners(text)))


def _joiners(text: str) -> str:
    if "\u200c" in text:
        text = _IDLE_NON_JOINER.sub("", text)
    return _IDLE_JOINER.sub("", text) if "\u200d" in text else text


def _direction(text: str) -> str:
    if not _MARKS.search(text):
        return text
    return _MARKS.sub(lambda run: run[0][-1], text) if _RIGHT_TO_LEFT.search(text) else _MARKS.sub("", text)
