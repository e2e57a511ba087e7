"""The times that wire files print."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.formats.times import read_instant

READ = [
    ("2024-03-05T10:15:00.000-05:00", "2024-03-05T10:15:00-05:00", True),
    ("20240305T101500Z", "2024-03-05T10:15:00+00:00", True),
    ("20240305T101500+0100", "2024-03-05T10:15:00+01:00", True),
    ("2024-03-05 10:15:00", "2024-03-05T10:15:00+02:00", False),
    ("20240305101500", "2024-03-05T10:15:00+02:00", False),
    ("2024-03-05T24:00:00Z", "2024-03-06T00:00:00+00:00", True),
    ("20240305", "2024-03-05T00:00:00+02:00", False),
    (" 9-MAR-1987 04:58:41.12", "1987-03-09T04:58:41.120000+02:00", False),
    ("Tue, 05 Mar 2024 10:15:00 +1100", "2024-03-05T10:15:00+11:00", True),
    ("Tue, 05 Mar 2024 10:15:00 -0000", "2024-03-05T10:15:00+00:00", True),
]
UNREADABLE = ["", "YYYYMMDD000000-HHMM", "2024-13-45", "yesterday", "05/03/2024 10:15", "99999999T999999", None]


@pytest.mark.parametrize(("raw", "at", "known"), READ)
def test_notations_of_wires_are_read(raw, at, known):
    """The zone in hand fills in only where none is printed."""
    instant = read_instant(raw, ZoneInfo("Europe/Helsinki"))
    assert (instant.at.isoformat(), instant.zone_known) == (at, known)


@pytest.mark.parametrize("raw", UNREADABLE)
def test_placeholders_and_noise_are_no_times(raw):
    """What cannot be read is None."""
    assert read_instant(raw) is None


@given(st.text(alphabet="0123456789-:TZ+ .GMTadeghilmnoprstuvy,/", max_size=32))
def test_anything_gives_an_aware_instant_or_none(raw):
    """Never a naive time, never an error."""
    instant = read_instant(raw, UTC)
    assert instant is None or instant.at.tzinfo is not None
