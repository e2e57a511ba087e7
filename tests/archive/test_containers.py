"""Zip and tar files: their members are read in place, bombs and tricks are refused."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest
import zstandard

from wirecopy.archive import WireFile, find_units, read_unit
from wirecopy.archive.streams import ALWAYS_ALLOWED
from wirecopy.model import Page, SetAside

NINJS = json.dumps({"uri": "urn:test:1", "headline": "Ferry late", "body_text": "The ferry was late."}).encode()
HTML = b"<html><body><p>The ferry was late again.</p></body></html>"
WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet.example/ferry\r\nWARC-Date: 2026-03-02T10:00:00Z\r\n"
    b"Content-Type: application/http\r\nContent-Length: 76\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>The ferry was late.</p>\r\n\r\n"
)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


PACKERS = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda members: gzip.compress(tarred(members)),
    "tar.bz2": lambda members: bz2.compress(tarred(members)),
    "tar.xz": lambda members: lzma.compress(tarred(members)),
    "tar.zst": lambda members: zstandard.ZstdCompressor().compress(tarred(members)),
}


def read(tmp_path, data, name="archive"):
    path = tmp_path / name
    path.write_bytes(data)
    return [one for unit in find_units([str(path)]) for one in read_unit(unit)]


def places(results):
    return [one.origin.address.rpartition("archive!")[2] for one in results]


def reasons(results):
    return [one.reason for one in results if isinstance(one, SetAside)]


@pytest.mark.parametrize("kind", PACKERS)
def test_members_are_read_where_they_lie(tmp_path, kind):
    """Wire files, packed ones and WARC files within come with the address of the file and their own name."""
    members = {"wire/a.json": NINJS, "wire/b.json.gz": gzip.compress(NINJS), "crawl/c.warc": WARC}
    results = read(tmp_path, PACKERS[kind](members))
    assert places(results) == ["wire/a.json", "wire/b.json.gz", "crawl/c.warc"]
    assert [one.data for one in results if isinstance(one, WireFile)] == [NINJS, NINJS]
    assert [one.final_url for one in results if isinstance(one, Page)] == ["https://outlet.example/ferry"]


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress], ids=["gzip", "zstandard"])
def test_packed_warc_files_within_are_read_past_broken_records(tmp_path, kind, pack):
    """A WARC file is the same in a container and beside one."""
    records = [
        WARC.replace(b"/ferry", b"/%d" % n).replace(b"Length: 76", b"Length: 76\r\nX: " + b"x" * n) for n in (1, 2, 3)
    ]
    crawl = pack(records[0]) + b"noise" * 9 + pack(records[2])
    results = read(tmp_path, PACKERS[kind]({"crawl.warc.gz": crawl}))
    assert [one.final_url[-1] for one in results if isinstance(one, Page)] == ["1", "3"]
    assert reasons(results) == ["record broken"]


@pytest.mark.parametrize("kind", PACKERS)
def test_captured_pages_have_the_addresses_of_their_manifest(tmp_path, kind):
    """A packed folder of pages is read as the folder is, wherever in it the manifest lies."""
    said = {"p.html": {"url": "https://outlet.example/p", "crawl_date": "2026-03-02 10:00:00"}}
    members = {"set/p.html": HTML, "set/notes.html": HTML, "set/meta.info": json.dumps(said).encode()}
    (page,) = read(tmp_path, PACKERS[kind](members))
    assert (page.final_url, page.fetched_at.hour, page.body) == ("https://outlet.example/p", 10, HTML)


@pytest.mark.parametrize("outer", PACKERS)
@pytest.mark.parametrize("inner", ["zip", "tar.gz"])
def test_an_archive_of_archives_is_read_and_deeper_ones_are_refused(tmp_path, outer, inner):
    """One level of nesting is what agencies deliver."""
    nested = PACKERS[inner]({"a.json": NINJS, "deeper.zip": zipped({"b.json": NINJS})})
    results = read(tmp_path, PACKERS[outer]({"day.bin": nested, "c.json": NINJS}))
    assert places(results) == ["day.bin!a.json", "day.bin!deeper.zip", "c.json"]
    assert reasons(results) == ["nested too deep"]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
@pytest.mark.parametrize("name", ["../up.json", "/etc/news.json", "a/../../b.json", "C:\\news.json"])
def test_names_that_lead_out_are_told_and_not_followed(tmp_path, kind, name):
    """A trick name is set aside, its neighbours come."""
    results = read(tmp_path, PACKERS[kind]({name: NINJS, "good.json": NINJS}))
    assert reasons(results) == ["unsafe name"]
    assert places(results)[-1] == "good.json"


def test_links_and_devices_are_told(tmp_path):
    """A tar file may hold what is no file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert reasons(read(tmp_path, out.getvalue())) == ["no file"]


def test_a_locked_member_is_told(tmp_path):
    """A member that needs a password is set aside, the others come."""
    data = bytearray(zipped({"locked.json": NINJS, "open.json": NINJS}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + flags] |= 1
    results = read(tmp_path, bytes(data))
    assert reasons(results) == ["encrypted"]
    assert places(results)[-1] == "open.json"


def test_a_damaged_member_costs_none_of_its_neighbours(tmp_path):
    """A checksum that is wrong is told with the member's address."""
    data = zipped({"a.json": NINJS, "b.json": NINJS}, zipfile.ZIP_STORED)
    at = data.index(b"Ferry")
    results = read(tmp_path, data[:at] + b"Fairy" + data[at + 5 :])
    assert [type(one).__name__ for one in results] == ["SetAside", "WireFile"]


@pytest.mark.parametrize("kind", PACKERS)
def test_a_container_cut_off_is_told(tmp_path, kind):
    """What could be read before the cut comes; the cut is set aside once."""
    chance = bytes(range(256)) * 40
    data = PACKERS[kind]({"a.json": NINJS, "b.bin": chance, "c.json": NINJS})
    results = read(tmp_path, data[: len(data) // 3])
    assert sum(isinstance(one, SetAside) for one in results) >= 1


BOMBS = {
    "gzip": lambda size: gzip.compress(bytes(size)),
    "zip": lambda size: zipped({f"{n}.xml": bytes(size // 4) for n in range(4)}),
    "tar.xz": lambda size: lzma.compress(tarred({f"{n}.xml": bytes(size // 4) for n in range(4)})),
    "zip of zips": lambda size: zipped({f"{n}.zip": zipped({"x.xml": bytes(size // 4)}) for n in range(4)}),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused(tmp_path, kind):
    """What unpacks to hundreds of times its size is given up at a limit, whole."""
    results = read(tmp_path, BOMBS[kind](ALWAYS_ALLOWED + 8_000_000))
    assert reasons(results)[-1] == "unpacks to too much"
    assert sum(len(one.data) for one in results if isinstance(one, WireFile)) <= ALWAYS_ALLOWED


def test_a_document_is_no_archive(tmp_path):
    """An office file is a zip file too; its parts are not read as news."""
    assert reasons(read(tmp_path, zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))) == [
        "unsupported"
    ]


def test_a_packed_file_that_breaks_gives_its_whole_rows_first(tmp_path):
    """What was cut off is told beside them; no part of a row is taken for one."""
    rows = "".join(f"{n},Title {n},Text of the row {n * 7919}\n" for n in range(500))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(f"id,title,text\n{rows}".encode(), mtime=0)[:-900])
    file, aside = (found for unit in find_units([str(tmp_path)]) for found in read_unit(unit))
    assert file.data.endswith(b"\n")
    assert f"id,title,text\n{rows}".encode().startswith(file.data)
    assert aside.reason == "compression broken"


def test_a_file_is_another_once_a_byte_in_its_middle_changed(tmp_path):
    """The ledger would pass it over else: size and both ends are as before."""
    file = tmp_path / "dump.txt"
    file.write_bytes(b"a" * 900_000)
    (before,) = find_units([str(file)])
    file.write_bytes(b"a" * 450_000 + b"b" + b"a" * 449_999)
    (after,) = find_units([str(file)])
    assert (before.size, before.mark == after.mark) == (after.size, False)


def test_of_a_wacz_only_the_captures_are_read(tmp_path):
    """Its lists of pages and its index tell of captures, and are none."""
    row = json.dumps({"url": "https://outlet.example/ferry", "title": "Ferry", "text": "The ferry was late."}).encode()
    members = {"datapackage.json": b"{}", "pages/pages.jsonl": row, "archive/data.warc": WARC}
    (tmp_path / "a.wacz").write_bytes(zipped(members))
    (page,) = (found for unit in find_units([str(tmp_path)]) for found in read_unit(unit))
    assert (type(page), page.final_url) == (Page, "https://outlet.example/ferry")
