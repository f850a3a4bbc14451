"""Exposure records. A record says what kind of thing was given, when, to whom and by which tool; no value has a place here."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from sekisho.core.guidance import Exposed
from sekisho.market.deals.models import Event
from sekisho.market.exposure.states import EXPOSURE, ExposureState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account


class ExposureQuerySet(models.QuerySet["Exposure"]):
    """Records as somebody may see them."""

    def visible_to(self, actor: Actor) -> ExposureQuerySet:
        """One's own, until they are erased. A moderator sees none this way: he reads by `sharing.inspect`."""
        return self.filter(models.Q(account_id=actor.id)).exclude(state=ExposureState.ERASED)

    def shared_with(self, matter: UUID) -> ExposureQuerySet:
        """Those whose writers share them with a report or case now: for the rooms above."""
        live = Share.objects.filter(matter=matter, ended_at=None)
        return self.filter(pk__in=live.values("exposure_id")).exclude(state=ExposureState.ERASED)


class Exposure(models.Model):
    """One record of one person. An erased one keeps its dates and nothing that was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=EXPOSURE.choices(), default=ExposureState.KEPT)
    due_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=80, blank=True)
    story = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    amended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ExposureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [EXPOSURE.constraint("exposure")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-made_at"]),
            models.Index(fields=["due_at"], name="exposure_due", condition=models.Q(due_at__isnull=False)),
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`self` for whose it is."""
        return frozenset({"self"} if actor.id is not None and actor.id == self.account_id else ())


class Given(models.Model):
    """One thing that was given away. `to`: an account of this site; `to_words`: words for somebody else; both may be missing."""

    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="given")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    on = models.DateField(null=True)
    tool = models.CharField(max_length=16, blank=True)
    to = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    to_words = models.CharField(max_length=80, blank=True)
    amount_yen = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["exposure", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exposure", "number"], name="given_number_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Exposed]), name="given_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Exposed.MONEY.value, amount_yen__gt=0)
                | ~models.Q(kind=Exposed.MONEY.value) & models.Q(amount_yen=None),
                name="given_amount",
            ),
        ]


class Attached(models.Model):
    """An event of one of her own deals that belongs to the record: by reference, so that its words are the deal's."""

    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="attached")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exposure", "event"], name="exposure_attached_once")
        ]


class Ticked(models.Model):
    """A step of the plan that is done: its id in the guidance."""

    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="ticked")
    step = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exposure", "step"], name="exposure_ticked_once")
        ]


class Share(models.Model):
    """The record was shown to whoever handles a report or case (`matter`) from `at` to `ended_at`. Kept after an erasure."""

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="shares")
    matter = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exposure", "matter"], name="exposure_share_once", condition=models.Q(ended_at=None)
            )
        ]
