"""The ledger of units: one run has a unit at a time, and a dead one keeps none."""

import os
import sqlite3
import time
from datetime import UTC, datetime

import pytest

from wirecopy.model import Outcome
from wirecopy.store.claims import SILENCE_SECONDS
from wirecopy.store.ledger import DONE, Ledger

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
UNIT = ("/archive/a.warc.gz", "a" * 32, 100)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.sqlite"


def far_away(path, *, silent_for):
    """Enter a run of another machine that shares the folder and has claimed the unit."""
    with sqlite3.connect(path) as db:
        seen = time.time() - silent_for
        db.execute("insert into reader values ('far', 'north', 'its-boot', 7, ?, ?)", (seen, seen))
        db.execute("insert into claim values (?, 'far')", (UNIT[1],))
        db.execute("update unit set status = 'running'")


def test_of_two_runs_one_has_a_unit_until_it_is_done(path):
    """The other is told who has it, then that it is done; `again` means again since a run began."""
    with Ledger(path) as one, Ledger(path) as two, one.claims, two.claims:
        assert one.start(*UNIT, at=AT) == ""
        assert f"process {os.getpid()} on" in str(two.start(*UNIT, at=AT))
        one.finish(*UNIT[:2], {Outcome.NEW: 3}, at=AT)
        assert two.start(*UNIT, at=AT) == two.start(*UNIT, at=AT, since=AT) == DONE
        assert two.start(*UNIT, at=AT, since=datetime.now(UTC)) == ""


def test_a_run_that_ends_leaves_its_units_pending(path):
    """Whoever comes next has them."""
    with Ledger(path) as one, Ledger(path) as two, two.claims:
        with one.claims:
            one.plan([UNIT])
            one.start(*UNIT, at=AT)
            assert [unit.status for unit in two.units()] == ["running"]
        assert [unit.status for unit in two.units()] == ["pending"]
        assert two.start(*UNIT, at=AT) == ""


@pytest.mark.parametrize(("silent_for", "status"), [(1, "running"), (2 * SILENCE_SECONDS, "pending")])
def test_a_run_on_another_machine_is_dead_once_it_is_silent(path, silent_for, status):
    """Its lock is not seen here; that it goes on speaking is."""
    with Ledger(path) as here:
        here.plan([UNIT])
        far_away(path, silent_for=silent_for)
        assert [unit.status for unit in here.units()] == [status]
        with here.claims:
            held = here.start(*UNIT, at=AT)
            assert (held == "") == (status == "pending")


def test_a_run_that_was_silent_too_long_ends_nothing_for_the_one_that_took_over(path):
    """It lands what it has, which changes nothing; the unit is done when the other says so."""
    with Ledger(path) as slow, Ledger(path) as other, slow.claims, other.claims:
        slow.start(*UNIT, at=AT)
        with sqlite3.connect(path) as db:
            db.execute("delete from claim")
        other.start(*UNIT, at=AT)
        slow.finish(*UNIT[:2], {Outcome.NEW: 3}, at=AT)
        assert [unit.status for unit in other.units()] == ["running"]


def test_what_a_file_held_before_it_changed_waits_no_more(path):
    """Its new content does; the same content read in another way is other work."""
    with Ledger(path) as ledger:
        ledger.plan([UNIT, (UNIT[0], "a" * 32 + "-choice", 100)])
        ledger.plan([(UNIT[0], "b" * 32, 120)])
        assert [unit.mark[:1] + unit.mark[32:] for unit in ledger.units()] == ["a-choice", "b"]
