"""Dumps and exports: JSON Lines, CSV, Parquet, news-please, Fundus, streams, mapped columns."""

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wire_samples import FULL, ROW, SGML, lines
from wirecopy.errors import MarkupUnreadable, SettingsError
from wirecopy.formats import read_articles, read_stream


def test_common_columns_are_matched_and_others_kept():
    """Names in any spelling; what nobody knows stays in `extra`."""
    first, _ = read_articles(lines(ROW, ROW | {"id": 8}))
    assert (first.dump_id, first.url, first.headline, first.outlet) == (
        "7",
        "https://n.example/a",
        "Harbour reopens",
        "n.example",
    )
    assert (first.language, first.byline, [n.raw for n in first.names]) == (
        "en",
        "Ana Reis, Bo Li",
        ["Ana Reis", "Bo Li"],
    )
    assert (first.dates[0].raw, first.dates[0].role) == ("2024-03-05T10:15:00+01:00", "published")
    assert (first.body, first.extra, first.format) == (ROW["text"], (("score", "0.5"),), "jsonl")


def test_a_bad_line_has_its_error_and_its_neighbours_are_read():
    """The reader goes on behind the error."""
    reader = read_articles(lines(ROW, '{"id": 8, "tit', ROW | {"id": 9}), name="dump.jsonl")
    found = []
    while True:
        try:
            found.append(next(reader).dump_id)
        except MarkupUnreadable as err:
            found.append(str(err))
        except StopIteration:
            break
    assert found[0] == "7"
    assert found[1].startswith("dump.jsonl: line 2")
    assert found[2] == "9"


def test_lines_that_are_wire_items_are_read_as_such():
    """ninjs by the line, beside rows of a dump."""
    item = {"uri": "x:1", "version": "2", "headline": "H", "body_html": "<p>Ships.</p>"}
    first, second = read_articles(lines(item, ROW))
    assert (first.format, first.item_uri, first.body) == ("ninjs", "x:1", "Ships.")
    assert (second.format, second.dump_id) == ("jsonl", "7")


def test_text_before_the_first_record_is_reported_at_the_end():
    """Nothing is lost in silence."""
    reader = read_articles(
        b"a heading of somebody\n\n   date 2024-03-05 Aveiro, March 5 (XYZ) Ships.\n", format="plain-export"
    )
    assert next(reader).body.endswith("Ships.")
    with pytest.raises(MarkupUnreadable, match="outside the records"):
        next(reader)


def test_csv_with_any_delimiter_and_line_breaks_in_cells():
    """The delimiter is the one of the header."""
    table = 'Id;Headline;Body;Date;Mood\n1;"Harbour; reopens";"Ships came back.\n\nNobody was hurt.";2024-03-05;calm\n2;short\n'
    reader = read_articles(table.encode())
    first = next(reader)
    assert (first.headline, first.body, first.extra) == (
        "Harbour; reopens",
        "Ships came back.\n\nNobody was hurt.",
        (("Mood", "calm"),),
    )
    with pytest.raises(MarkupUnreadable, match="cells"):
        next(reader)


def test_a_mapping_comes_before_common_names():
    """`--map` decides; a field that does not exist is a wrong setting."""
    row = {"nid": "x1", "kop": "Haven open", "tekst": "Schepen zijn terug.", "title": "other"}
    (article,) = read_articles(lines(row), format="jsonl", mapping={"kop": "headline", "tekst": "text", "nid": "id"})
    assert (article.dump_id, article.headline, article.body) == ("x1", "Haven open", "Schepen zijn terug.")
    with pytest.raises(SettingsError, match="no field"):
        list(read_articles(lines(row), format="jsonl", mapping={"kop": "nonsense"}))


def test_parquet_is_read_and_a_broken_one_refused():
    """Typed cells become text, dates ISO."""
    file = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                "title": ["Harbour reopens"],
                "text": ["Ships came back."],
                "date": [pa.scalar(0, pa.timestamp("s", "UTC"))],
                "n": [None],
            }
        ),
        file,
    )
    (article,) = read_articles(file.getvalue())
    assert (article.headline, article.dates[0].raw, article.extra) == (
        "Harbour reopens",
        "1970-01-01T00:00:00+00:00",
        (),
    )
    with pytest.raises(MarkupUnreadable, match="Parquet"):
        list(read_articles(file.getvalue()[:200] + b"PAR1"))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (
            {
                "maintext": "Ships.",
                "title": "T",
                "date_publish": "2024-03-05 10:15:00",
                "source_domain": "n.example",
                "authors": ["Ana Reis"],
            },
            "newsplease",
        ),
        (
            {
                "title": "T",
                "plaintext": "Ships.",
                "publishing_date": "2024-03-05T10:15:00+00:00",
                "authors": "Ana Reis",
            },
            "fundus",
        ),
        ({"headline": "T", "content": "Ships.", "date": 1709633700}, "json"),
    ],
)
def test_exports_of_crawlers_are_read(row, name):
    """One object, or a list of them."""
    for data in (row, [row]):
        (article,) = read_articles(json.dumps(data).encode())
        assert (article.format, article.headline, article.body) == (name, "T", "Ships.")
        assert article.dates[0].raw.startswith("2024-03-05")


def test_streams_are_read_piece_by_piece():
    """A dump far larger than any chunk is read in step, not at once."""

    class Counting(io.BytesIO):
        taken = 0

        def read(self, size=-1):
            data = super().read(size)
            self.taken += len(data)
            return data

    file = Counting(lines(*[ROW | {"id": n} for n in range(20_000)]))
    reader = read_stream(file)
    assert next(reader).dump_id == "0"
    assert file.taken < 1_000_000
    assert sum(1 for _ in reader) == 19_999


def test_streams_of_plain_export_and_gzip():
    """Records that lie across chunks come out whole; gzip is unpacked within a bound."""
    text = "".join(
        f" date 2024-03-{1 + n % 28:02} Aveiro, March (XYZ) Report {n}.\n\n{'word ' * 2000}\n" for n in range(100)
    ).encode()
    assert [a.body.split("Report ")[1].split(".")[0] for a in read_stream(io.BytesIO(text))] == [
        str(n) for n in range(100)
    ]
    assert len(list(read_stream(io.BytesIO(gzip.compress(text))))) == 100
    with pytest.raises(MarkupUnreadable, match="unpacks to more"):
        list(read_articles(gzip.compress(b"date 2024-03-05 " + b"x" * 70_000_000, compresslevel=1)))
    with pytest.raises(MarkupUnreadable, match="gzip"):
        list(read_articles(gzip.compress(text)[:-300]))


def test_reuters_records_of_every_type():
    """A brief is its title, an unprocessed text what follows, controls are gone."""
    text = SGML.format(n=1, kind="", text=FULL) + SGML.format(
        n=2, kind=' TYPE="BRIEF"', text="******<TITLE>HARBOUR REOPENS\n</TITLE>Blah blah blah.\n"
    )
    text += SGML.format(n=3, kind=' TYPE="UNPROC"', text="\nSHIPPING TABLE\nAveiro  12\n")
    full, brief, rest = read_articles(text.encode())
    assert (full.item_uri, full.headline, full.dateline_place) == ("1", "HARBOUR <HBR> REOPENS", "AVEIRO")
    assert full.body.split("\n\n")[0] == "Ships came back to the harbour after the storm of Monday."
    assert full.subjects[0].code == "ship"
    assert (brief.headline, brief.body) == ("HARBOUR REOPENS", "")
    assert rest.body.startswith("SHIPPING TABLE")
    assert dict(rest.extra)["text_type"] == "UNPROC"


def test_a_reuters_stream_keeps_a_stray_byte_and_reports_a_cut():
    """One byte that is no UTF-8 among many costs nothing; the record that is cut is an error after its neighbours."""
    text = (SGML.format(n=1, kind="", text=FULL) * 3).encode().replace(b"Nobody", b"Nobody\xfc", 1)
    reader = read_stream(io.BytesIO(text[:-40]))
    assert "Nobodyü" in next(reader).body
    next(reader)
    with pytest.raises(MarkupUnreadable, match="cut off"):
        next(reader)


def test_a_record_without_end_does_not_fill_memory():
    """Plain export and SGML records are bounded."""
    with pytest.raises(MarkupUnreadable, match="longer"):
        list(read_articles(b"date 2024-03-05 x\n" + b"word\n" * 1_200_000))
    with pytest.raises(MarkupUnreadable, match="longer"):
        list(read_articles(b"<REUTERS NEWID='1'>" + b"x" * 3_000_000))


def test_cells_of_many_lines_do_not_hide_how_a_table_quotes():
    """A first line may happen to have the header's number of commas; the lines behind it say that it is no row."""
    rows = [
        f'a{n},"Halden counts, report {n}","HALDEN (AP) — First {n}.\n\nSecond\n\nThird",2026-03-02' for n in range(9)
    ]
    found = list(read_articles("\n".join(["id,title,text,date", *rows]).encode()))
    assert [one.headline for one in found] == [f"Halden counts, report {n}" for n in range(9)]
    long = '1,"Told, at length","HALDEN (AP) — Much' + "\n\nMore" * 100 + '",2026-03-02'
    assert len(list(read_articles(f"id,title,text,date\n{long}\n{long}".encode()))) == 2
