"""Contracts, deliveries and reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contracts.states import CONTRACT, ContractState
from sekisho.market.deals.models import Deal
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts as somebody may see them."""

    def visible_to(self, actor: Actor) -> ContractQuerySet:
        """The parties' own."""
        return self.filter(models.Q(deal__client_id=actor.id) | models.Q(deal__worker_id=actor.id))


class Contract(models.Model):
    """One piece of work at one price. The next piece is another contract, in the same deal."""

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
    made_at = models.DateTimeField(default=clock.now)
    funded_at = models.DateTimeField(null=True)
    first_delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    send_backs = models.PositiveIntegerField(default=0)

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
        indexes: ClassVar = [
            models.Index(fields=["deal", "-made_at"]),
            models.Index(fields=["due_at"], name="contract_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its deal: `client` or `worker`, and `party`."""
        return self.deal.relations(actor)


class Delivery(AppendOnly):
    """One delivery. Its note stands in the deal; its files in `files`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="deliveries")
    note = models.TextField(max_length=5000)
    at = models.DateTimeField(default=clock.now)


class Review(AppendOnly):
    """Stars and a word of one party about the other, once a contract and side. Hidden ones wait to be looked at."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reviews")
    side = models.CharField(max_length=6)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "side"], name="review_once"),
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="review_stars"),
        ]
