"""Things accounts have in common, as keyed hashes; who showed which; what explains them; what was told of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account

STAFF = frozenset({"moderator", "operator"})


class Trait(models.Model):
    """A contact, a bank account, a text or a picture that accounts may have in common. The thing itself is not kept.

    `digest` and the bands are hashed up to the key that `key` names (`keys.Chain`). `look`: 256 points of a picture.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32, unique=True)
    key = models.CharField(max_length=16)
    look = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key"])]

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's: moderators act by their role."""
        return frozenset()


class Band(models.Model):
    """One part of a text or picture that near ones have in common."""

    pk = models.CompositePrimaryKey("value", "trait")
    value = models.BigIntegerField()
    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, related_name="bands")


class Sighting(models.Model):
    """`account` showed `trait`, `times` times. `likeness`: 1 for the same, less for a text that is nearly the same."""

    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, related_name="sightings", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    times = models.PositiveIntegerField(default=1)
    likeness = models.FloatField(default=1.0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trait", "account"], name="sighting_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-last_at"])]


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    """Explanations as somebody may see them."""

    def visible_to(self, actor: Actor) -> ExplanationQuerySet:
        """All for moderators and operators, none for others."""
        return self if actor.roles & STAFF else self.none()


class Explanation(models.Model):
    """A moderator knows an innocent cause: for all that share `trait`, or for `one` and `other` (the lesser id first)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trait = models.ForeignKey(Trait, null=True, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20)
    because = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(trait__isnull=False, one=None, other=None)
                | models.Q(trait=None, one__isnull=False, other__isnull=False, one__lt=models.F("other")),
                name="explanation_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["trait", "one", "other"], name="explanation_once", condition=models.Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's: moderators act by their role."""
        return frozenset()


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates as somebody may see them."""

    def visible_to(self, actor: Actor) -> CandidateQuerySet:
        """All for moderators and operators, none for others."""
        return self if actor.roles & STAFF else self.none()


class Candidate(models.Model):
    """It was told once that `account` may be `offender` come back: they share something of each of `kinds`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    offender = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kinds = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "offender"], name="candidate_once")
        ]

    def relations(self, _actor: Actor) -> frozenset[str]:
        """Nobody's: moderators act by their role."""
        return frozenset()


class Departure(models.Model):
    """`account` was deleted; what it showed is forgotten at `due_at`."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="departure_due", condition=models.Q(due_at__isnull=False))
        ]


class KeyUse(models.Model):
    """A list of keys that was in use, by its name; at `due_at` it is looked whether hashes lag behind the newest."""

    name = models.CharField(max_length=16, primary_key=True)
    since = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, default=clock.now)
