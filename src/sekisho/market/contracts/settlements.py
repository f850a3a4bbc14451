"""The house decides about money with two persons: one proposes, another confirms. A house of one waits and says so."""

from __future__ import annotations

from django.db.models import Q

from sekisho.market.contracts.disputes import decide, split_of
from sekisho.market.contracts.models import Contract, Dispute, Settlement
from sekisho.market.contracts.moves import begun, not_own, step, under
from sekisho.market.contracts.states import SETTLEMENT, DisputeState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor, Standing
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.people.models import Account


@verb("settlement.propose")
def propose(actor: Actor, dispute: Dispute, *, to_worker: int, because: str) -> Settlement:
    """Propose how the escrow is divided, with a reason both sides will read. Nothing moves before another confirms."""
    not_own(dispute.contract, actor)
    words = current().because = fields.text(because, "because", 5000)
    if dispute.state != DisputeState.DECISION:
        raise Problem("not_from_here", state=dispute.state)
    split_of(dispute, to_worker)
    if Settlement.objects.filter(dispute=dispute, state="proposed").exists():
        raise Problem("waits_already")
    alone = not others(actor, dispute.contract)
    settlement = Settlement(
        contract=dispute.contract, dispute=dispute, side="operator", to_worker=to_worker, because=words,
        proposer=actor.me, alone=alone,
    )  # fmt: skip
    begun(SETTLEMENT, settlement, "cooling_off" if alone else None)
    tell("settlement.proposed", settlement=settlement.id, alone=alone)
    return settlement


def others(actor: Actor, contract: Contract) -> bool:
    """Whether the house has anybody else who could confirm."""
    house = Account.objects.filter(Q(is_moderator=True) | Q(is_operator=True), is_active=True)
    taken = [actor.me, contract.deal.client_id, contract.deal.worker_id]
    barred = [Standing.SUSPENDED, Standing.BANNED]
    return house.exclude(pk__in=taken).exclude(standing__in=barred).exists()


@verb("settlement.confirm")
def confirm(actor: Actor, settlement: Settlement) -> Settlement:
    """The second person confirms: the money moves now."""
    return _done(actor, settlement, "confirm", second=actor.me)


@verb("settlement.confirm_alone")
def confirm_alone(actor: Actor, settlement: Settlement) -> Settlement:
    """The cooling-off of a house of one person is over: the money moves now, and the row says that nobody else looked."""
    return _done(actor, settlement, "confirm_alone")


@verb("settlement.reject")
def reject(actor: Actor, settlement: Settlement, *, because: str) -> Settlement:
    """The second person does not agree: nothing moves, another settlement may be proposed."""
    current().because = fields.text(because, "because", 1000)
    step(SETTLEMENT, settlement, "reject", second=actor.me, ended_at=clock.now())
    tell("settlement.rejected", settlement=settlement.id)
    return settlement


@verb("settlement.withdraw")
def withdraw(actor: Actor, settlement: Settlement) -> Settlement:
    """The proposer takes it back."""
    step(SETTLEMENT, settlement, "withdraw", ended_at=clock.now())
    return settlement


def _done(actor: Actor, settlement: Settlement, name: str, **changes: object) -> Settlement:
    current().because = settlement.because
    step(SETTLEMENT, settlement, name, ended_at=clock.now(), **changes)
    decide(under(actor, "settlement", settlement.id), settlement.dispute, to_worker=settlement.to_worker,
           because=settlement.because)  # fmt: skip
    tell("settlement.done", settlement=settlement.id, alone=settlement.alone)
    return settlement
