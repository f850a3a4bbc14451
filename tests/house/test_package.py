"""What is installed is what is needed: the wheel carries the packs, the licence and the command."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tree import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names inside a wheel built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in ("src", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        yield {entry: archive.read(entry) for entry in archive.namelist()}


def test_the_wheel_carries_every_file_of_the_packs(wheel):
    packs = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("packs/**/*.toml")}
    assert packs
    assert packs <= wheel.keys()


def test_the_wheel_carries_licence_and_notice(wheel):
    ends = {entry.rpartition("/")[2] for entry in wheel if ".dist-info/licenses/" in entry}
    assert ends == {"LICENSE", "NOTICE"}


def test_the_wheel_installs_the_command(wheel):
    (entry_points,) = (text for entry, text in wheel.items() if entry.endswith("entry_points.txt"))
    assert b"sekisho = sekisho.interfaces.cli.main:main" in entry_points


def test_the_wheel_has_nothing_but_the_package(wheel):
    assert {entry.partition("/")[0].partition("-")[0] for entry in wheel} == {"sekisho"}
