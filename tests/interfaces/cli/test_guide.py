from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sekisho.interfaces.cli.main import main


def guide(*arguments: str, input: str | None = None) -> Result:  # noqa: A002 - click's word
    return CliRunner().invoke(main, ["guide", *arguments], input=input)


def test_all_five_refusals_are_printed_without_a_situation() -> None:
    shown = guide("refuse", "--lang", "ja", "--site", "crowdworks")
    assert shown.exit_code == 0
    assert len(shown.stdout.split("\n\n")) == 5


def test_json_holds_both_languages() -> None:
    found = json.loads(guide("refuse", "first", "--json").stdout)["guidance"][0]
    assert set(found["say"]) == {"ja", "en"}
    assert found["situation"] == "first"


def test_a_reaction_is_told_with_its_next_step() -> None:
    shown = guide("refuse", "--reaction", "今回は見送らせていただきます", "--lang", "en")
    assert "Report it" in shown.stdout


def test_a_report_is_drafted_from_a_thread(tmp_path: Path) -> None:
    file = tmp_path / "deal.json"
    file.write_text(json.dumps([{"type": "message", "sender": "client", "text": "LINEで話しましょう", "at": "2026-11-02"}]))
    shown = guide("report", "--thread", str(file), "--lang", "ja")
    assert "「LINEで話しましょう」" in shown.stdout
    assert "2026-11-02" in shown.stdout


def test_text_of_strangers_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in guide("report", "\x1b[2JLINEで話しましょう", "--lang", "ja").stdout


def test_a_plan_is_printed_for_several_kinds() -> None:
    assert "#9110" in guide("exposure", "bank", "real_name", "--lang", "ja").stdout


def test_a_request_is_reviewed_from_standard_input() -> None:
    asked = {"request": {"tools": ["zoom"], "purpose": "画面を見ながら手順を確認するため"}}
    shown = guide("request", "-", "--lang", "ja", input=json.dumps(asked))
    assert shown.exit_code == 0
    assert "承認せず" in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("refuse", "never"),
        ("refuse", "--site", ""),
        ("report",),
        ("report", "a", "--thread", "b.json"),
        ("report", "--thread", "missing.json"),
        ("report", "a", "--gave", "shoes"),
        ("exposure",),
        ("exposure", "shoes"),
        ("request", "missing.json"),
    ],
)
def test_wrong_usage_exits_2_with_a_word_of_why(arguments: tuple[str, ...]) -> None:
    result = guide(*arguments)
    assert result.exit_code == 2
    assert result.stderr


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"request": 1}', '{"request": {}, "client": 3}', '{"request": {}, "escrow_funded": 1}']
)
def test_a_malformed_request_exits_2(text: str) -> None:
    result = guide("request", "-", "--json", input=text)
    assert result.exit_code == 2
    assert json.loads(result.stderr)["error"]["code"]
