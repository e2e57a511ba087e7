"""What feeds write and feedparser misreads, set right in their text before: a caption is no report, `AT&T` no entity.

Elements that feedparser would take for the entry's own title or text get a name of ours, under which they are found.
"""

from __future__ import annotations

import re

from lxml import etree

OURS = "wirecopy_"
"""What the names of such elements begin with, after their prefix."""

_CAPTIONS = re.compile(
    r"(?P<open></?(?:media|itunes|googleplay|dc|dcterms):)(?P<name>title|description|text|summary|abstract)(?=[\s/>])",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"""\sxmlns:([\w.-]+)\s*=\s*["']https?://search\.yahoo\.com/mrss/?["']""")
# <item> … <image><url>/i.png</url><title>A picture</title></image>
_PICTURE = re.compile(r"<image>(?:(?!</image>|<item[\s>]).)*</image>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(
    r"<(?:image|url)>\s*(?:<!\[CDATA\[)?\s*([^\s<>]+?)\s*(?:\]\]>)?\s*</(?:image|url)>", re.IGNORECASE
)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
# CDATA and comments stay as they are; outside of them only references of XML itself may begin with an ampersand.
_BARE = re.compile(r"&(?!(?:#\d+|#[xX][0-9A-Fa-f]+|amp|lt|gt|quot|apos);)")
_AMPERSAND = re.compile(rf"(?P<kept><!\[CDATA\[.*?\]\]>|<!--.*?-->)|{_BARE.pattern}", re.DOTALL)


def without_traps(text: str) -> str:
    """Return the XML of a feed in which captions and parts of pictures bear names of their own."""
    media = _MEDIA.search(text)
    if media and media[1] != "media":
        text = re.sub(rf"(</?){re.escape(media[1])}:", r"\1media:", text)
    if ":" in text:
        text = _CAPTIONS.sub(rf"\g<open>{OURS}\g<name>", text)
    first = _ITEM.search(text)
    if first and "<image>" in text:
        head, body = text[: first.start()], text[first.start() :]
        text = head + _PICTURE.sub(_picture, body)
    return text


def _picture(found: re.Match[str]) -> str:
    address = _ADDRESS.search(found.group())
    return f"<{OURS}image>{address[1]}</{OURS}image>" if address else ""


def with_ampersands(text: str) -> str:
    """Return XML in which an ampersand that begins no reference stands for itself."""
    return _AMPERSAND.sub(lambda found: found["kept"] or "&amp;", text) if _BARE.search(text) else text


def recovered(text: str) -> str:
    """Return XML whose elements all end, as libxml2 guesses that they were meant; empty where it can make nothing of it."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    return "" if root is None else etree.tostring(root, encoding="unicode")


def count_items(text: str) -> int:
    """Return how many entries a feed's text seems to hold."""
    return sum(1 for _ in _ITEM.finditer(text))
