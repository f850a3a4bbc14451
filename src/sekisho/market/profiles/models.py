"""What somebody says of himself, and what his record says of him."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.people.models import Account


class Profile(models.Model):
    """A person's own words. `pending` texts were held by the judgement and are shown to nobody yet."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.PROTECT, related_name="profile"
    )
    headline = models.CharField(max_length=80, blank=True)
    body = models.TextField(max_length=3000, blank=True)
    links = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    company = models.CharField(max_length=80, blank=True)
    recruiter_name = models.CharField(max_length=80, blank=True)
    recruiter_address = models.CharField(max_length=200, blank=True)
    recruiter_contact = models.CharField(max_length=200, blank=True)
    shown = models.BooleanField(default=True)
    updated_at = models.DateTimeField(default=clock.now)

    def relations(self, actor: Actor) -> frozenset[str]:
        """`self` for whose it is."""
        return frozenset({"self"} if actor.id == self.account_id else ())


class TrackRecord(models.Model):
    """What happened, counted by the rooms above: never written by hand."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT, related_name="record")
    stars = models.PositiveIntegerField(default=0)
    reviews = models.PositiveIntegerField(default=0)
    orders = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    ended_by_own_fault = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(completed__lte=models.F("orders")), name="record_completed"
            )
        ]

    @property
    def rating(self) -> float | None:
        """Mean of the stars received, 1.0 to 5.0; None without reviews."""
        return round(self.stars / self.reviews, 1) if self.reviews else None

    @property
    def completion(self) -> float | None:
        """Share of orders completed; those ended without own fault do not count. None before the first."""
        counted = self.completed + self.ended_by_own_fault
        return round(self.completed / counted, 3) if counted else None


def client_facts(account: Account) -> dict[str, Any]:
    """An account as `check_posting` wants its client: rating, reviews, orders, registered_days, profile, identity_verified."""
    record = TrackRecord.objects.filter(account=account).first()
    profile = Profile.objects.filter(account=account).first()
    return {
        "rating": record.rating if record else None,
        "reviews": record.reviews if record else 0,
        "orders": record.orders if record else 0,
        "registered_days": (clock.now() - account.registered_at).days,
        "profile": profile.body if profile else "",
        "identity_verified": account.identity_verified_at is not None,
    }
