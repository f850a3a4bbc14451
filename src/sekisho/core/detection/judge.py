"""From what was seen in a text to a verdict: frames become findings, the pack's table says what they mean at this stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from sekisho.core.detection.acts import GRAVITY, Context, acts_of, applies, doubtful, merged, reasons_of
from sekisho.core.detection.engine import Engine, Sight
from sekisho.core.detection.frames import FrameSearch, Match
from sekisho.core.detection.reader import Read, Reader
from sekisho.core.detection.reading import read_sentences
from sekisho.core.detection.verdict import Contact, Finding, Verdict
from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.model import Action, Kind, Label, Level, Outcome, Pack, Rule, Sender, Stage, Status
from sekisho.core.rules.rows import row_of
from sekisho.core.text import Folded, fold

FORCE = {Action.ALLOW: 0, Action.NUDGE: 1, Action.HOLD: 2, Action.REFUSE: 3}

SECOND_READER = "second-reader"
"""Stands where a finding names its frames, for one that rests on the second reader."""


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
        self.pack = engine.compiled.pack
        self.digest = digest
        live = (rule for rule in self.pack.rules.values() if rule.status in (Status.TESTING, Status.STABLE) and not rule.when)
        self._first_rules: dict[Label, Rule] = {rule.label: rule for rule in reversed(list(live))}
        self.nothing = Verdict(Outcome.CLEAR, Action.ALLOW, (), (), self.pack.id, digest)

    def under(self, pack: Pack, digest: str, reader: Reader | None) -> Judge:
        """A judge that sees the same and weighs it by the policy of `pack`, which has the same words, frames and rules."""
        other = copy(self)
        other.pack, other.digest, other.reader = pack, digest, reader
        other.nothing = Verdict(Outcome.CLEAR, Action.ALLOW, (), (), pack.id, digest)
        return other

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
        approved = frozenset(approved_tools) if stage is Stage.CONTACT_APPROVED else frozenset()
        context = Context(kind, sender, stage, approved)
        findings = self._findings(sight, folded, context, self.reader if second_reader else None)
        if sight is None:
            if not findings:
                return self.nothing
            sight = _nothing(folded.text)
        return self._verdict(merged(findings), sight, folded, repeated)

    def observe(self, text: str, context: Context, facts: frozenset[Fact]) -> Observation:
        """Judge one text of a thread, where `facts` hold: as `judge` does, and by the rules that need facts besides.

        Raises `TextTooLong`.
        """
        folded = fold(text)
        sight = self.engine.look(folded.text, folded) or _nothing(folded.text)
        findings = self._findings(sight, folded, context, self.reader)
        signals: dict[Signal, tuple[int, int]] = {}
        beside = self.course.look(folded.text) if self.course else None
        if beside is not None:
            matches = [m for m in beside.search.standing if applies(m, context)]
            for match in matches:
                for signal in match.compiled.frame.signals:
                    signals.setdefault(signal, folded.span(match.start, match.end))
            rules = self.pack.rules
            for act in acts_of(matches, beside):
                findings += [
                    self._finding(name, act, beside, folded, context)
                    for name in act[0].compiled.rules
                    if facts.issuperset(rules[name].when)
                ]
            sight.unfinished = tuple(dict.fromkeys((*sight.unfinished, *beside.unfinished)))
        return Observation(self._verdict(merged(findings), sight, folded, False), signals)

    def _findings(
        self, sight: Sight | None, folded: Folded, context: Context, reader: Reader | None
    ) -> list[Finding]:
        """By frames; by the second reader where they find nothing. It takes none away but where the frames leave it room."""
        acts = [] if sight is None else acts_of([m for m in sight.search.standing if applies(m, context)], sight)
        if reader is not None and sight is not None:
            acts = [act for act in acts if not (doubtful(act) and reader.doubts(folded.text, sight.reading.ends, *_place(act)))]
        read = reader.read(folded.text, context.kind) if reader is not None and not acts else None
        if read is not None:
            return self._read_finding(read, sight or _nothing(folded.text), folded, context)
        return self._told(acts, sight, folded, context)

    def _told(
        self, acts: list[list[Match]], sight: Sight | None, folded: Folded, context: Context
    ) -> list[Finding]:
        if sight is None:
            return []
        return [self._finding(rule, act, sight, folded, context) for act in acts for rule in act[0].compiled.rules]

    def _read_finding(self, read: Read, sight: Sight, folded: Folded, context: Context) -> list[Finding]:
        """What the second reader read, as a finding of the first rule of its label: told with low confidence."""
        rule = self._first_rules.get(read.label)
        if rule is None:
            return []
        tools = [tool for _, _, mask in sight.reading.tokens if (tool := self.engine.compiled.tools.get(mask & -mask))]
        span = folded.span(read.start, read.end)
        # Where it names no tool, an approval of one covers nothing of it.
        return [self._made(rule, folded, context, span=span, tools=tools, coverable=bool(tools))]

    def _finding(
        self,
        rule_id: str,
        act: list[Match],
        sight: Sight,
        folded: Folded,
        context: Context,
    ) -> Finding:
        span = folded.span(*_place(act))
        return self._made(self.pack.rules[rule_id], folded, context, span=span, tools=self._tools(act, sight), act=act)

    def _made(
        self,
        rule: Rule,
        folded: Folded,
        context: Context,
        *,
        span: tuple[int, int],
        tools: list[str],
        coverable: bool = True,
        act: list[Match] | None = None,
    ) -> Finding:
        """A finding of `rule` at `span` of the original, about `tools`; without an `act` it is the second reader's."""
        row, approved = row_of(self.pack, rule), context.approved
        in_force = context.stage is Stage.CONTACT_APPROVED and bool(approved)
        covered = in_force and coverable and approved.issuperset(tools)
        outcome = row.approved_tool if covered else row.at[context.stage]
        return Finding(
            label=rule.label,
            verdict=outcome,
            rule=rule.id,
            severity=rule.severity,
            confidence=Level.LOW if act is None else rule.confidence,
            start=span[0],
            end=span[1],
            quote=folded.original[span[0] : span[1]],
            by=context.sender,
            risks=rule.risks,
            tool=next((tool for tool in tools if tool not in approved), tools[0] if tools else ""),
            frames=(SECOND_READER,) if act is None else tuple(match.compiled.frame.id for match in act),
            reasons=reasons_of(rule),
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


def _place(act: list[Match]) -> tuple[int, int]:
    return min(match.start for match in act), max(match.end for match in act)


def _nothing(text: str) -> Sight:
    return Sight(read_sentences(text, []), FrameSearch([], [], False), [], ())
