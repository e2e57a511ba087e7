"""NewsML 1.x -> Article (IPTC NewsML 1.0 to 1.2; usually without a namespace, sometimes without a version).

An item's components nest: the text sits in one of them, photographs with headlines and bylines of their own in others.
So lines and metadata are read along the path from the item to its text, the innermost statement winning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from wirecopy.errors import FormatUnsupported
from wirecopy.formats.assemble import Stamps, assemble, integer, urgency, words_of
from wirecopy.formats.blocks import content_text
from wirecopy.formats.dateline_line import is_only_date, place_of_line
from wirecopy.formats.dialects import dialects
from wirecopy.formats.nitf import nitf_article
from wirecopy.formats.subjects import subject, unique
from wirecopy.formats.tree import NOWHERE, Node, in_language, markup_text, pick
from wirecopy.model import Article, Doubt, Subject

FORMAT = "newsml-1"
ITEMS = frozenset({"NewsItem"})
_NESTED = frozenset({"NewsComponent", "ContentItem", "NewsItem"})
_NO_TEXT = re.compile(r"css|stylesheet|image|jpe?g|audio|video|pdf|photo|graphic|thumbnail", re.IGNORECASE)
_PICTURE = re.compile(r"picture|photo|image|caption|graphic|video|audio|legend", re.IGNORECASE)
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")
_RELEASING = frozenset({"usable", ""})


@dataclass(frozen=True, slots=True)
class _Path:
    """The components from the innermost, which holds the text, to the item itself."""

    components: tuple[Node, ...]
    elements: Mapping[str, tuple[Node, ...]]

    @classmethod
    def of(cls, components: Iterable[Node]) -> _Path:
        """Return a path with the elements that belong to its components themselves, by name, innermost first."""
        held = tuple(components)
        elements: dict[str, list[Node]] = {}
        for element in (one for component in held for one in _own(component)):
            elements.setdefault(element.name, []).append(element)
        return cls(held, {name: tuple(found) for name, found in elements.items()})

    def own(self, name: str) -> tuple[Node, ...]:
        return self.elements.get(name, ())

    def text(self, name: str) -> str:
        return pick(*(one.text for one in self.own(name)))

    def formal(self, name: str) -> str:
        return pick(*(pick(one.get("FormalName"), one.text) for one in self.own(name)))

    def party(self, name: str) -> str:
        return pick(*(party.get("FormalName") for one in self.own(name) for party in one.children("Party")))

    def values(self, name: str) -> Iterator[str]:
        """Yield the values of the properties of a formal name."""
        for one in self.own("Property"):
            if one.get("FormalName").lower() == name.lower() and one.get("Value"):
                yield one.get("Value")


def _own(component: Node) -> Iterator[Node]:
    for child in component:
        if child.name not in _NESTED:
            yield child
            yield from _own(child)


def read_newsml_1(root: etree._Element) -> Iterator[Article]:
    """Yield the news items of a document, in order; raises `FormatUnsupported` where it holds none."""
    node = Node(root)
    items = [node] if node.name in ITEMS else list(node.children(*ITEMS)) or list(node.all(*ITEMS))
    if not items:
        raise FormatUnsupported("the NewsML document holds no news item", reason="no news")
    priority = node.child("NewsEnvelope", "Priority")
    yield from (_article(item, pick(priority.get("FormalName"), priority.text)) for item in items)


def _article(item: Node, priority: str) -> Article:
    content = _content(item)
    path = _Path.of(_ancestry(content, item))
    data = content.child("DataContent")
    nitf = data.first("nitf").element
    inner = nitf_article(nitf) if nitf is not None else None
    language = pick(path.formal("Language"), *(one.get("lang") for one in path.components))
    lines = in_language(path.own("HeadLine"), language)
    headlines = [line.text for line in lines if _says_something(line.text)]
    return assemble(
        FORMAT,
        _stamps(item),
        priority=priority,
        headline=pick(*headlines, _of(inner, "headline")),
        body=(inner.body if inner else "") or _body(data, pick(*headlines)),
        language=language,
        word_count=_words(content),
        **_identity(item),
        **_lines(item, path, inner),
        **_labels(path),
        **_location(path),
        doubts=(*_differing(path), *(() if data.text else (Doubt("no_text", "the item carries no text"),))),
    )


def _content(item: Node) -> Node:
    """Return the content item with the longest text, or an absent one."""
    texts = [one for one in item.all("ContentItem") if not _NO_TEXT.search(_kind(one))]
    reports = [one for one in texts if not any(_PICTURE.search(role) for role in _roles(one, item))]
    told = [one for one in reports if one.child("DataContent").text]
    return max(told or texts, key=lambda one: len(one.child("DataContent").text), default=NOWHERE)


def _roles(content: Node, item: Node) -> Iterator[str]:
    """Yield the roles of the components above a content, up to its item."""
    for element in content.element.iterancestors() if content.element is not None else ():
        if element is item.element:
            return
        yield Node(element).child("Role").get("FormalName")


def _kind(content: Node) -> str:
    kinds = " ".join(content.child(name).get("FormalName") for name in ("MediaType", "Format", "MimeType"))
    component = content.element.getparent() if content.element is not None else None
    return f"{kinds} {Node(component).child('Role').get('FormalName')}"


def _ancestry(content: Node, item: Node) -> Iterator[Node]:
    """Yield the components above the content, innermost first; without content, the first component at each depth."""
    if content.element is None:
        yield from reversed(list(_first_components(item)))
        return
    for element in content.element.iterancestors():
        yield Node(element)
        if element is item.element:
            return


def _first_components(item: Node) -> Iterator[Node]:
    here = item
    while here:
        yield here
        here = here.child("NewsComponent")


def _identity(item: Node) -> dict[str, Any]:
    identifier = item.child("Identification", "NewsIdentifier")
    revision = identifier.child("RevisionId").text
    management = item.child("NewsManagement")
    urgent = management.child("Urgency")
    return {
        "item_uri": _uri(identifier.child("PublicIdentifier").text, revision) or identifier.child("NewsItemId").text,
        "version": revision,
        "pub_status": management.child("Status").get("FormalName").lower(),
        "urgency": urgency(pick(urgent.get("FormalName"), urgent.text)),
        "related": tuple(
            filter(None, (one.get("NewsItem") for one in management.children("AssociatedWith", "DerivedFrom")))
        ),
    }


def _uri(identifier: str, revision: str) -> str:
    """Return a public identifier without its revision (NewsML 1.2, 5.5.5), empty where it names no single item."""
    stable = re.sub(rf":{re.escape(revision)}[NAU]?$", "", identifier) if revision else identifier
    if stable == identifier and identifier.count(":") >= 5:
        stable = re.sub(r":\d{1,4}[NAU]?$", "", identifier)
    constant = identifier.lower().startswith("urn:newsml:") and stable.count(":") < 4
    return "" if constant else stable


def _stamps(item: Node) -> Stamps:
    management = item.child("NewsManagement")
    change = management.child("StatusWillChange")
    released = change.child("FutureStatus").get("FormalName").lower() in _RELEASING
    return Stamps(
        version_created=management.child("ThisRevisionCreated").text,
        first_created=management.child("FirstCreated").text,
        embargo_until=change.child("DateAndTime").text if released else None,
    )


def _lines(item: Node, path: _Path, inner: Article | None) -> dict[str, Any]:
    named = item.child("Identification", "NameLabel").text
    provider = pick(path.party("Provider"), path.party("Source"))
    advice = [line.child("NewsLineText").spaced for line in path.own("NewsLine") if _is_advice(line)]
    return {
        "byline": pick(path.text("ByLine"), _of(inner, "byline")),
        "slugline": pick(path.text("SlugLine"), named),
        "credit": path.text("CreditLine"),
        "ednote": " ".join(advice) or _of(inner, "ednote"),
        "provider": provider or item.child("Identification", "NewsIdentifier", "ProviderId").text,
        "usage_terms": pick(path.text("UsageType"), path.text("RightsLine")),
    }


def _is_advice(line: Node) -> bool:
    return line.child("NewsLineType").get("FormalName").lower() in {"advisoryline", "editorialnote", "ednote", "note"}


def _labels(path: _Path) -> dict[str, Any]:
    keywords = (*path.values("Keyword"), *(line.text for line in path.own("KeywordLine")))
    return {
        "subjects": unique(_subjects(path)),
        "keywords": words_of(keywords),
        "genre": path.formal("Genre"),
    }


def _subjects(path: _Path) -> Iterator[Subject]:
    for group in path.own("SubjectCode"):
        for one in group.children(*_SUBJECTS):
            if one.get("FormalName"):
                yield subject(one.get("FormalName"), scheme=pick(one.get("Scheme"), one.get("Vocabulary")))
    for topic in path.own("Topic"):
        if topic.child("TopicType").get("FormalName") in _SUBJECTS and topic.child("FormalName").text:
            formal = topic.child("FormalName")
            yield subject(formal.text, name=topic.child("Description").text, scheme=formal.get("Scheme"))


def _words(content: Node) -> int | None:
    counts = (
        one.get("Value") for one in content.all("Property") if one.get("FormalName").lower() in {"words", "wordcount"}
    )
    return next((count for value in counts if (count := integer(value)) is not None), None)


def _location(path: _Path) -> dict[str, Any]:
    line, city, country = _printed(path), _property(path, "City"), _property(path, "Country")
    differs = _differ(line, city)
    return {
        "dateline_raw": line,
        "dateline_place": place_of_line(line) if line and (differs or not city) else city,
        "dateline_country": None if differs else country,
    }


def _differing(path: _Path) -> Iterator[Doubt]:
    line, city = _printed(path), _property(path, "City")
    if _differ(line, city):
        yield Doubt("dateline_differs", f"the printed line says {line!r}, the location {city!r}")


def _printed(path: _Path) -> str:
    line = path.text("DateLine")
    return "" if is_only_date(line) else line


def _differ(line: str, city: str) -> bool:
    return bool(line and city) and city.casefold() not in line.casefold()


def _property(path: _Path, name: str) -> str:
    locations = [one for one in path.own("Location") if one.get("HowPresent").lower() in {"origin", ""}]
    held = (one for location in locations for one in location.children("Property"))
    return pick(*(one.get("Value") for one in held if one.get("FormalName") == name))


def _body(data: Node, headline: str) -> str:
    if data.element is None or len(data.element) == 0:
        return content_text(data.element)
    return markup_text(data.first("body") or data, headline)


def _says_something(headline: str) -> bool:
    """Return whether a headline is one: photo feeds put a number or `ALL` there."""
    return not dialects().no_headline.match(headline)


def _of(article: Article | None, field: str) -> str:
    return (getattr(article, field) or "") if article else ""
