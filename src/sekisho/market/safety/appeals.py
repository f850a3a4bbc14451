"""Appeals: decided by somebody who had no part in the decision. Upheld, one transaction undoes everything the decision did."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.safety import measures, reports
from sekisho.market.safety.claims import barred
from sekisho.market.safety.decisions import under
from sekisho.market.safety.models import Appeal, Case, Decision, Report, Strike
from sekisho.market.safety.outcomes import withdraw_outcome
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import APPEAL, CASE, DECISION, CaseState, DecisionState

describe({
    "appeal_late": Row(Kind.CONFLICT, "異議申し立ての期限（{until}）を過ぎています。",
                       "The time for an appeal ended on {until}."),
    "appealed_already": Row(Kind.CONFLICT, "この判断への異議申し立てはすでに受け付けています。",
                            "An appeal against this decision was made already."),
    "no_reporter_appeal": Row(Kind.CONFLICT, "この違反報告については、再確認をお願いすることができません。",
                              "This report cannot be looked at again on request."),
    "bad_link": Row(Kind.NOT_FOUND, "このリンクは使えません。お知らせに記載のリンクをもう一度ご確認ください。",
                    "This link cannot be used. Please take it again from your notice."),
})  # fmt: skip


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="sekisho appeal")


@verb("appeal.file")
def file(actor: Actor, thing: Decision | Report, *, text: str) -> Appeal:
    """Appeal against a decision about oneself, or ask that a report that found no breach be looked at again."""
    report = thing if isinstance(thing, Report) else None
    decision = _answered(report) if report is not None else thing
    assert isinstance(decision, Decision)
    if decision.state != DecisionState.DONE or (report is None and not decision.breach):
        raise Problem("not_from_here", state=decision.state)
    until = (decision.done_at or decision.at) + timedelta(days=policy().appeal_days)
    if clock.now() > until:
        raise Problem("appeal_late", until=f"{until:%Y-%m-%d}")
    if Appeal.objects.filter(decision=decision, appellant_id=actor.me).exists():
        raise Problem("appealed_already")
    appeal = Appeal(
        id=new_id(), decision=decision, report=report, appellant_id=actor.me,
        text=fields.text(text, "text", policy().text_length), due_at=clock.now() + policy().waits["appeal"],
    )  # fmt: skip
    appeal.save(force_insert=True)
    tell("appeal.filed", appeal=appeal.id)
    return appeal


def _answered(report: Report) -> Decision:
    """The decision that dismissed a report. Raises `Problem("no_reporter_appeal")`."""
    found = Decision.objects.filter(case=report.case, breach=False, state="done").order_by("-at").first()
    if not policy().reporter_appeal or report.state != "dismissed" or found is None:
        raise Problem("no_reporter_appeal")
    return found


def link(decision: Decision) -> str:
    """The signed word by which the subject can appeal without logging in."""
    return _signer().sign(str(decision.id))


def by_link(word: str) -> tuple[Actor, Decision]:
    """Who may appeal by this word, and against what. Raises `Problem("bad_link")` for a wrong, changed or old one."""
    try:
        pk = _signer().unsign(word, max_age=timedelta(days=policy().appeal_days + 1))
    except BadSignature:
        raise Problem("bad_link") from None
    decision = Decision.objects.select_related("case__subject").filter(pk=pk).first()
    if decision is None:
        raise Problem("bad_link")
    return decision.case.subject.actor, decision


@verb("appeal.withdraw")
def withdraw(actor: Actor, appeal: Appeal) -> Appeal:
    """Take an appeal back."""
    return _ended(actor, appeal, "withdraw", "")


@verb("appeal.reject")
def reject(actor: Actor, appeal: Appeal, *, because: str) -> Appeal:
    """The decision stands, with reasons."""
    _free(actor, appeal)
    return _ended(
        actor, appeal, "reject", fields.text(because, "because", policy().text_length), decider_id=actor.me
    )


@verb("appeal.uphold")
def uphold(actor: Actor, appeal: Appeal, *, because: str) -> Appeal:
    """The decision was wrong: all it did is undone now; what cannot be is listed in `left`."""
    _free(actor, appeal)
    words = fields.text(because, "because", policy().text_length)
    if appeal.report is not None:
        _again(appeal.decision)
    else:
        appeal.left = reverse(under(actor, "appeal", appeal.id), appeal.decision)
    return _ended(actor, appeal, "uphold", words, decider_id=actor.me, left=appeal.left)


def _free(actor: Actor, appeal: Appeal) -> None:
    if barred(actor, appeal.decision.case):
        raise Problem("barred")


def _ended(actor: Actor, appeal: Appeal, name: str, words: str, **changes: object) -> Appeal:
    current().because = words
    APPEAL.move(appeal, name, current().held, policy().waits, ended_at=clock.now(), reason=words, **changes)
    tell(f"appeal.{appeal.state}", appeal=appeal.id)
    return appeal


def reverse(actor: Actor, decision: Decision) -> list[dict[str, object]]:
    """Undo a decision on the authority `actor` shows. Returns what is left: what the world has done with it meanwhile."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    DECISION.move(decision, "reverse", {"authority"}, policy().waits, ended_at=clock.now())
    left = measures.undo(actor, decision)
    withdraw_outcome(decision.id)
    Strike.objects.filter(decision=decision).update(withdrawn_at=clock.now())
    case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
    CASE.move(case, "reverse", {"authority"}, policy().waits)
    reports.answer(case, "reverse")
    tell("decision.reversed", decision=decision.id)
    return left


def _again(decision: Decision) -> None:
    """A reporter asked rightly: her report and its case are open again, for somebody else to decide."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
    other = Case.objects.filter(
        subject=case.subject, matter=case.matter, state__in=(CaseState.OPEN, CaseState.SECOND)
    )
    if not other.exists():
        CASE.move(case, "reopen", {"authority"}, policy().waits, decided_at=None)
    else:
        Report.objects.filter(case=case, state="dismissed").update(case=other.get())
        case = other.get()
    reports.answer(case, "reopen")


@verb("appeal.overdue")
def overdue(actor: Actor, appeal: Appeal) -> Appeal:
    """It was not decided in time: it escalates, and again after as long."""
    APPEAL.move(appeal, "overdue", current().held, policy().waits, escalated=appeal.escalated + 1)
    tell("appeal.overdue", appeal=appeal.id)
    return appeal
