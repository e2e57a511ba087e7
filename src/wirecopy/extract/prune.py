"""What is no part of an article leaves the tree here: scripts and the like by their tag, furniture as surveyed."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

_TAGS = (
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "figure", "figcaption", "button",
    "select", "form", "object", "embed", "audio", "video", "canvas", "dialog", "picture", "img", "aside", "input",
    "textarea", "label", "menu",
)  # fmt: skip
_MOST = 0.4


def prune_tags(body: etree._Element) -> None:
    """Remove the elements that never hold an article's text; changes the tree."""
    for form in list(body.iter("form")):
        # ASP.NET wraps the whole page in a form.
        if len(form.findall(".//p")) > 4 or form.find(".//h1") is not None:
            form.tag = "div"
    etree.strip_elements(body, *_TAGS, with_tail=False)


def prune_furniture(body: etree._Element, furniture: Iterable[etree._Element]) -> None:
    """Remove surveyed furniture, but nothing that holds the headline or much of the text; changes the tree."""
    total = size_of(body)
    for element in furniture:
        if size_of(element) < _MOST * total and element.find(".//h1") is None:
            drop(element)


def size_of(element: etree._Element) -> int:
    """Return the number of characters in an element."""
    return sum(map(len, element.itertext()))


def drop(element: etree._Element) -> None:
    """Remove an element and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)
