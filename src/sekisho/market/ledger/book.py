"""Writing into the ledger: called by verbs, inside their transactions. Nothing else moves money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.problems import Kind as ProblemKind
from sekisho.market.kernel.problems import Problem, Row, describe
from sekisho.market.kernel.yen import yen
from sekisho.market.ledger.models import LedgerAccount, Transfer
from sekisho.market.ledger.purposes import Kind, fits

describe({
    "too_little": Row(ProblemKind.CONFLICT, "残高が足りません。", "The balance does not suffice."),
    "moved_already": Row(ProblemKind.CONFLICT, "このお金の移動はすでに記録されています。", "This money was moved already."),
})  # fmt: skip
_REFUSALS = {"ledger_balance_floor": "too_little", "transfer_key_once": "moved_already"}


@dataclass(frozen=True, slots=True)
class Leg:
    """One transfer to be made, for one of the purposes of `purposes.PURPOSES`."""

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


def lock(accounts: Iterable[UUID]) -> None:
    """Lock accounts until the transaction ends, in the order of their ids: opposite transfers cannot wait for each other."""
    list(LedgerAccount.objects.select_for_update().filter(pk__in=accounts).order_by("pk").values_list("pk"))


def post(legs: Sequence[Leg], *, key: str, matter: UUID | None = None) -> list[Transfer]:
    """Make all of `legs` or none; `key` (up to 115 characters) can be used once.

    Raises `Problem` bad_amount, moved_already, too_little, in this order; `ValueError` for no legs, or for a leg between
    accounts that its purpose does not join.
    """
    steps: dict[UUID, int] = {}
    for leg in legs:
        yen(leg.amount, field="amount")
        if not fits(leg.purpose, leg.debit.kind, leg.credit.kind):
            raise ValueError(f"no transfer from {leg.debit.kind} to {leg.credit.kind} for {leg.purpose!r}")
        steps[leg.debit.id] = steps.get(leg.debit.id, 0) - leg.amount
        steps[leg.credit.id] = steps.get(leg.credit.id, 0) + leg.amount
    if not steps:
        raise ValueError("a batch of no transfers")
    try:
        with transaction.atomic():
            lock(steps)
            rows = _rows(legs, key, matter)
            Transfer.objects.bulk_create(rows)
            for pk, step in steps.items():
                LedgerAccount.objects.filter(pk=pk).update(balance=F("balance") + step)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        code = _REFUSALS.get(diagnosis.constraint_name or "") if diagnosis is not None else None
        if code is None:
            raise
        raise Problem(code) from None
    return rows


def _rows(legs: Sequence[Leg], key: str, matter: UUID | None) -> list[Transfer]:
    # The moment is taken under the locks, so that an account's transfers stand in the order of their times.
    at, batch = clock.now(), new_id()
    return [
        Transfer(at=at, debit=leg.debit, credit=leg.credit, amount=leg.amount, purpose=leg.purpose, matter=matter,
                 batch=batch, legs=len(legs), key=f"{key}/{i}")
        for i, leg in enumerate(legs)
    ]  # fmt: skip
