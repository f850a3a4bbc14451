"""How a pack is tried before everybody is judged by it, and what it finds in what is open."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from sekisho.market.judging.models.judged import Judgement, PackVersion
from sekisho.market.judging.states import BACKTEST, RESCAN, BackTestState, RescanState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


def _due(name: str) -> models.Index:
    return models.Index(fields=["due_at"], name=f"{name}_due", condition=models.Q(due_at__isnull=False))


ERRORS = ("changed", "stalled", "too_many", "bad_pack")
"""Why a back-test or a rescan failed: a pack or the engine changed, its steps were given up, it found too much, a pack does not
load (`bad_pack: …`)."""


class BackTest(models.Model):
    """Stored judgements of [since, until) made again by `version`, beside what the pack `against` says of the same input.

    `against_digest` is that pack's own when it was asked for. `total` counts the judgements to look at; `result` is a
    `tally.Tally` as plain values, whole when it is done.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="backtests")
    state = models.CharField(max_length=10, choices=BACKTEST.choices(), default=BackTestState.ASKED)
    due_at = models.DateTimeField(null=True)
    against = models.CharField(max_length=200)
    against_digest = models.CharField(max_length=80)
    since = models.DateTimeField()
    until = models.DateTimeField()
    total = models.PositiveBigIntegerField(default=0)
    result = models.JSONField(default=dict)
    asked_by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [BACKTEST.constraint("backtest")]
        indexes: ClassVar = [models.Index(fields=["version", "-at"]), _due("backtest")]

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's own: operators act by their role."""
        return frozenset()

    @property
    def looked_at(self) -> int:
        """How many judgements were dealt with so far."""
        return sum(self.parts.values_list("count", flat=True))


class BackTestPart(models.Model):
    """A stretch of a back-test's judgements by id, [first, last): done up to and with `cursor`, with what came of it."""

    backtest = models.ForeignKey(BackTest, on_delete=models.PROTECT, related_name="parts")
    first = models.UUIDField()
    last = models.UUIDField()
    cursor = models.UUIDField(null=True)
    count = models.PositiveBigIntegerField(default=0)
    tally = models.JSONField(default=dict)
    moved_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)


class BackTestExample(models.Model):
    """A judgement that came out differently. `change` is the kind of change or the rule it stands for.

    Holds no words: `before` and `after` are {"verdict", "action", "rules"}; `evidence` [start, end, rule] and `contacts`
    [start, end] are code points of the judgement's text.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    backtest = models.ForeignKey(BackTest, on_delete=models.PROTECT, related_name="examples")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=160)
    before = models.JSONField()
    after = models.JSONField()
    evidence = models.JSONField(default=list)
    contacts = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["backtest", "judgement"], name="example_once")
        ]

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's own: the house reads by its roles."""
        return frozenset()

    def readable_to(self, account: UUID | None) -> bool:
        """Whether `account` has given a purpose for reading it whole, not too long ago."""
        return account is not None and self.unmaskings.filter(by=account, until__gt=clock.now()).exists()


class Unmasking(AppendOnly):
    """Somebody of the house reads an example whole, for a purpose, until a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    example = models.ForeignKey(BackTestExample, on_delete=models.PROTECT, related_name="unmaskings")
    by = models.UUIDField()
    purpose = models.TextField(max_length=1000)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()


class Rescan(models.Model):
    """What is open, judged by `version`: a preview, and on confirmation word to the rooms above. `source`, `cursor`: how far."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="rescans")
    state = models.CharField(max_length=10, choices=RESCAN.choices(), default=RescanState.RUNNING)
    due_at = models.DateTimeField(null=True)
    total = models.PositiveBigIntegerField(default=0)
    count = models.PositiveBigIntegerField(default=0)
    source = models.CharField(max_length=40, blank=True)
    cursor = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [RESCAN.constraint("rescan")]
        indexes: ClassVar = [models.Index(fields=["version", "-at"]), _due("rescan")]

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's own: operators act by their role."""
        return frozenset()


class RescanFinding(models.Model):
    """Something open that would not be opened today. `judgement` is there once it was told; `gone`: it no longer holds."""

    rescan = models.ForeignKey(Rescan, on_delete=models.PROTECT, related_name="findings")
    source = models.CharField(max_length=40)
    subject = models.UUIDField()
    writer = models.UUIDField(null=True)
    verdict = models.CharField(max_length=12)
    rules = models.JSONField(default=list)
    judgement = models.ForeignKey(Judgement, null=True, on_delete=models.PROTECT, related_name="+")
    gone = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rescan", "source", "subject"], name="rescan_once")
        ]
