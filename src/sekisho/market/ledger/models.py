"""Accounts and transfers; bank data and payouts; rows of bank statements. Only `book` writes accounts and transfers.

A transfer is one row with one debit and one credit: an imbalance cannot be written.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.kernel.sealing import Sealed
from sekisho.market.ledger.purposes import Kind
from sekisho.market.ledger.states import PAYOUT, UNMATCHED, PayoutState, UnmatchedState
from sekisho.market.people.models import Account

__all__ = [
    "BankAccount", "DepositReference", "Kind", "LedgerAccount", "Outcome", "Payout", "PayoutBatch", "PayoutState",
    "StatementImport", "StatementRow", "Transfer", "Unmatched", "UnmatchedState",
]  # fmt: skip


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
    """`amount` yen from `debit` to `credit`. Transfers of one act share `batch`; `legs` says how many they are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    debit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=20)
    matter = models.UUIDField(null=True)
    batch = models.UUIDField()
    legs = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="transfer_amount"),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="transfer_two_accounts"
            ),
            models.UniqueConstraint(fields=["key"], name="transfer_key_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debit", "at"]), models.Index(fields=["credit", "at"]), models.Index(fields=["matter"]),
        ]  # fmt: skip


class DepositReference(models.Model):
    """The digits a client writes into the text of a bank transfer, so that the money is known to be his."""

    client = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    """Bank data as somebody may see it."""

    def visible_to(self, actor: Actor) -> BankAccountQuerySet:
        """The worker's own, and nobody else's: the operator meets it in the list for the bank only."""
        return self.filter(worker_id=actor.id)


class BankAccount(models.Model):
    """Where a worker's payouts go. Never changed: a new one replaces it, and payouts asked for before keep theirs.

    `sealed` holds bank, branch, type, number and holder; they leave it in the list for the bank only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sealed = Sealed()
    made_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker"], name="bank_account_one_live", condition=models.Q(replaced_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """As it is shown even to its owner: bank and branch, the last three digits, the first letter of the holder."""
        data = self.sealed
        return f"{data['bank']}-{data['branch']} ****{data['number'][-3:]} {data['holder'][:1]}***"

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for the worker whose account it is."""
        return frozenset({"owner"} if actor.id == self.worker_id else ())


class PayoutBatch(AppendOnly):
    """One list of payouts given to the bank."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()


class PayoutQuerySet(models.QuerySet["Payout"]):
    """Payouts as somebody may see them."""

    def visible_to(self, actor: Actor) -> PayoutQuerySet:
        """One's own; all of them for the operator."""
        return self if "operator" in actor.roles else self.filter(worker__in=[actor.id])


class Payout(models.Model):
    """A worker's earnings on their way to her bank. The money waits in an account of the payout's own.

    `hold_until`: rooms above set it (an appeal may still come); before that moment it does not go to the bank.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.UUIDField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=PAYOUT.choices(), default=PayoutState.ASKED)
    code = models.CharField(max_length=12, unique=True)
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(PayoutBatch, null=True, on_delete=models.PROTECT, related_name="payouts")
    hold_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            PAYOUT.constraint("payout"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payout_amount"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker", "-asked_at"]),
            models.Index(
                fields=["asked_at"], name="payout_waiting", condition=models.Q(state=PayoutState.ASKED)
            ),
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for the worker whose money it is."""
        return frozenset({"owner"} if actor.id == self.worker else ())


class Outcome(StrEnum):
    """What came of one row of a bank statement."""

    CREDITED = "credited"
    SUSPENSE = "suspense"
    DUPLICATE = "duplicate"
    BY_HAND = "by_hand"
    PAYOUT_PAID = "payout_paid"
    PAYOUT_FAILED = "payout_failed"
    PAYOUT_RETURNED = "payout_returned"
    CONFLICT = "conflict"
    OTHER = "other"


class StatementImport(AppendOnly):
    """One file of the bank that was read in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    name = models.CharField(max_length=120, blank=True)
    digest = models.BinaryField(max_length=32)
    count = models.PositiveIntegerField()


class StatementRow(AppendOnly):
    """One row of it. `fingerprint` tells the bank's rows apart; a row met again is kept as a `duplicate_of` the first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.ForeignKey(StatementImport, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    date = models.DateField()
    incoming = models.BooleanField()
    amount = models.BigIntegerField()
    text = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=90)
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome])
    subject = models.UUIDField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], name="statement_row_once", condition=models.Q(duplicate_of=None)
            ),
            models.UniqueConstraint(fields=["statement", "line"], name="statement_line_once"),
        ]


class Unmatched(models.Model):
    """A deposit nobody could be found for: its money stands in suspense until it is assigned or sent back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    row = models.OneToOneField(StatementRow, on_delete=models.PROTECT, related_name="unmatched")
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=UNMATCHED.choices(), default=UnmatchedState.WAITING)
    client = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [UNMATCHED.constraint("unmatched")]

    def relations(self, actor: Actor) -> frozenset[str]:  # noqa: ARG002 - the form of every thing
        """Nobody's: only the operator acts here."""
        return frozenset()
