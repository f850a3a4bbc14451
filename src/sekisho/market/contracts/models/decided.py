"""What is decided about a contract: disputes, settlements, reviews; and reminders of what waits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contracts.models.work import HOUSE, OfContract, OfContractQuerySet, due
from sekisho.market.contracts.states import (
    DISPUTE,
    REVIEW,
    SETTLEMENT,
    DisputeState,
    ReviewState,
    SettlementState,
)
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.actors import Actor


class Dispute(OfContract):
    """The house is asked to decide. `to_worker`: what the house proposed or decided, in yen of the escrow before the fee."""

    state = models.CharField(max_length=16, choices=DISPUTE.choices(), default=DisputeState.EVIDENCE)
    to_worker = models.BigIntegerField(null=True)
    proposed_by = models.UUIDField(null=True)
    because = models.TextField(max_length=5000, blank=True)
    accepted_by = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints: ClassVar = [
            DISPUTE.constraint("dispute"),
            models.UniqueConstraint(fields=["contract"], name="dispute_once"),
        ]
        indexes: ClassVar = [due("dispute")]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its contract; while a proposal lies there, `first_to_accept` or `last_to_accept`."""
        words = super().relations(actor)
        if words and self.state == DisputeState.PROPOSED and self.accepted_by not in words:
            return words | {"last_to_accept" if self.accepted_by else "first_to_accept"}
        return words


class Settlement(OfContract):
    """The house's decision about the money of a dispute: proposed by one person, confirmed by another.

    `alone`: the house had nobody else; it is confirmed by a cooling-off instead, and says so.
    """

    state = models.CharField(max_length=10, choices=SETTLEMENT.choices(), default=SettlementState.PROPOSED)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+")
    to_worker = models.BigIntegerField()
    because = models.TextField(max_length=5000)
    proposer = models.UUIDField()
    second = models.UUIDField(null=True)
    alone = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            SETTLEMENT.constraint("settlement"),
            models.UniqueConstraint(
                fields=["dispute"], name="settlement_one_waits", condition=models.Q(state="proposed")
            ),
            models.CheckConstraint(
                condition=models.Q(second=None) | ~models.Q(second=models.F("proposer")),
                name="settlement_two_people",
            ),
        ]
        indexes: ClassVar = [due("settlement")]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`proposer`; `second_person` for everybody else of the house who is no party."""
        words = self.contract.relations(actor)
        if words or not actor.roles & HOUSE:
            return words
        return frozenset({"proposer" if actor.id == self.proposer else "second_person"})


class ReviewQuerySet(OfContractQuerySet):
    """Reviews as somebody may see them."""

    def visible_to(self, actor: Actor) -> ReviewQuerySet:
        """Shown ones for everybody, one's own, all for the house."""
        if actor.roles & HOUSE:
            return self
        return self.filter(models.Q(state=ReviewState.SHOWN) | models.Q(author=actor.id))


class Review(OfContract):
    """Stars and a word of one party about the other, once a contract and side. Hidden ones wait to be looked at (`why`)."""

    state = models.CharField(max_length=10, choices=REVIEW.choices())
    author = models.UUIDField()
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000, blank=True)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, blank=True)

    objects = ReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints: ClassVar = [
            REVIEW.constraint("review"),
            models.UniqueConstraint(fields=["contract", "side"], name="review_once"),
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="review_stars"),
        ]
        indexes: ClassVar = [due("review")]


class Reminder(models.Model):
    """Word that a wait ends soon: told once, `days` before `ends_at`, if the thing still waits for that moment."""

    thing = models.CharField(max_length=20)
    thing_id = models.UUIDField()
    wait = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thing_id", "ends_at", "days"], name="reminder_once")
        ]
        indexes: ClassVar = [due("reminder")]
