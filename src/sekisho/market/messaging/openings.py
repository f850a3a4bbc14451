"""A message that waits for a moderator opens the record of its deal to him: it cannot be judged without what was said before."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.deals.verbs import OPENINGS
from sekisho.market.kernel.actors import Actor
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.states import MessageState


def _held(deal: UUID, _actor: Actor) -> bool:
    return Message.objects.filter(deal_id=deal, state=MessageState.HELD).exists()


OPENINGS.append(_held)
