"""What is no part of an article leaves the tree here: scripts and the like by their tag, furniture as surveyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from lxml import etree

from wirecopy.extract.prose import Prose
from wirecopy.extract.survey import Survey

_TAGS = (
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "figure", "figcaption", "button",
    "select", "form", "object", "embed", "audio", "video", "canvas", "dialog", "picture", "img", "aside", "input",
    "textarea", "label", "menu",
    "amp-ad", "amp-embed", "amp-iframe", "amp-video", "amp-sidebar", "amp-consent", "amp-user-notification", "amp-list",
)  # fmt: skip
_NEARLY_ALL = 0.8
_MOST = 0.4
_GOOD_PART = 0.25
_OWN_SHARE = 0.2
_CREDITS = (("name", 600), ("time", 150))
_IN_LINE = frozenset(("a", "span", "time", "b", "strong", "i", "em", "abbr", "mark", "u"))
_SENTENCE = 50
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def prune_tags(body: etree._Element) -> None:
    """Remove the elements that never hold an article's text; changes the tree."""
    paragraphs = sum(1 for _ in body.iter("p"))
    for element in list(body.iter("form", "aside", "footer", "figure", "nav")):
        # ASP.NET wraps the whole page in a form; others misuse an element for what it is not meant for.
        held = len(element.findall(".//p"))
        if (held > 2 and held > 0.5 * paragraphs) or element.find(".//h1") is not None:
            element.tag = "div"
    etree.strip_elements(body, *_TAGS, with_tail=False)


def prune_surroundings(
    body: etree._Element, marked: Survey, prose: Prose, kept: Container[etree._Element] = frozenset()
) -> None:
    """Remove what surrounds an article: overlays, furniture, lists of links, other articles; changes the tree.

    Nothing goes that holds the headline, much of the running text, or text set as most of the page's is, nor what is `kept`.
    """
    _prune_other_articles(body, prose)
    _drop_all(element for element in marked.of("overlay") if prose.share([element]) < _NEARLY_ALL)
    furniture = [one for one in marked.of("furniture") if one not in kept and not prose.is_solid(one)]
    for elements in _alike([*furniture, *marked.of("hidden")]):
        if prose.share(elements) < _MOST:
            _drop_all(elements)
    for elements in _alike(element for element in marked.of("linked") if element.find(".//a") is not None):
        if prose.share(elements) < _MOST:
            _drop_all(elements)


def prune_insets(marked: Survey, prose: Prose) -> None:
    """Remove what stands inside an article and is none of its text: boxes, bylines, times; changes the tree."""
    boxes = (element for element in marked.of("box") if element.tag not in _HEADS and not prose.is_solid(element))
    for elements in _alike(boxes):
        if prose.share(elements) < _GOOD_PART:
            _drop_all(elements)
    for role, most in _CREDITS:
        _drop_all(element for element in marked.of(role) if element.tag not in _HEADS and size_of(element) < most)


def _prune_other_articles(body: etree._Element, prose: Prose) -> None:
    """Remove articles beside the page's own and those inside it (teasers, comments)."""
    articles = list(body.iter("article"))
    own = next((element for element in articles if element.find(".//h1") is not None), None)
    if own is None or prose.share([own]) < _OWN_SHARE:
        return
    around = set(own.iterancestors("article"))
    inside = set(own.iterdescendants("article"))
    for element in articles:
        if element is own or element in around:
            continue
        if element not in inside or prose.share([element]) < _MOST * prose.share([own]):
            drop(element)


def _alike(elements: Iterable[etree._Element]) -> list[list[etree._Element]]:
    """Return elements in groups of one class: if each paragraph sits in a `card`, the cards are the text."""
    groups: dict[tuple[object, str], list[etree._Element]] = defaultdict(list)
    for element in elements:
        groups[element.tag, element.get("class") or ""].append(element)
    return list(groups.values())


def _drop_all(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        if element.find(".//h1") is None and element.tag not in {"h1", "body", "html"} and not _is_in_line(element):
            drop(element)


def _is_in_line(element: etree._Element) -> bool:
    """Tell a link, a date or a name amid the words of a paragraph, which is part of it whatever its class."""
    parent, previous = element.getparent(), element.getprevious()
    if element.tag not in _IN_LINE or parent is None or parent.tag != "p":
        return False
    before = (parent.text if previous is None else previous.tail) or ""
    if not (_has_words(before) and _has_words(element.tail or "")):
        return False
    # By Ada Marsh, 18 March: a byline may be a paragraph, but a short one.
    return element.tag == "a" or size_of(parent) - size_of(element) >= _SENTENCE


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


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
