"""One event further: judges it in its place and notes what it changes. What may count where is the pack's (rules with `when`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sekisho.core.detection.acts import Context
from sekisho.core.detection.judge import SECOND_READER, Judge, Observation
from sekisho.core.detection.threads.events import WRITTEN, BadEvent, Event, EventType
from sekisho.core.detection.threads.facts import facts_of
from sekisho.core.detection.threads.fragments import Completed, completed, remembered
from sekisho.core.detection.threads.state import QUOTE_POINTS, Piece, SideState, ThreadState, after, other
from sekisho.core.detection.threads.verdict import EventVerdict, Part, ThreadFinding
from sekisho.core.detection.verdict import Finding
from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.model import Kind, Label, Outcome, Rule, Sender, Stage, Status
from sekisho.core.rules.rows import row_of
from sekisho.core.text import TextTooLong

KINDS = {
    EventType.MESSAGE: Kind.MESSAGE,
    EventType.POSTING: Kind.POSTING,
    EventType.APPLICATION: Kind.APPLICATION,
    EventType.CONTACT_REQUEST: Kind.CONTACT_REQUEST,
}

OUTSIDE, MONEY = "outside", "money"
AIMS: Mapping[Label, str] = {
    Label.CHANNEL_SOLICITATION: OUTSIDE,
    Label.CONTACT_DISCLOSURE: OUTSIDE,
    Label.INTERVIEW_OFFPLATFORM: OUTSIDE,
    Label.PERSONAL_INFO_REQUEST: OUTSIDE,
    Label.DIRECT_CONTRACT: MONEY,
    Label.DIRECT_PAYMENT: MONEY,
    Label.FEE_AVOIDANCE: MONEY,
}
"""What a label solicits for. Who answers a solicitation in kind is lured; who goes on to another aim begins it."""


def advance(judge: Judge, state: ThreadState, event: Event) -> tuple[ThreadState, EventVerdict]:
    """The state after `event` and the verdict of the event. Raises `BadEvent` for a text that is too long."""
    policy = judge.pack.contact_request
    facts = facts_of(state, event, policy)
    seen = _read(judge, state, event, facts)
    findings, unsure, signals = _findings(seen, state), seen.verdict.unsure, seen.signals
    contact = None
    told = [finding for finding in findings if finding.frames != (SECOND_READER,)]
    if event.type is EventType.MESSAGE and all(finding.verdict is Outcome.CLEAR for finding in told):
        contact = _contact(judge, state, event, signals)
    if contact is not None:
        findings = told  # the pieces together say more than the letters of the last one
        facts |= {Fact.CONTACT_COMPLETED}
    findings += [
        _bare(rule, judge, state, event, contact)
        for rule in _bare_rules(judge)
        if facts.issuperset(rule.when)
    ]
    who = event.by or Sender.CLIENT
    if who is Sender.WORKER:
        findings = [_lured(finding, state) for finding in findings]
    outcome, action = judge.weigh(
        [(finding.label, finding.verdict) for finding in findings], unsure, repeated=state.side(who).told > 0
    )
    stepped = _noted(after(state, event, policy), event, findings, signals)
    stepped = replace(stepped, count=state.count + 1)
    verdict = EventVerdict(
        state.count, event.type, outcome, action, stepped.stage(policy), stepped.approved, tuple(findings), unsure,
        event.at, event.id, seen.verdict.contacts,
    )  # fmt: skip
    return stepped, verdict


def _read(judge: Judge, state: ThreadState, event: Event, facts: frozenset[Fact]) -> Observation:
    """What the event's text says: findings, contacts, checks cut short, signals."""
    if event.type not in WRITTEN or not event.text or event.by is None:
        return Observation(judge.nothing, {})
    policy = judge.pack.contact_request
    context = Context(KINDS[event.type], event.by, state.stage(policy), frozenset(state.approved))
    try:
        return judge.observe(event.text, context, facts)
    except TextTooLong as error:
        field = "purpose" if event.type is EventType.CONTACT_REQUEST else "text"
        raise BadEvent(state.count, field, str(error), "shorten or split it") from None


def _findings(seen: Observation, state: ThreadState) -> list[ThreadFinding]:
    return [_of_text(finding, state.count) for finding in seen.verdict.findings]


def _contact(
    judge: Judge, state: ThreadState, event: Event, signals: Mapping[Signal, tuple[int, int]]
) -> Completed | None:
    """The contact that a message completes together with those before it."""
    if event.by is None:
        return None
    pieces = remembered(state.side(event.by).pieces, state.count, event.text)
    context = Context(
        Kind.MESSAGE, event.by, state.stage(judge.pack.contact_request), frozenset(state.approved)
    )
    named, continues = Signal.FRAGMENT in signals, Signal.CONTINUES in signals
    return completed(judge, pieces, context, named=named, continues=continues)


def _of_text(finding: Finding, event: int) -> ThreadFinding:
    part = Part(event, finding.start, finding.end, finding.quote)
    return ThreadFinding(
        event, (part,), finding.label, finding.verdict, finding.rule, finding.severity, finding.confidence, finding.by,
        finding.risks, finding.tool, frames=finding.frames, reasons=finding.reasons,
    )  # fmt: skip


def _bare_rules(judge: Judge) -> Iterable[Rule]:
    live = (Status.TESTING, Status.STABLE)
    return (
        rule for rule in judge.pack.rules.values() if rule.when and not rule.frames and rule.status in live
    )


def _bare(
    rule: Rule, judge: Judge, state: ThreadState, event: Event, contact: Completed | None
) -> ThreadFinding:
    """A finding that the facts alone make, with what shows them: a refusal before it, or the parts of a contact."""
    who = event.by or Sender.CLIENT
    row, stage, tool = row_of(judge.pack, rule), state.stage(judge.pack.contact_request), ""
    outcome = row.at[stage]
    parts: tuple[Part, ...] = ()
    if contact is not None and Fact.CONTACT_COMPLETED in rule.when:
        parts, tool = contact.parts, contact.tool
        if stage is Stage.CONTACT_APPROVED and tool in state.approved:
            outcome = row.approved_tool
    else:
        refused = state.side(other(who)).refused
        if Fact.AFTER_REFUSAL in rule.when and refused is not None and refused.text:
            parts = (Part(refused.event, refused.start, refused.start + len(refused.text), refused.text),)
        if event.text:
            parts = (*parts, Part(state.count, 0, len(event.text), event.text))
    return ThreadFinding(
        state.count, parts, rule.label, outcome, rule.id, rule.severity, rule.confidence, who, rule.risks, tool,
        reasons=tuple(rule.why.items()),
    )  # fmt: skip


def _lured(finding: ThreadFinding, state: ThreadState) -> ThreadFinding:
    """The worker's answer to what the client began is no offence of hers."""
    aim = AIMS.get(finding.label)
    if aim is None or aim not in dict(state.client.began) or aim in dict(state.worker.began):
        return finding
    return replace(finding, verdict=Outcome.CLEAR, by=Sender.CLIENT, lured=True)


def _noted(
    state: ThreadState, event: Event, findings: list[ThreadFinding], signals: Mapping[Signal, tuple[int, int]]
) -> ThreadState:
    """What the event leaves in the memory of its side."""
    refusing = event.type is EventType.CONTACT_REQUEST_DECLINED
    who = event.by or (Sender.WORKER if refusing else Sender.CLIENT)
    side = _blamed(state.side(who), state.count, findings)
    if refusing:
        side = replace(side, refused=Piece(state.count, 0, ""))
    elif signal := _refusal(state, who, signals):
        start, end = signals[signal]
        side = replace(side, refused=Piece(state.count, start, event.text[start:end][:QUOTE_POINTS]))
    if event.type is EventType.MESSAGE:
        side = replace(side, pieces=remembered(side.pieces, state.count, event.text))
    return state.with_side(who, side)


def _refusal(state: ThreadState, who: Sender, signals: Mapping[Signal, tuple[int, int]]) -> Signal | None:
    """The signal by which `who` declines to go outside, if it does: in so many words, or after the other side asked for it."""
    theirs = state.side(other(who))
    if Signal.REFUSAL in signals:
        return Signal.REFUSAL
    asked = bool(theirs.began) or theirs.requested is not None
    return Signal.DECLINE if asked and Signal.DECLINE in signals else None


def _blamed(side: SideState, event: int, findings: list[ThreadFinding]) -> SideState:
    guilty = [finding for finding in findings if finding.verdict is not Outcome.CLEAR]
    began = dict(side.began)
    for finding in guilty:
        aim = AIMS.get(finding.label)
        if aim and not finding.lured:
            began.setdefault(aim, event)
    return replace(side, told=min(side.told + len(guilty), 99), began=tuple(began.items()))
