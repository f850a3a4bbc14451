"""Jobs, edits of open ones, applications (every attempt is kept) and invitations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sekisho.market.deals.models import Deal
from sekisho.market.jobs.states import (
    APPLICATION,
    INVITATION,
    JOB,
    REVISION,
    ApplicationState,
    InvitationState,
    JobState,
)  # fmt: skip
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account
from sekisho.market.people.verbs import not_apart

HOUSE = frozenset({"moderator", "operator"})
UNSEEN = (ApplicationState.RETURNED, ApplicationState.HELD, ApplicationState.WITHHELD)
"""Applications in these states are their writer's, and the house's."""


def _due(name: str) -> models.Index:
    return models.Index(fields=["due_at"], name=f"{name}_due", condition=models.Q(due_at__isnull=False))


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs as somebody may see them."""

    def visible_to(self, actor: Actor) -> JobQuerySet:
        """Open ones for everybody but those whom a block keeps apart, one's own in every state, all for the house."""
        if actor.roles & HOUSE:
            return self
        mine = models.Q(client_id=actor.id) if actor.id else models.Q(pk=None)
        return self.filter(models.Q(state=JobState.OPEN) & not_apart("client_id", actor.id) | mine)


class Job(models.Model):
    """A posting. What is shown is what was judged; an edit of an open job is a `Revision` until it may be shown.

    `because`: what a moderator last told its client. `pay_unit`, `pay_least`, `pay_most`: how `pay_text` was read, for the
    search; the migration `0002_words` adds the index over the words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=JOB.choices(), default=JobState.DRAFT)
    due_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=120)
    body = models.TextField(max_length=10_000)
    category = models.CharField(max_length=40)
    pay_text = models.CharField(max_length=120)
    pay_unit = models.CharField(max_length=10, blank=True)
    pay_least = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    pay_most = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    questions = models.JSONField(default=list)
    closes_on = models.DateField(null=True)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [JOB.constraint("job")]
        indexes: ClassVar = [
            models.Index(fields=["state", "-opened_at"]), models.Index(fields=["client", "-made_at"]), _due("job"),
            models.Index(fields=["state", "category", "-opened_at"]), models.Index(fields=["-made_at", "-id"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for its client."""
        return frozenset({"owner"} if actor.id == self.client_id else ())


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Edits as somebody may see them."""

    def visible_to(self, actor: Actor) -> RevisionQuerySet:
        """The owner's own; all for the house."""
        return self if actor.roles & HOUSE else self.filter(job__client_id=actor.id)


class Revision(models.Model):
    """An edit of an open job: the fields as they would be (`content`), and what the judgement said of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="revisions")
    state = models.CharField(max_length=10, choices=REVISION.choices())
    due_at = models.DateTimeField(null=True)
    content = models.JSONField()
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            REVISION.constraint("revision"),
            models.UniqueConstraint(
                fields=["job"], name="revision_one_waits", condition=models.Q(state="held")
            ),
        ]
        indexes: ClassVar = [_due("revision")]

    def relations(self, actor: Actor) -> frozenset[str]:
        """As its job."""
        return self.job.relations(actor)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications as somebody may see them."""

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """The worker's own, those submitted for the client's own jobs, all for the house."""
        if actor.roles & HOUSE:
            return self
        theirs = models.Q(job__client_id=actor.id) & ~models.Q(state__in=UNSEEN)
        return self.filter(models.Q(worker_id=actor.id) | theirs)


class Application(models.Model):
    """A worker's answer to a job, or an attempt at one. From `submitted` on its words stand in the deal it opened.

    `answers`: {"question", "answer"} for each screening question. `warned`: the client reads it beside a calm warning.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=APPLICATION.choices(), default=ApplicationState.SUBMITTED)
    due_at = models.DateTimeField(null=True)
    text = models.TextField(max_length=5000)
    price_yen = models.BigIntegerField(null=True)
    answers = models.JSONField(default=list)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            APPLICATION.constraint("application"),
            models.UniqueConstraint(fields=["job", "worker"], name="application_once",
                                    condition=~models.Q(state__in=["returned", "withheld"])),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["worker", "-at"]), _due("application")]

    @property
    def whole(self) -> str:
        """Its words and answers as one text, as it is judged and stands in the deal."""
        answers: list[dict[str, Any]] = self.answers
        return "\n".join([self.text, *(answer["answer"] for answer in answers)]).strip()

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as an event of the deal."""
        return {"text": self.whole, "answers": self.answers}

    def relations(self, actor: Actor) -> frozenset[str]:
        """`worker` for who applied, `client` for whose job it is, once it was let through."""
        if actor.id == self.worker_id:
            return frozenset({"worker"})
        return frozenset({"client"} if actor.id == self.job.client_id and self.state not in UNSEEN else ())


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations as somebody may see them."""

    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        """The client's own, and those that reached the worker."""
        reached = models.Q(worker_id=actor.id) & models.Q(muted=False)
        return self.filter(models.Q(job__client_id=actor.id) | reached)


class Invitation(models.Model):
    """A client points a worker to an open job. Where one blocks the other nothing happens, and nobody can tell."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="invitations")
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=INVITATION.choices())
    muted = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            INVITATION.constraint("invitation"),
            models.UniqueConstraint(fields=["job", "worker"], name="invitation_once"),
        ]

    @property
    def shown_state(self) -> str:
        """The state as its client is shown it: a muted invitation looks sent."""
        return InvitationState.SENT if self.state == InvitationState.MUTED else self.state

    def relations(self, actor: Actor) -> frozenset[str]:
        """`client` for whose job it is, `worker` for the invited, if it reached him."""
        if actor.id == self.job.client_id:
            return frozenset({"client"})
        return frozenset({"worker"} if actor.id == self.worker_id and not self.muted else ())
