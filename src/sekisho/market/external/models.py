"""Deals, people and events of marketplaces that keep their own contracts, by the ids these give them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.deals.models import Deal, Event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.people.models import Account

LONGEST = 100
"""Code points of an id of somebody else's."""


class ExternalParty(models.Model):
    """A user of another marketplace. Its account cannot log in; it is there so that deals, blocks and linkage have somebody."""

    source = models.UUIDField()
    external = models.CharField(max_length=LONGEST)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external"], name="external_party_once")
        ]


class ExternalDeal(models.Model):
    """A deal of another marketplace and ours for it. `source` is the token's account or id that speaks for the marketplace."""

    source = models.UUIDField()
    external = models.CharField(max_length=LONGEST)
    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external"], name="external_deal_once")
        ]


class ExternalEvent(models.Model):
    """An event as it was sent: `body` is the hash of what was sent, so that the same id is one event and never another."""

    of = models.ForeignKey(ExternalDeal, on_delete=models.PROTECT, related_name="events")
    external = models.CharField(max_length=LONGEST)
    body = models.BinaryField(max_length=32)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20)
    approved_tools = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "external"], name="external_event_once")
        ]
