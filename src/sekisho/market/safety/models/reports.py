"""A report: what somebody was told, by whom, with what stands in the record of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Account
from sekisho.market.safety.models.cases import Case
from sekisho.market.safety.states import REPORT, ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports as somebody may see them."""

    def visible_to(self, actor: Actor) -> ReportQuerySet:
        """One's own. The house reads reports through their case."""
        return self.filter(reporter_id=actor.id) if actor.id else self.none()


class Report(models.Model):
    """`reporter` tells that `subject` broke a rule. `about` and `about_id` name the thing she came from.

    `stage` and `methods` are taken from the record, not from her words. `answered`: she has answered outside already;
    `gave`: kinds of what she gave away (of the core's exposure list), never the values; her exposure record is joined to it by
    her sharing it (`exposure`), not by a field here. What she is told at the end is `state`: a word, never the measure.
    `helped`: what she says of it afterwards. `bad_faith`: a moderator found that it was made up; that is a case of its own,
    never a word to the reported side.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    reporter = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=REPORT.choices(), default=ReportState.RECEIVED)
    about = models.CharField(max_length=20)
    about_id = models.UUIDField()
    deal = models.UUIDField(null=True)
    matter = models.UUIDField()
    category = models.CharField(max_length=40)
    stage = models.CharField(max_length=20, blank=True)
    methods = models.JSONField(default=list)
    text = models.TextField(max_length=5000, blank=True)
    happened_on = models.DateField(null=True)
    answered = models.BooleanField(default=False)
    freeze_asked = models.BooleanField(default=False)
    gave = models.JSONField(default=list)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="reports")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    bad_faith = models.BooleanField(default=False)
    helped = models.BooleanField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [REPORT.constraint("report")]
        indexes: ClassVar = [
            models.Index(fields=["reporter", "-at"]), models.Index(fields=["subject", "-at"]), models.Index(fields=["case"]),
        ]  # fmt: skip

    def relations(self, actor: Actor) -> frozenset[str]:
        """`reporter` for who made it."""
        return frozenset({"reporter"} if actor.id is not None and actor.id == self.reporter_id else ())


class Attachment(AppendOnly):
    """Something attached to a report. `kind`: event (of the deal's record), attempt (of hers), job, profile, file, pasted.

    What stands in the record is attached by reference, so that it cannot be forged: `ref` names it, `digest` is the record's
    own hash of it at that time. A pasted chat from elsewhere is kept as `text`, and its hash says that it was not changed since.
    """

    erasable = ("text",)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10)
    ref = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    text = models.TextField(blank=True)
    tool = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)
