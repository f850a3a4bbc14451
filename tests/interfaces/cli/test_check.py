from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sekisho.core.detection import Verdict
from sekisho.core.rules.model import Action, Outcome
from sekisho.interfaces.cli.main import main

from .conftest import Run

VIOLATION = "LINEに移動してください"
CAUTION = "女性限定の募集です"


def test_clear_exits_0(run: Run) -> None:
    assert run("check", "よろしくお願いします").exit_code == 0


def test_violation_exits_1(run: Run) -> None:
    assert run("check", VIOLATION).exit_code == 1


def test_caution_exits_1(run: Run) -> None:
    assert run("check", CAUTION).exit_code == 1


def test_unsure_exits_3(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = Verdict(Outcome.UNSURE, Action.ALLOW, (), (), "tiny", "d", ("frames",))
    monkeypatch.setattr("sekisho.interfaces.cli.check.judge", lambda *_, **__: unsure)
    result = run("check", "--lang", "ja", "x")
    assert result.exit_code == 3
    assert "判定できず" in result.stdout
    assert "frames" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "--file", "b"],
        ["--kind", "x", "a"],
        ["--stage", "x", "a"],
        ["--nonsense"],
        ["a", "b"],
        ["--lang", "fr", "a"],
    ],
)
def test_wrong_usage_exits_2(run: Run, arguments: list[str]) -> None:
    assert run("check", *arguments).exit_code == 2


def test_an_unknown_command_exits_2() -> None:
    assert CliRunner().invoke(main, ["chekc"]).exit_code == 2


def test_a_crash_does_not_exit_with_the_code_of_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> Verdict:
        raise RuntimeError("ours")

    monkeypatch.setattr("sekisho.interfaces.cli.check.judge", crash)
    assert run("check", "x").exit_code == 70


def test_a_broken_pack_exits_2_with_its_problems(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("id = 3")
    result = run("check", "--pack", str(tmp_path), "x")
    assert result.exit_code == 2
    assert "pack.toml:1" in result.stderr


def test_a_dash_reads_standard_input(run: Run) -> None:
    assert run("check", "-", input=VIOLATION).exit_code == 1


def test_several_files_end_with_the_gravest(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("よろしく")
    bad.write_text(VIOLATION)
    assert run("check", "--file", str(good), "--file", str(bad), "--file", str(good)).exit_code == 1


def test_a_missing_file_exits_2_after_the_others_are_judged(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(VIOLATION)
    result = run("check", "--lang", "ja", "--file", str(tmp_path / "none"), "--file", str(bad))
    assert result.exit_code == 2
    assert "規約違反の可能性が高い" in result.stdout
    assert "No such file" in result.stderr


def test_each_file_has_a_heading(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("よろしく")
    result = run("check", "--file", str(tmp_path / "a.txt"), "--file", str(tmp_path / "b.txt"))
    assert [line for line in result.stdout.split("\n") if line.startswith("==")] == [
        f"== {tmp_path / 'a.txt'} ==",
        f"== {tmp_path / 'b.txt'} ==",
    ]


def test_a_text_too_long_exits_2(run: Run) -> None:
    result = run("check", "-", "--json", input="あ" * 1_000_001)
    assert result.exit_code == 2
    assert json.loads(result.stderr)["error"]["code"] == "text_too_long"


def test_ten_megabytes_are_refused_without_being_judged(run: Run) -> None:
    result = run("check", "-", input=b"a" * 10_000_000)
    assert result.exit_code == 2
    assert "1,000,000" in result.stderr


def test_an_empty_text_is_clear(run: Run) -> None:
    assert run("check", "").exit_code == 0


def test_an_approved_tool_is_clear(run: Run) -> None:
    result = run("check", "--stage", "contact_approved", "--approved-tool", "line", VIOLATION)
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("locale", "word"), [("ja_JP.UTF-8", "規約違反の可能性が高い"), ("en_US.UTF-8", "likely violation")]
)
def test_the_language_is_the_locales(
    run: Run, monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert word in run("check", VIOLATION).stdout


def test_lang_overrides_the_locale(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "likely violation" in run("check", "--lang", "en", VIOLATION).stdout


def test_a_finding_shows_label_quote_why_and_instead(run: Run) -> None:
    shown = run("check", "--lang", "ja", VIOLATION).stdout
    for part in (
        "外部の連絡手段への誘導",
        "「LINEに移動」",
        "記録が残りません。",
        "サイト内でやり取りしてください。",
    ):
        assert part in shown


def test_an_error_with_json_is_one_line_of_json(run: Run) -> None:
    result = run("check", "--json", "--kind", "x", "a")
    assert result.stdout == ""
    error = json.loads(result.stderr)["error"]
    assert error["code"] == "usage"
    assert set(error) == {"code", "message", "hint"}


def test_check_imports_neither_columns_nor_the_table_maker() -> None:
    code = (
        "import sys; sys.argv = ['sekisho', 'check', '--json', '--pack', 'none', 'x']\n"
        "from sekisho.interfaces.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'pyarrow', 'rich', 'multiprocessing'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_closed_pipe_ends_quietly(tiny_pack: str) -> None:
    command = [sys.executable, "-m", "sekisho.interfaces.cli.main", "check", "--pack", tiny_pack, VIOLATION]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert told == b""
