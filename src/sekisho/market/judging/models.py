"""What was judged, by what, and what came of it: enough to judge it again and get the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


class Judgement(AppendOnly):
    """One judging of one text. `subject` names the row the text stands in; `context` is what the core was given beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField(null=True)
    writer = models.UUIDField(null=True)
    text = models.TextField()
    context = models.JSONField(default=dict)
    pack = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    verdict = models.CharField(max_length=12)
    action = models.CharField(max_length=12)
    findings = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["writer", "-at"]), models.Index(fields=["subject"])]
