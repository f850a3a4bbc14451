"""Counting how well a pack does on labelled texts. Pure: cases and answers in, figures out; no files, no judging.

The rule of counting:

* A text is *caught* when its verdict is `violation`; `caution` also counts where the text is a violation by its signs alone
  (age or sex, pay, vagueness: no other label), since caution is all these ever get.
* A false alarm is a `violation` on a text that is none. `caution` on one is counted as a share of its own, over the texts
  without any label; on a posting that is merely vague it is right.
* By label, what is found is the labels of the findings that are not clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sekisho.core.intervals import Interval, f1_interval, wilson
from sekisho.core.rules.model import Label, Outcome

SIGNS_ALONE = frozenset({Label.AGE_SEX_RESTRICTION, Label.TOO_GOOD_PAY, Label.VAGUE_POSTING})
GROUPS = ("stage", "difficulty", "lang", "kind", "sender")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text. `groups` is by name of `GROUPS`; `evidence` are substrings of `text`."""

    id: str
    text: str
    violation: bool
    labels: frozenset[Label]
    evidence: tuple[str, ...] = ()
    groups: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What was said about a case: labels and spans (code points) of the findings that are not clear."""

    verdict: Outcome
    labels: frozenset[Label] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()


class Lapse(StrEnum):
    """How an answer can be wrong."""

    MISS = "miss"
    FALSE_ALARM = "false_alarm"
    CAUTION = "caution_on_clear"
    ELSEWHERE = "evidence_elsewhere"


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, misses and false alarms of one question over some texts."""

    hits: int = 0
    misses: int = 0
    alarms: int = 0
    texts: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the caught that are right; None when nothing was caught."""
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float | None:
        """Share of the right that are caught; None when there are none."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None when there was nothing to catch and nothing caught."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms)

    @property
    def intervals(self) -> dict[str, Interval | None]:
        """95 % intervals of the three."""
        return {
            "precision": wilson(self.hits, self.hits + self.alarms),
            "recall": wilson(self.hits, self.hits + self.misses),
            "f1": f1_interval(self.hits, self.misses + self.alarms),
        }


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """None when the whole is nothing."""
        return _share(self.part, self.whole)

    @property
    def interval(self) -> Interval | None:
        """95 % interval of the share."""
        return wilson(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one evaluation. `lapses` are in the order of the corpus; a case can have two of them."""

    overall: Score
    labels: dict[Label, Score]
    groups: dict[str, dict[str, Score]]
    evidence: Ratio
    caution_on_clear: Ratio
    unsure: Ratio
    lapses: tuple[tuple[Lapse, Case, Found], ...]


def caught(case: Case, found: Found) -> bool:
    """Whether the answer counts as catching a violation."""
    if found.verdict is Outcome.CAUTION:
        return case.violation and bool(case.labels) and case.labels <= SIGNS_ALONE
    return found.verdict is Outcome.VIOLATION


def evidence_overlaps(case: Case, found: Found) -> bool:
    """Whether some span of the answer shares a character with some place where marked evidence stands."""
    return any(
        start < high and low < end
        for low, high in _places(case.text, case.evidence)
        for start, end in found.spans
    )


def report(answers: Sequence[tuple[Case, Found]]) -> Report:
    """All figures over some answers."""
    hits = [(case, found) for case, found in answers if case.violation and caught(case, found)]
    marked = [(case, found) for case, found in hits if case.evidence]
    clear = [found for case, found in answers if not case.violation and not case.labels]
    return Report(
        overall=_score(answers),
        labels={label: _label_score(label, answers) for label in Label},
        groups={name: _by_group(name, answers) for name in GROUPS},
        evidence=Ratio(sum(evidence_overlaps(case, found) for case, found in marked), len(marked)),
        caution_on_clear=Ratio(sum(found.verdict is Outcome.CAUTION for found in clear), len(clear)),
        unsure=Ratio(sum(found.verdict is Outcome.UNSURE for _, found in answers), len(answers)),
        lapses=tuple((lapse, case, found) for case, found in answers for lapse in lapses_of(case, found)),
    )


def lapses_of(case: Case, found: Found) -> list[Lapse]:
    """What is wrong with one answer."""
    lapses = []
    positive = caught(case, found)
    if case.violation and not positive:
        lapses.append(Lapse.MISS)
    if positive and not case.violation:
        lapses.append(Lapse.FALSE_ALARM)
    if found.verdict is Outcome.CAUTION and not case.violation and not case.labels:
        lapses.append(Lapse.CAUTION)
    if case.violation and positive and case.evidence and not evidence_overlaps(case, found):
        lapses.append(Lapse.ELSEWHERE)
    return lapses


def _score(answers: Iterable[tuple[Case, Found]]) -> Score:
    return _counted((case.violation, caught(case, found)) for case, found in answers)


def _label_score(label: Label, answers: Iterable[tuple[Case, Found]]) -> Score:
    return _counted((label in case.labels, label in found.labels) for case, found in answers)


def _counted(pairs: Iterable[tuple[bool, bool]]) -> Score:
    hits = misses = alarms = texts = 0
    for gold, positive in pairs:
        texts += 1
        hits += gold and positive
        misses += gold and not positive
        alarms += positive and not gold
    return Score(hits, misses, alarms, texts)


def _by_group(name: str, answers: Sequence[tuple[Case, Found]]) -> dict[str, Score]:
    values = sorted({case.groups[name] for case, _ in answers if case.groups.get(name)})
    return {
        value: _score((case, found) for case, found in answers if case.groups.get(name) == value)
        for value in values
    }


def _places(text: str, parts: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Every occurrence of every part."""
    for part in parts:
        start = text.find(part) if part else -1
        while start >= 0:
            yield start, start + len(part)
            start = text.find(part, start + 1)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
