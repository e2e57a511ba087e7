"""XML is parsed without entities, DTDs or network, within bounds, in whatever encoding it turns out to be."""

import pytest

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.xml import parse_xml, prepare_xml, read_document

REFUSED = [
    ("entities", b'<!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/hostname">]><n>&x;</n>'),
    ("entities", b'<!DOCTYPE n [<!ENTITY x PUBLIC "a" "http://203.0.113.9/x">]><n>&x;</n>'),
    ("entities", b'<!DOCTYPE n [<!ENTITY % p SYSTEM "http://203.0.113.9/p"> %p;]><n/>'),
    ("entities", b"<!DOCTYPE n [<!ENTITY % p \"<!ENTITY y 'z'>\"> %p;]><n/>"),
    ("entities", b'<!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><n>&b;</n>'),
    ("entities", b'<!DOCTYPE n [<!ENTITY a "one"><!ENTITY a "two">]><n>&a;</n>'),
    ("entities", b'<!DOCTYPE n [<!ENTITY a "' + b"x" * 5000 + b'">]><n>&a;</n>'),
    ("entities", b'<!DOCTYPE n [<!ENTITY a "' + b"x" * 200 + b'">]><n>' + b"&a;" * 9000 + b"</n>"),
    ("entities", b"<!DOCTYPE n [" + b"".join(b'<!ENTITY e%d "x">' % n for n in range(40)) + b"]><n/>"),
    ("too deep", b"<a>" * 5000 + b"</a>" * 5000),
    ("too large", b'<n a="' + b"x" * 300_000 + b'"/>'),
    ("too large", b"<n " + b" ".join(b'a%d=">"' % n for n in range(5000)) + b"/>"),
    ("too large", b"<n>" + b"<a/>" * 700_000 + b"</n>"),
    ("too large", b"<n>" + b"word " * 2_500_000 + b"</n>"),
    ("empty", b""),
    ("empty", b" \n\t\0\0 "),
    ("cut off", b"<n><p>It was a dark"),
    ("cut off", b"<n><![CDATA[It was a dark</n>"),
    ("cut off", b"<!DOCTYPE n [<!ENTITY a 'b'> <n/>"),
    ("markup unreadable", b"<n>&undefined;</n>"),
]


@pytest.mark.parametrize(("reason", "data"), REFUSED)
def test_hostile_and_broken_xml_is_refused_with_its_reason(reason, data):
    """Every refusal has a stable reason and one line that a person can read."""
    with pytest.raises(MarkupUnreadable) as caught:
        parse_xml(data)
    assert caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_doctype_is_accepted_and_never_resolved():
    """Old feeds name their DTD, in parts too; nobody fetches it."""
    data = b'<?xml version="1.0"?><!DOCTYPE nitf PUBLIC "-//X//Y" "http://203.0.113.9/nitf.dtd" [<!ENTITY % n SYSTEM "n.dtd"> %n; ]><nitf>ok</nitf>'
    assert parse_xml(data).text == "ok"


def test_one_plain_entity_and_the_names_of_html_become_characters():
    """A handful of simple definitions is no bomb; HTML's names are known without a DTD, and not within CDATA."""
    data = '<!DOCTYPE n [<!ENTITY agency "Ægir">]><n>&agency;&nbsp;&eacute;&amp;<![CDATA[&nbsp;]]><!-- &nbsp; --></n>'
    assert parse_xml(data.encode()).text == "Ægir\u00a0é&&nbsp;"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ('<?xml version="1.0" encoding="utf-16"?><n>é</n>'.encode("utf-16"), "é", "utf-16-le"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><n>São</n>'.encode(), "São", "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?><n>Zürich “so”, sagt er, für die Bürger</n>'.encode("cp1252"), "Zürich “so”, sagt er, für die Bürger", "windows-1252"),
        ('<?xml version="1.0" encoding="x-none"?><n>Genève et Zürich étaient fermées</n>'.encode("cp1252"), "Genève et Zürich étaient fermées", "windows-1252"),
    ],
)  # fmt: skip
def test_a_wrong_or_unknown_encoding_loses_nothing(data, text, encoding):
    """The bytes say what they are; the encoding found is recorded."""
    document = read_document(data)
    assert (document.root.text, document.encoding) == (text, encoding)


def test_control_characters_go_and_so_do_references_to_them():
    """What XML forbids is taken out, the text around it stays."""
    assert parse_xml(b"<n>a\x01b\x0cc&#1;d&#x0;e&#65;</n>").text == "abcdeA"


def test_preparing_is_linear_in_hostile_input():
    """Openings that never close are passed over once."""
    assert prepare_xml(b"<n>" + b"<![CDATA[" * 200_000 + b"&x;").text.endswith("&x;")
    assert prepare_xml(b"<n>" + b"<!--" * 200_000 + b"&x;").text.endswith("&x;")
