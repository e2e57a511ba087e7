"""What a user can get wrong outside the command line itself: folders, files, settings."""

import pytest

from program import wirecopy
from wirecopy.errors import SettingsError
from wirecopy.fetch.addresses import read_detours, read_guard
from wirecopy.settings import Settings, read_settings


def refusal(*arguments):
    """Return exit code and the one line that a refused command says."""
    done = wirecopy(*arguments)
    (line,) = done.stderr.strip().splitlines()
    return done.returncode, line


@pytest.mark.parametrize("command", ["poll", "keep"])
def test_a_folder_that_cannot_be_made_is_one_line(command, tmp_path):
    """Where a file stands in the way of the data folder, a command that writes says which path it is about."""
    (tmp_path / "taken").write_text("no folder")
    code, line = refusal(command, "--warehouse", tmp_path / "taken" / "x.duckdb")
    assert code == 1
    assert "taken" in line
    assert "(" in line, "it names no remedy"


def test_a_file_that_is_no_warehouse_is_named_with_a_remedy(tmp_path):
    """A text file given as the warehouse is refused and left alone."""
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    code, line = refusal("sql", "from stories", "--warehouse", text)
    assert code == 1
    assert "notes.txt" in line
    assert "name a DuckDB file" in line
    assert text.read_text() == "hello"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEOUT_SECONDS", "abc"),
        ("TIMEOUT_SECONDS", "-1"),
        ("TIMEOUT_SECONDS", "0"),
        ("TIMEOUT_SECONDS", "nan"),
        ("TIMEOUT_SECONDS", "inf"),
        ("WORKERS", "-3"),
        ("WORKERS", "2.5"),
        ("CONNECTIONS", "0"),
        ("ROBOTS_FOR_FEEDS", "maybe"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(name, value):
    """Unreadable values and numbers out of range stop before anything is done."""
    with pytest.raises(SettingsError) as refused:
        read_settings({f"WIRECOPY_{name}": value})
    assert refused.value.subject == f"WIRECOPY_{name}"
    assert refused.value.remedy


def test_an_empty_variable_is_an_unset_one():
    """`WIRECOPY_WAREHOUSE=` means the default, not the current folder."""
    assert read_settings({"WIRECOPY_WAREHOUSE": "", "WIRECOPY_WORKERS": " "}) == Settings()


def test_settings_survive_the_way_through_the_environment():
    """A subprocess is given exactly the settings of its parent."""
    chosen = Settings(workers=3, spacing_seconds=0.0, resolve=("a.example=127.0.0.1:80", "*.example=[::1]:8080"))
    assert read_settings(chosen.to_environ()) == chosen


@pytest.mark.parametrize(
    ("read", "entry", "remedy"),
    [
        (read_guard, "nonsense", "CIDR"),
        (read_detours, "a.example", "HOST=ADDRESS:PORT"),
        (read_detours, "=127.0.0.1:80", "HOST"),
    ],
)
def test_a_network_setting_is_refused_as_it_was_written(read, entry, remedy):
    """The refusal quotes the whole entry and says how one is written."""
    with pytest.raises(SettingsError) as refused:
        read((entry,))
    assert repr(entry) in str(refused.value)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--zone", "Mars/Olympus"),
        ("--zone", "America"),
        ("--zone", "/etc/passwd"),
        ("--zone", "../UTC"),
        ("--country", "Norway"),
        ("--language", "Klingonisch"),
    ],
)
def test_a_feed_in_a_home_that_is_none_is_refused(option, value, tmp_path):
    """A mistyped zone, country or language would have every story of the feed misread: it is refused when the feed is added."""
    code, line = refusal("feeds", "add", "https://a.example/feed", option, value, "-w", tmp_path / "x.duckdb")
    assert code == 2
    assert value.upper() in line.upper()
