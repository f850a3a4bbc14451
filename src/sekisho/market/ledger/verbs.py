"""Money coming in from a bank and going out to one, as the operator confirms it. Escrow is moved by `contracts`."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import verb
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.book import Leg, account, post
from sekisho.market.ledger.models import Kind, Payout, PayoutState


@verb("ledger.confirm_deposit")
def confirm_deposit(actor: Actor, thing: None, *, client: UUID, amount: int, reference: str) -> None:
    """`amount` yen of `client` arrived at the bank; `reference` is the bank's own and can be used once."""
    post(
        [Leg(account(Kind.BANK), account(Kind.CLIENT, client), yen(amount, field="amount"), "deposit")],
        key=f"deposit:{reference}",
    )
    tell("ledger.deposited", client=client, amount=amount)


@verb("ledger.ask_payout")
def ask_payout(actor: Actor, thing: None, *, amount: int) -> Payout:
    """Send `amount` yen of one's earnings to one's bank."""
    payout = Payout.objects.create(worker=actor.me, amount=yen(amount, field="amount"))
    post(
        [Leg(account(Kind.WORKER, actor.me), account(Kind.PAYOUT, payout.id), amount, "payout")],
        key=f"payout:{payout.id}",
    )
    tell("ledger.payout_asked", payout=payout.id)
    return payout


@verb("ledger.confirm_payout")
def confirm_payout(actor: Actor, payout: Payout) -> Payout:
    """The bank has paid it."""
    _end(payout, PayoutState.PAID)
    post(
        [Leg(account(Kind.PAYOUT, payout.id), account(Kind.BANK), payout.amount, "payout_paid")],
        key=f"payout_paid:{payout.id}",
    )
    tell("ledger.payout_paid", payout=payout.id)
    return payout


@verb("ledger.fail_payout")
def fail_payout(actor: Actor, payout: Payout) -> Payout:
    """The bank has sent it back: it is the worker's balance again."""
    _end(payout, PayoutState.FAILED)
    post([Leg(account(Kind.PAYOUT, payout.id), account(Kind.WORKER, payout.worker), payout.amount, "payout_failed")],
         key=f"payout_failed:{payout.id}")  # fmt: skip
    tell("ledger.payout_failed", payout=payout.id)
    return payout


def _end(payout: Payout, state: PayoutState) -> None:
    if payout.state != PayoutState.ASKED:
        raise Problem("already" if payout.state == state else "not_from_here", state=payout.state)
    payout.state, payout.ended_at = state, clock.now()
    payout.save(update_fields=["state", "ended_at"])
