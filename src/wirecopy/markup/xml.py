"""Bytes -> XML tree, safely: no DTD is read, no entity is expanded by the parser, sizes are bounded, nothing is fetched.

Rules that live here: which encoding XML is in, what is removed before parsing, which entities are tolerated, what is
refused. What the elements mean is no business of this module.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.wire_encoding import decode_wire
from wirecopy.model import Doubt

MAX_BYTES = 24_000_000
MAX_TAGS = 400_000
MAX_ATTRIBUTE = 200_000
MAX_ATTRIBUTES = 256
_PROLOGUE = 200_000
"""Characters among which a document type declaration is looked for: comments may come before it."""
MAX_ENTITIES = 16
MAX_ENTITY_LENGTH = 256
MAX_EXPANSION = 1_000_000

# <?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>
_DECLARED = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})\s*["']""")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}?\?>")
# <!DOCTYPE nitf SYSTEM "nitf-3-4.dtd" [ <!ENTITY copy "&#169;"> ]>
_DOCTYPE = re.compile(
    r"""<!DOCTYPE\b (?: [^\[\]<>"'] | "[^"]*" | '[^']*' )*+
        (?: \[ (?P<subset> (?: [^\]"'<] | "[^"]*" | '[^']*' | <!--.*?--> | < )*+ ) \] \s* )? >""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# <!ENTITY agency "Example News">   <!ENTITY % x SYSTEM "http://...">
_ENTITY = re.compile(r"""<!ENTITY\s+(?P<parameter>%\s*)?(?P<name>[^\s"'<>&;]+)\s+(?P<value>"[^"]*"|'[^']*'|[^>]*)""")
# SYSTEM "nitf-3-0.dtd": a piece of a DTD, as older NewsML names it; it is never read, so it may stand
_DTD_PART = re.compile(
    r"""(?:SYSTEM|PUBLIC\s+["'][^"']*["'])\s+["'][^"']*\.(?:dtd|mod|ent|xmt)["']\s*$""", re.IGNORECASE
)
# <nitf a1="" a2="" a3="" …: libxml2 takes a time that grows with the square of their number
_MANY_ATTRIBUTES = re.compile(
    rf"""<[\w:.-]++(?:\s++[^\s=<>"']++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')){{{MAX_ATTRIBUTES + 1}}}"""
)
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# &#160;  &#xA0;  &nbsp;  and the openings of what is not looked into
_REFERENCE = re.compile(
    r"(?P<verbatim><!\[CDATA\[|<!--) | &(?: \#(?P<decimal>\d{1,9}) | \#[xX](?P<hex>[0-9A-Fa-f]{1,8}) | (?P<name>[A-Za-z]\w{0,31}) );",
    re.VERBOSE,
)
_CLOSING = {"<![CDATA[": "]]>", "<!--": "-->"}
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class XmlText:
    """XML that is ready for the parser: decoded, without DOCTYPE, entities and control characters."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A parsed document and the encoding that it turned out to be in."""

    root: etree._Element
    encoding: str
    doubts: tuple[Doubt, ...] = ()


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML document, parsed without DTDs, entities or network.

    Raises `MarkupUnreadable` where the document is broken, cut off, hostile or too large.
    """
    return read_document(data).root


def read_document(data: bytes) -> XmlDocument:
    """Return the root of an XML document beside its encoding; raises as `parse_xml`."""
    xml = prepare_xml(data)
    return XmlDocument(parse_prepared(xml), xml.encoding, xml.doubts)


def prepare_xml(data: bytes) -> XmlText:
    """Decode XML and take out what no parser needs to see.

    `decode_wire` settles the encoding. HTML's named entities
    become characters. Raises `MarkupUnreadable` for blank or oversized input and for entity definitions that nest,
    repeat, point outside or are more than a handful.
    """
    if len(data) > MAX_BYTES:
        raise MarkupUnreadable(f"the XML is larger than {MAX_BYTES // 1_000_000} MB", reason="too large")
    if not data.strip(b" \t\r\n\0"):
        raise MarkupUnreadable("the file is empty or blank", reason="empty")
    declared = _DECLARED.match(data[:600])
    decoded = decode_wire(data, declared=declared.group(1).decode("ascii") if declared else None)
    text = _ILLEGAL.sub("", decoded.text).lstrip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1)
    text, entities = _without_doctype(text)
    return XmlText(_expand(text, entities), decoded.encoding, decoded.doubts)


def parse_prepared(xml: XmlText) -> etree._Element:
    """Parse prepared XML; raises `MarkupUnreadable` where it is not well-formed or breaks a limit."""
    if xml.text.count("<") > MAX_TAGS:
        raise MarkupUnreadable(f"the XML has more than {MAX_TAGS} tags", reason="too large")
    if _MANY_ATTRIBUTES.search(xml.text):
        raise MarkupUnreadable(f"an element has more than {MAX_ATTRIBUTES} attributes", reason="too large")
    try:
        root = etree.fromstring(xml.text, _parser())
    except etree.XMLSyntaxError as err:
        raise _unreadable(err, xml.text) from err
    except ValueError as err:  # lxml's own refusals of a text: a second declaration within it
        raise MarkupUnreadable(f"the XML is not well-formed: {err}") from err
    _check_attributes(root)
    return root


def complete_elements(xml: XmlText, names: frozenset[str]) -> Iterator[etree._Element]:
    """Yield the elements of these local names that end before the document breaks, in order.

    For documents that `parse_prepared` has refused as cut off; an element inside another one of the names is not
    yielded by itself.
    """
    parser = etree.XMLPullParser(events=("start", "end"), **_OPTIONS)
    depth = 0
    try:
        for start in range(0, len(xml.text), 65_536):
            parser.feed(xml.text[start : start + 65_536])
    except etree.XMLSyntaxError:
        pass  # the events up to the break are what is asked for
    try:
        for event, element in parser.read_events():
            if not isinstance(element, etree._Element) or local_name(element) not in names:  # noqa: SLF001  # lxml's only name for the type
                continue
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield element
    except etree.XMLSyntaxError:
        return


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """Return an element's namespace, or an empty string."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_pis": True,
    "remove_comments": True,
}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(**_OPTIONS)


_CUT = ("Premature end", "EndTag", "not closed", "terminated", "not finished")


def _unreadable(err: etree.XMLSyntaxError, text: str) -> MarkupUnreadable:
    line, column = err.position
    at_end = line > text.count("\n") and column >= len(text) - text.rfind("\n") - 1
    what = re.sub(r"\s+", " ", err.msg or "not well-formed").strip()
    if "xcessive depth" in what:
        return MarkupUnreadable("the XML is nested too deeply", reason="too deep")
    if "PARSE_HUGE" in what or "too big" in what or "too long" in what:
        return MarkupUnreadable("a text or attribute of the XML is larger than any article", reason="too large")
    if at_end or any(sign in what for sign in _CUT):
        return MarkupUnreadable(f"the XML is cut off: {what}", reason="cut off")
    return MarkupUnreadable(f"the XML is not well-formed: {what[:200]}")


def _check_attributes(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            if len(value) > MAX_ATTRIBUTE:
                raise MarkupUnreadable(f"an attribute is longer than {MAX_ATTRIBUTE} characters", reason="too large")


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    begun = re.search(r"<!DOCTYPE\b", text[:_PROLOGUE], re.IGNORECASE)
    if begun is None:
        return text, {}
    at = begun.start()
    found = _DOCTYPE.match(text, at)
    if not found:
        raise MarkupUnreadable("the document type declaration does not end", reason="cut off")
    subset = found.group("subset") or ""
    return text[:at] + text[found.end() :], _entities(subset)


def _entities(subset: str) -> dict[str, str]:
    defined: dict[str, str] = {}
    for found in _ENTITY.finditer(re.sub(r"<!--.*?-->", "", subset, flags=re.DOTALL)):
        name, value = found["name"], found["value"]
        if found["parameter"] and _DTD_PART.match(value):
            continue
        if found["parameter"] or value[:1] not in {'"', "'"}:
            raise MarkupUnreadable("the file defines an external or parameter entity", reason="entities")
        literal = _EXPANDED_REFERENCE.sub(_character, value[1:-1])
        if name in defined or re.search(r"[&%<]", literal) or len(literal) > MAX_ENTITY_LENGTH:
            raise MarkupUnreadable("the file defines nested or repeated entities", reason="entities")
        defined[name] = literal
    if len(defined) > MAX_ENTITIES:
        raise MarkupUnreadable(f"the file defines more than {MAX_ENTITIES} entities", reason="entities")
    return defined


_EXPANDED_REFERENCE = re.compile(r"&#(?:(?P<decimal>\d{1,9})|[xX](?P<hex>[0-9A-Fa-f]{1,8}));")


def _character(found: re.Match[str]) -> str:
    number = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
    character = chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return "" if _ILLEGAL.match(character) else character


def _expand(text: str, entities: dict[str, str]) -> str:
    """Replace references by what they stand for, except XML's own; CDATA sections and comments stay as they are."""
    if "&" not in text:
        return text
    pieces: list[str] = []
    at = spent = 0
    while found := _REFERENCE.search(text, at):
        pieces.append(text[at : found.start()])
        if found["verbatim"]:
            end = text.find(_CLOSING[found["verbatim"]], found.end())
            at = len(text) if end < 0 else end
            pieces.append(text[found.start() : at])
            continue
        pieces.append(_replacement(found, entities))
        at = found.end()
        spent += len(pieces[-1]) if found["name"] in entities else 0
        if spent > MAX_EXPANSION:
            raise MarkupUnreadable("the file repeats its entities without end", reason="entities")
    return "".join([*pieces, text[at:]])


def _replacement(found: re.Match[str], entities: dict[str, str]) -> str:
    name = found["name"]
    if name is None:
        return found.group() if _character(found) else ""
    if name in _XML_OWN:
        return found.group()
    value = entities.get(name, html.entities.html5.get(name + ";"))
    return found.group() if value is None else escape(value)
