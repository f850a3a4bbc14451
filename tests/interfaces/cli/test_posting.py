"""`check --posting`: what a person reads, the line a program reads, and how a bad file is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sekisho.core.detection.postings import ClientSign, Part, Standing, Unit
from sekisho.core.rules.model import Label
from sekisho.interfaces.cli.posting_screen import STANDINGS, UNITS, WORDS

from .conftest import Run

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schema/posting.schema.json").read_text(encoding="utf-8"))
POSTING = {
    "title": "😀コピペ作業",
    "body": "貼り付けるだけ、1日30分です。😀詳細はLINEでお伝えします。",
    "category": "data_entry",
    "pay": {"text": "月50万円"},
    "client": {"reviews": 0, "orders": 0},
}


def judged(run: Run, folder: Path, posting: Any, *options: str) -> Any:
    path = folder / "posting.json"
    path.write_text(posting if isinstance(posting, str) else json.dumps(posting), encoding="utf-8")
    return run("check", "--pack", "standard", "--posting", str(path), *options)


def test_a_line_fits_the_schema_and_its_quotes_are_the_characters(run: Run, tmp_path: Path) -> None:
    result = judged(run, tmp_path, POSTING, "--json")
    line = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(line)
    assert (result.exit_code, result.stdout.count("\n"), line["verdict"]) == (1, 1, "violation")
    found = next(one for one in line["findings"] if one["label"] == "channel_solicitation")
    body = POSTING["body"]
    assert body[found["start"] : found["end"]] == found["quote"]
    units = str(body).encode("utf-16-le")
    assert units[2 * found["start_utf16"] : 2 * found["end_utf16"]].decode("utf-16-le") == found["quote"]


def test_the_schema_knows_every_word_of_the_closed_lists() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    known = SCHEMA["properties"]
    assert known["signs"]["items"]["enum"] == list(ClientSign)
    assert known["missing"]["items"]["enum"] == list(Part)
    assert SCHEMA["$defs"]["label"]["enum"] == list(Label)
    assert SCHEMA["$defs"]["going"]["properties"]["unit"]["enum"] == list(Unit)
    assert SCHEMA["$defs"]["pay"]["properties"]["standing"]["enum"] == [*Standing, None]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", ["規約違反の可能性が高い", "「月50万円」", "評価が1件もありません", "仕事とつり合わないほど高い", "必要なスキル"]),
        ("en", ["likely violation", '"月50万円"', "The client has no reviews", "out of proportion", "the skills it takes"]),
    ],
)
def test_a_person_reads_verdict_evidence_client_pay_and_gaps(
    run: Run, tmp_path: Path, lang: str, told: list[str]
) -> None:
    shown = judged(run, tmp_path, POSTING, "--lang", lang).stdout
    assert shown.startswith("😀コピペ作業\n")
    assert "^^^" in shown
    for words in told:
        assert words in shown


def test_a_clear_posting_ends_with_0(run: Run, tmp_path: Path) -> None:
    clear = {"body": "万年筆の紹介文を3本、各2,000字。納期は2週間。ライティング経験のある方。", "pay": {"text": "1文字1.2円"}}
    assert judged(run, tmp_path, clear).exit_code == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [("{", "malformed"), ("[]", "malformed"), ("{}", "bad_posting"), ('{"title": 3}', "bad_posting")],
)
def test_a_bad_file_is_told_by_a_stable_word(run: Run, tmp_path: Path, given: str, code: str) -> None:
    result = judged(run, tmp_path, given, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stderr)["error"]["code"] == code


def test_a_posting_stands_alone(run: Run, tmp_path: Path) -> None:
    assert judged(run, tmp_path, POSTING, "詳細はLINEで").exit_code == 2


def test_what_a_stranger_wrote_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    hostile = {"title": "a\x1b[31m\u202e", "body": "\x1b]0;x\x07詳細はLINEでお伝えします", "pay": {"text": "\x1b[2J時給1円"}}
    shown = judged(run, tmp_path, hostile).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_every_word_on_the_screen_is_there_in_both_languages() -> None:
    assert WORDS["ja"].keys() == WORDS["en"].keys()
    for table, closed in ((STANDINGS, Standing), (UNITS, Unit)):
        assert {(name, lang) for name, words in table.items() for lang in words} == {
            (name, lang) for name in closed for lang in ("ja", "en")
        }
