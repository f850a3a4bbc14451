"""When the words of an event are erased from a deal, its message loses them too."""

from __future__ import annotations

from typing import Any

from sekisho.market.kernel.outbox import handles
from sekisho.market.messaging.models import Message


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """Empty the message that stands at the event."""
    Message.objects.filter(event_id=payload["event"]).update(text="")
