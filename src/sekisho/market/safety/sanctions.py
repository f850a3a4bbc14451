"""Warning, suspension and ban: what each does to standing, open jobs and approvals of outside contact, and back. Money stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from sekisho.market.contact_requests import verbs as contact_requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import LIVE
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor, Authority, Standing
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import verb
from sekisho.market.people.models import Account
from sekisho.market.people.verbs import set_standing
from sekisho.market.safety.models import Decision, Sanction
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import SANCTION


@dataclass(frozen=True, slots=True)
class Effect:
    """What a sanction does beside the standing (whose own table says what may still be done).

    `jobs`: open ones are taken from sight. `approvals`: outside contact that was approved rests. `counterparties`: those with
    a live contract are told what it means for them. Contracts go on, money and timers stay as they are, sessions end where the
    standing permits something else, tokens work for what the standing permits.
    """

    standing: Standing
    jobs: bool = False
    approvals: bool = False
    counterparties: bool = False


EFFECTS: Mapping[str, Effect] = {
    "warning":    Effect(Standing.WARNED),
    "suspension": Effect(Standing.SUSPENDED, jobs=True, approvals=True, counterparties=True),
    "ban":        Effect(Standing.BANNED, jobs=True, approvals=True, counterparties=True),
}  # fmt: skip
GRAVITY = tuple(effect.standing for effect in EFFECTS.values())
"""Of several that hold, the last of these is the account's standing."""


def impose(actor: Actor, decision: Decision, kind: str, days: int | None) -> dict[str, Any]:
    """Let a sanction begin now. `days` of a suspension; a warning ends by the policy, a ban never. Returns what lifting needs."""
    account = decision.case.subject
    length = days if kind == "suspension" else policy().warning_days if kind == "warning" else None
    until = clock.now() + timedelta(days=length) if length else None
    sanction = Sanction.objects.create(
        account=account, decision=decision, kind=kind, until=until, due_at=until
    )
    effect = EFFECTS[kind]
    _stand(actor, account)
    keep(actor, account)
    if effect.counterparties:
        for contract in _live(account):
            tell("sanction.counterparty", contract=contract.id, by=contract.deal.side(account.id))
    return {"sanction": str(sanction.id)}


def keep(actor: Actor, account: Account) -> None:
    """What came back to sight although another sanction still holds goes to rest again."""
    held = _held(account)
    for job in _jobs(account, "open") if any(effect.jobs for effect in held) else ():
        jobs.pause(actor, job)
    for request in _approvals(account, "approved") if any(effect.approvals for effect in held) else ():
        contact_requests.pause(actor, request)


def _jobs(account: Account, state: str) -> list[Job]:
    return list(Job.objects.filter(client=account, state=state).order_by("pk"))


def _approvals(account: Account, state: str) -> list[ContactRequest]:
    party = Q(deal__client=account) | Q(deal__worker=account)
    rows = ContactRequest.objects.select_related("deal__client", "deal__worker").filter(party, state=state)
    return list(rows.order_by("pk"))


def _live(account: Account) -> list[Contract]:
    party = Q(deal__client=account) | Q(deal__worker=account)
    return list(Contract.objects.select_related("deal").filter(party, state__in=[s.value for s in LIVE]))


def _stand(actor: Actor, account: Account) -> None:
    """Give the account the standing of the gravest sanction that holds."""
    held = [effect.standing for effect in _held(account)]
    standing = max(held, key=GRAVITY.index, default=Standing.GOOD)
    if Account.objects.only("standing").get(pk=account.pk).standing != standing:
        set_standing(actor, account, standing)


def lift(actor: Actor, sanction_id: UUID) -> list[dict[str, Any]]:
    """An upheld appeal: the sanction never was. Returns what cannot be given back."""
    sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction_id)
    left: list[dict[str, Any]] = []
    if sanction.state == "holds":
        SANCTION.move(sanction, "lift", {"authority"}, policy().waits, ended_at=clock.now())
        left = _give_back(actor, sanction)
    return left + _lost(sanction)


def _lost(sanction: Sanction) -> list[dict[str, Any]]:
    """The time it held cannot be given back; for a suspension or ban that is said."""
    if sanction.kind == "warning":
        return []
    hours = int(((sanction.ended_at or clock.now()) - sanction.at).total_seconds() // 3600)
    return [{"code": "time_lost", "hours": hours}] if hours else []


def _held(account: Account) -> list[Effect]:
    kinds = Sanction.objects.filter(account=account, state="holds").values_list("kind", flat=True)
    return [EFFECTS[kind] for kind in kinds]


def _give_back(actor: Actor, sanction: Sanction) -> list[dict[str, Any]]:
    """What rested because of sanctions of this account comes back, unless another sanction keeps it."""
    account = sanction.account
    _stand(actor, account)
    held = _held(account)
    left: list[dict[str, Any]] = []
    for job in () if any(effect.jobs for effect in held) else _jobs(account, "paused"):
        left += _tried("jobs", jobs.resume, actor, job)
    for request in () if any(effect.approvals for effect in held) else _approvals(account, "paused"):
        other = request.deal.worker if request.deal.client_id == account.pk else request.deal.client
        if not any(effect.approvals for effect in _held(other)):
            left += _tried("approvals", contact_requests.resume, actor, request)
    return left


def _tried(name: str, resume: Callable[..., Any], actor: Actor, row: Any) -> list[dict[str, Any]]:
    try:
        resume(actor, row)
    except Problem as problem:
        return [{"code": "moved_on", "thing": name, "why": problem.code}]
    return []


@verb("sanction.expire")
def expire(actor: Actor, sanction: Sanction) -> Sanction:
    """Its time is over: what it kept back comes back."""
    SANCTION.move(sanction, "expire", {"clock"}, policy().waits, ended_at=clock.now())
    _give_back(_as_sanction(actor, sanction), sanction)
    tell("sanction.expired", sanction=sanction.id)
    return sanction


def _as_sanction(actor: Actor, sanction: Sanction) -> Actor:
    return Actor(actor.id, actor.name, actor.roles, actor.standing, Authority("sanction", sanction.id))
