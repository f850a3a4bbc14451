"""Who may do what with contracts: the lifecycles say it. Openings that another verb makes are no actions of their own."""

from __future__ import annotations

from sekisho.market.contracts.states import PARTY, TABLES
from sekisho.market.kernel.permits import Permit, allow

MADE_BY_OTHERS = frozenset({
    "contract.return_offer", "dispute.open", "settlement.lapse", "statement.show", "statement.hold", "review.show",
    "review.hide",
})  # fmt: skip
"""How an offer, a dispute, a statement and a review begin is decided inside the verb that writes them."""
for table in TABLES:
    allow(row for row in table.permits() if row.action not in MADE_BY_OTHERS)
allow([
    Permit("contract.offer_again", ("client",), "contract"),
    Permit("contract.review", PARTY, "finish"),
    Permit("change.record_outside", PARTY, "finish"),
    # Whoever a dispute is about may speak in it, whatever his standing.
    Permit("dispute.say", PARTY),
    Permit("contract.freeze", ("authority",)),
    Permit("contract.unfreeze", ("authority",)),
])  # fmt: skip
