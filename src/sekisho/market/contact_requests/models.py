"""Contact requests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contact_requests.policy import approved_by
from sekisho.market.contact_requests.states import REQUEST, WAITING, RequestState
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id

HOUSE = frozenset({"moderator", "operator"})
UNSEEN = (RequestState.RETURNED, RequestState.HELD, RequestState.WITHHELD)
"""States in which the other side knows nothing of a request."""


class RequestQuerySet(models.QuerySet["ContactRequest"]):
    """Requests as somebody may see them."""

    def visible_to(self, actor: Actor) -> RequestQuerySet:
        """Those of one's own deals, the other side's only once it was let through; all for the house."""
        if actor.roles & HOUSE:
            return self
        client, worker = models.Q(deal__client_id=actor.id), models.Q(deal__worker_id=actor.id)
        own = client & models.Q(asker="client") | worker & models.Q(asker="worker")
        return self.filter(own | (client | worker) & ~models.Q(state__in=UNSEEN))


class ContactRequest(models.Model):
    """One request: these tools, for this purpose, on this contract (None: before one, where the policy allows it)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=6)
    tools = models.JSONField()
    purpose = models.TextField(max_length=1000)
    state = models.CharField(max_length=14, choices=REQUEST.choices(), default=RequestState.ASKED)
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    half_by = models.CharField(max_length=12, blank=True)
    early = models.BooleanField(default=False)
    announced = models.BooleanField(default=False)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            REQUEST.constraint("contact_request"),
            models.UniqueConstraint(
                fields=["deal"],
                name="contact_request_one_waits",
                condition=models.Q(state__in=[s.value for s in WAITING]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="contact_request_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its deal, and `asker` or `counterparty`; and by the policy who approves: `first_approver`, `last_approver`."""
        side = self.deal.side(actor.id)
        if side is not None:
            words = {side, "party", "asker" if side == self.asker else "counterparty"}
            if "counterparty" in words and self.state in UNSEEN:
                return frozenset()
            return frozenset(words | (self._approver("counterparty") if "counterparty" in words else set()))
        if not actor.roles & HOUSE or approved_by(self.deal) == "counterparty":
            return frozenset()
        return frozenset({"answering_house"} | self._approver("house"))

    def _approver(self, which: str) -> set[str]:
        """How `which` (counterparty, house) approves now."""
        how = approved_by(self.deal)
        if how == "both":
            if self.state == RequestState.HALF_APPROVED:
                return {"last_approver"} - ({"last_approver"} if self.half_by == which else set())
            return {"first_approver"}
        return {"last_approver"} if which == {"operator": "house"}.get(how, how) else set()
