"""A decision and what it did: measures, the strike, the sanction, the statement of reasons. Contents are written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly
from sekisho.market.people.models import Account
from sekisho.market.safety.models.cases import Case
from sekisho.market.safety.states import DECISION, SANCTION, SanctionState


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions as somebody may see them."""

    def visible_to(self, actor: Actor) -> DecisionQuerySet:
        """Those about oneself that found a breach and took effect; all others' for the house."""
        if actor.roles & {"moderator", "operator"}:
            return self.exclude(case__subject_id=actor.id) | self._own(actor)
        return self._own(actor)

    def _own(self, actor: Actor) -> DecisionQuerySet:
        if actor.id is None:
            return self.none()
        return self.filter(case__subject_id=actor.id, breach=True, state__in=("done", "reversed"))


class Decision(AppendOnly):
    """What one of the house decided about a case, by which rule, on what evidence. Only its way through the lifecycle changes.

    `rule`: the pack's rule or category. `evidence`: [{kind, ref, quote}] of the record. `measures`: what is to be done, as
    `measures.read` takes it. `proposal`: what the ladder proposed. `alone`: decided in a house of one.
    """

    erasable = ("state", "due_at", "second_id", "alone", "done_at", "ended_at", "private_note")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=DECISION.choices())
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    decider = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    alone = models.BooleanField(default=False)
    breach = models.BooleanField()
    severity = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=60)
    pack = models.CharField(max_length=80)
    evidence = models.JSONField(default=list)
    measures = models.JSONField(default=list)
    proposal = models.JSONField(default=dict)
    public_reason = models.TextField(max_length=5000)
    private_note = models.TextField(max_length=5000, blank=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            DECISION.constraint("decision"),
            models.UniqueConstraint(fields=["case"], name="decision_one_waits", condition=Q(state="proposed")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-at"]), models.Index(fields=["decider", "-at"]),
            models.Index(fields=["due_at"], name="decision_due", condition=Q(due_at__isnull=False)),
        ]  # fmt: skip

    def relations(self, actor: Actor) -> frozenset[str]:
        """`subject` for whom it is about, `proposer` for who made it, `second` for anybody else of the house."""
        if actor.id is None:
            return frozenset()
        if actor.id == self.case.subject_id:
            return frozenset({"subject"} if self.breach and self.state in ("done", "reversed") else ())
        if actor.id == self.decider_id:
            return frozenset({"proposer"})
        return frozenset({"second"} if actor.roles & {"moderator", "operator"} else ())


class Measure(AppendOnly):
    """One thing a decision did. `before`: what is needed to undo it. `left`: what could not be given back."""

    erasable = ("undone_at", "left")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="done")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=20, blank=True)
    thing_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    left = models.JSONField(default=list)


class Sanction(models.Model):
    """A warning, a suspension or a ban, by a decision. The account's standing is that of the gravest that holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=SANCTION.choices(), default=SanctionState.HOLDS)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [SANCTION.constraint("sanction")]
        indexes: ClassVar = [
            models.Index(fields=["account"], name="sanction_holds", condition=Q(state="holds")),
            models.Index(fields=["due_at"], name="sanction_due", condition=Q(due_at__isnull=False)),
        ]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`subject` for whom it is about."""
        return frozenset({"subject"} if actor.id == self.account_id else ())


class Strike(models.Model):
    """One offence, however many measures it took. Counts until it expires or is withdrawn by an appeal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="strike")
    severity = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "expires_at"])]


class Reasons(AppendOnly):
    """The statement of reasons as its subject got it: the fields of DSA article 17 (`reasons`). It never points to a reporter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reasons")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    lang = models.CharField(max_length=2)
    content = models.JSONField()
    at = models.DateTimeField(default=clock.now)
