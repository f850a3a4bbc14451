"""A contact request that the house must look at opens the record of its deal."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.states import WAITING
from sekisho.market.deals.verbs import OPENINGS
from sekisho.market.kernel.actors import Actor


def _waits(deal: UUID, actor: Actor) -> bool:
    """Held ones for every moderator; one that waits for an answer only where the house is to give it."""
    rows = ContactRequest.objects.filter(deal_id=deal, state__in=[state.value for state in WAITING])
    return any(row.state == "held" or row.relations(actor) & {"answering_house"} for row in rows)


OPENINGS.append(_waits)
