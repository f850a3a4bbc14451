"""A held message that nobody looked at in time is marked overdue and escalates; it is never released by silence."""

from __future__ import annotations

from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.sweep import timer
from sekisho.market.messaging.models import Message


def _overdue(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(overdue=True, due_at=None)
    tell("message.overdue", message=message.id)


timer(Message, _overdue)
