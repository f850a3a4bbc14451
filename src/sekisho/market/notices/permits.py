"""Who may read notices."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("notice.read", ("owner",)),
    # Who is banned has the house call no server of his; what there is goes on, and he can take it away.
    Permit("webhook.add", ("member", "backend"), "finish"),
    Permit("webhook.choose", ("owner",), "finish"),
    Permit("webhook.rotate", ("owner",), "finish"),
    Permit("webhook.remove", ("owner",)),
    Permit("webhook.replay", ("owner",), "finish"),
])  # fmt: skip
