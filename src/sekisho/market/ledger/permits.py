"""Who may do what with money."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("ledger.confirm_deposit", ("operator",)),
    Permit("ledger.ask_payout", ("member",), "withdraw"),
    Permit("ledger.confirm_payout", ("operator",)),
    Permit("ledger.fail_payout", ("operator",)),
])  # fmt: skip
