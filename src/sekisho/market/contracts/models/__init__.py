"""Contracts and what belongs to one: deliveries, statements, requests to end, changes, disputes, settlements, reviews."""

from sekisho.market.contracts.models.decided import Dispute, Reminder, Review, Settlement
from sekisho.market.contracts.models.work import (
    Change,
    Contract,
    Delivery,
    OfContract,
    Statement,
    Termination,
)

__all__ = [
    "Change",
    "Contract",
    "Delivery",
    "Dispute",
    "OfContract",
    "Reminder",
    "Review",
    "Settlement",
    "Statement",
    "Termination",
]
