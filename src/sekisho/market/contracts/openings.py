"""A dispute opens the record of its deal to the house, and so does a statement or a review that waits to be looked at."""

from __future__ import annotations

from uuid import UUID

from sekisho.market.contracts.models import Dispute, Review, Statement
from sekisho.market.contracts.states import DISPUTE
from sekisho.market.deals.verbs import OPENINGS
from sekisho.market.kernel.actors import Actor


def _open(deal: UUID, _actor: Actor) -> bool:
    over = [state.value for state in DISPUTE.final]
    return (
        Dispute._default_manager.filter(contract__deal_id=deal).exclude(state__in=over).exists()
        or Dispute._default_manager.filter(contract__deal_id=deal, contract__state="disputed").exists()
        or Statement._default_manager.filter(contract__deal_id=deal, state="held").exists()
        or Review._default_manager.filter(contract__deal_id=deal, state="hidden").exists()
    )


OPENINGS.append(_open)
