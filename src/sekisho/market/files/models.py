"""Files that were uploaded, what they are attached to, who besides their owner may fetch them, and what was read in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from sekisho.market.files.policy import policy
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AppendOnly


def _unused_after() -> datetime:
    return clock.now() + timedelta(hours=policy().unused_hours)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Files as somebody may fetch them."""

    def visible_to(self, actor: Actor) -> UploadQuerySet:
        """One's own, and those that were shared with one."""
        if actor.id is None:
            return self.none()
        shared = Share.objects.filter(upload=models.OuterRef("pk"), reader=actor.id)
        return self.filter(models.Q(owner=actor.id) | models.Exists(shared))


class Upload(models.Model):
    """One file as one account uploaded it. Its bytes are found by `sha256`; `due_at` is when it goes if nothing refers to it.

    `about` names the row it is attached to, `topic` the kind of that row. `metadata`: see `metadata.without_metadata`.
    With `erased_at` the bytes and the name are gone by policy; that there was a file stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField()
    purpose = models.CharField(max_length=12)
    name = models.CharField(max_length=120, blank=True)
    type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    metadata = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    topic = models.CharField(max_length=20, blank=True)
    about = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True, default=_unused_after)
    erased_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_size"),
            models.CheckConstraint(
                condition=models.Q(about=None, topic="")
                | models.Q(about__isnull=False, due_at=None) & ~models.Q(topic=""),
                name="upload_attached",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-at"]), models.Index(fields=["sha256"]), models.Index(fields=["about"]),
            models.Index(fields=["due_at"], name="upload_due", condition=models.Q(due_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> dict[str, Any]:
        """What a deal's log says of it, so that the chain holds the file too."""
        return {
            "id": str(self.id),
            "name": self.name,
            "type": self.type,
            "size": self.size,
            "sha256": self.sha256,
        }

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner`, and `reader` for whom it was shared with."""
        words = {"owner"} if actor.id == self.owner else set()
        if actor.id is not None and self.shares.filter(reader=actor.id).exists():
            words.add("reader")
        return frozenset(words)


class Share(AppendOnly):
    """`reader` may fetch the file: what carried it was delivered."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="shares")
    reader = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "reader"], name="share_once")]


class FileReading(models.Model):
    """What was read in a picture or PDF, once a content; `not_read` says why nothing was (a word of `PictureError`)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField(null=True)
    not_read = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=clock.now)
