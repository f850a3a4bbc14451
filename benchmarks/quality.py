"""How well texts are judged, tuned on and held out. The counting is that of `sekisho evaluate`; no text is shown."""

from __future__ import annotations

from pathlib import Path

from benchmarks import measure
from benchmarks.measure import Result, Section
from sekisho import check
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli.corpus import read_corpus
from sekisho.interfaces.cli.evaluation import Found, Report, Score, report

SHOWN = ("difficulty", "lang")
"""Groups that are told one by one."""


def found_in(corpus: Path) -> Report:
    """The figures of the standard pack over a corpus."""
    answers = []
    for one in read_corpus(corpus):
        verdict = check(one.case.text, **one.context)
        findings = [finding for finding in verdict.findings if finding.verdict is not Outcome.CLEAR]
        spans = tuple((finding.start, finding.end) for finding in findings)
        answers.append((one.case, Found(verdict.verdict, frozenset(finding.label for finding in findings), spans)))
    return report(answers)


def on(tuned: Path, held_out: Path) -> Section:
    """Precision and recall of `violation` with 95 % intervals: over the corpus tuned on, and over texts held out, also by group."""
    results = _pair("tuned", f"`{tuned.name}`, tuned on", found_in(tuned).overall)
    figures = found_in(held_out)
    results += _pair("held_out", "held out", figures.overall)
    for name in SHOWN:
        for value, score in figures.groups[name].items():
            results += _pair(f"held_out.{value}", f"held out, {name} {value}", score)
    note = (
        f"`{tuned.name}` is what the pack was tuned on: its figures foretell nothing. The {figures.overall.texts} texts held out are by one more "
        "author and were neither read nor trained on, but totals over them were looked at when thresholds were chosen. All are written, none "
        "is from a platform. Shares with their 95 % interval (Wilson). Another system is scored on the same texts by `python -m benchmarks.score`."
    )
    return Section("quality", "Judging", tuple(results), (note,))


def _pair(name: str, what: str, score: Score) -> list[Result]:
    precision = measure.share(score.hits, score.hits + score.alarms)
    recall = measure.share(score.hits, score.hits + score.misses)
    return [
        Result(f"quality.{name}.precision", f"{what}: precision", precision, ""),
        Result(f"quality.{name}.recall", f"{what}: recall", recall, ""),
    ]
