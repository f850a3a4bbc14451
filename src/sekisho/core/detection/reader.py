"""The second reader: a small weighted sum over what was seen (classes, frames, cancelled frames, context), never over characters.

It answers one question, "is an act asserted here?", for short texts in which frames found nothing they could stand by.
Its weights are trained by `benchmarks/reader` and shipped with the pack as `reader.toml`; why it is here: `docs/decisions/0007`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sekisho.core.detection.engine import Sight
from sekisho.core.rules.model import Kind, Sender, Stage

READER_FILE = "reader.toml"

LONGEST = 400
"""Code points a text may have to be read: long texts hold words of every class and would be flagged for their length."""

KINDS = frozenset(Kind) - {Kind.POSTING}
"""Kinds that are read. On real postings it was wrong on one in seven."""

_KANA = re.compile("[ぁ-ヺ]")


def is_readable(text: str, kind: Kind) -> bool:
    """Whether a folded text is of the sort the reader was trained on: short, Japanese, not a posting.

    The ordinary text it learned from is Japanese; on 2,051 real English utterances it was wrong on 27.
    """
    return kind in KINDS and len(text) <= LONGEST and _KANA.search(text) is not None


@dataclass(frozen=True, slots=True)
class Reader:
    """Weights by feature name; a text is read as asserting an act when the probability reaches `threshold`."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def score(self, features: Iterable[str]) -> float:
        """The probability, from 0 to 1, that an act is asserted."""
        total = self.bias + sum(self.weights.get(name, 0.0) for name in set(features))
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, total))))


def load_reader(folders: Iterable[Path]) -> Reader | None:
    """The reader of the first of `folders` (a pack and those it extends) that has one. Raises `ValueError` for a damaged file."""
    for folder in folders:
        path = folder / READER_FILE
        if path.is_file():
            try:
                data = tomllib.loads(path.read_text(encoding="utf-8"))
                weights = {str(name): float(weight) for name, weight in data["weights"].items()}
                return Reader(weights, float(data["bias"]), float(data["threshold"]))
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                raise ValueError(f"{path} is damaged ({error}); make it anew with `python -m benchmarks.reader`") from error
    return None


def features(
    sight: Sight, names: Mapping[int, str], context: tuple[Kind, Sender, Stage]
) -> Iterator[str]:
    """What the reader sees of a text. `names` maps the own bit of a class to its name."""
    for _, _, mask in sight.reading.tokens:
        yield names[mask & -mask]
    for match in sight.search.standing:
        yield f"frame:{match.compiled.frame.id}"
    for _, scope, _ in sight.search.cancelled:
        yield f"cancelled:{scope}"
    for identifier in sight.identifiers:
        yield f"identifier:{identifier.kind}"
    kind, sender, stage = context
    yield f"kind:{kind}"
    yield f"sender:{sender}"
    yield f"stage:{stage}"
