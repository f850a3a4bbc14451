"""When the words of an event are erased from a deal, its message loses them too, and its files."""

from __future__ import annotations

from typing import Any

from sekisho.market.files.verbs import erase
from sekisho.market.judging.background import forget
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.outbox import handles
from sekisho.market.messaging.models import Message


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty the message that stands at the event, and erase what was attached to it."""
    for message in Message.objects.filter(event_id=payload["event"]):
        Message.objects.filter(pk=message.pk).update(text="")
        for judgement in Judgement.objects.filter(subject__in=erase(message.id)):
            forget(judgement)
