"""Who may do what with money: the lifecycles say it; the rest is here."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow
from sekisho.market.ledger.states import PAYOUT, UNMATCHED

allow(PAYOUT.permits())
allow(UNMATCHED.permits())
allow([
    Permit("ledger.issue_reference", ("a_client",)),
    Permit("ledger.confirm_deposit", ("operator",)),
    Permit("ledger.import_statement", ("operator",)),
    Permit("ledger.set_bank_account", ("member",), "withdraw"),
    Permit("payout.hold", ("authority",)),
    Permit("ledger.list_payouts", ("operator",)),
    Permit("ledger.download_batch", ("operator",)),
])  # fmt: skip
