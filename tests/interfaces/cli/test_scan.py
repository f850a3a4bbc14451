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


@pytest.mark.parametrize("options", [("--engine", "spark", "--processes", "2"), ("--master", "local[2]")])
def test_options_of_the_other_engine_are_wrong_usage(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    result = run("scan", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl"), *options)
    assert result.exit_code == 2
    assert "--engine" in result.stderr


def test_spark_without_java_exits_2_and_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    (tmp_path / "in.jsonl").write_text('{"text": "ok"}', encoding="utf-8")
    result = run("scan", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--engine", "spark")
    assert result.exit_code == 2
    assert "JAVA_HOME" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
