"""A case: everything about one account and one matter. What opened it, who works on it, what was noted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Account
from sekisho.market.safety.states import CASE, CaseState

OPEN = (CaseState.OPEN.value, CaseState.SECOND.value)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases as somebody may see them."""

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """The house's, but never to the one it is about, nor to one of the house who is a party to it (`barred`)."""
        if not actor.roles & {"moderator", "operator"}:
            return self.none()
        return self.exclude(subject_id=actor.id).exclude(
            Q(pk__in=CaseSource.objects.filter(told_by=actor.id).values("case"))
        )

    def queue(self) -> CaseQuerySet:
        """What waits, the worst first."""
        return self.filter(state__in=OPEN).order_by("-rank", "id")


class Case(models.Model):
    """What is known of `subject` in `matter` (a job, a deal without one, or the account itself).

    `points` and `reasons` say why it stands where it stands in the queue (`priority`); `rank` is the place itself
    (`priority.place`): waiting cases rise without being touched. `holder` works on it until `held_until`.
    `yen`: what lies in escrow between the two at the time of the last report.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    matter = models.UUIDField()
    state = models.CharField(max_length=10, choices=CASE.choices(), default=CaseState.OPEN)
    due_at = models.DateTimeField(null=True)
    category = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField(default=1)
    points = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    rank = models.FloatField(default=0)
    yen = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    first_look_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    holder = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    held_until = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            CASE.constraint("case"),
            models.UniqueConstraint(fields=["subject", "matter"], name="case_one_open", condition=Q(state__in=OPEN)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-rank", "id"], name="case_queue", condition=Q(state__in=OPEN)),
            models.Index(fields=["due_at"], name="case_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["subject", "-opened_at"]), models.Index(fields=["matter"]),
            models.Index(fields=["holder", "held_until"], name="case_held", condition=Q(holder__isnull=False)),
        ]  # fmt: skip

    @property
    def holder_now(self) -> object:
        """The id of who holds it at this moment, or None."""
        return self.holder_id if self.held_until is not None and self.held_until > clock.now() else None

    def relations(self, actor: Actor) -> frozenset[str]:
        """`holder` for who has claimed it; `barred` for whom it is about."""
        if actor.id is None:
            return frozenset()
        held = frozenset({"holder"} if self.holder_now == actor.id else ())
        return held | frozenset({"barred"} if self.subject_id == actor.id else ())


class CaseSource(models.Model):
    """One thing that opened or joined a case. `kind`: report, held, finding, linkage, ending, rescan. `ref`: its row.

    `told_by`: the reporter of a report (never shown to the subject). `settled`: what came of it before any decision: blank,
    withdrawn or harmless.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=12)
    ref = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    told_by = models.UUIDField(null=True)
    deal = models.UUIDField(null=True)
    judgement = models.UUIDField(null=True)
    category = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    settled = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "ref"], name="case_source_once")]
        indexes: ClassVar = [models.Index(fields=["case", "at"]), models.Index(fields=["told_by"])]


class Claim(AppendOnly):
    """Who took or gave up a case, and until when it was taken. `how`: claim, extend, release, hand_over, lapse."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    moderator = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)


class CaseNote(AppendOnly):
    """What one of the house noted for the others. Never shown outside the house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(default=clock.now)
