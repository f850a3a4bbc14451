"""Who may read a deal."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("deal.read", ("party",), "read"),
    Permit("deal.export", ("party",), "read"),
    Permit("deal.inspect", ("moderator",)),
    Permit("deal.erase_body", ("operator",)),
])  # fmt: skip
