"""Plain text in a field that holds HTML elsewhere, and the other way round."""

from __future__ import annotations

import html
import re

_PARAGRAPH = re.compile(r"\n\s*\n")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_SPACE = re.compile(r"\s+")


# What an inline fragment is set with; `<3` and `x < y` are text.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|em|font|i|mark|p|q|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# &lt;p&gt;Port shut&lt;/p&gt;   &lt;a href="/1"&gt;   &lt;br /&gt;
_ESCAPED = re.compile(
    r"&lt;/?(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|table|ul)(?:\s(?:(?!&[lg]t;)[^<>])*)?/?&gt;",
    re.IGNORECASE,
)


def as_html(text: str) -> str | None:
    """Return plain text as paragraphs of HTML, None for blank text."""
    parts = (html.escape(part.strip(), quote=False) for part in _PARAGRAPH.split(text))
    return "".join(f"<p>{part}</p>" for part in parts if part) or None


def one_line(text: str) -> str | None:
    """Return text on one line, None for blank text."""
    return _SPACE.sub(" ", text).strip() or None


def without_markup(text: str) -> str:
    """Return the text of an inline HTML fragment such as a headline."""
    return _read_again(html.unescape(_TAG.sub("", text)))


def _read_again(text: str) -> str:
    """Return plain text without the markup of a fragment that was escaped twice."""
    if not _REFERENCE.search(text) and not _INLINE.search(text):
        return text
    return html.unescape(_INLINE.sub("", text))


def escaped_once(fragment: str) -> str:
    """Return an HTML fragment; one whose tags are all spelt out as text, since it was escaped twice, as it was meant."""
    return html.unescape(fragment) if _ESCAPED.search(fragment) and not _TAG.search(fragment) else fragment
