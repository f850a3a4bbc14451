"""A deal and its chain of events. Bodies stand apart from the chain, so that a body can be erased and the chain still holds."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property

from sekisho.market.deals.packs import live
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Account


class DealQuerySet(models.QuerySet["Deal"]):
    """Deals as somebody may see them."""

    def visible_to(self, actor: Actor) -> DealQuerySet:
        """The parties' own."""
        return self.filter(models.Q(client_id=actor.id) | models.Q(worker_id=actor.id))


class Deal(models.Model):
    """Everything between one client and one worker about one matter (a job; None: an invitation without one).

    `state` is what the core remembers of the thread. `pack` is blank where whatever is live judges it. `client`, `worker`,
    `matter` and `title` are hashed into the chain's beginning and never change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    matter = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    length = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=bytes(32))
    state = models.JSONField(default=dict)
    stage = models.CharField(max_length=20, default="pre_contract")
    approved_tools = models.JSONField(default=list)
    pack = models.CharField(max_length=200, blank=True)
    moved_at = models.DateTimeField(default=clock.now)

    objects = DealQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "worker", "matter"], name="deal_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~models.Q(client=models.F("worker")), name="deal_two_people"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "-moved_at"]),
            models.Index(fields=["worker", "-moved_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> dict[str, Any]:
        """What the chain begins with."""
        return {"deal": str(self.id), "client": str(self.client_id), "worker": str(self.worker_id),
                "matter": None if self.matter is None else str(self.matter), "title": self.title}  # fmt: skip

    @cached_property
    def judged_by(self) -> str:
        """The pack that judges it: its own for good, or whatever is live when this row is first asked."""
        return self.pack or live()

    def side(self, account: object) -> str | None:
        """`client` or `worker` for a party's id, else None."""
        return "client" if account == self.client_id else "worker" if account == self.worker_id else None

    def relations(self, actor: Actor) -> frozenset[str]:
        """`client` or `worker`, and `party`, for those whose deal it is."""
        side = self.side(actor.id)
        return frozenset({side, "party"}) if side else frozenset()


class Event(AppendOnly):
    """One link of a deal's chain: what happened, and the commitment to its body.

    `turn` is its number among those that the core follows as a thread, by which findings name earlier events; None: not followed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    by = models.CharField(max_length=12)
    author = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    commitment = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    turn = models.PositiveIntegerField(null=True)

    @property
    def header(self) -> dict[str, Any]:
        """The part of a link that is not the body."""
        return {
            "deal": str(self.deal_id), "position": self.position, "id": str(self.id), "type": self.type, "by": self.by,
            "author": None if self.author_id is None else str(self.author_id), "at": self.at.astimezone(UTC).isoformat(),
        }  # fmt: skip

    class Meta:
        ordering: ClassVar = ["deal", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "position"], name="event_position_once")
        ]


class Body(models.Model):
    """What an event says, with the salt of its commitment. Erased by policy, never changed."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="body")
    salt = models.BinaryField(max_length=16)
    content = models.JSONField()
    erased_at = models.DateTimeField(null=True)
    erased_because = models.CharField(max_length=200, blank=True)
