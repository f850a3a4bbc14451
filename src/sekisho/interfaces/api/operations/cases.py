"""Cases for the house: the queue, working on one, deciding it, the second person, appeals. Acts are for people's own tokens."""

from __future__ import annotations

from typing import Any

from sekisho.interfaces.api.operation import Ask, Op, act, every, found, many, one, seen
from sekisho.interfaces.api.operations.case_shapes import (
    BecauseIn,
    CaseOut,
    DecidedOut,
    DecisionIn,
    DossierAsked,
    DossierOut,
    FileAsked,
    HandOverIn,
    HouseAppealOut,
    MergeIn,
    NoteIn,
    QueueAsked,
    QueueOut,
    ReportReadOut,
)
from sekisho.interfaces.api.operations.desk import STAFF
from sekisho.market.kernel.actors import Actor
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, choosing, claims, decisions, reading, reports
from sekisho.market.safety.models import Appeal, Case, Decision, Report

PEOPLE: dict[str, Any] = {"words": frozenset({"moderator", "operator"})}


def _queue(ask: Ask) -> dict[str, Any]:
    rows = reading.queue(ask.actor, ask.query.view, ask.query.category or "")[: ask.query.limit]
    return {"items": [CaseOut.of(row, ask.actor) for row in rows]}


def _next(ask: Ask) -> Any:
    return CaseOut.of(claims.claim_next(ask.actor, None, key=ask.key), ask.actor)


def _read(ask: Ask) -> dict[str, Any]:
    case = found(CASES, ask.actor, ask.pk)
    dossier = reading.read(ask.actor, case, deal=ask.body["deal"], before=ask.body["before"], key=None)
    return {
        "reports": [ReportReadOut.of(report, ask.actor) for report in dossier.reports],
        "deal_id": dossier.deal.id if dossier.deal else None,
        "deals": [deal.id for deal in dossier.deals], "older": dossier.thread.older if dossier.thread else None,
        "entries": [_entry(entry, dossier, case) for entry in dossier.thread.entries] if dossier.thread else [],
        "proposal": decisions.proposal(case), "options": choosing.options(case),
    }  # fmt: skip


def _entry(entry: Any, dossier: reading.Dossier, case: Case) -> dict[str, Any]:
    event, message = entry.event, entry.message
    body = (event.body or {}) if event else {}
    author = event.author if event else message.author_id
    row = event or message
    return {
        "kind": "event" if event else "message", "id": row.id, "at": row.at, "author_id": author,
        "type": event.type if event else "message", "state": entry.state, "reported": row.id in dossier.reported,
        "text": message.text if message else str(body.get("text") or body.get("purpose") or ""),
        "evidence": author == case.subject_id,
    }  # fmt: skip


def _read_file(ask: Ask) -> Any:
    return reading.read_file(ask.actor, found(CASES, ask.actor, ask.pk), upload=ask.body["upload"])


def _hand_over(ask: Ask) -> None:
    to = found(lambda _actor: Account.objects.all(), ask.actor, ask.body["to"])
    claims.hand_over(
        ask.actor, found(CASES, ask.actor, ask.pk), to=to, because=ask.body["because"], key=ask.key
    )


def _merge(ask: Ask) -> Any:
    into = found(CASES, ask.actor, ask.body["into"])
    return CaseOut.of(
        claims.merge(ask.actor, found(CASES, ask.actor, ask.pk), into=into, key=ask.key), ask.actor
    )


def _decide(ask: Ask) -> Any:
    body = ask.body | {
        "orders": [{name: value for name, value in order.items() if value not in (None, "")} for order in ask.body["orders"]],
        "evidence": list(ask.body["evidence"]),
    }  # fmt: skip
    return DecidedOut.of(
        decisions.make(ask.actor, found(CASES, ask.actor, ask.pk), **body, key=ask.key), ask.actor
    )


def _decisions(actor: Actor) -> Any:
    return Decision.objects.visible_to(actor).exclude(case__subject_id=actor.id).select_related("case")


def _waiting(actor: Actor) -> Any:
    return Appeal.objects.visible_to(actor).filter(state="filed")


CASES, APPEALS = seen(Case, "holder"), seen(Appeal)
OPERATIONS = (
    Op(name="cases.queue", method="GET", path="/house/cases", query=QueueAsked, out=QueueOut, answer=_queue,
       about="Open cases, the worst first.", **STAFF),
    Op(name="cases.claim_next", does="case.claim_next", method="POST",
       path="/house/cases/claim-next", out=CaseOut, answer=_next,
       about="Take the worst case that nobody works on.", **PEOPLE),
    one("cases.get", "/house/cases/{id}", CASES, CaseOut, **STAFF),
    Op(name="cases.read", does="case.read", method="POST",
       path="/house/cases/{id}/read", body=DossierAsked, out=DossierOut, answer=_read,
       about="What people wrote in a case, for whoever works on it. Every reading stands in the audit chain.", **PEOPLE),
    Op(name="cases.read_file", does="case.read_file", method="POST", path="/house/cases/{id}/file", body=FileAsked, gives=True,
       answer=_read_file, about="A file that a reporter attached, for whoever works on the case.", **PEOPLE),
    act("reports.mark_bad_faith", "/house/reports/{id}/bad-faith", reports.mark_bad_faith, every(Report), body=BecauseIn,
        out=ReportReadOut, **PEOPLE),
    act("cases.claim", "/house/cases/{id}/claim", claims.claim, CASES, out=CaseOut, **PEOPLE),
    act("cases.release", "/house/cases/{id}/release", claims.release, CASES, out=CaseOut, **PEOPLE),
    Op(name="cases.hand_over", does="case.hand_over", method="POST",
       path="/house/cases/{id}/hand-over", body=HandOverIn, status=204,
       answer=_hand_over, about="Give a case to a colleague.", **PEOPLE),
    act("cases.escalate", "/house/cases/{id}/escalate", claims.escalate, CASES, body=BecauseIn, out=CaseOut, **PEOPLE),
    act("cases.note", "/house/cases/{id}/notes", claims.note, CASES, body=NoteIn, **PEOPLE),
    Op(name="cases.merge", does="case.merge", method="POST",
       path="/house/cases/{id}/merge", body=MergeIn, out=CaseOut, answer=_merge,
       about="Join a case to another of the same account.", **PEOPLE),
    Op(name="cases.decide", does="decision.make", method="POST",
       path="/house/cases/{id}/decision", body=DecisionIn, out=DecidedOut, status=201,
       answer=_decide, about="Decide a case one holds. What needs a second person waits for one.", **PEOPLE),
    many("house.decisions", "/house/decisions", _decisions, DecidedOut, **STAFF),
    act("house.decisions.confirm", "/house/decisions/{id}/confirm", decisions.confirm, _decisions, out=DecidedOut, **PEOPLE),
    act("house.decisions.reject", "/house/decisions/{id}/reject", decisions.reject, _decisions, body=BecauseIn,
        out=DecidedOut, **PEOPLE),
    act("house.decisions.withdraw", "/house/decisions/{id}/withdraw", decisions.withdraw, _decisions, out=DecidedOut, **PEOPLE),
    many("house.appeals", "/house/appeals", _waiting, HouseAppealOut, **STAFF),
    act("house.appeals.uphold", "/house/appeals/{id}/uphold", appeals.uphold, APPEALS, body=BecauseIn, out=HouseAppealOut,
        **PEOPLE),
    act("house.appeals.reject", "/house/appeals/{id}/reject", appeals.reject, APPEALS, body=BecauseIn, out=HouseAppealOut,
        **PEOPLE),
)  # fmt: skip
