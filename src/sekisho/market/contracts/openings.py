"""A dispute opens the record of its deal to the house, and so does a statement or a review that waits to be looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sekisho.market.contracts.models import Dispute, Review, Statement
from sekisho.market.contracts.states import DISPUTE
from sekisho.market.deals.verbs import OPENINGS
from sekisho.market.kernel.actors import Actor

_WAITING: tuple[Any, ...] = (Dispute, Statement, Review)


def _open(deal: UUID, _actor: Actor) -> bool:
    over = [state.value for state in DISPUTE.final]
    disputes, statements, reviews = (
        model.objects.filter(contract__deal_id=deal) for model in _WAITING
    )  # fmt: skip
    return bool(
        disputes.exclude(state__in=over).exists()
        or disputes.filter(contract__state="disputed").exists()
        or statements.filter(state="held").exists()
        or reviews.filter(state="hidden").exists()
    )


OPENINGS.append(_open)
