"""Another system's answers are counted as our own, and files that cannot be counted are refused with the reason."""

import json

import pytest

from benchmarks import score
from sekisho.interfaces.cli.corpus import read_corpus


def lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def right():
    """An answer for every text that is as the corpus says."""
    told = []
    for one in read_corpus(score.CORPUS):
        spans = [[one.case.text.find(part), one.case.text.find(part) + len(part)] for part in one.case.evidence]
        verdict = "violation" if one.case.violation else "clear"
        told.append({"id": one.case.id, "verdict": verdict, "labels": sorted(one.case.labels), "spans": spans})
    return told


def test_answers_as_the_corpus_says_score_one(tmp_path, right, capsys):
    assert score.main([str(lines(tmp_path / "p.jsonl", right)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["overall"]["precision"], told["overall"]["recall"], told["evidence_overlap"]["share"]) == (1, 1, 1)
    assert set(told["groups"]) == {"stage", "difficulty", "lang", "kind", "sender"}


def test_a_system_that_always_says_no_has_recall_0_and_no_precision(tmp_path, right, capsys):
    told = [{"id": one["id"], "verdict": "clear"} for one in right]
    assert score.main([str(lines(tmp_path / "p.jsonl", told))]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("| violation |"))
    assert "| – | 0.000 (0.000.." in row


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda told: told[1:], "1 texts without an answer: d0001"),
        (lambda told: [*told, {"id": "x", "verdict": "clear"}], "1 answers without a text: x"),
        (lambda told: [*told, told[0]], "a second answer for 'd0001'"),
        (lambda _: [{"id": "d0001", "verdict": "guilty"}], "'guilty' is not a valid Outcome"),
        (lambda _: [{"id": "d0001", "verdict": "clear", "spans": [[1]]}], "`spans`"),
        (lambda _: [{"id": "d0001", "verdict": "clear", "labels": ["crime"]}], "'crime' is not a valid Label"),
        (lambda _: [["d0001"]], "a line is an object"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_reason(tmp_path, right, capsys, change, reason):
    assert score.main([str(lines(tmp_path / "p.jsonl", change(right)))]) == 2
    assert reason in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(tmp_path, capsys):
    assert score.main([str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
