"""The arrows between the rooms go one way; planted imports the wrong way are refused, so the contracts can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tree import ROOT

PLANTED = [
    ("core/text", "sekisho.core.rules.model"),
    ("core/rules", "sekisho.core.detection"),
    ("core/detection", "sekisho.interfaces.cli"),
    ("core/detection", "click"),
    ("core/detection", "socket"),
    ("core/rules", "time"),
    ("core/rules", "pyarrow"),
    ("interfaces/bulk", "sekisho.interfaces.cli"),
    ("interfaces/bulk", "click"),
    ("interfaces/bulk", "sekisho.interfaces.gate"),
    ("interfaces/bulk", "pyspark"),
    ("interfaces/cli", "pyspark"),
    ("interfaces/gate", "sekisho.interfaces.bulk"),
    ("interfaces/gate", "sekisho.interfaces.cli"),
    ("interfaces/gate", "click"),
    ("interfaces/gate", "pyarrow"),
    ("config/database", "django"),
    ("config/database", "sekisho.core.rules"),
    ("core/text", "sekisho.config.database"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "COLUMNS": "120", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def copied(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.toml"))
    return folder


def test_the_arrows_hold(tmp_path):
    done = lint(copied(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """What the linter says of a copy that holds all wrong imports at once, each in a module of its own."""
    folder = copied(tmp_path_factory.mktemp("planted"))
    for number, (room, imported) in enumerate(PLANTED):
        module = folder / "src" / "sekisho" / room / f"planted{number}.py"
        module.write_text(f"import {imported}\n", encoding="utf-8")
    return lint(folder)


def test_planted_imports_fail_the_check(planted):
    assert planted.returncode == 1, planted.stdout + planted.stderr


@pytest.mark.parametrize(("number", "row"), list(enumerate(PLANTED)))
def test_an_import_the_wrong_way_is_named(planted, number, row):
    room, imported = row
    source = f"sekisho.{room.replace('/', '.')}.planted{number}"
    assert f"{source} -> {imported}" in planted.stdout


def test_a_room_without_a_place_is_refused(tmp_path):
    copied(tmp_path)
    room = tmp_path / "src" / "sekisho" / "core" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text("", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "attic" in done.stdout + done.stderr
