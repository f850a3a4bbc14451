"""`python -m benchmarks.score PREDICTIONS.jsonl`: another system's answers on the published corpus, counted as `sekisho evaluate` counts.

A line is {"id": "d0001", "verdict": "violation"}; it may have `labels` (words of the corpus) and `spans` ([[start, end], …] in code
points of the text). A system that only says yes or no writes `violation` and `clear`. Judges nothing itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from sekisho.core.rules.model import Label, Outcome
from sekisho.interfaces.cli.corpus import read_corpus
from sekisho.interfaces.cli.evaluate import report_record
from sekisho.interfaces.cli.evaluation import Case, Found, Report, Score, report
from sekisho.interfaces.cli.failures import Failure

CORPUS = Path(__file__).parent / "data" / "dev.jsonl"
_SHOWN = 10
_BYTES = 200_000_000


class BadPredictions(ValueError):
    """Predictions that cannot be counted: which line, and what is wrong with it."""


def read_predictions(path: Path) -> dict[str, Found]:
    """What was said, by id of the text. Raises `BadPredictions`, `OSError`."""
    if path.stat().st_size > _BYTES:
        raise BadPredictions(f"{path}: more than {_BYTES:,} bytes")
    found: dict[str, Found] = {}
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            name, said = _said(json.loads(line.decode()))
        except (ValueError, RecursionError) as error:
            raise BadPredictions(f"{path}:{number}: {error}") from None
        if name in found:
            raise BadPredictions(f"{path}:{number}: a second answer for {name!r}")
        found[name] = said
    return found


def _said(fields: Any) -> tuple[str, Found]:
    if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
        raise ValueError("a line is an object with the `id` of a text")
    labels, spans = fields.get("labels") or [], fields.get("spans") or []
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("`labels` must be a list of words")
    if not isinstance(spans, list) or not all(_is_span(span) for span in spans):
        raise ValueError("`spans` must be a list of [start, end]")
    chosen = frozenset(Label(label) for label in labels if label != "none")
    return fields["id"], Found(Outcome(fields.get("verdict")), chosen, tuple((start, end) for start, end in spans))


def _is_span(span: Any) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(type(place) is int and place >= 0 for place in span)


def scored(corpora: list[Path], predictions: dict[str, Found]) -> Report:
    """The figures. Raises `BadPredictions` where texts have no answer or answers no text, or two texts one id."""
    cases: dict[str, Case] = {}
    for path in corpora:
        for one in read_corpus(path):
            if one.case.id in cases:
                raise BadPredictions(f"{path}: a second text with the id {one.case.id!r}")
            cases[one.case.id] = one.case
    for what, names in (("texts without an answer", cases.keys() - predictions), ("answers without a text", predictions.keys() - cases)):
        if names:
            raise BadPredictions(f"{len(names)} {what}: {', '.join(sorted(names)[:_SHOWN])}")
    return report([(case, predictions[name]) for name, case in cases.items()])


def table(figures: Report) -> Iterator[str]:
    """Markdown: overall, by label, and by every group the corpus tells; 95 % intervals in brackets."""
    yield "| | texts | hits | misses | false alarms | precision | recall | F1 |"
    yield "|---|---|---|---|---|---|---|---|"
    yield _row("violation", figures.overall)
    for label, score in figures.labels.items():
        yield _row(f"label {label.value}", score)
    for name, scores in figures.groups.items():
        for value, score in scores.items():
            yield _row(f"{name} {value}", score)


def _row(name: str, score: Score) -> str:
    counts = (score.texts, score.hits, score.misses, score.alarms)
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    cells = [_cell(value, score.intervals[kind]) for kind, value in shares.items()]
    return f"| {' | '.join([name, *map(str, counts), *cells])} |"


def _cell(value: float | None, interval: tuple[float, float] | None) -> str:
    return "–" if value is None or interval is None else f"{value:.3f} ({interval[0]:.3f}..{interval[1]:.3f})"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when the figures were written; 2 for files that cannot be counted, with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path, metavar="PREDICTIONS.jsonl")
    parser.add_argument("--corpus", type=Path, action="append", metavar="FILE", help="labelled texts; may be repeated (default: dev.jsonl)")
    parser.add_argument("--json", action="store_true", help="one JSON object, as `sekisho evaluate --json`")
    options = parser.parse_args(arguments)
    try:
        figures = scored(options.corpus or [CORPUS], read_predictions(options.predictions))
    except (BadPredictions, Failure, OSError) as error:
        print(f"score: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report_record(figures, misses=False)) if options.json else "\n".join(table(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
