"""The house decides about money with two persons: one proposes, another confirms; a house of one waits and says so.

The decision is told at once, its money moves when the time to appeal is over. Until then a room above can reverse it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from sekisho.market.contracts.disputes import decide, reopen, split_of
from sekisho.market.contracts.models import Contract, Dispute, Settlement
from sekisho.market.contracts.moves import begun, not_own, step, under
from sekisho.market.contracts.states import SETTLEMENT, DisputeState, SettlementState
from sekisho.market.contracts.verbs import settle
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor, Standing
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.people.models import Account

describe({
    "window_over": Row(Kind.CONFLICT, "異議申し立ての期間が終わり、この裁定のお金はすでに動いています。",
                       "The time to appeal is over and the money of this settlement has moved."),
})  # fmt: skip


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
    """The second person confirms: it is decided. The money waits in escrow while either side can appeal."""
    return _decided(actor, settlement, "confirm", second=actor.me)


@verb("settlement.confirm_alone")
def confirm_alone(actor: Actor, settlement: Settlement) -> Settlement:
    """The cooling-off of a house of one person is over: as `confirm`, and the row says that nobody else looked."""
    return _decided(actor, settlement, "confirm_alone")


def _decided(actor: Actor, settlement: Settlement, name: str, **changes: object) -> Settlement:
    current().because = settlement.because
    step(SETTLEMENT, settlement, name, **changes)
    decide(under(actor, "settlement", settlement.id), settlement.dispute, to_worker=settlement.to_worker,
           because=settlement.because)  # fmt: skip
    tell("settlement.confirmed", settlement=settlement.id, alone=settlement.alone)
    return settlement


@verb("settlement.carry_out")
def carry_out(actor: Actor, settlement: Settlement) -> Settlement:
    """Nobody can appeal any more: the money moves as decided."""
    current().because = settlement.because
    step(SETTLEMENT, settlement, "carry_out", ended_at=clock.now())
    settle(under(actor, "settlement", settlement.id), settlement.contract, to_worker=settlement.to_worker,
           because=settlement.because)  # fmt: skip
    tell("settlement.done", settlement=settlement.id)
    return settlement


@verb("settlement.prolong")
def prolong(actor: Actor, settlement: Settlement, *, until: datetime, because: str) -> Settlement:
    """On an authority (an appeal that is not decided yet): the money waits until `until`, never shorter than it would.

    Raises `Problem("window_over")` when it has moved.
    """
    _in_window(settlement)
    current().because = fields.text(because, "because", 1000)
    step(SETTLEMENT, settlement, "prolong", due_at=max(until, settlement.due_at or until))
    return settlement


@verb("settlement.reverse")
def reverse(actor: Actor, settlement: Settlement, *, because: str) -> Settlement:
    """On an authority (an upheld appeal): it is as if it had not been decided; the escrow is untouched, the house decides anew.

    Raises `Problem("window_over")` when the money has moved: then only a new matter between the people can undo it.
    """
    _in_window(settlement)
    words = current().because = fields.text(because, "because", 5000)
    step(SETTLEMENT, settlement, "reverse", ended_at=clock.now())
    reopen(actor, settlement.dispute, because=words)
    tell("settlement.reversed", settlement=settlement.id)
    return settlement


def _in_window(settlement: Settlement) -> None:
    if settlement.state == SettlementState.DONE:
        raise Problem("window_over")


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
