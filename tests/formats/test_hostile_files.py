"""Files that are broken, hostile or in an encoding nobody declared: read where they can be, else refused in one sentence."""

import io
import json

import pytest

from wire_samples import ANPA, END_7901, HEAD_7901, MAIL, TEXT_7901
from wirecopy import read_items
from wirecopy.errors import ContentError
from wirecopy.formats import read_stream

NITF = (
    '<?xml version="1.0" encoding="{}"?>{}<nitf><head><docdata><doc-id id-string="1"/><doc.rights limitations="none"/>'
    "</docdata></head><body><body.head><hedline><hl1>Größe</hl1></hedline></body.head><body.content>"
    "<p>Es regnet über Köln.</p></body.content></body></nitf>"
)
NINJS = {"uri": "x:1", "headline": "H", "body_text": "A text.", "versioncreated": "2024-03-05T10:15:00Z"}


def refusal(data):
    """Read to the first error and return it."""
    with pytest.raises(ContentError) as caught:
        list(read_items(data))
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be",
                                      "utf-32", "utf-32-le", "utf-32-be", "cp037"])  # fmt: skip
@pytest.mark.parametrize("declared", ["UTF-8", "", "x-unknown", "undefined", "unicode_escape", "ISO-8859-1", "utf-16"])
def test_no_declaration_loses_a_readable_file(encoding, declared):
    """Whatever a file says of its encoding, its text is what was written."""
    (article,) = read_items(NITF.format(declared, "").encode(encoding))
    assert (article.headline, article.body) == ("Größe", "Es regnet über Köln.")


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x PUBLIC "p" "http://127.0.0.1:9/x">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;',
        "<!ENTITY % x \"<!ENTITY y 'z'>\"> %x;",
        '<!ENTITY a "b"><!ENTITY a "c">',
        '<!ENTITY a "b"><!ENTITY c "&a;&a;">',
        '<!ENTITY a "&b;"><!ENTITY b "&a;">',
        '<!ENTITY a "&#38;#38;"><!ENTITY b "&#38;a;">',
    ],
)
def test_a_file_that_defines_dangerous_entities_is_refused_whole(subset):
    """External, parameter, nested and repeated entities are never expanded, used or not."""
    assert refusal(NITF.format("UTF-8", f"<!DOCTYPE nitf [{subset}]>").encode()).reason == "entities"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n", b"\0\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff \n".replace(b" \n", b"\0 ")]
)
def test_a_blank_file_is_called_so(data):
    """A byte order mark alone is no text."""
    assert refusal(data).reason == "empty"


@pytest.mark.parametrize(
    "data", [b"null", b"true", b"17", b'"text"', b"[1, 2, 3]", b"[]", b"{}", b'{"error": "login"}']
)
def test_an_answer_without_an_item_is_no_news(data):
    """JSON that an interface sends for nothing is refused."""
    assert "without a news item" in str(refusal(data))


def test_a_json_item_that_is_cut_off_is_refused_at_every_byte():
    """Neither the item nor a list within it passes for a document."""
    whole = json.dumps(NINJS | {"associations": [NINJS], "subject": [{"code": "04000000", "name": "x"}]}).encode()
    assert {refusal(whole[:at]).reason for at in range(1, len(whole))} == {"cut off"}


def test_an_xml_item_that_is_cut_off_is_refused_at_every_byte():
    """The reason is the cut, wherever it fell: in a tag, an attribute, a name."""
    whole = NITF.format("UTF-8", "").encode()
    start = whole.index(b"<nitf>") + 6
    assert {refusal(whole[:at]).reason for at in range(start, len(whole))} == {"cut off"}


def test_what_is_whole_comes_before_the_error_behind_it():
    """Junk behind an item, or a broken document among joined ones, costs nobody else."""
    reader = read_stream(io.BytesIO(json.dumps(NINJS, indent=1).encode() + b" junk"))
    assert next(reader).headline == "H"
    with pytest.raises(ContentError):
        next(reader)
    joined = [NITF.format("UTF-8", ""), NITF.format("UTF-8", "")[:-20], NITF.format("UTF-8", "")]
    assert outcomes("\n".join(joined).encode()) == ["Größe", "cut off", "Größe"]


def test_values_one_behind_the_other_are_all_read():
    """Objects joined without a list, on lines of any length, are no broken document."""
    large = NINJS | {"body_text": "word " * 20_000}
    for joint in ("\n", "", ",\n"):
        assert outcomes(joint.join(json.dumps(one) for one in (large, NINJS, large)).encode()) == ["H"] * 3


def test_html_larger_than_any_article_costs_its_own_row(monkeypatch):
    """A tree of it would take gigabytes; the rows beside it are read."""
    monkeypatch.setattr("wirecopy.formats.blocks.MAX_HTML", 1_000)
    rows = [{"id": n, "title": f"T{n}", "text": "<p>a</p>" * size} for n, size in enumerate((10, 200, 10))]
    assert outcomes("\n".join(map(json.dumps, rows)).encode()) == ["T0", "too large", "T2"]


def outcomes(data):
    """Return headlines, and the reasons of errors in their turn."""
    reader, found = read_stream(io.BytesIO(data)), []
    while True:
        try:
            found.append(next(reader).headline)
        except StopIteration:
            return found
        except ContentError as err:
            found.append(err.reason)


def test_a_long_file_of_messages_is_read_message_by_message(monkeypatch):
    """Years of teletype copy lie in one file; no more than a limit of it is held."""
    monkeypatch.setattr("wirecopy.formats.read.MAX_TEXT", 4_000)
    seven = (HEAD_7901 + TEXT_7901 + END_7901).encode()
    assert len(outcomes(seven * 50)) == 50
    assert len(outcomes((ANPA + "\x04").encode() * 50)) == 50
    assert outcomes(b"ZCZC AAP\n#Slug\n$Head\nShips.\nNNNN\n" * 500) == ["Head"] * 500
    assert outcomes(b"word " * 2_000) == ["too large"]


def test_a_long_list_of_items_is_read_member_by_member(monkeypatch):
    """An export of one huge JSON list needs no memory for the whole, and tells where it is cut."""
    monkeypatch.setattr("wirecopy.formats.read.MAX_JSON", 1_000)
    items = [NINJS | {"uri": f"x:{n}"} for n in range(50)]
    assert outcomes(json.dumps({"total": 50, "items": items}).encode()) == ["H"] * 50
    assert outcomes(json.dumps(items).encode()[:-30]) == [*["H"] * 49, "cut off"]
    monkeypatch.setattr("wirecopy.markup.json_cut.MAX_MEMBER", 3_000)
    items[20] |= {"body_text": "word " * 2_000}
    found = outcomes(json.dumps(items).encode())
    assert found == [*["H"] * 20, "too large", *["H"] * 29]


def test_a_long_document_is_read_item_by_item(monkeypatch):
    """A message of a thousand items needs no memory for the whole; an item that is too large costs itself, a cut is told."""
    monkeypatch.setattr("wirecopy.formats.read.MAX_XML", 1_000)
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 2_000)
    nitf = "<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>"
    items = [nitf.format("<p>Text.</p>")] * 50
    assert outcomes(f"<?xml version='1.0'?><wires>{''.join(items)}</wires>".encode()) == ["H"] * 50
    assert outcomes("".join(f"<?xml version='1.0'?>{item}" for item in items).encode()) == ["H"] * 50
    assert outcomes(f"<wires>{''.join(items)}".encode()[:-30]) == [*["H"] * 49, "cut off"]
    assert outcomes(f'<!DOCTYPE a [<!ENTITY b "&c;&c;">]><wires>{"".join(items)}</wires>'.encode()) == ["entities"]
    monkeypatch.setattr("wirecopy.markup.xml_cut.MAX_BYTES", 5_000)
    items[20] = nitf.format("<p>word</p>" * 3_000)
    assert outcomes(f"<wires>{''.join(items)}</wires>".encode()) == [*["H"] * 20, "too large", *["H"] * 29]
    assert outcomes(f"<newsMessage>{'<p>word</p>' * 3_000}<newsItem/></newsMessage>".encode()) == ["too large"]


def test_a_mailbox_gives_each_of_its_messages(monkeypatch):
    """Messages are parted at their envelope lines; one that is too large costs itself."""
    envelope = "From desk@example.org Tue Mar  5 10:15:00 2024\n"
    assert len(outcomes((envelope + MAIL + "\n").encode() * 3)) == 3
    monkeypatch.setattr("wirecopy.formats.mail.MAX_MESSAGE", 2_000)
    large = MAIL + "\nand more" * 1_000
    found = outcomes((envelope + MAIL + "\n" + envelope + large + "\n\n" + envelope + MAIL).encode())
    assert found[1] == "too large"
    assert found[0] == found[2]


def test_a_header_of_endless_encoded_words_takes_no_time():
    """The library's decoding grows with the square of the words: such a header stays as received."""
    subject = b"=?utf-8?q?a?= " * 200_000
    (article,) = read_items(
        b"From: a@b.example\nDate: Tue, 5 Mar 2024 10:15:00 +0000\nSubject: " + subject + b"\n\nText."
    )
    assert article.body == "Text."


def test_what_comes_before_a_text_without_end_is_read(monkeypatch):
    """A section of gigabytes, or a row of them, costs what stands behind it, never what stands before."""
    monkeypatch.setattr("wirecopy.formats.read.MAX_XML", 1_000)
    monkeypatch.setattr("wirecopy.markup.xml_cut.MAX_BYTES", 4_000)
    monkeypatch.setattr("wirecopy.formats.cut.BLOCK", 500)
    item = "<newsItem guid='{}'><contentMeta><headline>H</headline></contentMeta><contentSet><inlineData>{}</inlineData></contentSet></newsItem>"
    long = item.format("b", f"<![CDATA[{'word ' * 4_000}]]>")
    message = f"<newsMessage standard='NewsML-G2'>{item.format('a', 'Text.')}{long}</newsMessage>"
    assert outcomes(message.encode()) == ["H", "too large"]
    monkeypatch.setattr("wirecopy.formats.read.MAX_LINE", 2_000)
    monkeypatch.setattr("wirecopy.formats.reading.CHUNK", 500)
    assert outcomes(f"id,title,text\n1,A,B\n2,C,{'word ' * 2_000}\n".encode()) == ["A", "too large"]


def test_an_arc_file_is_told_and_no_text():
    """The archives before WARC are not taken for somebody's plain copy."""
    with pytest.raises(ContentError, match="ARC file"):
        next(read_stream(io.BytesIO(b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 InternetArchive\n")))
