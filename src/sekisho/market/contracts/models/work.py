"""A contract and the work on it: what is delivered, said, asked and changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contracts.states import (
    CHANGE,
    CONTRACT,
    STATEMENT,
    TERMINATION,
    ChangeState,
    ContractState,
    StatementState,
    TerminationState,
)  # fmt: skip
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Block

HOUSE = frozenset({"moderator", "operator"})


def due(name: str) -> models.Index:
    return models.Index(fields=["due_at"], name=f"{name}_due", condition=models.Q(due_at__isnull=False))


MUTED = (ContractState.OFFERED, ContractState.WITHDRAWN)
"""States of an offer that was made to a worker who blocks its client: she sees nothing of it while she does."""


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts as somebody may see them."""

    def visible_to(self, actor: Actor) -> ContractQuerySet:
        """The parties' own; the client's only: an offer that went back to its writer, and one made under the worker's block."""
        worker = models.Q(deal__worker_id=actor.id) & ~models.Q(state=ContractState.RETURNED)
        block = Block.objects.filter(
            blocker_id=actor.id, blocked=models.OuterRef("deal__client"), at__lte=models.OuterRef("made_at")
        )
        kept = models.Q(state__in=MUTED) & models.Exists(block)
        return self.filter(models.Q(deal__client_id=actor.id) | worker & ~kept)


class Contract(models.Model):
    """One piece of work at one price. The next piece is another contract, in the same deal.

    `frozen_side`, `frozen_by`, `frozen_seconds`: see `freezing`.
    `fee_table`: the rate table it was offered and agreed under; later rates never touch it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=CONTRACT.choices(), default=ContractState.OFFERED)
    due_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=120)
    terms = models.TextField(max_length=10_000)
    deadline = models.DateField(null=True)
    price_yen = models.BigIntegerField()
    funded_yen = models.BigIntegerField()
    fee_table = models.CharField(max_length=20)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    funded_at = models.DateTimeField(null=True)
    first_delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    send_backs = models.PositiveIntegerField(default=0)
    frozen_side = models.CharField(max_length=8, blank=True)
    frozen_by = models.UUIDField(null=True)
    frozen_seconds = models.PositiveIntegerField(null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            CONTRACT.constraint("contract"),
            models.CheckConstraint(
                condition=models.Q(price_yen__gt=0, funded_yen__gte=models.F("price_yen")),
                name="contract_price",
            ),
            models.UniqueConstraint(fields=["deal", "number"], name="contract_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["deal", "-made_at"]), due("contract")]

    def __str__(self) -> str:
        return self.title

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its deal: `client` or `worker`, and `party`."""
        words = self.deal.relations(actor)
        return frozenset() if "worker" in words and self.unseen else words

    @property
    def unseen(self) -> bool:
        """Whether the worker does not know of it: it was returned, or offered after she blocked the client and while she does."""
        if self.state not in MUTED:
            return self.state == ContractState.RETURNED
        pair = {"blocker": self.deal.worker_id, "blocked": self.deal.client_id}
        return Block.objects.filter(**pair, at__lte=self.made_at).exists()


class OfContractQuerySet(models.QuerySet["OfContract"]):
    """What belongs to contracts, as somebody may see it."""

    def visible_to(self, actor: Actor) -> OfContractQuerySet:
        """The parties' own; all for the house."""
        if actor.roles & HOUSE:
            return self
        return self.filter(
            models.Q(contract__deal__client_id=actor.id) | models.Q(contract__deal__worker_id=actor.id)
        )


class OfContract(models.Model):
    """What every thing about a contract has: who of the two began it, its timer, its beginning and end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        abstract = True

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its contract, and `asker` for the side that began it, `counterparty` for the other."""
        words = self.contract.relations(actor)
        return words and words | {"asker" if self.side in words else "counterparty"}


class StatementQuerySet(OfContractQuerySet):
    """Statements as somebody may see them."""

    def visible_to(self, actor: Actor) -> StatementQuerySet:
        """One's own, and the other side's when it is shown; all for the house."""
        rows = super().visible_to(actor)
        if actor.roles & HOUSE:
            return rows  # type: ignore[return-value]
        return rows.filter(models.Q(state=StatementState.SHOWN) | models.Q(author=actor.id))  # type: ignore[return-value]


class Statement(OfContract):
    """Words of one party about a contract: with a delivery, a sending back, a request, in a dispute. Always judged.

    What breaks the rules is held back from the other side; what it came with (a delivery, a dispute) counts all the same.
    """

    state = models.CharField(max_length=10, choices=STATEMENT.choices())
    kind = models.CharField(max_length=12)
    text = models.TextField(max_length=5000)
    author = models.UUIDField()
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(default=False)

    objects = StatementQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints: ClassVar = [STATEMENT.constraint("statement")]
        indexes: ClassVar = [models.Index(fields=["contract", "at"]), due("statement")]


class Delivery(AppendOnly):
    """One delivery. Its files are in `files`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="deliveries")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    @property
    def note(self) -> str:
        """What came with it."""
        return self.statement.text


class Termination(OfContract):
    """One side asks to end a funded contract before delivery. `reason`: a code of `reasons.toml`."""

    state = models.CharField(max_length=10, choices=TERMINATION.choices(), default=TerminationState.ASKED)
    reason = models.CharField(max_length=20)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            TERMINATION.constraint("termination"),
            models.UniqueConstraint(
                fields=["contract"], name="termination_one_waits", condition=models.Q(state="asked")
            ),
        ]
        indexes: ClassVar = [due("termination")]


class Change(OfContract):
    """Other terms or another deadline, proposed by one side. The price never changes: that is another contract.

    `kind` outside_agreement: a record of what was agreed outside (`agreed_on`, `tool`, perhaps a `file`).
    """

    state = models.CharField(max_length=10, choices=CHANGE.choices(), default=ChangeState.PROPOSED)
    kind = models.CharField(max_length=20, default="change")
    terms = models.TextField(max_length=10_000)
    deadline = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    tool = models.CharField(max_length=40, blank=True)
    file = models.UUIDField(null=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            CHANGE.constraint("change"),
            models.UniqueConstraint(
                fields=["contract"], name="change_one_waits", condition=models.Q(state="proposed")
            ),
        ]
        indexes: ClassVar = [due("change")]
