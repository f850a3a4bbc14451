"""`sekisho check --thread`: exit codes, what people see, what programs read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from sekisho.core.detection.threads import EventType
from sekisho.core.rules.model import Label

from .conftest import Run

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs/schema/thread.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CLIENT = {
    "type": "message",
    "sender": "client",
    "text": "😀 LINEに移動してください",
    "at": "2026-11-24T10:00:00+09:00",
    "id": "m1",
}
WORKER = {"type": "message", "sender": "worker", "text": "よろしくお願いします。"}
AGREED = [{"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": 30000}]


@pytest.fixture
def thread(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Writes events to a file and gives its name."""

    def write(data: object) -> str:
        path = tmp_path / "thread.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return write


def test_a_clear_thread_exits_0_and_one_with_a_finding_1(run: Run, thread) -> None:  # type: ignore[no-untyped-def]
    assert run("check", "--thread", thread([WORKER])).exit_code == 0
    assert run("check", "--thread", thread([WORKER, CLIENT])).exit_code == 1


def test_standard_input_and_an_object_with_events_are_read_too(run: Run) -> None:
    assert run("check", "--thread", "-", input=json.dumps({"events": [CLIENT]})).exit_code == 1


@pytest.mark.parametrize(("lang", "parts"), [
    ("ja", ("規約違反の可能性が高い", "段階：契約後", "[2] メッセージ（クライアント）", "^^^^", "記録が残りません。")),
    ("en", ("likely violation", "stage: after the contract", "[2] message (client)", "^^^^")),
])  # fmt: skip
def test_people_see_the_events_with_their_evidence(
    run: Run, thread, lang: str, parts: tuple[str, ...]
) -> None:  # type: ignore[no-untyped-def]
    shown = run("check", "--lang", lang, "--thread", thread([*AGREED, CLIENT])).stdout
    for part in parts:
        assert part in shown


def test_json_is_one_line_that_fits_the_schema(run: Run, thread) -> None:  # type: ignore[no-untyped-def]
    output = run("check", "--json", "--thread", thread([*AGREED, CLIENT, WORKER])).stdout
    assert output.count("\n") == 1
    record = json.loads(output)
    VALIDATOR.validate(record)
    assert record["events"][2]["id"] == "m1"
    part = record["findings"][0]["parts"][0]
    assert str(CLIENT["text"])[part["start"] : part["end"]] == part["quote"]


def test_the_schema_is_valid_and_knows_every_label_and_type() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["label"]["enum"] == list(Label)
    assert SCHEMA["$defs"]["event"]["properties"]["type"]["enum"] == list(EventType)


def test_a_bad_event_exits_2_and_says_which(run: Run, thread) -> None:  # type: ignore[no-untyped-def]
    result = run("check", "--json", "--thread", thread([WORKER, {"type": "mesage"}]))
    assert result.exit_code == 2
    error = json.loads(result.stderr)["error"]
    assert error["code"] == "bad_event"
    assert "event 1" in error["message"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"[", "bad_json"), (b"3", "bad_event"), (b"\xff\xfe", "undecodable"), (b"[" * 100_000, "bad_json")],
)
def test_what_is_no_thread_exits_2(run: Run, data: bytes, code: str) -> None:
    result = run("check", "--json", "--thread", "-", input=data)
    assert result.exit_code == 2
    assert json.loads(result.stderr)["error"]["code"] == code


def test_a_missing_file_exits_2(run: Run, tmp_path: Path) -> None:
    assert run("check", "--thread", str(tmp_path / "none")).exit_code == 2


def test_a_thread_and_a_text_together_are_wrong_usage(run: Run, thread) -> None:  # type: ignore[no-untyped-def]
    assert run("check", "--thread", thread([WORKER]), "text").exit_code == 2
