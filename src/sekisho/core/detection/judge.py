"""From what was seen in a text to a verdict: frames become findings, the pack's table says what they mean at this stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.core.detection.engine import Engine, Sight
from sekisho.core.detection.frames import FrameSearch, Match
from sekisho.core.detection.reader import Reader, features, is_readable
from sekisho.core.detection.reading import read_sentences
from sekisho.core.detection.verdict import Contact, Finding, Verdict
from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.model import Action, Kind, Label, Outcome, Rule, Sender, Stage
from sekisho.core.text import Folded, fold

GRAVITY = {Outcome.CLEAR: 0, Outcome.CAUTION: 1, Outcome.UNSURE: 2, Outcome.VIOLATION: 3}
"""The gravest wins. Unsure stands above caution: what could not be looked at may be worse."""

FORCE = {Action.ALLOW: 0, Action.NUDGE: 1, Action.HOLD: 2, Action.REFUSE: 3}

WEAK_REACH = 2
"""Weak frames add up when at most this many sentences lie between the first and the last."""


@dataclass(frozen=True, slots=True)
class Context:
    """In what a text stands. `approved` are the tools that an approval in force covers."""

    kind: Kind
    sender: Sender
    stage: Stage
    approved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Observation:
    """A text of a thread: its verdict, and the signals in it with the first place (code points) that gives each."""

    verdict: Verdict
    signals: Mapping[Signal, tuple[int, int]]


class Judge:
    """An engine with the policy of its pack."""

    def __init__(self, engine: Engine, digest: str, reader: Reader | None = None) -> None:
        self.engine = engine
        course = engine.compiled.course
        self.course = Engine(course) if course else None
        self.reader = reader
        self.names = {mask & -mask: name for name, mask in reversed(engine.compiled.bits.items())}
        self.pack = engine.compiled.pack
        self.digest = digest
        self._clear = Verdict(Outcome.CLEAR, Action.ALLOW, (), (), self.pack.id, digest)

    def judge(
        self,
        text: str,
        *,
        kind: Kind,
        sender: Sender,
        stage: Stage,
        approved_tools: Iterable[str] = (),
        repeated: bool = False,
        second_reader: bool = True,
    ) -> Verdict:
        """Judge one text in its context; without `second_reader` by frames alone. Raises `TextTooLong`."""
        folded = fold(text)
        sight = self.engine.look(folded.text, folded)
        if sight is None:
            return self._clear
        approved = frozenset(approved_tools) if stage is Stage.CONTACT_APPROVED else frozenset()
        context = Context(kind, sender, stage, approved)
        findings = self._findings(sight, folded, context, second_reader=second_reader)
        return self._verdict(_merged(findings), sight, folded, repeated)

    def observe(self, text: str, context: Context, facts: frozenset[Fact]) -> Observation:
        """Judge one text of a thread, where `facts` hold: as `judge` does, and by the rules that need facts besides.

        Raises `TextTooLong`.
        """
        folded = fold(text)
        sight = self.engine.look(folded.text, folded) or _nothing(folded.text)
        findings = self._findings(sight, folded, context)
        signals: dict[Signal, tuple[int, int]] = {}
        beside = self.course.look(folded.text) if self.course else None
        if beside is not None:
            matches = [m for m in beside.search.standing if _applies(m, context)]
            for match in matches:
                for signal in match.compiled.frame.signals:
                    signals.setdefault(signal, folded.span(match.start, match.end))
            rules = self.pack.rules
            for act in _acts(matches, beside):
                findings += [
                    self._finding(name, act, beside, folded, context)
                    for name in act[0].compiled.rules
                    if facts.issuperset(rules[name].when)
                ]
            sight.unfinished = tuple(dict.fromkeys((*sight.unfinished, *beside.unfinished)))
        return Observation(self._verdict(_merged(findings), sight, folded, False), signals)

    def _findings(
        self, sight: Sight, folded: Folded, context: Context, *, second_reader: bool = True
    ) -> list[Finding]:
        matches = [m for m in sight.search.standing if _applies(m, context)]
        acts = _acts(matches, sight)
        if not acts and matches and second_reader:
            acts = self._lifted(matches, sight, (context.kind, context.sender, context.stage))
        return [
            self._finding(rule, act, sight, folded, context) for act in acts for rule in act[0].compiled.rules
        ]

    def _lifted(self, weak: list[Match], sight: Sight, context: tuple[Kind, Sender, Stage]) -> list[list[Match]]:
        """The strongest weak frame as an act of its own, where the second reader reads one."""
        if self.reader is None or not is_readable(sight.reading.text, context[0]):
            return []
        if self.reader.score(features(sight, self.names, context)) < self.reader.threshold:
            return []
        return [[max(weak, key=lambda match: (match.compiled.frame.weight, -match.start))]]

    def _finding(
        self,
        rule_id: str,
        act: list[Match],
        sight: Sight,
        folded: Folded,
        context: Context,
    ) -> Finding:
        stage, approved = context.stage, context.approved
        rule = self.pack.rules[rule_id]
        start, end = folded.span(min(match.start for match in act), max(match.end for match in act))
        tools = self._tools(act, sight)
        row = self.pack.table[rule.label]
        outcome = row.at[stage]
        if stage is Stage.CONTACT_APPROVED and approved and approved.issuperset(tools):
            outcome = row.approved_tool
        tool = next((tool for tool in tools if tool not in approved), tools[0] if tools else "")
        return Finding(
            label=rule.label,
            verdict=outcome,
            rule=rule.id,
            severity=rule.severity,
            confidence=rule.confidence,
            start=start,
            end=end,
            quote=folded.original[start:end],
            by=context.sender,
            risks=rule.risks,
            tool=tool,
            frames=tuple(match.compiled.frame.id for match in act),
            reasons=_reasons(rule),
        )

    def _tools(self, act: list[Match], sight: Sight) -> list[str]:
        """The outside tools the act names, in order."""
        named = {(found.start, found.end): found.tool for found in sight.identifiers}
        by_class = self.engine.compiled.tools
        tools = []
        for match in act:
            for start, end, mask in match.tokens:
                tool = by_class.get(mask & -mask) or named.get((start, end), "")
                if tool and tool != "web":
                    tools.append(tool)
        return list(dict.fromkeys(tools))

    def weigh(
        self, findings: Iterable[tuple[Label, Outcome]], unfinished: tuple[str, ...], *, repeated: bool
    ) -> tuple[Outcome, Action]:
        """What findings of these labels and outcomes come to, and what the pack does about it."""
        outcome, action = Outcome.CLEAR, Action.ALLOW
        if unfinished:
            outcome, action = Outcome.UNSURE, self.pack.unsure_action
        for label, found in findings:
            if GRAVITY[found] > GRAVITY[outcome]:
                outcome = found
            if found is not Outcome.CLEAR:
                row = self.pack.table[label]
                action = max(action, row.repeated if repeated else row.first, key=FORCE.__getitem__)
        return outcome, action

    def _verdict(self, findings: list[Finding], sight: Sight, folded: Folded, repeated: bool) -> Verdict:
        told = ((finding.label, finding.verdict) for finding in findings)
        outcome, action = self.weigh(told, sight.unfinished, repeated=repeated)
        contacts = []
        for found in sight.identifiers:
            start, end = folded.span(found.start, found.end)
            contacts.append(Contact(found.kind.value, start, end, found.canonical, found.tool, found.checked))
        return Verdict(
            outcome, action, tuple(findings), tuple(contacts), self.pack.id, self.digest, sight.unfinished
        )


def _nothing(text: str) -> Sight:
    return Sight(read_sentences(text, []), FrameSearch([], [], False), [], ())


def _applies(match: Match, context: Context) -> bool:
    frame = match.compiled.frame
    return (
        (not frame.kinds or context.kind in frame.kinds)
        and (not frame.senders or context.sender in frame.senders)
        and (not frame.stages or context.stage in frame.stages)
    )


def _acts(matches: list[Match], sight: Sight) -> list[list[Match]]:
    """Full frames, each by itself; and for each rule weak frames that add up to a full one in neighbouring sentences."""
    acts = [[match] for match in matches if match.compiled.frame.weight >= 1.0]
    weak: dict[str, list[Match]] = {}
    for match in matches:
        if match.compiled.frame.weight < 1.0:
            for rule in match.compiled.rules:
                weak.setdefault(rule, []).append(match)
    for together in weak.values():
        acts.extend(_added_up(together, sight))
    return acts


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
            group.setdefault(match.compiled.frame.id, match)
            if len(group) > 1 and sum(m.compiled.frame.weight for m in group.values()) >= 1.0:
                yield list(group.values())
                used = index + 1
                break


def _merged(findings: list[Finding]) -> list[Finding]:
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


def _reasons(rule: Rule) -> tuple[tuple[str, str], ...]:
    return tuple(rule.why.items())


