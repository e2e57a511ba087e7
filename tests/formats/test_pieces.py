"""A long file in pieces gives the articles of the file whole, in every format, wherever it is cut."""

import gzip
import io
import json
import mailbox
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.archives import PLACES, nitf, plain_export, reuters_sgml, rss_with_texts, told
from wirecopy.errors import ContentError
from wirecopy.formats import pieces, read_articles, sniff
from wirecopy.model import Page
from wirecopy.normalise.entry import article_of_entry
from wirecopy.parse import read_feed

COUNT = 40


def newsml_g2():
    items = []
    for number in range(COUNT):
        headline, paragraphs = told(number)
        text = "".join(f"<p>{one}</p>" for one in paragraphs)
        items.append(
            f'<newsItem guid="urn:g:{number}" version="2"><itemMeta><versionCreated>2026-03-02T08:00:00Z</versionCreated></itemMeta>'
            f'<contentMeta><headline>{headline}</headline></contentMeta><contentSet><inlineXML contenttype="text/html">'
            f"<!-- a </newsItem> of a sort --><html><body>{text}</body></html></inlineXML></contentSet></newsItem>\n"
        )
    half = COUNT // 2
    return (
        '<?xml version="1.0" encoding="utf-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        f"<sent>2026-03-02T08:00:00Z</sent><priority>4</priority></header><itemSet>{''.join(items[:half])}</itemSet>"
        f"<itemSet><conceptItem/>{''.join(items[half:])}</itemSet></newsMessage>"
    ).encode()


def newsml_1():
    items = []
    for number in range(COUNT):
        headline, paragraphs = told(number)
        text = "".join(f"<p>{one}</p>" for one in paragraphs)
        items.append(
            f"<NewsItem><Identification><NewsIdentifier><NewsItemId>{number}</NewsItemId></NewsIdentifier></Identification>"
            f"<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine></NewsLines><NewsComponent><ContentItem><DataContent>"
            f"<![CDATA[{text}<NewsItem>]]></DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem>"
        )
    envelope = '<NewsEnvelope><Priority FormalName="3"/></NewsEnvelope>'
    return (
        f'<?xml version="1.0" encoding="ISO-8859-1"?><NewsML Version="1.2">{envelope}{"".join(items)}</NewsML>'.encode(
            "latin-1", "xmlcharrefreplace"
        )
    )


def rows():
    for number in range(COUNT):
        headline, paragraphs = told(number)
        text = "\n\n".join(paragraphs)
        yield {"id": f"n{number}", "title": headline, "text": text, "date": "2026-03-02", "mood": f'"{number}"; calm'}


def table(delimiter):
    def cell(value):
        return '"' + value.replace('"', '""') + '"'

    lines = [delimiter.join(next(rows())), *(delimiter.join(map(cell, row.values())) for row in rows())]
    return "\n".join(lines).encode()


def ninjs_list():
    values = [{"uri": f"u:{row['id']}", "headline": row["title"], "body_text": row["text"]} for row in rows()]
    return json.dumps({"meta": {"tags": ["a", "b"]}, "items": values, "next": [{"href": "/2"}]}, indent=1).encode()


def apmedia():
    items = [
        {"item": {"altids": {"itemid": row["id"]}, "headline": row["title"], "version": 1, "language": "en"}}
        for row in rows()
    ]
    return json.dumps({"api_version": 1.1, "data": {"updated": "2026-03-02", "items": items}}).encode()


def seven(number):
    headline, paragraphs = told(number)
    place = PLACES[number % len(PLACES)].title()
    text = "\r\n".join(f"   {one}" for one in paragraphs)
    return f"\x01aaa{number:04} 4 pl 100 xyz {number:04}\r\n\x02{headline} =\r\n\r\n{place} {text}\r\n\x03020800 Mar 26\r\n\x04"


def mbox(folder):
    box = mailbox.mbox(folder / "box")
    for row in rows():
        message = EmailMessage()
        message["From"], message["Subject"], message["Date"] = (
            "desk@wire.example",
            row["title"],
            "Mon, 02 Mar 2026 08:00:00 +0000",
        )
        message["Message-ID"] = f"<{row['id']}@wire.example>"
        message.set_content(row["text"])
        box.add(message)
    box.close()
    return (folder / "box").read_bytes()


def sgml_docs():
    texts = ((number, *told(number)) for number in range(COUNT))
    return "".join(
        f'<DOC id="APW_ENG_1998{number:04}.0001">\n<HEADLINE>\n{headline}\n</HEADLINE>\n<TEXT>\n{"<P>".join(text)}\n</TEXT>\n</DOC>\n'
        for number, headline, text in texts
    ).encode()


def rcv1(number):
    headline, text = told(number)
    body = "".join(f"<p>{one}</p>" for one in text)
    return f'<newsitem itemid="{number}" date="1996-08-20"><title>{headline}</title><text>{body}</text></newsitem>'.encode()


def parquet():
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows())), sink)
    return sink.getvalue()


FILES = {
    "nitf in an envelope": lambda _: b"<box>" + b"".join(nitf(n).partition(b"?>")[2] for n in range(COUNT)) + b"</box>",
    "nitf joined": lambda _: b"\n".join(map(nitf, range(COUNT))),
    "newsml-1": lambda _: newsml_1(),
    "newsml-g2": lambda _: newsml_g2(),
    "newsml-g2 in UTF-16": lambda _: newsml_g2().decode().replace("utf-8", "utf-16").encode("utf-16"),
    "ninjs": lambda _: ninjs_list(),
    "apmedia": lambda _: apmedia(),
    "json rows": lambda _: json.dumps(list(rows())).encode(),
    "json values joined": lambda _: "\n".join(json.dumps(row, indent=2) for row in rows()).encode(),
    "jsonl": lambda _: "\n".join(json.dumps(row) for row in rows()).encode(),
    "csv": lambda _: table(","),
    "csv of semicolons": lambda _: b"sep=;\n" + table(";"),
    "csv in UTF-16": lambda _: table("\t").decode().encode("utf-16"),
    "iptc7901": lambda _: "".join(map(seven, range(COUNT))).encode(),
    "reuters21578": lambda _: reuters_sgml(range(COUNT)),
    "sgml-doc": lambda _: sgml_docs(),
    "rcv1": lambda _: b"<all>" + b"".join(map(rcv1, range(COUNT))) + b"</all>",
    "plain-export": lambda _: plain_export(range(COUNT)),
    "mail": mbox,
    "parquet": lambda _: parquet(),
}


def articles(data):
    if sniff(data) == "feed":
        return list(map(article_of_entry, read_feed(Page(requested_url="", final_url="", body=data)).entries))
    return list(read_articles(data))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_in_pieces_gives_what_it_gives_whole(kind, tmp_path, monkeypatch):
    """Each piece is a file of the same format; together they hold each article once, in order."""
    data = FILES[kind](tmp_path)
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    monkeypatch.setattr("wirecopy.formats.tables._ROWS", 7)
    found = [piece for _, piece, _ in pieces(io.BytesIO(data), data[:65_536], sniff(data))]
    assert len(found) > 1
    whole = articles(data)
    assert [one for piece in found for one in articles(piece)] == whole
    assert len(whole) == COUNT


def test_a_feed_in_pieces_has_each_entry_once(monkeypatch):
    """An archive of a feed may be as long as it likes."""
    data = rss_with_texts(range(COUNT))
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    found = [piece for _, piece, _ in pieces(io.BytesIO(data), data[:65_536], "feed")]
    assert len(found) > 5
    assert [one for piece in found for one in articles(piece)] == articles(data)


def test_what_came_before_a_break_is_handed_on_first(monkeypatch):
    """The error of the stream itself comes behind it."""
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    data = newsml_g2()

    class Breaking(io.BytesIO):
        def read1(self, size=-1):
            if self.tell() > len(data) // 2:
                raise OSError("the disk is gone")
            return super().read1(size)

    found = []
    with pytest.raises(OSError, match="disk"):
        found.extend(piece for _, piece, _ in pieces(Breaking(data), data[:100], "newsml-g2"))


def test_a_large_item_among_rows_costs_itself(monkeypatch):
    """Its neighbours on both sides are read."""
    monkeypatch.setattr("wirecopy.markup.json_cut.MAX_MEMBER", 4_000)
    values = list(rows())
    values[3] |= {"picture": [["x"] * 10] * 500}
    data = json.dumps(values).encode()
    found = [piece for _, piece, _ in pieces(io.BytesIO(data), data[:100], "json")]
    assert sum(isinstance(piece, ContentError) for piece in found) == 1
    assert sum(len(articles(piece)) for piece in found if isinstance(piece, bytes)) == COUNT - 1


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_an_error_names_the_line_of_the_file_and_not_of_the_piece(kind, monkeypatch):
    """Whoever looks for it opens the file, not a piece of it."""
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    lines = [json.dumps(row) for row in rows()] if kind == "jsonl" else ["id,title,text"]
    lines += [] if kind == "jsonl" else [f"{n},T{n},{'word ' * 20}" for n in range(COUNT)]
    lines[-3] = '{"id": 1,' if kind == "jsonl" else "one,two"
    data = ("\n".join(lines) + "\n").encode()
    told = []
    for _, piece, before in pieces(io.BytesIO(data), data[:65_536], kind):
        reader = read_articles(piece, before=before)
        while True:
            try:
                next(reader)
            except StopIteration:
                break
            except ContentError as err:
                told.append(err.message)
    assert [f"line {len(lines) - 2}" in message for message in told] == [True]


def test_lines_of_wide_letters_are_cut_between_lines(monkeypatch):
    """In UTF-16 a line ends in two bytes."""
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    data = "".join(json.dumps(row) + "\n" for row in rows()).encode("utf-16")
    found = [piece for _, piece, _ in pieces(io.BytesIO(data), data[:65_536], "jsonl")]
    assert len(found) > 1
    assert sum(len(articles(piece)) for piece in found) == COUNT


def test_what_stands_between_items_comes_with_the_next(monkeypatch):
    """Wherever a message is cut, no element of it is lost."""
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 300)
    item = (
        "<newsItem guid='g{n}'><contentMeta><headline>H</headline></contentMeta></newsItem><note n='{n}'>"
        + "x" * 90
        + "</note>"
    )
    data = f"<newsMessage><itemSet>{''.join(item.format(n=n) for n in range(20))}</itemSet></newsMessage>".encode()
    found = [piece for _, piece, _ in pieces(io.BytesIO(data), data, "newsml-g2")]
    assert len(found) > 3
    assert all(sum(f"<note n='{n}'>".encode() in piece for piece in found) == 1 for n in range(20))


@pytest.mark.parametrize("size", [6_000, 10_000_000])
def test_a_packed_file_is_read_as_far_as_it_is_whole(size, monkeypatch):
    """Rows before a break are read, the one that it cuts is not, and the break is told last; a long file is not held."""
    monkeypatch.setattr("wirecopy.formats.read.MAX_AT_ONCE", size)
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    data = "".join(json.dumps(row) + "\n" for row in rows()).encode()
    packed = gzip.compress(data, mtime=0)
    assert articles(packed) == articles(data)
    reader = read_articles(packed[:-200])
    found = []
    with pytest.raises(ContentError, match="gzip data is broken"):
        found.extend(iter(reader))
    assert found == articles(data)[: len(found)]
