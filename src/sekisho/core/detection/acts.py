"""From frames to acts and findings: which frames apply, which weak ones add up, what is one and the same. No policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.core.detection.engine import Sight
from sekisho.core.detection.frames import Match
from sekisho.core.detection.verdict import Finding
from sekisho.core.rules.model import Kind, Outcome, Rule, Sender, Stage

GRAVITY = {Outcome.CLEAR: 0, Outcome.CAUTION: 1, Outcome.UNSURE: 2, Outcome.VIOLATION: 3}
"""The gravest wins. Unsure stands above caution: what could not be looked at may be worse."""

ALONE = 0.9
"""The weight from which a frame is an act by itself; below 1 the second reader may doubt it."""

WEAK_REACH = 2
"""Weak frames add up when at most this many sentences lie between the first and the last."""


@dataclass(frozen=True, slots=True)
class Context:
    """In what a text stands. `approved` are the tools that an approval in force covers."""

    kind: Kind
    sender: Sender
    stage: Stage
    approved: frozenset[str] = frozenset()


def applies(match: Match, context: Context) -> bool:
    frame = match.compiled.frame
    return (
        (not frame.kinds or context.kind in frame.kinds)
        and (not frame.senders or context.sender in frame.senders)
        and (not frame.stages or context.stage in frame.stages)
    )


def acts_of(matches: list[Match], sight: Sight) -> list[list[Match]]:
    """Full frames, each by itself; and for each rule weak frames that add up to a full one in neighbouring sentences."""
    acts = [[match] for match in matches if match.compiled.frame.weight >= ALONE]
    weak: dict[str, list[Match]] = {}
    for match in matches:
        if match.compiled.frame.weight < ALONE:
            for rule in match.compiled.rules:
                weak.setdefault(rule, []).append(match)
    for together in weak.values():
        acts.extend(_added_up(together, sight))
    return acts


def doubtful(act: list[Match]) -> bool:
    """Whether the second reader may doubt the act: no frame of it has full weight."""
    return all(match.compiled.frame.weight < 1.0 for match in act)


def _added_up(matches: list[Match], sight: Sight) -> Iterable[list[Match]]:
    matches.sort(key=lambda match: match.start)
    used = 0
    for first in range(len(matches)):
        if first < used:
            continue
        group: dict[str, Match] = {}
        limit = sight.reading.sentence_of(matches[first].start) + WEAK_REACH
        for index in range(first, min(len(matches), first + 16)):
            match = matches[index]
            if sight.reading.sentence_of(match.start) > limit:
                break
            if any(_same_words(match, other) for other in group.values()):
                continue
            group.setdefault(match.compiled.frame.id, match)
            if len(group) > 1 and sum(m.compiled.frame.weight for m in group.values()) >= 1.0:
                yield list(group.values())
                used = index + 1
                break


def _same_words(one: Match, other: Match) -> bool:
    """Whether one of two frames rests wholly on words of the other: seen in two lights they are still one hint."""
    return _within(one, other) or _within(other, one)


def _within(one: Match, other: Match) -> bool:
    return all(any(start < high and low < end for low, high, _ in other.tokens) for start, end, _ in one.tokens)


def merged(findings: list[Finding]) -> list[Finding]:
    """In order of place; of one rule's overlapping findings the graver, then the longer, stays."""
    findings.sort(key=lambda f: (f.start, -f.end, f.rule))
    kept: list[Finding] = []
    last: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule, finding.tool)
        before = last.get(key)
        if before is not None and finding.start < kept[before].end:
            old = kept[before]
            if (GRAVITY[finding.verdict], finding.end - finding.start) > (
                GRAVITY[old.verdict],
                old.end - old.start,
            ):
                kept[before] = finding
            continue
        last[key] = len(kept)
        kept.append(finding)
    return sorted(kept, key=lambda f: (f.start, -f.end, f.rule))


def reasons_of(rule: Rule) -> tuple[tuple[str, str], ...]:
    return tuple(rule.why.items())


