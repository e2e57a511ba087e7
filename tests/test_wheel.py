"""The wheel: what it holds, and that it works from another folder, installed without an index."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.archives import ninjs, plain_export

ROOT = Path(__file__).parents[1]
SOURCES = ("src", "flows", "warehouse", "pyproject.toml", "build_places.py", "README.md", "LICENSE", "CHANGELOG.md")
ALLOWED = {".py", ".sql", ".toml", ".yaml", ".md", ".typed", ".bin"}


def run(*command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=120, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources, with what a warehouse in use leaves in them."""
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source,
                copy / name,
                ignore=shutil.ignore_patterns("__pycache__", "data")
                if name == "warehouse"
                else shutil.ignore_patterns("__pycache__"),
            )
        elif source.exists():
            shutil.copy(source, copy / name)
    (copy / "warehouse" / "data").mkdir()
    (copy / "warehouse" / "data" / "wirecopy.duckdb").write_bytes(b"news")
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, copy)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that holds the installed wheel alone; its dependencies are those of the running interpreter."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


def test_the_wheel_holds_code_and_named_data_only(wheel):
    """Python, SQL, TOML, YAML, Markdown, the gazetteer, the typing mark, the metadata; no warehouse."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    package = [name for name in names if ".dist-info/" not in name]
    assert {Path(name).suffix or Path(name).name for name in package} <= ALLOWED
    assert [name for name in package if name.endswith(".bin")] == ["wirecopy/normalise/data/places.bin"]
    assert {"wirecopy/py.typed", "wirecopy/_flows/poll_feeds.py", "wirecopy/_flows/prefect.yaml"} <= set(package)
    for kind in ("migrations", "macros", "views", "statements", "checks"):
        assert any(name.startswith(f"wirecopy/_warehouse/{kind}/") for name in package), kind
    assert not [name for name in names if "duckdb" in Path(name).suffix or "warehouse/data" in name]
    assert any(name.endswith("LICENSE") for name in names)


def test_the_wheel_names_no_path_of_the_machine_that_built_it(wheel, installed):
    """Neither texts nor the gazetteer hold the folder of the checkout or of the user."""
    home = str(Path.home()).encode()
    paths = [str(ROOT).encode(), *([home + b"/"] if len(home) > 5 else [])]
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            assert not any(path in data for path in paths), name
            if name.endswith((".py", ".sql", ".toml", ".yaml")):
                assert not re.search(rb"(?<![\w.])/(?:home|Users|work)/\w", data), name


def test_the_installed_wheel_works_from_another_folder(installed, tmp_path):
    """The installed program gives help, a dateline, a small backfill and a query; the code that runs is the wheel's."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("WIRECOPY_", "PYTHON"))}
    environ["PYTHONPATH"] = str(installed)

    def wirecopy(*arguments):
        return run(sys.executable, installed / "bin" / "wirecopy", *arguments, cwd=tmp_path, env=environ)

    assert "backfill" in wirecopy("--help")
    assert "Qingdao" in wirecopy("explain", "dateline", "Qingdao, June 26 (IANS) The minister said so.")
    (tmp_path / "a.json").write_bytes(ninjs(1))
    (tmp_path / "b.txt").write_bytes(plain_export(range(3)))
    report = json.loads(wirecopy("backfill", "a.json", "b.txt", "--json"))
    assert report["outcomes"] == {"new": 4}
    assert wirecopy("sql", "--csv", "select count(*) as n from stories") == "n\n4\n"
    assert (tmp_path / "warehouse" / "data" / "wirecopy.duckdb").exists()
    assert str(installed) in wirecopy("doctor", "--json")
