"""What is no part of an article leaves the tree here: scripts and the like by their tag, furniture as surveyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from wirecopy.extract.prose import Weights
from wirecopy.extract.survey import Survey

_TAGS = (
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "figure", "figcaption", "button",
    "select", "form", "object", "embed", "audio", "video", "canvas", "dialog", "picture", "img", "aside", "input",
    "textarea", "label", "menu",
)  # fmt: skip
_NEARLY_ALL = 0.8
_MOST = 0.4
_GOOD_PART = 0.25
_OWN_SHARE = 0.2
_CREDITS = (("name", 600), ("time", 150))
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def prune_tags(body: etree._Element) -> None:
    """Remove the elements that never hold an article's text; changes the tree."""
    for form in list(body.iter("form")):
        # ASP.NET wraps the whole page in a form.
        if len(form.findall(".//p")) > 4 or form.find(".//h1") is not None:
            form.tag = "div"
    etree.strip_elements(body, *_TAGS, with_tail=False)


def prune_furniture(body: etree._Element, marked: Survey, weights: Weights, solid: Weights) -> None:
    """Remove surveyed furniture, but nothing that holds the headline or much of the text; changes the tree.

    `weights` say how much running text each element holds, `solid` how much of it is set as most of the page's is.
    """
    _drop_all(element for element in marked.of("overlay") if weights.get(element, 0) < _NEARLY_ALL * weights[body])
    whole = max(1, weights.get(body, 0))
    for elements in _alike([*_loose("furniture", marked, weights, solid), *marked.of("hidden")]):
        if sum(weights.get(element, 0) for element in elements) < _MOST * whole:
            _drop_all(elements)
    for elements in _alike(el for el in marked.of("linked") if el.find(".//a") is not None):
        if sum(weights.get(element, 0) for element in elements) < _MOST * whole:
            _drop_all(elements)
    for elements in _alike(element for element in _loose("box", marked, weights, solid) if element.tag not in _HEADS):
        if sum(weights.get(element, 0) for element in elements) < _GOOD_PART * whole:
            _drop_all(elements)
    _drop_all(element for role, most in _CREDITS for element in marked.of(role) if _is_credit(element, most, weights))


def _loose(role: str, marked: Survey, weights: Weights, solid: Weights) -> list[etree._Element]:
    """Return the elements of a role whose text is not set as most of the page's running text is."""
    return [element for element in marked.of(role) if solid.get(element, 0) <= 0.5 * weights.get(element, 0)]


def _is_credit(element: etree._Element, most: int, weights: Weights) -> bool:
    return element.tag not in _HEADS and size_of(element) < most and weights.get(element, 0) < most


def prune_other_articles(body: etree._Element, weights: Weights) -> None:
    """Remove articles beside the page's own and those inside it (teasers, comments); changes the tree."""
    articles = [element for element in body.iter("article") if element in weights]
    own = next((element for element in articles if element.find(".//h1") is not None), None)
    if own is None or weights[own] < _OWN_SHARE * weights[body]:
        return
    around = set(own.iterancestors("article"))
    inside = set(own.iterdescendants("article"))
    for element in articles:
        if element is own or element in around:
            continue
        if element not in inside or weights[element] < _MOST * weights[own]:
            drop(element)


def _alike(elements: Iterable[etree._Element]) -> list[list[etree._Element]]:
    """Return elements in groups of one class: if each paragraph sits in a `card`, the cards are the text."""
    groups: dict[tuple[object, str], list[etree._Element]] = defaultdict(list)
    for element in elements:
        groups[element.tag, element.get("class") or ""].append(element)
    return list(groups.values())


def _drop_all(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        if element.find(".//h1") is None and element.tag not in {"h1", "body", "html"}:
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
