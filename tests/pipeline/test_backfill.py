"""Backfilling: whatever an archive holds lands, once, and what is bad in it costs nothing but itself."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile

import pytest
import zstandard

from pipeline.archives import (
    captured_pages,
    ninjs,
    nitf,
    plain_export,
    quay,
    reuters_sgml,
    rss_with_texts,
    settings_of,
    told,
    warc,
)
from pipeline.newsroom import ask, page
from wirecopy.errors import SettingsError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill
from wirecopy.store.ledger import Ledger

HASH = "select digest from report.determinism_hash where object = 'all'"
ASIDE = "select reason, count(*) from raw.set_aside group by all order by all"


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def run(settings, *sources, **options):
    return backfill(settings, [str(source) for source in sources], **options).outcomes


def test_captured_pages_land_under_the_addresses_of_their_manifest(tmp_path):
    """A page is the item of its address, seen when it was crawled, with dateline and publication as printed."""
    settings = settings_of(tmp_path)
    assert run(settings, captured_pages(tmp_path / "pages", 3)) == {Outcome.NEW: 3}
    rows = ask(
        settings,
        "select url, agency, country, published_at::varchar, first_seen_at::varchar from wire.copies order by url",
    )
    assert rows[0] == (
        "https://outlet.example/2026/03/02/quay-0",
        "AP",
        "NO",
        "2026-03-02 08:00:00+00",
        "2026-03-02 10:00:00+00",
    )


def test_a_warc_gives_its_pages_and_sets_a_bad_record_aside(tmp_path):
    """A 404 is no article; a wrong digest, an empty page and a revisit of nothing held are set aside, neighbours land."""
    data = warc(
        [
            quay(1),
            ("response", "https://outlet.example/gone", "404 Not Found", b"<html><p>gone</p></html>"),
            ("revisit", "https://outlet.example/2026/03/02/quay-1", "200 OK", b""),
            ("response", "https://outlet.example/soon", "200 OK", b"<html><body><p>Soon.</p></body></html>"),
            quay(2),
        ],
        zipped=False,
    )
    wrong = warc([quay(3)], zipped=False).replace(b"losses", b"wounds")
    settings = settings_of(tmp_path)
    path = write(tmp_path / "crawl.warc", data + wrong + warc([quay(4)], zipped=False))
    assert run(settings, path) == {Outcome.NEW: 3, Outcome.SET_ASIDE: 3}
    assert ask(settings, "select headline from stories order by 1") == sorted((told(n)[0],) for n in (1, 2, 4))
    assert ("digest wrong", 1) in ask(settings, ASIDE)


def test_a_warc_that_is_cut_off_gives_what_is_whole(tmp_path):
    """The records before the cut land, the cut is set aside."""
    whole = [warc([quay(number)]) for number in range(3)]
    settings = settings_of(tmp_path)
    outcomes = run(settings, write(tmp_path / "cut.warc.gz", b"".join(whole)[: -len(whole[2]) // 2]))
    assert outcomes[Outcome.NEW] == 2
    assert len(ask(settings, ASIDE)) <= 1


def test_reuters_records_land_and_a_cut_off_one_is_set_aside(tmp_path):
    """Each record is an item of Reuters; the last one, cut off, is told."""
    settings = settings_of(tmp_path)
    cut = reuters_sgml(range(5))[:-300]
    assert run(settings, write(tmp_path / "reut-000.sgm", cut)) == {Outcome.NEW: 4, Outcome.SET_ASIDE: 1}
    assert ask(settings, "select distinct provider from core.item") == [("Reuters",)]
    assert ask(settings, ASIDE) == [("cut off", 1)]


def test_a_plain_export_lands_record_by_record(tmp_path):
    """Blank lines inside belong to a record; its day is its publication, its hash its identity."""
    settings = settings_of(tmp_path)
    path = write(tmp_path / "export.txt", plain_export(range(6)))
    assert run(settings, path) == {Outcome.NEW: 6}
    sql = "select place, published_on::varchar, agency from wire.copies where place = 'Kisumu'"
    assert ask(settings, sql) == [("Kisumu", "2025-06-02", "IANS")]
    assert {len(body.split("\n\n")) for (body,) in ask(settings, "select body from core.revision")} == {4}


def test_many_records_of_one_export_land_once_however_the_file_is_cut(tmp_path):
    """The same records in one file or in two are the same items."""
    settings = settings_of(tmp_path)
    both = plain_export(range(40))
    run(settings, write(tmp_path / "whole.txt", both))
    halves = [
        write(tmp_path / f"half-{n}.txt", plain_export(part)) for n, part in enumerate((range(20), range(20, 40)))
    ]
    assert run(settings, *halves) == {Outcome.UNCHANGED: 40}
    assert ask(settings, "select count(*) from core.item") == [(40,)]


def test_wire_files_and_feeds_land_beside_each_other(tmp_path):
    """ninjs, NITF and RSS files of one folder land in the same tables."""
    folder = tmp_path / "wires"
    write(folder / "a.json", ninjs(1))
    write(folder / "b.xml", nitf(2))
    write(folder / "c.xml", rss_with_texts([3, 4]))
    settings = settings_of(tmp_path)
    assert run(settings, folder) == {Outcome.NEW: 4}
    assert ask(settings, "select count(*) from stories") == [(4,)]


def test_a_kill_in_a_wire_file_hides_its_item(tmp_path):
    """A cancelled version lands as a notice and hides the item that it names, whichever comes first."""
    folder = tmp_path / "wires"
    write(folder / "1.json", ninjs(1, pubstatus="canceled", version="2"))
    write(folder / "2.json", ninjs(1))
    settings = settings_of(tmp_path)
    assert run(settings, folder) == {Outcome.NEW: 1, Outcome.NOTICE: 1}
    assert ask(settings, "select (select count(*) from stories), (select count(*) from wire.killed)") == [(0, 1)]


PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("kind", PACKERS)
def test_compressed_files_are_read_as_they_are(tmp_path, kind):
    """A dump, a wire file and a WARC file may each be compressed, whatever their names say."""
    pack = PACKERS[kind]
    settings = settings_of(tmp_path)
    folder = tmp_path / "archive"
    write(folder / f"dump.sgm.{kind}", pack(reuters_sgml(range(3))))
    write(folder / "wire", pack(ninjs(7)))
    write(folder / f"crawl.warc.{kind}", pack(warc([quay(8), quay(9)], zipped=False)))
    assert run(settings, folder) == {Outcome.NEW: 6}


def test_what_cannot_be_read_costs_none_of_its_neighbours(tmp_path):
    """Broken compression, a missing target, binary and empty files: a row in raw.set_aside each, with a reason."""
    folder = tmp_path / "archive"
    write(folder / "good.json", ninjs(1))
    write(folder / "broken.json.gz", gzip.compress(ninjs(2))[:-200])
    write(folder / "picture.jpg", bytes(range(256)) * 20)
    write(folder / "broken.json", b'{"uri": "urn:x", "headline": ')
    (folder / "dangling.xml").symlink_to(folder / "nowhere.xml")
    os.mkfifo(folder / "pipe.xml")
    settings = settings_of(tmp_path)
    report = backfill(settings, [str(folder)])
    assert report.outcomes == {Outcome.NEW: 1, Outcome.SET_ASIDE: 5}
    assert ask(settings, "select count(*), count(distinct subject) from raw.set_aside where length(reason) > 3") == [
        (5, 5)
    ]
    assert sorted(line.subject.rpartition("/")[2] for line in report.lines if line.reason) == [
        "broken.json",
        "broken.json.gz",
        "nowhere.xml",
        "picture.jpg",
        "pipe.xml",
    ]


def test_a_broken_manifest_is_told_and_other_folders_land(tmp_path):
    """Pages without their addresses wait until the manifest is mended."""
    captured_pages(tmp_path / "a", 2)
    (tmp_path / "a" / "meta.info").write_text('{"Outlet_0000.html.gz": ')
    captured_pages(tmp_path / "b", 1)
    settings = settings_of(tmp_path)
    assert run(settings, tmp_path / "a", tmp_path / "b") == {Outcome.NEW: 1, Outcome.SET_ASIDE: 1}
    assert ask(settings, ASIDE) == [("manifest unreadable", 1)]


def test_one_bad_record_of_a_dump_costs_none_of_its_neighbours(tmp_path):
    """JSON Lines go on behind a line that is no JSON."""
    lines = [ninjs(1), b'{"uri": broken', ninjs(2), ninjs(3)]
    settings = settings_of(tmp_path)
    assert run(settings, write(tmp_path / "dump.jsonl", b"\n".join(lines) + b"\n")) == {
        Outcome.NEW: 3,
        Outcome.SET_ASIDE: 1,
    }


def test_a_second_run_skips_what_is_done_and_again_changes_nothing(tmp_path):
    """Twice in a row lands no second copy, whether the ledger knows the units or they are read again."""
    folder = tmp_path / "archive"
    write(folder / "dump.sgm", reuters_sgml(range(4)))
    write(folder / "export.txt", plain_export(range(4, 8)))
    write(folder / "bad.json", b'{"uri": ')
    captured_pages(folder / "pages", 3)
    settings = settings_of(tmp_path)
    assert run(settings, folder)[Outcome.NEW] == 11
    before = ask(settings, HASH)
    assert run(settings, folder) == {}
    assert run(settings, folder, again=True) == {Outcome.UNCHANGED: 11, Outcome.SET_ASIDE: 1}
    assert ask(settings, HASH) == before


def test_the_ledger_tells_of_each_unit(tmp_path):
    """A unit is done with its records counted by outcome; a changed file is another unit."""
    path = write(tmp_path / "export.txt", plain_export(range(3)))
    settings = settings_of(tmp_path)
    run(settings, path)
    with Ledger(settings.state_path) as ledger:
        (unit,) = ledger.units()
        assert (unit.status, unit.records, dict(unit.counts)) == ("done", 3, {"new": 3})
    path.write_bytes(plain_export(range(5)))
    assert run(settings, path) == {Outcome.NEW: 2, Outcome.UNCHANGED: 3}


def test_one_page_under_two_addresses_is_two_items(tmp_path):
    """The same bytes captured at two addresses are two copies of one story; the same file lying twice is one."""
    body = gzip.compress(page(*told(20)), mtime=0)
    extra = {
        f"x{n}.html.gz": ({"url": f"https://{host}/quay-20", "crawl_date": "2026-03-02 10:00:00"}, body)
        for n, host in enumerate(("gazette.example", "wire.example"))
    }
    folder = captured_pages(tmp_path / "pages", 1, extra=extra)
    write(tmp_path / "wires" / "a.json", ninjs(30))
    write(tmp_path / "wires" / "b.json", ninjs(30))
    settings = settings_of(tmp_path)
    assert run(settings, folder, tmp_path / "wires") == {Outcome.NEW: 4}
    assert ask(settings, "select copies from stories order by copies") == [(1,), (1,), (2,)]


def test_large_dumps_are_cut_between_records(tmp_path, monkeypatch):
    """Slices end where a record begins, so that the cut loses and doubles nothing."""
    settings = settings_of(tmp_path)
    run(
        settings,
        write(tmp_path / "a" / "dump.sgm", reuters_sgml(range(30))),
        write(tmp_path / "a" / "e.txt", plain_export(range(30, 60))),
    )
    whole = ask(settings, "select item_key, text_hash from core.revision order by all")
    monkeypatch.setattr("wirecopy.formats.cut.SIZE", 3_000)
    monkeypatch.setattr("wirecopy.archive.read.LARGE", 6_000)
    cut = settings_of(tmp_path / "cut")
    run(cut, tmp_path / "a" / "dump.sgm", tmp_path / "a" / "e.txt")
    assert ask(cut, "select item_key, text_hash from core.revision order by all") == whole


def test_a_source_that_names_nothing_stops_the_run(tmp_path):
    """A mistyped path is an error that says so."""
    with pytest.raises(SettingsError, match="no such file"):
        backfill(settings_of(tmp_path), [str(tmp_path / "nothing-here")])


def test_what_holds_nothing_is_told(tmp_path):
    """An empty folder, zip or tar file, a list without members, a crawl of pictures: each has an outcome."""
    empty = tmp_path / "empty"
    empty.mkdir()
    nothing, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(nothing, "w"), tarfile.open(fileobj=tarred, mode="w"):
        pass
    paths = [
        write(tmp_path / "a.zip", nothing.getvalue()),
        write(tmp_path / "b.tar", tarred.getvalue()),
        write(tmp_path / "c.csv", b"id,title,text\n\n"),
        write(tmp_path / "d.warc", warc([("response", "https://outlet.example/x", "404 Not Found", b"<p>gone</p>")])),
    ]
    settings = settings_of(tmp_path)
    assert run(settings, empty, *paths) == {Outcome.SET_ASIDE: 5}
    assert ask(settings, ASIDE) == [("empty", 1), ("nothing in it", 4)]


@pytest.mark.parametrize(("dateline", "at"), [("PORTO (IANS) —", "09:00:00+00"), ("PORTO —", "14:30:00+00")])
def test_a_dumps_local_time_is_in_the_zone_of_the_agency_that_its_text_names(tmp_path, dateline, at):
    """Where nothing is known of the outlet; the doubt stays."""
    row = {
        "id": "7",
        "title": "Ferry stops",
        "text": f"{dateline} The ferry stopped.\n\nIt goes on Monday.",
        "date": "2026-03-02 14:30",
    }
    settings = settings_of(tmp_path)
    run(settings, write(tmp_path / "dump.json", json.dumps([row]).encode()))
    assert ask(settings, "select published_at::varchar from wire.copies") == [(f"2026-03-02 {at}",)]
