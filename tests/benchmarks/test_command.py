"""The command and the page that explains it name the same measurements; drawn texts and codes are what they say."""

from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import pictures, screens

ROOT = Path(__file__).resolve().parents[2]


def test_every_measurement_is_explained():
    told = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    names = command.measurements(command.QUICK, ROOT / "benchmarks" / "data" / "dev.jsonl")
    assert [name for name in names if f"`{name}`" not in told] == []


def test_a_measurement_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--only", "nothing"])
    assert "no measurement nothing" in capsys.readouterr().err


def test_all_fonts_come_from_the_requirements_and_can_be_drawn_with():
    assert len(set(screens.fonts())) == 3
    assert all(Path(font).is_file() for font in screens.fonts())


def test_drawn_codes_are_read():
    assert sum(map(pictures._is_read, range(25))) == 25
