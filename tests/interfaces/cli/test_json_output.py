from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.detection import Contact, Verdict
from sekisho.core.rules.model import Action, Label, Outcome
from sekisho.core.text.offsets import utf16_offset
from sekisho.interfaces.cli import json_output

from .conftest import Run

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs/schema/verdict.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_every_label() -> None:
    assert SCHEMA["$defs"]["label"]["enum"] == list(Label)


@pytest.mark.parametrize(
    "text", ["", "よろしく", "😀女性限定です。LINEに移動してください", "a\x1b[31m\u202e LINEに移動"]
)
def test_output_is_one_line_that_fits_the_schema(run: Run, text: str) -> None:
    output = run("check", "--json", text).stdout
    assert output.count("\n") == 1
    VALIDATOR.validate(json.loads(output))


def test_a_file_is_named_in_its_line(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("LINEに移動")
    lines = run(
        "check", "--json", "--file", str(tmp_path / "a"), "--file", str(tmp_path / "b")
    ).stdout.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(tmp_path / "a"), str(tmp_path / "b")]
    for line in lines:
        VALIDATOR.validate(json.loads(line))


def test_a_quote_is_the_characters_from_start_to_end(run: Run) -> None:
    text = "😀😀 LINEに移動"
    finding = json.loads(run("check", "--json", text).stdout)["findings"][0]
    assert text[finding["start"] : finding["end"]] == finding["quote"]
    units = text.encode("utf-16-le")
    assert (
        units[2 * finding["start_utf16"] : 2 * finding["end_utf16"]].decode("utf-16-le") == finding["quote"]
    )


def test_a_contact_fits_the_schema() -> None:
    contact = Contact("email", 0, 3, "a@b.example", "", True)
    verdict = Verdict(Outcome.CLEAR, Action.ALLOW, (), (contact,), "p", "d")
    VALIDATOR.validate(json_output.verdict_record("abc", verdict))


def test_why_is_told_in_every_language_whatever_the_terminals(run: Run) -> None:
    one, other = (run("check", "--json", "--lang", lang, "LINEに移動").stdout for lang in ("ja", "en"))
    assert one == other
    assert set(json.loads(one)["findings"][0]["why"]) == {"ja", "en"}


@given(st.text(st.characters(), max_size=40), st.data())
def test_utf16_offsets_are_the_cores(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    assert json_output.Utf16(text).offset(index) == utf16_offset(text, index)


@given(st.text(st.characters(), max_size=40))
def test_escaping_changes_no_value(text: str) -> None:
    line = json_output.line({"quote": text})
    assert json.loads(line) == {"quote": text}


@given(st.text(st.characters(), max_size=40))
def test_a_line_holds_nothing_that_steers_a_terminal(text: str) -> None:
    line = json_output.line({"quote": text}).decode()
    assert not set(line[:-1]) & set("\x1b\x07\x7f\x9b\u202e\u2066\u200b\n\r")
