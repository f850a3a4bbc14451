from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


def test_scan_ends_with_counts_refusals_and_rate(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"text": "LINEに移動"}\n{"text": "ok"}\n{\n', encoding="utf-8")
    result = run("scan", str(source), "-o", str(out))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "refused line 3: not JSON" in result.stderr
    assert "clear 1, caution 0, violation 1, unsure 0" in result.stderr
    assert "refused 1, listed in" in result.stderr
    assert "rows/s" in result.stderr


def test_only_the_first_refusals_are_told(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{\n" * 50)
    result = run("scan", str(source), "-o", str(tmp_path / "out.jsonl"), "--batch-size", "3")
    assert result.stderr.count("refused line") == 5


@pytest.mark.parametrize("name", ["no.jsonl", "in.parquet", "in.txt"])
def test_an_unusable_input_exits_2_and_writes_nothing(run: Run, tmp_path: Path, name: str) -> None:
    for existing in ("in.parquet", "in.txt"):
        (tmp_path / existing).write_text("no such format")
    result = run("scan", str(tmp_path / name), "-o", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.parquet", "in.txt"]


def test_scan_without_an_output_exits_2(run: Run, tmp_path: Path) -> None:
    assert run("scan", str(tmp_path / "in.jsonl")).exit_code == 2
