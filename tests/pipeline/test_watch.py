"""A drop folder: what arrives lands once it is whole, and stays where it is."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.archives import ninjs, settings_of
from pipeline.newsroom import ask
from wirecopy.archive.unit import folder_files, unit_of
from wirecopy.errors import SettingsError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import backfill, backfilling
from wirecopy.pipeline.watch import DropFolder, watch
from wirecopy.store.ledger import Ledger

SRC = Path(__file__).parents[2] / "src"


def names(paths):
    return [path.name for path in paths]


def test_a_file_is_given_once_it_has_not_changed_between_two_looks(tmp_path):
    """A file that still grows is waited for; each state of it is given once."""
    drop = DropFolder([tmp_path])
    path = tmp_path / "a.xml"
    path.write_bytes(b"<nitf>")
    assert drop.steady() == []
    path.write_bytes(b"<nitf></nitf>")
    assert drop.steady() == []
    assert names(drop.steady()) == ["a.xml"]
    assert drop.steady() == []
    os.utime(path, ns=(1, 1))
    assert drop.steady() == []
    assert names(drop.steady()) == ["a.xml"]


def test_names_of_files_still_written_are_passed_over(tmp_path):
    """Uploads under a temporary name are taken when they get their own."""
    for name in (".a.xml.x7", "b.xml.part", "c.tmp", "d.filepart", "e.xml~", "good.xml"):
        (tmp_path / name).write_bytes(b"x")
    drop = DropFolder([tmp_path])
    drop.steady()
    assert names(drop.steady()) == ["good.xml"]
    (tmp_path / "b.xml.part").rename(tmp_path / "b.xml")
    drop.steady()
    assert names(drop.steady()) == ["b.xml"]


class Looks(threading.Event):
    """Does something at each look and stops after the last, without waiting for any clock."""

    def __init__(self, *acts):
        super().__init__()
        self.acts = list(acts)

    def wait(self, _seconds=None):
        if not self.acts:
            return True
        self.acts.pop(0)()
        return False


def nothing():
    pass


def test_what_is_dropped_lands_once_and_stays(tmp_path):
    """The same content under another name is no second copy; files are neither moved nor changed."""
    folder = tmp_path / "drop"
    folder.mkdir()
    settings = settings_of(tmp_path)

    def put(name, data):
        return lambda: (folder / name).write_bytes(data)

    told = []
    stop = Looks(
        put("1.json", ninjs(1)), nothing, put("same.json", ninjs(1)), put("2.json", ninjs(2)), nothing, nothing
    )
    report = watch(settings, [str(folder)], stop=stop, tell=told.append)
    assert report.outcomes == {Outcome.NEW: 2}
    assert [one.outcomes for one in told] == [{Outcome.NEW: 1}, {Outcome.NEW: 1}]
    assert sorted(path.name for path in folder.iterdir()) == ["1.json", "2.json", "same.json"]
    assert watch(settings, [str(folder)], stop=Looks(nothing, nothing)).outcomes == {}
    with Ledger(settings.state_path) as ledger:
        assert {unit.status for unit in ledger.units()} == {"done"}
    assert ask(settings, "select count(*) from core.item") == [(2,)]


def test_what_is_no_folder_is_told(tmp_path):
    """A mistyped folder is an error that says so."""
    with pytest.raises(SettingsError, match="no such folder"):
        watch(settings_of(tmp_path), [str(tmp_path / "nowhere")], stop=Looks())


def test_an_interrupt_ends_a_watch_cleanly(tmp_path):
    """Ctrl-C is how a watch is meant to end: the account is printed and the exit code is 0."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "1.json").write_bytes(ninjs(1))
    environ = {**os.environ, **settings_of(tmp_path).to_environ(), "PYTHONPATH": str(SRC)}
    command = [sys.executable, "-m", "wirecopy", "backfill", "--watch", str(folder), "--every", "0.2", "--json"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert '"new": 1' in line, line + err
    assert (process.returncode, '"new": 1' in out) == (0, True)
    assert "Traceback" not in err


def test_links_in_a_circle_and_folders_that_nobody_may_read_are_no_trouble(tmp_path, monkeypatch):
    """A file is given once however often links lead to it; a closed folder is told, one that has just gone is not."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.xml").write_text("<nitf/>")
    (tmp_path / "desk" / "all").symlink_to(tmp_path)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    for name in ("closed", "going"):
        (tmp_path / name).mkdir()
    listed = Path.iterdir

    def iterdir(folder):
        if folder.name in {"closed", "going"}:
            raise PermissionError if folder.name == "closed" else FileNotFoundError
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert names(folder_files(tmp_path)) == ["closed", "a.xml", "itself"]
    assert unit_of(tmp_path / "closed").problem == ("unreadable", "the folder cannot be listed")


def test_a_file_taken_away_before_it_was_read_is_read_when_it_comes_back(tmp_path):
    """It is not done, whoever knows its content already."""
    file = tmp_path / "drop" / "1.json"
    file.parent.mkdir()
    file.write_bytes(ninjs(1))
    settings = settings_of(tmp_path)
    with backfilling(settings, [str(file.parent)]) as filling:
        file.rename(tmp_path / "elsewhere")
        assert filling.run(filling.units).outcomes == {Outcome.SET_ASIDE: 1}
    (tmp_path / "elsewhere").rename(file)
    assert backfill(settings, [str(file.parent)]).outcomes == {Outcome.NEW: 1}
