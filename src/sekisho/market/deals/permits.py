"""Who may read a deal."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("deal.read", ("party",), "read"),
    # A moderator reads and exports by acts of his own, with a reason that stands in the audit chain.
    Permit("deal.export", ("party", "moderator"), "read"),
    Permit("deal.inspect", ("moderator",)),
    Permit("deal.erase_body", ("operator",)),
])  # fmt: skip
