"""Jobs and applications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.deals.models import Deal
from sekisho.market.jobs.states import APPLICATION, JOB, ApplicationState, JobState
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs as somebody may see them."""

    def visible_to(self, actor: Actor) -> JobQuerySet:
        """Open ones for everybody, one's own in every state, all for moderators."""
        if actor.roles & {"moderator", "operator"}:
            return self
        mine = models.Q(client_id=actor.id) if actor.id else models.Q(pk=None)
        return self.filter(models.Q(state=JobState.OPEN) | mine)


class Job(models.Model):
    """A posting. What is shown is what was judged: an edit goes through screening again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=JOB.choices(), default=JobState.DRAFT)
    title = models.CharField(max_length=120)
    body = models.TextField(max_length=10_000)
    category = models.CharField(max_length=40)
    pay_text = models.CharField(max_length=120)
    questions = models.JSONField(default=list)
    closes_on = models.DateField(null=True)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [JOB.constraint("job")]
        indexes: ClassVar = [
            models.Index(fields=["state", "-opened_at"]),
            models.Index(fields=["client", "-made_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for its client."""
        return frozenset({"owner"} if actor.id == self.client_id else ())


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications as somebody may see them."""

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """The worker's own, and those for the client's own jobs."""
        return self.filter(models.Q(worker_id=actor.id) | models.Q(job__client_id=actor.id))


class Application(models.Model):
    """A worker's answer to a job. Its words stand in the deal it opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=APPLICATION.choices(), default=ApplicationState.SUBMITTED)
    text = models.TextField(max_length=5000)
    price_yen = models.BigIntegerField(null=True)
    answers = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            APPLICATION.constraint("application"),
            models.UniqueConstraint(fields=["job", "worker"], name="application_once"),
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`worker` for who applied, `client` for whose job it is."""
        return frozenset(
            {"worker"} if actor.id == self.worker_id else {"client"} if actor.id == self.job.client_id else ()
        )
