"""Trains `reader.toml` from authored texts and ordinary text, and reports what leaving out one source at a time gives.

    python -m benchmarks.reader --ordinary FILE.jsonl [--ordinary ...] [--write]

Logistic regression with an L2 penalty, by Newton's method: the same input gives the same weights. Ordinary text (not in the
repository) is all negative; used were 12,000 utterances of asdc and 8,000 of JMultiWOZ-TC, both CC BY 4.0.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from sekisho.core.detection import load
from sekisho.core.detection.library import pack_folder
from sekisho.core.detection.reader import READER_FILE, features, is_readable
from sekisho.core.rules.model import Kind, Sender, Stage
from sekisho.core.text import fold

DATA = Path(__file__).parent.parent / "data"
PENALTY = 1.0
THRESHOLD = 0.55
SEEN_AT_LEAST = 3
SIGNS = {"age_sex_restriction", "too_good_pay", "vague_posting"}


def main() -> None:
    """Read the options, cross-validate, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--ordinary", action="append", default=[], help="JSON lines with `text`, all ordinary")
    parser.add_argument("--limit", type=int, default=12_000, help="rows taken of each ordinary file")
    parser.add_argument("--write", action="store_true", help=f"write {READER_FILE} into the standard pack")
    options = parser.parse_args()
    texts = [(path.stem, row) for path in _authored() for row in _rows(path)]
    ordinary = [row for path in options.ordinary for row in _rows(Path(path))[: options.limit]]
    seen = [(source, row, _features(row)) for source, row in texts]
    common = [f for f in map(_features, ordinary) if f]
    counts = Counter(name for _, _, names in seen for name in names)
    vocabulary = sorted(name for name, count in counts.items() if count >= SEEN_AT_LEAST)
    table = _Table(vocabulary, seen, common)
    _report(table)
    if options.write:
        weights, bias = table.fit(np.ones(len(table.rows), dtype=bool))
        _write(pack_folder("standard") / READER_FILE, vocabulary, weights, bias)


def _authored() -> list[Path]:
    """What may be trained on: the development corpus and the tuning texts, never `held_out`."""
    return [DATA / "dev.jsonl", *sorted((DATA / "authored").glob("*.jsonl"))]


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _features(row: dict) -> set[str]:
    judge = load("standard")
    kind = Kind(row.get("kind", "message"))
    folded = fold(row["text"])
    if not is_readable(folded.text, kind):
        return set()
    sight = judge.engine.look(folded.text, folded)
    if sight is None:
        return set()
    context = kind, Sender(row.get("sender", "client")), Stage(row.get("stage", "pre_contract"))
    return set(features(sight, judge.names, context))


class _Table:
    """Rows of features with their truth, and the fit over any part of them."""

    def __init__(self, vocabulary: list[str], seen: list[tuple[str, dict, set[str]]], common: list[set[str]]) -> None:
        self.place = {name: number for number, name in enumerate(vocabulary)}
        self.rows = [(source, row) for source, row, _ in seen]
        self.sources = np.array([source for source, _, _ in seen])
        self.truth = np.array([row["violation"] for _, row, _ in seen], dtype=float)
        self.read = np.array([bool(names) for _, _, names in seen])
        self.weak = np.array([any(name.startswith("frame:") for name in names) for _, _, names in seen])
        self.matrix = self._matrix([names for _, _, names in seen])
        self.common = self._matrix(common)

    def _matrix(self, rows: list[set[str]]) -> np.ndarray:
        matrix = np.zeros((len(rows), len(self.place) + 1))
        matrix[:, -1] = 1.0
        for number, names in enumerate(rows):
            for name in names:
                if name in self.place:
                    matrix[number, self.place[name]] = 1.0
        return matrix

    def fit(self, part: np.ndarray) -> tuple[np.ndarray, float]:
        part = part & self.read
        x = np.vstack([self.matrix[part], self.common])
        y = np.concatenate([self.truth[part], np.zeros(len(self.common))])
        penalty = np.full(x.shape[1], 1.0 / PENALTY)
        penalty[-1] = 1e-6
        w = np.zeros(x.shape[1])
        for _ in range(30):
            p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -40, 40)))
            gradient = x.T @ (p - y) + penalty * w
            hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
            step = np.linalg.solve(hessian, gradient)
            w -= step
            if np.abs(step).max() < 1e-8:
                break
        return w[:-1], float(w[-1])

    def probability(self, part: np.ndarray, weights: np.ndarray, bias: float) -> np.ndarray:
        scores = 1.0 / (1.0 + np.exp(-(self.matrix[part][:, :-1] @ weights + bias)))
        return np.where(self.read[part], scores, 0.0)


def _frames_alone(row: dict) -> bool:
    judge = load("standard")
    verdict = judge.judge(
        row["text"],
        kind=Kind(row["kind"]),
        sender=Sender(row["sender"]),
        stage=Stage(row["stage"]),
        approved_tools=row.get("approved_tools") or (),
        second_reader=False,
    )
    signs = row["violation"] and set(row["labels"]) <= SIGNS
    return verdict.verdict == "violation" or (signs and verdict.verdict == "caution")


def _report(table: _Table) -> None:
    frames = np.array([_frames_alone(row) for _, row in table.rows])
    read = np.zeros(len(table.rows))
    for source in sorted(set(table.sources)):
        part = table.sources == source
        read[part] = np.where(table.weak[part], table.probability(part, *table.fit(~part)), 0.0)
    truth = table.truth.astype(bool)
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        both = frames | (read >= threshold)
        print(f"threshold {threshold}: frames {_figures(frames, truth)}; with the reader {_figures(both, truth)}")
    for source in sorted(set(table.sources)):
        part = table.sources == source
        both = frames | (read >= THRESHOLD)
        print(f"  left out {source}: frames {_figures(frames[part], truth[part])}; with {_figures(both[part], truth[part])}")


def _figures(found: np.ndarray, truth: np.ndarray) -> str:
    hits = int((found & truth).sum())
    return f"P {hits / max(1, found.sum()):.3f} R {hits / max(1, truth.sum()):.3f}"


def _write(path: Path, vocabulary: list[str], weights: np.ndarray, bias: float) -> None:
    lines = [
        "# Made by `python -m benchmarks.reader --write`; not edited by hand.",
        f"bias = {bias:.4f}",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
    ]
    lines += [f'"{name}" = {weight:.3f}' for name, weight in zip(vocabulary, weights, strict=True) if abs(weight) >= 0.02]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
