"""Readers and writers share the file: who waits for whom, who says what, and what is spooled meanwhile."""

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.landing_values import NOON, arrive, batch, make_item
from wirecopy.errors import WarehouseBusy, WarehouseError
from wirecopy.model import Capture, Notice, Origin, PageRecord, RequestRecord, SetAside, Sighting
from wirecopy.store import spool
from wirecopy.store.connection import Warehouse
from wirecopy.store.land import land
from wirecopy.store.lease import lease
from wirecopy.store.query import as_csv, as_json, run

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("select count(*) from stories").fetchone()[0], flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(warehouse):
    """A process of another program that reads the file and keeps it open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(warehouse.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "0\n"
    yield process
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def test_a_reader_makes_a_writer_wait_and_is_named(warehouse, holder, tmp_path):
    """The error says who holds the file; the batch waits in the spool and lands at the next chance, once."""
    waiting = batch("b1", make_item(1), make_item(2))
    with pytest.raises(WarehouseBusy, match=str(holder.pid)):
        land(warehouse, waiting, at=NOON)
    spool.write(tmp_path / "spool", waiting)
    with pytest.raises(WarehouseBusy):
        spool.land_waiting(tmp_path / "spool", warehouse, at=NOON)
    with warehouse.reader() as connection:
        assert connection.execute("select count(*) from stories").fetchone() == (0,)
    holder.stdin.close()
    holder.wait(10)
    (report,) = spool.land_waiting(tmp_path / "spool", warehouse, at=NOON)
    assert len(report.verdicts) == 2
    assert spool.waiting(tmp_path / "spool") == []
    spool.write(tmp_path / "spool", waiting)
    assert spool.land_waiting(tmp_path / "spool", warehouse, at=NOON)[0].skipped


def test_a_spooled_batch_is_read_back_whole(tmp_path):
    """Every value of a batch survives the spool."""
    seen = Sighting(
        seen_at=NOON, feed_url="f", capture=Capture("a", 1, "h"), origin=Origin("archive", "x.warc", 9, "sha1:A")
    )
    arrival = arrive(make_item(1, extra=(("k", "v"),)))
    written = batch(
        "key",
        arrive(make_item(2, embargo_until=NOON, cues=("update",))),
        type(arrival)(item=arrival.item, comparable=arrival.comparable, fingerprint=arrival.fingerprint, sighting=seen),
        notices=(Notice(kind="kill", at=NOON, target="t", on=NOON.date()),),
        requests=(RequestRecord(url="u", kind="feed", outcome="ok", requested_at=NOON, retry_after=NOON),),
        pages=(PageRecord(url="u", kind="page", seen_at=None, content_hash="h"),),
        set_aside=(SetAside(stage="s", reason="r", detail="d", subject="u"),),
    )
    assert spool.read(spool.write(tmp_path, written)) == written


def test_a_damaged_spool_file_is_named(tmp_path):
    """What cannot be read back is an error that names its file."""
    path = spool.write(tmp_path, batch("key", make_item(1)))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(WarehouseError, match=r"key\.parquet"):
        spool.read(path)


def test_a_damaged_spool_file_does_not_hold_up_the_others(warehouse, tmp_path):
    """Its bytes are kept, a row says so, and what waits behind it lands."""
    bad = spool.write(tmp_path, batch("bad", make_item(1)))
    bad.write_bytes(b"PAR1 torn")
    spool.write(tmp_path, batch("good", make_item(2)))
    spool.land_waiting(tmp_path, warehouse, at=NOON)
    assert run(warehouse, "select count(*) from stories").rows == ((1,),)
    assert run(warehouse, "select stage, reason, subject from raw.set_aside").rows == (
        ("spool", "spool damaged", "bad.parquet"),
    )
    assert [path.name for path in tmp_path.glob("*.damaged")] == ["bad.damaged"]
    assert spool.waiting(tmp_path) == []


def test_a_missing_warehouse_is_an_error_with_a_remedy(tmp_path):
    """Reading what is not there says so and makes no file."""
    with pytest.raises(WarehouseError, match="no warehouse yet"), Warehouse(tmp_path / "none.duckdb").reader():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_warehouse_is_an_error(tmp_path):
    """Another file under that name is refused in one sentence."""
    path = tmp_path / "text.duckdb"
    path.write_text("This is not a database, however long it is. " * 200)
    with pytest.raises(WarehouseError, match=r"text\.duckdb"), Warehouse(path).reader():
        pass


def test_fifty_readers_are_served_while_batches_land(warehouse):
    """While a writer lands batch after batch, each of fifty readers gets in within 10 s, and the writer lands all."""
    context = multiprocessing.get_context("fork")
    started, results = context.Event(), context.Queue()
    processes = [context.Process(target=_read_group, args=(warehouse.path, started, results)) for _ in range(5)]
    for one in processes:
        one.start()
    patient = Warehouse(warehouse.path, patience=30)
    started.set()
    for number in range(4):
        land(patient, batch(f"b{number}", *(make_item(number * 10 + n) for n in range(10))), at=NOON)
    waits = [results.get(timeout=60) for _ in range(50)]
    for one in processes:
        one.join(30)
    assert max(waits) < 10
    assert run(warehouse, "select count(*) from core.batch").rows == ((4,),)


def _read_group(path, started, results):
    """Ten readers that open the file one after another."""
    started.wait(30)
    for _ in range(10):
        began = time.monotonic()
        with Warehouse(path).reader() as connection:
            connection.execute("select count(*) from core.item").fetchone()
        results.put(time.monotonic() - began)


def test_a_writer_leaves_a_pause_for_readers(warehouse):
    """Between two write connections the file is free for at least 200 ms."""
    with warehouse.writer("test"):
        pass
    began = time.monotonic()
    with warehouse.writer("test"):
        assert time.monotonic() - began >= 0.2


def test_a_second_holder_of_a_lease_is_told_who_has_it(tmp_path):
    """A lease says which process runs and since when, and is free again after it."""
    with lease(tmp_path, "poll"):
        with pytest.raises(WarehouseBusy, match=r"process \d+ since 20"), lease(tmp_path, "poll"):
            pass
        with lease(tmp_path, "unit https://a.example/x.warc"):
            pass
    with lease(tmp_path, "poll"):
        pass


def test_a_killed_process_frees_its_lease(tmp_path):
    """kill -9 leaves no lease behind."""
    code = "import sys, pathlib, time\nfrom wirecopy.store.lease import lease\nwith lease(pathlib.Path(sys.argv[1]), 'poll'):\n    print('held', flush=True)\n    time.sleep(60)"
    src = str(Path(__file__).parents[2] / "src")
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, env={"PYTHONPATH": src}
    )
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(WarehouseBusy, match=str(process.pid)), lease(tmp_path, "poll"):
        pass
    process.kill()
    process.wait(10)
    process.stdout.close()
    with lease(tmp_path, "poll"):
        pass


def test_answers_are_whole_and_typed(warehouse):
    """CSV has a header, LF ends and full values; JSON keeps numbers and instants."""
    long = "x" * 5000
    result = run(
        warehouse,
        f"select '{long}' as text, timestamptz '2026-01-02 03:04:05Z' as at_, null as none, [1, 2] as list, true as yes, 'a,\"b' as q",
    )
    assert "".join(as_csv(result)) == f'text,at_,none,list,yes,q\n{long},2026-01-02T03:04:05Z,,"[1, 2]",true,"a,""b"\n'
    assert '"at_": "2026-01-02T03:04:05Z", "none": null, "list": [1, 2], "yes": true' in "".join(as_json(result))
    assert "".join(as_json(run(warehouse, "select 1 as one where false"))).split() == ["[", "]"]


@pytest.mark.parametrize("sql", ["select nope", "drop table core.item", "selec 1", ""])
def test_bad_queries_are_one_clear_error(warehouse, sql):
    """Bad SQL, writing and nothing at all: no traceback of DuckDB's."""
    if sql:
        with pytest.raises(WarehouseError):
            run(warehouse, sql)
    else:
        assert run(warehouse, sql).rows == ()
