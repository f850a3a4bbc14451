"""Who may look at links and explain them."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("linkage.look", ("moderator", "operator")),
    Permit("linkage.mark_innocent", ("moderator", "operator")),
    Permit("linkage.unmark", ("moderator", "operator")),
    Permit("linkage.forget_key", ("operator",)),
])  # fmt: skip
