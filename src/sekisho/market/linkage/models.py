"""Which account wrote which contact identifier, as keyed hashes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.people.models import Account


class Sighting(models.Model):
    """`account` wrote the identifier that `digest` stands for, `times` times, first `at`. The identifier itself is not kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "account"], name="sighting_once"),
        ]
