"""Contact requests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contact_requests.states import REQUEST, RequestState
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id


class RequestQuerySet(models.QuerySet["ContactRequest"]):
    """Requests as somebody may see them."""

    def visible_to(self, actor: Actor) -> RequestQuerySet:
        """Those of one's own deals."""
        return self.filter(models.Q(deal__client_id=actor.id) | models.Q(deal__worker_id=actor.id))


class ContactRequest(models.Model):
    """One request: these tools, for this purpose, on this contract (None: before one, where the policy allows it)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=6)
    tools = models.JSONField()
    purpose = models.TextField(max_length=1000)
    state = models.CharField(max_length=10, choices=REQUEST.choices(), default=RequestState.ASKED)
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    early = models.BooleanField(default=False)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            REQUEST.constraint("contact_request"),
            models.UniqueConstraint(
                fields=["deal"], name="contact_request_one_waits", condition=models.Q(state="asked")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="contact_request_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its deal, and `asker` or `counterparty`."""
        side = self.deal.side(actor.id)
        return (
            frozenset({side, "party", "asker" if side == self.asker else "counterparty"})
            if side
            else frozenset()
        )
