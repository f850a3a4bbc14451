"""Trains `reader.tsv` from authored texts, the examples of the rules, and ordinary text, and reports what leaving out one author at a time gives.

    python -m benchmarks.reader --ordinary FILE.jsonl [--ordinary ...] [--write]

Logistic regression with an L2 penalty over grams of one to four code points of the folded text: the same input gives the same weights.
An authored text is learned from as a whole, by its sentences, and by its sentences with their neighbours: where in it the act stands
is known from its evidence, so that the weights settle on the act and not on the talk around it.
Ordinary text (not in the repository) is all negative; used were asdc, JMultiWOZ-TC, BSD (both languages), real postings in both
languages, and the ordinary half of an SMS collection.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import traffic
from sekisho.core.detection.library import pack_folder
from sekisho.core.detection.reader import FORMAT, GRAM, READER_FILE, escaped, lettered
from sekisho.core.detection.reading import read_sentences
from sekisho.core.detection.stretches import stretches
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import Expect
from sekisho.core.text import fold

DATA = Path(__file__).parent.parent / "data"
THRESHOLDS = {"ja": 0.4, "en": 0.7, "ja.posting": 0.5, "en.posting": 0.9, "doubt": -2.2}
"""What a sum must reach, by language and kind; what an act's sentence must reach, alone or with its neighbours, not to be doubted."""
KEPT = 30_000
"""Grams that are kept: those whose weight times spread matters most."""
PENALTY = 1 / 30
AROUND, CORE = 1.0, 0.5
"""Of a sentence with its neighbours, and of a sentence, against the whole text; both by the root of their number."""
FOLDS = 5
"""Groups of authors left out in turn."""
ORDINARY_WEIGHT = 0.15
"""Of one ordinary text against one authored text."""
SCOUTS, SCOUT_SHARE = 2_000, 0.002
"""Scouts, and the share of ordinary texts that a scout may stand in."""
GENERATED, GENERATED_SEED = 9_000, 77
"""Made-up ordinary work talk: no real talk between clients and workers is at hand, and other dialogues do not stand for it."""
SEEN_AT_LEAST = 3
SIGNS = {"age_sex_restriction", "too_good_pay", "vague_posting"}
"""Signs of their own, left to the frames."""


@dataclass(frozen=True, slots=True)
class Model:
    """Grams with their weights, idf included; a text's sum is over the grams in it, by the root of its length."""

    grams: Sequence[str]
    weights: np.ndarray
    bias: float
    counter: CountVectorizer

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The sums of folded texts."""
        return np.asarray(_scale(texts) @ (self.counter.transform(texts) @ self.weights) + self.bias)


def main() -> None:
    """Read the options, cross-validate, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ordinary", action="append", default=[], help="JSON lines with `text`; rows labelled `spam` are left out")
    parser.add_argument("--limit", type=int, default=30_000, help="rows taken of each ordinary file")
    parser.add_argument("--leave-out", action="store_true", help="report every author left out in turn")
    parser.add_argument("--write", action="store_true", help=f"write {READER_FILE} into the standard pack")
    options = parser.parse_args()
    rows = [(path.stem, row) for path in _authored() for row in _rows(path) if not _is_sign(row)]
    rows += [("examples", row) for row in _examples() if not _is_sign(row)]
    ordinary = [
        _seen(row)
        for path in options.ordinary
        for row in _rows(Path(path))[: options.limit]
        if row.get("label") != "spam"
    ]
    ordinary += [lettered(fold(text).text) for text in traffic.ordinary(GENERATED, seed=GENERATED_SEED)]
    if options.leave_out:
        authors = sorted({author for author, _ in rows} - {"examples"})
        _report([authors[fold::FOLDS] for fold in range(FOLDS)], rows, ordinary)
    if options.write:
        model = train([row for _, row in rows], ordinary)
        lines = list(_lines(model, [row for _, row in rows], ordinary))
        (pack_folder("standard") / READER_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(lines)} lines written")


def _authored() -> list[Path]:
    """What may be trained on: the development corpus and the tuning texts, never `held_out`."""
    return [DATA / "dev.jsonl", *sorted((DATA / "authored").glob("*.jsonl"))]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _examples() -> Iterator[dict[str, Any]]:
    """The standard pack's own examples: what its rules promise, the reader must not take back. Hits that need a thread are no acts by themselves."""
    for rule in load_pack(pack_folder("standard")).rules.values():
        for example in rule.examples:
            if example.expect is Expect.CLEAR or (example.expect is Expect.HIT and not rule.when):
                hit = example.expect is Expect.HIT
                labels, evidence = ([rule.label.value], [example.span]) if hit else (["none"], [])
                yield {"text": example.text, "violation": hit, "labels": labels, "evidence": evidence}


def _is_sign(row: dict[str, Any]) -> bool:
    return bool(row["violation"]) and set(row["labels"]) <= SIGNS


def _seen(row: dict[str, Any]) -> str:
    """The letters of a row as the reader sees them."""
    return lettered(fold(row["text"]).text)


def _scale(texts: Sequence[str]) -> Any:
    return diags([1 / (GRAM * max(len(text), 10)) ** 0.5 for text in texts])


@dataclass(frozen=True, slots=True)
class Part:
    """Folded letters to learn from, whether they assert an act, and how much they count."""

    seen: str
    asserts: bool
    counts: float


def _parts(row: dict[str, Any]) -> Iterator[Part]:
    """A row as a whole, then by its sentences, with and without their neighbours."""
    folded = fold(row["text"])
    text, acts = folded.text, bool(row["violation"])
    yield Part(lettered(text), acts, 1.0)
    shown = [(at, at + len(piece)) for piece in row["evidence"] if (at := row["text"].find(piece)) >= 0] if acts else []
    cut = stretches(read_sentences(text, []).ends, len(text))
    share = len(cut) ** -0.5
    for around, core in cut:
        for (start, end), counts in ((around, AROUND), (core, CORE)):
            low, high = folded.span(start, end) if end > start else (0, 0)
            asserts = any(low < last and first < high for first, last in shown)
            yield Part(lettered(text[start:end]), asserts, counts * share)


def train(rows: Sequence[dict[str, Any]], ordinary: Sequence[str]) -> Model:
    """The model of authored rows and ordinary folded texts."""
    parts = [part for row in rows for part in _parts(row)]
    texts = [*(_seen(row) for row in rows), *ordinary]
    counter = CountVectorizer(
        analyzer="char", lowercase=False, ngram_range=(1, GRAM), min_df=SEEN_AT_LEAST, binary=True, dtype=np.float32
    )
    spread = np.asarray(counter.fit_transform(texts).sum(0)).ravel()
    rarity = np.log((1 + len(texts)) / (1 + spread)) + 1
    rarity /= rarity.mean()
    learned = [*(part.seen for part in parts), *ordinary]
    truth = np.array([*(part.asserts for part in parts), *([False] * len(ordinary))])
    counts = np.array([*(part.counts for part in parts), *([ORDINARY_WEIGHT] * len(ordinary))])
    table = csr_matrix(_scale(learned) @ counter.transform(learned) @ diags(rarity))
    fit = LogisticRegression(C=1 / PENALTY, max_iter=100, solver="liblinear").fit(table, truth, sample_weight=counts)
    weights = fit.coef_.ravel() * rarity
    weights[np.argsort(-np.abs(weights) * np.sqrt(spread), kind="stable")[KEPT:]] = 0.0
    return Model(counter.get_feature_names_out().tolist(), weights, float(fit.intercept_[0]), counter)


def _report(folds: Sequence[list[str]], rows: Sequence[tuple[str, dict[str, Any]]], ordinary: Sequence[str]) -> None:
    """Each fold's authors left out in turn; the sums of all of them taken together."""
    sums: list[float] = []
    left: list[dict[str, Any]] = []
    for fold_ in folds:
        model = train([row for name, row in rows if name not in fold_], ordinary)
        texts = [row for name, row in rows if name in fold_]
        sums += model.scores([_seen(row) for row in texts]).tolist()
        left += texts
    truth, found = np.array([row["violation"] for row in left]), np.array(sums)
    for language in ("ja", "en"):
        spoken = np.array([row["lang"] == language for row in left])
        for threshold in (-0.5, 0.0, 0.5, 1.0, 1.5):
            said = (found > threshold) & spoken
            right = int((said & truth).sum())
            wanted = int((truth & spoken).sum())
            print(f"{language} {threshold:4.1f} precision {right / max(said.sum(), 1):.3f} recall {right / max(wanted, 1):.3f}")


def _lines(model: Model, rows: Sequence[dict[str, Any]], ordinary: Sequence[str]) -> Iterator[str]:
    yield FORMAT
    yield f"bias\t{model.bias:.4f}"
    for name, value in THRESHOLDS.items():
        yield f"threshold\t{name}\t{value}"
    labels = _labels(model, rows)
    scouts = _scouts(model, rows, ordinary)
    for place in np.flatnonzero(model.weights):
        gram = model.grams[place]
        kind = "scout" if place in scouts else "gram"
        line = f"{kind}\t{escaped(gram)}\t{model.weights[place]:.3f}"
        if place in labels:
            label, strength = labels[place]
            line += f"\t{label}\t{strength:.2f}"
        yield line


def _labels(model: Model, rows: Sequence[dict[str, Any]]) -> dict[int, tuple[str, float]]:
    """Which label a gram speaks for, among texts that have one; only where it speaks clearly."""
    steering = [row for row in rows if row["violation"]]
    found = csr_matrix(model.counter.transform([_seen(row) for row in steering])) @ diags((model.weights > 0) * 1.0)
    names = sorted({label for row in steering for label in row["labels"]} - SIGNS - {"none"})
    best: dict[int, tuple[str, float]] = {}
    strengths = []
    for name in names:
        truth = np.array([name in row["labels"] for row in steering])
        inside = (np.asarray(found[truth].sum(0)).ravel() + 0.5) / (truth.sum() + 1)
        outside = (np.asarray(found[~truth].sum(0)).ravel() + 0.5) / ((~truth).sum() + 1)
        strengths.append(np.log(inside / outside) * np.minimum(1.0, np.asarray(found.sum(0)).ravel() / 8))
    table = np.vstack(strengths)
    for place in np.flatnonzero(model.weights > 0):
        label = int(table[:, place].argmax())
        if table[label, place] > 0.5:
            best[int(place)] = (names[label], float(table[label, place]))
    return best


def _scouts(model: Model, rows: Sequence[dict[str, Any]], ordinary: Sequence[str]) -> set[int]:
    """Grams that steering texts have and ordinary texts have hardly ever."""
    common = np.asarray(model.counter.transform(ordinary).mean(0)).ravel()
    steering = model.counter.transform([_seen(row) for row in rows if row["violation"]])
    worth = model.weights * np.sqrt(np.asarray(steering.sum(0)).ravel())
    worth[[len(gram) < 2 for gram in model.grams]] = 0.0
    worth[(common > SCOUT_SHARE) | (model.weights <= 0)] = 0.0
    ranked = np.argsort(-worth, kind="stable")[:SCOUTS]
    return {int(place) for place in ranked if worth[place] > 0}


if __name__ == "__main__":
    main()
