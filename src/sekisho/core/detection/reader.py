"""The second reader: weighs the letters of a short text as a whole, where frames only see the acts they know.

It answers one question, "is somebody steered outside, asked for data or money, or pressed here?", and which label that is.
Trained by `benchmarks/reader`, shipped with the pack as `reader.tsv`; why letters, and how far trusted: `docs/decisions/0009`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from sekisho.core.detection.stretches import stretches
from sekisho.core.rules.model import Kind, Label

READER_FILE = "reader.tsv"
FORMAT = "sekisho.reader/2"

SHORTEST, LONGEST = 20, 800
"""Code points a text has to be read: a shorter one has too few letters, in a longer one a line that steers outside is drowned."""
GRAM = 4
"""Most code points of a gram."""
SCOUTS = 4
"""Different scouts that must be in a text before its letters are weighed at all: nine ordinary texts in ten have fewer."""
NEAR = 4
"""Sentences of one act that are weighed."""
DOUBT = "doubt"
"""The threshold below which an act is doubted; a reader file without it doubts none."""
SPAN = 60
"""Code points of the span that is shown for what was read."""

_NAMES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a gram adds: to the sum, and to one label's sum (`label` "" and `strength` 0 when to none)."""

    weight: float
    label: str = ""
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: which label, and the span [start, end) of the folded text that moved the sum most."""

    label: Label
    start: int
    end: int


class Reader:
    """Weights by gram. A text is read as asserting an act when its sum reaches the threshold of its language and kind."""

    def __init__(
        self,
        weights: Mapping[str, Weight],
        bias: float,
        thresholds: Mapping[str, float],
        scouts: Iterable[str],
        scouts_needed: int = SCOUTS,
    ) -> None:
        self._weights = dict(weights)
        self._sums = {gram: weight.weight for gram, weight in weights.items()}
        self._bias, self._thresholds = bias, dict(thresholds)
        self._scouts = AhoCorasick(list(scouts))
        self._needed = scouts_needed

    def score(self, text: str) -> float:
        """The weighed sum of a folded text; 0 is as likely as not among the texts it was trained on."""
        return self._sum(_grams(lettered(text)), len(text))

    def read(self, text: str, kind: Kind) -> Read | None:
        """What a folded text asserts; None when it asserts nothing, or is too short or too long to be read."""
        if not SHORTEST <= len(text) <= LONGEST:
            return None
        seen = lettered(text)
        if not self._worth_weighing(seen):
            return None
        grams = _grams(seen)
        if self._sum(grams, len(text)) < self._thresholds[_sort(text, kind)]:
            return None
        return Read(self._label(grams), *self._span(text, seen))

    def doubts(self, text: str, ends: Sequence[int], start: int, end: int) -> bool:
        """Whether the sentences of an act at [start, end) of a folded text read far from any act, alone and with neighbours.

        `ends` are where the sentences of the text end. What stands farther away counts for nothing:
        kind talk hides no line. A sentence too short to be read is not doubted.
        """
        least = self._thresholds.get(DOUBT, -math.inf)
        near = [both for both in stretches(ends, len(text)) if both[1][0] < end and start < both[1][1]][:NEAR]
        if min(high - low for _, (low, high) in near) < SHORTEST:
            return False
        return all(self.score(text[low:high]) < least for both in near for low, high in both)

    def _worth_weighing(self, seen: str) -> bool:
        hits = self._scouts.find_matches_as_indexes(seen, overlapping=True)
        return len(hits) >= self._needed and len({hit[0] for hit in hits}) >= self._needed

    def _sum(self, grams: set[str], length: int) -> float:
        weights = self._sums
        return self._bias + math.fsum(weights.get(gram, 0.0) for gram in grams) / math.sqrt(GRAM * max(length, 10))

    def _label(self, grams: set[str]) -> Label:
        sums: dict[str, float] = {}
        for gram in sorted(grams):  # a set's order is no order: sums of floats must repeat
            weight = self._weights.get(gram)
            if weight is not None and weight.label:
                sums[weight.label] = sums.get(weight.label, 0.0) + weight.strength
        return Label(max(sorted(sums), key=sums.__getitem__)) if sums else Label.CHANNEL_SOLICITATION

    def _span(self, text: str, seen: str) -> tuple[int, int]:
        """The stretch of at most `SPAN` code points whose grams weigh most."""
        at = [0.0] * (len(text) + 1)
        for length in range(1, GRAM + 1):
            for start in range(len(text) - length + 1):
                weight = self._sums.get(seen[start : start + length], 0.0)
                if weight > 0:
                    at[start] += weight
        best, place, total = -1.0, 0, 0.0
        for end in range(len(text)):
            total += at[end] - (at[end - SPAN] if end >= SPAN else 0.0)
            if total > best:
                best, place = total, end
        start = max(0, place - SPAN + 1)
        while start < place and (at[start] == 0.0 or text[start].isspace()):
            start += 1
        end = min(len(text), place + GRAM)
        while end > start + 1 and text[end - 1].isspace():
            end -= 1
        return start, end


_DIGITS = str.maketrans("123456789", "000000000")


def lettered(text: str) -> str:
    """A folded text as the reader sees it: no digit tells from another, and `example` is not there.

    The authors' contacts reach nobody because of such traits; real ones do not have them. Keeps the length.
    """
    return text.translate(_DIGITS).replace("example", "0000000")


def _grams(text: str) -> set[str]:
    grams = set(text)
    for length in range(2, GRAM + 1):
        grams.update([text[at : at + length] for at in range(len(text) - length + 1)])
    return grams


def _is_japanese(text: str) -> bool:
    return any("ぁ" <= char <= "ヺ" for char in text)


def _sort(text: str, kind: Kind) -> str:
    """Which threshold counts: letters of Japanese or not, a posting or not."""
    language = "ja" if _is_japanese(text) else "en"
    return f"{language}.posting" if kind is Kind.POSTING else language


SORTS = ("ja", "en", "ja.posting", "en.posting")
"""The thresholds a reader file has."""


def load_reader(folders: Iterable[Path]) -> Reader | None:
    """The reader of the first of `folders` (a pack and those it extends) that has one. Raises `ValueError` for a damaged file."""
    for folder in folders:
        path = folder / READER_FILE
        if path.is_file():
            try:
                return _parsed(path.read_text(encoding="utf-8").split("\n"))
            except (KeyError, ValueError, IndexError) as error:
                raise ValueError(f"{path} is damaged ({error}); make it anew with `python -m benchmarks.reader`") from error
    return None


def _parsed(lines: list[str]) -> Reader:
    if lines[0] != FORMAT:
        raise ValueError(f"its first line is not {FORMAT}")
    bias, thresholds = 0.0, {}
    weights: dict[str, Weight] = {}
    scouts: list[str] = []
    for line in lines[1:]:
        if not line:
            continue
        kind, name, *values = line.split("\t")
        if kind == "bias":
            bias = float(name)
        elif kind == "threshold":
            thresholds[name] = float(values[0])
        else:
            gram = unescaped(name)
            label, strength = (values[1], float(values[2])) if len(values) > 1 else ("", 0.0)
            weights[gram] = Weight(float(values[0]), label and Label(label).value, strength)
            if kind == "scout":
                scouts.append(gram)
    missing = [name for name in SORTS if name not in thresholds]
    if missing:
        raise ValueError(f"no threshold {missing[0]}")
    return Reader(weights, bias, thresholds, scouts)


def escaped(gram: str) -> str:
    """A gram as it stands in the file: on one line, without a tab."""
    return gram.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def unescaped(name: str) -> str:
    """The gram that `escaped` wrote."""
    return "".join(_pieces(name)) if "\\" in name else name


def _pieces(name: str) -> Iterator[str]:
    at = 0
    while at < len(name):
        pair = name[at : at + 2]
        yield _NAMES.get(pair, name[at])
        at += 2 if pair in _NAMES else 1
