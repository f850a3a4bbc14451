"""From what was seen in a text to a verdict: frames become findings, the pack's table says what they mean at this stage."""

from __future__ import annotations

from collections.abc import Iterable

from sekisho.core.detection.engine import Engine, Sight
from sekisho.core.detection.frames import FrameSearch, Match
from sekisho.core.detection.reader import Read, Reader
from sekisho.core.detection.reading import read_sentences
from sekisho.core.detection.verdict import Contact, Finding, Verdict
from sekisho.core.rules.model import Action, Kind, Label, Level, Outcome, Rule, Sender, Stage, Status
from sekisho.core.text import Folded, fold

GRAVITY = {Outcome.CLEAR: 0, Outcome.CAUTION: 1, Outcome.UNSURE: 2, Outcome.VIOLATION: 3}
"""The gravest wins. Unsure stands above caution: what could not be looked at may be worse."""

FORCE = {Action.ALLOW: 0, Action.NUDGE: 1, Action.HOLD: 2, Action.REFUSE: 3}

SECOND_READER = "second-reader"
"""Stands where a finding names its frames, for one that rests on the second reader."""

WEAK_REACH = 2
"""Weak frames add up when at most this many sentences lie between the first and the last."""


class Judge:
    """An engine with the policy of its pack."""

    def __init__(self, engine: Engine, digest: str, reader: Reader | None = None) -> None:
        self.engine = engine
        self.reader = reader
        self.pack = engine.compiled.pack
        self.digest = digest
        live = (rule for rule in self.pack.rules.values() if rule.status in (Status.TESTING, Status.STABLE))
        self._first_rules: dict[Label, Rule] = {rule.label: rule for rule in reversed(list(live))}
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
        matches = [m for m in sight.search.standing if _applies(m, kind, sender, stage)] if sight is not None else []
        acts = _acts(matches, sight) if sight is not None else []
        reader = self.reader if second_reader else None
        if reader is not None and acts and not _names_contact(acts, self.engine) and reader.denies(folded.text, kind):
            acts = []
        read = reader.read(folded.text, kind) if reader is not None and not acts else None
        if sight is None:
            if read is None:
                return self._clear
            sight = Sight(read_sentences(folded.text, []), FrameSearch([], [], False), [], ())
        approved = frozenset(approved_tools) if stage is Stage.CONTACT_APPROVED else frozenset()
        context = sender, stage, approved
        findings = [self._finding(rule, act, sight, folded, context) for act in acts for rule in act[0].compiled.rules]
        if read is not None:
            findings += self._read_finding(read, sight, folded, context)
        return self._verdict(_merged(findings), sight, folded, repeated)

    def _read_finding(
        self, read: Read, sight: Sight, folded: Folded, context: tuple[Sender, Stage, frozenset[str]]
    ) -> list[Finding]:
        """What the second reader read, as a finding of the first rule of its label: told with low confidence."""
        rule = self._first_rules.get(read.label)
        if rule is None:
            return []
        sender, stage, approved = context
        start, end = folded.span(read.start, read.end)
        tools = [tool for _, _, mask in sight.reading.tokens if (tool := self.engine.compiled.tools.get(mask & -mask))]
        row = self.pack.table[rule.label]
        outcome = row.at[stage]
        if approved and tools and approved.issuperset(tools):
            outcome = row.approved_tool
        finding = Finding(
            label=rule.label,
            verdict=outcome,
            rule=rule.id,
            severity=rule.severity,
            confidence=Level.LOW,
            start=start,
            end=end,
            quote=folded.original[start:end],
            by=sender,
            risks=rule.risks,
            tool=next((tool for tool in tools if tool not in approved), ""),
            frames=(SECOND_READER,),
            reasons=_reasons(rule),
        )
        return [finding]

    def _finding(
        self,
        rule_id: str,
        act: list[Match],
        sight: Sight,
        folded: Folded,
        context: tuple[Sender, Stage, frozenset[str]],
    ) -> Finding:
        sender, stage, approved = context
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
            by=sender,
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

    def _verdict(self, findings: list[Finding], sight: Sight, folded: Folded, repeated: bool) -> Verdict:
        outcome, action = Outcome.CLEAR, Action.ALLOW
        if sight.unfinished:
            outcome, action = Outcome.UNSURE, self.pack.unsure_action
        for finding in findings:
            if GRAVITY[finding.verdict] > GRAVITY[outcome]:
                outcome = finding.verdict
            if finding.verdict is not Outcome.CLEAR:
                row = self.pack.table[finding.label]
                action = max(action, row.repeated if repeated else row.first, key=FORCE.__getitem__)
        contacts = []
        for found in sight.identifiers:
            start, end = folded.span(found.start, found.end)
            contacts.append(Contact(found.kind.value, start, end, found.canonical, found.tool, found.checked))
        return Verdict(
            outcome, action, tuple(findings), tuple(contacts), self.pack.id, self.digest, sight.unfinished
        )


def _names_contact(acts: list[list[Match]], engine: Engine) -> bool:
    """Whether some act rests on an address, number or id that was parsed: no weighing of letters takes that away."""
    contact = engine.compiled.bits["at_contact"] & -engine.compiled.bits["at_contact"]
    return any(mask & contact for act in acts for match in act for _, _, mask in match.tokens)


def _applies(match: Match, kind: Kind, sender: Sender, stage: Stage) -> bool:
    frame = match.compiled.frame
    return (
        (not frame.kinds or kind in frame.kinds)
        and (not frame.senders or sender in frame.senders)
        and (not frame.stages or stage in frame.stages)
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


