from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.intervals import f1_interval, wilson
from sekisho.core.rules.model import Label, Outcome
from sekisho.interfaces.cli.evaluation import Case, Found, Lapse, Ratio, Score, lapses_of, report

from .conftest import Run

CHANNEL, VAGUE, PAY = Label.CHANNEL_SOLICITATION, Label.VAGUE_POSTING, Label.TOO_GOOD_PAY
CLEAR = Found(Outcome.CLEAR)


def case(
    violation: bool, *labels: Label, text: str = "LINEへ", evidence: tuple[str, ...] = (), **groups: str
) -> Case:
    return Case("x", text, violation, frozenset(labels), evidence, groups)


def found(outcome: str, *labels: Label, spans: tuple[tuple[int, int], ...] = ()) -> Found:
    return Found(Outcome(outcome), frozenset(labels), spans)


def test_precision_recall_and_f1_of_a_hand_counted_corpus() -> None:
    answers = [
        (case(True, CHANNEL), found("violation", CHANNEL)),
        (case(True, CHANNEL), found("violation", CHANNEL)),
        (case(True, CHANNEL), found("violation")),
        (case(True, CHANNEL), CLEAR),
        (case(False), found("violation", CHANNEL)),
        (case(False), CLEAR),
    ]
    overall = report(answers).overall
    assert overall == Score(hits=3, misses=1, alarms=1, texts=6)
    assert (overall.precision, overall.recall, overall.f1) == (0.75, 0.75, 0.75)


def test_caution_catches_a_violation_by_signs_alone() -> None:
    assert report([(case(True, PAY, VAGUE), found("caution", PAY))]).overall.hits == 1


def test_caution_does_not_catch_a_violation_by_more_than_signs() -> None:
    assert report([(case(True, PAY, CHANNEL), found("caution", PAY))]).overall.misses == 1


def test_caution_on_a_merely_vague_posting_is_right() -> None:
    vague, answer = case(False, VAGUE), found("caution", VAGUE)
    assert report([(vague, answer)]).overall.alarms == 0
    assert lapses_of(vague, answer) == []


def test_violation_on_a_merely_vague_posting_is_a_false_alarm() -> None:
    assert lapses_of(case(False, VAGUE), found("violation", VAGUE)) == [Lapse.FALSE_ALARM]


def test_caution_on_a_clear_text_is_a_share_and_no_false_alarm() -> None:
    figures = report(
        [(case(False), found("caution", PAY)), (case(False), CLEAR), (case(False, VAGUE), CLEAR)]
    )
    assert figures.overall.alarms == 0
    assert figures.caution_on_clear == Ratio(1, 2)


def test_unsure_is_a_miss_and_a_share() -> None:
    figures = report([(case(True, CHANNEL), found("unsure")), (case(False), CLEAR)])
    assert figures.overall.misses == 1
    assert figures.unsure == Ratio(1, 2)


def test_labels_are_counted_each_for_itself() -> None:
    figures = report([(case(True, CHANNEL, PAY), found("violation", CHANNEL, VAGUE))])
    assert figures.labels[CHANNEL] == Score(1, 0, 0, 1)
    assert figures.labels[PAY] == Score(0, 1, 0, 1)
    assert figures.labels[VAGUE] == Score(0, 0, 1, 1)


def test_groups_split_the_texts() -> None:
    figures = report(
        [(case(True, CHANNEL, lang="ja"), CLEAR), (case(True, CHANNEL, lang="en"), found("violation"))]
    )
    assert {name: score.recall for name, score in figures.groups["lang"].items()} == {"en": 1.0, "ja": 0.0}


TWICE = "では LINEへ。はい、LINEへ"
FIRST, SECOND = TWICE.index("LINEへ"), TWICE.rindex("LINEへ")


@pytest.mark.parametrize(
    ("span", "overlaps"),
    [
        ((FIRST, FIRST + 1), True),
        ((0, FIRST + 1), True),
        ((FIRST + 4, SECOND), True),
        ((SECOND, SECOND + 5), True),
        ((0, FIRST), False),
        ((FIRST + 5, SECOND), False),
    ],
)
def test_evidence_overlaps_when_one_character_of_any_occurrence_is_shared(
    span: tuple[int, int], overlaps: bool
) -> None:
    marked = case(True, CHANNEL, text=TWICE, evidence=("LINEへ",))
    assert report([(marked, found("violation", CHANNEL, spans=(span,)))]).evidence == Ratio(int(overlaps), 1)


def test_evidence_is_asked_only_of_hits_with_marks() -> None:
    figures = report(
        [(case(True, CHANNEL), found("violation")), (case(True, CHANNEL, evidence=("LINE",)), CLEAR)]
    )
    assert figures.evidence == Ratio(0, 0)


def test_wilson_is_the_published_interval() -> None:
    low, high = wilson(81, 263) or (0, 0)  # Newcombe 1998, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_an_interval_of_nothing_is_none() -> None:
    assert wilson(0, 0) is None
    assert f1_interval(0, 0) is None


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_every_share_lies_in_its_interval(hits: int, misses: int, alarms: int) -> None:
    score = Score(hits, misses, alarms)
    for name, interval in score.intervals.items():
        value = getattr(score, name)
        assert (value is None) == (interval is None)
        if interval is not None:
            assert 0 <= interval[0] <= value + 1e-12
            assert value - 1e-12 <= interval[1] <= 1


CORPUS = [
    {
        "id": "a",
        "text": "LINEに移動",
        "violation": True,
        "labels": ["channel_solicitation"],
        "evidence": ["LINEに"],
        "lang": "ja",
    },
    {
        "id": "b",
        "text": "よろしく",
        "violation": True,
        "labels": ["direct_payment"],
        "evidence": ["よろしく"],
    },
    {"id": "c", "text": "女性限定", "violation": False, "labels": ["none"], "evidence": []},
]


def write(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_evaluate_prints_figures_and_wrong_answers(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", write(tmp_path / "c.jsonl", CORPUS))
    assert result.exit_code == 0
    assert "misses: 1" in result.stdout
    assert "caution on clear texts: 1 of 1" in result.stdout


def test_evaluate_as_json_has_the_same_figures(run: Run, tmp_path: Path) -> None:
    figures = json.loads(run("evaluate", "--json", write(tmp_path / "c.jsonl", CORPUS)).stdout)
    assert (figures["overall"]["hits"], figures["overall"]["misses"]) == (1, 1)
    assert [(lapse["lapse"], lapse["id"]) for lapse in figures["lapses"]] == [
        ("miss", "b"),
        ("caution_on_clear", "c"),
    ]


def test_no_misses_leaves_the_list_out(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", CORPUS)
    assert "lapses" not in json.loads(run("evaluate", "--json", "--no-misses", path).stdout)


@pytest.mark.parametrize(
    "row",
    [
        {"text": 3, "violation": True},
        {"text": "a"},
        {"text": "a", "violation": True, "labels": ["x"]},
        {"text": "a", "violation": True, "evidence": ["b"]},
        {"text": "a", "violation": True, "stage": "later"},
        {"text": "a", "violation": True, "labels": "none"},
    ],
)
def test_a_bad_corpus_line_is_named(run: Run, tmp_path: Path, row: dict[str, object]) -> None:
    path = write(tmp_path / "c.jsonl", [CORPUS[0], row])
    result = run("evaluate", path)
    assert result.exit_code == 2
    assert f"{path}:2: " in result.stderr


def test_an_empty_corpus_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", write(tmp_path / "c.jsonl", [])).exit_code == 2
