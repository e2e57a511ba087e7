"""Plain text in a field that holds HTML elsewhere, and the other way round."""

from __future__ import annotations

import html
import re

_PARAGRAPH = re.compile(r"\n\s*\n")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_SPACE = re.compile(r"\s+")


def as_html(text: str) -> str | None:
    """Return plain text as paragraphs of HTML, None for blank text."""
    parts = (html.escape(part.strip(), quote=False) for part in _PARAGRAPH.split(text))
    return "".join(f"<p>{part}</p>" for part in parts if part) or None


def one_line(text: str) -> str | None:
    """Return text on one line, None for blank text."""
    return _SPACE.sub(" ", text).strip() or None


def without_markup(text: str) -> str:
    """Return the text of an inline HTML fragment such as a headline."""
    return html.unescape(_TAG.sub("", text))
