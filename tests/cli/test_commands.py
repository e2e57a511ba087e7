"""The commands: exit codes, one line an error, answers for machines, quick starts."""

import csv
import io
import json
import os
import subprocess
import sys
import time

import duckdb
import pytest

from pipeline.archives import captured_pages, ninjs, reuters_sgml, settings_of, told
from pipeline.newsroom import HOSTS, START, open_newsroom, page, rss
from program import SRC, started, wirecopy
from wirecopy.pipeline.backfill import backfill
from wirecopy.settings import Settings

COMMANDS = (
    "demo poll backfill replay land keep serve sql status diff doctor feeds explain",
    "feeds list,feeds add,feeds history,feeds check,explain dateline,explain date,explain copy",
)
DATELINE = "Qingdao, June 26 (IANS) The minister said on Thursday that talks would go on."


def failed(done, code):
    """Return the one line of a command that failed as it should."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A warehouse with captured pages, two versions of a wire item and a dump."""
    folder = tmp_path_factory.mktemp("held")
    captured_pages(folder / "pages", 2, extra={"x.html": ({"url": "https://gazette.example/x"}, page(*told(0)))})
    (folder / "1.json").write_bytes(ninjs(7))
    headline, (first, *rest) = told(7)
    later = "".join(f"<p>{one}</p>" for one in (first, "The minister took it back on Tuesday.", *rest))
    changes = {"version": "2", "versioncreated": "2026-03-02T09:00:00+00:00", "headline": headline, "body_html": later}
    (folder / "2.json").write_bytes(ninjs(7, **changes))
    (folder / "dump.sgm").write_bytes(reuters_sgml(range(20, 24)))
    settings = settings_of(folder)
    backfill(settings, [str(folder)])
    return settings


# --- help and speed ---


@pytest.mark.parametrize("command", [*COMMANDS[0].split(), *COMMANDS[1].split(",")])
def test_every_command_tells_what_it_does(command):
    """`--help` answers on standard output with a sentence, and the whole list names the command."""
    from typer.testing import CliRunner

    from wirecopy.cli import app

    answer = CliRunner().invoke(app, [*command.split(), "--help"])
    assert answer.exit_code == 0
    assert len(answer.output.strip().splitlines()) > 3
    whole = CliRunner().invoke(app, [*command.split()[:-1], "--help"])
    assert command.split()[-1] in whole.output


def best_of(count, *command):
    """Return the shortest of several times by the clock and by the processor."""
    walls, works = [], []
    for _ in range(count):
        began = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(SRC)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        walls.append(time.monotonic() - began)
        works.append(used.ru_utime + used.ru_stime)
    return min(walls), min(works)


@pytest.mark.parametrize(("arguments", "limit"), [(("--help",), 0.4), (("explain", "dateline", DATELINE), 0.6)])
def test_commands_start_fast(arguments, limit):
    """`--help` answers within 0.4 s, `explain dateline` within 0.6 s: by the processor always, by the clock on a free machine."""
    wall, work = best_of(7, sys.executable, "-m", "wirecopy", *arguments)
    assert work < limit
    idle, _ = best_of(3, sys.executable, "-c", "pass")
    if idle > 0.06 or os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1):
        pytest.skip("others keep this machine too busy to go by the clock")
    assert wall < limit


@pytest.mark.parametrize("arguments", [("--help",), ("explain", "dateline", DATELINE)])
def test_quick_commands_load_nothing_heavy(arguments):
    """Prefect, trafilatura, pyarrow, DuckDB and HTTP are imported where they are used."""
    code = (
        "import sys; sys.argv = ['wirecopy', *sys.argv[1:]]\nfrom wirecopy.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'prefect', 'trafilatura', 'pyarrow', 'duckdb', 'aiohttp', 'feedparser', 'numpy', 'lxml'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "heavy: []"


# --- exit codes ---


def test_wrong_usage_is_2(tmp_path):
    """A wrong option, a mistyped source, a bad setting and a bad date are told in a line or typer's own box."""
    assert started("poll", "--no-such-option").returncode == 2
    settings = Settings(warehouse=tmp_path / "w.duckdb")
    assert "no such file" in failed(wirecopy("backfill", tmp_path / "none", settings=settings), 2)
    assert "WIRECOPY_WORKERS" in failed(wirecopy("status", WIRECOPY_WORKERS="many"), 2)
    assert "--sent" in failed(started("explain", "dateline", DATELINE, "--sent", "yesterday"), 2)
    assert "--warehouse" in failed(wirecopy("poll", "-w", ""), 2)
    assert "--watch" in failed(wirecopy("backfill", "--watch", tmp_path, "--cc-news", "2024-05-01"), 2)
    assert wirecopy("serve", "--every", "0").returncode == 2
    assert "web address" in failed(wirecopy("feeds", "add", "outlet", settings=settings), 2)


def test_a_run_that_cannot_be_is_1(tmp_path, held):
    """No warehouse, bad SQL, writing by SQL, an item that is not there: one line with what to do."""
    nowhere = Settings(warehouse=tmp_path / "none.duckdb")
    assert "no warehouse yet" in failed(wirecopy("sql", "from stories", settings=nowhere), 1)
    assert list(tmp_path.iterdir()) == []
    assert "dateline_raw" in failed(wirecopy("sql", "select dateline from stories", settings=held), 1)
    assert "stories" in failed(wirecopy("sql", "from storys", settings=held), 1)
    assert "read-only" in failed(wirecopy("sql", "insert into core.batch default values", settings=held), 1)
    assert "no item goes by that name" in failed(wirecopy("diff", "https://outlet.example/none", settings=held), 1)
    assert "there are no captures" in failed(wirecopy("replay", settings=nowhere), 1)


def test_a_busy_warehouse_is_75(held, monkeypatch):
    """A writer in another process makes a reader give up after its patience, naming who holds the file."""
    monkeypatch.setattr("wirecopy.store.connection.PATIENCE", 0.3)
    code = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); c.execute('begin; create temp table t (i int)');"
        "print('held', flush=True); sys.stdin.readline()"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(held.warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "held\n"
        assert f"process {writer.pid}" in failed(wirecopy("status", settings=held), 75)
    finally:
        writer.stdin.close()
        writer.wait(20)
        writer.stdout.close()


# --- answers ---


def test_ctrl_c_says_how_to_go_on(monkeypatch, capsys):
    """An interrupted command ends with 130 and one line; typer's own handling says nothing."""
    from wirecopy.cli import main

    class Terminal(io.StringIO):
        def read(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "argv", ["wirecopy", "sql"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 130
    assert capsys.readouterr().err.strip().splitlines() == [
        "interrupted; what has landed stays, run the same command again to go on"
    ]


def test_sql_as_csv_is_whole(held):
    """A header, LF ends, full values, every row of 5,000."""
    done = wirecopy("sql", "--csv", "select i, repeat('x', 300) || ',' as text from range(5000) t(i)", settings=held)
    lines = done.stdout.split("\n")
    assert lines[0] == "i,text"
    assert "\r" not in done.stdout
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[-1] == ["4999", "x" * 300 + ","]
    assert len(rows) == 5_001


def test_sql_prints_a_table_and_reads_standard_input(held):
    """The same answer for people, for machines and from a pipe."""
    query = "select provider, count(*) as items from core.item where provider is not null group by all order by all"
    assert json.loads(wirecopy("sql", "--json", query, settings=held).stdout) == [
        {"provider": "Reuters", "items": 4},
        {"provider": "dpa", "items": 1},
    ]
    assert wirecopy("sql", query, settings=held).stdout.split()[-4:] == ["Reuters", "4", "dpa", "1"]
    assert wirecopy("sql", "--csv", settings=held, stdin=query).stdout == "provider,items\nReuters,4\ndpa,1\n"


def test_a_backfill_reports_for_machines_and_names_what_failed(tmp_path):
    """Counts and a reason a unit in JSON; a table with the reason, and exit code 0, for people."""
    settings = settings_of(tmp_path)
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(ninjs(1))
    bad.write_bytes(b'{"uri": ')
    report = json.loads(wirecopy("backfill", good, bad, "--json", settings=settings).stdout)
    assert report["outcomes"] == {"new": 1, "set aside": 1}
    assert [bool(source["reason"]) for source in report["sources"]] == [False, True]
    again = wirecopy("backfill", "--again", good, bad, settings=settings)
    assert again.returncode == 0
    assert "bad.json" in again.stdout
    assert "1 unchanged, 1 set aside" in again.stdout


def test_a_quiet_backfill_says_what_it_came_to_and_where_to_look(tmp_path):
    """Two lines, however much was set aside: where it stands, and the counts."""
    (tmp_path / "good.json").write_bytes(ninjs(1))
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(f"<html>{name}")
    run = (
        "backfill",
        "--quiet",
        str(tmp_path / "*.html"),
        str(tmp_path / "good.json"),
        "-w",
        str(tmp_path / "w.duckdb"),
    )
    where, counts = wirecopy(*run).stdout.splitlines()
    assert where.startswith('2 sources with something that could not be used; wirecopy sql "from report.set_aside"')
    assert counts.startswith("backfill: 1 new, 2 set aside in ")


def test_status_and_doctor_answer_with_and_without_a_warehouse(tmp_path, held):
    """Both say what is there, in words and as JSON; nothing there is no error."""
    found = json.loads(wirecopy("status", "--json", settings=held).stdout)
    assert found["held"]["items"] == 8
    assert found["units"] == {"done": 6}
    nowhere = Settings(warehouse=tmp_path / "w.duckdb")
    assert "not there yet" in wirecopy("status", settings=nowhere).stdout
    findings = json.loads(wirecopy("doctor", "--json", settings=nowhere).stdout)
    assert {one["check"] for one in findings} >= {"python", "duckdb", "gazetteer", "warehouse", "disk"}
    assert "8 items" in wirecopy("doctor", settings=held).stdout


def test_feeds_are_listed_added_and_checked(tmp_path):
    """The bundled list at first; then what was added; a check fetches and lands nothing."""
    with open_newsroom() as room:
        room.publish(
            f"http://{HOSTS[0]}/feed", rss([("Quay shut", f"http://{HOSTS[0]}/1", START)]), kind="application/rss+xml"
        )
        settings = Settings(
            warehouse=tmp_path / "w.duckdb",
            resolve=tuple(f"{host}=127.0.0.1:{room.port}" for host in HOSTS),
            spacing_seconds=0.0,
        )
        assert len(json.loads(wirecopy("feeds", "list", "--json", settings=settings).stdout)) > 30
        assert not settings.state_path.exists()
        added = wirecopy("feeds", "add", f"http://{HOSTS[0]}/feed", "--title", "Outlet", settings=settings)
        assert "1 feed is polled" in added.stdout
        (row,) = json.loads(wirecopy("feeds", "list", "--json", settings=settings).stdout)
        assert row["feed"] == f"http://{HOSTS[0]}/feed"
        checked = json.loads(wirecopy("feeds", "check", f"http://{HOSTS[0]}/feed", "--json", settings=settings).stdout)
        assert [(one["headline"], one["state"]) for one in checked["entries"]] == [("Quay shut", "new")]
        assert not settings.warehouse.exists()
        assert failed(wirecopy("feeds", "check", f"http://{HOSTS[0]}/none", settings=settings), 1)
        assert "(write it as https://" in failed(wirecopy("feeds", "check", HOSTS[0], settings=settings), 1)
        room.publish(f"http://{HOSTS[0]}/", page(*told(0)))
        no_feed = failed(wirecopy("feeds", "check", f"http://{HOSTS[0]}/", settings=settings), 1)
        assert f"wirecopy feeds discover http://{HOSTS[0]}/" in no_feed


def test_explain_and_diff_tell_why(held):
    """A dateline, a date, a copy and a revision, each by an address that a person has at hand."""
    line = json.loads(wirecopy("explain", "dateline", DATELINE, "--sent", "2025-06-27", "--json").stdout)
    assert (line["places"][0]["place"]["country"], line["on"], line["agency"]) == ("CN", "2025-06-26", "IANS")
    assert "No dateline" in wirecopy("explain", "dateline", "The minister said nothing.").stdout
    assert "'SMITH' as place, colon" in wirecopy("explain", "dateline", "SMITH: It was a tough game.").stdout
    url = "https://outlet.example/2026/03/02/quay-0"
    found = json.loads(wirecopy("explain", "date", url, "--json", settings=held).stdout)
    assert found["published"].startswith("2026-03-02T08:00:00")
    assert found["captured"].startswith("2026-03-02T")
    told = wirecopy("explain", "date", url, settings=held).stdout.splitlines()
    assert all(len(line.split("  ", 1)[-1].split()) for line in told), "no line without a value"
    copies = wirecopy("explain", "copy", url, "https://gazette.example/x", settings=held).stdout
    assert "are copies of one story" in copies
    assert "{=" in copies
    assert json.loads(wirecopy("explain", "copy", url, "https://gazette.example/x", "--json", settings=held).stdout)[
        "same_story"
    ]
    shown = wirecopy("diff", "urn:newsml:dpa.com:20260302:quay-7", settings=held).stdout
    assert "{+" in shown
    assert "took it back on Tuesday" in shown


# --- without a network ---


def test_a_poll_without_a_network_says_so_feed_by_feed(tmp_path):
    """Unreachable hosts and closed ports: a reason in words for each, and exit code 0."""
    settings = Settings(
        warehouse=tmp_path / "w.duckdb",
        resolve=("closed.example=127.0.0.1:9",),
        spacing_seconds=0.0,
        timeout_seconds=3.0,
    )
    feeds = ("https://wire.invalid/feed", "http://closed.example/feed", "http://gone.invalid/rss")
    for feed in feeds:
        assert wirecopy("feeds", "add", feed, settings=settings).returncode == 0
    done = wirecopy("poll", settings=settings)
    assert done.returncode == 0, done.stderr
    for feed in feeds:
        (line,) = [line for line in done.stdout.splitlines() if feed in line]
        assert len(line.partition(feed)[2].split()) >= 3, "a reason in words"
    report = json.loads(wirecopy("status", "--json", settings=settings).stdout)
    assert report["feeds"] == {"failing": 3}


def test_what_is_landed_is_read_by_a_plain_client(held):
    """The views work from DuckDB alone, with no extension and no package of ours."""
    with duckdb.connect(held.warehouse, read_only=True) as plain:
        assert plain.execute("select count(*) from stories").fetchone()[0] >= 6
        assert plain.execute("select count(*) from wire.copies").fetchone() == (8,)
