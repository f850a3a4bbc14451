"""Deposits: references, what the operator enters by hand, what nobody could be found for. Escrow is moved by `contracts`."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.book import Leg, account, post
from sekisho.market.ledger.models import DepositReference, Kind, StatementRow, Transfer, Unmatched
from sekisho.market.ledger.payouts import (
    ask_payout,
    cancel_payout,
    confirm_payout,
    fail_payout,
    set_bank_account,
)
from sekisho.market.ledger.providers import provider
from sekisho.market.ledger.states import UNMATCHED
from sekisho.market.people.models import Account

__all__ = [
    "ask_payout", "assign_deposit", "cancel_payout", "confirm_deposit", "confirm_payout", "enter_unmatched", "fail_payout",
    "issue_reference", "send_back_deposit", "set_bank_account",
]  # fmt: skip
TRIES = 20


@verb("ledger.issue_reference")
def issue_reference(actor: Actor, thing: None) -> DepositReference:
    """The digits to write into the text of a transfer to the house: made at the first asking, the same ever after."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                row, _made = DepositReference.objects.get_or_create(
                    client_id=actor.me, defaults={"code": provider().new_deposit_code()}
                )
                return row
        except IntegrityError:  # another client has these digits
            continue
    raise Problem("busy")


@verb("ledger.confirm_deposit")
def confirm_deposit(actor: Actor, thing: None, *, client: UUID, amount: int, reference: str) -> Transfer:
    """`amount` yen of `client` arrived at the bank; entered by hand.

    `reference` is the bank's own number of the row, usable once: a statement that has the row later knows it by that.
    """
    number = fields.line(reference, "reference", 60)
    return credit(_client(client), yen(amount, field="amount"), key=deposit_key(f"id:{number}"))


def deposit_key(fingerprint: str) -> str:
    """The ledger's key for a row of the bank: whoever enters it, by hand or from a file, it is entered once."""
    return f"deposit:{fingerprint}"


def credit(client: UUID, amount: int, *, key: str) -> Transfer:
    """Bank → client, inside a verb. Raises `Problem("moved_already")`."""
    (transfer,) = post([Leg(account(Kind.BANK), account(Kind.CLIENT, client), amount, "deposit")], key=key)
    tell("ledger.deposited", client=client, amount=amount)
    return transfer


def _client(client: UUID) -> UUID:
    if not Account.objects.filter(pk=client, is_client=True).exists():
        raise Problem("not_found")
    return client


@verb("unmatched.enter")
def enter_unmatched(actor: Actor, thing: None, *, row: StatementRow) -> Unmatched:
    """Money arrived and nobody is found for it: it stands in suspense. Part of reading a statement in."""
    UNMATCHED.find(None, "enter", current().held)
    unmatched = Unmatched.objects.create(row=row, amount=row.amount)
    post(
        [Leg(account(Kind.BANK), account(Kind.SUSPENSE), row.amount, "unmatched")],
        key=deposit_key(row.fingerprint),
        matter=unmatched.id,
    )
    tell("ledger.unmatched", unmatched=unmatched.id)
    return unmatched


@verb("unmatched.assign")
def assign_deposit(actor: Actor, unmatched: Unmatched, *, client: UUID) -> Unmatched:
    """It is found whose it is: his balance now."""
    UNMATCHED.move(
        unmatched, "assign", current().held, client=Account(pk=_client(client)), ended_at=clock.now()
    )
    post(
        [Leg(account(Kind.SUSPENSE), account(Kind.CLIENT, client), unmatched.amount, "assigned")],
        key=f"unmatched_end:{unmatched.id}",
        matter=unmatched.id,
    )
    tell("ledger.deposited", client=client, amount=unmatched.amount)
    return unmatched


@verb("unmatched.send_back")
def send_back_deposit(actor: Actor, unmatched: Unmatched, *, because: str) -> Unmatched:
    """Nobody's: the operator has had the bank send it back."""
    current().because = fields.text(because, "because", 1000)
    UNMATCHED.move(unmatched, "send_back", current().held, ended_at=clock.now())
    post(
        [Leg(account(Kind.SUSPENSE), account(Kind.BANK), unmatched.amount, "unmatched_returned")],
        key=f"unmatched_end:{unmatched.id}",
        matter=unmatched.id,
    )
    return unmatched
