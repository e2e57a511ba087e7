"""WARC files as crawlers leave them: whole, packed, cut, broken in the middle; and what revisits say."""

import base64
import gzip
import hashlib
import struct

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecopy.archive import WireFile, find_units, read_unit
from wirecopy.model import Page, SetAside

AT = "2026-03-02T10:00:00Z"


def record(number, *, kind="response", body=None, fields=(), status="200 OK", media="text/html", http=True):
    """Return one plain record of a page of its own."""
    body = f"<html><body><p>Report {number} from the harbour.</p></body></html>".encode() if body is None else body
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body if http else body
    digest = "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:test:{number}>",
        "WARC-Date": AT,
        "WARC-Target-URI": f"https://outlet.example/{number}",
        "WARC-Block-Digest": digest,
        "Content-Type": f"application/http; msgtype={kind}" if http else media,
        "Content-Length": str(len(block)),
        **dict(fields),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def found(path):
    return [one for unit in find_units([str(path)]) for one in read_unit(unit)]


def read(tmp_path, data, name="crawl.warc"):
    path = tmp_path / name
    path.write_bytes(data)
    return found(path)


def told(results):
    """Return what was found in a word each: the number of the page, or the reason."""
    return [
        one.final_url.rpartition("/")[2] if isinstance(one, Page) else getattr(one, "reason", "wire") for one in results
    ]


def zstd(data):
    return zstandard.ZstdCompressor().compress(data)


PACKERS = {"plain": lambda data: data, "gzip": gzip.compress, "zstandard": zstd}
FOUR = [record(number) for number in range(4)]


@pytest.mark.parametrize("packer", PACKERS)
def test_records_know_where_they_stand(tmp_path, packer):
    """Whatever packs them, a record a member: each is told with the offset at which reading it can begin."""
    packed = [PACKERS[packer](one) for one in FOUR]
    results = read(tmp_path, b"".join(packed))
    assert told(results) == ["0", "1", "2", "3"]
    assert [one.origin.offset for one in results] == [sum(map(len, packed[:n])) for n in range(4)]
    assert results[0].fetched_at.isoformat() == "2026-03-02T10:00:00+00:00"


@pytest.mark.parametrize("packer", PACKERS)
def test_a_file_packed_in_one_piece_is_read_too(tmp_path, packer):
    """All records in one gzip member or one zstandard frame come as well."""
    assert told(read(tmp_path, PACKERS[packer](b"".join(FOUR)))) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("pack_dictionary", [lambda data: data, zstd], ids=["plain", "packed"])
def test_a_zstandard_dictionary_at_the_head_is_used(tmp_path, pack_dictionary):
    """The dictionary in the skippable frame is what the frames behind it were packed with."""
    dictionary = zstandard.train_dictionary(2_000, [record(n) for n in range(300)])
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    held = pack_dictionary(dictionary.as_bytes())
    data = struct.pack("<II", 0x184D2A5D, len(held)) + held + b"".join(map(packer.compress, FOUR))
    assert told(read(tmp_path, data, "crawl.warc.zst")) == ["0", "1", "2", "3"]


def flipped(data):
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 4]) + data[middle + 4 :]


BREAKAGES = {
    "bytes flipped": flipped,
    "first byte gone": lambda data: b"\0" + data[1:],
    "cut in its head": lambda data: data[:60],
    "cut in its block": lambda data: data[:-40],
    "nothing but noise": lambda _: b"no record\r\n" * 7,
}


@pytest.mark.parametrize("packer", ["plain", "gzip"])
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_one_broken_record_costs_none_of_its_neighbours(tmp_path, packer, breakage):
    """The records before and after it come, it is set aside once."""
    packed = [PACKERS[packer](one) for one in FOUR]
    packed[1] = BREAKAGES[breakage](packed[1])
    results = read(tmp_path, b"".join(packed))
    assert [one for one in told(results) if one.isdecimal()] == ["0", "2", "3"]
    assert sum(isinstance(one, SetAside) for one in results) == 1


@pytest.mark.parametrize("length", ["99999", "10", "", "many"])
def test_a_wrong_length_costs_only_its_record(tmp_path, length):
    """A record that lies about its length, or says none, is set aside; the next one is found again."""
    data = FOUR[0] + record(1, fields=[("Content-Length", length)]) + FOUR[2]
    assert [one for one in told(read(tmp_path, data)) if one.isdecimal()] == ["0", "2"]


@pytest.mark.parametrize("packer", PACKERS)
def test_a_file_cut_off_gives_what_is_whole(tmp_path, packer):
    """The last record is set aside as cut off, the ones before it come."""
    packed = [PACKERS[packer](one) for one in FOUR]
    assert told(read(tmp_path, b"".join(packed)[:-40])) == ["0", "1", "2", "cut off"]


def test_padding_between_records_is_passed_over(tmp_path):
    """Line ends and zeros between members are nobody's loss."""
    packed = [gzip.compress(one) for one in FOUR[:2]]
    assert told(read(tmp_path, (b"\0" * 100).join(packed) + b"\r\n\r\n")) in (["0", "1"], ["0", "record broken", "1"])


DIGESTS = {
    "sha256 in base 16": lambda data: "sha256:" + hashlib.sha256(data).hexdigest(),
    "sha1 in base 16": lambda data: "SHA-1:" + hashlib.sha1(data).hexdigest().upper(),
    "md5 in base 64": lambda data: "md5:" + base64.b64encode(hashlib.md5(data).digest()).decode(),
    "unknown": lambda _: "blake3:abcdef",
    "none": lambda _: "",
}


@pytest.mark.parametrize("kind", DIGESTS)
def test_digests_of_all_kinds_are_checked(tmp_path, kind):
    """A digest that fits lets its record pass, a changed block does not; one of an unknown kind says nothing."""
    block = FOUR[0].partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n")
    data = record(0, fields=[("WARC-Block-Digest", DIGESTS[kind](block))])
    assert told(read(tmp_path, data)) == ["0"]
    checked = kind not in {"unknown", "none"}
    assert told(read(tmp_path, data.replace(b"harbour", b"station"), "b.warc")) == (
        ["digest wrong"] if checked else ["0"]
    )


def test_a_payload_digest_is_checked_where_it_is_the_only_one(tmp_path):
    """Some writers give the payload's digest alone."""
    body = b"<html><p>Report.</p></html>"
    right = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
    fields = [("WARC-Block-Digest", ""), ("WARC-Payload-Digest", right)]
    good, bad = record(0, body=body, fields=fields), record(1, body=body + b"x", fields=fields)
    assert told(read(tmp_path, good + bad)) == ["0", "digest wrong"]


PAYLOAD = ("WARC-Payload-Digest", "sha1:" + "A" * 32)
SAME = [("WARC-Block-Digest", ""), PAYLOAD]


PAGE = b"<html><body><p>Report 7 from the harbour.</p></body></html>"
LYING = {
    "chunks with extensions": (
        "Transfer-Encoding: chunked",
        b"1e;a=1\r\n" + PAGE[:30] + b"\r\n1d\r\n" + PAGE[30:] + b"\r\n0\r\nX: 1\r\n\r\n",
    ),
    "chunks without an end": (
        "Transfer-Encoding: chunked",
        b"1e;a=1\r\n" + PAGE[:30] + b"\r\n1d\r\n" + PAGE[30:] + b"\r\n",
    ),
    "no chunks": ("Transfer-Encoding: chunked", PAGE),
    "not packed": ("Content-Encoding: gzip", PAGE),
    "neither": ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", PAGE),
    "packed, no chunks": ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", gzip.compress(PAGE)),
}


@pytest.mark.parametrize("kind", LYING)
def test_a_body_is_read_though_its_headers_lie(tmp_path, kind):
    """Crawlers unpack bodies and keep the headers that they came with."""
    header, body = LYING[kind]
    (one,) = read(tmp_path, record(7, body=body, media=f"text/html\r\n{header}"))
    assert one.body == PAGE


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("field", [("WARC-Refers-To", "<urn:test:0>"), PAYLOAD], ids=["by id", "by payload"])
def test_a_revisit_is_the_page_it_refers_to_seen_again(tmp_path, packer, field):
    """It has the body of the first response, its own address and its own time."""
    first = record(0, fields=[("WARC-Payload-Digest", "")] if field != PAYLOAD else [PAYLOAD])
    again = record(5, kind="revisit", body=b"", fields=[field, ("WARC-Date", "2026-03-04T10:00:00Z")])
    results = read(tmp_path, b"".join(PACKERS[packer](one) for one in (first, record(1), again, record(2))))
    assert told(results) == ["0", "1", "5", "2"]
    assert results[2].body == results[0].body
    assert results[2].fetched_at.day == 4


def test_a_revisit_into_a_file_beside_is_resolved(tmp_path):
    """A record's place in another file of the folder is followed, and nowhere else."""
    (tmp_path / "first.warc.gz").write_bytes(gzip.compress(record(3)) + gzip.compress(record(0)))
    offset = str(len(gzip.compress(record(3))))
    fields = [("WARC-Refers-To-Filename", "../first.warc.gz"), ("WARC-Refers-To-File-Offset", offset)]
    results = read(tmp_path, record(9, kind="revisit", body=b"", fields=fields), "second.warc")
    assert told(results) == ["9"]
    assert b"Report 0" in results[0].body


def test_a_revisit_of_nothing_held_is_told_and_one_of_a_picture_is_none(tmp_path):
    """What a revisit refers to may lie elsewhere: then it is set aside; pictures are not looked for at all."""
    lost = record(1, kind="revisit", body=b"", fields=[("WARC-Refers-To", "<urn:test:77>")])
    picture = record(2, kind="revisit", body=b"", media="image/png", fields=[("WARC-Refers-To", "<urn:test:78>")])
    assert told(read(tmp_path, lost + picture)) == ["revisit unresolved"]


def test_only_pages_and_wire_files_are_taken(tmp_path):
    """Redirects, pictures, requests, look-ups and transcripts are no news; a wire file or page without HTTP is."""
    nitf = b'<?xml version="1.0"?><nitf><head/><body><body.content><p>Report.</p></body.content></body></nitf>'
    data = b"".join(
        [
            record(1, status="301 Moved"),
            record(2, media="image/png"),
            record(3, kind="request", body=b"GET / HTTP/1.1\r\n\r\n", http=False),
            record(4, body=b"1 IN A", media="text/dns", http=False),
            record(5, kind="conversion", body=b"Report from the harbour.", media="text/plain", http=False),
            record(6, kind="resource", body=nitf, media="text/xml", http=False),
            record(7, kind="resource", body=b"<html><p>Report.</p></html>", media="text/html", http=False),
            record(8),
        ]
    )
    results = read(tmp_path, data)
    assert told(results) == ["wire", "7", "8"]
    assert isinstance(results[0], WireFile)


@settings(max_examples=60, deadline=None)
@given(noise=st.binary(max_size=300), at=st.integers(0, 1_500), packed=st.booleans())
def test_no_noise_ends_the_reading(tmp_path_factory, noise, at, packed):
    """Whatever bytes stand in for a part of the file: nothing raises, and the last record still comes."""
    folder = tmp_path_factory.mktemp("noise")
    data = b"".join(gzip.compress(one) if packed else one for one in FOUR[:3])
    last = gzip.compress(FOUR[3]) if packed else FOUR[3]
    at = min(at, len(data) - 1)
    head = FOUR[0] if not packed else gzip.compress(FOUR[0])
    results = read(folder, head + data[:at] + noise + data[at + len(noise) :] + last)
    assert told(results)[0] == "0"
    assert told(results)[-1] == "3"
