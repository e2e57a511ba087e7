"""Captures: what is written is read back, other tools read it too, and a crash costs at most what was not synced."""

from __future__ import annotations

import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecopy.errors import MarkupUnreadable
from wirecopy.fetch.capture import CaptureWriter, finish, iter_captures, read_capture, recover
from wirecopy.fetch.warc import read_records
from wirecopy.model import Capture, Page

NOON = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


def page(body=b"<html>Harbour reopens</html>", **changes):
    made = Page(
        requested_url="http://wire.example/old",
        final_url="http://wire.example/new?id=1",
        body=body,
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "9")),
        fetched_at=NOON,
    )
    return replace(made, **changes)


def writer(folder, **options):
    return CaptureWriter(folder, lambda: NOON, **options)


def test_page_comes_back_as_it_was_written(tmp_path):
    with writer(tmp_path) as captures:
        where = captures.write(page(), "page", {"entry": "guid-1"})
        captures.sync()
        assert read_capture(tmp_path, where) == page()
    assert read_capture(tmp_path, where) == page()


@settings(max_examples=40, deadline=None)
@given(body=st.binary(max_size=400), status=st.integers(200, 599), value=st.text("abc é;=/", max_size=12))
def test_any_payload_and_header_come_back(tmp_path_factory, body, status, value):
    folder = tmp_path_factory.mktemp("captures")
    written = page(body, status=status, headers=(("X-Note", value.strip() and " ".join(value.split())),))
    with writer(folder) as captures:
        where = captures.write(written, "page")
    assert read_capture(folder, where) == written


def test_same_payload_of_the_same_address_is_written_once(tmp_path):
    with writer(tmp_path) as captures:
        first = captures.write(page(), "feed")
        later = page(fetched_at=NOON + timedelta(hours=1))
        second = captures.write(later, "feed")
        captures.write(page(b"changed"), "feed")
    assert read_capture(tmp_path, second) == later
    assert second.content_hash == first.content_hash
    with (tmp_path / first.file).open("rb") as file:
        kinds = [record.field("warc-type") for record in read_records(file)]
    assert [kind for kind in kinds if kind not in {"warcinfo", "request", "metadata"}] == [
        "response",
        "revisit",
        "response",
    ]


def test_a_payload_that_an_earlier_run_captured_is_noted_without_its_bytes(tmp_path):
    with writer(tmp_path) as captures:
        captures.write_unchanged(page(b"x" * 9000), "feed")
        captures.write(page(b"other"), "feed")
    assert [one.page.body for one in iter_captures(tmp_path)] == [b"other"]
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        revisit = next(record for record in read_records(file) if record.field("warc-type") == "revisit")
    assert b"x" * 100 not in revisit.block
    assert revisit.field("warc-payload-digest")


def test_half_characters_in_what_is_said_do_no_harm(tmp_path):
    with writer(tmp_path) as captures:
        captures.write(page(requested_url="http://wire.example/\ud800"), "page", {"entry": "\ud800 half"})
    (one,) = iter_captures(tmp_path)
    assert one.about == {"entry": "? half"}


def test_captures_are_listed_in_the_order_written_with_what_was_said_about_them(tmp_path):
    with writer(tmp_path) as captures:
        feed = captures.write(page(b"<rss/>"), "feed", {"agency": "Test Wire"})
        captures.write(page(b"<p>story</p>"), "page", {"feed": f"{feed.file}@{feed.offset}", "entry": "a: b"})
        captures.write_resource("file:///drop/1.nitf", b"<nitf/>", media_type="text/xml", at=NOON)
    found = list(iter_captures(tmp_path))
    assert [(one.kind, one.page.body) for one in found] == [
        ("feed", b"<rss/>"), ("page", b"<p>story</p>"), ("resource", b"<nitf/>")
    ]  # fmt: skip
    assert found[1].about == {"feed": f"{feed.file}@{feed.offset}", "entry": "a: b"}
    assert found[0].capture == feed


def test_other_tools_find_the_files_in_order(tmp_path):
    with writer(tmp_path) as captures:
        for number in range(5):
            captures.write(page(b"text %d" % (number // 2)), "page")
        captures.write_resource("file:///drop/1", b"mail", at=NOON)
    (path,) = tmp_path.iterdir()
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "digest failed" not in checked.stdout
    with path.open("rb") as file:
        checks = [record.verify_block_digest() for record in ArchiveIterator(file, parse_http=False)]
    assert checks == [True] * (1 + 5 * 3 + 2)


def test_a_file_cut_at_any_byte_of_its_last_record_keeps_all_the_others(tmp_path):
    captures = writer(tmp_path)
    first = captures.write(page(b"first"), "page")
    captures.sync()
    (path,) = tmp_path.iterdir()
    whole = path.stat().st_size
    last = captures.write(page(b"second"), "page").offset
    captures.sync()
    data = path.read_bytes()
    captures.close()
    for cut in (*range(whole, last, 9), *range(last, len(data))):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / path.name).write_bytes(data[:cut])
        finish(recover(folder))
        final = folder / first.file
        assert read_capture(folder, first).body == b"first"
        assert [one.page.body for one in iter_captures(folder)] == [b"first"]
        with final.open("rb") as file:
            assert sum(record.length for record in read_records(file)) == final.stat().st_size


def test_a_whole_orphan_keeps_every_page(tmp_path):
    captures = writer(tmp_path / "a")
    captures.write(page(b"first"), "page")
    captures.sync()
    (path,) = (tmp_path / "a").iterdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / path.name).write_bytes(path.read_bytes())
    captures.close()
    recover(tmp_path / "b")
    assert [one.page.body for one in iter_captures(tmp_path / "b")] == [b"first"]


def test_a_flipped_bit_ends_the_file_there(tmp_path):
    captures = writer(tmp_path)
    captures.write(page(b"first"), "page")
    captures.sync()
    (path,) = tmp_path.iterdir()
    whole = path.stat().st_size
    captures.write(page(b"second"), "page")
    captures.sync()
    data = bytearray(path.read_bytes())
    captures.close()
    data[whole + 40] ^= 0xFF
    folder = tmp_path / "flipped"
    folder.mkdir()
    (folder / path.name).write_bytes(data)
    recover(folder)
    assert [one.page.body for one in iter_captures(folder)] == [b"first"]


KILLED = """
import os, signal, sys
from pathlib import Path
from wirecopy.fetch.capture import CaptureWriter
from wirecopy.model import Page

captures = CaptureWriter(Path(sys.argv[1]))
for number in range(40):
    body = os.urandom(4000) + b"%d" % number
    captures.write(Page(requested_url="http://wire.example/", final_url="http://wire.example/", body=body), "page")
    if number == 24:
        captures.sync()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_nothing_that_was_synced(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert len(recover(tmp_path)) == 1
    found = list(iter_captures(tmp_path))
    assert 25 <= len(found) <= 40
    assert [one.page.body[4000:] for one in found] == [b"%d" % number for number in range(len(found))]


def test_a_file_that_is_being_written_is_left_alone(tmp_path):
    with writer(tmp_path) as captures:
        captures.write(page(), "page")
        captures.sync()
        assert recover(tmp_path) == []
        captures.write(page(b"more"), "page")
    assert len(list(iter_captures(tmp_path))) == 2


def test_two_writers_never_share_a_file(tmp_path):
    with writer(tmp_path) as one, writer(tmp_path) as other:
        assert one.write(page(), "page").file != other.write(page(), "page").file


def test_files_rotate_by_size_and_by_day(tmp_path):
    now = [NOON]
    with CaptureWriter(tmp_path, lambda: now[0], max_file=2000) as captures:
        files = {captures.write(page(b"x" * number), "page").file for number in range(4)}
        assert len(files) > 1
        before = captures.write(page(b"evening"), "page").file
        now[0] += timedelta(days=1)
        assert captures.write(page(b"morning"), "page").file != before
    assert len(list(iter_captures(tmp_path))) == 6


def test_a_capture_that_is_gone_or_broken_says_so(tmp_path):
    with pytest.raises(MarkupUnreadable, match="gone"):
        read_capture(tmp_path, Capture("none.warc.gz", 0))
    (tmp_path / "bad.warc.gz").write_bytes(zlib.compress(b"no gzip"))
    with pytest.raises(MarkupUnreadable):
        read_capture(tmp_path, Capture("bad.warc.gz", 0))


def test_files_filled_by_a_run_that_fails_are_orphans_like_its_last(tmp_path):
    """None of them may have landed, so the next run gets all of them."""

    def run():
        with writer(tmp_path, max_file=1) as captures:
            for number in range(3):
                captures.write(page(b"%d" % number), "page")
            raise ValueError("disk")

    with pytest.raises(ValueError, match="disk"):
        run()
    assert len(list(tmp_path.glob("*.warc.gz.open"))) == 3
    assert len(recover(tmp_path)) == 3
    assert len(list(iter_captures(tmp_path))) == 3
