"""Deciding a case: what was found, by which rule, on what evidence, what is done. Grave things take two persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q

from sekisho.market.judging.judges import pack
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor, Authority, Standing
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.people.models import Account
from sekisho.market.safety import measures, reasons, reports
from sekisho.market.safety.claims import barred, holds
from sekisho.market.safety.fairness import is_victim
from sekisho.market.safety.models import Case, Claim, Decision, Strike
from sekisho.market.safety.outcomes import said_of_rules
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import CASE, DECISION

describe({
    "victim": Row(Kind.CONFLICT, "記録では、先に誘導したのは相手側です。応じた側に警告や停止などの措置はできません。",
                  "By the record the other side began. Whoever only answered is not warned, suspended or banned."),
    "nothing_done": Row(Kind.INVALID, "違反ありとする場合は、措置を1つ以上選んでください。",
                        "Where a breach is found, choose at least one measure."),
    "no_breach_no_sanction": Row(Kind.INVALID, "違反なしの判断では、警告や停止などの措置はできません。",
                                 "Without a breach nobody is warned, suspended or banned, and nothing is removed."),
    "decision_waits": Row(Kind.CONFLICT, "2人目の確認を待っている判断があります。", "A decision waits for its second person."),
})  # fmt: skip
HARMLESS = frozenset({"release"})
"""Measures that go with finding no breach."""


def strikes(account: Account) -> int:
    """How many strikes count against an account now."""
    return Strike.objects.filter(account=account, withdrawn_at=None, expires_at__gt=clock.now()).count()


def proposal(case: Case) -> dict[str, Any]:
    """What the ladder proposes for a breach in this case, and why. Only a proposal."""
    if is_victim(case):
        return {"kind": None, "days": None, "severity": case.severity, "strikes": strikes(case.subject), "why": "victim"}
    count = strikes(case.subject) + 1
    rung = policy().proposed(case.severity, count)
    return {"kind": rung.kind, "days": rung.days, "severity": case.severity, "strikes": count, "why": "ladder"}


@verb("decision.make")
def make(
    actor: Actor, case: Case, *, breach: bool, rule: str, public_reason: str, private_note: str = "",
    orders: Sequence[dict[str, Any]] = (), evidence: Sequence[dict[str, Any]] = (),
) -> Decision:  # fmt: skip
    """Decide a case one holds. What needs a second person waits for one; everything else takes effect now, all or nothing.

    `orders`: measures (`measures.read`). `public_reason` is read by whom it is about; `private_note` by the house only.
    Raises `Problem` not_claimed, barred, victim, blank, bad_measure, measure_elsewhere, nothing_done, no_breach_no_sanction.
    """
    holds(actor, case)
    if barred(actor, case):
        raise Problem("barred")
    rules = policy()
    read = measures.read(orders, case.subject_id)
    kinds = {order["kind"] for order in read}
    _fitting(case, breach, kinds)
    note = fields.text(private_note, "private_note", rules.text_length, blank=not kinds & rules.private_note)
    second = bool(kinds & rules.second_person)
    alone = second and not _others(actor, case)
    name = "propose" if second else "decide"
    row = DECISION.find(None, name, {"holder"})
    decision = Decision(
        id=new_id(), case=case, state=row.to, decider_id=actor.me, alone=alone, breach=breach, severity=case.severity,
        rule=fields.one_of(rule, "rule", tuple(rules.categories)), pack=pack(), evidence=_evidence(evidence),
        measures=read, proposal=proposal(case), public_reason=fields.text(public_reason, "public_reason", rules.text_length),
        private_note=note, due_at=clock.now() + rules.waits["cooling_off"] if alone else None,
        done_at=None if second else clock.now(),
    )  # fmt: skip
    current().because = decision.public_reason
    decision.save(force_insert=True)
    CASE.move(case, name, current().held | {"holder"}, rules.waits, **({} if second else _closed()))
    if second:
        tell("decision.proposed", decision=decision.id, alone=alone)
    else:
        _carry_out(actor, decision)
    return decision


def _closed() -> dict[str, Any]:
    return {"holder": None, "held_until": None, "decided_at": clock.now(), "due_at": None}


def _fitting(case: Case, breach: bool, kinds: set[str]) -> None:
    if breach and not kinds:
        raise Problem("nothing_done")
    if not breach and kinds - HARMLESS:
        raise Problem("no_breach_no_sanction")
    if any(measures.MEANS[kind].sanction for kind in kinds) and is_victim(case):
        raise Problem("victim")


def _evidence(given: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """References to the record with the words quoted. What a reporter wrote is never quoted: it may tell who she is."""
    found = []
    for row in given[:50]:
        kind = fields.one_of(str(row.get("kind", "")), "evidence", ("event", "message", "job", "profile", "judgement"))
        quote = fields.text(str(row.get("quote", "")), "quote", 500, blank=True)
        found.append({"kind": kind, "ref": fields.line(str(row.get("ref", "")), "ref", 60), "quote": quote})
    return found


def _others(actor: Actor, case: Case) -> bool:
    """Whether the house has anybody else who could confirm."""
    house = Account.objects.filter(Q(is_moderator=True) | Q(is_operator=True), is_active=True)
    able = house.exclude(pk=actor.me).exclude(standing__in=[Standing.SUSPENDED, Standing.BANNED])
    return any(not barred(other.actor, case) for other in able[:20])


@verb("decision.confirm")
def confirm(actor: Actor, decision: Decision) -> Decision:
    """The second person agrees: it takes effect now."""
    if barred(actor, decision.case):
        raise Problem("barred")
    return _confirmed(actor, decision, "confirm", second_id=actor.me)


@verb("decision.confirm_alone")
def confirm_alone(actor: Actor, decision: Decision) -> Decision:
    """The cooling-off of a house of one person is over; the decision says that nobody else looked."""
    return _confirmed(decision.decider.actor, decision, "confirm_alone")


def _confirmed(actor: Actor, decision: Decision, name: str, **changes: Any) -> Decision:
    DECISION.move(decision, name, current().held, policy().waits, done_at=clock.now(), due_at=None, **changes)
    case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
    CASE.move(case, "confirm", {"authority"}, policy().waits, **_closed())
    _carry_out(actor, decision)
    return decision


@verb("decision.reject")
def reject(actor: Actor, decision: Decision, *, because: str) -> Decision:
    """The second person does not agree: nothing happens, the case is decided anew."""
    current().because = fields.text(because, "because", policy().text_length)
    return _returned(decision, "reject", second_id=actor.me)


@verb("decision.withdraw")
def withdraw(actor: Actor, decision: Decision) -> Decision:
    """The proposer takes it back."""
    return _returned(decision, "withdraw")


def _returned(decision: Decision, name: str, **changes: Any) -> Decision:
    DECISION.move(decision, name, current().held, policy().waits, ended_at=clock.now(), due_at=None, **changes)
    case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
    CASE.move(case, "return", {"authority"}, policy().waits)
    tell(f"decision.{decision.state}", decision=decision.id)
    return decision


def under(actor: Actor, kind: str, id_: Any) -> Actor:
    """`actor`, with what gives him the right shown to the verbs he calls next."""
    return replace(actor, authority=Authority(kind, id_))


def _carry_out(actor: Actor, decision: Decision) -> None:
    measures.carry_out(under(actor, "decision", decision.id), decision)
    if decision.breach and any(measures.MEANS[order["kind"]].sanction for order in decision.measures):
        Strike.objects.create(
            account_id=decision.case.subject_id, decision=decision, severity=decision.severity,
            expires_at=clock.now() + timedelta(days=policy().strike_days),
        )  # fmt: skip
    if decision.breach:
        reasons.state(decision)
    said_of_rules(decision)
    reports.answer(decision.case, "uphold" if decision.breach else "dismiss")
    Claim.objects.create(case=decision.case, moderator_id=decision.decider_id, how="release")
    tell("decision.done", decision=decision.id, breach=decision.breach)
