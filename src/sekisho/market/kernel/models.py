"""Stored facts of the kernel: what was done, what waits to be told, which keys were used."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id


class AppendOnly(models.Model):
    """Rows that are written once. The application's database role may neither change nor delete them (`grants`).

    `erasable` names the columns that it may change all the same: words that can be erased by policy.
    """

    erasable: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises `TypeError` for a row that is stored already."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are written once")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises `TypeError`: these rows stay."""
        raise TypeError(f"{type(self).__name__} rows are never deleted")


class AuditEntry(AppendOnly):
    """One act of one actor. `parent` is the act it was part of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=40, blank=True)
    thing_id = models.UUIDField(null=True)
    because = models.TextField(blank=True)
    parent = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id", "at"]),
            models.Index(fields=["actor", "at"]),
        ]


class AuditSeal(AppendOnly):
    """The audit chain: entries are sealed in the background, so that verbs never queue behind the chain's end."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)


class OutboxRow(models.Model):
    """Something one room told, for one handler of a room above. Done in the transaction of its effect: exactly once."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=60)
    handler = models.CharField(max_length=120)
    payload = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="outbox_waiting", condition=models.Q(done_at=None, dead_at=None)
            )
        ]


class IdempotencyKey(models.Model):
    """A key a caller used for a verb, what it was used for and which row came of it."""

    actor = models.UUIDField(null=True)
    key = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    body = models.BinaryField(max_length=32)
    result_model = models.CharField(max_length=100, blank=True)
    result_id = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor", "key"], name="idempotency_key_once", nulls_distinct=False
            )
        ]


class Bucket(models.Model):
    """How much is left of one limit, as of `at` (`limits`)."""

    key = models.CharField(max_length=200, primary_key=True)
    level = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"])]
