"""What an answer is made of, whatever was judged: blocks of text with their marks, and reasons, each label once. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sekisho.core.guidance import ReportDraft, Risk
from sekisho.core.guidance.library import load_guide
from sekisho.interfaces.web import words
from sekisho.interfaces.web.marks import Piece, cut

SHOWN = 12
"""Messages of a conversation that are all shown."""
_ORDER = {"violation": 0, "caution": 1}
_WEIGHT = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was judged. `side`: "" | "mine" | "theirs"; `name` who wrote it or which field it is, `when` as it was told."""

    text: str
    name: Any = ""
    side: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: `spans` are (number of the text, start, end)."""

    rule: str
    name: Any
    verdict: str
    severity: str
    why: Mapping[str, str]
    instead: Mapping[str, str]
    risks: tuple[str, ...]
    label: str
    spans: tuple[tuple[int, int, int], ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A text as a page shows it, cut where marks begin and end; of a long conversation only what is near a mark is `shown`."""

    name: Any
    side: str
    when: str
    parts: list[Piece]
    marked: bool
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: one label with all that shows it. `mine`: it is about what the reader wrote herself."""

    number: int
    name: Any
    verdict: str
    why: Mapping[str, str]
    instead: Mapping[str, str]
    mine: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All that the page tells. `labels` of the other side's findings, `rules` that found something."""

    verdict: str
    blocks: tuple[Block, ...]
    reasons: tuple[Reason, ...]
    risks: tuple[Risk, ...]
    labels: tuple[str, ...]
    rules: frozenset[str]
    unsure: bool
    draft: ReportDraft | None = None
    signs: tuple[str, ...] = ()
    pay: tuple[Any, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[Any, ...] = field(default=())


def answer(
    verdict: str, texts: Sequence[Text], found: Iterable[Found], *, unsure: bool, pack: str, **more: Any
) -> Answer:
    """Put together what was found: each label of each side is one reason, the gravest first; marks carry its number."""
    standing = sorted(
        (one for one in found if one.verdict in _ORDER),
        key=lambda one: (one.mine, _ORDER[one.verdict], _WEIGHT.get(one.severity, 1)),
    )
    groups: dict[tuple[str, bool], list[Found]] = {}
    for one in standing:
        groups.setdefault((one.label or one.rule, one.mine), []).append(one)
    spans: dict[int, list[tuple[int, int, int]]] = {}
    reasons = []
    for number, group in enumerate(groups.values(), 1):
        for one in group:
            for place, start, end in one.spans:
                spans.setdefault(place, []).append((start, end, number))
        first = group[0]
        reasons.append(Reason(number, first.name, first.verdict, first.why, first.instead, first.mine))
    near = _near(len(texts), spans)
    blocks = tuple(
        Block(
            text.name,
            text.side,
            text.when,
            cut(text.text, spans.get(place, [])),
            place in spans,
            place in near,
        )
        for place, text in enumerate(texts)
    )
    theirs = [one for one in standing if not one.mine]
    known = load_guide(pack).risks
    risks = dict.fromkeys(risk for one in theirs for risk in one.risks)
    return Answer(
        verdict, blocks, tuple(reasons), tuple(known[risk] for risk in risks),
        tuple(dict.fromkeys(one.label for one in theirs if one.label)), frozenset(one.rule for one in standing),
        unsure, **more,
    )  # fmt: skip


def _near(texts: int, marked: Iterable[int]) -> frozenset[int]:
    """The numbers of the texts that are shown: all of a few, else those with marks and their neighbours."""
    if texts <= SHOWN:
        return frozenset(range(texts))
    return frozenset(place + step for place in marked for step in (-1, 0, 1))


def name_of(label: str, title: Mapping[str, str]) -> Any:
    """What a finding is called: its label, or its own title where it has none."""
    return words.LABELS.get(label) or title[words.lang()]
