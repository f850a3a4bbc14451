"""What a decision can do, one row a kind: how its order is read, how it is done, how it is undone.

Each is done by the verbs of the rooms below, on the authority of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sekisho.market.contact_requests import verbs as contact_requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts import freezing, reviews, settlements, statements
from sekisho.market.contracts.models import Contract, Dispute, Review, Settlement, Statement
from sekisho.market.jobs import applications
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Application, Job
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.messaging import verbs as messages
from sekisho.market.messaging.models import Message
from sekisho.market.safety.models import Decision, Measure
from sekisho.market.safety.policy import policy
from sekisho.market.safety.sanctions import impose, keep, lift

describe({
    "bad_measure": Row(Kind.INVALID, "措置「{kind}」の対象を確認してください。", "Check what the measure “{kind}” is about."),
    "measure_elsewhere": Row(Kind.CONFLICT, "措置の対象が、この案件のアカウントのものではありません。",
                             "A measure is about something that does not belong to this case's account."),
})  # fmt: skip
Order = dict[str, Any]
"""One measure as it is ordered: `kind`, and where it has one `thing` and `thing_id`, or `days`."""
Before = dict[str, Any]
"""What undoing a measure will need."""


@dataclass(frozen=True, slots=True)
class Means:
    """One kind of measure. `things`: what it can be about. `undo` returns what could not be undone, as codes with facts."""

    do: Callable[[Actor, Decision, Order], Before]
    undo: Callable[[Actor, Measure], list[dict[str, Any]]]
    things: tuple[str, ...] = ()
    sanction: bool = False


MODELS: Mapping[str, Any] = {
    "job": Job, "review": Review, "message": Message, "application": Application, "statement": Statement,
    "contact_request": ContactRequest, "contract": Contract, "settlement": Settlement, "dispute": Dispute,
}  # fmt: skip
_WITHHOLD: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "message": (messages.withhold, messages.release),
    "application": (applications.withhold, applications.release),
    "statement": (statements.withhold, statements.release),
    "review": (reviews.withhold, reviews.release),
}
_REMOVE: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "job": (jobs.remove, jobs.restore), "review": (reviews.remove, reviews.release),
}  # fmt: skip
_RELEASE: Mapping[str, Callable[..., Any]] = {
    "message": messages.release, "application": applications.release, "statement": statements.release,
    "review": reviews.release, "contact_request": contact_requests.release, "job": jobs.publish,
}  # fmt: skip
_OWNER: Mapping[str, Callable[[Any], Any]] = {
    "job": lambda row: row.client_id,
    "message": lambda row: row.author_id,
    "application": lambda row: row.worker_id,
    "review": lambda row: row.author,
    "statement": lambda row: row.author,
    "contact_request": lambda row: row.deal.client_id if row.asker == "client" else row.deal.worker_id,
}


def _thing(order: Order) -> Any:
    row = MODELS[order["thing"]].objects.filter(pk=order["thing_id"]).first()
    if row is None:
        raise Problem("bad_measure", kind=order["kind"])
    return row


def _pair(table: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]]) -> Means:
    def do(actor: Actor, decision: Decision, order: Order) -> Before:
        table[order["thing"]][0](actor, _thing(order), because=decision.public_reason[:1000])
        return {}

    def undo(actor: Actor, measure: Measure) -> list[dict[str, Any]]:
        table[measure.thing][1](actor, MODELS[measure.thing].objects.get(pk=measure.thing_id))
        return []

    return Means(do, undo, tuple(table))


def _release(actor: Actor, _decision: Decision, order: Order) -> Before:
    _RELEASE[order["thing"]](actor, _thing(order))
    return {}


def _cannot(_actor: Actor, measure: Measure) -> list[dict[str, Any]]:
    """What was shown was read: that cannot be undone."""
    return [{"code": "was_read", "thing": measure.thing}]


def _freeze(actor: Actor, decision: Decision, order: Order) -> Before:
    contract = _thing(order)
    side = contract.deal.side(decision.case.subject_id)
    freezing.freeze(actor, contract, side=side, decision=decision.id)
    return {}


def _unfreeze(actor: Actor, measure: Measure) -> list[dict[str, Any]]:
    contract = Contract.objects.get(pk=str(measure.thing_id))
    if contract.frozen_by == measure.decision_id:
        freezing.unfreeze(actor, contract)
    return []


def _settle(actor: Actor, _decision: Decision, order: Order) -> Before:
    settlements.confirm(actor, _thing(order))
    return {}


def _unsettle(actor: Actor, measure: Measure) -> list[dict[str, Any]]:
    settlement = Settlement.objects.get(pk=str(measure.thing_id))
    try:
        settlements.reverse(actor, settlement, because=measure.decision.public_reason[:1000])
    except Problem:
        return [{"code": "money_moved", "thing": "settlement", "yen": settlement.to_worker}]
    return []


def _impose(kind: str) -> Callable[[Actor, Decision, Order], Before]:
    def do(actor: Actor, decision: Decision, order: Order) -> Before:
        return impose(actor, decision, kind, order.get("days"))

    return do


def _lift(actor: Actor, measure: Measure) -> list[dict[str, Any]]:
    return lift(actor, UUID(measure.before["sanction"]))


MEANS: dict[str, Means] = {
    "warning":    Means(_impose("warning"), _lift, sanction=True),
    "suspension": Means(_impose("suspension"), _lift, sanction=True),
    "ban":        Means(_impose("ban"), _lift, sanction=True),
    "remove":     _pair(_REMOVE),
    "withhold":   _pair(_WITHHOLD),
    "release":    Means(_release, _cannot, tuple(_RELEASE)),
    "freeze":     Means(_freeze, _unfreeze, ("contract",)),
    "settle":     Means(_settle, _unsettle, ("settlement",)),
}  # fmt: skip


def read(orders: Any, subject: UUID) -> list[Order]:
    """Orders as people give them, checked: kinds, things that exist and belong to the account, days. Raises `Problem`."""
    found: list[Order] = []
    for given in orders:
        kind = fields.one_of(str(given.get("kind", "")), "kind", tuple(MEANS))
        means = MEANS[kind]
        order: Order = {"kind": kind}
        if means.things:
            order["thing"] = fields.one_of(str(given.get("thing", "")), "thing", means.things)
            order["thing_id"] = str(given.get("thing_id", ""))
            _belongs(order, subject)
        if kind == "suspension":
            order["days"] = _days(given.get("days"))
        found.append(order)
    if sum(MEANS[order["kind"]].sanction for order in found) > 1:
        raise Problem("bad_measure", kind="sanction")
    return found


def _belongs(order: Order, subject: UUID) -> None:
    try:
        UUID(order["thing_id"])
    except ValueError:
        raise Problem("bad_measure", kind=order["kind"]) from None
    row = _thing(order)
    if order["thing"] in ("contract", "settlement"):
        deal = row.deal if order["thing"] == "contract" else row.contract.deal
        fits = deal.side(subject) is not None
    else:
        fits = _OWNER[order["thing"]](row) == subject
    if not fits:
        raise Problem("measure_elsewhere")


def _days(value: Any) -> int:
    most = policy().suspension_days_most
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise Problem("bad_value", field="days", choices=f"1–{most}")
    return value


def carry_out(actor: Actor, decision: Decision) -> None:
    """Do everything the decision orders, in its order, and note what undoing will need."""
    for number, order in enumerate(decision.measures):
        before = MEANS[order["kind"]].do(actor, decision, order)
        facts = {name: value for name, value in order.items() if name not in ("kind", "thing", "thing_id")}
        Measure.objects.create(
            decision=decision, order=number, kind=order["kind"], thing=order.get("thing", ""),
            thing_id=order.get("thing_id"), facts=facts, before=before,
        )  # fmt: skip


def undo(actor: Actor, decision: Decision) -> list[dict[str, Any]]:
    """Undo everything the decision did, last first. Returns what the world has done with it meanwhile: what is owed instead."""
    left: list[dict[str, Any]] = []
    for measure in Measure.objects.filter(decision=decision, undone_at=None).order_by("-order"):
        try:
            rest = MEANS[measure.kind].undo(actor, measure)
        except Problem as problem:
            rest = [{"code": "moved_on", "thing": measure.thing or measure.kind, "why": problem.code}]
        Measure.objects.filter(pk=measure.pk).update(undone_at=clock.now(), left=rest)
        left += rest
    keep(actor, decision.case.subject)
    return left
