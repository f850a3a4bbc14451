"""Who may read notices."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("notice.read", ("owner",)),
    Permit("webhook.add", ("member", "backend"), "read"),
    Permit("webhook.choose", ("owner",)),
    Permit("webhook.rotate", ("owner",)),
    Permit("webhook.remove", ("owner",)),
    Permit("webhook.replay", ("owner",)),
])  # fmt: skip
