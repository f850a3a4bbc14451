"""`sekisho evaluate`: a labelled corpus judged and counted, as tables or JSON. The counting is in `evaluation`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from sekisho.core.detection import check
from sekisho.core.intervals import Interval
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli.corpus import Labelled, read_corpus
from sekisho.interfaces.cli.evaluation import Case, Found, Lapse, Ratio, Report, Score, report
from sekisho.interfaces.cli.failures import Failure, failure_of

SCHEMA = "sekisho.evaluation/1"
_EXCERPT = 120
"""Code points of a text shown beside a miss."""
_LAPSES = {
    Lapse.MISS: "misses",
    Lapse.FALSE_ALARM: "false alarms",
    Lapse.CAUTION: "caution on clear texts",
    Lapse.ELSEWHERE: "caught, but evidence elsewhere than marked",
}


@click.command(short_help="Measure a pack on a labelled corpus.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--pack", default="standard", show_default=True, help="The rules: a built-in pack or a folder.")
@click.option("--misses/--no-misses", default=True, help="List the wrong answers.  [default: misses]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
def evaluate(*, corpus: Path, pack: str, misses: bool, as_json: bool) -> int:
    """Judge every text of CORPUS (.jsonl) and count: precision, recall and F1 with 95 % intervals, and the wrong answers.

    A line has text, violation, labels, and may have id, evidence, kind, sender, stage, approved_tools, difficulty, lang.
    """
    try:
        figures = report([(labelled.case, _found(labelled, pack)) for labelled in read_corpus(corpus)])
    except PackError as error:
        raise failure_of(error) from None
    if as_json:
        click.echo(json.dumps(report_record(figures, misses=misses), ensure_ascii=True))
    else:
        _show(figures, misses=misses)
    return 0


def _found(labelled: Labelled, pack: str) -> Found:
    try:
        verdict = check(labelled.case.text, **labelled.context, pack=pack)
    except PackError:
        raise
    except ValueError as error:
        raise Failure(failure_of(error).code, f"{labelled.case.id}: {error}") from None
    findings = [f for f in verdict.findings if f.verdict is not Outcome.CLEAR]
    return Found(
        verdict.verdict, frozenset(f.label for f in findings), tuple((f.start, f.end) for f in findings)
    )


def report_record(figures: Report, *, misses: bool = True) -> dict[str, Any]:
    """The figures as JSON; an interval or a share of nothing is null."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "overall": _score_record(figures.overall),
        "labels": {label.value: _score_record(score) for label, score in figures.labels.items()},
        "groups": {
            name: {value: _score_record(score) for value, score in scores.items()}
            for name, scores in figures.groups.items()
        },
        "evidence_overlap": _ratio_record(figures.evidence),
        "caution_on_clear": _ratio_record(figures.caution_on_clear),
        "unsure": _ratio_record(figures.unsure),
    }
    if misses:
        record["lapses"] = [_lapse_record(lapse, case, found) for lapse, case, found in figures.lapses]
    return record


def _score_record(score: Score) -> dict[str, Any]:
    return {
        "texts": score.texts,
        "hits": score.hits,
        "misses": score.misses,
        "false_alarms": score.alarms,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "intervals": score.intervals,
    }


def _ratio_record(ratio: Ratio) -> dict[str, Any]:
    return {"part": ratio.part, "whole": ratio.whole, "share": ratio.share, "interval": ratio.interval}


def _lapse_record(lapse: Lapse, case: Case, found: Found) -> dict[str, Any]:
    return {
        "lapse": lapse.value,
        "id": case.id,
        "violation": case.violation,
        "labels": sorted(case.labels),
        "verdict": found.verdict.value,
        "found": sorted(found.labels),
        "text": case.text,
    }


def _show(figures: Report, *, misses: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from sekisho.interfaces.cli.render import console_for
    from sekisho.interfaces.cli.visible import visible

    console = console_for()
    sections: list[tuple[str, Mapping[Any, Score]]]
    sections = [("violation", {"all texts": figures.overall}), ("by label", figures.labels)]
    sections += [(f"by {name}", scores) for name, scores in figures.groups.items() if scores]
    for title, scores in sections:
        table = Table(
            title, "texts", "hits", "misses", "alarms", "precision", "recall", "F1", box=None, pad_edge=False
        )
        for column in table.columns[1:]:
            column.justify = "right"
        for name, score in scores.items():
            table.add_row(str(name), *_cells(score))
        console.print(table)
        console.print()
    for title, ratio in _ratios(figures):
        console.print(f"{title}: {ratio.part} of {ratio.whole}{_with_interval(ratio.share, ratio.interval)}")
    if misses:
        for lapse, title in _LAPSES.items():
            wrong = [(case, found) for kind, case, found in figures.lapses if kind is lapse]
            console.print(f"\n{title}: {len(wrong)}", style="bold")
            for case, found in wrong:
                excerpt = visible(case.text[:_EXCERPT]) + ("…" if len(case.text) > _EXCERPT else "")
                said = f"{found.verdict.value}: {_names(found.labels)}"
                console.print(f"  {visible(case.id)}  {_names(case.labels)}  ->  {said}", soft_wrap=True)
                console.print(Text(f"      {excerpt}"), soft_wrap=True)


def _ratios(figures: Report) -> Iterable[tuple[str, Ratio]]:
    yield "evidence overlaps the marked substring in hits", figures.evidence
    yield "caution on clear texts", figures.caution_on_clear
    yield "unsure", figures.unsure


def _cells(score: Score) -> list[str]:
    counts = [str(number) for number in (score.texts, score.hits, score.misses, score.alarms)]
    values = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return counts + [
        _with_interval(value, score.intervals[name]).strip(" =") for name, value in values.items()
    ]


def _with_interval(value: float | None, interval: Interval | None) -> str:
    if value is None or interval is None:
        return " = –"
    return f" = {value:.3f} [{interval[0]:.3f}, {interval[1]:.3f}]"


def _names(labels: Iterable[str]) -> str:
    return ", ".join(sorted(labels)) or "none"
