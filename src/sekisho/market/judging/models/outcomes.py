"""What people decided about what a rule said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.judging.models.judged import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.models import AppendOnly


class RuleOutcome(AppendOnly):
    """A decision confirmed, or did not, what a rule found in a judgement. A row with `reverses` counts that one out again."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=120)
    confirmed = models.BooleanField()
    decision = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "judgement", "rule"], name="rule_outcome_once",
                condition=models.Q(reverses__isnull=True),
            )
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["at"])]
