"""Requests for personal data, what was given, and who looked at it when. The data stand apart and go when the request ends."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Account
from sekisho.market.personal_data.states import DATA, DataState


class DataQuerySet(models.QuerySet["PersonalDataRequest"]):
    """Requests as somebody may see them."""

    def visible_to(self, actor: Actor) -> DataQuerySet:
        """The client's own, and the worker's but for those that never reached her."""
        reached = models.Q(deal__worker_id=actor.id) & ~models.Q(state=DataState.REFUSED)
        return self.filter(models.Q(deal__client_id=actor.id) | reached)


class PersonalDataRequest(models.Model):
    """One request: these kinds of data, for this purpose, on this contract."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="+")
    kinds = models.JSONField()
    purpose = models.TextField(max_length=1000)
    state = models.CharField(max_length=10, choices=DATA.choices(), default=DataState.ASKED)
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")

    objects = DataQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            DATA.constraint("personal_data"),
            models.UniqueConstraint(
                fields=["deal"], name="personal_data_one_waits", condition=models.Q(state="asked")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="personal_data_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its deal; none for the worker while it was refused."""
        words = self.deal.relations(actor)
        return frozenset() if self.state == DataState.REFUSED and "worker" in words else words


class PersonalDatum(models.Model):
    """One value that the worker gave. Deleted when the request ends."""

    request = models.ForeignKey(PersonalDataRequest, on_delete=models.PROTECT, related_name="data")
    kind = models.CharField(max_length=20)
    value = models.TextField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "kind"], name="personal_datum_once")
        ]


class DataAccess(AppendOnly):
    """Somebody looked at what was given: shown to the worker, kept after the data are gone."""

    request = models.ForeignKey(PersonalDataRequest, on_delete=models.PROTECT, related_name="accesses")
    reader = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kinds = models.JSONField()
    at = models.DateTimeField(default=clock.now)
