"""An appeal: of the sanctioned person against a decision, or of a reporter whose report found no breach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account
from sekisho.market.safety.models.decisions import Decision
from sekisho.market.safety.models.reports import Report
from sekisho.market.safety.policy import policy
from sekisho.market.safety.states import APPEAL, AppealState


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Appeals as somebody may see them."""

    def visible_to(self, actor: Actor) -> AppealQuerySet:
        """One's own; for the house all but those about oneself."""
        if actor.id is None:
            return self.none()
        own = self.filter(appellant_id=actor.id)
        if not actor.roles & {"moderator", "operator"}:
            return own
        return self.exclude(decision__case__subject_id=actor.id) | own


class Appeal(models.Model):
    """`left`: what could not be undone, as a list of what is owed instead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="+")
    appellant = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=APPEAL.choices(), default=AppealState.FILED)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(max_length=5000)
    decider = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=5000, blank=True)
    ended_at = models.DateTimeField(null=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    left = models.JSONField(default=list)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            APPEAL.constraint("appeal"),
            # Withdrawing does not open the way to a second one: the window is for thinking.
            models.UniqueConstraint(fields=["decision", "appellant"], name="appeal_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "at"]),
            models.Index(fields=["due_at"], name="appeal_due", condition=Q(due_at__isnull=False)),
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`appellant` for whose it is; `other_moderator` for one of the house who had no part in the decision."""
        if actor.id is None:
            return frozenset()
        if actor.id == self.appellant_id:
            return frozenset({"appellant"})
        if not actor.roles & {"moderator", "operator"} or actor.id == self.decision.case.subject_id:
            return frozenset()
        free = actor.id not in {self.decision.decider_id, self.decision.second_id} or self._nobody_else()
        return frozenset({"other_moderator"} if free else ())

    def _nobody_else(self) -> bool:
        """Whether the house is so small that nobody without a part in the decision could decide this, and time has passed."""
        took_part = [pk for pk in (self.decision.decider_id, self.decision.second_id, self.appellant_id) if pk]
        house = Account.objects.filter(Q(is_moderator=True) | Q(is_operator=True), is_active=True)
        waited = clock.now() - self.at >= policy().waits["cooling_off"]
        return waited and not house.exclude(pk__in=took_part).exists()
