"""Cases for the house: the queue, working on one, deciding it, the second person, appeals. Acts are for people's own tokens."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sekisho.interfaces.api.operation import Ask, Asked, Op, PageAsked, Shown, Text, act, found, many, most, one, seen
from sekisho.interfaces.api.operations.desk import STAFF
from sekisho.interfaces.api.operations.reports import CATEGORIES
from sekisho.market.kernel.actors import Actor
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, choosing, claims, decisions, reading
from sekisho.market.safety.measures import MEANS
from sekisho.market.safety.models import Appeal, Case, Decision
from sekisho.market.safety.policy import policy

PEOPLE: dict[str, Any] = {"words": frozenset({"moderator", "operator"})}
LENGTH = policy().text_length


class CaseOut(Shown):
    """A case: whom it is about, why it stands where it stands, who holds it. No words of anybody: see `cases.read`."""

    id: UUID
    state: str
    subject_id: UUID
    matter: UUID
    category: str
    severity: int
    points: int
    reasons: list[dict[str, Any]]
    yen: int
    opened_at: datetime
    due_at: datetime | None
    first_look_at: datetime | None
    decided_at: datetime | None
    escalated: int
    held_by: UUID | None = None
    held_until: datetime | None
    merged_into_id: UUID | None

    @classmethod
    def of(cls, row: Case, actor: Actor) -> CaseOut:
        """With who holds it at this moment."""
        case: CaseOut = cls.from_orm(row)
        case.held_by = row.holder_id if row.holder_now is not None else None
        return case


class QueueAsked(PageAsked):
    """Which cases: a saved view, a category."""

    view: Literal[tuple(reading.VIEWS)] = "all"  # type: ignore[valid-type]
    category: Literal[CATEGORIES] | None = None  # type: ignore[valid-type]


class QueueOut(Schema):
    """The worst first, at most a hundred."""

    items: list[CaseOut]


class ReportReadOut(Shown):
    """A report as the house reads it. Its words and its reporter never reach whom it is about."""

    id: UUID
    at: datetime
    state: str
    reporter_id: UUID
    about: str
    about_id: UUID
    category: str
    stage: str
    text: str
    happened_on: date | None
    answered: bool
    gave: list[str]


class EntryOut(Schema):
    """One row of the record. `evidence`: whether it is whom the case is about who wrote it, so that it can be quoted."""

    kind: str
    id: UUID
    at: datetime
    author_id: UUID | None
    type: str
    state: str
    text: str
    reported: bool
    evidence: bool


class OptionOut(Shown):
    """A measure on a thing that the case allows as it stands."""

    kind: str
    thing: str
    thing_id: UUID
    name: str
    state: str


class DossierOut(Schema):
    """What people wrote in a case, for whoever works on it; reading it stands in the audit chain."""

    reports: list[ReportReadOut]
    deal_id: UUID | None
    deals: list[UUID]
    entries: list[EntryOut]
    older: int | None
    proposal: dict[str, Any]
    options: list[OptionOut]


class DossierAsked(Asked):
    """Which deal's record, and before which place in it."""

    deal: UUID | None = None
    before: Annotated[int, Field(ge=0, le=10_000_000)] | None = None


class DecidedOut(Shown):
    """A decision as the house sees it."""

    id: UUID
    case_id: UUID
    at: datetime
    state: str
    decider_id: UUID
    second_id: UUID | None
    alone: bool
    breach: bool
    severity: int
    rule: str
    measures: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    proposal: dict[str, Any]
    public_reason: str
    private_note: str
    done_at: datetime | None


class HouseAppealOut(Shown):
    """An appeal as the house sees it."""

    id: UUID
    at: datetime
    state: str
    decision_id: UUID
    report_id: UUID | None
    appellant_id: UUID
    text: str
    reason: str
    due_at: datetime | None
    escalated: int
    ended_at: datetime | None
    left: list[dict[str, Any]]


class BecauseIn(Asked):
    """Why."""

    because: Annotated[Text, most(LENGTH)]


class NoteIn(Asked):
    """For the others of the house."""

    text: Annotated[Text, most(LENGTH)]


class HandOverIn(Asked):
    """To whom, and where it stands."""

    to: UUID
    because: Annotated[Text, most(1000)]


class MergeIn(Asked):
    """Which case it becomes part of."""

    into: UUID


class OrderIn(Asked):
    """One measure: `thing` and `thing_id` where it is about a thing, `days` of a suspension."""

    kind: Literal[tuple(MEANS)]  # type: ignore[valid-type]
    thing: Annotated[Text, most(20)] = ""
    thing_id: UUID | None = None
    days: Annotated[int, Field(ge=1, le=policy().suspension_days_most)] | None = None


class EvidenceIn(Asked):
    """A reference to the record, with the words quoted."""

    kind: Literal["event", "message", "job", "profile", "judgement"]
    ref: Annotated[Text, most(60)]
    quote: Annotated[Text, most(500)] = ""


class DecisionIn(Asked):
    """A decision. `public_reason` is read by whom it is about, `private_note` by the house only."""

    breach: bool
    rule: Literal[CATEGORIES]  # type: ignore[valid-type]
    public_reason: Annotated[Text, most(LENGTH)]
    private_note: Annotated[Text, most(LENGTH)] = ""
    orders: Annotated[list[OrderIn], Field(max_length=20)] = []
    evidence: Annotated[list[EvidenceIn], Field(max_length=50)] = []


def _queue(ask: Ask) -> dict[str, Any]:
    rows = reading.queue(ask.actor, ask.query.view, ask.query.category or "")[: ask.query.limit]
    return {"items": [CaseOut.of(row, ask.actor) for row in rows]}


def _next(ask: Ask) -> Any:
    return CaseOut.of(claims.claim_next(ask.actor, None, key=ask.key), ask.actor)


def _read(ask: Ask) -> dict[str, Any]:
    case = found(CASES, ask.actor, ask.pk)
    dossier = reading.read(ask.actor, case, deal=ask.body["deal"], before=ask.body["before"], key=None)
    return {
        "reports": list(dossier.reports), "deal_id": dossier.deal.id if dossier.deal else None,
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


def _hand_over(ask: Ask) -> None:
    to = found(lambda _actor: Account.objects.all(), ask.actor, ask.body["to"])
    claims.hand_over(ask.actor, found(CASES, ask.actor, ask.pk), to=to, because=ask.body["because"], key=ask.key)


def _merge(ask: Ask) -> Any:
    into = found(CASES, ask.actor, ask.body["into"])
    return CaseOut.of(claims.merge(ask.actor, found(CASES, ask.actor, ask.pk), into=into, key=ask.key), ask.actor)


def _decide(ask: Ask) -> Any:
    body = ask.body | {
        "orders": [{name: value for name, value in order.items() if value not in (None, "")} for order in ask.body["orders"]],
        "evidence": list(ask.body["evidence"]),
    }  # fmt: skip
    return DecidedOut.of(decisions.make(ask.actor, found(CASES, ask.actor, ask.pk), **body, key=ask.key), ask.actor)


def _decisions(actor: Actor) -> Any:
    return Decision.objects.visible_to(actor).exclude(case__subject_id=actor.id).select_related("case")


def _waiting(actor: Actor) -> Any:
    return Appeal.objects.visible_to(actor).filter(state="filed")


CASES, APPEALS = seen(Case, "holder"), seen(Appeal)
OPERATIONS = (
    Op(name="cases.queue", method="GET", path="/house/cases", query=QueueAsked, out=QueueOut, answer=_queue,
       about="Open cases, the worst first.", **STAFF),
    Op(name="cases.claim_next", method="POST", path="/house/cases/claim-next", out=CaseOut, answer=_next,
       about="Take the worst case that nobody works on.", **PEOPLE),
    one("cases.get", "/house/cases/{id}", CASES, CaseOut, **STAFF),
    Op(name="cases.read", method="POST", path="/house/cases/{id}/read", body=DossierAsked, out=DossierOut, answer=_read,
       about="What people wrote in a case, for whoever works on it. Every reading stands in the audit chain.", **PEOPLE),
    act("cases.claim", "/house/cases/{id}/claim", claims.claim, CASES, out=CaseOut, **PEOPLE),
    act("cases.release", "/house/cases/{id}/release", claims.release, CASES, out=CaseOut, **PEOPLE),
    Op(name="cases.hand_over", method="POST", path="/house/cases/{id}/hand-over", body=HandOverIn, status=204,
       answer=_hand_over, about="Give a case to a colleague.", **PEOPLE),
    act("cases.escalate", "/house/cases/{id}/escalate", claims.escalate, CASES, body=BecauseIn, out=CaseOut, **PEOPLE),
    act("cases.note", "/house/cases/{id}/notes", claims.note, CASES, body=NoteIn, **PEOPLE),
    Op(name="cases.merge", method="POST", path="/house/cases/{id}/merge", body=MergeIn, out=CaseOut, answer=_merge,
       about="Join a case to another of the same account.", **PEOPLE),
    Op(name="cases.decide", method="POST", path="/house/cases/{id}/decision", body=DecisionIn, out=DecidedOut, status=201,
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
