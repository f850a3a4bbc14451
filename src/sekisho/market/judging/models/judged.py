"""What was judged, by what, and what came of it: enough to judge it again and get the same. Which packs judge."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import models

from sekisho.market.judging.states import PACK, PackState
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


class Judgement(AppendOnly):
    """One judging of one text. `subject` names the row the text stands in; `context` is all that the core was given beside it.

    `canary`: the pack on trial that judged, with effect, for this account. `unsure` names checks that could not finish. Text,
    context and findings can be erased by policy; the rest is written once.
    """

    erasable = ("text", "context", "findings", "erased_at")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField(null=True)
    writer = models.UUIDField(null=True)
    text = models.TextField()
    context = models.JSONField(default=dict)
    pack = models.CharField(max_length=200)
    digest = models.CharField(max_length=80)
    canary = models.ForeignKey(
        "PackVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verdict = models.CharField(max_length=12)
    action = models.CharField(max_length=12)
    findings = models.JSONField(default=list)
    unsure = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["writer", "-at"]), models.Index(fields=["subject"]),
            models.Index(fields=["at"], name="judgement_unsure", condition=models.Q(verdict="unsure")),
            models.Index(fields=["canary", "-at"], name="judgement_canary", condition=models.Q(canary__isnull=False)),
        ]  # fmt: skip

    @property
    def record(self) -> dict[str, object]:
        """What was said, as `reproduce.again` says it."""
        return {name: getattr(self, name) for name in ("digest", "verdict", "action", "findings", "unsure")}

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's: moderators read judgements by their role."""
        return frozenset()


class PackVersion(models.Model):
    """A pack on this site: an id or folder, and the digest it had when it was registered.

    `percent`: of the accounts that it judges as a canary. `stopped_because`: why its last trial was ended
    by an operator; `stopped_by_policy`: {"what", "count", "texts", "above"} where the clock did.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=8, choices=PACK.choices(), default=PackState.DRAFT)
    pack = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    canary_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(max_length=1000, blank=True)
    stopped_by_policy = models.JSONField(default=dict)
    live_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            PACK.constraint("pack_version"),
            models.UniqueConstraint(
                fields=["state"],
                name="pack_one_of",
                condition=models.Q(state__in=["live", "shadow", "canary"]),
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="pack_percent"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="pack_due", condition=models.Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{Path(self.pack).name} {self.version}"

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's own: operators act by their role."""
        return frozenset()


class ShadowJudgement(AppendOnly):
    """What the pack in shadow says of a text that the live one has judged. `differs`: verdict, action or rules are others."""

    erasable = ("findings",)

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    digest = models.CharField(max_length=80)
    verdict = models.CharField(max_length=12)
    action = models.CharField(max_length=12)
    findings = models.JSONField(default=list)
    differs = models.BooleanField()
    rules_gained = models.JSONField(default=list)
    rules_lost = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["judgement", "version"], name="shadow_once")]
        indexes: ClassVar = [
            models.Index(fields=["version", "-at"], name="shadow_differs", condition=models.Q(differs=True))
        ]
