"""Many cases decided at once, step by step, with what came of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account
from sekisho.market.safety.models.cases import Case
from sekisho.market.safety.models.decisions import Decision
from sekisho.market.safety.states import BULK, BulkState


class BulkQuerySet(models.QuerySet["Bulk"]):
    """Bulk decisions as somebody may see them."""

    def visible_to(self, actor: Actor) -> BulkQuerySet:
        """The house's."""
        return self if actor.roles & {"moderator", "operator"} else self.none()


class Bulk(models.Model):
    """`decision`: what each case is decided with, as `decisions.make` takes it. The cases are its `BulkCase` rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=BULK.choices(), default=BulkState.PREPARED)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decision = models.JSONField()
    because = models.TextField(max_length=1000)

    objects = BulkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [BULK.constraint("bulk")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="bulk_due", condition=Q(due_at__isnull=False)), models.Index(fields=["-at"]),
        ]  # fmt: skip

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for who prepared it."""
        return frozenset({"owner"} if actor.id is not None and actor.id == self.owner_id else ())


class BulkCase(models.Model):
    """One case of a bulk decision. `came_to`: blank (waits), decided, undone, or the code of the problem that kept it out."""

    bulk = models.ForeignKey(Bulk, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    came_to = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bulk", "case"], name="bulk_case_once")]
        indexes: ClassVar = [models.Index(fields=["bulk", "came_to"])]
