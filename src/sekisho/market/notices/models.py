"""What somebody was told, on the site and by mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.people.models import Account


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices as somebody may see them."""

    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """One's own."""
        return self.filter(models.Q(account_id=actor.id))


class Notice(models.Model):
    """One notice on the site. Its text is made once, in the language of who reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-at"])]

    def relations(self, actor: Actor) -> frozenset[str]:
        """`owner` for whom it is."""
        return frozenset({"owner"} if actor.id == self.account_id else ())


class Letter(models.Model):
    """One mail: written here first, sent by the background process; a page shows it when no mail server is set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
