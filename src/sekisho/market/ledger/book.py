"""Writing into the ledger: called by verbs, inside their transactions. Nothing else moves money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import Problem, Row, describe
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.models import Kind, LedgerAccount, Transfer

describe({
    "too_little": Row(ProblemKind.CONFLICT, "残高が足りません。", "The balance does not suffice."),
    "moved_already": Row(ProblemKind.CONFLICT, "このお金の移動はすでに記録されています。", "This money was moved already."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer to be made."""

    debit: LedgerAccount
    credit: LedgerAccount
    amount: int
    purpose: str


def account(kind: Kind, owner: UUID | None = None) -> LedgerAccount:
    """The account of this kind and owner, opened if there is none."""
    row, _ = LedgerAccount.objects.get_or_create(kind=kind, owner=owner)
    return row


def balance(kind: Kind, owner: UUID | None = None) -> int:
    """What stands there, in yen; 0 where there is no account."""
    row = LedgerAccount.objects.filter(kind=kind, owner=owner).values_list("balance", flat=True).first()
    return row or 0


def post(legs: Sequence[Leg], *, key: str, matter: UUID | None = None) -> list[Transfer]:
    """Make all of `legs` or none; `key` can be used once. Raises `Problem` too_little, moved_already, bad_amount.

    Accounts are locked in the order of their ids, so that opposite transfers cannot wait for each other.
    """
    steps: dict[UUID, int] = {}
    for leg in legs:
        yen(leg.amount, field="amount")
        steps[leg.debit.id] = steps.get(leg.debit.id, 0) - leg.amount
        steps[leg.credit.id] = steps.get(leg.credit.id, 0) + leg.amount
    batch = new_id()
    rows = [
        Transfer(debit=leg.debit, credit=leg.credit, amount=leg.amount, purpose=leg.purpose, matter=matter, batch=batch,
                 key=f"{key}/{i}")
        for i, leg in enumerate(legs)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            list(
                LedgerAccount.objects.select_for_update()
                .filter(pk__in=steps)
                .order_by("pk")
                .values_list("pk")
            )
            for pk in sorted(steps):
                LedgerAccount.objects.filter(pk=pk).update(balance=F("balance") + steps[pk])
            Transfer.objects.bulk_create(rows)
    except IntegrityError as error:
        if "ledger_balance_floor" in str(error):
            raise Problem("too_little") from None
        if "key" in str(error):
            raise Problem("moved_already") from None
        raise
    return rows
