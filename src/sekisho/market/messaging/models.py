"""Messages: every attempt is kept, delivered or not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sekisho.market.deals.models import Deal, Event
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.ids import new_id
from sekisho.market.messaging.states import MESSAGE, MessageState
from sekisho.market.people.models import Account


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages as somebody may see them."""

    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """What was delivered in one's own deals, and whatever one wrote oneself."""
        mine = models.Q(deal__client_id=actor.id) | models.Q(deal__worker_id=actor.id)
        return self.filter(mine & (models.Q(state=MessageState.DELIVERED) | models.Q(author_id=actor.id)))

    def held(self) -> MessageQuerySet:
        """What waits for a moderator, longest first."""
        return self.filter(state=MessageState.HELD).order_by("held_at")


class Message(models.Model):
    """One attempt to say something. `event` is its place in the deal once it was said.

    `warned`: its recipient sees a warning beside it. `general`: it is held, and its writer is told no more than that.
    `not_read` names attached pictures and PDFs in which nothing could be read, with the reason of each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MESSAGE.choices())
    text = models.TextField(max_length=10_000, blank=True)
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, null=True, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(default=False)
    general = models.BooleanField(default=False)
    anyway = models.BooleanField(default=False)
    not_read = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    held_at = models.DateTimeField(null=True)
    held_minutes = models.PositiveIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    overdue = models.BooleanField(default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            MESSAGE.constraint("message"),
            # What was said stands in the chain, and nothing else does. A muted message was said: only its recipient is spared.
            models.CheckConstraint(condition=models.Q(state__in=["delivered", "muted"], event__isnull=False)
                                   | ~models.Q(state__in=["delivered", "muted"]) & models.Q(event=None),
                                   name="message_event"),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["deal", "at"]), models.Index(fields=["author", "-at"]),
            models.Index(fields=["due_at"], name="message_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["held_at"], name="message_held", condition=models.Q(state="held")),
        ]  # fmt: skip

    def relations(self, actor: Actor) -> frozenset[str]:
        """`author`; and for a delivered one the words of its deal."""
        words = frozenset({"author"} if actor.id == self.author_id else ())
        return words | (self.deal.relations(actor) if self.state == MessageState.DELIVERED else frozenset())
