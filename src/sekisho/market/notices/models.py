"""What somebody was told: on the site, by mail, and at his own server."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices as somebody may see them."""

    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """One's own."""
        return self.filter(models.Q(account_id=actor.id))


class Notice(models.Model):
    """One notice on the site. Its text is made once, in the language of who reads it. `about`: the page of what it quotes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-at"])]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for whom it is."""
        return frozenset({"owner"} if actor.id == self.account_id else ())


class Letter(models.Model):
    """One mail: written here first, sent by the background process; a page shows it when no mail server is set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    about = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Endpoints as somebody may see them."""

    def visible_to(self, actor: Actor) -> EndpointQuerySet:
        """One's own; the house's for back ends."""
        if actor.id is None and "backend" not in actor.roles:
            return self.none()
        return self.filter(models.Q(account_id=actor.id), removed_at=None)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries as somebody may see them."""

    def visible_to(self, actor: Actor) -> DeliveryQuerySet:
        """Those of endpoints one sees."""
        return self.filter(endpoint__in=Endpoint.objects.visible_to(actor))


class Endpoint(models.Model):
    """Where somebody's own server is told: of an account, or (None) of the marketplace's back end, which is told everything.

    The secret is not stored: it is derived from the site's key and `salt`, so that a copy of the database signs nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    topics = models.JSONField(default=list)
    salt = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=clock.now)
    failing_since = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = EndpointQuerySet.as_manager()

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for whose server it is: the account's own, or any back end for the house's."""
        return frozenset(
            {"owner"} if self.account_id == actor.id and actor.roles & {"member", "backend"} else ()
        )


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(models.Model):
    """One happening on its way to one endpoint. Its id is the `webhook-id`: the same for every attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    topic = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in DeliveryState], default=DeliveryState.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(null=True, default=clock.now)
    done_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in DeliveryState]), name="webhook_delivery_state"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["endpoint", "-made_at"])]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its endpoint."""
        return self.endpoint.relations(actor)
