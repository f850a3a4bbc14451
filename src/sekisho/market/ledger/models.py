"""Accounts and transfers. A transfer is one row with one debit and one credit: an imbalance cannot be written."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


class Kind(StrEnum):
    """What an account is for. The bank is the boundary: what lies outside of the house; only it may go below zero."""

    BANK = "bank"
    SUSPENSE = "suspense"
    CLIENT = "client"
    ESCROW = "escrow"
    WORKER = "worker"
    PAYOUT = "payout"
    FEE = "fee"
    FEE_TAX = "fee_tax"


class LedgerAccount(models.Model):
    """An account. `owner`: the person (client, worker), the contract (escrow) or the payout it is of; None: the house's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    owner = models.UUIDField(null=True)
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "owner"], name="ledger_account_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.BANK) | models.Q(balance__gte=0), name="ledger_balance_floor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner or 'house'}"


class Transfer(AppendOnly):
    """`amount` yen from `debit` to `credit`. Transfers of one act share `batch`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    debit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=20)
    matter = models.UUIDField(null=True)
    batch = models.UUIDField()
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="transfer_amount"),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="transfer_two_accounts"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debit", "at"]), models.Index(fields=["credit", "at"]), models.Index(fields=["matter"]),
        ]  # fmt: skip


class PayoutState(StrEnum):
    """Where a payout stands."""

    ASKED = "asked"
    PAID = "paid"
    FAILED = "failed"


class Payout(models.Model):
    """A worker's earnings on their way to her bank. The money waits in an account of the payout's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.UUIDField()
    amount = models.BigIntegerField()
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in PayoutState], default=PayoutState.ASKED
    )
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for the worker whose money it is."""
        return frozenset({"owner"} if actor.id == self.worker else ())
